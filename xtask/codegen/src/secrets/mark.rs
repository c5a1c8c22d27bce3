//! What makes a schema one of a secret.

use serde_json::{Map, Value};

use super::FORMAT;
use super::decide::decide;
use super::places::target;
use super::rule::Rules;
use crate::document::{Document, last_token, parent};
use crate::shapes;

/// How many nodes are put in the place of references at most: what leads to several others multiplies.
const MAX_COPIED: usize = 100_000;

/// How often references are looked for: a copy has none any more.
const ROUNDS: usize = 2;

/// Makes every value of the schema at `pointer` a secret, whatever it was.
///
/// What is no single value (a map, an object of which nothing is known, one of several forms) is secret as a whole.
pub(super) fn mark(document: &mut Document, pointer: &str) {
    put(document, pointer, Value::Object(Map::new()));
    let Some(Value::Object(schema)) = document.root.pointer_mut(pointer) else {
        return;
    };
    let is_one_of_several = ["$ref", "oneOf", "anyOf", "allOf"]
        .iter()
        .any(|key| schema.contains_key(*key));
    let is_open = matches!(
        schema.get("type").and_then(Value::as_str),
        Some("object" | "array")
    );
    if is_one_of_several || is_open {
        for key in [
            "$ref",
            "oneOf",
            "anyOf",
            "allOf",
            "discriminator",
            "type",
            // Any value may be null, and without a type the word means nothing.
            "nullable",
            "properties",
            "additionalProperties",
            "items",
        ] {
            schema.shift_remove(key);
        }
        schema.insert(shapes::ANY.into(), true.into());
    }
    schema.insert("format".into(), FORMAT.into());
}

/// Puts `schema` at `pointer` unless there is one: a parameter, or a field that only an example shows, may have none.
pub(super) fn put(document: &mut Document, pointer: &str, schema: Value) {
    if document.root.pointer(pointer).is_some_and(Value::is_object) {
        return;
    }
    let owner = parent(pointer).and_then(|owner| document.root.pointer_mut(owner));
    if let Some(Value::Object(owner)) = owner {
        owner.insert(last_token(pointer), schema);
    }
}

/// Puts in the place of each reference that is a secret what it refers to: others that refer to it may be none.
pub(super) fn inline_references(document: &mut Document, rules: &Rules) {
    for _ in 0..ROUNDS {
        let decided = decide(&document.root, rules);
        let mut copies = Vec::new();
        for pointer in decided.secret {
            let node = document.root.pointer(&pointer);
            if let Some(reference) = node.and_then(target) {
                let mut copied = 0;
                let copy = copy(&document.root, &reference, &mut Vec::new(), &mut copied);
                copies.push((pointer, copy));
            }
        }
        if copies.is_empty() {
            return;
        }
        for (pointer, copy) in copies {
            if let Some(node) = document.root.pointer_mut(&pointer) {
                *node = copy;
            }
        }
    }
}

/// What `reference` leads to, without references; nothing is known of what leads back to itself.
fn copy(root: &Value, reference: &str, open: &mut Vec<String>, copied: &mut usize) -> Value {
    let unknown = Value::Object(Map::new());
    if open.iter().any(|known| known == reference) || *copied > MAX_COPIED {
        return unknown;
    }
    let Some(node) = root.pointer(reference) else {
        return unknown;
    };
    open.push(reference.to_owned());
    let node = without_references(root, node, open, copied);
    open.pop();
    node
}

fn without_references(
    root: &Value,
    node: &Value,
    open: &mut Vec<String>,
    copied: &mut usize,
) -> Value {
    *copied += 1;
    if let Some(target) = target(node) {
        return copy(root, &target, open, copied);
    }
    match node {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, field)| (key.clone(), without_references(root, field, open, copied)))
            .collect(),
        Value::Array(items) => items
            .iter()
            .map(|item| without_references(root, item, open, copied))
            .collect(),
        scalar => scalar.clone(),
    }
}
