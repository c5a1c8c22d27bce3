//! S008: an object whose properties are a list is an array.
//!
//! # Why
//!
//! A rule such as `coordinates.0` gives the field `coordinates` the children `0`, `1`, …, and PHP writes an array with
//! the keys 0, 1, … as a list: `properties: [{…}, {…}]`. What is sent there is a list, too.
//!
//! # What happens
//!
//! The schema becomes an array; its items take what any of the listed schemas takes. Where the example is an object with
//! names of its own, the list says nothing of it and is left out.

use serde_json::{Map, Value};

use super::{Mending, Repair, merged, visit};

pub(super) const REPAIR: Repair = Repair {
    code: "S008",
    name: "listed_properties",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |noting, pointer, schema| {
        let Some(Value::Array(listed)) = schema.get("properties") else {
            return;
        };
        if schema.get("example").is_some_and(has_names) {
            schema.insert("properties".into(), serde_json::json!({}));
            noting.repaired(
                pointer,
                "the properties are a list, but the example has names for them",
                "left the list out, so that the example decides",
            );
            return;
        }
        let items = merged::all(listed.iter().filter(|listed| listed.is_object()));
        schema.shift_remove("properties");
        schema.shift_remove("required");
        schema.insert("type".into(), "array".into());
        schema.insert(
            "items".into(),
            items.unwrap_or_else(|| serde_json::json!({})),
        );
        if schema.get("example").is_some_and(Value::is_object) {
            schema.shift_remove("example");
        }
        noting.repaired(
            pointer,
            "the properties are a list, which is what PHP makes of the names 0, 1, …",
            "made it an array with items of that form",
        );
    });
}

/// Whether `example` is an object with names that are no indices of a list.
fn has_names(example: &Value) -> bool {
    let names = example.as_object().into_iter().flat_map(Map::keys);
    let mut digits = names.map(|name| name.chars().all(|c| c.is_ascii_digit()));
    digits.any(|is_index| !is_index)
}
