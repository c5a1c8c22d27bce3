//! S001: a `$ref` to something other than a named schema is replaced by what it points at.
//!
//! # Why
//!
//! Scribe writes no references; overlays use them to say "the same as there" (`#/paths/…`, `#/components/responses/…`)
//! without restating upstream's text. progenitor follows references to named schemas only.
//!
//! # What happens
//!
//! The target is put in the reference's place. A reference to nothing, or back to itself, is any JSON, and an error.

use serde_json::Value;

use super::{Mending, Repair};
use crate::document::join;

pub(super) const REPAIR: Repair = Repair {
    code: "S001",
    name: "inline_references",
    run,
};

/// How many nodes are copied at most: references that lead to several others multiply.
const MAX_COPIED: usize = 100_000;

/// What is replaced by what.
struct Inlining<'a> {
    /// The document as it was.
    original: &'a Value,
    /// The references that lead to the node at hand.
    open: Vec<String>,
    copied: usize,
}

fn run(mending: &mut Mending<'_>) {
    // Scribe itself writes none.
    if !has_reference(&mending.document.root) {
        return;
    }
    let original = mending.document.root.clone();
    let mut root = std::mem::take(&mut mending.document.root);
    let mut inlining = Inlining {
        original: &original,
        open: Vec::new(),
        copied: 0,
    };
    inlining.visit(&mut root, "", mending);
    mending.document.root = root;
}

fn has_reference(node: &Value) -> bool {
    match node {
        Value::Object(map) => map.contains_key("$ref") || map.values().any(has_reference),
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    }
}

impl Inlining<'_> {
    fn visit(&mut self, node: &mut Value, pointer: &str, mending: &mut Mending<'_>) {
        if let Some(reference) = dangling_reference(node, self.original) {
            refuse(
                node,
                pointer,
                format!("{reference} points at nothing in this document"),
                mending,
            );
            return;
        }
        if let Some(reference) = foreign_reference(node) {
            self.replace(node, pointer, reference, mending);
            return;
        }
        match node {
            Value::Object(map) => {
                // An example is a value: what looks like a reference there is none. A property may have the name, though.
                let are_names = pointer.ends_with("/properties");
                for (key, value) in map.iter_mut() {
                    if are_names || (key != "example" && key != "examples") {
                        self.visit(value, &join(pointer, key), mending);
                    }
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter_mut().enumerate() {
                    self.visit(value, &join(pointer, &index.to_string()), mending);
                }
            }
            _ => {}
        }
    }

    fn replace(
        &mut self,
        node: &mut Value,
        pointer: &str,
        reference: String,
        mending: &mut Mending<'_>,
    ) {
        let target = reference
            .strip_prefix('#')
            .and_then(|target| self.original.pointer(target));
        let problem = match target {
            None => "points at nothing in this document",
            Some(target) if !target.is_object() => "points at what is no mapping",
            Some(_) if self.open.contains(&reference) => "leads back to itself",
            Some(target) => {
                self.copied += nodes(target);
                if self.copied <= MAX_COPIED {
                    mending.repaired(
                        pointer,
                        format!(
                            "{reference} is no named schema, and progenitor does not follow it"
                        ),
                        "replaced it by what it points at",
                    );
                    if let Some(from) = reference.strip_prefix('#') {
                        mending.document.places.alias([(pointer, from)]);
                    }
                    *node = target.clone();
                    self.open.push(reference);
                    self.visit(node, pointer, mending);
                    self.open.pop();
                    return;
                }
                "leads to references that multiply"
            }
        };
        refuse(node, pointer, format!("{reference} {problem}"), mending);
    }
}

/// Takes what a reference cannot be replaced by as nothing that is known.
fn refuse(node: &mut Value, pointer: &str, problem: String, mending: &mut Mending<'_>) {
    mending.note(
        crate::finding::Severity::Error,
        pointer,
        problem,
        "treated it as any JSON; correct the reference",
    );
    *node = Value::Object(serde_json::Map::new());
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(nodes).sum::<usize>(),
        Value::Array(items) => items.iter().map(nodes).sum(),
        _ => 0,
    }
}

/// The reference of `node`, when it is one that must be replaced.
fn foreign_reference(node: &Value) -> Option<String> {
    let reference = node.get("$ref")?.as_str()?;
    (!reference.starts_with("#/components/schemas/") || reference.matches('/').count() > 3)
        .then(|| reference.to_owned())
}

/// The reference of `node`, when it is one to a named schema that is not there.
fn dangling_reference(node: &Value, original: &Value) -> Option<String> {
    let reference = node.get("$ref")?.as_str()?;
    let is_named = reference.starts_with("#/components/schemas/");
    let target = reference
        .strip_prefix('#')
        .and_then(|target| original.pointer(target));
    (is_named && target.is_none()).then(|| reference.to_owned())
}
