//! Repaired document → `openapiv3::OpenAPI`: only what decides the client's Rust, in the forms that progenitor knows.
//!
//! What progenitor would turn into refusals is left out: formats and limits (PHP's dates are no RFC 3339, limits are the
//! server's to check), closed objects, defaults (the server's, not ours to send). Error answers are left out too: they
//! are all one error that keeps status, headers and body.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use super::{files, keys};
use crate::client::RUNTIME;
use crate::content::{self, Form};
use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::inputs;
use crate::names;
use crate::naming;
use crate::secrets;
use crate::walk::{self, OperationPlace};

/// The document as progenitor gets it.
///
/// # Errors
///
/// When something in it is no OpenAPI 3.0: JSON pointer and place.
pub fn lower(document: &Document) -> Result<OpenAPI, Failure> {
    let lowered = lowered(&files::marked(&document.root));
    serde_json::from_value(lowered.clone()).map_err(|error| refusal(document, &lowered, &error))
}

fn lowered(root: &Value) -> Value {
    let paths: Map<String, Value> = walk::operations(root)
        .iter()
        .enumerate()
        .map(|(index, place)| {
            let parameters = naming::parameters(root, place);
            // Paths that differ in a parameter's name only are one to some; each operation gets a path of its own.
            let mut path = format!("/{}", operation_key(index));
            for (index, parameter) in parameters.iter().enumerate() {
                if parameter.location == inputs::Location::Path {
                    path.push_str(&format!("/{{{}}}", inputs::key(index)));
                }
            }
            let operation = operation(root, place, operation_key(index), &parameters);
            (path, json!({ place.method: operation }))
        })
        .collect();
    let schemas: Map<String, Value> = root
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), schema(value, true)))
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "API", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// The operationId that progenitor gets for the `index`th operation.
fn operation_key(index: usize) -> String {
    format!("operation_{index}")
}

/// The index of the operation that progenitor got as `key`, which is its operationId or its path.
pub(crate) fn operation_index(key: &str) -> Option<usize> {
    let key = key.trim_start_matches('/').split('/').next()?;
    key.strip_prefix("operation_")?.parse().ok()
}

fn operation(
    root: &Value,
    place: &OperationPlace,
    key: String,
    parameters: &[inputs::Parameter<'_>],
) -> Value {
    let empty = Map::new();
    let operation = place.of(root).unwrap_or(&empty);
    let mut lowered = Map::new();
    lowered.insert("operationId".into(), key.into());
    let parameters: Vec<Value> = parameters
        .iter()
        .enumerate()
        .map(|(index, parameter)| lowered_parameter(index, parameter))
        .collect();
    lowered.insert("parameters".into(), parameters.into());
    if let Some(body) = content::request(root, operation) {
        // All forms come as JSON: how they are sent is printed by polish.
        let body = match (body.form, body.schema) {
            (Form::Text, _) => json!({ "type": "string" }),
            (Form::Bytes, _) => json!({ "type": "string", "x-rust-type": rust_type("Upload") }),
            (_, Some(body)) => schema(body, true),
            (_, None) => json!({}),
        };
        lowered.insert(
            "requestBody".into(),
            json!({ "required": true, "content": { "application/json": { "schema": body } } }),
        );
    }
    let answer = operation
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(status, _)| walk::is_success(status))
        .find_map(|(_, response)| json_content(response))
        .map_or_else(|| json!({}), |answer| schema(answer, true));
    lowered.insert(
        "responses".into(),
        json!({ "200": { "description": "", "content": { "application/json": { "schema": answer } } } }),
    );
    Value::Object(lowered)
}

/// The schema of the JSON form of an answer.
fn json_content(owner: &Value) -> Option<&Value> {
    let content = owner.get("content")?.as_object()?;
    content
        .iter()
        .find(|(media_type, _)| media_type.contains("json"))
        .and_then(|(_, media)| media.get("schema"))
}

fn lowered_parameter(index: usize, parameter: &inputs::Parameter<'_>) -> Value {
    let value = match parameter.says.get("schema") {
        // Nothing goes over the wire for a null: an optional parameter is not set then, and a required one, such as those
        // of the path, always has a value.
        Some(value) => schema(value, false),
        // Its schema stands under a media type, and says less than an example would.
        None if parameter.says.contains_key("content") => json!({}),
        None => json!({ "type": "string" }),
    };
    json!({
        "name": inputs::key(index),
        "in": parameter.location.word(),
        "required": parameter.required,
        "schema": value,
    })
}

/// `schema` with only the keys that decide a Rust type. `required` says whether the place always holds a value: only
/// there does `nullable` make a difference, since an absent field is `None` already.
fn schema(schema: &Value, required: bool) -> Value {
    let Some(object) = schema.as_object() else {
        return json!({});
    };
    let mut lowered = Map::new();
    if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
        return json!({ "$ref": reference });
    }
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    if let Some(description) = text("description").filter(|text| !text.trim().is_empty()) {
        lowered.insert("description".into(), description.into());
    }
    if required && object.get("nullable").and_then(Value::as_bool) == Some(true) {
        lowered.insert("nullable".into(), true.into());
    }
    if secrets::is_secret(object) {
        let name = match text("type") {
            Some("string") => "Secret",
            _ => "SecretValue",
        };
        lowered.insert("type".into(), "string".into());
        lowered.insert("x-rust-type".into(), rust_type(name));
        return Value::Object(lowered);
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(members) = object.get(key).and_then(Value::as_array) {
            let members: Vec<Value> = members
                .iter()
                .map(|member| self::schema(member, true))
                .collect();
            // Of `anyOf` typify makes a struct of all members, which takes no text; members that several could be are
            // one by now.
            let key = if key == "allOf" { key } else { "oneOf" };
            lowered.insert(key.into(), members.into());
            return Value::Object(lowered);
        }
    }
    match text("type") {
        Some("string") => {
            let values = enum_values(object);
            if !values.is_empty() {
                lowered.insert("enum".into(), values.into());
            } else if text("format") == Some("binary") {
                lowered.insert("x-rust-type".into(), rust_type("Upload"));
            }
        }
        Some("array") => {
            let items = object
                .get("items")
                .map_or_else(|| json!({}), |items| self::schema(items, true));
            lowered.insert("items".into(), items);
        }
        Some("object") if !is_open_object(object) => lower_object(object, &mut lowered),
        // An object of which nothing is known, or no type at all: any JSON, since PHP writes `[]` for an empty one.
        Some("object") | None => {
            lowered.shift_remove("nullable");
            return Value::Object(lowered);
        }
        Some("boolean" | "integer" | "number") => {}
        // The repairs leave no other type.
        Some(_) => {
            lowered.shift_remove("nullable");
            return Value::Object(lowered);
        }
    }
    if let Some(kind) = object.get("type") {
        lowered.insert("type".into(), kind.clone());
    }
    Value::Object(lowered)
}

/// The keys of the texts that a string may be.
fn enum_values(object: &Map<String, Value>) -> Vec<String> {
    let values = object.get("enum").and_then(Value::as_array);
    let texts: Vec<String> = values
        .into_iter()
        .flatten()
        .filter_map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect();
    let texts = texts.iter().map(String::as_str);
    keys::keys(texts, names::variant_name, &["Unknown"])
        .into_iter()
        .map(|(_, key)| key)
        .collect()
}

fn is_open_object(object: &Map<String, Value>) -> bool {
    let properties = object.get("properties").and_then(Value::as_object);
    properties.is_none_or(Map::is_empty)
        && object
            .get("additionalProperties")
            .is_none_or(|value| value.as_object().is_none_or(|value| value.is_empty()))
}

fn lower_object(object: &Map<String, Value>, lowered: &mut Map<String, Value>) {
    let required: Vec<&str> = object
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = object.get("properties").and_then(Value::as_object);
    let mut names: Vec<&str> = properties
        .into_iter()
        .flat_map(Map::keys)
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    let keys = keys::keys(names, names::field_name, &[]);
    let required: Vec<&str> = keys
        .iter()
        .filter(|(name, _)| required.contains(name))
        .map(|(_, key)| key.as_str())
        .collect();
    let properties: Map<String, Value> = keys
        .iter()
        .filter_map(|(name, key)| {
            let value = schema(properties?.get(*name)?, required.contains(&key.as_str()));
            Some((key.clone(), value))
        })
        .collect();
    if let Some(values) = object
        .get("additionalProperties")
        .filter(|value| value.is_object() && properties.is_empty())
    {
        lowered.insert("additionalProperties".into(), schema(values, true));
    }
    lowered.insert("required".into(), required.into());
    lowered.insert("properties".into(), properties.into());
}

/// The extension with which typify takes a type of ours for a schema.
fn rust_type(name: &str) -> Value {
    json!({ "crate": RUNTIME, "version": "*", "path": format!("{RUNTIME}::{name}") })
}

/// Says which node is no OpenAPI: serde's own error names no place, so the parts are tried one by one.
fn refusal(document: &Document, lowered: &Value, error: &serde_json::Error) -> Failure {
    let mut findings = Vec::new();
    for pointer in crate::shapes::roots(lowered) {
        let part = lowered.pointer(&pointer).cloned().unwrap_or_default();
        if let Err(error) =
            serde_json::from_value::<openapiv3::ReferenceOr<openapiv3::Schema>>(part)
        {
            let place = document.places.nearest(&pointer).cloned();
            findings.push(
                Finding::error(
                    "lower/schema",
                    format!("expected an OpenAPI 3.0 schema, but found something else: {error}"),
                    "correct it with a patch in spec/overlays",
                )
                .at(pointer, place),
            );
        }
    }
    if findings.is_empty() {
        let place = document.places.nearest("").cloned();
        findings.push(
            Finding::error(
                "lower/document",
                format!("expected an OpenAPI 3.0 document, but found something else: {error}"),
                "correct it with a patch in spec/overlays",
            )
            .at("", place),
        );
    }
    Failure::from(findings)
}
