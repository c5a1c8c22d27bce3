//! S020: members of a union that a payload cannot tell apart are one.
//!
//! # Why
//!
//! Scribe writes a `oneOf` member for each `@response` of a status, without a discriminator. Mostly no field is required:
//! then any object fits the first member, and what only another has would be dropped. So it would where a server leaves
//! out, or sends as null, the field that one example had.
//!
//! # What happens
//!
//! Objects stay members of their own only where each has a required field that those after it have not, and as a whole
//! answer a name (a `title`, or a component's), too. Else they become one object with the fields of all; one without a
//! documented field, which Scribe writes for an empty answer, adds none, and none is required then. So do arrays; a union
//! with one member left is that member.

use serde_json::{Map, Value, json};

use super::merged::{merged, required};
use super::{Mending, Repair, visit};
use crate::document::{join, last_token, parent};
use crate::shapes;

pub(super) const REPAIR: Repair = Repair {
    code: "S020",
    name: "union_members",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let schemas = mending
        .document
        .root
        .pointer("/components/schemas")
        .cloned()
        .unwrap_or_default();
    let mut examples: Vec<(String, Vec<Value>)> = Vec::new();
    visit::schemas(mending, &mut |noting, pointer, schema| {
        for key in ["oneOf", "anyOf"] {
            let Some(Value::Array(members)) = schema.get(key) else {
                continue;
            };
            let members = members.clone();
            // Scribe writes unions as whole answers only: elsewhere a person wrote the members.
            let is_scribes = pointer.contains("/responses/") && last_token(pointer) == "schema";
            let left = join_members(&members, &schemas, is_scribes);
            let is_any = left.is_empty() || left.iter().any(shapes::takes_anything);
            if left.len() == members.len() && left.len() > 1 && !is_any {
                continue;
            }
            let (problem, action) = if is_any {
                (
                    "a member of the union takes any JSON, or there is no member",
                    "took the union as any JSON",
                )
            } else if members.len() == 1 {
                ("the union has one member", "put it in the union's place")
            } else {
                (
                    "nothing required tells the members apart, so any payload would be taken for the first",
                    "made one type of them that has the fields of all",
                )
            };
            noting.repaired(&join(pointer, key), problem, action);
            let of_members = members
                .iter()
                .filter_map(|member| member.get("example").cloned());
            examples.push((pointer.to_owned(), of_members.collect()));
            match left.as_slice() {
                _ if is_any => {
                    schema.shift_remove(key);
                }
                [only] if only.get("$ref").is_some() => {
                    schema.shift_remove(key);
                    schema.insert("allOf".into(), json!([only]));
                }
                [Value::Object(only)] => {
                    schema.shift_remove(key);
                    for (key, value) in only {
                        if key != "example" && !schema.contains_key(key) {
                            schema.insert(key.clone(), value.clone());
                        }
                    }
                }
                _ => {
                    schema.insert(key.into(), left.into());
                }
            }
        }
    });
    for (pointer, examples) in examples {
        keep_examples(&mut mending.document.root, &pointer, examples);
    }
}

/// The examples of members that are gone go beside the whole schema; else what they prove would be lost.
fn keep_examples(root: &mut Value, pointer: &str, examples: Vec<Value>) {
    let media = (last_token(pointer) == "schema")
        .then(|| parent(pointer))
        .flatten();
    match media.and_then(|owner| root.pointer_mut(owner)) {
        Some(Value::Object(owner)) => {
            let mut named = match owner.shift_remove("examples") {
                Some(Value::Object(named)) => named,
                _ => Map::new(),
            };
            for (index, value) in examples.into_iter().enumerate() {
                named
                    .entry(format!("member {}", index + 1))
                    .or_insert(json!({ "value": value }));
            }
            if !named.is_empty() {
                owner.insert("examples".into(), Value::Object(named));
            }
        }
        _ => {
            if let (Some(Value::Object(schema)), Some(first)) =
                (root.pointer_mut(pointer), examples.into_iter().next())
            {
                schema.entry("example").or_insert(first);
            }
        }
    }
}

/// The members that can be told apart.
fn join_members(members: &[Value], schemas: &Value, is_scribes: bool) -> Vec<Value> {
    let resolve = |member: &Value| -> Value {
        let name = member
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix("#/components/schemas/"));
        match name.and_then(|name| schemas.get(name)) {
            Some(target) => target.clone(),
            None => member.clone(),
        }
    };
    let mut kept: Vec<Value> = Vec::new();
    let mut objects: Vec<(Value, Value)> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    for member in members {
        let resolved = resolve(member);
        match resolved.get("type").and_then(Value::as_str) {
            Some("object") if !is_map(&resolved) => {
                if objects.is_empty() {
                    places.push(kept.len());
                    kept.push(Value::Null);
                }
                objects.push((member.clone(), resolved));
            }
            Some(kind) => {
                let kind = kind.to_owned();
                let same = kept.iter_mut().find(|other| is_alike(other, &kind));
                match same {
                    Some(other) => *other = merged(other, &resolved),
                    None => kept.push(member.clone()),
                }
            }
            // Any JSON, or a union or composition of its own.
            None => kept.push(member.clone()),
        }
    }
    let Some(place) = places.first().copied() else {
        return kept;
    };
    let together = if (!is_scribes || are_named(&objects)) && are_distinct(&objects) {
        objects.into_iter().map(|(member, _)| member).collect()
    } else {
        let all = objects.iter().map(|(_, resolved)| resolved);
        let (open, documented): (Vec<_>, Vec<_>) =
            all.partition(|object| shapes::property_names(object).is_empty());
        let mut together = super::merged::all(documented.iter().copied());
        if let Some(together) = together.as_mut().filter(|_| !open.is_empty()) {
            take_open(together, &open);
        }
        together
            .or_else(|| open.first().map(|first| (*first).clone()))
            .into_iter()
            .collect::<Vec<_>>()
    };
    kept.splice(place..=place, together);
    kept
}

/// Whether the keys of an object are data: it is not one of several objects that fields tell apart.
fn is_map(object: &Value) -> bool {
    let values = object.get("additionalProperties");
    shapes::property_names(object).is_empty() && values.is_some_and(Value::is_object)
}

/// Makes `object` one that those without a documented field are, too: none of its fields is always there.
fn take_open(object: &mut Value, open: &[&Value]) {
    let Some(object) = object.as_object_mut() else {
        return;
    };
    object.shift_remove("required");
    let nullable = Some(&json!(true));
    if open.iter().any(|open| open.get("nullable") == nullable) {
        object.insert("nullable".into(), true.into());
    }
}

/// Whether two members that are no objects would be one Rust type.
fn is_alike(member: &Value, kind: &str) -> bool {
    match member.get("type").and_then(Value::as_str) {
        Some("integer" | "number") => matches!(kind, "integer" | "number"),
        Some(other) => other == kind && other != "object",
        None => false,
    }
}

/// Whether a person named each object.
///
/// What Scribe says to be required is so in one example; a person who names the members knows what tells them apart.
fn are_named(objects: &[(Value, Value)]) -> bool {
    objects
        .iter()
        .all(|(member, resolved)| member.get("$ref").is_some() || resolved.get("title").is_some())
}

/// Whether each object has a required field that those with fewer fields have not: those are tried after it.
fn are_distinct(objects: &[(Value, Value)]) -> bool {
    let mut sorted: Vec<&Value> = objects.iter().map(|(_, resolved)| resolved).collect();
    sorted.sort_by_key(|object| std::cmp::Reverse(shapes::property_names(object).len()));
    sorted.iter().enumerate().all(|(index, first)| {
        sorted[index + 1..].iter().all(|later| {
            let known = shapes::property_names(later);
            required(first)
                .iter()
                .any(|name| !known.iter().any(|known| known == name))
        })
    })
}
