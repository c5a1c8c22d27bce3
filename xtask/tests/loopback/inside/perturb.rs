//! Every node of every response as each other kind of JSON: none is refused, and nothing is lost silently.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::compare;
use crate::runtime::{Bytes, Error, Mismatch, Response};

/// A response, encoded again, and what did not fit.
pub struct Decoded {
    value: Value,
    mismatches: Vec<Mismatch>,
}

/// How the responses of an operation are decoded.
pub type Decode = fn(Vec<u8>) -> Result<Decoded, Error>;

pub fn decode<T: Serialize + DeserializeOwned + 'static>(body: Vec<u8>) -> Result<Decoded, Error> {
    let response = Response::<T>::of_body(Bytes::from(body))?;
    Ok(Decoded {
        value: serde_json::to_value(&*response).expect("what was decoded is encoded"),
        mismatches: response.mismatches().to_vec(),
    })
}

/// Of each kind one, and of some one that can be converted, or holds something.
fn kinds() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(1),
        json!(-7),
        json!(7.5),
        json!(8.0),
        json!("text"),
        json!("12"),
        json!([]),
        json!(["text", { "name_of_no_type": 1 }]),
        json!({}),
        json!({ "name_of_no_type": "value" }),
        json!({ "3": { "name_of_no_type": 1 } }),
    ]
}

/// The names in those, which no type has: only the response as JSON does.
const NEW: &[&str] = &["name_of_no_type", "3"];

/// How many were tried, and what went wrong.
pub fn check(decode: Decode, body: &Value, failures: &mut Vec<String>) -> usize {
    let mut pointers = Vec::new();
    collect(body, String::new(), &mut pointers);
    let mut tried = 0;
    for pointer in pointers {
        for kind in kinds() {
            let mut changed = body.clone();
            let node = changed.pointer_mut(&pointer).expect("it is there");
            if *node == kind {
                continue;
            }
            *node = kind;
            tried += 1;
            // The outer form is that of the operation.
            let outer = pointer.is_empty() && !same_form(body, &changed);
            let problem = match decode(changed.to_string().into_bytes()) {
                Err(error) if outer && error.is_decode() && error.body().is_some() => None,
                Err(error) => Some(error.to_string()),
                Ok(decoded) => lost(&changed, &decoded).err(),
            };
            if let Some(problem) = problem {
                let kind = changed.pointer(&pointer).expect("it is there");
                failures.push(format!("{kind} at {pointer}: {problem}"));
            }
        }
    }
    tried
}

fn same_form(left: &Value, right: &Value) -> bool {
    right.is_null()
        || left.is_object() && (right.is_object() || right == &json!([]))
        || left.is_array() && right.is_array()
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{pointer}/{name}"), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}

/// What the response lost of the body, and does not say.
fn lost(sent: &Value, decoded: &Decoded) -> Result<(), String> {
    let mut said = decoded.mismatches.clone();
    // A response of `null` is one without anything in it.
    if !sent.is_null() || !said.is_empty() {
        compare(sent, Some(&decoded.value), ".", &mut said)?;
    } else {
        compare::nothing(&decoded.value)?;
    }
    match said.first() {
        None => Ok(()),
        Some(mismatch) => Err(format!("nothing is wrong with it: {mismatch}")),
    }
}

/// Whether all of `before` is in `after`, or in a mismatch of its place; those that are met are taken out of `said`.
fn compare(
    before: &Value,
    after: Option<&Value>,
    place: &str,
    said: &mut Vec<Mismatch>,
) -> Result<(), String> {
    let index = said.iter().position(|mismatch| mismatch.path() == place);
    if let Some(mismatch) = index.map(|index| said.remove(index)) {
        if mismatch.value() != before {
            return Err(format!("{mismatch}, but the value is {}", mismatch.value()));
        }
        if !mismatch.is_converted() {
            return match after {
                None | Some(Value::Null) => Ok(()),
                Some(after) => Err(format!("{mismatch}, but it is {after}")),
            };
        }
        return match (before, after) {
            // A list in PHP's other form.
            (Value::Object(entries), Some(Value::Array(items))) => {
                let names = entries.keys().map(|name| step(place, name));
                let places: Vec<String> = names.collect();
                every(entries.values().zip(&places), items, said)
            }
            (Value::Null, Some(Value::Array(items))) if items.is_empty() => Ok(()),
            (before, Some(after)) if words(before) == words(after) => Ok(()),
            _ => Err(format!("{mismatch}, but it is {after:?}")),
        };
    }
    match (before, after) {
        (Value::Object(entries), Some(Value::Object(others))) => {
            entries.iter().try_for_each(|(name, value)| {
                let other = others.get(name);
                if other.is_none() && NEW.contains(&name.as_str()) {
                    return Ok(());
                }
                compare(value, other, &step(place, name), said)
            })
        }
        (Value::Array(items), Some(Value::Array(others))) => {
            let places: Vec<String> = (0..items.len())
                .map(|index| format!("{}[{index}]", place.strip_prefix('.').unwrap_or(place)))
                .collect();
            every(items.iter().zip(&places), others, said)
        }
        (before, None) if before.is_null() => Ok(()),
        (before, None) => Err(format!("{place} is lost: {before}")),
        (before, Some(after)) => compare::same(before, after, place),
    }
}

/// The same of the items of a list, of which some may be passed over.
fn every<'a>(
    items: impl Iterator<Item = (&'a Value, &'a String)>,
    others: &[Value],
    said: &mut Vec<Mismatch>,
) -> Result<(), String> {
    let mut others = others.iter();
    for (item, place) in items {
        let passed_over = |mismatch: &Mismatch| mismatch.path() == place && !mismatch.is_converted();
        let after = match said.iter().any(passed_over) {
            true => None,
            false => others.next(),
        };
        compare(item, after, place, said)?;
    }
    match others.next() {
        None => Ok(()),
        Some(more) => Err(format!("{more} is added")),
    }
}

fn step(place: &str, name: &str) -> String {
    match place {
        "." => name.to_owned(),
        place => format!("{place}.{name}"),
    }
}

/// What a scalar says, whatever kind it is of.
fn words(value: &Value) -> String {
    match value {
        // As text, a truth is its word.
        Value::String(text) if text == "true" => "1".to_owned(),
        Value::String(text) => text.parse::<f64>().map_or(text.clone(), |number| number.to_string()),
        Value::Bool(is) => u8::from(*is).to_string(),
        Value::Number(number) => number.as_f64().expect("it is a number").to_string(),
        other => other.to_string(),
    }
}
