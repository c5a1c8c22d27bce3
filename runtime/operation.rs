//! What is the same for all calls of an operation: data that the generator prints.

use std::fmt;

use super::ApiError;

/// What is the same for all calls of an operation.
#[derive(Debug)]
pub struct Operation {
    /// The operation's id in the document; empty when it has none.
    pub id: &'static str,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// When a call may be sent again.
    pub repeat: Repeat,
    /// The header whose value tells the server that two requests are one call, where it knows one.
    pub idempotency_key: Option<&'static str>,
    /// The responses that are known to come before any effect.
    pub rejections: &'static [Rejection],
    /// Whether the documented answer has a field `error`, so that one is no sign of a failure.
    pub answers_error: bool,
    /// How the operation gives a list page by page, if it does.
    pub paging: Option<Paging>,
}

/// When a call may be sent again without the risk that its effect happens twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// As the method says: GET, HEAD, OPTIONS, PUT and DELETE are [`Always`](Self::Always), others are
    /// [`Refused`](Self::Refused).
    ByMethod,
    /// After any failure that may pass: to do it twice is to do it once.
    Always,
    /// When nothing was sent, or the response is known to come before any effect: a 429, or one of the operation's
    /// [rejections](Operation::rejections).
    Refused,
    /// When nothing was sent.
    Unsent,
}

/// A response that is known to come before the request has any effect. The status alone proves nothing: a server may
/// fail with it after it has done what was asked for, and so may a gateway in front of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejection {
    /// The status.
    pub status: u16,
    /// The field of the body that holds a text.
    pub field: &'static str,
    /// What that text contains, whatever the case of its letters.
    pub contains: &'static str,
}

impl Rejection {
    /// Whether a response is this one.
    pub(super) fn is(&self, error: &ApiError) -> bool {
        let text = || error.text(self.field);
        self.status == error.status().as_u16()
            && text().is_some_and(|text| {
                text.to_ascii_lowercase()
                    .contains(&self.contains.to_ascii_lowercase())
            })
    }
}

/// Where an operation's answers have the items of a list, and what leads to the next page.
///
/// Fields are paths from the answer's top: names with dots between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// The field with the items; the answer itself when it is empty.
    pub items: &'static str,
    /// What leads to the next page.
    pub next: Next,
}

/// What leads from a page to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The answer has the URL of the next page in this field, until it is null.
    Url(&'static str),
    /// The query parameter counts the items before the page.
    Offset {
        /// The query parameter.
        parameter: &'static str,
        /// The field that says whether there is more. Without one the list ends with an empty page.
        more: Option<&'static str>,
    },
    /// The answer has in this field what the query parameter wants for the next page, until it is null or empty.
    Token {
        /// The query parameter: a marker or a cursor.
        parameter: &'static str,
        /// The field with the next value of it.
        field: &'static str,
    },
}

impl Operation {
    /// What holds where the document says nothing else.
    pub const DEFAULT: Self = Self {
        id: "",
        method: "",
        path: "",
        repeat: Repeat::ByMethod,
        idempotency_key: None,
        rejections: &[],
        answers_error: false,
        paging: None,
    };

    /// When a call may be sent again. One with an idempotency key may, whatever its method.
    pub(super) fn repeat(&self) -> Repeat {
        match (self.repeat, self.method) {
            (Repeat::ByMethod, _) if self.idempotency_key.is_some() => Repeat::Always,
            (Repeat::ByMethod, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE") => Repeat::Always,
            (Repeat::ByMethod, _) => Repeat::Refused,
            (repeat, _) => repeat,
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            "" => write!(f, "{} {}", self.method, self.path),
            id => write!(f, "{id} ({} {})", self.method, self.path),
        }
    }
}

/// What stands for a call that no operation describes. Its path may hold values, so none is shown.
pub(super) fn undocumented(method: &reqwest::Method) -> &'static Operation {
    macro_rules! all {
        ($($method:literal $repeat:path;)*) => {
            match method.as_str() {
                $($method => &Operation {
                    method: $method,
                    path: "an undocumented path",
                    repeat: $repeat,
                    ..Operation::DEFAULT
                },)*
                // Of another method nobody knows what it does. Its name is the caller's.
                _ => &Operation { method: "another method", path: "an undocumented path", ..Operation::DEFAULT },
            }
        };
    }
    // What an undocumented PUT or DELETE does twice, nobody has said.
    all!(
        "GET" Repeat::Always;
        "HEAD" Repeat::Always;
        "OPTIONS" Repeat::Always;
        "TRACE" Repeat::Always;
        "POST" Repeat::Refused;
        "PUT" Repeat::Refused;
        "PATCH" Repeat::Refused;
        "DELETE" Repeat::Refused;
    )
}
