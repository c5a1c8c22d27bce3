//! S008: an object whose properties are a list is an array.
//!
//! # Why
//!
//! A rule such as `coordinates.0` gives the field `coordinates` the children `0`, `1`, …, and PHP writes an array with
//! the keys 0, 1, … as a list: `properties: [{…}, {…}]`. What is sent there is a list, too.
//!
//! # What happens
//!
//! The schema becomes an array; its items take what any of the listed schemas takes.

use serde_json::Value;

use super::{Mending, Repair, merged, visit};

pub(super) const REPAIR: Repair = Repair {
    code: "S008",
    name: "listed_properties",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |mending, pointer, schema| {
        let Some(Value::Array(listed)) = schema.get("properties") else {
            return;
        };
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
        mending.repaired(
            pointer,
            "the properties are a list, which is what PHP makes of the names 0, 1, …",
            "made it an array with items of that form",
        );
    });
}
