//! What changed in the upstream document, and what of it means something.
//!
//! Scribe makes new random examples each time that it writes the document, and the order of keys and the style of
//! strings come and go with its version. [`meaning`] is the one place that says what counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::document::join;
use crate::walk::METHODS;

mod contract;

pub use contract::{ContractChange, contract};

/// What changed from one upstream document to the next; operations as `METHOD /path`, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UpstreamChanges {
    /// Operations that are new.
    pub added: Vec<String>,
    /// Operations that are gone.
    pub removed: Vec<String>,
    /// Operations that mean something else than before.
    pub changed: Vec<String>,
    /// Operations whose examples alone are different.
    pub examples_only: Vec<String>,
    /// What means something else outside of the operations: the JSON pointers of `/info/title`, `/servers`,
    /// `/components/schemas/Fan` and the like.
    pub elsewhere: Vec<String>,
}

impl UpstreamChanges {
    /// Whether nothing changed that means something.
    pub fn is_noise(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.elsewhere.is_empty()
    }
}

/// What changed from the document `before` to the document `after`.
pub fn changes(before: &Value, after: &Value) -> UpstreamChanges {
    let mut changes = UpstreamChanges::default();
    let (old, new) = (operations(before), operations(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let list = match (old.get(name), new.get(name)) {
            (None, _) => &mut changes.added,
            (_, None) => &mut changes.removed,
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) if meaning(old) == meaning(new) => &mut changes.examples_only,
            _ => &mut changes.changed,
        };
        list.push(name.clone());
    }
    let (old, new) = (elsewhere(before), elsewhere(after));
    let pointers: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    changes.elsewhere = pointers
        .into_iter()
        .filter(|pointer| old.get(*pointer) != new.get(*pointer))
        .cloned()
        .collect();
    changes
}

/// What makes `after` look as if it was cut off in the middle although it can be read: it lost what stands last. None when
/// nothing does. Each document comes with whether its text ends as texts do, with the end of a line.
pub fn cut_off(before: (&Value, bool), after: (&Value, bool)) -> Option<String> {
    let places = |root| {
        let places = crate::walk::operations(root).into_iter();
        places.collect::<Vec<_>>()
    };
    let (old, new) = (places(before.0), places(after.0));
    let kept = old.iter().take_while(|place| new.contains(place)).count();
    let is_the_end = old[kept..].iter().all(|place| !new.contains(place));
    let last = new.last()?;
    if !is_the_end || old.is_empty() || (kept == old.len() && old.last() != Some(last)) {
        return None;
    }
    let keys = |root| {
        last.of(root)
            .map(|operation| operation.keys().collect::<Vec<_>>())
    };
    let now = keys(after.0)?;
    let lost: Vec<&String> = keys(before.0)
        .unwrap_or_default()
        .into_iter()
        .filter(|key| !now.contains(key))
        .collect();
    let is_open = before.1 && !after.1;
    let gone = old.len() - kept;
    (!lost.is_empty() && (gone > 0 || is_open) || gone > 0 && is_open || gone >= SUSPICIOUS).then(
        || {
            let name = format!(
                "{} {}",
                last.method.to_uppercase(),
                crate::printable::shorten(&last.path)
            );
            let mut said = format!(
                "it ends with {name}, and the {gone} operations that stood behind it are gone"
            );
            if let Some(key) = lost.first() {
                said += &format!("; {name} has no `{key}` any more");
            }
            said
        },
    )
}

/// How many operations at the end of a document are too many to go all at once, and no other.
const SUSPICIOUS: usize = 8;

/// The first tag of each operation, as `METHOD /path`.
pub fn tags(document: &Value) -> BTreeMap<String, String> {
    operations(document)
        .into_iter()
        .filter_map(|(name, item)| {
            let method = name.split(' ').next()?.to_lowercase();
            let tag = item.get(method)?.pointer("/tags/0")?.as_str()?;
            Some((name, tag.to_owned()))
        })
        .collect()
}

/// How many operations the document has.
pub fn count(document: &Value) -> usize {
    operations(document).len()
}

/// The operations of `document` by `METHOD /path`, each as a path item with that one method: what a path item says
/// for all of its operations belongs to each of them.
fn operations(document: &Value) -> BTreeMap<String, Value> {
    let mut operations = BTreeMap::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let Some(item) = item.as_object() else {
            continue;
        };
        for method in METHODS.iter().filter(|method| item.contains_key(**method)) {
            let own: Map<String, Value> = item
                .iter()
                .filter(|(key, _)| key == method || !METHODS.contains(&key.as_str()))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            operations.insert(
                format!("{} {path}", method.to_uppercase()),
                Value::Object(own),
            );
        }
    }
    operations
}

/// The meaning of what is not in an operation, by pointer: each part of `info`, each component, each other section.
fn elsewhere(document: &Value) -> BTreeMap<String, Value> {
    let mut parts = BTreeMap::new();
    let meaning = meaning(document);
    for (section, value) in meaning.as_object().into_iter().flatten() {
        let pointer = join("", section);
        match (section.as_str(), value) {
            ("paths", _) => {}
            ("info", Value::Object(info)) => {
                for (key, value) in info {
                    parts.insert(join(&pointer, key), value.clone());
                }
            }
            ("components", Value::Object(kinds)) => {
                for (kind, named) in kinds {
                    let pointer = join(&pointer, kind);
                    for (name, value) in named.as_object().into_iter().flatten() {
                        parts.insert(join(&pointer, name), value.clone());
                    }
                }
            }
            _ => {
                parts.insert(pointer, value.clone());
            }
        }
    }
    parts
}

/// `value`, a document or a part of one, reduced to what means something.
///
/// - `example` and `examples` are dropped where they are keywords, not where a property, a header or a component is
///   called so.
/// - `required` and `enum` are sets: their members are sorted.
/// - Keys are compared without their order, as [`Value`] does by itself. All other arrays keep theirs: the first tag
///   of an operation says where it belongs, the first server is the one to call, and the order of parameters can be
///   that of a function's.
/// - What is data of the document's own (`default`, `enum`, extensions) is left as it is.
///
/// How the text is written (quotes, folds, `200:` or `"200":`) never gets here: the loader has read it away.
pub fn meaning(value: &Value) -> Value {
    of_keywords(value)
}

/// An object whose keys are words of the specification, or an array of such.
fn of_keywords(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(of_keywords).collect(),
        Value::Object(object) => Value::Object(
            object
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples"))
                .map(|(key, value)| (key.clone(), of_keyword(key, value)))
                .collect(),
        ),
        _ => value.clone(),
    }
}

/// What the keyword `key` holds.
fn of_keyword(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("required" | "enum", Value::Array(items)) => set(items),
        ("default" | "const" | "enum" | "security", _) => value.clone(),
        ("components", Value::Object(kinds)) => Value::Object(
            kinds
                .iter()
                .filter(|(kind, _)| *kind != "examples")
                .map(|(kind, named)| (kind.clone(), of_names(named)))
                .collect(),
        ),
        (
            "paths" | "webhooks" | "properties" | "patternProperties" | "responses" | "content"
            | "headers" | "callbacks" | "links" | "encoding" | "variables" | "scopes" | "mapping",
            Value::Object(_),
        ) => of_names(value),
        _ if key.starts_with("x-") => value.clone(),
        _ => of_keywords(value),
    }
}

/// An object whose keys are names that somebody gave.
fn of_names(value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(
            object
                .iter()
                .map(|(name, value)| (name.clone(), of_keywords(value)))
                .collect(),
        ),
        _ => of_keywords(value),
    }
}

fn set(items: &[Value]) -> Value {
    let mut items = items.to_vec();
    items.sort_by_cached_key(Value::to_string);
    Value::Array(items)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(operation: Value) -> Value {
        json!({
            "openapi": "3.0.3",
            "info": { "title": "A", "version": "1" },
            "paths": { "/a": { "get": operation } },
        })
    }

    fn body(schema: Value) -> Value {
        document(json!({
            "responses": { "200": { "content": { "application/json": { "schema": schema } } } }
        }))
    }

    #[test]
    fn examples_are_noise_wherever_they_are_a_keyword() {
        let with = |example: Value| {
            json!({
                "openapi": "3.0.3",
                "paths": { "/a": {
                    "parameters": [{ "name": "p", "in": "query", "example": example }],
                    "get": {
                        "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string", "example": example } }],
                        "requestBody": { "content": { "application/json": {
                            "example": example,
                            "schema": { "properties": { "a": { "items": { "example": example } } } },
                        } } },
                        "responses": { "200": {
                            "headers": { "X": { "example": example } },
                            "content": { "application/json": {
                                "examples": { "one": { "value": example } },
                                "schema": { "oneOf": [{ "additionalProperties": { "example": example } }] },
                            } },
                        } },
                    },
                } },
                "components": { "schemas": { "S": { "example": example } }, "examples": { "e": { "value": example } } },
            })
        };
        let changes = changes(&with(json!("laudantium")), &with(json!("iure")));
        assert_eq!(changes.examples_only, ["GET /a"]);
        assert!(changes.is_noise(), "{changes:?}");
    }

    #[test]
    fn an_example_that_came_or_went_is_noise() {
        let with = body(json!({ "type": "string", "example": "a" }));
        let without = body(json!({ "type": "string" }));
        assert!(changes(&with, &without).is_noise());
        assert_eq!(changes(&without, &with).examples_only, ["GET /a"]);
    }

    #[test]
    fn a_name_that_is_example_means_something() {
        for pair in [
            [
                body(json!({ "properties": { "example": { "type": "string" } } })),
                body(json!({ "properties": { "example": { "type": "integer" } } })),
            ],
            [
                document(
                    json!({ "responses": { "200": { "headers": { "examples": { "required": true } } } } }),
                ),
                document(json!({ "responses": { "200": { "headers": {} } } })),
            ],
        ] {
            assert_eq!(changes(&pair[0], &pair[1]).changed, ["GET /a"]);
        }
        let schemas =
            |of: &str| json!({ "components": { "schemas": { "example": { "type": of } } } });
        assert_eq!(
            changes(&schemas("string"), &schemas("integer")).elsewhere,
            ["/components/schemas/example"]
        );
    }

    #[test]
    fn what_a_property_named_example_holds_is_a_schema_again() {
        let with = |example: &str| {
            body(json!({ "properties": { "example": { "type": "string", "example": example } } }))
        };
        assert!(changes(&with("a"), &with("b")).is_noise());
    }

    #[test]
    fn data_is_not_searched_for_examples() {
        for keyword in ["default", "x-data"] {
            let with = |value: &str| body(json!({ keyword: { "example": value } }));
            assert_eq!(
                changes(&with("a"), &with("b")).changed,
                ["GET /a"],
                "{keyword}"
            );
        }
        let with = |value: &str| body(json!({ "enum": [{ "example": value }] }));
        assert_eq!(changes(&with("a"), &with("b")).changed, ["GET /a"]);
    }

    #[test]
    fn the_order_of_keys_and_of_sets_is_no_change_at_all_or_noise() {
        let one = body(json!({ "type": "object", "required": ["a", "b"], "enum": [1, 2] }));
        let keys = body(json!({ "enum": [1, 2], "required": ["a", "b"], "type": "object" }));
        let sets = body(json!({ "type": "object", "required": ["b", "a"], "enum": [2, 1] }));
        assert_eq!(changes(&one, &keys), UpstreamChanges::default());
        assert!(changes(&one, &sets).is_noise());
        let other = body(json!({ "type": "object", "required": ["a", "c"], "enum": [1, 2] }));
        assert!(!changes(&one, &other).is_noise());
    }

    #[test]
    fn the_order_of_tags_and_parameters_means_something() {
        let one = document(json!({ "tags": ["A", "B"] }));
        let other = document(json!({ "tags": ["B", "A"] }));
        assert_eq!(changes(&one, &other).changed, ["GET /a"]);
    }

    #[test]
    fn operations_come_and_go() {
        let one = json!({ "paths": { "/a": { "get": {} }, "/b": { "post": {} } } });
        let other = json!({ "paths": { "/a": { "get": {}, "delete": {} } } });
        let changes = changes(&one, &other);
        assert_eq!(changes.added, ["DELETE /a"]);
        assert_eq!(changes.removed, ["POST /b"]);
        assert_eq!(changes.changed, Vec::<String>::new());
        assert_eq!((count(&one), count(&other)), (2, 2));
    }

    #[test]
    fn an_operation_has_its_first_tag() {
        let document = json!({ "paths": { "/a": {
            "get": { "tags": ["A", "B"] }, "put": { "tags": [] }, "post": {}, "tags": ["C"],
        } } });
        assert_eq!(
            tags(&document),
            BTreeMap::from([("GET /a".to_owned(), "A".to_owned())])
        );
    }

    #[test]
    fn what_a_path_says_for_all_belongs_to_each_of_its_operations() {
        let with = |required: bool| {
            json!({ "paths": { "/a": {
                "get": {}, "put": {}, "parameters": [{ "name": "p", "required": required }]
            } } })
        };
        assert_eq!(
            changes(&with(true), &with(false)).changed,
            ["GET /a", "PUT /a"]
        );
    }

    #[test]
    fn what_changed_outside_of_operations_is_named() {
        let one = json!({ "info": { "title": "A", "version": "1" }, "servers": [{ "url": "https://a" }] });
        let other = json!({ "info": { "title": "A", "version": "2" }, "servers": [], "tags": [] });
        assert_eq!(
            changes(&one, &other).elsewhere,
            ["/info/version", "/servers", "/tags"]
        );
    }
}
