//! The place of an operation: its method, and its path without the names of the parameters.

use std::collections::HashMap;

use serde_json::Value;

use crate::walk::{self, OperationPlace};

/// `path` without the names of its parameters: `/a/{id}` → `/a/{}`.
pub(crate) fn without_names(path: &str) -> String {
    let mut shape = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    shape + rest
}

/// The place of an operation with the names of its parameters: `GET /a/{id}`.
pub(crate) fn in_full(operation: &OperationPlace) -> String {
    format!("{} {}", operation.method.to_uppercase(), operation.path)
}

/// The places of a document's operations.
#[derive(Debug)]
pub(crate) struct Places {
    /// How many operations there are of each place without names.
    counts: HashMap<String, usize>,
}

impl Places {
    pub(crate) fn of(root: &Value) -> Self {
        let mut counts = HashMap::new();
        for operation in walk::operations(root) {
            *counts
                .entry(without_names(&in_full(&operation)))
                .or_default() += 1;
        }
        Self { counts }
    }

    /// The place of `operation`: `GET /a/{}`. Operations that differ in the names of path parameters only keep these
    /// names, since nothing else tells them apart.
    pub(crate) fn place(&self, operation: &OperationPlace) -> String {
        let full = in_full(operation);
        let place = without_names(&full);
        if self.counts.get(&place).is_some_and(|count| *count > 1) {
            full
        } else {
            place
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_names_of_parameters_do_not_count_unless_they_alone_tell_operations_apart() {
        let root = json!({"paths": {
            "/a/{id}": {"get": {}, "post": {}}, "/a/{x}": {"get": {}}, "/b/{x}-{y}/c": {"get": {}},
        }});
        let places = Places::of(&root);
        let mut found: Vec<String> = walk::operations(&root)
            .iter()
            .map(|operation| places.place(operation))
            .collect();
        found.sort();
        assert_eq!(
            found,
            ["GET /a/{id}", "GET /a/{x}", "GET /b/{}-{}/c", "POST /a/{}"]
        );
    }
}
