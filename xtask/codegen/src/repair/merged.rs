//! Two schemas → one that takes what either takes, as far as that can be said.

use serde_json::{Map, Value, json};

use crate::{secrets, shapes};

/// A schema that takes what `a` takes and what `b` takes, and gives up none of their fields. The prose is `a`'s.
pub(super) fn merged(a: &Value, b: &Value) -> Value {
    if shapes::shape(a) == shapes::shape(b) {
        return a.clone();
    }
    if let Some(secret) = secret(a, b) {
        return secret;
    }
    let mut one = match (kind(a), kind(b)) {
        ("object", "object") => objects(a, b),
        ("array", "array") => {
            let items = |schema: &Value| schema.get("items").cloned().unwrap_or_else(|| json!({}));
            json!({ "type": "array", "items": merged(&items(a), &items(b)) })
        }
        ("integer" | "number", "number") | ("number", "integer") => json!({ "type": "number" }),
        ("string", "string") => strings(a, b),
        (one, other) if one == other && matches!(one, "integer" | "boolean") => {
            json!({ "type": one })
        }
        _ => json!({}),
    };
    let is_typed = one.as_object().is_some_and(|one| !one.is_empty());
    if let Value::Object(one) = &mut one {
        if is_typed
            && [a, b]
                .iter()
                .any(|schema| schema.get("nullable") == Some(&json!(true)))
        {
            one.insert("nullable".into(), true.into());
        }
        for key in ["description", "example", "title"] {
            if let Some(value) = a.get(key).or_else(|| b.get(key)) {
                one.insert(key.into(), value.clone());
            }
        }
    }
    one
}

/// All of `schemas` merged; none when there are none.
pub(super) fn all<'a>(schemas: impl IntoIterator<Item = &'a Value>) -> Option<Value> {
    schemas.into_iter().fold(None, |all, schema| {
        Some(all.map_or_else(|| schema.clone(), |all| merged(&all, schema)))
    })
}

fn kind(schema: &Value) -> &str {
    match schema.get("type").and_then(Value::as_str) {
        Some("object") if shapes::property_names(schema).is_empty() => "",
        Some(kind) => kind,
        None => "",
    }
}

fn objects(a: &Value, b: &Value) -> Value {
    let empty = Map::new();
    let properties = |schema: &'_ Value| {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.unwrap_or(&empty).clone()
    };
    let mut all = properties(a);
    for (name, property) in properties(b) {
        let property = match all.get(&name) {
            Some(other) => merged(other, &property),
            None => property,
        };
        all.insert(name, property);
    }
    let required: Vec<Value> = required(a)
        .into_iter()
        .filter(|name| required(b).contains(name))
        .map(Value::from)
        .collect();
    let mut one = json!({ "type": "object", "properties": all });
    if !required.is_empty() {
        one["required"] = required.into();
    }
    one
}

/// What both are when one of them is a secret: what hides either.
fn secret(a: &Value, b: &Value) -> Option<Value> {
    let is_secret = |schema: &Value| schema.as_object().is_some_and(secrets::is_secret);
    if !is_secret(a) && !is_secret(b) {
        return None;
    }
    let mut one = match (kind(a), kind(b)) {
        ("string", "string") => json!({ "type": "string", "format": secrets::FORMAT }),
        _ => json!({ "format": secrets::FORMAT, shapes::ANY: true }),
    };
    let null = json!(true);
    if [a, b]
        .iter()
        .any(|schema| schema.get("nullable") == Some(&null))
    {
        one["nullable"] = null;
    }
    if let Some(description) = a.get("description").or_else(|| b.get("description")) {
        one["description"] = description.clone();
    }
    Some(one)
}

fn strings(a: &Value, b: &Value) -> Value {
    let values = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
    match (values(a), values(b)) {
        (Some(mut all), Some(others)) => {
            for other in others {
                if !all.contains(&other) {
                    all.push(other);
                }
            }
            json!({ "type": "string", "enum": all })
        }
        _ => json!({ "type": "string" }),
    }
}

/// The names of the properties that are always there.
pub(super) fn required(schema: &Value) -> Vec<&str> {
    schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
