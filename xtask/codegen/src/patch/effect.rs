//! What merging a value into a node would do, found out before anything is changed.

use serde_json::Value;

use super::canonical::equal;
use super::excerpt::{a_kind, kind};
use crate::document::join;

/// What a merge would do to the document, by JSON pointer.
#[derive(Debug, Default)]
pub(super) struct Effect {
    /// Keys that are new.
    pub(super) adds: Vec<String>,
    /// Arrays that get longer; none of the new items is in them yet.
    pub(super) extends: Vec<String>,
    /// Arrays that get longer by items of which each is in them already.
    pub(super) repeats: Vec<String>,
    /// Primitives that get another value.
    pub(super) overwrites: Vec<String>,
    /// Primitives that the merge sets to the value that they have.
    pub(super) restates: Vec<String>,
    /// Nodes that cannot be merged.
    pub(super) clashes: Vec<Clash>,
}

/// A node that the standard gives no way to merge.
#[derive(Debug)]
pub(super) struct Clash {
    /// The node.
    pub(super) pointer: String,
    /// What would fit.
    pub(super) expected: String,
    /// What is there instead.
    pub(super) found: String,
}

impl Effect {
    /// What merging `update` into the nodes at `targets` would do.
    pub(super) fn of(root: &Value, targets: &[String], update: &Value) -> Self {
        let mut effect = Self::default();
        let mut shape = None;
        for pointer in targets {
            let Some(node) = root.pointer(pointer) else {
                continue;
            };
            let node_shape = Shape::of(node);
            if *shape.get_or_insert(node_shape) != node_shape {
                effect.clashes.push(Clash {
                    pointer: pointer.clone(),
                    expected: "targets of one kind (objects, arrays or primitives)".to_owned(),
                    found: a_kind(kind(node)),
                });
                continue;
            }
            match (node, update) {
                (Value::Array(items), Value::Array(more)) => effect.extend(pointer, items, more),
                (Value::Array(items), one) => {
                    effect.extend(pointer, items, std::slice::from_ref(one));
                }
                _ => effect.merge(pointer, node, update),
            }
        }
        effect
    }

    /// Whether the merge would leave the document saying what it says.
    pub(super) fn is_nothing_new(&self) -> bool {
        self.adds.is_empty()
            && self.extends.is_empty()
            && self.overwrites.is_empty()
            && self.clashes.is_empty()
    }

    /// Whether the merge would change anything at all.
    pub(super) fn changes(&self) -> bool {
        !self.is_nothing_new() || !self.repeats.is_empty()
    }

    /// Whether the merge meets nothing that upstream wrote except objects as containers.
    pub(super) fn only_adds_keys(&self) -> bool {
        !self.adds.is_empty()
            && self.extends.is_empty()
            && self.repeats.is_empty()
            && self.overwrites.is_empty()
            && self.restates.is_empty()
            && self.clashes.is_empty()
    }

    fn merge(&mut self, pointer: &str, node: &Value, update: &Value) {
        match (node, update) {
            (Value::Object(entries), Value::Object(changes)) => {
                for (key, change) in changes {
                    let pointer = join(pointer, key);
                    match entries.get(key) {
                        Some(entry) => self.merge(&pointer, entry, change),
                        None => self.adds.push(pointer),
                    }
                }
            }
            (Value::Array(items), Value::Array(more)) => self.extend(pointer, items, more),
            _ if Shape::of(node) == Shape::Primitive && Shape::of(update) == Shape::Primitive => {
                if equal(node, update) {
                    self.restates.push(pointer.to_owned());
                } else {
                    self.overwrites.push(pointer.to_owned());
                }
            }
            _ => self.clashes.push(Clash {
                pointer: pointer.to_owned(),
                expected: format!("something that merges with {}", a_kind(kind(node))),
                found: a_kind(kind(update)),
            }),
        }
    }

    fn extend(&mut self, pointer: &str, items: &[Value], more: &[Value]) {
        let known = |new: &Value| items.iter().any(|item| equal(item, new));
        if more.is_empty() {
        } else if more.iter().all(known) {
            self.repeats.push(pointer.to_owned());
        } else {
            self.extends.push(pointer.to_owned());
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Object,
    Array,
    Primitive,
}

impl Shape {
    fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::Array,
            _ => Self::Primitive,
        }
    }
}
