//! The one error type: what went wrong with a call, and what the caller may want to know about it.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::decode::Undecoded;
use super::operation::Operation;
use super::response::{Raw, Response};
use super::{ApiError, platform};

/// What went wrong: with building the client, with sending a request, or with its answer.
///
/// It is opaque; ask it with the predicates below, and for an answer of the API that says no, with
/// [`api`](Self::api).
///
/// Neither `Display` nor `Debug` prints a body, a key, a URL, or a value that was sent. Of an
/// answer that says no they print the API's `code` and its message, since those tell people what to
/// do; the message is cut at 200 characters, control characters are escaped, and a text of the
/// request that it repeats is replaced by `[redacted]`. [`ApiError::message`] has it as it was sent.
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static Operation>,
    kind: Kind,
    attempts: u32,
}

pub(super) enum Kind {
    /// The client cannot be built from what was given.
    Configuration(String),
    /// The request cannot be built; nothing was sent.
    Request(String),
    /// No answer, or not all of it.
    Transport(reqwest::Error),
    /// The time was over before the whole answer was there.
    Timeout,
    /// Something that takes several calls was not over in time.
    Overdue(&'static str, Option<Raw>),
    /// The time is over before the API takes another request; nothing was sent.
    Waiting,
    /// What was answered could not be written to where it should go.
    #[cfg(not(target_arch = "wasm32"))]
    Write(std::io::Error),
    /// The content of an answer leads where the client does not go.
    Misleading(&'static str, Raw),
    /// The answer came from elsewhere: the HTTP client followed a redirect.
    OtherOrigin(Raw),
    /// A successful answer whose body is longer than allowed.
    TooLarge { raw: Raw, limit: usize },
    /// An answer that says no.
    Api(ApiError),
    /// A successful answer that the type does not fit.
    Decode(Undecoded),
    /// A field that the caller cannot do without was not in an answer.
    Absent(&'static str),
}

impl Error {
    #[cold]
    pub(super) fn new(operation: Option<&'static Operation>, kind: Kind) -> Self {
        // The URL has values in it, and the operation says which one it was.
        let kind = match kind {
            Kind::Transport(error) => Kind::Transport(error.without_url()),
            kind => kind,
        };
        Self(Box::new(Inner {
            operation,
            kind,
            attempts: 0,
        }))
    }

    /// The operation that was called.
    pub(super) fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The error of a call that was sent so many times.
    pub(super) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The error of something that takes several calls, and was not over in time.
    #[allow(dead_code, reason = "an API may have nothing of the kind")]
    pub(crate) fn overdue<T>(
        what: &'static str,
        seen: Option<&Response<T>>,
        requests: u32,
    ) -> Self {
        let seen = seen.map(|seen| seen.raw().clone());
        Self::new(None, Kind::Overdue(what, seen)).after(requests)
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(None, Kind::Configuration(message.into()))
    }

    /// Whether the client could not be built: no key, a bad base URL and the like.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Configuration(_))
    }

    /// Whether the request could not be built from its parameters. Nothing was sent.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self.0.kind, Kind::Request(_))
    }

    /// Whether the time was over before the whole answer was there. The request may have taken
    /// effect, unless [`is_unsent`](Self::is_unsent) says that it was not sent.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(error) => error.is_timeout(),
            kind => matches!(kind, Kind::Timeout | Kind::Waiting | Kind::Overdue(..)),
        }
    }

    /// How many requests were made for the call, the last one included; zero when none was.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        if matches!(self.0.kind, Kind::Request(_) | Kind::Waiting) {
            return self.0.attempts.saturating_sub(1);
        }
        self.0.attempts
    }

    /// Whether the limit of requests was waited for in vain.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.0.kind, Kind::Waiting)
    }

    /// Whether the last request was surely not sent: no connection came about, or it could not be built. The call cannot
    /// have taken effect unless one of several [`attempts`](Self::attempts) before has.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        self.is_connect()
            || matches!(
                self.0.kind,
                Kind::Configuration(_) | Kind::Request(_) | Kind::Waiting
            )
    }

    /// Whether an answer of the documented form leads where the client does not go: a link to another origin, a page that
    /// repeats itself.
    #[must_use]
    pub fn is_misleading(&self) -> bool {
        matches!(self.0.kind, Kind::Misleading(..))
    }

    /// Whether no connection came about, be it that connecting took too long
    /// ([`is_timeout`](Self::is_timeout) as well). The request was not sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error) if platform::is_connect(error))
    }

    /// Whether a successful answer did not have the documented form, was too large, or lacked a field that was
    /// [expected](super::Expected). The operation took effect; [`body`](Self::body) has what was answered, but where a
    /// field was lacking.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Decode(_) | Kind::TooLarge { .. } | Kind::Absent(_)
        )
    }

    /// Whether the API refuses more requests for now (429); see [`ApiError::retry_after`].
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.refused_with(&[429])
    }

    /// Whether the API refused the key or what it may do (401, 403).
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.refused_with(&[401, 403])
    }

    /// Whether there is no such thing (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.refused_with(&[404])
    }

    /// Whether the API refused a value (422); see [`ApiError::field_errors`].
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.refused_with(&[422])
    }

    /// Whether the same request may succeed later: no connection, a timeout or a broken one, or an
    /// answer of 408, 429, 500, 502, 503 or 504.
    ///
    /// It does not say that repeating it is safe: after a timeout or a 5xx a request that changes
    /// something may have taken effect.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(error) => !error.is_builder() && !platform::is_interrupted(error),
            Kind::Timeout | Kind::Waiting => true,
            Kind::Api(_) => self.refused_with(&[408, 429, 500, 502, 503, 504]),
            _ => false,
        }
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.raw().map(|raw| raw.status)
    }

    /// The headers of the answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.raw().map(|raw| &raw.headers)
    }

    /// The body of the answer as it was sent, if there was one: of an answer that says no at most
    /// its first MiB, of one that was too large nothing.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.raw().map(|raw| &raw.body)
    }

    /// What the API says about an answer that is not a success.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match &self.0.kind {
            Kind::Api(error) => Some(error),
            _ => None,
        }
    }

    fn refused_with(&self, statuses: &[u16]) -> bool {
        self.api()
            .is_some_and(|error| statuses.contains(&error.status().as_u16()))
    }

    fn raw(&self) -> Option<&Raw> {
        match &self.0.kind {
            Kind::Api(error) => Some(error.raw()),
            Kind::Decode(undecoded) => Some(&undecoded.raw),
            Kind::TooLarge { raw, .. } | Kind::OtherOrigin(raw) | Kind::Misleading(_, raw) => {
                Some(raw)
            }
            Kind::Overdue(_, raw) => raw.as_ref(),
            Kind::Configuration(_)
            | Kind::Request(_)
            | Kind::Transport(_)
            | Kind::Timeout
            | Kind::Waiting
            | Kind::Absent(_) => None,
            #[cfg(not(target_arch = "wasm32"))]
            Kind::Write(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        match &self.0.kind {
            Kind::Configuration(message) | Kind::Request(message) => f.write_str(message),
            Kind::Transport(error) if error.is_timeout() && self.is_connect() => {
                f.write_str("no connection to the server within the time for connecting")
            }
            Kind::Transport(error) if error.is_timeout() => {
                f.write_str("the time was over before the whole answer was there")
            }
            Kind::Transport(error) if platform::is_interrupted(error) => {
                f.write_str("what was to be sent could not be read to its end, or has another size than was said")
            }
            Kind::Transport(_) if self.is_connect() => f.write_str("no connection to the server"),
            Kind::Transport(_) => {
                f.write_str("the connection broke before the whole answer was there")
            }
            Kind::Timeout => f.write_str("the time was over before the whole answer was there"),
            Kind::Waiting => f.write_str(
                "the time is over, or over before the API takes another request; nothing was sent",
            ),
            #[cfg(not(target_arch = "wasm32"))]
            Kind::Write(error) => write!(f, "the answer cannot be written: {error}"),
            Kind::Misleading(what, _) | Kind::Overdue(what, _) => f.write_str(what),
            Kind::OtherOrigin(_) => f.write_str(
                "expected an answer from the base URL's origin, but found one from another: \
                 the HTTP client followed a redirect; give it a redirect policy of `none`",
            ),
            Kind::TooLarge { limit, .. } => write!(
                f,
                "expected an answer of at most {limit} bytes, but found a longer one; \
                 raise `max_response_bytes` if it is right"
            ),
            Kind::Api(error) => error.fmt(f),
            Kind::Decode(undecoded) => undecoded.fmt(f),
            Kind::Absent(field) => write!(
                f,
                "expected the response to have `{field}`, but found none"
            ),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("message", &self.to_string());
        if let Kind::Transport(error) = &self.0.kind {
            out.field("source", error);
        }
        out.finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Transport(error) => Some(error),
            #[cfg(not(target_arch = "wasm32"))]
            Kind::Write(error) => Some(error),
            // serde's errors quote the value that they refuse, so they are no source.
            _ => None,
        }
    }
}

/// A text from elsewhere as it may be printed: control characters escaped, cut at `limit`.
pub(super) fn printable(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == limit {
            out.push('…');
            break;
        }
        // Besides control characters those that change the direction or hide text.
        if character.is_control()
            || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}
