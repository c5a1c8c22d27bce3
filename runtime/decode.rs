//! From the body of an answer to a value, and what to say when that fails.
//!
//! serde's messages quote the offending value (`invalid type: string "hunter2"`), so none of them
//! is kept: place, expectation and kind of the value found are taken from it, the value is not.

use std::any::TypeId;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use super::Error;
use super::error::Kind;
use super::response::Raw;

/// Why a body did not decode. It holds the body, and never prints it.
pub(super) struct Mismatch {
    pub(super) raw: Raw,
    problem: Problem,
}

/// Where the body differs from the type, in words that hold nothing of the body but its keys.
enum Problem {
    Nothing,
    NotJson {
        line: usize,
        column: usize,
        found: &'static str,
    },
    Data {
        path: String,
        text: String,
    },
}

/// Decodes a body.
///
/// * `serde_json::Value` stands for "the document shows no type", and any body is one: an empty
///   body is `Null`, text that is not JSON is a `String`, and bytes that are not text are `Null`
///   (the raw body has them).
/// * For any other type an empty body counts as `null`, and `null` as `{}` or `[]` where it does not fit:
///   the status said that the operation succeeded, and a type that needs nothing from the body has
///   all it needs.
pub(super) fn decode<T: DeserializeOwned + 'static>(raw: &Raw) -> Result<T, Error> {
    let body = without_byte_order_mark(&raw.body);
    if matches!(body.trim_ascii(), b"" | b"null") {
        return serde_json::from_slice(b"null")
            .or_else(|_| serde_json::from_slice(b"{}"))
            .or_else(|_| serde_json::from_slice(b"[]"))
            .map_err(|_| mismatch(raw, Problem::Nothing));
    }
    // Keeping track of the path costs time, so it is done only when there is a path to report.
    if let Ok(value) = serde_json::from_slice(body) {
        return Ok(value);
    }
    if TypeId::of::<T>() == TypeId::of::<Value>() {
        let text = std::str::from_utf8(body).map_or(Value::Null, Value::from);
        if let Ok(value) = serde_json::from_value(text) {
            return Ok(value);
        }
    }
    let problem = match serde_path_to_error::deserialize::<_, T>(
        &mut serde_json::Deserializer::from_slice(body),
    ) {
        Err(error) => Problem::of(&error.path().to_string(), error.inner()),
        // What is left to be wrong is text after the value.
        Ok(_) => match serde_json::from_slice::<serde::de::IgnoredAny>(body) {
            Err(error) => Problem::of(".", &error),
            Ok(_) => Problem::Data {
                path: ".".to_owned(),
                text: "the value was refused".to_owned(),
            },
        },
    };
    Err(mismatch(raw, problem))
}

/// The item at `index` of the list at `path` of a body.
pub(super) fn item<T: DeserializeOwned>(
    raw: &Raw,
    path: &str,
    index: usize,
    item: Value,
) -> Result<T, Error> {
    serde_path_to_error::deserialize(item).map_err(|error| {
        let mut place = format!("{path}[{index}]");
        match error.path().to_string().as_str() {
            "." => {}
            inner => place.extend([".", inner]),
        }
        mismatch(raw, Problem::of(&place, error.inner()))
    })
}

/// That there is no list at `path` of a body.
pub(super) fn no_list(raw: &Raw, path: &str) -> Error {
    mismatch(
        raw,
        Problem::Data {
            path: if path.is_empty() { "." } else { path }.to_owned(),
            text: "expected an array, but found another kind of value".to_owned(),
        },
    )
}

/// That a body is JSON of another kind than it should be.
pub(super) fn unexpected(raw: &Raw, text: &'static str) -> Error {
    let path = ".".to_owned();
    let text = text.to_owned();
    mismatch(raw, Problem::Data { path, text })
}

/// The body as JSON.
pub(super) fn json(raw: &Raw) -> Result<Value, Error> {
    serde_json::from_slice(without_byte_order_mark(&raw.body)).map_err(|error| {
        let problem = if raw.body.trim_ascii().is_empty() {
            Problem::Nothing
        } else {
            Problem::of(".", &error)
        };
        mismatch(raw, problem)
    })
}

fn mismatch(raw: &Raw, problem: Problem) -> Error {
    Error::new(
        Some(raw.operation),
        Kind::Decode(Mismatch {
            raw: raw.clone(),
            problem,
        }),
    )
    .after(raw.attempts)
}

/// PHP sources saved with a byte-order mark send it in front of every answer.
pub(super) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

impl Problem {
    fn of(path: &str, error: &serde_json::Error) -> Self {
        if error.classify() == Category::Data {
            return Self::Data {
                path: short(path),
                text: describe(error),
            };
        }
        Self::NotJson {
            line: error.line(),
            column: error.column(),
            found: if error.classify() == Category::Eof {
                "the end of the body"
            } else {
                "text that is not JSON"
            },
        }
    }
}

/// Expectation and kind of value from one of serde's own messages, without the value.
fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let mut message = message.as_str();
    // Of a value that was read before there is no line, and what looks like one is of the value.
    if error.line() > 0
        && let Some((text, _)) = message.rsplit_once(" at line ")
    {
        message = text;
    }
    if message.starts_with("missing field ") || message.starts_with("duplicate field ") {
        return short(message);
    }
    let found = [
        ("invalid type: string", "a string"),
        ("invalid type: boolean", "a boolean"),
        ("invalid type: integer", "an integer"),
        ("invalid type: floating point", "a number with a fraction"),
        ("invalid type: null", "null"),
        ("invalid type: sequence", "an array"),
        ("invalid type: map", "an object"),
        ("invalid value: ", "a value out of range"),
        ("invalid length ", "another number of items"),
        ("unknown variant ", "a value that is not listed"),
        ("unknown field ", "a field that is not listed"),
    ]
    .into_iter()
    .find_map(|(prefix, found)| message.starts_with(prefix).then_some(found));
    // The value comes before the expectation, so the last separator is serde's own.
    match (found, message.rsplit_once(", expected ")) {
        (Some(found), Some((_, expected))) => {
            format!("expected {}, but found {found}", expectation(expected))
        }
        _ => "the value was refused".to_owned(),
    }
}

/// serde speaks of Rust's types; the body has JSON's.
fn expectation(text: &str) -> String {
    match text {
        "a sequence" => "an array".to_owned(),
        "a map" => "an object".to_owned(),
        _ => match text.strip_prefix("struct ") {
            Some(name) => format!("an object (`{name}`)"),
            None => short(text),
        },
    }
}

/// Keys come from the body: no control characters, and no more than what fits a line.
fn short(text: &str) -> String {
    super::error::printable(text, 200)
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.raw.status.as_u16();
        write!(f, "the answer ({status}) does not have the documented form")?;
        match &self.problem {
            Problem::Nothing => write!(f, ": expected a value, but found an empty body or `null`"),
            Problem::NotJson {
                line,
                column,
                found,
            } => {
                write!(
                    f,
                    " at line {line} column {column}: expected JSON, but found {found}"
                )
            }
            Problem::Data { path, text } if path == "." => write!(f, ": {text}"),
            Problem::Data { path, text } => write!(f, " at `{path}`: {text}"),
        }
    }
}
