//! S023: a component that is only another name of itself is any JSON.
//!
//! # Why
//!
//! Scribe writes no components, but people who add to the document do, and `A` that is `B` that is `A` says nothing.
//! progenitor follows such a circle for ever.
//!
//! # What happens
//!
//! Each component of the circle becomes any JSON, and a person is asked to say what it is.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Mending, Repair};
use crate::document::join;
use crate::finding::Severity;

pub(super) const REPAIR: Repair = Repair {
    code: "S023",
    name: "circular_aliases",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let Some(Value::Object(schemas)) = mending.document.root.pointer("/components/schemas") else {
        return;
    };
    let next = |name: &str| schemas.get(name).and_then(alias_of);
    let mut circular: Vec<String> = Vec::new();
    for name in schemas.keys() {
        let mut seen = HashSet::new();
        let mut at = Some(name.clone());
        while let Some(here) = at {
            at = next(&here);
            if at.as_deref() == Some(name.as_str()) {
                circular.push(name.clone());
                break;
            }
            if !seen.insert(here) {
                break;
            }
        }
    }
    for name in circular {
        let pointer = join("/components/schemas", &name);
        mending.note(
            Severity::Error,
            &pointer,
            format!(
                "`{}` is only another name of itself",
                crate::printable::shorten(&name)
            ),
            "took it as any JSON; say what it is",
        );
        if let Some(schema) = mending.document.root.pointer_mut(&pointer) {
            *schema = json!({});
        }
    }
}

/// The component that `schema` is another name of.
fn alias_of(schema: &Value) -> Option<String> {
    let reference = schema.get("$ref").or_else(|| {
        ["allOf", "oneOf", "anyOf"].iter().find_map(|key| {
            match schema.get(*key)?.as_array()?.as_slice() {
                [only] => only.get("$ref"),
                _ => None,
            }
        })
    });
    let name = reference?.as_str()?.strip_prefix("#/components/schemas/")?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}
