//! S023: a component that is only another name of itself is any JSON.
//!
//! # Why
//!
//! Scribe writes no components, but people who add to the document do, and `A` that is `B` that is `A` says nothing.
//! progenitor follows such a circle for ever, and a union that is a member of itself is read for ever.
//!
//! # What happens
//!
//! A union that is a member of itself loses that member, which takes nothing that the others do not. Each other component
//! of a circle becomes any JSON, and a person is asked to say what it is.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Mending, Repair};
use crate::document::join;
use crate::finding::Severity;
use crate::printable::shorten;

pub(super) const REPAIR: Repair = Repair {
    code: "S023",
    name: "circular_aliases",
    run,
};

const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

fn run(mending: &mut Mending<'_>) {
    let Some(Value::Object(schemas)) = mending.document.root.pointer("/components/schemas") else {
        return;
    };
    let mut schemas = schemas.clone();
    let names: Vec<String> = schemas.keys().cloned().collect();
    for name in &names {
        let Some(schema) = schemas.get_mut(name) else {
            continue;
        };
        if !without_itself(schema, name) {
            continue;
        }
        let pointer = join("/components/schemas", name);
        mending.repaired(
            &pointer,
            format!("the union `{}` is a member of itself", shorten(name)),
            "took that member out",
        );
        if let Some(node) = mending.document.root.pointer_mut(&pointer) {
            node.clone_from(schema);
        }
    }
    for name in names.iter().filter(|name| is_circular(&schemas, name)) {
        let pointer = join("/components/schemas", name);
        mending.note(
            Severity::Error,
            &pointer,
            format!("`{}` is only another name of itself", shorten(name)),
            "took it as any JSON; say what it is",
        );
        if let Some(schema) = mending.document.root.pointer_mut(&pointer) {
            *schema = json!({});
        }
    }
}

/// Takes the members of the union `schema` that are the union itself out, when there are others. Whether there were any.
fn without_itself(schema: &mut Value, name: &str) -> bool {
    ["oneOf", "anyOf"].into_iter().any(|key| {
        let Some(Value::Array(members)) = schema.get_mut(key) else {
            return false;
        };
        let is_itself = |member: &Value| reference(member).as_deref() == Some(name);
        let own = members.iter().filter(|member| is_itself(member)).count();
        if own == 0 || own == members.len() {
            return false;
        }
        members.retain(|member| !is_itself(member));
        true
    })
}

/// Whether what `name` is leads back to `name` with nothing read in between.
fn is_circular(schemas: &Map<String, Value>, name: &str) -> bool {
    let mut seen = HashSet::new();
    let mut open = schemas.get(name).map(aliases_of).unwrap_or_default();
    while let Some(here) = open.pop() {
        if here == name {
            return true;
        }
        if let (Some(schema), false) = (schemas.get(&here), seen.contains(&here)) {
            open.extend(aliases_of(schema));
            seen.insert(here);
        }
    }
    false
}

/// The components that `schema` is another name of, or that are members of it.
fn aliases_of(schema: &Value) -> Vec<String> {
    let members = COMPOSITIONS
        .iter()
        .filter_map(|key| schema.get(*key)?.as_array())
        .flatten()
        .flat_map(aliases_of);
    reference(schema).into_iter().chain(members).collect()
}

fn reference(schema: &Value) -> Option<String> {
    let name = schema.get("$ref")?.as_str()?;
    let name = name.strip_prefix("#/components/schemas/")?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}
