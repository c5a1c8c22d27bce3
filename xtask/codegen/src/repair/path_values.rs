//! S027: the value of a path parameter is a text, a number or a boolean.
//!
//! # Why
//!
//! `@urlParam ids string[]` and `@urlParam file file` are taken as they are written, but a path has no lists, objects or
//! files in it.
//!
//! # What happens
//!
//! The parameter is a string.

use serde_json::json;

use super::{Mending, Repair, visit};
use crate::document::join;

pub(super) const REPAIR: Repair = Repair {
    code: "S027",
    name: "path_values",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::parameter_lists(mending, &mut |noting, pointer, parameters| {
        for (index, parameter) in parameters.iter_mut().enumerate() {
            let is_nested = ["array", "object"]
                .iter()
                .any(|kind| parameter.pointer("/schema/type") == Some(&json!(kind)));
            if !is_nested || parameter.get("in") != Some(&json!("path")) {
                continue;
            }
            noting.repaired(
                &join(&join(pointer, &index.to_string()), "schema"),
                "no path has a list or an object in it",
                "made it a string",
            );
            parameter["schema"] = json!({ "type": "string" });
            if let Some(parameter) = parameter.as_object_mut() {
                // An example of another kind shows what cannot be sent.
                parameter.retain(|key, value| {
                    key != "example" || !value.is_array() && !value.is_object()
                });
            }
        }
    });
}
