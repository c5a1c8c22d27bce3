//! S017: an answer that is said to be `text/plain` is any JSON, which a text is as well.
//!
//! # Why
//!
//! An example that Scribe cannot read as JSON (empty, cut off, with a comment in it, a placeholder for a file) makes
//! the answer `text/plain`. The route may well answer with JSON. And what it can read as JSON it calls what the server
//! did, `text/html` for a lone number.
//!
//! # What happens
//!
//! An answer with a type that no text has is JSON. A successful answer without a JSON form gets one of any JSON. A body that is no JSON is the text itself then. Where
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
    visit::operations(mending, &mut |mending, place, operation| {
        if content::answers_bytes(operation) {
            return;
        }
        let pointer = join(&place.pointer(), "responses");
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let content = response.get_mut("content").and_then(Value::as_object_mut);
            let Some(content) = content.filter(|_| walk::is_success(status)) else {
                continue;
            };
            let pointer = join(&join(&pointer, status), "content");
            call_json(mending, &pointer, content);
            if !has_no_json(content) {
                continue;
            }
            let media_types: Vec<&str> = content.keys().map(String::as_str).collect();
            let problem = format!(
                "the answer has no JSON form, only {}",
                media_types.join(", ")
            );
            mending.repaired(&pointer, problem, "took it as any JSON or text");
            content.insert("application/json".into(), json!({ "schema": {} }));
        }
    });
}

/// Calls JSON what is JSON.
fn call_json(mending: &mut Mending<'_>, pointer: &str, content: &mut Map<String, Value>) {
    let is_one = |(name, media): &(&String, &Value)| {
        let schema = media.get("schema");
        schema.is_some_and(|schema| content::is_json_in_truth(name, schema))
    };
    let found: Vec<String> = content
        .iter()
        .filter(is_one)
        .map(|(name, _)| name.clone())
        .collect();
    for media_type in found {
        let Some(media) = content.shift_remove(&media_type) else {
            continue;
        };
        mending.repaired(
            &join(pointer, &media_type),
            "the answer has a type that no text has",
            "took it as JSON",
        );
        let free = !content.contains_key("application/json");
        let name = match free {
            true => "application/json".to_owned(),
            // The name is told to nobody.
            false => format!("{media_type}+json"),
        };
        content.insert(name, media);
    }
}

fn has_no_json(content: &Map<String, Value>) -> bool {
    !content.is_empty() && !content.keys().any(|media_type| media_type.contains("json"))
}
