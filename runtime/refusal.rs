//! A refusal with the status of a success, in place of a file.

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Map, Value};

use super::decode::without_byte_order_mark;

/// How long it can be, in bytes.
pub(super) const LONGEST: usize = 64 << 10;

/// Whether what comes in place of a file may be one: it is said to be JSON, or not said what it is.
pub(super) fn may_be(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(|media_type| {
        let media_type = media_type.to_str().unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.to_ascii_lowercase().ends_with("json")
    })
}

/// Whether what has come of a body may become one.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn may_begin(start: &[u8]) -> bool {
    let start = without_byte_order_mark(start).trim_ascii_start();
    start.is_empty() || start.starts_with(b"{")
}

/// Whether a body says nothing else than what a failure does.
pub(super) fn is(body: &[u8]) -> bool {
    const WORDS: [&str; 7] = [
        "code",
        "description",
        "error",
        "errors",
        "message",
        "status",
        "success",
    ];
    let body = without_byte_order_mark(body);
    if body.len() > LONGEST || !body.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let fields: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let says = ["error", "errors", "message"]
        .iter()
        .any(|name| fields.contains_key(*name));
    let denies = fields.get("success") == Some(&Value::Bool(false));
    (says || denies) && fields.keys().all(|name| WORDS.contains(&name.as_str()))
}
