//! S021: the name of a component is the name of its Rust type.
//!
//! # Why
//!
//! Scribe names no schemas, but overlays and people do, in any spelling: `user-list`, `userList` and `UserList` would be
//! one type, and `Option` would hide Rust's own.
//!
//! # What happens
//!
//! The component is called what its type is called, with a number where that is taken, and so is every reference to it.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{Mending, Repair};
use crate::document::join;
use crate::names;

pub(super) const REPAIR: Repair = Repair {
    code: "S021",
    name: "component_names",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let Some(Value::Object(schemas)) = mending.document.root.pointer("/components/schemas") else {
        return;
    };
    let mut taken: HashSet<String> = HashSet::new();
    let mut renamed: HashMap<String, String> = HashMap::new();
    let mut others: Vec<&String> = Vec::new();
    for name in schemas.keys() {
        if names::type_name(name) == *name {
            taken.insert(name.clone());
        } else {
            others.push(name);
        }
    }
    others.sort();
    for name in others {
        renamed.insert(
            name.clone(),
            names::unique(names::type_name(name), &mut taken),
        );
    }
    if renamed.is_empty() {
        return;
    }
    let mut sorted: Vec<(&String, &String)> = renamed.iter().collect();
    sorted.sort();
    for (old, new) in sorted {
        let (from, to) = (
            join("/components/schemas", old),
            join("/components/schemas", new),
        );
        mending.repaired(
            &from,
            format!(
                "`{}` does not read as a type's name",
                crate::printable::shorten(old)
            ),
            format!("called it {new}"),
        );
        mending
            .document
            .places
            .alias([(to.as_str(), from.as_str())]);
    }
    let mut root = std::mem::take(&mut mending.document.root);
    rename(&mut root, &renamed);
    if let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") {
        let old = std::mem::take(schemas);
        *schemas = old
            .into_iter()
            .map(|(name, schema)| (renamed.get(&name).cloned().unwrap_or(name), schema))
            .collect::<Map<String, Value>>();
    }
    mending.document.root = root;
}

fn rename(node: &mut Value, renamed: &HashMap<String, String>) {
    match node {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get_mut("$ref")
                && let Some(name) = reference.strip_prefix("#/components/schemas/")
                && let Some(new) = renamed.get(&name.replace("~1", "/").replace("~0", "~"))
            {
                *reference = join("#/components/schemas", new);
            }
            for (key, value) in map.iter_mut() {
                if key != "example" && key != "examples" {
                    rename(value, renamed);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, renamed)),
        _ => {}
    }
}
