//! What two schemas have in common: their shape, with everything left out that does not change what they accept.

use serde_json::{Map, Value};

use crate::content;
use crate::document::join;
use crate::walk;

/// The extension of a schema whose examples contradict each other: any JSON, whatever the examples are.
pub const ANY: &str = "x-any-json";

/// Keys that say nothing about what a schema accepts.
const PROSE: &[&str] = &[
    "title",
    "description",
    "example",
    "examples",
    "deprecated",
    "externalDocs",
    "xml",
    ANY,
];

/// `schema` without prose, with the keys in order: equal for schemas that accept the same.
pub fn shape(schema: &Value) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    let mut sorted: Vec<(&String, &Value)> = object
        .iter()
        .filter(|(key, _)| !PROSE.contains(&key.as_str()))
        .collect();
    sorted.sort_by_key(|(key, _)| *key);
    Value::Object(
        sorted
            .into_iter()
            .map(|(key, value)| (key.clone(), shape_of_key(key, value)))
            .collect(),
    )
}

fn shape_of_key(key: &str, value: &Value) -> Value {
    match (key, value) {
        // The names in here are the API's, not keywords: `properties: {description: …}`.
        ("properties", Value::Object(properties)) => {
            let mut sorted: Vec<(&String, &Value)> = properties.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            Value::Object(
                sorted
                    .into_iter()
                    .map(|(name, property)| (name.clone(), shape(property)))
                    .collect(),
            )
        }
        // Sets: in which order the members are written means nothing.
        ("required" | "enum", Value::Array(members)) => {
            let mut members = members.clone();
            members.sort_by_key(Value::to_string);
            Value::Array(members)
        }
        ("oneOf" | "anyOf" | "allOf", Value::Array(members)) => {
            Value::Array(members.iter().map(shape).collect())
        }
        ("items" | "additionalProperties" | "not", value) => shape(value),
        _ => value.clone(),
    }
}

/// Whether `schema` says nothing about the value.
pub fn takes_anything(schema: &Value) -> bool {
    shape(schema).as_object().is_none_or(Map::is_empty)
}

/// The property names of an object schema.
pub fn property_names(schema: &Value) -> Vec<&String> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
        .collect()
}

/// The schemas of a document that are not inside another schema, each with its JSON pointer, in a fixed order: those of
/// the components, then for each operation its parameters, its request body and its answers.
pub fn roots(root: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    if let Some(schemas) = root
        .pointer("/components/schemas")
        .and_then(Value::as_object)
    {
        pointers.extend(schemas.keys().map(|name| join("/components/schemas", name)));
    }
    for place in walk::operations(root) {
        let item = join("/paths", &place.path);
        for owner in [&item, &place.pointer()] {
            let parameters = join(owner, "parameters");
            let count = root
                .pointer(&parameters)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            for index in 0..count {
                pointers.push(join(&join(&parameters, &index.to_string()), "schema"));
            }
        }
        // Of several forms of a body one is used.
        let body = place
            .of(root)
            .and_then(|operation| content::request(root, operation));
        if let Some(key) = body.and_then(|body| body.key) {
            let content = join(&join(&place.pointer(), "requestBody"), "content");
            pointers.push(join(&join(&content, key), "schema"));
        }
        let responses = join(&place.pointer(), "responses");
        if let Some(statuses) = root.pointer(&responses).and_then(Value::as_object) {
            for status in statuses.keys() {
                pointers.extend(content_schemas(root, &join(&responses, status)));
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    pointers.retain(|pointer| {
        root.pointer(pointer).is_some_and(Value::is_object) && seen.insert(pointer.clone())
    });
    pointers
}

fn content_schemas(root: &Value, owner: &str) -> Vec<String> {
    let content = join(owner, "content");
    root.pointer(&content)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
        .map(|media_type| join(&join(&content, media_type), "schema"))
        .collect()
}

/// The pointers of every `oneOf` and `anyOf`, outer ones first.
pub fn unions(root: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for pointer in roots(root) {
        if let Some(schema) = root.pointer(&pointer) {
            collect_unions(schema, pointer, &mut found);
        }
    }
    found
}

fn collect_unions(schema: &Value, pointer: String, found: &mut Vec<String>) {
    for key in ["oneOf", "anyOf"] {
        if schema.get(key).is_some_and(Value::is_array) {
            found.push(join(&pointer, key));
        }
    }
    walk::subschemas(schema, &pointer, &mut |pointer, schema| {
        collect_unions(schema, pointer, found);
    });
}
