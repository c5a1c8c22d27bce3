//! Schemas of several members: which member of the one is which of the other.

use serde_json::{Map, Value, json};

use super::fact::State;
use super::merge::Merger;
use super::node::Says;
use super::silence;
use crate::document::join;

/// The keys of unions.
const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// How much two members must have in common to be one: the share of the properties of both that each has.
const ALIKE: f64 = 0.5;

/// Merges `says` beneath `schema`, where one of them or both have members.
pub(super) fn merge<'a>(
    merger: &mut Merger<'a>,
    schema: &mut Map<String, Value>,
    at: &str,
    says: &Says<'a>,
) {
    let known = UNIONS.into_iter().find(|key| schema.contains_key(*key));
    let wanted = UNIONS
        .into_iter()
        .find(|key| says.value.get(*key).is_some());
    match (known, wanted) {
        (Some(known), Some(wanted)) => {
            others(merger, schema, at, says, wanted);
            if let (Some(Value::Array(members)), Some(says)) =
                (schema.get_mut(known), says.child(wanted))
            {
                of_members(merger, members, &join(at, known), &says);
            }
        }
        (Some(known), None) => beneath_members(merger, schema, at, known, says),
        (None, Some(wanted)) => {
            others(merger, schema, at, says, wanted);
            if let Some(says) = says.child(wanted) {
                widen(merger, schema, at, wanted, &says);
            }
        }
        // `allOf` on either side: all that is said holds of the one schema.
        (None, None) => {
            let parts = says.child("allOf");
            others(merger, schema, at, says, "allOf");
            let count = parts.as_ref().and_then(|parts| parts.value.as_array());
            for index in 0..count.map_or(0, Vec::len) {
                let part = parts
                    .as_ref()
                    .and_then(|parts| parts.child(&index.to_string()));
                let Some(part) = part else { continue };
                let mut node = Value::Object(std::mem::take(schema));
                merger.schema(&mut node, at, &part, None);
                if let Value::Object(node) = node {
                    *schema = node;
                }
            }
        }
    }
}

/// What the supplement says beside the members.
fn others<'a>(
    merger: &mut Merger<'a>,
    schema: &mut Map<String, Value>,
    at: &str,
    says: &Says<'a>,
    but: &str,
) {
    for (key, says) in says.entries().filter(|(key, _)| *key != but) {
        merger.entry(schema, key, &join(at, key), &says);
    }
}

/// Members with members: the most alike first; what upstream has not is appended.
fn of_members<'a>(merger: &mut Merger<'a>, members: &mut Vec<Value>, at: &str, says: &Says<'a>) {
    let count = says.value.as_array().map_or(0, Vec::len);
    let wanted: Vec<Says<'a>> = (0..count)
        .filter_map(|index| merger.resolve(&says.child(&index.to_string())?))
        .collect();
    let mut pairs = Vec::new();
    for (ours, says) in wanted.iter().enumerate() {
        for (theirs, member) in members.iter().enumerate() {
            let member = merger.target(member).unwrap_or_else(|| member.clone());
            pairs.push((alike(says.value, &member), ours, theirs));
        }
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut found: Vec<Option<usize>> = vec![None; wanted.len()];
    for (likeness, ours, theirs) in pairs {
        if likeness >= ALIKE && found[ours].is_none() && !found.contains(&Some(theirs)) {
            found[ours] = Some(theirs);
        }
    }
    let before = merger.facts();
    for (says, found) in wanted.iter().zip(found) {
        let index = found.unwrap_or(members.len());
        let at = join(at, &index.to_string());
        match found {
            Some(index) => {
                merger.schema(&mut members[index], &at, says, None);
            }
            None => members.push(merger.supply(&at, says)),
        }
    }
    merger.forget_what_tells_members_apart(before);
}

/// One schema with the members of a union: of the most alike it is a part.
fn beneath_members<'a>(
    merger: &mut Merger<'a>,
    schema: &mut Map<String, Value>,
    at: &str,
    key: &str,
    says: &Says<'a>,
) {
    let members = schema.get(key).and_then(Value::as_array);
    let members: Vec<Value> = members.into_iter().flatten().cloned().collect();
    let speaking = || {
        let members = members.iter().filter_map(Value::as_object);
        members.filter(|member| !silence::says_no_type(member, None))
    };
    let is_the_same = |member: &Map<String, Value>| {
        ["type", "format"].iter().all(|key| {
            says.value
                .get(*key)
                .is_none_or(|value| member.get(*key) == Some(value))
        })
    };
    if says.value.get("properties").is_some() {
        let likeness = |index: &usize| alike(says.value, &members[*index]);
        let best = (0..members.len()).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        if let (Some(best), Some(Value::Array(members))) = (best, schema.get_mut(key)) {
            let at = join(&join(at, key), &best.to_string());
            merger.schema(&mut members[best], &at, says, None);
        }
    } else if speaking().next().is_some() && speaking().all(is_the_same) {
        // Several times the same, as Scribe writes it, is no union.
        schema.shift_remove(key);
        for (key, says) in says.entries() {
            let at = join(at, key);
            match key.as_str() {
                "type" | "format" => {
                    schema.insert(key.clone(), says.value.clone());
                    merger.judge(&at, &says, State::Confirmed);
                }
                _ => merger.entry(schema, key, &at, &says),
            }
        }
    } else {
        let known = schema.get(key).cloned().unwrap_or_default();
        merger.contradict(at, says, &json!({ key: known }));
    }
}

/// A union where upstream has one schema: that is the member which it is like.
fn widen<'a>(
    merger: &mut Merger<'a>,
    schema: &mut Map<String, Value>,
    at: &str,
    key: &str,
    says: &Says<'a>,
) {
    let is_typed = ["type", "properties", "enum", "items", "allOf"]
        .iter()
        .any(|key| schema.contains_key(*key));
    if !is_typed {
        let supplied = merger.supply(&join(at, key), says);
        schema.insert(key.to_owned(), supplied);
        return;
    }
    let count = says.value.as_array().map_or(0, Vec::len);
    let is_like_one = (0..count).any(|index| {
        let member = says.child(&index.to_string());
        let member = member.and_then(|member| merger.resolve(&member));
        member.is_some_and(|member| alike(member.value, &Value::Object(schema.clone())) >= ALIKE)
    });
    if !is_like_one {
        let known = Value::Object(schema.clone());
        merger.contradict(&join(at, key), says, &known);
        return;
    }
    let mut members = vec![Value::Object(std::mem::take(schema))];
    of_members(merger, &mut members, &join(at, key), says);
    schema.insert(key.to_owned(), Value::Array(members));
}

/// How much two schemas have in common, from 0 to 1.
fn alike(one: &Value, other: &Value) -> f64 {
    let names = |schema: &Value| -> Vec<String> {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(Map::keys)
            .cloned()
            .collect()
    };
    let (ones, others) = (names(one), names(other));
    let shared = ones.iter().filter(|name| others.contains(name)).count();
    let all = ones.len() + others.len() - shared;
    if all == 0 {
        let kind = |schema: &Value| schema.get("type").cloned();
        return if kind(one) == kind(other) { 1.0 } else { 0.0 };
    }
    // As far as a schema counts properties, these are small numbers.
    f64::from(u32::try_from(shared).unwrap_or(u32::MAX))
        / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
}
