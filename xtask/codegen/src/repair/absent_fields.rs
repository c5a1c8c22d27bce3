//! S025: a field that an example of its object leaves out is not required.
//!
//! # Why
//!
//! Whether a field of a request is required comes from the validation rules, which know conditions (`required_with`,
//! another field's value) that OpenAPI does not; the example of the object is written by a person, who sends less.
//!
//! # What happens
//!
//! The field is taken out of `required`, so that what the document shows can be sent. An empty example shows nothing.

use serde_json::{Map, Value};

use super::{Mending, Repair};
use crate::content;
use crate::document::{join, last_token, parent};
use crate::shapes;

pub(super) const REPAIR: Repair = Repair {
    code: "S025",
    name: "absent_fields",
    run,
};

fn run(mending: &mut Mending<'_>) {
    // Taken out meanwhile: findings need the document's places only.
    let mut root = std::mem::take(&mut mending.document.root);
    for pointer in shapes::roots(&root) {
        if pointer.contains("/responses/") || pointer.starts_with("/components/") {
            continue;
        }
        let beside: Vec<Value> = parent(&pointer)
            .and_then(|owner| root.pointer(owner))
            .filter(|_| last_token(&pointer) == "schema")
            .map(|owner| content::examples(owner).into_iter().cloned().collect())
            .unwrap_or_default();
        if let Some(schema) = root.pointer_mut(&pointer) {
            mend(
                mending,
                &pointer,
                schema,
                &beside.iter().collect::<Vec<_>>(),
            );
        }
    }
    mending.document.root = root;
}

/// Mends the schema at `pointer`, and those below it, where `values` stand.
fn mend(mending: &mut Mending<'_>, pointer: &str, schema: &mut Value, values: &[&Value]) {
    let own = schema.get("example").cloned();
    let mut values = values.to_vec();
    values.extend(&own);
    let objects: Vec<&Map<String, Value>> = values
        .iter()
        .filter_map(|value| value.as_object())
        .filter(|object| !object.is_empty())
        .collect();
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        let is_absent = |name: &Value| {
            let name = name.as_str().unwrap_or_default();
            objects.iter().any(|object| !object.contains_key(name))
        };
        let absent: Vec<Value> = required
            .iter()
            .filter(|name| is_absent(name))
            .cloned()
            .collect();
        required.retain(|name| !absent.contains(name));
        let is_empty = required.is_empty();
        for name in absent {
            mending.repaired(
                &join(pointer, "required"),
                format!("an example leaves out {name}, which is said to be required"),
                "made it optional",
            );
        }
        if is_empty && let Some(schema) = schema.as_object_mut() {
            schema.shift_remove("required");
        }
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in properties {
            let below: Vec<&Value> = objects
                .iter()
                .filter_map(|object| object.get(name))
                .collect();
            let pointer = join(&join(pointer, "properties"), name);
            mend(mending, &pointer, property, &below);
        }
    }
    if let Some(items) = schema.get_mut("items") {
        let elements = values.iter().filter_map(|value| value.as_array()).flatten();
        mend(
            mending,
            &join(pointer, "items"),
            items,
            &elements.collect::<Vec<_>>(),
        );
    }
}
