//! S019: an operation that documents no successful answer can succeed.
//!
//! # Why
//!
//! Where Scribe can make no response call (a route that needs a login, or changes data) there is no answer at all
//! (`responses: {}`), or only the 401 that it got.
//!
//! # What happens
//!
//! Any 2xx is a success, and its body is any JSON, as it was sent.

use serde_json::{Value, json};

use super::{Mending, Repair, visit};
use crate::document::join;
use crate::walk;

pub(super) const REPAIR: Repair = Repair {
    code: "S019",
    name: "missing_success",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::operations(mending, &mut |noting, place, operation| {
        let responses = operation.entry("responses").or_insert_with(|| json!({}));
        let Value::Object(responses) = responses else {
            return;
        };
        if responses.keys().any(|status| walk::is_success(status)) {
            return;
        }
        let mut statuses: Vec<&str> = responses.keys().map(String::as_str).collect();
        statuses.sort_unstable();
        let problem = match statuses.as_slice() {
            [] => "the operation documents no answer".to_owned(),
            statuses => format!(
                "the operation documents no success, only {}",
                statuses.join(", ")
            ),
        };
        noting.repaired(
            &join(&place.pointer(), "responses"),
            problem,
            "took any 2xx as a success with any JSON",
        );
        responses.insert(
            "2XX".into(),
            json!({ "description": "", "content": { "application/json": { "schema": Value::Object(serde_json::Map::new()) } } }),
        );
    });
}
