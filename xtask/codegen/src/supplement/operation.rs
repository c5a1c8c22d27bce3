//! Operations, their parameters, bodies and responses: what of the one is what of the other.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::merge::Merger;
use super::node::Says;
use super::silence;
use crate::document::join;
use crate::walk;

impl<'a> Merger<'a> {
    /// Everything of an operation but its parameters.
    pub(super) fn entries_of_operation(
        &mut self,
        operation: &mut Map<String, Value>,
        at: &str,
        says: &Says<'a>,
    ) {
        for (key, says) in says.entries().filter(|(key, _)| *key != "parameters") {
            let at = join(at, key);
            match (key.as_str(), operation.get_mut(key)) {
                ("requestBody", Some(Value::Object(body))) => self.request_body(body, &at, &says),
                ("responses", Some(responses)) if !silence::is_empty(responses) => {
                    self.responses(responses, &at, &says);
                }
                _ => self.entry(operation, key, &at, &says),
            }
        }
    }

    /// The parameters of an operation and of its path: each goes into the one that upstream has, or beside them.
    pub(super) fn parameters(
        &mut self,
        item: &mut Map<String, Value>,
        operation: &mut Map<String, Value>,
        [item_pointer, pointer]: [&String; 2],
        is_shared: bool,
        says: &Says<'a>,
        names: &HashMap<String, Option<String>>,
    ) {
        let count = says.value.as_array().map_or(0, Vec::len);
        for says in (0..count).filter_map(|index| says.child(&index.to_string())) {
            let Some(says) = self.resolve(&says) else {
                continue;
            };
            let text = |key: &str| says.value.get(key).and_then(Value::as_str);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            let name = match names.get(name).filter(|_| location == "path") {
                Some(Some(renamed)) => renamed,
                // The path has no such parameter.
                Some(None) => continue,
                None => name,
            };
            let is_it =
                |parameter: &Value| parameter["name"] == name && parameter["in"] == location;
            let mut lists = [(&mut *operation, pointer), (&mut *item, item_pointer)];
            let known = lists.iter_mut().find_map(|(owner, pointer)| {
                let list = owner.get_mut("parameters")?.as_array_mut()?;
                let index = list.iter().position(is_it)?;
                let at = join(&join(pointer, "parameters"), &index.to_string());
                Some((list[index].as_object_mut()?, at))
            });
            if let Some((parameter, at)) = known {
                self.parameter(parameter, &at, &says);
                continue;
            }
            let [of_operation, of_item] = lists;
            let (owner, pointer) = if is_shared { of_item } else { of_operation };
            let at = join(pointer, "parameters");
            let list = owner.entry("parameters").or_insert_with(|| json!([]));
            let Value::Array(list) = list else { continue };
            let at = join(&at, &list.len().to_string());
            let mut parameter = self.supply(&at, &says);
            parameter["name"] = name.into();
            list.push(parameter);
        }
    }

    fn parameter(&mut self, parameter: &mut Map<String, Value>, at: &str, says: &Says<'a>) {
        let beside = parameter.get("example").cloned();
        for (key, says) in says.entries() {
            let at = join(at, key);
            match (key.as_str(), parameter.get_mut(key)) {
                // They say which parameter it is.
                ("name" | "in", _) => {}
                ("schema", Some(schema)) => {
                    if self.schema(schema, &at, &says, beside.as_ref()) {
                        parameter.shift_remove("example");
                    }
                }
                _ => self.entry(parameter, key, &at, &says),
            }
        }
    }

    fn request_body(&mut self, body: &mut Map<String, Value>, at: &str, says: &Says<'a>) {
        for (key, says) in says.entries() {
            let at = join(at, key);
            match (key.as_str(), body.get_mut(key)) {
                ("content", Some(Value::Object(content))) => self.content(content, &at, &says),
                // Scribe asks for a body only where it knows a field that every call must have: `false` is no word.
                ("required", Some(required)) if required == &Value::Bool(false) => {
                    body.shift_remove(key);
                    self.entry(body, key, &at, &says);
                }
                _ => self.entry(body, key, &at, &says),
            }
        }
    }

    fn responses(&mut self, responses: &mut Value, at: &str, says: &Says<'a>) {
        let Value::Object(responses) = responses else {
            return self.contradict(at, says, responses);
        };
        for (status, says) in says.entries() {
            let successes = || responses.keys().filter(|status| walk::is_success(status));
            // Another success is the one that the supplement means: the call has one, whatever its status.
            let other = (walk::is_success(status) && !responses.contains_key(status))
                .then(|| successes().next().filter(|_| successes().count() == 1))
                .flatten()
                .cloned();
            let key = other.as_ref().unwrap_or(status);
            let at = join(at, key);
            if key != status {
                self.contradict(
                    &at,
                    &Says {
                        value: &Value::Null,
                        ..says.clone()
                    },
                    &key.as_str().into(),
                );
            }
            let Some(response) = responses.get_mut(key) else {
                let supplied = self.supply(&at, &says);
                responses.insert(status.clone(), supplied);
                continue;
            };
            let (Some(says), Value::Object(response)) = (self.resolve(&says), response) else {
                continue;
            };
            if response.contains_key("$ref") {
                continue;
            }
            self.is_response = true;
            for (key, says) in says.entries() {
                let at = join(&at, key);
                match (key.as_str(), response.get_mut(key)) {
                    ("content", Some(Value::Object(content))) if !content.is_empty() => {
                        self.content(content, &at, &says);
                    }
                    _ => self.entry(response, key, &at, &says),
                }
            }
            self.is_response = false;
        }
    }

    /// Media types: one and one are the same body, whatever they are called.
    fn content(&mut self, content: &mut Map<String, Value>, at: &str, says: &Says<'a>) {
        let is_alone = content.len() == 1 && says.entries().count() == 1;
        for (media, says) in says.entries() {
            let json = |media: &str| media.contains("json");
            let same = content.keys().find(|other| *other == media);
            let like = || content.keys().find(|other| json(other) && json(media));
            let found = same.or_else(like).cloned();
            if found.is_none() && self.is_response && silence::is_empty_text(content) {
                content.clear();
            } else if found.is_none()
                && is_alone
                && let Some((other, _)) = content.iter().next()
            {
                let other = Value::from(other.as_str());
                self.contradict(
                    at,
                    &Says {
                        value: &Value::Null,
                        ..says.clone()
                    },
                    &other,
                );
                continue;
            }
            let key = found.as_ref().unwrap_or(media);
            let at = join(at, key);
            let Some(Value::Object(body)) = content.get_mut(key) else {
                let supplied = self.supply(&at, &says);
                content.insert(media.clone(), supplied);
                continue;
            };
            for (key, says) in says.entries() {
                let at = join(&at, key);
                match (key.as_str(), body.get_mut(key)) {
                    ("schema", Some(schema)) => {
                        self.schema(schema, &at, &says, None);
                    }
                    _ => self.entry(body, key, &at, &says),
                }
            }
        }
    }
}
