//! S015: a value whose example is `null` may be null.
//!
//! # Why
//!
//! Scribe writes the example that it has, and where a field is optional or was null in the answer that is `null`, under
//! a type that knows no null.
//!
//! # What happens
//!
//! The schema becomes `nullable`.

use serde_json::Value;

use super::{Mending, Repair, visit};

pub(super) const REPAIR: Repair = Repair {
    code: "S015",
    name: "null_examples",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |mending, pointer, schema| {
        let is_null = schema.get("example").is_some_and(Value::is_null);
        let is_nullable = schema.get("nullable").and_then(Value::as_bool) == Some(true);
        // A parameter that is null is one that is not sent.
        if is_null
            && !is_nullable
            && schema.contains_key("type")
            && !pointer.contains("/parameters/")
        {
            schema.insert("nullable".into(), true.into());
            mending.repaired(
                pointer,
                "the example is null, which the type does not allow",
                "made it nullable",
            );
        }
    });
}
