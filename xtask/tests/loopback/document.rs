//! What a document says that a server answers, and what it says that a client sends: read from the document itself, so
//! that it is not what the generator made of it.

use scribe_codegen::document::join;
use serde_json::{Map, Value, json};

/// An operation of the document.
pub struct Operation<'a> {
    root: &'a Value,
    item: &'a Value,
    says: &'a Value,
    http_method: String,
    pub path: &'a str,
}

/// A body that a server answers with.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub media_type: String,
    pub body: Vec<u8>,
}

impl Answer {
    fn json(value: &Value) -> Self {
        Self {
            media_type: "application/json".into(),
            body: value.to_string().into_bytes(),
        }
    }

    fn raw(media_type: &str, body: &[u8]) -> Self {
        Self {
            media_type: media_type.into(),
            body: body.into(),
        }
    }
}

/// A parameter of an operation.
pub struct Parameter<'a> {
    pub place: &'a str,
    pub name: &'a str,
    pub required: bool,
}

impl<'a> Operation<'a> {
    /// The operation of that method at a path that differs in the names of its parameters at most.
    pub fn find(root: &'a Value, http_method: &str, path: &str) -> Option<Self> {
        let paths = root.get("paths")?.as_object()?;
        let http_method = http_method.to_lowercase();
        // The very path first: others may differ in a parameter's name alone.
        let very = paths.get_key_value(path).into_iter();
        let alike = paths.iter().filter(|(other, _)| bare(other) == bare(path));
        very.chain(alike).find_map(|(path, item)| {
            let says = item.get(&http_method)?;
            Some(Self {
                root,
                item,
                says,
                http_method: http_method.clone(),
                path,
            })
        })
    }

    /// Its JSON pointer.
    pub fn pointer(&self) -> String {
        join(&join("/paths", self.path), &self.http_method)
    }

    /// The bodies to answer with. Where the document shows none: one of every kind, or for a schema one of its kind.
    pub fn answers(&self) -> Vec<Answer> {
        let mut found: Vec<Answer> = Vec::new();
        let mut typed = false;
        let responses = self.says.get("responses").and_then(Value::as_object);
        for (status, response) in responses.into_iter().flatten() {
            let content = self
                .resolve(response)
                .get("content")
                .and_then(Value::as_object);
            if !status.starts_with('2') {
                continue;
            }
            for (media_type, media) in content.into_iter().flatten() {
                let schema = media.get("schema").map(|schema| self.resolve(schema));
                let mut values = examples(media);
                if let Some(schema) = schema {
                    self.whole(schema, &mut values, 0);
                }
                let is_json = media_type.contains("json");
                if is_json
                    && let Some(schema) = schema
                    && !is_open(schema)
                {
                    typed = true;
                    if values.is_empty() {
                        values.extend(self.composed(schema, 0));
                    }
                }
                found.extend(values.iter().map(|value| match value {
                    Value::String(text) if !is_json => Answer::raw(media_type, text.as_bytes()),
                    value => Answer::json(value),
                }));
            }
        }
        if !typed {
            found.extend(every_kind());
        }
        let mut distinct: Vec<Answer> = Vec::new();
        for answer in found {
            if !distinct.contains(&answer) {
                distinct.push(answer);
            }
        }
        distinct
    }

    /// The body that the document shows for the request, as JSON.
    pub fn request(&self) -> Option<Value> {
        let body = self.resolve(self.says.get("requestBody")?);
        let content = body.get("content")?.as_object()?;
        let [media] = content.values().collect::<Vec<_>>()[..] else {
            return None;
        };
        let schema = self.resolve(media.get("schema")?);
        let example = examples(media).into_iter().next();
        let example = example.or_else(|| self.composed(schema, 0));
        // A request that is null as a whole is none.
        example.filter(|example| !example.is_null())
    }

    /// The parameters that are the caller's.
    pub fn parameters(&self) -> Vec<Parameter<'a>> {
        let mut found: Vec<Parameter<'a>> = Vec::new();
        for says in [self.item, self.says] {
            let parameters = says.get("parameters").and_then(Value::as_array);
            for says in parameters.into_iter().flatten() {
                let says = self.resolve(says);
                let text = |key: &str| says.get(key).and_then(Value::as_str);
                let (Some(place), Some(name)) = (text("in"), text("name")) else {
                    continue;
                };
                let own = [
                    "accept",
                    "authorization",
                    "content-length",
                    "content-type",
                    "host",
                    "transfer-encoding",
                ];
                let is_own = own.contains(&&*name.to_lowercase()) || name.contains([' ', ':']);
                if place == "cookie" || place == "header" && is_own {
                    continue;
                }
                let required = says.get("required") == Some(&Value::Bool(true));
                found.retain(|other| (other.place, other.name) != (place, name));
                found.push(Parameter {
                    place,
                    name,
                    required,
                });
            }
        }
        found
    }

    fn resolve(&self, mut value: &'a Value) -> &'a Value {
        for _ in 0..32 {
            let reference = value.get("$ref").and_then(Value::as_str);
            let target = reference.and_then(|reference| reference.strip_prefix('#'));
            match target.and_then(|target| self.root.pointer(target)) {
                Some(target) => value = target,
                None => break,
            }
        }
        value
    }

    /// The examples of a whole schema, and of the forms that it may have.
    fn whole(&self, schema: &'a Value, values: &mut Vec<Value>, depth: usize) {
        values.extend(example(schema).cloned());
        for key in ["oneOf", "anyOf"] {
            let members = schema.get(key).and_then(Value::as_array);
            for member in members.into_iter().flatten().filter(|_| depth < 8) {
                let member = self.resolve(member);
                let before = values.len();
                self.whole(member, values, depth + 1);
                if values.len() == before {
                    values.extend(self.composed(member, 0));
                }
            }
        }
    }

    /// Whether an example is the empty array that Scribe puts where the examples are those of the fields.
    fn is_placeholder(&self, schema: &'a Value, example: &Value) -> bool {
        let Value::Array(items) = example else {
            return false;
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        match schema.get("items") {
            Some(of) => items
                .iter()
                .any(|item| self.is_placeholder(self.resolve(of), item)),
            None => items.is_empty() && properties.is_some_and(|properties| !properties.is_empty()),
        }
    }

    /// A value of `schema`, from the examples of its parts where there are any.
    fn composed(&self, schema: &'a Value, depth: usize) -> Option<Value> {
        let schema = self.resolve(schema);
        if let Some(example) = example(schema)
            && !self.is_placeholder(schema, example)
        {
            return Some(example.clone());
        }
        let part = |schema: &'a Value| self.composed(schema, depth + 1);
        for key in ["oneOf", "anyOf"] {
            if let Some(first) = schema.get(key).and_then(|members| members.get(0)) {
                return part(first);
            }
        }
        let mut object = Map::new();
        let members = schema.get("allOf").and_then(Value::as_array);
        for member in members.into_iter().flatten() {
            if let Some(Value::Object(fields)) = part(member) {
                object.extend(fields);
            }
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        // An object that contains itself ends where it has nothing but its own fields.
        let deep = |property: &'a Value| depth > 4 && property.get("$ref").is_some() || depth > 32;
        for (name, property) in properties
            .into_iter()
            .flatten()
            .filter(|(_, property)| !deep(property))
        {
            object.extend(part(property).map(|value| (name.clone(), value)));
        }
        if !object.is_empty() {
            return Some(Value::Object(object));
        }
        if let Some(first) = schema.get("enum").and_then(|values| values.get(0)) {
            return Some(first.clone());
        }
        match schema.get("type").and_then(Value::as_str)? {
            "object" => Some(json!({})),
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
}

/// The example of a schema; OpenAPI 3.1 has a list of them.
fn example(schema: &Value) -> Option<&Value> {
    let first = || schema.get("examples")?.as_array()?.first();
    schema.get("example").or_else(first)
}

/// A path without the names of its parameters.
fn bare(path: &str) -> String {
    let mut parts = path.split('{');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare += "{}";
        bare += part.split_once('}').map_or("", |(_, rest)| rest);
    }
    bare
}

fn examples(media: &Value) -> Vec<Value> {
    let named = media.get("examples").and_then(Value::as_object);
    let named = named
        .into_iter()
        .flatten()
        .filter_map(|(_, example)| example.get("value"));
    media
        .get("example")
        .into_iter()
        .chain(named)
        .cloned()
        .collect()
}

/// Whether a schema says nothing of a value.
fn is_open(schema: &Value) -> bool {
    let none = |key: &str| {
        schema
            .get(key)
            .and_then(Value::as_object)
            .is_none_or(Map::is_empty)
    };
    ["oneOf", "anyOf", "allOf", "enum", "example", "examples"]
        .iter()
        .all(|key| schema.get(key).is_none())
        && matches!(
            schema.get("type").and_then(Value::as_str),
            None | Some("object")
        )
        && none("properties")
        && none("additionalProperties")
}

/// What a server may send where nobody said anything.
fn every_kind() -> Vec<Answer> {
    vec![
        Answer::json(&json!({ "ok": true })),
        Answer::json(&json!([1, 2])),
        Answer::json(&json!("text")),
        Answer::raw("text/plain", b"hello"),
        Answer::raw("application/octet-stream", &[0, 159, 146, 150, 255]),
        Answer::raw("application/json", b""),
    ]
}
