//! S004: every object, enum and union has a name, once.
//!
//! Scribe writes every schema inline, so the same shape stands in many places and progenitor would make a type for each,
//! or take the first for all of an operation. Equal shapes (prose and examples aside) become one named schema.
//!
//! A name is the schema's `title`, else the field's name (in the singular below an array), else the operation's name
//! with `Body` or `Response`. Where another shape has that name already, the owner's name goes before it.
//!
//! `properties: {customProxy: {type: object, …}}` → `{$ref: '#/components/schemas/CustomProxy'}`

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{Mending, Repair};
use crate::document::join;
use crate::names;
use crate::shapes;
use crate::walk;

pub(super) const REPAIR: Repair = Repair {
    code: "S004",
    name: "name_shapes",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let mut naming = Naming::new(&mending.document.root);
    let root_pointers = shapes::roots(&mending.document.root);
    for pointer in root_pointers {
        let Some(schema) = mending.document.root.pointer(&pointer).cloned() else {
            continue;
        };
        let (wanted, owner) = wanted_name(&mending.document.root, &pointer);
        let is_component = pointer.starts_with("/components/schemas/");
        let named = naming.name(schema, &pointer, &wanted, &owner, is_component, mending);
        if let Some(node) = mending.document.root.pointer_mut(&pointer) {
            *node = named;
        }
    }
    let components = ensure_object(&mut mending.document.root, "components");
    let schemas = components
        .entry("schemas")
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(schemas) = schemas {
        schemas.extend(naming.new_schemas);
    }
}

fn ensure_object<'a>(root: &'a mut Value, key: &str) -> &'a mut Map<String, Value> {
    if !root.get(key).is_some_and(Value::is_object) {
        root[key] = Value::Object(Map::new());
    }
    root[key].as_object_mut().expect("made an object just now")
}

/// The name that the schema at `pointer` should have, and the operation's name to put before it in case of need.
fn wanted_name(root: &Value, pointer: &str) -> (String, String) {
    let tokens: Vec<&str> = pointer.split('/').collect();
    let operation = match tokens.as_slice() {
        ["", "paths", path, method, ..] => root
            .pointer(&format!("/paths/{path}/{method}/operationId"))
            .and_then(Value::as_str)
            .unwrap_or(path)
            .to_owned(),
        _ => String::new(),
    };
    let wanted = match tokens.as_slice() {
        ["", "components", "schemas", name] => name.replace("~1", "/").replace("~0", "~"),
        [.., "parameters", _, "schema"] => {
            let owner = pointer.trim_end_matches("/schema");
            root.pointer(&format!("{owner}/name"))
                .and_then(Value::as_str)
                .unwrap_or("parameter")
                .to_owned()
        }
        [.., "requestBody", "content", _, "schema"] => format!("{operation} body"),
        [.., "responses", status, "content", _, "schema"] if walk::is_success(status) => {
            format!("{operation} response")
        }
        [.., "responses", status, "content", _, "schema"] => format!("{operation} error {status}"),
        _ => operation.clone(),
    };
    (names::type_name(&wanted), names::type_name(&operation))
}

struct Naming {
    /// The name of each shape that has one.
    by_shape: HashMap<String, String>,
    taken: HashMap<String, String>,
    new_schemas: Map<String, Value>,
}

impl Naming {
    fn new(root: &Value) -> Self {
        let mut naming = Self {
            by_shape: HashMap::new(),
            taken: HashMap::new(),
            new_schemas: Map::new(),
        };
        let schemas = root
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        for (name, schema) in schemas.into_iter().flatten() {
            let shape = shapes::shape(schema).to_string();
            naming.taken.insert(name.clone(), shape.clone());
            naming.by_shape.entry(shape).or_insert_with(|| name.clone());
        }
        naming
    }

    /// `schema` with everything below it named; a reference to it when it gets a name itself.
    fn name(
        &mut self,
        mut schema: Value,
        pointer: &str,
        wanted: &str,
        owner: &str,
        is_component: bool,
        mending: &mut Mending<'_>,
    ) -> Value {
        if schema.get("$ref").is_some() {
            return schema;
        }
        let wanted = schema
            .get("title")
            .and_then(Value::as_str)
            .map_or_else(|| wanted.to_owned(), names::type_name);
        let mut below = Vec::new();
        walk::subschemas(&schema, pointer, &mut |pointer, child| {
            below.push((pointer, child.clone()));
        });
        for (child_pointer, child) in below {
            let relative = &child_pointer[pointer.len()..];
            if relative == "/not" {
                continue;
            }
            let child_wanted = child_name(relative, &wanted);
            let named = self.name(
                child,
                &child_pointer,
                &child_wanted,
                &wanted,
                false,
                mending,
            );
            if let Some(node) = schema.pointer_mut(relative) {
                *node = named;
            }
        }
        if is_component || !deserves_a_name(&schema) {
            return schema;
        }
        let here = schema.clone();
        if let Some(object) = schema.as_object_mut() {
            // Whether null may stand here is a matter of the place, not of the type.
            object.shift_remove("nullable");
        }
        let shape = shapes::shape(&schema).to_string();
        let name = match self.by_shape.get(&shape) {
            Some(name) => {
                mending.repaired(
                    pointer,
                    "the same shape stands elsewhere",
                    format!("made both one type, {name}"),
                );
                name.clone()
            }
            None => {
                let name = self.free_name(&wanted, owner);
                self.taken.insert(name.clone(), shape.clone());
                self.by_shape.insert(shape, name.clone());
                mending.repaired(
                    pointer,
                    "the shape has no name of its own",
                    format!("called it {name}"),
                );
                let places = mending.document.places.clone();
                let target = join("/components/schemas", &name);
                mending.document.places.graft(&target, &places, pointer);
                self.new_schemas.insert(name.clone(), schema);
                name
            }
        };
        mending.named.insert(pointer.to_owned(), name.clone());
        reference(&name, &here)
    }

    fn free_name(&self, wanted: &str, owner: &str) -> String {
        if !self.taken.contains_key(wanted) {
            return wanted.to_owned();
        }
        let qualified = names::type_name(&format!("{owner} {wanted}"));
        let mut name = qualified.clone();
        let mut number = 2;
        while self.taken.contains_key(&name) {
            name = format!("{qualified}{number}");
            number += 1;
        }
        name
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
    here.insert("allOf".into(), json!([target]));
    Value::Object(here)
}

fn child_name(relative: &str, owner: &str) -> String {
    let tokens: Vec<&str> = relative.split('/').skip(1).collect();
    match tokens.as_slice() {
        ["properties", name] => names::type_name(&name.replace("~1", "/").replace("~0", "~")),
        ["items"] => match names::singular(owner) {
            one if one == owner => format!("{owner}Item"),
            one => one,
        },
        ["additionalProperties"] => format!("{owner}Value"),
        _ => format!("{owner}Member"),
    }
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
