//! Whether an answer is all there.

use serde_json::{Number, Value};

use super::Got;
use super::server::{self, Answer};

pub fn check(operation: &Value, sent: &Answer, got: &Got) -> Result<(), String> {
    if got.status != sent.status {
        return Err(format!("the status came as {}", got.status));
    }
    if got.probe.as_deref() != Some(server::PROBE) {
        return Err("a header is lost".to_owned());
    }
    if got.body != sent.body {
        return Err("the raw body is another".to_owned());
    }
    let json: Option<Value> = serde_json::from_slice(&sent.body).ok();
    if got.json != json {
        return Err("the body as JSON is another".to_owned());
    }
    let value = match (&got.bytes, &got.value) {
        (Some(bytes), _) if *bytes == sent.body => return Ok(()),
        (_, Some(Ok(value))) => value,
        (_, Some(Err(error))) => return Err(format!("it is not encoded again: {error}")),
        _ => return Err("the bytes are others".to_owned()),
    };
    let text = std::str::from_utf8(&sent.body);
    let expected = match (json, operation["answer"].as_str()) {
        // What an empty body decodes to is up to the type: it holds nothing.
        _ if sent.body.is_empty() => return nothing(value),
        (Some(json), _) => json,
        (None, Some("any")) => text.map_or(Value::Null, Value::from),
        (None, _) => return Err("a typed answer came of what is no JSON".to_owned()),
    };
    same(&expected, value, "")
}

pub fn nothing(value: &Value) -> Result<(), String> {
    let empty = match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(|field| nothing(field).is_ok()),
        _ => false,
    };
    empty
        .then_some(())
        .ok_or_else(|| "something came of nothing".to_owned())
}

/// Whether `after` says what `before` said. `null` may be left out, `[]` stand for `{}`, and `5` for `5.0`.
pub fn same(before: &Value, after: &Value, place: &str) -> Result<(), String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(other) => same(value, other, &format!("{place}/{key}"))?,
                    None if value.is_null() => {}
                    None => return Err(format!("{place}/{key} is lost")),
                }
            }
            let added = after
                .iter()
                .find(|(key, value)| !before.contains_key(*key) && !value.is_null());
            added.map_or(Ok(()), |(key, _)| Err(format!("{place}/{key} is added")))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut pairs = before.iter().zip(after).enumerate();
            pairs.try_for_each(|(index, (before, after))| {
                same(before, after, &format!("{place}/{index}"))
            })
        }
        (Value::Array(before), Value::Object(after)) if before.is_empty() && after.is_empty() => {
            Ok(())
        }
        (Value::Number(before), Value::Number(after)) if same_number(before, after) => Ok(()),
        _ if before == after => Ok(()),
        _ => Err(format!("{place} is another value")),
    }
}

fn same_number(before: &Number, after: &Number) -> bool {
    match (before.as_i128(), after.as_i128()) {
        (Some(before), Some(after)) => before == after,
        _ => before.as_f64() == after.as_f64(),
    }
}
