//! The whole answers that a document shows: what a server sends in the form in which it sends it.
//!
//! Where a success answer has no example of its own, one is put together from those of its properties.

use serde_json::{Map, Value};

use crate::client::{Client, Operation};
use crate::document::{Document, join};
use crate::walk;

/// An answer that the document shows.
pub struct Answer<'a> {
    /// The JSON pointer of the example, or of the schema that it was put together from.
    pub pointer: String,
    pub value: Value,
    pub operation: &'a Operation,
}

/// Every answer that `document` shows, but for the same one twice at one place.
pub fn answers<'a>(document: &Document, client: &'a Client) -> Vec<Answer<'a>> {
    let root = &document.root;
    let mut found = Vec::new();
    for place in walk::operations(root) {
        let Some(operation) = client.operation(&place.path, place.method) else {
            continue;
        };
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
                    operation,
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
            && let Some(value) = Composer::new(root).compose(schema)
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
                && let Some(value) = Composer::new(root).compose(member)
            {
                found.push((pointer, value));
            }
        }
    }
}

/// How many schemas make one answer at most: those that contain each other several times have no end to speak of.
const MOST: usize = 50_000;

/// Makes an answer from the examples of a schema's parts.
struct Composer<'a> {
    root: &'a Value,
    /// The references that lead to the schema at hand: one that contains itself has no end.
    open: Vec<&'a str>,
    made: usize,
}

impl<'a> Composer<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            root,
            open: Vec::new(),
            made: 0,
        }
    }

    fn compose(&mut self, schema: &'a Value) -> Option<Value> {
        self.made += 1;
        if self.made > MOST {
            return None;
        }
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
            return self.compose_here(schema);
        };
        if self.open.contains(&reference) {
            return None;
        }
        let target = self.root.pointer(reference.strip_prefix('#')?)?;
        self.open.push(reference);
        let made = self.compose(target);
        self.open.pop();
        made
    }

    fn compose_here(&mut self, schema: &'a Value) -> Option<Value> {
        if let Some(example) = schema.get("example") {
            return Some(example.clone());
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            if let Some(first) = schema.get(key).and_then(|members| members.get(0)) {
                return self.compose(first);
            }
        }
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let mut object = Map::new();
            for (name, property) in properties {
                object.extend(self.compose(property).map(|value| (name.clone(), value)));
            }
            return Some(Value::Object(object));
        }
        if let Some(first) = schema.get("enum").and_then(|values| values.get(0)) {
            return Some(first.clone());
        }
        match schema.get("type").and_then(Value::as_str)? {
            "object" => Some(Value::Object(Map::new())),
            "array" => {
                let item = schema.get("items").and_then(|items| self.compose(items));
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
