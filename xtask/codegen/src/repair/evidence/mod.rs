//! S010: a type is made from all the evidence that the document has, not from one example.
//!
//! # Why
//!
//! Scribe takes the type of each field of an answer from a single example: `0` makes a price an integer, `null` makes a
//! counter a string, `[]` makes a list of anything, and in another operation the same field reads otherwise.
//!
//! # What happens
//!
//! What the document says of a field is joined: the declared type, the field's own example, its value in the examples of
//! the whole answer, and the same field in every answer with the same fields. Integer with number is number, null with a
//! type is that type or null, an empty array with an object is the object, null alone is any JSON. A field that only an
//! example of the object has is one of its fields. Fields that contradict each other stay apart.

mod forest;
mod join;
mod tree;
mod write;

use serde_json::Value;

use self::forest::Forest;
use self::tree::{Known, Side};
use super::{Mending, Repair};
use crate::content;
use crate::document::{join as below, last_token, parent};
use crate::shapes;

pub(super) const REPAIR: Repair = Repair {
    code: "S010",
    name: "evidence",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let mut answers = Forest::default();
    let mut requests = Forest::default();
    for pointer in shapes::roots(&mending.document.root) {
        let beside = examples_beside(&mending.document.root, &pointer);
        let Some(schema) = mending.document.root.pointer(&pointer) else {
            continue;
        };
        let values: Vec<&Value> = beside.iter().collect();
        let side = side(&pointer);
        let forest = match side {
            Side::Answer => &mut answers,
            Side::Request | Side::Form => &mut requests,
        };
        // A union stays as it is written; what its members are is known from their own examples.
        for (pointer, member) in members(schema, &pointer) {
            forest.trees.insert(pointer, Known::of(member, &[], side));
        }
        let known = Known::of(schema, &values, side);
        forest.trees.insert(pointer, known);
    }
    // What a request takes is said by the rules of that one request; answers are all made of the same records.
    answers.join_fractions();
    answers.join_families();
    for forest in [requests, answers] {
        for (pointer, known) in &forest.trees {
            write::write(mending, pointer, known, &forest.origins);
        }
    }
}

/// The members of a union that is a whole body, each with its pointer.
fn members<'a>(schema: &'a Value, pointer: &str) -> Vec<(String, &'a Value)> {
    let mut found = Vec::new();
    for key in ["oneOf", "anyOf"] {
        let members = schema.get(key).and_then(Value::as_array);
        for (index, member) in members.into_iter().flatten().enumerate() {
            let place = below(&below(pointer, key), &index.to_string());
            found.push((place, member));
        }
    }
    found
}

/// Whose values the schema at `pointer` describes; those of the components may be either's, so their types are kept.
fn side(pointer: &str) -> Side {
    if pointer.contains("/responses/") {
        Side::Answer
    } else if pointer
        .to_lowercase()
        .contains("/requestbody/content/multipart~1")
        || pointer.starts_with("/components/")
    {
        Side::Form
    } else {
        Side::Request
    }
}

/// The examples of the whole body, which stand beside its schema.
fn examples_beside(root: &Value, pointer: &str) -> Vec<Value> {
    let owner = parent(pointer).and_then(|owner| root.pointer(owner));
    let owner = owner.filter(|_| last_token(pointer) == "schema");
    let examples = owner.into_iter().flat_map(content::examples);
    examples.cloned().collect()
}
