//! S024: a secret is a text, or a value that is hidden as a whole.
//!
//! # Why
//!
//! `format: password` makes a field a type that no `Debug` prints. It may stand beside no type at all, beside a list of
//! values (Laravel's `in:` rule), or beside a type that would be printed: an object, a list, one of several forms.
//!
//! # What happens
//!
//! A missing type becomes `string` unless the example is something else, and a list of values is left out. What is neither
//! a text nor a number nor a boolean is any JSON, which is hidden as a whole: properties and forms are left out. The example of
//! a text that is sent becomes a text.

use serde_json::{Map, Value};

use super::{Mending, Noting, Repair, visit};
use crate::{secrets, shapes};

pub(super) const REPAIR: Repair = Repair {
    code: "S024",
    name: "plain_secrets",
    run,
};

/// What says of a value that it is of several parts or forms.
const PARTS: [&str; 7] = [
    "$ref",
    "oneOf",
    "anyOf",
    "allOf",
    "properties",
    "additionalProperties",
    "items",
];

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |noting, pointer, schema| {
        if !secrets::is_secret(schema) {
            return;
        }
        if schema.shift_remove("enum").is_some() {
            noting.repaired(
                pointer,
                "a secret has a list of values, and a type made of it would be printed",
                "left the list out",
            );
        }
        let kind = schema.get("type").and_then(Value::as_str);
        let has_parts = PARTS.iter().any(|key| schema.contains_key(*key));
        match kind {
            Some("string") if !has_parts && !pointer.contains("/responses/") => {
                text_example(noting, pointer, schema);
            }
            Some("string" | "integer" | "number" | "boolean") if !has_parts => {}
            None if schema.contains_key(shapes::ANY) => {}
            None if !has_parts && shows_text(schema) => {
                schema.insert("type".into(), "string".into());
                noting.repaired(pointer, "a secret has no type", "made it a string");
            }
            found => {
                let problem = format!(
                    "a secret is {}, which would be printed",
                    found.map_or_else(|| "no text".to_owned(), |kind| format!("of type {kind}"))
                );
                schema.retain(|key, _| key != "type" && !PARTS.contains(&key.as_str()));
                schema.insert(shapes::ANY.into(), true.into());
                noting.repaired(
                    pointer,
                    problem,
                    "took it as any JSON that is never printed",
                );
            }
        }
    });
}

/// Makes the example of a text that is sent a text: what a validation rule says of a secret counts, and not what was drawn
/// as its example.
fn text_example(noting: &mut Noting<'_>, pointer: &str, schema: &mut Map<String, Value>) {
    let example = match schema.get("example") {
        None | Some(Value::Null | Value::String(_)) => return,
        Some(Value::Array(_) | Value::Object(_)) => None,
        Some(scalar) => Some(scalar.to_string()),
    };
    match example {
        Some(text) => schema.insert("example".into(), text.into()),
        None => schema.shift_remove("example"),
    };
    let problem = "the example of a secret that is a text is none";
    noting.repaired(pointer, problem, "took it as a text, as the type says");
}

/// Whether the example, if there is one, is a text.
fn shows_text(schema: &Map<String, Value>) -> bool {
    matches!(
        schema.get("example"),
        None | Some(Value::Null | Value::String(_))
    )
}
