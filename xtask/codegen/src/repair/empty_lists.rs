//! S006: `[]` where a mapping is meant becomes an empty mapping.
//!
//! # Why
//!
//! PHP has one type for lists and maps, and writes an empty one as `[]`: an endpoint without answers has
//! `responses: []`, an object without documented fields `properties: []`, a security scheme without settings
//! `default: []`, and an object whose example is an empty array `example: []`.
//!
//! # What happens
//!
//! The empty list becomes `{}`. What is neither list nor mapping is taken out. Where an object has required fields, `[]`
//! (or `{}`, of older versions) is no example of it, but what Scribe writes when it does not descend into a rule such as
//! `items.*.id`: it is taken out as well.

use serde_json::{Map, Value, json};

use super::{Mending, Noting, Repair, visit};
use crate::document::join;

pub(super) const REPAIR: Repair = Repair {
    code: "S006",
    name: "empty_lists",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let (root, mut noting) = mending.parts();
    for pointer in [
        "/components",
        "/components/schemas",
        "/components/securitySchemes",
        "/components/securitySchemes/default",
    ] {
        let Some((owner, key)) = pointer.rsplit_once('/') else {
            continue;
        };
        if let Some(Value::Object(owner_map)) = root.pointer_mut(owner) {
            mapping(&mut noting, owner, owner_map, key);
        }
    }
    visit::operations(mending, &mut |noting, place, operation| {
        let pointer = place.pointer();
        mapping(noting, &pointer, operation, "responses");
        mapping(noting, &pointer, operation, "requestBody");
        let mut owners = Vec::new();
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            let pointer = join(&pointer, "responses");
            let statuses: Vec<String> = responses.keys().cloned().collect();
            for status in statuses {
                mapping(noting, &pointer, responses, &status);
            }
            owners.extend(
                responses
                    .iter_mut()
                    .map(|(status, response)| (join(&pointer, status), response)),
            );
        }
        // Both are borrowed from the operation, one after the other.
        for (pointer, owner) in owners {
            content(noting, &pointer, owner);
        }
        if let Some(body) = operation.get_mut("requestBody") {
            content(noting, &join(&pointer, "requestBody"), body);
        }
    });
    visit::schemas(mending, &mut |noting, pointer, schema| {
        if schema
            .get("properties")
            .is_some_and(|value| !value.is_object() && !is_full_list(value))
        {
            mapping(noting, pointer, schema, "properties");
        }
        for key in ["items", "additionalProperties"] {
            if schema.get(key).is_some_and(Value::is_array) {
                mapping(noting, pointer, schema, key);
            }
        }
        example(noting, pointer, schema);
    });
}

/// Mends the example of a schema where it is, or holds, PHP's `[]`.
fn example(noting: &mut Noting<'_>, pointer: &str, schema: &mut Map<String, Value>) {
    let is_object = |schema: Option<&Value>| {
        schema.is_some_and(|schema| schema.get("type") == Some(&json!("object")))
    };
    let needs_fields = |schema: Option<&Value>| {
        let required = schema.and_then(|schema| schema.get("required")?.as_array());
        required.is_some_and(|required| !required.is_empty())
    };
    let Some(example) = schema.get("example") else {
        return;
    };
    let here = Value::Object(schema.clone());
    let pointer = join(pointer, "example");
    if *example == json!({}) && is_object(Some(&here)) && needs_fields(Some(&here)) {
        // Older versions of Scribe write the same as a mapping.
        schema.shift_remove("example");
        let problem = "the example of an object is empty, and the object has required fields";
        noting.repaired(&pointer, problem, "took the example out");
        return;
    }
    let Value::Array(example) = example else {
        return;
    };
    if is_object(Some(&here)) && example.is_empty() {
        let problem = "the example of an object is the empty list that PHP writes for an empty map";
        if needs_fields(Some(&here)) {
            schema.shift_remove("example");
            let problem = format!("{problem}, and the object has required fields");
            noting.repaired(&pointer, problem, "took the example out");
        } else {
            schema.insert("example".into(), json!({}));
            noting.repaired(&pointer, problem, "made it an empty mapping");
        }
        return;
    }
    let items = here.get("items");
    if !example.is_empty()
        && example.iter().all(is_empty)
        && is_object(items)
        && needs_fields(items)
    {
        schema.shift_remove("example");
        let problem =
            "the example of a list of objects with required fields is a list of empty ones";
        noting.repaired(&pointer, problem, "took the example out");
    }
}

/// Whether `value` is what PHP has for an empty list and an empty map.
fn is_empty(value: &Value) -> bool {
    *value == json!([]) || *value == json!({})
}

fn content(noting: &mut Noting<'_>, pointer: &str, owner: &mut Value) {
    let Some(owner) = owner.as_object_mut() else {
        return;
    };
    mapping(noting, pointer, owner, "content");
    let pointer = join(pointer, "content");
    if let Some(Value::Object(content)) = owner.get_mut("content") {
        let media_types: Vec<String> = content.keys().cloned().collect();
        for media_type in media_types {
            mapping(noting, &pointer, content, &media_type);
            if let Some(Value::Object(media)) = content.get_mut(&media_type) {
                mapping(noting, &join(&pointer, &media_type), media, "schema");
            }
        }
    }
}

fn is_full_list(value: &Value) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty())
}

/// Makes a mapping of `owner[key]`, when it is there and is none.
fn mapping(noting: &mut Noting<'_>, pointer: &str, owner: &mut Map<String, Value>, key: &str) {
    let Some(value) = owner.get_mut(key).filter(|value| !value.is_object()) else {
        return;
    };
    let pointer = join(pointer, key);
    if *value == json!([]) {
        noting.repaired(
            &pointer,
            "a mapping is written as the empty list that PHP writes for an empty map",
            "made it an empty mapping",
        );
    } else {
        let problem = format!("expected a mapping, but found {}", crate::load::kind(value));
        noting.repaired(&pointer, problem, "made it an empty mapping");
    }
    *value = json!({});
}
