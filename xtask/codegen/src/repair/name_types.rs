//! S026: the name of a parameter is a text.
//!
//! # Why
//!
//! PHP turns a key such as `'7'` into the number 7, and YAML reads `name: 7` as a number and `name: true` as a boolean.
//!
//! # What happens
//!
//! The number is written as a text, also among the names that are required. Anything else is no name, and the parameter
//! is left out.

use serde_json::Value;

use super::{Mending, Repair, visit};
use crate::document::join;

pub(super) const REPAIR: Repair = Repair {
    code: "S026",
    name: "name_types",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::parameter_lists(mending, &mut |noting, pointer, parameters| {
        let mut index = 0;
        parameters.retain_mut(|parameter| {
            let pointer = join(&join(pointer, &index.to_string()), "name");
            index += 1;
            let Some(name) = parameter.get_mut("name").filter(|name| !name.is_string()) else {
                return true;
            };
            match text(name) {
                Some(text) => {
                    noting.repaired(&pointer, "the name is no text", "wrote it as one");
                    *name = text.into();
                    true
                }
                None => {
                    noting.repaired(&pointer, "the name is no text", "left the parameter out");
                    false
                }
            }
        });
    });
    visit::schemas(mending, &mut |noting, pointer, schema| {
        let Some(Value::Array(required)) = schema.get_mut("required") else {
            return;
        };
        for (index, name) in required.iter_mut().enumerate() {
            if let Some(text) = text(name) {
                let pointer = join(&join(pointer, "required"), &index.to_string());
                noting.repaired(&pointer, "the name is no text", "wrote it as one");
                *name = text.into();
            }
        }
    });
}

/// What YAML read as something else, as the text that it was.
fn text(name: &Value) -> Option<String> {
    match name {
        Value::Number(_) | Value::Bool(_) => Some(name.to_string()),
        _ => None,
    }
}
