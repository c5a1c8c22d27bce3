//! What looks in a document of Scribe's as if it said something, and says nothing.

use serde_json::{Map, Value};

/// Whether `value` is no better than none: an empty text, list or object.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Null => true,
        _ => false,
    }
}

/// Whether the schema says nothing of its type: Scribe saw null only, or PHP's `[]`, which is an empty list, an empty
/// object, or an object that it did not look into.
///
/// `beside` is the example that stands beside the schema, as a parameter has it.
pub(super) fn says_no_type(schema: &Map<String, Value>, beside: Option<&Value>) -> bool {
    saw_null_only(schema, beside) || saw_empty_list_only(schema) || is_disproved(schema)
}

/// Whether a text is what the schema calls a list or an object in its own example: `string` is what Scribe writes where a
/// rule names no type.
fn is_disproved(schema: &Map<String, Value>) -> bool {
    let example = schema.get("example");
    schema.get("type").and_then(Value::as_str) == Some("string")
        && example.is_some_and(|example| example.is_array() || example.is_object())
}

/// Whether the only value that Scribe saw is null, under the type that it writes for null.
pub(super) fn saw_null_only(schema: &Map<String, Value>, beside: Option<&Value>) -> bool {
    let example = schema.get("example").or(beside);
    let kind = schema.get("type").and_then(Value::as_str);
    let has = |key: &str| schema.get(key).is_some_and(|value| !is_empty(value));
    let only_null = |values: &Value| {
        let values = values.as_array();
        values.is_some_and(|values| values.iter().all(Value::is_null))
    };
    example.is_some_and(Value::is_null)
        && matches!(kind, None | Some("string"))
        && schema.get("enum").is_none_or(only_null)
        && !is_composed(schema)
        && !["properties", "items", "format", "pattern", "$ref"]
            .iter()
            .any(|key| has(key))
}

fn saw_empty_list_only(schema: &Map<String, Value>) -> bool {
    let is_bare = match schema.get("type").and_then(Value::as_str) {
        Some("array") => schema.get("items").is_none_or(is_empty),
        Some("object") => schema.get("properties").is_none_or(is_empty),
        None => !is_composed(schema),
        Some(_) => false,
    };
    let example = schema.get("example").and_then(Value::as_array);
    is_bare && example.is_some_and(Vec::is_empty)
}

/// Whether the schema is a union or puts several schemas together.
pub(super) fn is_composed(schema: &Map<String, Value>) -> bool {
    ["oneOf", "anyOf", "allOf"]
        .iter()
        .any(|key| schema.contains_key(*key))
}

/// Whether the content is what Scribe writes where its own call of the route gave no body: an empty text.
pub(super) fn is_empty_text(content: &Map<String, Value>) -> bool {
    let mut content = content.iter();
    let (Some((media, says)), None) = (content.next(), content.next()) else {
        return false;
    };
    let schema = says.get("schema");
    let kind = schema.and_then(|schema| schema.get("type")?.as_str());
    let example = says
        .get("example")
        .or_else(|| schema.and_then(|schema| schema.get("example")));
    media.starts_with("text/plain")
        && matches!(kind, None | Some("string"))
        && example.is_some_and(is_empty)
}
