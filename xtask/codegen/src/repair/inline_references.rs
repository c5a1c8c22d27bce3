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

/// References that lead to references: enough for any document made by hand, and an end to a circle.
const MAX_STEPS: usize = 16;

fn run(mending: &mut Mending<'_>) {
    // Scribe itself writes none.
    if !has_reference(&mending.document.root) {
        return;
    }
    let original = mending.document.root.clone();
    let mut root = std::mem::take(&mut mending.document.root);
    visit(&mut root, "", &original, mending, 0);
    mending.document.root = root;
}

fn has_reference(node: &Value) -> bool {
    match node {
        Value::Object(map) => map.contains_key("$ref") || map.values().any(has_reference),
        Value::Array(items) => items.iter().any(has_reference),
        _ => false,
    }
}

fn visit(
    node: &mut Value,
    pointer: &str,
    original: &Value,
    mending: &mut Mending<'_>,
    steps: usize,
) {
    if let Some(reference) = dangling_reference(node, original) {
        let problem = format!("{reference} points at nothing in this document");
        mending.note(
            crate::finding::Severity::Error,
            pointer,
            problem,
            "treated it as any JSON; correct the reference",
        );
        *node = Value::Object(serde_json::Map::new());
        return;
    }
    if let Some(reference) = foreign_reference(node) {
        let target = reference
            .strip_prefix('#')
            .and_then(|target| original.pointer(target));
        match target {
            Some(target) if steps < MAX_STEPS => {
                let problem =
                    format!("{reference} is no named schema, and progenitor does not follow it");
                mending.repaired(pointer, problem, "replaced it by what it points at");
                if let Some(from) = reference.strip_prefix('#') {
                    mending.document.places.alias([(pointer, from)]);
                }
                *node = target.clone();
                visit(node, pointer, original, mending, steps + 1);
            }
            _ => {
                let problem = if target.is_some() {
                    format!("{reference} leads back to itself")
                } else {
                    format!("{reference} points at nothing in this document")
                };
                mending.note(
                    crate::finding::Severity::Error,
                    pointer,
                    problem,
                    "treated it as any JSON; correct the reference",
                );
                *node = Value::Object(serde_json::Map::new());
            }
        }
        return;
    }
    match node {
        Value::Object(map) => {
            // An example is a value: what looks like a reference there is none. A property may have the name, though.
            let are_names = pointer.ends_with("/properties");
            for (key, value) in map.iter_mut() {
                if are_names || (key != "example" && key != "examples") {
                    visit(value, &join(pointer, key), original, mending, steps);
                }
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter_mut().enumerate() {
                visit(
                    value,
                    &join(pointer, &index.to_string()),
                    original,
                    mending,
                    steps,
                );
            }
        }
        _ => {}
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
