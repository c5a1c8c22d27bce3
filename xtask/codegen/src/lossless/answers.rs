//! The whole answers that a document shows: what a server sends in the form in which it sends it.
//!
//! Where a success answer has no example of its own, one is put together from those of its properties.

use serde_json::{Map, Value};

use crate::document::{Document, join};
use crate::polish::methods::Method;
use crate::walk;

/// An answer that the document shows.
pub struct Answer<'a> {
    /// The JSON pointer of the example, or of the schema that it was put together from.
    pub pointer: String,
    pub value: Value,
    pub method: &'a Method,
}

/// Every answer that `document` shows, but for the same one twice at one place.
pub fn answers<'a>(document: &Document, methods: &'a [Method]) -> Vec<Answer<'a>> {
    let root = &document.root;
    let mut found = Vec::new();
    for place in walk::operations(root) {
        let method = methods.iter().find(|method| {
            method.path == place.path && method.http_method.eq_ignore_ascii_case(place.method)
        });
        let Some(method) = method else { continue };
        let responses = join(&place.pointer(), "responses");
        let statuses = root.pointer(&responses).and_then(Value::as_object);
        for (status, response) in statuses.into_iter().flatten() {
            let content = response.get("content").and_then(Value::as_object);
            if !walk::is_success(status) {
                continue;
            }
            for (media_type, media) in content.into_iter().flatten() {
                if !media_type.contains("json") {
                    continue;
                }
                let pointer = join(&join(&join(&responses, status), "content"), media_type);
                let mut examples = of_media(media, &pointer, root);
                let mut seen: Vec<Value> = Vec::new();
                examples.retain(|(_, value)| {
                    let new = !seen.contains(value);
                    seen.push(value.clone());
                    new
                });
                found.extend(examples.into_iter().map(|(pointer, value)| Answer {
                    pointer,
                    value,
                    method,
                }));
            }
        }
    }
    found
}

fn of_media(media: &Value, pointer: &str, root: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    super::places::collect(media, pointer, &mut found);
    if let Some(schema) = media.get("schema") {
        of_schema(schema, &join(pointer, "schema"), root, &mut found);
        if found.is_empty()
            && let Some(value) = composed(schema, root, 0)
        {
            found.push((join(pointer, "schema"), value));
        }
    }
    found
}

/// The examples of the whole schema: its own, and those of the forms that it may have.
fn of_schema(schema: &Value, pointer: &str, root: &Value, found: &mut Vec<(String, Value)>) {
    super::places::collect(schema, pointer, found);
    for key in ["oneOf", "anyOf"] {
        let members = schema.get(key).and_then(Value::as_array);
        for (index, member) in members.into_iter().flatten().enumerate() {
            let pointer = join(&join(pointer, key), &index.to_string());
            let before = found.len();
            of_schema(member, &pointer, root, found);
            if found.len() == before
                && let Some(value) = composed(member, root, 0)
            {
                found.push((pointer, value));
            }
        }
    }
}

/// How deep schemas may nest in an answer that is put together: those that contain themselves have no end.
const DEPTH: usize = 32;

/// An answer from the examples of `schema`'s parts.
fn composed(schema: &Value, root: &Value, depth: usize) -> Option<Value> {
    let schema = match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => root.pointer(reference.strip_prefix('#')?)?,
        None => schema,
    };
    if depth > DEPTH {
        return None;
    }
    if let Some(example) = schema.get("example") {
        return Some(example.clone());
    }
    let part = |schema: &Value| composed(schema, root, depth + 1);
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema.get(key).and_then(|members| members.get(0)) {
            return part(first);
        }
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let mut object = Map::new();
        for (name, property) in properties {
            object.extend(part(property).map(|value| (name.clone(), value)));
        }
        return Some(Value::Object(object));
    }
    if let Some(first) = schema.get("enum").and_then(|values| values.get(0)) {
        return Some(first.clone());
    }
    match schema.get("type").and_then(Value::as_str)? {
        "object" => Some(Value::Object(Map::new())),
        "array" => {
            let item = schema.get("items").and_then(part);
            Some(Value::Array(item.into_iter().collect()))
        }
        "string" => Some("string".into()),
        "integer" => Some(1.into()),
        "number" => Some(1.5.into()),
        "boolean" => Some(true.into()),
        _ => None,
    }
}
