//! Repaired document, before its shapes are named → the operations as data: what a server of the API takes, and what it says. A server for tests is
//! made of it.
//!
//! Schemas are JSON Schema's, without references and without what no server would refuse a request for: `type`,
//! `nullable`, `enum`, `properties`, `required`, `items`, `additionalProperties`, `oneOf`, and `format: binary` for files.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use crate::content::{self, Form};
use crate::document::Document;
use crate::repair::OPERATION_ID;
use crate::settings::{self, Next};
use crate::{naming, walk};

/// How far the parts of a schema are followed: one may contain itself, and several may contain each other.
#[derive(Clone, Copy)]
struct Limit<'a> {
    depth: usize,
    /// How many more schemas are followed.
    left: &'a Cell<usize>,
}

impl Limit<'_> {
    const DEPTH: usize = 24;
    const SCHEMAS: usize = 50_000;

    /// Calls `follow` with a limit of its own.
    fn bounded<T>(follow: impl FnOnce(Limit<'_>) -> T) -> T {
        follow(Limit {
            depth: 0,
            left: &Cell::new(Self::SCHEMAS),
        })
    }

    /// The limit one step below, none when that is too far.
    fn below(self) -> Option<Self> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        (self.depth < Self::DEPTH).then_some(Self {
            depth: self.depth + 1,
            left: self.left,
        })
    }
}

/// The operations of `document`, as JSON.
pub fn of(document: &Document) -> String {
    let root = &document.root;
    let operations: Vec<Value> = walk::operations(root)
        .iter()
        .filter_map(|place| operation(root, place))
        .collect();
    let mut text =
        serde_json::to_string_pretty(&json!({ "operations": operations })).unwrap_or_default();
    text.push('\n');
    text
}

fn operation(root: &Value, place: &walk::OperationPlace) -> Option<Value> {
    let says = place.of(root)?;
    let text = |key: &str| says.get(key).and_then(Value::as_str).unwrap_or_default();
    let parameters: Vec<Value> = naming::parameters(root, place)
        .iter()
        .map(|parameter| {
            let schema = parameter.says.get("schema");
            json!({
                "name": parameter.wire,
                "in": parameter.location.word(),
                "required": parameter.required,
                "schema": schema.map_or(json!({}), |schema| Limit::bounded(|limit| plain(root, schema, limit))),
            })
        })
        .collect();
    let mut found = json!({
        "id": text(OPERATION_ID),
        "name": text("operationId"),
        "method": place.method.to_uppercase(),
        "path": place.path,
        "parameters": parameters,
        "response": response(root, says),
    });
    if let Some(body) = body(root, says) {
        found["body"] = body;
    }
    let settings = settings::read(root, says);
    if let Some(header) = settings.idempotency_key {
        found["idempotency_key"] = header.into();
    }
    if let Some(paging) = settings.paging {
        let next = match paging.next {
            Next::Url(field) => json!({ "url": field }),
            Next::Offset { parameter, more } => json!({ "offset": parameter, "more": more }),
            Next::Token { parameter, field } => json!({ "token": parameter, "field": field }),
        };
        found["paging"] = json!({ "items": paging.items, "next": next });
    }
    Some(found)
}

/// What a request's body has to be.
fn body(root: &Value, operation: &Map<String, Value>) -> Option<Value> {
    let required = operation.get("requestBody")?.get("required") == Some(&Value::Bool(true));
    let body = content::request(root, operation)?;
    let form = match body.form {
        Form::Json => "json",
        Form::Urlencoded => "urlencoded",
        Form::Multipart => "multipart",
        Form::Text => "text",
        Form::Bytes => "bytes",
    };
    Some(json!({
        "form": form,
        "required": required,
        "schema": body.schema.map_or(json!({}), |schema| Limit::bounded(|limit| plain(root, schema, limit))),
        "example": example(root, operation.get("requestBody")?, body.key),
    }))
}

/// The first success, with what it looks like.
fn response(root: &Value, operation: &Map<String, Value>) -> Value {
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut successes: Vec<(&String, &Value)> = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| walk::is_success(status))
        .collect();
    successes.sort_by_key(|(status, _)| status.as_str());
    let Some((status, response)) = successes.first() else {
        return json!({ "status": 200, "body": {} });
    };
    let status: u16 = status.parse().unwrap_or(200);
    let response = resolve(root, response);
    let content = response.get("content").and_then(Value::as_object);
    let Some((media_type, _)) = content.and_then(|content| content.iter().next()) else {
        return json!({ "status": status });
    };
    json!({
        "status": status,
        "media_type": media_type.replace("*/*", "application/octet-stream"),
        "body": example(root, response, Some(media_type)),
    })
}

/// The example of what `owner` has under a media type: the one that is written down, or one that is put together from
/// those of its parts.
fn example(root: &Value, owner: &Value, media_type: Option<&str>) -> Value {
    let media = media_type
        .and_then(|media_type| resolve(root, owner).get("content")?.get(media_type))
        .unwrap_or(&Value::Null);
    let schema = media.get("schema").unwrap_or(&Value::Null);
    let composed = || Limit::bounded(|limit| composed(root, schema, limit)).unwrap_or(Value::Null);
    let mut written = content::examples(media).into_iter();
    // An empty array stands where PHP had no example of an object.
    match written.find(|example| !example.is_null() && **example != json!([])) {
        Some(example) => example.clone(),
        None => composed(),
    }
}

/// The example of a schema, of the first of its forms, or of its parts.
fn composed(root: &Value, schema: &Value, limit: Limit<'_>) -> Option<Value> {
    let schema = resolve(root, schema);
    let is_object = schema.get("properties").is_some();
    let own = schema.get("example").filter(|example| !example.is_null());
    if let Some(own) = own.filter(|own| !(is_object && **own == json!([]))) {
        return Some(own.clone());
    }
    let limit = limit.below()?;
    for key in ["oneOf", "anyOf"] {
        let members = schema.get(key).and_then(Value::as_array);
        if let Some(member) = members.and_then(|members| members.first()) {
            return composed(root, member, limit);
        }
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let fields = properties
            .iter()
            .filter_map(|(name, property)| Some((name.clone(), composed(root, property, limit)?)));
        return Some(Value::Object(fields.collect()));
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        return Some(Value::Null);
    }
    let choices = schema.get("enum").and_then(Value::as_array);
    if let Some(choice) = choices.and_then(|choices| choices.first()) {
        return Some(choice.clone());
    }
    match schema.get("type").and_then(Value::as_str)? {
        "object" => Some(json!({})),
        "array" => {
            let item = composed(root, schema.get("items")?, limit);
            Some(Value::Array(item.into_iter().collect()))
        }
        "boolean" => Some(json!(true)),
        "integer" => Some(json!(1)),
        "number" => Some(json!(1.5)),
        "string" => Some(json!("text")),
        _ => None,
    }
}

/// A schema without references, and with nothing but what a request can be refused for.
fn plain(root: &Value, schema: &Value, limit: Limit<'_>) -> Value {
    let schema = resolve(root, schema);
    let mut plain = Map::new();
    let Some(limit) = limit.below() else {
        return plain.into();
    };
    for key in ["type", "enum", "required"] {
        if let Some(value) = schema.get(key) {
            plain.insert(key.to_owned(), value.clone());
        }
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        plain.insert("nullable".to_owned(), true.into());
    }
    if let Some("binary" | "file") = schema.get("format").and_then(Value::as_str) {
        plain.insert("format".to_owned(), "binary".into());
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let properties = properties.iter();
        let properties =
            properties.map(|(name, property)| (name.clone(), self::plain(root, property, limit)));
        plain.insert("properties".to_owned(), Value::Object(properties.collect()));
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get(key).filter(|inner| inner.is_object()) {
            plain.insert(key.to_owned(), self::plain(root, inner, limit));
        }
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(members) = schema.get(key).and_then(Value::as_array) {
            let members = members.iter();
            let members = members.map(|member| self::plain(root, member, limit));
            plain.insert("oneOf".to_owned(), Value::Array(members.collect()));
        }
    }
    plain.into()
}

fn resolve<'a>(root: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..32 {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| reference.strip_prefix('#'));
        match target.and_then(|target| root.pointer(target)) {
            Some(target) => value = target,
            None => break,
        }
    }
    value
}
