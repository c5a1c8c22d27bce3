//! Repaired document → `openapiv3::OpenAPI`: only what decides the client's Rust, in the forms that progenitor knows.
//!
//! What progenitor would turn into refusals is left out: formats and limits (PHP's dates are no RFC 3339, limits are the
//! server's to check), closed objects, defaults (the server's, not ours to send). Error answers are left out too: they
//! are all one error that keeps status, headers and body.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::content::{self, Form};
use crate::document::{Document, join};
use crate::finding::{Failure, Finding};
use crate::walk::{self, OperationPlace};

/// The name under which generated code knows the module of hand-written types; see [`crate::generate`].
pub(crate) const RUNTIME: &str = "runtime";

/// Headers that are the client's business and no parameters.
const OWN_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

/// The document as progenitor gets it.
///
/// # Errors
///
/// When something in it is no OpenAPI 3.0: JSON pointer and place.
pub fn lower(document: &Document) -> Result<OpenAPI, Failure> {
    let lowered = lowered(&content::with_files_marked(&document.root));
    serde_json::from_value(lowered.clone()).map_err(|error| refusal(document, &lowered, &error))
}

fn lowered(root: &Value) -> Value {
    let mut paths = Map::new();
    for place in walk::operations(root) {
        let item = paths
            .entry(place.path.clone())
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(item) = item {
            item.insert(place.method.to_owned(), operation(root, &place));
        }
    }
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

fn operation(root: &Value, place: &OperationPlace) -> Value {
    let empty = Map::new();
    let operation = place.of(root).unwrap_or(&empty);
    let mut lowered = Map::new();
    if let Some(id) = operation.get("operationId") {
        lowered.insert("operationId".into(), id.clone());
    }
    lowered.insert(
        "parameters".into(),
        parameters(root, place, operation).into(),
    );
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

/// The parameters of the path item and of the operation; the operation's win.
fn parameters(root: &Value, place: &OperationPlace, operation: &Map<String, Value>) -> Vec<Value> {
    let item = root.pointer(&join("/paths", &place.path));
    let of_item = item.and_then(|item| item.get("parameters"));
    let all = [of_item, operation.get("parameters")];
    let mut lowered: Vec<Value> = Vec::new();
    for parameter in all
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
    {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let (Some(name), Some(location @ ("path" | "query" | "header"))) =
            (text("name"), text("in"))
        else {
            continue;
        };
        if location == "header" && OWN_HEADERS.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        let required =
            location == "path" || parameter.get("required").and_then(Value::as_bool) == Some(true);
        let value = content::parameter_schema(parameter).map_or_else(
            || json!({ "type": "string" }),
            |value| schema(value, required),
        );
        lowered.retain(|other| other["name"] != *name || other["in"] != *location);
        lowered.push(json!({
            "name": name,
            "in": location,
            "required": required,
            "schema": value,
        }));
    }
    lowered
}

/// `schema` with only the keys that decide a Rust type. `required` says whether the place always holds a value: only
/// there does `nullable` make a difference, since an absent field is `None` already.
fn schema(schema: &Value, required: bool) -> Value {
    let Some(object) = schema.as_object() else {
        return json!({});
    };
    let mut lowered = Map::new();
    if let Some(reference) = object.get("$ref") {
        return json!({ "$ref": reference });
    }
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    if let Some(description) = text("description").filter(|text| !text.trim().is_empty()) {
        lowered.insert("description".into(), description.into());
    }
    if required && object.get("nullable").and_then(Value::as_bool) == Some(true) {
        lowered.insert("nullable".into(), true.into());
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(members) = object.get(key).and_then(Value::as_array) {
            let members: Vec<Value> = members
                .iter()
                .map(|member| self::schema(member, true))
                .collect();
            lowered.insert(key.into(), members.into());
            return Value::Object(lowered);
        }
    }
    match text("type") {
        Some("string") => {
            if let Some(values) = object.get("enum") {
                lowered.insert("enum".into(), values.clone());
            } else if text("format") == Some("password") {
                lowered.insert("x-rust-type".into(), rust_type("Secret"));
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
        Some(_) => {}
    }
    if let Some(kind) = object.get("type") {
        lowered.insert("type".into(), kind.clone());
    }
    Value::Object(lowered)
}

fn is_open_object(object: &Map<String, Value>) -> bool {
    let properties = object.get("properties").and_then(Value::as_object);
    properties.is_none_or(Map::is_empty)
        && !object
            .get("additionalProperties")
            .is_some_and(|value| value.as_object().is_some_and(|value| !value.is_empty()))
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
    let properties: Map<String, Value> = properties
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            let value = schema(value, required.contains(&name.as_str()));
            (name.clone(), value)
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
