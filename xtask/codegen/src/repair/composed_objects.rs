//! S022: an `allOf` of several schemas becomes one schema.
//!
//! # Why
//!
//! Scribe writes none, but a person who adds to the document does, to say "that one and these fields". progenitor makes
//! of it what the members have in common, and stops where they do not agree.
//!
//! # What happens
//!
//! Objects become one object with all fields. What cannot be told in one is any JSON.

use serde_json::{Map, Value, json};

use super::{Mending, Repair, visit};
use crate::document::join;

pub(super) const REPAIR: Repair = Repair {
    code: "S022",
    name: "composed_objects",
    run,
};

/// Compositions of compositions: enough for any document made by hand, and an end to a circle.
const MAX_STEPS: usize = 16;

fn run(mending: &mut Mending<'_>) {
    let schemas = mending
        .document
        .root
        .pointer("/components/schemas")
        .cloned()
        .unwrap_or_default();
    visit::schemas(mending, &mut |noting, pointer, schema| {
        let Some(Value::Array(members)) = schema.get("allOf") else {
            return;
        };
        let has_fields = schema.contains_key("properties");
        if members.len() == 1 && !has_fields {
            return;
        }
        let whole = Value::Object(schema.clone());
        let mut all = Map::new();
        let mut required: Vec<Value> = Vec::new();
        let place = join(pointer, "allOf");
        let fits = gather(&whole, &schemas, &mut all, &mut required, 0);
        for key in ["allOf", "properties", "required", "type"] {
            schema.shift_remove(key);
        }
        if fits {
            schema.insert("type".into(), "object".into());
            if !required.is_empty() {
                schema.insert("required".into(), required.into());
            }
            schema.insert("properties".into(), Value::Object(all));
            noting.repaired(
                &place,
                "the schema is put together of several",
                "made one object with the fields of all",
            );
        } else {
            noting.note(
                crate::finding::Severity::Warning,
                &place,
                "the schema is put together of others that are no objects",
                "took it as any JSON",
            );
        }
    });
}

/// Adds the fields of an object, or of all members of a composition. Whether it is one.
fn gather(
    schema: &Value,
    schemas: &Value,
    all: &mut Map<String, Value>,
    required: &mut Vec<Value>,
    steps: usize,
) -> bool {
    if steps > MAX_STEPS {
        return false;
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.strip_prefix("#/components/schemas/");
        return name
            .and_then(|name| schemas.get(name))
            .is_some_and(|target| gather(target, schemas, all, required, steps + 1));
    }
    let members = schema.get("allOf").and_then(Value::as_array);
    for member in members.into_iter().flatten() {
        if !gather(member, schemas, all, required, steps + 1) {
            return false;
        }
    }
    let kind = schema.get("type");
    if schema.get("oneOf").is_some()
        || schema.get("anyOf").is_some()
        || kind.is_some_and(|kind| *kind != json!("object"))
    {
        return false;
    }
    for (name, property) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        all.insert(name.clone(), property.clone());
    }
    for name in super::merged::required(schema) {
        if !required.contains(&json!(name)) {
            required.push(name.into());
        }
    }
    true
}
