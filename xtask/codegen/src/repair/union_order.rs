//! S003: the members of a `oneOf` or `anyOf` are ordered so that the first that matches is the right one.
//!
//! # Why
//!
//! Scribe writes one member for each `@response` of a status, in the order of the annotations and without a
//! discriminator. A payload of the larger shape also matches the smaller one, so the smaller one must come later.
//!
//! # What happens
//!
//! Members with more fields come first. Members that are equal but for their examples are one.

use serde_json::Value;

use super::{Mending, Repair};
use crate::document::{join, parent};
use crate::shapes;

pub(super) const REPAIR: Repair = Repair {
    code: "S003",
    name: "union_order",
    run,
};

fn run(mending: &mut Mending<'_>) {
    for pointer in shapes::unions(&mending.document.root) {
        let Some(Value::Array(members)) = mending.document.root.pointer(&pointer).cloned() else {
            continue;
        };
        let mut ordered: Vec<(usize, Value)> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let shape = shapes::shape(member);
            if ordered
                .iter()
                .any(|(_, other)| shapes::shape(other) == shape)
            {
                mending.repaired(
                    &join(&pointer, &index.to_string()),
                    "the member is equal to an earlier one but for its examples",
                    "left it out",
                );
            } else {
                ordered.push((index, member.clone()));
            }
        }
        // A stable sort by how many names a member knows puts every superset before its subsets.
        ordered.sort_by_key(|(_, member)| std::cmp::Reverse(shapes::property_names(member).len()));
        if ordered.is_sorted_by_key(|(index, _)| *index) && ordered.len() == members.len() {
            continue;
        }
        if !ordered.is_sorted_by_key(|(index, _)| *index) {
            mending.repaired(
                &pointer,
                "a member comes before one that has all of its fields and more, and would match in its stead",
                "put the larger member first",
            );
        }
        let moves: Vec<(String, String)> = ordered
            .iter()
            .enumerate()
            .map(|(new, (old, _))| {
                (
                    join(&pointer, &new.to_string()),
                    join(&pointer, &old.to_string()),
                )
            })
            .collect();
        let moves = moves.iter().map(|(to, from)| (to.as_str(), from.as_str()));
        mending.document.places.alias(moves);
        let ordered: Vec<Value> = ordered.into_iter().map(|(_, member)| member).collect();
        let key = crate::document::last_token(&pointer);
        let owner = parent(&pointer).and_then(|owner| mending.document.root.pointer_mut(owner));
        if let Some(Value::Object(owner)) = owner {
            owner.insert(key, Value::Array(ordered));
        }
    }
}
