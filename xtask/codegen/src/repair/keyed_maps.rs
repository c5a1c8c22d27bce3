//! S016: an object whose property names are values and not names is a map.
//!
//! # Why
//!
//! A PHP array keyed by ids, dates or a placeholder is an object in the answer, and Scribe takes the keys of the one
//! example for the names of fields: `{"2025-01-01": {…}, "2025-01-02": {…}}`. The next answer has others.
//!
//! # What happens
//!
//! The properties become `additionalProperties`: one schema that takes what any of them takes.

use serde_json::{Map, Value};

use super::{Mending, Repair, merged, visit};

pub(super) const REPAIR: Repair = Repair {
    code: "S016",
    name: "keyed_maps",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |noting, pointer, schema| {
        let properties = schema.get("properties").and_then(Value::as_object);
        let Some(properties) = properties.filter(|properties| is_keyed(properties)) else {
            return;
        };
        let mut sorted: Vec<(&String, &Value)> = properties.iter().collect();
        sorted.sort_by_key(|(name, _)| *name);
        let values = merged::all(sorted.iter().map(|(_, value)| *value)).unwrap_or_default();
        let problem = format!(
            "the property `{}` is a value and no name",
            crate::printable::shorten(sorted[0].0)
        );
        schema.shift_remove("properties");
        schema.shift_remove("required");
        schema.insert("additionalProperties".into(), values);
        noting.repaired(pointer, problem, "made the object a map");
    });
}

fn is_keyed(properties: &Map<String, Value>) -> bool {
    !properties.is_empty() && properties.keys().all(|name| is_value(name))
}

/// Whether a property's name is a number, a date, a UUID, or stands for any (`*`, `{id}`).
fn is_value(name: &str) -> bool {
    let is_made_of = |others: &str| {
        name.chars().any(|c| c.is_ascii_digit())
            && name
                .chars()
                .all(|c| c.is_ascii_digit() || others.contains(c))
    };
    let is_uuid = name.len() == 36
        && name.char_indices().all(|(index, c)| match index {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_hexdigit(),
        });
    let bracketed =
        |open: char, close: char| name.len() > 2 && name.starts_with(open) && name.ends_with(close);
    name == "*" || is_made_of("-/.:_ ") || is_uuid || bracketed('{', '}') || bracketed('<', '>')
}
