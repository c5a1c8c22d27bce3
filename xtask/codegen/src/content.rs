//! Which form a request body or an answer has: what progenitor cannot be told, and so is data of the operation.
//!
//! progenitor is given every body as JSON, and its types come out the same; only the place where a body is put into the
//! call is printed by its form.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::walk;

/// How a body goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// As JSON.
    Json,
    /// As `application/x-www-form-urlencoded`.
    Urlencoded,
    /// As `multipart/form-data`.
    Multipart,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Body<'a> {
    /// Its form.
    pub form: Form,
    /// Under which key it stands in `content`, none when the document names no media type.
    pub key: Option<&'a str>,
    /// The schema, if there is one.
    pub schema: Option<&'a Value>,
}

impl Body<'_> {
    /// The media type that goes over the wire, unless the form decides it.
    pub fn media_type(&self) -> String {
        // Bytes may be anything, so a range says nothing of them.
        let fallback = match self.form {
            Form::Text => "text/plain",
            Form::Bytes => "application/octet-stream",
            _ => "application/json",
        };
        let said = self.key.map(str::trim).filter(|key| is_media_type(key));
        said.unwrap_or(fallback).to_owned()
    }
}

/// Whether `text` is one media type, perhaps with parameters, and no range.
fn is_media_type(text: &str) -> bool {
    let token = |word: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
        !word.is_empty() && word.chars().all(known)
    };
    let name = text.split(';').next().unwrap_or_default().trim();
    name.split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
        && text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

/// The form in which a request of `operation` sends its body: a form with a file in it when one is documented, since
/// nothing else can carry one; else the first of JSON, a plain form, multipart, text, bytes.
pub fn request<'a>(root: &'a Value, operation: &'a Map<String, Value>) -> Option<Body<'a>> {
    let body = operation.get("requestBody")?.as_object()?;
    let forms = body.get("content").and_then(Value::as_object);
    let forms = forms.into_iter().flatten().map(|(key, media)| {
        let schema = media.get("schema").filter(|schema| schema.is_object());
        Body {
            form: form(key, schema),
            key: Some(key.as_str()),
            schema,
        }
    });
    let order = |body: &Body<'a>| {
        let with_file = body.form == Form::Multipart
            && body
                .schema
                .is_some_and(|schema| !files(root, schema).is_empty());
        (!with_file, body.form)
    };
    Some(forms.min_by_key(order).unwrap_or(Body {
        form: Form::Json,
        key: None,
        schema: None,
    }))
}

/// Whether all successes of `operation` that have a body have one that is neither JSON nor text.
pub fn answers_bytes(operation: &Map<String, Value>) -> bool {
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut forms = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| walk::is_success(status))
        .filter_map(|(_, response)| response.get("content")?.as_object())
        .flatten()
        .map(
            |(key, media)| match media.get("schema").filter(|schema| schema.is_object()) {
                None if key.trim() == "*/*" => Form::Bytes,
                schema => form(key, schema),
            },
        )
        .peekable();
    forms.peek().is_some() && forms.all(|form| form == Form::Bytes)
}

/// Whether a documented success of the operation is an object with one of the fields `names`.
pub fn answers_field(root: &Value, operation: &Map<String, Value>, names: &[&str]) -> bool {
    let responses = operation.get("responses").and_then(Value::as_object);
    let forms: Vec<&Value> = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| walk::is_success(status))
        .filter_map(|(_, response)| response.get("content")?.as_object())
        .flatten()
        .map(|(_, media)| media)
        .collect();
    let has = |fields: &Map<String, Value>| names.iter().any(|name| fields.contains_key(*name));
    // Answers that no one type holds are any JSON: only their examples still say what they are.
    let mut shown = forms.iter().flat_map(|media| {
        let of_schema = media.get("schema").and_then(|schema| schema.get("example"));
        examples(media).into_iter().chain(of_schema)
    });
    if shown.any(|example| example.as_object().is_some_and(has)) {
        return true;
    }
    let mut next: Vec<&Value> = forms
        .iter()
        .filter_map(|media| media.get("schema"))
        .collect();
    let mut seen = HashSet::new();
    while let Some(schema) = next.pop() {
        let reference = schema.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference.and_then(|reference| reference.strip_prefix('#'))
            && seen.insert(target)
        {
            next.extend(root.pointer(target));
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        if properties.is_some_and(has) {
            return true;
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            next.extend(
                schema
                    .get(key)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
    }
    false
}

/// The examples that stand beside a schema: those of a body's form, or of a parameter.
pub fn examples(owner: &Value) -> Vec<&Value> {
    let named = owner.get("examples").and_then(Value::as_object);
    let named = named.into_iter().flat_map(Map::values);
    owner
        .get("example")
        .into_iter()
        .chain(named.filter_map(|example| example.get("value")))
        .collect()
}

/// The form of a media type; a schema that says that it is binary is believed.
fn form(media_type: &str, schema: Option<&Value>) -> Form {
    let media_type = media_type.to_lowercase();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    match media_type {
        "application/x-www-form-urlencoded" => Form::Urlencoded,
        _ if media_type.starts_with("multipart/") => Form::Multipart,
        _ if schema.is_some_and(is_file) => Form::Bytes,
        _ if media_type.contains("json") => Form::Json,
        "*/*" | "application/*" | "" => Form::Json,
        "application/xml" => Form::Text,
        _ if media_type.starts_with("text/") || media_type.ends_with("+xml") => Form::Text,
        // No media type at all.
        _ if !media_type.contains('/') => Form::Json,
        _ => Form::Bytes,
    }
}

/// Whether a schema stands for the content of a file.
pub(crate) fn is_file(schema: &Value) -> bool {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    match text("type") {
        Some("file") => true,
        Some("string") | None => matches!(text("format"), Some("binary" | "file")),
        Some(_) => false,
    }
}

/// The schemas of files within `schema`, references followed.
pub(crate) fn files<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut next = vec![schema];
    while let Some(schema) = next.pop() {
        let reference = schema.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference.and_then(|reference| reference.strip_prefix('#')) {
            if seen.insert(target) {
                next.extend(root.pointer(target));
            }
        } else if is_file(schema) {
            found.push(schema);
        } else {
            walk::subschemas(schema, "", &mut |_, schema| next.push(schema));
        }
    }
    found
}
