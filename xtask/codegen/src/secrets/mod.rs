//! Document and rules → document in which every secret is marked, and a finding for each field that nobody decided on.
//!
//! A field is a property of a request or response body, or a parameter. A secret gets `format: password`, which the
//! later stages make a type of that no `Debug` prints, whatever type or other format upstream gives it. Which fields are
//! secrets is data, the rules of one file: `docs/secrets.md` is its manual.

mod decide;
mod mark;
mod name;
mod places;
mod reader;
mod rule;
mod sounds;
#[cfg(test)]
mod tests;
mod undecided;

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::source::Source;

/// The `format` of a secret.
pub(crate) const FORMAT: &str = "password";

/// Whether `schema` is marked as a secret.
pub(crate) fn is_secret(schema: &Map<String, Value>) -> bool {
    schema.get("format").and_then(Value::as_str) == Some(FORMAT)
}

/// A document with its secrets marked.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The document.
    pub document: Document,
    /// The fields that sound like a secret and that no rule decides, one finding for each name.
    pub findings: Vec<Finding>,
}

/// `document` with its secrets marked by the rules in `rules`.
///
/// A text that sounds like a secret and is not decided is marked, too: what nobody decided on is not printed.
///
/// # Errors
///
/// When the rules cannot be read: every problem of them.
pub fn apply(document: &Document, rules: &Arc<Source>) -> Result<Marked, Failure> {
    let rules = reader::read(rules)?;
    let mut document = document.clone();
    mark::inline_references(&mut document, &rules);
    let decided = decide::decide(&document.root, &rules);
    let findings = undecided::findings(&document, &rules, &decided.undecided);
    for (pointer, schema) in decided.shown {
        mark::put(&mut document, &pointer, schema);
    }
    for pointer in &decided.secret {
        mark::mark(&mut document, pointer);
    }
    Ok(Marked { document, findings })
}
