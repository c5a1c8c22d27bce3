//! Two documents → the nodes that differ, each as deep as the difference goes.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::document::join;

/// Keywords that hold names which somebody gave, so that what is below them is no keyword.
const NAMES: &[&str] = &[
    "paths",
    "properties",
    "patternProperties",
    "responses",
    "content",
    "headers",
    "schemas",
    "securitySchemes",
    "requestBodies",
    "mapping",
    "variables",
];

/// The nodes that differ. A pointer leads into the document after, and where the node is gone into the one before.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    /// Those that say something about types and calls.
    pub(super) meaning: BTreeSet<String>,
    /// Examples and prose: an example is evidence of a type, so that it may be a cause, too.
    pub(super) rest: BTreeSet<String>,
    /// Those that are lists on both sides: an item of theirs need not differ.
    pub(super) lists: BTreeSet<String>,
}

impl Nodes {
    /// What differs between `before` and `after`.
    pub(super) fn between(before: &Value, after: &Value) -> Self {
        let mut nodes = Self::default();
        nodes.compare(before, after, "", Context::Keywords);
        nodes
    }

    fn compare(&mut self, before: &Value, after: &Value, pointer: &str, context: Context) {
        if before == after {
            return;
        }
        match (before, after) {
            (Value::Object(old), Value::Object(new)) => self.objects(old, new, pointer, context),
            (Value::Array(old), Value::Array(new)) => self.arrays(old, new, pointer, context),
            _ => self.add(pointer.to_owned(), context),
        }
    }

    fn objects(
        &mut self,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        pointer: &str,
        context: Context,
    ) {
        for (key, value) in old {
            let (pointer, context) = (join(pointer, key), context.below(key));
            match new.get(key) {
                Some(other) => self.compare(value, other, &pointer, context),
                None => self.add(pointer, context),
            }
        }
        for key in new.keys().filter(|key| !old.contains_key(*key)) {
            self.add(join(pointer, key), context.below(key));
        }
    }

    fn arrays(&mut self, old: &[Value], new: &[Value], pointer: &str, context: Context) {
        if [old, new]
            .iter()
            .all(|items| items.iter().all(is_parameter))
        {
            self.parameters(old, new, pointer, context);
        } else if old.len() != new.len() || !new.iter().any(Value::is_object) {
            // A set such as `required` or `enum`, or a list that is another one: there is no telling its items apart.
            self.add(pointer.to_owned(), context);
            self.lists.insert(pointer.to_owned());
        } else {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                self.compare(old, new, &join(pointer, &index.to_string()), context);
            }
        }
    }

    /// Parameters are known by their name and place, whatever their order.
    fn parameters(&mut self, old: &[Value], new: &[Value], pointer: &str, context: Context) {
        let same = |a: &Value, b: &Value| a["name"] == b["name"] && a["in"] == b["in"];
        for (index, parameter) in new.iter().enumerate() {
            let pointer = join(pointer, &index.to_string());
            match old.iter().find(|other| same(other, parameter)) {
                Some(other) => self.compare(other, parameter, &pointer, context),
                None => self.add(pointer, context),
            }
        }
        for (index, parameter) in old.iter().enumerate() {
            if !new.iter().any(|other| same(other, parameter)) {
                self.add(join(pointer, &index.to_string()), context);
            }
        }
    }

    fn add(&mut self, pointer: String, context: Context) {
        if context == Context::Rest {
            self.rest.insert(pointer);
        } else {
            self.meaning.insert(pointer);
        }
    }
}

/// What the keys of an object are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// Words of the specification.
    Keywords,
    /// Names that somebody gave.
    Names,
    /// Part of an example, or prose.
    Rest,
}

impl Context {
    fn below(self, key: &str) -> Self {
        match (self, key) {
            (Self::Rest, _) => Self::Rest,
            (Self::Keywords, "example" | "examples" | "description" | "summary") => Self::Rest,
            (Self::Keywords, key) if NAMES.contains(&key) => Self::Names,
            _ => Self::Keywords,
        }
    }
}

fn is_parameter(value: &Value) -> bool {
    value.get("name").is_some_and(Value::is_string) && value.get("in").is_some_and(Value::is_string)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn between(before: Value, after: Value) -> (Vec<String>, Vec<String>) {
        let nodes = Nodes::between(&before, &after);
        (
            nodes.meaning.into_iter().collect(),
            nodes.rest.into_iter().collect(),
        )
    }

    #[test]
    fn a_node_is_as_deep_as_the_difference() {
        let (meaning, rest) = between(
            json!({"paths": {"/a": {"get": {"summary": "a"}}, "/b": {"get": {}}}}),
            json!({"paths": {"/a": {"get": {"summary": "b", "deprecated": true}}, "/c": {"get": {}}}}),
        );
        assert_eq!(
            meaning,
            ["/paths/~1a/get/deprecated", "/paths/~1b", "/paths/~1c"]
        );
        assert_eq!(rest, ["/paths/~1a/get/summary"]);
    }

    #[test]
    fn a_property_named_example_means_something_and_what_is_in_an_example_does_not() {
        let schema = |of: &str| json!({"properties": {"example": {"type": of, "example": of}}});
        let (meaning, rest) = between(schema("string"), schema("integer"));
        assert_eq!(meaning, ["/properties/example/type"]);
        assert_eq!(rest, ["/properties/example/example"]);
    }

    #[test]
    fn parameters_are_told_by_name_and_place_and_sets_as_a_whole() {
        let parameter =
            |name: &str, required: bool| json!({"name": name, "in": "query", "required": required});
        let (meaning, _) = between(
            json!({"parameters": [parameter("a", true), parameter("b", true)], "required": ["a"]}),
            json!({"parameters": [parameter("b", false), parameter("c", true)], "required": ["b"]}),
        );
        assert_eq!(
            meaning,
            [
                "/parameters/0",
                "/parameters/0/required",
                "/parameters/1",
                "/required"
            ]
        );
    }
}
