//! The parts of an OpenAPI document that the stages visit: operations, and the schemas below them.

use serde_json::{Map, Value};

use crate::document::join;

/// The keys of a path item that hold operations.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Where an operation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationPlace {
    /// The path template.
    pub path: String,
    /// The method, in lower case.
    pub method: &'static str,
}

impl OperationPlace {
    /// The operation's JSON pointer.
    pub fn pointer(&self) -> String {
        join(&join("/paths", &self.path), self.method)
    }

    /// The operation, when the document has it.
    pub fn of<'a>(&self, root: &'a Value) -> Option<&'a Map<String, Value>> {
        root.get("paths")?
            .get(&self.path)?
            .get(self.method)?
            .as_object()
    }

    /// The operation to change, when the document has it.
    pub fn of_mut<'a>(&self, root: &'a mut Value) -> Option<&'a mut Map<String, Value>> {
        root.get_mut("paths")?
            .get_mut(&self.path)?
            .get_mut(self.method)?
            .as_object_mut()
    }
}

/// Every operation, in the document's order.
pub fn operations(root: &Value) -> Vec<OperationPlace> {
    let Some(paths) = root.get("paths").and_then(Value::as_object) else {
        return Vec::new();
    };
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object()
                .into_iter()
                .flat_map(Map::keys)
                .filter_map(|key| METHODS.iter().find(|method| *method == key))
                .map(|method| OperationPlace {
                    path: path.clone(),
                    method,
                })
        })
        .filter(|place| place.of(root).is_some())
        .collect()
}

/// Calls `visit` with the pointer and value of each direct subschema of `schema`.
pub fn subschemas<'a>(schema: &'a Value, pointer: &str, visit: &mut dyn FnMut(String, &'a Value)) {
    let Some(object) = schema.as_object() else {
        return;
    };
    if let Some(properties) = object.get("properties").and_then(Value::as_object) {
        let pointer = join(pointer, "properties");
        for (name, property) in properties {
            visit(join(&pointer, name), property);
        }
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(value) = object.get(key).filter(|value| value.is_object()) {
            visit(join(pointer, key), value);
        }
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(members) = object.get(key).and_then(Value::as_array) {
            let pointer = join(pointer, key);
            for (index, member) in members.iter().enumerate() {
                visit(join(&pointer, &index.to_string()), member);
            }
        }
    }
}

/// Whether `status` is one that means success.
pub fn is_success(status: &str) -> bool {
    status.starts_with('2')
}
