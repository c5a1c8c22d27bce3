//! Documents with rules: what is marked, what is asked about, and what is refused.

mod manual;
mod marks;
mod rules;
mod undecided;

use serde_json::{Value, json};

use super::{Marked, apply, is_secret};
use crate::document::{Document, join};
use crate::load;
use crate::source::Source;
use crate::walk;

/// A document of these paths.
fn document(paths: Value) -> Document {
    let root = json!({ "openapi": "3.0.3", "paths": paths });
    load::yaml(&Source::new("openapi.json", root.to_string()))
        .unwrap_or_else(|failure| panic!("{failure}"))
}

/// An operation whose JSON request body, or response, is this schema.
fn body(side: &str, id: &str, schema: Value) -> Value {
    let content = json!({ "content": { "application/json": { "schema": schema } } });
    match side {
        "response" => json!({ "operationId": id, "responses": { "200": content } }),
        _ => json!({ "operationId": id, "requestBody": content, "responses": {} }),
    }
}

/// An object with these properties.
fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

/// `document` with the rules of this list in YAML.
fn marked(document: &Document, rules: &str) -> Marked {
    let text = format!("rules:\n{rules}");
    apply(document, &Source::new("spec/secrets.yaml", text))
        .unwrap_or_else(|failure| panic!("{failure}"))
}

/// The pointers of the schemas that are secrets, sorted, without what stands in all of them.
fn secrets(document: &Document) -> Vec<String> {
    fn collect(node: &Value, pointer: &str, found: &mut Vec<String>) {
        match node {
            Value::Object(fields) => {
                if is_secret(fields) {
                    found.push(short(pointer));
                }
                for (key, field) in fields {
                    collect(field, &join(pointer, key), found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    collect(item, &join(pointer, &index.to_string()), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&document.root, "", &mut found);
    found.sort();
    found
}

fn short(pointer: &str) -> String {
    let mut short = pointer.to_owned();
    for (long, other) in [
        ("/content/application~1json/schema", ""),
        ("/properties/", "."),
        ("/requestBody", " body"),
        ("/responses/200", " response"),
        ("/paths/~1", ""),
    ] {
        short = short.replace(long, other);
    }
    for method in walk::METHODS {
        short = short.replace(&format!("/{method} "), " ");
    }
    short
}
