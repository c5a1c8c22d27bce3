//! What was done to a document, as one overlay: what any overlay tool makes of the document with it is the same.
//!
//! Tools agree on little (`docs/patches.md`), so only that is written: nodes are removed by their keys, and objects are
//! updated. A list that changed is removed and written anew, unless it only got longer.

use serde_json::{Map, Value, json};

use super::canonical::equal;
use crate::walk::METHODS;

/// The overlay of this title that makes `after` of `before`.
pub fn overlay(title: &str, before: &Value, after: &Value) -> Value {
    let mut actions = Actions::default();
    actions.step("$", before, after, &mut |key, _| {
        matches!(key, "paths" | "components")
    });
    let both = |key: &str| Some((before.get(key)?, after.get(key)?));
    if let Some((before, after)) = both("paths") {
        actions.step("$.paths", before, after, &mut |_, _| true);
        for (path, after) in entries(after) {
            let Some(before) = before.get(path) else {
                continue;
            };
            let target = format!("$.paths{}", quoted(path));
            actions.step(&target, before, after, &mut |key, _| METHODS.contains(&key));
            for method in METHODS {
                if let (Some(before), Some(after)) = (before.get(method), after.get(method)) {
                    let target = format!("{target}.{method}");
                    actions.step(&target, before, after, &mut |_, _| false);
                }
            }
        }
    }
    if let Some((before, after)) = both("components") {
        actions.step("$.components", before, after, &mut |_, _| false);
    }
    let actions: Vec<Value> = actions.removed.into_iter().chain(actions.updated).collect();
    json!({
        "overlay": "1.1.0",
        "info": { "title": title, "version": "1.0.0" },
        "actions": actions,
    })
}

#[derive(Default)]
struct Actions {
    removed: Vec<Value>,
    updated: Vec<Value>,
}

impl Actions {
    /// What makes `after` of the object `before` at `target`, but for the entries on both sides that are `left` to steps
    /// of their own.
    fn step(
        &mut self,
        target: &str,
        before: &Value,
        after: &Value,
        left: &mut dyn FnMut(&str, &Value) -> bool,
    ) {
        let update = self.update(target, before, after, left);
        if !update.is_empty() {
            let action = json!({ "target": target, "update": Value::Object(update) });
            self.updated.push(action);
        }
    }

    fn update(
        &mut self,
        target: &str,
        before: &Value,
        after: &Value,
        left: &mut dyn FnMut(&str, &Value) -> bool,
    ) -> Map<String, Value> {
        let mut update = Map::new();
        for (key, _) in entries(before).filter(|(key, _)| after.get(key).is_none()) {
            self.remove(target, key);
        }
        for (key, value) in entries(after) {
            let new = match (before.get(key), value) {
                (None, value) => Some(value.clone()),
                (Some(old), value) if equal(old, value) => None,
                (Some(Value::Object(_)), Value::Object(_)) if left(key, value) => None,
                (Some(old @ Value::Object(_)), Value::Object(_)) => {
                    let target = format!("{target}{}", quoted(key));
                    let inner = self.update(&target, old, value, &mut |_, _| false);
                    (!inner.is_empty()).then_some(Value::Object(inner))
                }
                (Some(Value::Array(old)), Value::Array(new))
                    if new.len() > old.len() && old.iter().zip(new).all(|(a, b)| equal(a, b)) =>
                {
                    Some(Value::Array(new[old.len()..].to_vec()))
                }
                (Some(old), value) if is_primitive(old) && is_primitive(value) => {
                    Some(value.clone())
                }
                (Some(_), value) => {
                    self.remove(target, key);
                    Some(value.clone())
                }
            };
            if let Some(new) = new {
                update.insert(key.clone(), new);
            }
        }
        update
    }

    fn remove(&mut self, target: &str, key: &str) {
        let action = json!({ "target": format!("{target}{}", quoted(key)), "remove": true });
        self.removed.push(action);
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// A key as a JSONPath selects it.
fn quoted(key: &str) -> String {
    let is_plain = key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain {
        format!(".{key}")
    } else {
        format!("['{}']", key.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Places;
    use crate::patch;
    use crate::source::Source;

    /// What our own reader makes of `before` with the overlay.
    fn applied(before: &Value, after: &Value) -> Value {
        let mut root = before.clone();
        for action in overlay("t", before, after)["actions"].as_array().unwrap() {
            let path = patch::path::Path::parse(action["target"].as_str().unwrap());
            let path = path.unwrap_or_else(|_| panic!("{action}"));
            let targets = path.locate(&root);
            assert_eq!(targets.len(), 1, "{action}");
            let mut document = crate::document::Document {
                source: Source::new("t", ""),
                root,
                places: Places::default(),
            };
            match action.get("update") {
                Some(update) => {
                    patch::change::merge(&mut document, &targets, update, &Places::default(), "");
                }
                None => patch::change::remove(&mut document, &targets),
            }
            root = document.root;
        }
        root
    }

    #[test]
    fn the_overlay_makes_the_one_document_of_the_other() {
        let before = json!({
            "openapi": "3.0.3", "gone": 1,
            "paths": {
                "/it's/{id}": { "get": { "tags": ["a"], "parameters": [1, 2], "x": { "y": "z" }, "k": [1] }, "parameters": [] },
                "/gone": { "get": {} },
            },
        });
        let after = json!({
            "openapi": "3.0.3", "x-new": [1],
            "paths": {
                "/it's/{id}": {
                    "get": { "tags": ["a", "b"], "parameters": [2], "x": { "y": null, "w": {} }, "k": "text" },
                    "parameters": [3],
                    "put": { "responses": {} },
                },
                "/new": { "get": {} },
            },
            "components": { "schemas": { "A": {} } },
        });
        assert_eq!(applied(&before, &after), after);
        assert_eq!(overlay("t", &after, &after)["actions"], json!([]));
    }
}
