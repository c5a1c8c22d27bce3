//! From the body of a response to a value, and what to say when that fails.
//!
//! serde's messages quote the offending value (`invalid type: string "hunter2"`), so none of them
//! is kept: place, expectation and kind of the value found are taken from it, the value is not.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed as _};
use serde_json::Value;
use serde_json::error::Category;

use super::error::Kind;
use super::lenient::Lenient;
use super::mismatch::{Mismatch, expected_but_found};
use super::report::{Failure, Report, below, place};
use super::response::Raw;
use super::slot::Bounded;
use super::{Error, ignored, json, memory};

/// How bodies are decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decoding {
    /// Whether a value that does not fit its type is an error.
    pub(super) strict: bool,
    /// How much memory a decoded body may take, in bytes.
    pub(super) memory: usize,
}

/// Why a body did not decode. It holds the body, and never prints it.
pub(super) struct Undecoded {
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
    /// It would take more memory than there is for it.
    Large(usize),
}

/// A value, and what of the body did not fit it.
pub(super) type Decoded<T> = (T, Vec<Mismatch>);

/// Decodes a body.
///
/// * `serde_json::Value` stands for "the document shows no type", and any body is one: an empty
///   body is `Null`, text that is not JSON is a `String`, and bytes that are not text are `Null`
///   (the raw body has them).
/// * Any other type is JSON: see [`decode_json`].
pub(super) fn decode<T: DeserializeOwned + 'static>(raw: &Raw) -> Result<Decoded<T>, Error> {
    let decoded = decoded(raw);
    if TypeId::of::<T>() == TypeId::of::<Value>()
        && let Err(Problem::NotJson { .. }) = decoded
    {
        let text = std::str::from_utf8(without_byte_order_mark(&raw.body));
        if let Ok(value) = serde_json::from_value(text.map_or(Value::Null, Value::from)) {
            return Ok((value, Vec::new()));
        }
    }
    decoded.map_err(|problem| undecoded(raw, problem))
}

/// Decodes a body that is JSON.
///
/// An empty body counts as `null`, and `null` as `{}` or `[]` where it does not fit: the status said that the operation
/// succeeded, and a type that needs nothing from the body has all it needs.
pub(super) fn decode_json<T: DeserializeOwned + 'static>(raw: &Raw) -> Result<Decoded<T>, Error> {
    decoded(raw).map_err(|problem| undecoded(raw, problem))
}

fn decoded<T: DeserializeOwned + 'static>(raw: &Raw) -> Result<Decoded<T>, Problem> {
    let body = without_byte_order_mark(&raw.body);
    if matches!(body.trim_ascii(), b"" | b"null") {
        return serde_json::from_slice(b"null")
            .or_else(|_| serde_json::from_slice(b"{}"))
            .or_else(|_| serde_json::from_slice(b"[]"))
            .map(|value| (value, Vec::new()))
            .map_err(|_| Problem::Nothing);
    }
    within(raw, || {
        let (strict, doubtful) = ignored::doubted(|| {
            let mut text = serde_json::Deserializer::from_slice(body);
            let value = Bounded::<T>(PhantomData).deserialize(&mut text)?;
            text.end()?;
            Ok::<_, serde_json::Error>(value)
        });
        match strict {
            Ok(Some(value)) if !doubtful || raw.decoding.strict => Ok((value, Vec::new())),
            // What was kept as it was sent may fit when it is converted.
            Ok(Some(value)) => Ok(leniently(raw, body).unwrap_or((value, Vec::new()))),
            Ok(None) => Err(Problem::Nothing),
            Err(error) if error.classify() != Category::Data || memory::is_spent() => {
                Err(Problem::of(&error))
            }
            Err(_) => leniently(raw, body),
        }
    })
}

/// Decodes a body again, and leaves out what does not fit.
#[cold]
fn leniently<'b, T: DeserializeOwned + 'static>(
    raw: &Raw,
    body: &'b [u8],
) -> Result<Decoded<T>, Problem> {
    let read = |report: &Report<'b>| {
        let mut text = serde_json::Deserializer::from_slice(body);
        let value = Bounded::<T>(PhantomData).deserialize(Lenient::new(&mut text, report))?;
        text.end()?;
        Ok(value)
    };
    let whole = || json::from_slice(body);
    match mended(raw.decoding.strict, "", body.len(), whole, read) {
        Ok((Some(value), mismatches)) => Ok((value, mismatches)),
        Ok((None, _)) => Err(Problem::Nothing),
        // A type that can do without a value can do without this one, as long as it is of the right kind.
        Err(Unread::Unfit(mismatch, false)) if !raw.decoding.strict => {
            match serde_json::from_slice(b"null") {
                Ok(value) => Ok((value, vec![*mismatch])),
                Err(_) => Err(Problem::of_mismatch(&mismatch)),
            }
        }
        Err(Unread::Unfit(mismatch, _)) => Err(Problem::of_mismatch(&mismatch)),
        Err(Unread::Broken(error)) => Err(Problem::of(&error)),
    }
}

/// The item at `index` of the list at `path` of a body; none where nothing can be made of it.
pub(super) fn item<T: DeserializeOwned + 'static>(
    raw: &Raw,
    path: &str,
    index: usize,
    item: Value,
) -> Result<Decoded<Option<T>>, Error> {
    let lenient = || {
        let place = below(path, &format!("[{index}]"));
        let read = |report: &Report<'_>| T::deserialize(Lenient::new(item.clone(), report));
        mended(raw.decoding.strict, &place, 0, || Ok(item.clone()), read)
    };
    let decoded = within(raw, || {
        let (strict, doubtful) = ignored::doubted(|| T::deserialize(&item));
        match strict {
            Ok(value) if !doubtful || raw.decoding.strict => Ok((Some(value), Vec::new())),
            strict => match (strict, lenient()) {
                (_, Ok((value, mismatches))) => Ok((Some(value), mismatches)),
                (Ok(value), Err(_)) => Ok((Some(value), Vec::new())),
                (Err(_), Err(Unread::Broken(error))) => Err(Problem::of(&error)),
                (Err(_), Err(Unread::Unfit(mismatch, _))) if raw.decoding.strict => {
                    Err(Problem::of_mismatch(&mismatch))
                }
                (Err(_), Err(Unread::Unfit(mismatch, _))) => Ok((None, vec![*mismatch])),
            },
        }
    });
    decoded.map_err(|problem| undecoded(raw, problem))
}

/// Why a lenient decoding gave nothing.
enum Unread {
    /// Nothing of the type can be made of it; and whether that is for its kind.
    Unfit(Box<Mismatch>, bool),
    Broken(serde_json::Error),
}

/// How many bytes are read again, and how many values are left out at most, for the sake of types that know nothing of
/// leaving out.
const AGAIN: usize = 32 << 20;
const CUTS: usize = 1_000;

/// What `read` gives, until nothing in it fails. A type of ours needs one reading; one of a caller's as many as it refuses
/// values that it could do without.
fn mended<'de, T>(
    strict: bool,
    prefix: &str,
    length: usize,
    whole: impl Fn() -> Result<Value, serde_json::Error>,
    read: impl Fn(&Report<'de>) -> Result<T, serde_json::Error>,
) -> Result<Decoded<T>, Unread> {
    let mut report = Report::default();
    let mut first: Option<Failure<'de>> = None;
    let mut left = if strict {
        0
    } else {
        (AGAIN / length.max(1)).clamp(8, CUTS)
    };
    loop {
        let error = match read(&report) {
            Ok(value) => {
                let mismatches = report.into_mismatches(prefix, whole);
                let mut mismatches = mismatches.map_err(Unread::Broken)?;
                if strict && !mismatches.is_empty() {
                    return Err(Unread::Unfit(Box::new(mismatches.swap_remove(0)), false));
                }
                return Ok((value, mismatches));
            }
            Err(error) => error,
        };
        if report.is_over() {
            return Err(Unread::Broken(error));
        }
        let Some(failure) = report.failed() else {
            return Err(Unread::Broken(error));
        };
        let first = first.get_or_insert_with(|| failure.clone());
        if left == 0 || !report.cut(failure) {
            let of_kind = first.of_kind && first.path.is_empty();
            let (path, value) = match strict {
                true => (place(&first.path), Ok(Value::Null)),
                false => (".".to_owned(), whole()),
            };
            let expected = first.expected_within(strict);
            let path = below(prefix, &path);
            let value = value.map_err(Unread::Broken)?;
            let mismatch = Mismatch::new(path, expected, first.found, value, false);
            return Err(Unread::Unfit(Box::new(mismatch), of_kind));
        }
        left -= 1;
    }
}

/// Decodes within the memory that there is for a body.
fn within<T>(raw: &Raw, decode: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    let (decoded, spent) = memory::within(raw.decoding.memory, decode);
    match decoded {
        Err(_) if spent => Err(Problem::Large(raw.decoding.memory)),
        decoded => decoded,
    }
}

/// That a body is no page of a list, for what is at `path`.
pub(super) fn no_page(raw: &Raw, path: &str, expected: &str, found: &str) -> Error {
    let problem = Problem::Data {
        path: if path.is_empty() { "." } else { path }.to_owned(),
        text: expected_but_found(expected, found),
    };
    undecoded(raw, problem)
}

/// That a body is JSON of another kind than it should be.
pub(super) fn unexpected(raw: &Raw, text: &'static str) -> Error {
    let path = ".".to_owned();
    let text = text.to_owned();
    undecoded(raw, Problem::Data { path, text })
}

/// The body as JSON.
pub(super) fn json(raw: &Raw) -> Result<Value, Error> {
    let read = || {
        let value = json::from_slice(without_byte_order_mark(&raw.body));
        value.map_err(|error| match raw.body.trim_ascii() {
            b"" => Problem::Nothing,
            _ => Problem::of(&error),
        })
    };
    within(raw, read).map_err(|problem| undecoded(raw, problem))
}

/// The body as text.
pub(super) fn text(raw: &Raw) -> Result<String, Error> {
    let text = std::str::from_utf8(without_byte_order_mark(&raw.body));
    text.map(str::to_owned).map_err(|_| {
        let path = ".".to_owned();
        let text = expected_but_found("text", "bytes that are not UTF-8");
        undecoded(raw, Problem::Data { path, text })
    })
}

#[cold]
fn undecoded(raw: &Raw, problem: Problem) -> Error {
    let undecoded = Undecoded {
        raw: raw.clone(),
        problem,
    };
    Error::new(Some(raw.operation), Kind::Decode(undecoded)).after(raw.attempts)
}

/// PHP sources saved with a byte-order mark send it in front of every response.
pub(super) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

impl Problem {
    fn of(error: &serde_json::Error) -> Self {
        if error.classify() == Category::Data {
            return Self::Data {
                path: ".".to_owned(),
                text: "the value was refused".to_owned(),
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

    fn of_mismatch(mismatch: &Mismatch) -> Self {
        Self::Data {
            path: short(mismatch.path()),
            text: expected_but_found(mismatch.expected(), mismatch.found()),
        }
    }
}

/// Expectation and kind of value from one of serde's own messages, without the value. Where they cannot be told apart,
/// the second is empty.
pub(super) fn describe(message: &str) -> (String, &'static str) {
    if message.starts_with("missing field ") || message.starts_with("duplicate field ") {
        return (short(message), "");
    }
    let found = [
        ("invalid type: string", "a string"),
        ("invalid type: boolean", "a boolean"),
        ("invalid type: integer", "an integer"),
        ("invalid type: floating point", "a number with a fraction"),
        ("invalid type: null", "null"),
        ("invalid type: unit", "null"),
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
        (Some(found), Some((_, expected))) => (expectation(expected), found),
        _ => ("the value was refused".to_owned(), ""),
    }
}

/// serde speaks of Rust's types; the body has JSON's.
pub(super) fn expectation(text: &str) -> String {
    match text {
        "a sequence" => "an array".to_owned(),
        "a map" => "an object".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" | "isize" => {
            "an integer".to_owned()
        }
        "f32" | "f64" => "a number".to_owned(),
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

impl fmt::Display for Undecoded {
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
            Problem::Large(limit) => write!(
                f,
                ": expected one that takes at most {limit} bytes of memory, but found a larger one; raise \
                 `max_response_bytes` if it is right"
            ),
            Problem::Data { path, text } if path == "." => write!(f, ": {text}"),
            Problem::Data { path, text } => write!(f, " at `{path}`: {text}"),
        }
    }
}
