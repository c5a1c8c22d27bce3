//! What is known of every body and parameter of a document, and how the parts that belong together are joined.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::join::join;
use super::tree::{Kind, Known};
use crate::document::{join as below, last_token, parent};

/// The places of a document, each with what is known of its values.
#[derive(Default)]
pub(super) struct Forest {
    /// By the pointer of the outermost schema.
    pub(super) trees: BTreeMap<String, Known>,
    /// For a node that was changed by another one: where that other one is.
    pub(super) origins: HashMap<String, String>,
}

/// A join may make two objects equal that hold a third one each, so it is done again until nothing changes.
const ROUNDS: usize = 8;

impl Forest {
    /// A field that has a fraction in one place is no integer in another: a price of 0 is a price.
    pub(super) fn join_fractions(&mut self) {
        let mut with_fraction: BTreeMap<String, String> = BTreeMap::new();
        self.each(&mut |pointer, known| {
            if known.kind == Kind::Number && is_property(pointer) {
                with_fraction
                    .entry(last_token(pointer))
                    .or_insert_with(|| pointer.to_owned());
            }
        });
        let origins = &mut self.origins;
        for (pointer, known) in &mut self.trees {
            each_mut(known, pointer, &mut Vec::new(), &mut |pointer, known, _| {
                if known.kind == Kind::Integer
                    && is_property(pointer)
                    && let Some(other) = with_fraction.get(&last_token(pointer))
                {
                    known.kind = Kind::Number;
                    origins.insert(pointer.to_owned(), other.clone());
                }
            });
        }
    }

    /// Joins the objects that have the same fields, as far as they agree.
    ///
    /// Not those that stand within each other, as the branches of a tree do: the outer one would grow by each join.
    pub(super) fn join_families(&mut self) {
        for _ in 0..ROUNDS {
            let replacements = self.families();
            if replacements.is_empty() {
                break;
            }
            let origins = &mut self.origins;
            for (pointer, known) in &mut self.trees {
                each_mut(
                    known,
                    pointer,
                    &mut Vec::new(),
                    &mut |pointer, known, above| {
                        if let Some((joined, other)) = replacements.get(known)
                            && !has_any(joined, above)
                        {
                            *known = joined.clone();
                            origins.insert(pointer.to_owned(), other.clone());
                        }
                    },
                );
            }
        }
    }

    /// What each object is to be replaced by, and a place that made it so.
    fn families(&self) -> BTreeMap<Known, (Known, String)> {
        // Equal objects once, in an order that is theirs and not the document's.
        let mut by_fields: BTreeMap<u64, BTreeMap<&Known, String>> = BTreeMap::new();
        self.each(&mut |pointer, known| {
            if let Kind::Object(fields) = &known.kind {
                by_fields
                    .entry(names(fields))
                    .or_default()
                    .entry(known)
                    .or_insert_with(|| pointer.to_owned());
            }
        });
        let mut replacements = BTreeMap::new();
        for members in by_fields.into_values().filter(|members| members.len() > 1) {
            let mut families: Vec<(Known, Vec<(&Known, String)>)> = Vec::new();
            for (known, pointer) in members {
                let fits = families
                    .iter_mut()
                    .find_map(|family| join(&family.0, known).map(|joined| (family, joined)));
                match fits {
                    Some((family, joined)) => {
                        family.0 = joined;
                        family.1.push((known, pointer));
                    }
                    None => families.push((known.clone(), vec![(known, pointer)])),
                }
            }
            for (joined, members) in families {
                for (index, (known, _)) in members.iter().enumerate() {
                    if **known != joined {
                        // The one that is as all will be, else any other.
                        let other = members
                            .iter()
                            .find(|(other, _)| **other == joined)
                            .unwrap_or(&members[usize::from(index == 0)]);
                        replacements.insert((*known).clone(), (joined.clone(), other.1.clone()));
                    }
                }
            }
        }
        replacements
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(&str, &'a Known)) {
        for (pointer, known) in &self.trees {
            each(known, pointer, visit);
        }
    }
}

fn is_property(pointer: &str) -> bool {
    parent(pointer).is_some_and(|owner| last_token(owner) == "properties")
}

fn each<'a>(known: &'a Known, pointer: &str, visit: &mut dyn FnMut(&str, &'a Known)) {
    visit(pointer, known);
    match &known.kind {
        Kind::Array(items) => each(items, &below(pointer, "items"), visit),
        Kind::Map(values) => each(values, &below(pointer, "additionalProperties"), visit),
        Kind::Object(fields) => {
            let properties = below(pointer, "properties");
            for (name, known) in fields {
                each(known, &below(&properties, name), visit);
            }
        }
        _ => {}
    }
}

/// Inner nodes first: a family of outer objects then sees them as they are joined. The visitor is also told which fields
/// the objects have that the node stands in.
fn each_mut(
    known: &mut Known,
    pointer: &str,
    above: &mut Vec<u64>,
    visit: &mut dyn FnMut(&str, &mut Known, &[u64]),
) {
    match &mut known.kind {
        Kind::Array(items) => each_mut(items, &below(pointer, "items"), above, visit),
        Kind::Map(values) => {
            let pointer = below(pointer, "additionalProperties");
            each_mut(values, &pointer, above, visit);
        }
        Kind::Object(fields) => {
            above.push(names(fields));
            let properties = below(pointer, "properties");
            for (name, known) in fields {
                each_mut(known, &below(&properties, name), above, visit);
            }
            above.pop();
        }
        _ => {}
    }
    visit(pointer, known, above);
}

/// Whether an object with fields of these names is in `known`, or is it.
fn has_any(known: &Known, of: &[u64]) -> bool {
    match &known.kind {
        Kind::Array(inner) | Kind::Map(inner) => has_any(inner, of),
        Kind::Object(fields) => {
            of.contains(&names(fields)) || fields.values().any(|known| has_any(known, of))
        }
        _ => false,
    }
}

/// The names of all fields, as a number.
fn names(fields: &BTreeMap<String, Known>) -> u64 {
    let mut hasher = DefaultHasher::new();
    fields.keys().for_each(|name| name.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::tree::Side;
    use super::*;
    use serde_json::{Value, json};

    fn joined(schemas: &[(&str, Value)]) -> Forest {
        let known = |(pointer, schema): &(&str, Value)| {
            ((*pointer).to_owned(), Known::of(schema, &[], Side::Answer))
        };
        let mut forest = Forest {
            trees: schemas.iter().map(known).collect(),
            origins: HashMap::new(),
        };
        forest.join_families();
        forest
    }

    fn node(name: &Value, children: &Value) -> Value {
        json!({"type": "object", "properties": {
            "name": name,
            "children": {"type": "array", "items": children},
        }})
    }

    fn height(known: &Known) -> usize {
        match &known.kind {
            Kind::Array(items) => height(items),
            Kind::Object(fields) => 1 + fields.values().map(height).max().unwrap_or(0),
            _ => 0,
        }
    }

    #[test]
    fn what_is_known_of_a_field_is_known_wherever_its_object_stands() {
        let whole = json!({"type": "integer", "example": 4});
        let fraction = json!({"type": "number", "example": 4.5});
        let nothing = json!({});
        let forest = joined(&[
            ("/a", node(&whole, &nothing)),
            ("/b", node(&fraction, &nothing)),
        ]);
        assert_eq!(forest.trees["/a"], forest.trees["/b"]);
    }

    #[test]
    fn a_branch_does_not_grow_by_what_it_stands_in() {
        let name = json!({"type": "string", "example": "x"});
        let leaf = node(&name, &json!({}));
        let tree = node(&name, &node(&name, &leaf));
        let forest = joined(&[("/leaf", leaf), ("/tree", tree)]);
        assert_eq!(height(&forest.trees["/tree"]), 3);
        // Elsewhere it may have branches of its own.
        assert_eq!(height(&forest.trees["/leaf"]), 3);
    }

    #[test]
    fn objects_that_hold_each_other_do_not_grow_either() {
        let object =
            |name: &str, inner: Value| json!({"type": "object", "properties": {name: inner}});
        let inner = object("b", object("a", json!({})));
        let forest = joined(&[
            ("/1", object("a", inner.clone())),
            ("/2", inner),
            ("/3", object("a", json!({}))),
        ]);
        let heights = forest.trees.values().map(height).max();
        assert!(heights.is_some_and(|height| height <= 4), "{heights:?}");
    }
}
