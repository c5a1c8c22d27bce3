//! S018: an operation with several successful answers has one type for all of them.
//!
//! # Why
//!
//! `@response 200` and `@response 201` stand side by side where a route creates or updates, and so do two kinds of JSON
//! (`application/json` and `application/vnd.api+json`) for one status. progenitor takes one type for success.
//!
//! # What happens
//!
//! Where the answers differ in shape, each becomes the same `oneOf` of all of them.

use serde_json::{Value, json};

use super::{Mending, Repair, visit};
use crate::document::join;
use crate::shapes;
use crate::walk;

pub(super) const REPAIR: Repair = Repair {
    code: "S018",
    name: "several_successes",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::operations(mending, &mut |noting, place, operation| {
        let Some(Value::Object(responses)) = operation.get_mut("responses") else {
            return;
        };
        let mut statuses: Vec<String> = responses
            .keys()
            .filter(|status| walk::is_success(status))
            .cloned()
            .collect();
        statuses.sort();
        let mut forms: Vec<Value> = Vec::new();
        let mut places: Vec<String> = Vec::new();
        for status in &statuses {
            let content = responses[status].get("content").and_then(Value::as_object);
            let forms_of_status = content
                .into_iter()
                .flatten()
                .filter(|(media_type, _)| media_type.contains("json"))
                .filter_map(|(media_type, media)| Some((media_type, media.get("schema")?)));
            for (media_type, schema) in forms_of_status {
                places.push(join(
                    &join(&join(&join("", status), "content"), media_type),
                    "schema",
                ));
                let members = match schema.get("oneOf").and_then(Value::as_array) {
                    Some(members) => members.clone(),
                    None => vec![schema.clone()],
                };
                for member in members {
                    let shape = shape(&member);
                    if !forms.iter().any(|form| self::shape(form) == shape) {
                        forms.push(member);
                    }
                }
            }
        }
        let schemas: Vec<Value> = {
            let all = Value::Object(responses.clone());
            places
                .iter()
                .filter_map(|place| all.pointer(place).map(shape))
                .collect()
        };
        if schemas.windows(2).all(|pair| pair[0] == pair[1]) {
            return;
        }
        let pointer = join(&place.pointer(), "responses");
        let mut all = Value::Object(std::mem::take(responses));
        for place in &places {
            if let Some(schema) = all.pointer_mut(place) {
                let examples = schema.get("example").cloned();
                *schema = json!({ "oneOf": forms });
                if let Some(example) = examples {
                    schema["example"] = example;
                }
            }
        }
        if let Value::Object(all) = all {
            *responses = all;
        }
        noting.repaired(
            &pointer,
            format!("the successful answers {} differ", statuses.join(", ")),
            "gave them one type that takes any of them",
        );
    });
}

/// The shape of a schema; what stands beside a reference for the sake of an example is the reference.
fn shape(schema: &Value) -> Value {
    let shape = shapes::shape(schema);
    match shape.get("allOf").and_then(Value::as_array) {
        Some(members)
            if members.len() == 1 && shape.as_object().is_some_and(|all| all.len() == 1) =>
        {
            members[0].clone()
        }
        _ => shape,
    }
}
