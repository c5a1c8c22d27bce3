//! S009: an array that does not say what its items are says so.
//!
//! # Why
//!
//! For `@bodyParam ids array` and for an empty array in an example Scribe knows no items, and OpenAPI wants some.
//!
//! # What happens
//!
//! The items are what the example's are, if those are texts, numbers or booleans of one kind; else any JSON.

use serde_json::{Value, json};

use super::{Mending, Repair, visit};

pub(super) const REPAIR: Repair = Repair {
    code: "S009",
    name: "missing_items",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |noting, pointer, schema| {
        if schema.get("type") != Some(&json!("array"))
            || schema.get("items").is_some_and(Value::is_object)
        {
            return;
        }
        let kind = schema
            .get("example")
            .and_then(Value::as_array)
            .and_then(|items| one_kind(items));
        let (items, action) = match kind {
            Some(kind) => (
                json!({ "type": kind }),
                format!("took them as {kind}, like those of the example"),
            ),
            None => (json!({}), "took them as any JSON".to_owned()),
        };
        schema.insert("items".into(), items);
        noting.repaired(pointer, "the array does not say what its items are", action);
    });
}

fn one_kind(items: &[Value]) -> Option<&'static str> {
    let kind = |value: &Value| match value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        _ => None,
    };
    let first = kind(items.first()?)?;
    items
        .iter()
        .all(|item| kind(item) == Some(first))
        .then_some(first)
}
