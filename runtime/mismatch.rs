//! What of a response did not fit its type, and what became of it.

use std::fmt;

use serde_json::Value;

use super::error::printable;
use super::response::Raw;

/// How much of a place is kept: names in it are the server's.
pub(super) const PLACE_LIMIT: usize = 1_000;

/// A value of a response that did not have the documented form; see [`Response::mismatches`](super::Response::mismatches).
///
/// `Display` and `Debug` print where it was, what was expected and what kind of value was found, but not the value, which
/// may be a secret: [`value`](Self::value) has it.
#[derive(Clone, PartialEq)]
pub struct Mismatch {
    path: String,
    expected: String,
    found: &'static str,
    value: Value,
    converted: bool,
}

impl Mismatch {
    pub(super) fn new(
        path: String,
        expected: String,
        found: &'static str,
        value: Value,
        converted: bool,
    ) -> Self {
        Self {
            path,
            expected,
            found,
            value,
            converted,
        }
    }

    /// Where it was in the response: names with dots between them, and indices, such as `data.list[3].id`; `.` for the
    /// response itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected there, in words.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// What kind of value was found, in words.
    #[must_use]
    pub fn found(&self) -> &str {
        self.found
    }

    /// The value as it was sent.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Whether the value was converted without loss, such as `"12"` to 12. Otherwise it was left out: the field is `None`,
    /// or the list is without the item.
    #[must_use]
    pub fn is_converted(&self) -> bool {
        self.converted
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = match self.converted {
            true => "it was converted",
            false => "it was left out",
        };
        let path = printable(&self.path, 200);
        write!(
            f,
            "`{path}`: {}; {end}",
            expected_but_found(&self.expected, self.found)
        )
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mismatch")
            .field("message", &self.to_string())
            .finish_non_exhaustive()
    }
}

/// The sentence of all messages about a value.
pub(super) fn expected_but_found(expected: &str, found: &str) -> String {
    match found {
        "" => expected.to_owned(),
        _ => format!("expected {expected}, but found {found}"),
    }
}

/// Records that a response did not have the documented form: how often, and the first.
#[cold]
pub(super) fn record(raw: &Raw, mismatches: &[Mismatch]) {
    let Some(first) = mismatches.first() else {
        return;
    };
    tracing::warn!(
        target: super::TARGET,
        operation = raw.operation.id,
        method = raw.operation.method,
        path = raw.operation.path,
        status = raw.status.as_u16(),
        mismatches = mismatches.len(),
        first = %first,
        "the response does not have the documented form in all places",
    );
}
