//! S024: a secret is a string, or an error says that it would be printed.
//!
//! # Why
//!
//! `format: password` makes a field a type that no `Debug` prints, and only a string can be one. A patch or Scribe may
//! say it of a field without a type, of one with a list of values (Laravel's `in:` rule), or of a number.
//!
//! # What happens
//!
//! A missing type becomes `string`, and a list of values is left out. With any other type it is an error.

use serde_json::Value;

use super::{Mending, Repair, visit};
use crate::finding::Severity;

pub(super) const REPAIR: Repair = Repair {
    code: "S024",
    name: "plain_secrets",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |mending, pointer, schema| {
        if schema.get("format").and_then(Value::as_str) != Some("password") {
            return;
        }
        let composed = ["$ref", "oneOf", "anyOf", "allOf"]
            .iter()
            .any(|key| schema.contains_key(*key));
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => {}
            None if !composed => {
                schema.insert("type".into(), "string".into());
                mending.repaired(pointer, "a secret has no type", "made it a string");
            }
            found => {
                let found = found.unwrap_or("several forms").to_owned();
                mending.note(
                    Severity::Error,
                    pointer,
                    format!("expected a secret (`format: password`) to be a string, but found {found}: it would be printed"),
                    "correct the type with a patch",
                );
            }
        }
        if schema.shift_remove("enum").is_some() {
            mending.repaired(
                pointer,
                "a secret has a list of values, and a type made of it would be printed",
                "left the list out",
            );
        }
    });
}
