//! What the loader refuses, with the message that people get, and what it accepts.

mod accepted;
mod agreement;
mod hostile;
mod operations;
mod refused;

use std::sync::Arc;

use serde_json::Value;

use crate::finding::Failure;
use crate::source::Source;

/// The value of `text`.
fn value(text: &str) -> Value {
    match super::yaml(&Source::new("a.yaml", text)) {
        Ok(document) => document.root,
        Err(failure) => panic!("{failure}"),
    }
}

/// Why `text` is refused as any YAML.
fn refusal(text: &str) -> Failure {
    super::yaml(&Source::new("a.yaml", text)).expect_err("it is refused")
}

/// Why `text` is refused as an OpenAPI document.
fn openapi_refusal(text: &str) -> Failure {
    super::load(&Source::new("openapi.yaml", text)).expect_err("it is refused")
}

/// `text` with a name.
fn source(text: impl Into<String>) -> Arc<Source> {
    Source::new("a.yaml", text)
}
