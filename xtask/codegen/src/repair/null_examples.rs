//! S015: a value whose example is `null` may be null.
//!
//! # Why
//!
//! Scribe writes the example that it has, and where a field is optional or was null in the answer that is `null`, under
//! a type that knows no null.
//!
//! # What happens
//!
//! The schema becomes `nullable`. A request that is null as a whole is none: that example is taken out.

use serde_json::Value;

use super::{Mending, Repair, visit};
use crate::document::{join, last_token, parent};

pub(super) const REPAIR: Repair = Repair {
    code: "S015",
    name: "null_examples",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |noting, pointer, schema| {
        let is_null = schema.get("example").is_some_and(Value::is_null);
        let is_nullable = schema.get("nullable").and_then(Value::as_bool) == Some(true);
        if is_null && is_whole_request(pointer) {
            schema.shift_remove("example");
            noting.repaired(
                &join(pointer, "example"),
                "the example of the whole request is null, which is what Scribe writes for none",
                "took the example out",
            );
        } else if is_null
            // A parameter that is null is one that is not sent.
            && !is_nullable
            && schema.contains_key("type")
            && !pointer.contains("/parameters/")
        {
            schema.insert("nullable".into(), true.into());
            noting.repaired(
                pointer,
                "the example is null, which the type does not allow",
                "made it nullable",
            );
        }
    });
}

/// Whether the schema at `pointer` is that of a whole request.
fn is_whole_request(pointer: &str) -> bool {
    let content = parent(pointer).and_then(parent);
    let owner = content.and_then(parent);
    last_token(pointer) == "schema" && owner.is_some_and(|owner| last_token(owner) == "requestBody")
}
