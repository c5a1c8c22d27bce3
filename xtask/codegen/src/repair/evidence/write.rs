//! What is known, written into the schemas that it was read from, with a finding for each that changes.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::Mending;
use super::tree::{Kind, Known, fixed};
use crate::document::join as below;
use crate::finding::{Finding, Severity};
use crate::{secrets, shapes};

/// Gives the schema at `pointer`, and those below it, the types that are `known`.
pub(super) fn write(
    mending: &mut Mending<'_>,
    pointer: &str,
    known: &Known,
    origins: &HashMap<String, String>,
) {
    let mut changes = Vec::new();
    if let Some(schema) = mending.document.root.pointer_mut(pointer) {
        write_node(schema, pointer, known, None, origins, &mut changes);
    }
    for change in changes {
        let places = &mending.document.places;
        let source = if change.other.is_some() {
            "the same field elsewhere makes"
        } else {
            "the examples make"
        };
        let mut finding = Finding::error(
            mending.code,
            format!(
                "the type is {}, but {source} it {}",
                change.before, change.after
            ),
            "took what holds for all of them",
        )
        .severity(Severity::Repaired)
        .at(
            change.pointer.clone(),
            places.nearest(&change.pointer).cloned(),
        );
        if let Some(place) = change.other.and_then(|other| places.nearest(&other)) {
            finding = finding.related(place.clone(), "the other place");
        }
        mending.findings.push(finding);
    }
}

struct Change {
    pointer: String,
    before: String,
    after: String,
    other: Option<String>,
}

fn write_node(
    schema: &mut Value,
    pointer: &str,
    known: &Known,
    other: Option<&str>,
    origins: &HashMap<String, String>,
    changes: &mut Vec<Change>,
) {
    let other = origins.get(pointer).map(String::as_str).or(other);
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    let before = words(object);
    set(object, known);
    let after = words(object);
    if before != after {
        changes.push(Change {
            pointer: pointer.to_owned(),
            before,
            after,
            other: other.map(str::to_owned),
        });
    }
    match &known.kind {
        Kind::Object(fields) => {
            let Some(properties) = object.get_mut("properties") else {
                return;
            };
            for (name, known) in fields {
                let path = |owner: &str| below(&below(owner, "properties"), name);
                let other = other.map(path);
                let node = &mut properties[name];
                write_node(
                    node,
                    &path(pointer),
                    known,
                    other.as_deref(),
                    origins,
                    changes,
                );
            }
        }
        Kind::Array(inner) | Kind::Map(inner) => {
            let key = match &known.kind {
                Kind::Array(_) => "items",
                _ => "additionalProperties",
            };
            let other = other.map(|other| below(other, key));
            if let Some(node) = object.get_mut(key) {
                let pointer = below(pointer, key);
                write_node(node, &pointer, inner, other.as_deref(), origins, changes);
            }
        }
        _ => {}
    }
}

fn set(object: &mut Map<String, Value>, known: &Known) {
    let (name, keep) = match &known.kind {
        Kind::Fixed(shape) => return fix(object, shape, known.null),
        Kind::Nothing | Kind::Any => {
            for key in ["type", "properties", "items", "nullable"] {
                object.shift_remove(key);
            }
            if known.kind == Kind::Any {
                object.shift_remove("format");
                object.shift_remove("enum");
                // Else the example alone would speak when this is read again.
                object.insert(shapes::ANY.into(), true.into());
            }
            return;
        }
        Kind::Boolean => ("boolean", ""),
        Kind::Integer => ("integer", ""),
        Kind::Number => ("number", ""),
        Kind::String => ("string", ""),
        Kind::Array(_) => ("array", "items"),
        Kind::Object(_) | Kind::OpenObject => ("object", "properties"),
        Kind::Map(_) => ("object", "additionalProperties"),
    };
    if object.get("type").and_then(Value::as_str) != Some(name) {
        object.insert("type".into(), name.into());
    }
    for key in ["properties", "items"] {
        if key != keep {
            object.shift_remove(key);
        }
    }
    if known.null {
        object.insert("nullable".into(), true.into());
    }
    match &known.kind {
        Kind::Array(_) if !object.get("items").is_some_and(Value::is_object) => {
            object.insert("items".into(), Value::Object(Map::new()));
        }
        Kind::Map(_)
            if !object
                .get("additionalProperties")
                .is_some_and(Value::is_object) =>
        {
            object.insert("additionalProperties".into(), Value::Object(Map::new()));
        }
        Kind::Object(fields) => {
            if object.get("example").is_some_and(is_empty_list) {
                // What PHP writes for an empty map, in a place that is only known to be one by now.
                object.insert("example".into(), Value::Object(Map::new()));
            }
            if !object.get("properties").is_some_and(Value::is_object) {
                object.insert("properties".into(), Value::Object(Map::new()));
            }
            for name in fields.keys() {
                if object["properties"].get(name).is_none() {
                    object["properties"][name] = Value::Object(Map::new());
                }
            }
        }
        _ => {}
    }
}

/// Makes `object` what is written at another place as `shape`, unless it is that already.
fn fix(object: &mut Map<String, Value>, shape: &str, null: bool) {
    if *fixed(&Value::Object(object.clone())) == *shape {
        // Of the values that are listed in a schema, none is null; what others say of it they say themselves.
        if null && object.contains_key("enum") {
            object.insert("nullable".into(), true.into());
        }
        return;
    }
    for key in ["type", "format", "enum", "properties", "items"] {
        object.shift_remove(key);
    }
    // An example of null is no example of what all these places have in common.
    if object.get("example").is_some_and(Value::is_null) {
        object.shift_remove("example");
    }
    if let Ok(Value::Object(shape)) = serde_json::from_str(shape) {
        object.extend(shape);
    }
    if null {
        object.insert("nullable".into(), true.into());
    }
    if secrets::is_secret(object) && !object.contains_key("type") {
        // Else a type would be guessed when this is read again.
        object.insert(shapes::ANY.into(), true.into());
    }
}

fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

fn words(schema: &Map<String, Value>) -> String {
    let is_any_of = |keys: &[&str]| keys.iter().any(|key| schema.contains_key(*key));
    let name = if is_any_of(&["$ref", "oneOf", "anyOf", "allOf", "x-rust-type"]) {
        "another schema's"
    } else {
        match schema.get("type").and_then(Value::as_str) {
            Some("string") if is_any_of(&["enum"]) => "one of a list of texts",
            Some(name) => name,
            None => "any JSON",
        }
    };
    if schema.get("nullable").and_then(Value::as_bool) == Some(true) {
        format!("{name} or null")
    } else {
        name.to_owned()
    }
}
