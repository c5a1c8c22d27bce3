//! An answer of the API that is not a success, in whatever form it comes.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, LOCATION, RETRY_AFTER};
use serde_json::{Map, Value};

use super::clock;
use super::decode::without_byte_order_mark;
use super::redact::redacted;
use super::response::Raw;
use super::said::field_errors;

/// An answer of the API that is not a success.
///
/// Such answers have no schema: every part is optional, an error page may be HTML, a body may be
/// missing. Status, headers and the raw body are always kept.
pub struct ApiError {
    raw: Raw,
    parts: Parts,
    /// Message and code as they may be printed.
    shown: String,
    /// Whether it is a success whose content says no.
    said: bool,
}

#[derive(Default)]
struct Parts {
    code: Option<String>,
    error: Option<String>,
    message: Option<String>,
    description: Option<String>,
    field_errors: BTreeMap<String, Vec<String>>,
}

impl ApiError {
    /// `sent` are the texts of the request that an answer may repeat and that must not be printed.
    pub(super) fn new(raw: Raw, sent: &[String]) -> Self {
        let parts = match serde_json::from_slice(without_byte_order_mark(&raw.body)) {
            Ok(Value::Object(fields)) => Parts::of(fields),
            _ => Parts::default(),
        };
        let shown = parts.shown(sent);
        Self {
            raw,
            parts,
            shown,
            said: false,
        }
    }

    /// What a success says that is none, by its code and message.
    pub(super) fn said(
        raw: Raw,
        code: Option<String>,
        message: Option<String>,
        sent: &[String],
    ) -> Self {
        let parts = Parts {
            code,
            message,
            ..Parts::default()
        };
        let shown = parts.shown(sent);
        Self {
            raw,
            parts,
            shown,
            said: true,
        }
    }

    /// The same, as a success whose content says no.
    pub(super) fn into_said(mut self) -> Self {
        self.said = true;
        self
    }

    /// Whether it is a success whose content says no, and not what the API answers when a call fails.
    #[allow(dead_code, reason = "an API may have no such answer")]
    pub(crate) fn is_said(&self) -> bool {
        self.said
    }

    pub(super) fn raw(&self) -> &Raw {
        &self.raw
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The `code` of the answer: a word for programs to match on.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.parts.code.as_deref()
    }

    /// The `error` of the answer: a word or a sentence.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.parts.error.as_deref()
    }

    /// The `message` of the answer, as it was sent. It may repeat what the request held.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.parts.message.as_deref()
    }

    /// The `description` of the answer, as it was sent. It may repeat what the request held.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.parts.description.as_deref()
    }

    /// What is wrong with which field of the request, from the `errors` of the answer.
    ///
    /// Messages that name no field are under the empty name.
    #[must_use]
    pub fn field_errors(&self) -> &BTreeMap<String, Vec<String>> {
        &self.parts.field_errors
    }

    /// The text in a field of the body.
    pub(super) fn text(&self, field: &str) -> Option<String> {
        match serde_json::from_slice(without_byte_order_mark(&self.raw.body)) {
            Ok(Value::Object(mut fields)) => match fields.remove(field) {
                Some(Value::String(text)) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// What to tell the API's support: the first of the headers `x-request-id`, `request-id` and
    /// `cf-ray` that the answer has.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        ["x-request-id", "request-id", "cf-ray"]
            .into_iter()
            .find_map(|name| self.raw.headers.get(name)?.to_str().ok())
    }

    /// How long to wait before the next request, from the `Retry-After` header.
    ///
    /// A date counts from the `Date` of the answer, so that a wrong clock here does not matter, and from the clock here
    /// where there is none; a date in the past is zero.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let text = |name| self.raw.headers.get(name)?.to_str().ok();
        let wait = text(RETRY_AFTER)?.trim();
        if wait.starts_with(|first: char| first.is_ascii_digit())
            && let Ok(seconds) = wait.parse::<f64>()
        {
            // More than can be counted is for ever.
            return Some(Duration::try_from_secs_f64(seconds.ceil()).unwrap_or(Duration::MAX));
        }
        let until = httpdate::parse_http_date(wait).ok()?;
        let date = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        let date = date.unwrap_or_else(clock::date);
        Some(until.duration_since(date).unwrap_or_default())
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// The body of the answer as it was sent, at most its first MiB.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }
}

impl Parts {
    fn of(mut fields: Map<String, Value>) -> Self {
        let errors = fields.remove("errors").filter(|errors| !errors.is_null());
        // Some APIs put the fields elsewhere: `{"message": {"email": ["is taken"]}}`.
        let errors = errors.or_else(|| {
            let mut others = ["message", "error", "detail"].into_iter();
            others.find_map(|name| fields.get(name).filter(|value| is_by_field(value)).cloned())
        });
        // Some APIs nest: `{"error": {"code": …, "message": …}}`.
        if let Some(Value::Object(inner)) = fields.get("error") {
            let inner = inner.clone();
            fields.remove("error");
            for (key, value) in inner {
                fields.entry(key).or_insert(value);
            }
        }
        let mut text = |name: &str| match fields.remove(name) {
            Some(Value::String(text)) => Some(text),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        Self {
            code: text("code"),
            error: text("error"),
            message: text("message"),
            description: text("description"),
            field_errors: errors.map(field_errors).unwrap_or_default(),
        }
    }

    /// The code, and the most telling of the texts.
    fn shown(&self, sent: &[String]) -> String {
        let text = self.message.as_ref().or(self.description.as_ref());
        let code = self.code.as_ref().or(self.error.as_ref());
        let mut shown = [code, text]
            .into_iter()
            .flatten()
            .map(|text| redacted(text, sent))
            .collect::<Vec<_>>()
            .join(": ");
        let mut names: Vec<String> = self
            .field_errors
            .keys()
            .filter(|name| !name.is_empty())
            .take(SHOWN_FIELDS + 1)
            .map(|name| format!("`{}`", redacted(name, sent)))
            .collect();
        if let Some(more) = names.get_mut(SHOWN_FIELDS) {
            *more = "…".to_owned();
        }
        if !names.is_empty() {
            let space = if shown.is_empty() { "" } else { " " };
            shown += &format!("{space}(fields: {})", names.join(", "));
        }
        shown
    }
}

/// How many of the fields that were refused are printed.
const SHOWN_FIELDS: usize = 10;

/// Whether a value has the messages for each field of a request.
fn is_by_field(value: &Value) -> bool {
    let is_texts = |value: &Value| match value {
        Value::Array(texts) => !texts.is_empty() && texts.iter().all(Value::is_string),
        _ => false,
    };
    match value {
        Value::Object(fields) => !fields.is_empty() && fields.values().all(is_texts),
        _ => false,
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API answered {}", self.raw.status)?;
        if self.raw.status.is_redirection() && self.raw.headers.contains_key(LOCATION) {
            f.write_str("; redirects are not followed")?;
        }
        if !self.shown.is_empty() {
            write!(f, ": {}", self.shown)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("message", &self.to_string())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}
