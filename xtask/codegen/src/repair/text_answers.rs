//! S017: an answer that is said to be `text/plain` is any JSON, which a text is as well.
//!
//! # Why
//!
//! An example that Scribe cannot read as JSON (empty, cut off, with a comment in it, a placeholder for a file) makes
//! the answer `text/plain`. The route may well answer with JSON.
//!
//! # What happens
//!
//! A successful answer without a JSON form gets one of any JSON. A body that is no JSON is the text itself then. Where
//! all of them are files, nothing happens: the answer is bytes.

use serde_json::{Map, Value, json};

use super::{Mending, Repair, visit};
use crate::content;
use crate::document::join;
use crate::walk;

pub(super) const REPAIR: Repair = Repair {
    code: "S017",
    name: "text_answers",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::operations(mending, &mut |noting, place, operation| {
        if content::answers_bytes(operation) {
            return;
        }
        let pointer = join(&place.pointer(), "responses");
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let content = response.get_mut("content").and_then(Value::as_object_mut);
            let Some(content) =
                content.filter(|content| walk::is_success(status) && has_no_json(content))
            else {
                continue;
            };
            let media_types: Vec<&str> = content.keys().map(String::as_str).collect();
            let problem = format!(
                "the answer has no JSON form, only {}",
                media_types.join(", ")
            );
            noting.repaired(
                &join(&join(&pointer, status), "content"),
                problem,
                "took it as any JSON or text",
            );
            content.insert("application/json".into(), json!({ "schema": {} }));
        }
    });
}

fn has_no_json(content: &Map<String, Value>) -> bool {
    !content.is_empty() && !content.keys().any(|media_type| media_type.contains("json"))
}
