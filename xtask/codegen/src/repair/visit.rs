//! Going through the schemas and operations of a document under repair, with leave to change them.

use serde_json::{Map, Value};

use super::{Mending, Noting};
use crate::document::join;
use crate::shapes;
use crate::walk::{self, OperationPlace};

/// What is done with each operation.
type MendOperation<'m> = dyn FnMut(&mut Noting<'_>, &OperationPlace, &mut Map<String, Value>) + 'm;

/// What is done with each schema, by its pointer.
type Mend<'m> = dyn FnMut(&mut Noting<'_>, &str, &mut Map<String, Value>) + 'm;

/// Calls `mend` with the pointer and value of every schema, outer ones first; what it makes is gone through as well.
pub(super) fn schemas(mending: &mut Mending<'_>, mend: &mut Mend<'_>) {
    let (root, mut noting) = mending.parts();
    for pointer in shapes::roots(root) {
        if let Some(schema) = root.pointer_mut(&pointer) {
            schema_and_below(&mut noting, &pointer, schema, mend);
        }
    }
}

fn schema_and_below(
    noting: &mut Noting<'_>,
    pointer: &str,
    schema: &mut Value,
    mend: &mut Mend<'_>,
) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    mend(noting, pointer, object);
    for (key, value) in object.iter_mut() {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                let pointer = join(pointer, "properties");
                for (name, property) in properties {
                    schema_and_below(noting, &join(&pointer, name), property, mend);
                }
            }
            ("items" | "additionalProperties" | "not", value) => {
                schema_and_below(noting, &join(pointer, key), value, mend);
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(members)) => {
                let pointer = join(pointer, key);
                for (index, member) in members.iter_mut().enumerate() {
                    schema_and_below(noting, &join(&pointer, &index.to_string()), member, mend);
                }
            }
            _ => {}
        }
    }
}

/// Calls `mend` with every operation.
pub(super) fn operations(mending: &mut Mending<'_>, mend: &mut MendOperation<'_>) {
    let (root, mut noting) = mending.parts();
    for place in walk::operations(root) {
        if let Some(operation) = place.of_mut(root) {
            mend(&mut noting, &place, operation);
        }
    }
}

/// Calls `mend` with the pointer and value of every list of parameters: of path items and of operations.
pub(super) fn parameter_lists(
    mending: &mut Mending<'_>,
    mend: &mut dyn FnMut(&mut Noting<'_>, &str, &mut Vec<Value>),
) {
    let (root, mut noting) = mending.parts();
    let mut owners: Vec<String> = Vec::new();
    for place in walk::operations(root) {
        let item = join("/paths", &place.path);
        if owners.last() != Some(&item) && !owners.contains(&item) {
            owners.push(item);
        }
        owners.push(place.pointer());
    }
    for owner in owners {
        let pointer = join(&owner, "parameters");
        if let Some(Value::Array(parameters)) = root.pointer_mut(&pointer) {
            mend(&mut noting, &pointer, parameters);
        }
    }
}
