//! S004: every object, enum and union has a name, once.
//!
//! # Why
//!
//! Scribe writes every schema inline, so the same shape stands in many places and progenitor would make a type for each,
//! or take the first for all of an operation. Equal shapes (prose and examples aside) become one named schema.
//!
//! # What happens
//!
//! A shape whose place the ledger of names knows keeps the name that it had. Else a name is the schema's `title`; else, for
//! a shape of several operations, the field's name (`_meta` → `Meta`); else the operation's name and the field's, or `Body`
//! and `Response` for the whole.

mod choose;
mod kept;
mod occurrence;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use self::choose::Candidate;
use self::occurrence::Occurrence;
use super::{Mending, Repair};
use crate::document::{join, parent};
use crate::names;
use crate::naming::place::Places;
use crate::naming::{Note, What};
use crate::shapes;
use crate::walk;

pub(super) const REPAIR: Repair = Repair {
    code: "S004",
    name: "name_shapes",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let mut root_pointers = shapes::roots(&mending.document.root);
    // The first place of a shape lends the type its prose, so the document's order must not decide which one that is.
    root_pointers.sort();
    let mut survey = Survey::default();
    let places = Places::of(&mending.document.root);
    for pointer in &root_pointers {
        if let Some(schema) = mending.document.root.pointer(pointer) {
            let at = occurrence::of_root(&mending.document.root, &places, pointer);
            survey.visit(schema, pointer, at, is_component(pointer));
        }
    }
    let schemas = mending.document.root.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let taken: BTreeSet<String> = schemas.into_iter().flat_map(Map::keys).cloned().collect();
    let kept = kept::names(&mending.ledger, &survey.candidates);
    let chosen = choose::choose(&survey.candidates, &taken, &kept);
    mending
        .notes
        .extend(notes(&survey.candidates, &kept, &chosen));
    kept::write(&mut mending.ledger, &survey.candidates, &kept, &chosen);
    let naming = Naming {
        chosen,
        keys: survey.keys,
    };
    let mut made = BTreeMap::new();
    for pointer in &root_pointers {
        let Some(node) = mending.document.root.pointer_mut(pointer) else {
            continue;
        };
        let schema = node.take();
        let named = naming.name(schema, pointer, &mut made, mending);
        if let Some(node) = mending.document.root.pointer_mut(pointer) {
            *node = named;
        }
    }
    let components = ensure_object(&mut mending.document.root, "components");
    let schemas = components
        .entry("schemas")
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(schemas) = schemas {
        schemas.extend(made);
    }
}

fn is_component(pointer: &str) -> bool {
    parent(pointer) == Some("/components/schemas")
}

fn ensure_object<'a>(root: &'a mut Value, key: &str) -> &'a mut Map<String, Value> {
    if !root.get(key).is_some_and(Value::is_object) {
        root[key] = Value::Object(Map::new());
    }
    root[key].as_object_mut().expect("made an object just now")
}

/// The names that were kept against the titles of their schemas.
fn notes(
    candidates: &BTreeMap<String, Candidate>,
    kept: &BTreeMap<String, String>,
    chosen: &BTreeMap<String, String>,
) -> Vec<Note> {
    let note = |(key, candidate): (&String, &Candidate)| {
        let title = candidate.title.as_ref()?;
        let name = kept.get(key).filter(|name| chosen.get(key) == Some(name))?;
        let otherwise = names::type_name(title);
        let place = candidate.occurrences.first()?.place.clone();
        (otherwise != *name).then(|| Note {
            what: What::Type,
            place,
            name: name.clone(),
            upstream: title.clone(),
            otherwise,
            new: false,
            moved_from: None,
        })
    };
    candidates.iter().filter_map(note).collect()
}

/// Every shape, with the places in which it stands.
#[derive(Default)]
struct Survey {
    candidates: BTreeMap<String, Candidate>,
    /// The key of the shape at each pointer that deserves a name.
    keys: BTreeMap<String, String>,
}

impl Survey {
    /// The key of the shape of `schema`: equal for shapes that accept the same, whatever they hold.
    fn visit(
        &mut self,
        schema: &Value,
        pointer: &str,
        at: Occurrence,
        is_component: bool,
    ) -> String {
        if schema.get("$ref").is_some() {
            return schema.to_string();
        }
        let mut shape = frame(schema);
        walk::subschemas(schema, pointer, &mut |below, child| {
            let relative = &below[pointer.len()..];
            if relative == "/not" {
                return;
            }
            let mut at = at.clone();
            at.step(relative);
            let key = self.visit(child, &below, at, false);
            let may_be_null = child.get("nullable").cloned();
            if let Some(node) = shape.pointer_mut(relative) {
                *node = json!({ "key": key, "nullable": may_be_null });
            }
        });
        if let Some(object) = shape.as_object_mut() {
            // Whether null may stand here is a matter of the place, not of the type.
            object.shift_remove("nullable");
        }
        let key = key(&shapes::shape(&shape));
        if !is_component && deserves_a_name(schema) {
            let candidate = self.candidates.entry(key.clone()).or_default();
            let title = schema
                .get("title")
                .and_then(Value::as_str)
                .map(str::to_owned);
            candidate.title = candidate.title.take().or(title);
            candidate.occurrences.insert(at);
            self.keys.insert(pointer.to_owned(), key.clone());
        }
        key
    }
}

/// `schema` with nothing in the places of its subschemas, where their keys are put: whole copies at every level would be
/// as many as the schema is deep.
fn frame(schema: &Value) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    let entries = object.iter().map(|(key, value)| {
        let value = match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                let names = properties.keys().cloned();
                Value::Object(names.map(|name| (name, Value::Null)).collect())
            }
            ("items" | "additionalProperties", Value::Object(_)) | ("example" | "examples", _) => {
                Value::Null
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(members)) => {
                Value::Array(vec![Value::Null; members.len()])
            }
            _ => value.clone(),
        };
        (key.clone(), value)
    });
    Value::Object(entries.collect())
}

fn key(shape: &Value) -> String {
    let hash = Sha256::digest(shape.to_string());
    hash.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

struct Naming {
    chosen: BTreeMap<String, String>,
    keys: BTreeMap<String, String>,
}

impl Naming {
    /// `schema` with everything below it named; a reference to it when it gets a name itself.
    fn name(
        &self,
        mut schema: Value,
        pointer: &str,
        made: &mut BTreeMap<String, Value>,
        mending: &mut Mending<'_>,
    ) -> Value {
        let mut below = Vec::new();
        walk::subschemas(&schema, pointer, &mut |below_pointer, _| {
            below.push(below_pointer);
        });
        below.sort();
        for child in below {
            let relative = &child[pointer.len()..];
            if let Some(node) = schema.pointer_mut(relative).filter(|_| relative != "/not") {
                *node = self.name(node.take(), &child, made, mending);
            }
        }
        let Some(name) = self.keys.get(pointer).and_then(|key| self.chosen.get(key)) else {
            return schema;
        };
        let reference = reference(name, &schema);
        mending.named.insert(pointer.to_owned(), name.clone());
        if made.contains_key(name) {
            let action = format!("made both one type, {name}");
            mending.repaired(pointer, "the same shape stands elsewhere", action);
        } else {
            if let Some(object) = schema.as_object_mut() {
                object.shift_remove("nullable");
            }
            let action = format!("called it {name}");
            mending.repaired(pointer, "the shape has no name of its own", action);
            let target = join("/components/schemas", name);
            mending.document.places.alias([(target.as_str(), pointer)]);
            made.insert(name.clone(), schema);
        }
        reference
    }
}

/// A reference to the schema called `name` that keeps the prose and the nullability of this place.
fn reference(name: &str, schema: &Value) -> Value {
    let target = json!({ "$ref": join("#/components/schemas", name) });
    let mut here = Map::new();
    for key in ["description", "nullable", "deprecated", "example"] {
        if let Some(value) = schema.get(key) {
            here.insert(key.into(), value.clone());
        }
    }
    if here.is_empty() {
        return target;
    }
    // `nullable` means something beside a type only.
    if let Some(kind) = schema.get("type").filter(|_| here.contains_key("nullable")) {
        here.insert("type".into(), kind.clone());
    }
    here.insert("allOf".into(), json!([target]));
    Value::Object(here)
}

/// Whether the schema becomes a type of its own in Rust.
fn deserves_a_name(schema: &Value) -> bool {
    let has_entries = |key: &str| match schema.get(key) {
        Some(Value::Object(map)) => !map.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        _ => false,
    };
    has_entries("properties") || has_entries("enum") || has_entries("oneOf") || has_entries("anyOf")
}
