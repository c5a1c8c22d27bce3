//! A successful answer: the decoded value, and all that came with it.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::decode::{self, Decoded, Decoding};
use super::error::Kind;
use super::operation::Operation;
use super::{ApiError, Error, Mismatch, mismatch, page, said};

/// A successful answer as it came: status, headers and the whole body.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// How many requests it took.
    pub(super) attempts: u32,
    /// How its body is decoded.
    pub(super) decoding: Decoding,
}

/// A successful answer.
///
/// It dereferences to the decoded value, so that `response.field` works; [`into_inner`] gives the
/// value away. Fields that the type does not know are still in [`body`] and [`json`].
///
/// `Debug` prints the operation, the status and the length of the body, not the value: answers hold
/// personal data and session tokens. Print `*response` to see the value.
///
/// [`into_inner`]: Self::into_inner
/// [`body`]: Self::body
/// [`json`]: Self::json
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    mismatches: Vec<Mismatch>,
    raw: Raw,
}

impl<T> Response<T> {
    pub(super) fn new(value: T, raw: Raw) -> Self {
        Self {
            value,
            mismatches: Vec::new(),
            raw,
        }
    }

    /// The response with its body decoded, whatever it holds where the document shows no type.
    pub(super) fn decode(raw: Raw) -> Result<Self, Error>
    where
        T: DeserializeOwned + 'static,
    {
        let decoded = decode::decode(&raw)?;
        Self::decoded(decoded, raw)
    }

    /// The response with its body decoded, which is JSON.
    pub(super) fn decode_json(raw: Raw) -> Result<Self, Error>
    where
        T: DeserializeOwned + 'static,
    {
        let decoded = decode::decode_json(&raw)?;
        Self::decoded(decoded, raw)
    }

    fn decoded((value, mismatches): Decoded<T>, raw: Raw) -> Result<Self, Error> {
        page::check(&raw, raw.operation.paging)?;
        if !mismatches.is_empty() {
            mismatch::record(&raw, &mismatches);
        }
        Ok(Self {
            value,
            mismatches,
            raw,
        })
    }

    /// A success of no operation with that body.
    #[allow(dead_code, reason = "tests of a client's types have no server")]
    pub(crate) fn of_body(body: Bytes) -> Result<Self, Error>
    where
        T: DeserializeOwned + 'static,
    {
        static NONE: Operation = Operation::DEFAULT;
        Self::decode(Raw {
            operation: &NONE,
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body,
            attempts: 0,
            decoding: Decoding {
                strict: false,
                memory: usize::MAX,
            },
        })
    }

    /// The decoded value; status, headers and body are dropped.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The status code, always a 2xx.
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// The body, byte for byte as it was sent.
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }

    /// What of the body did not have the documented form: each was converted where nothing is
    /// lost by that (`"12"` to 12), or else left out. Nothing else of the body is affected.
    ///
    /// It is empty as a rule. What a type keeps as it was sent is not among it: fields that it does not know
    /// ([`json`](Self::json) has them), a value that an enum does not list, what [`Map::others`](super::Map::others) has.
    /// With [`ClientBuilder::strict`](super::ClientBuilder::strict) each is an error instead.
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }

    /// What failed within a success, from the `errors` beside its result: `{"sent": 10, "errors": {"u1": ["is blocked"]}}`.
    /// By the name of what failed, with what the API said of each; what names nothing is under the empty name.
    pub fn partial_failures(&self) -> BTreeMap<String, Vec<String>> {
        said::partial(&self.raw.body)
    }

    /// The error that a success stands for whose content says no.
    #[allow(dead_code, reason = "an API may have no such answer")]
    pub(crate) fn refused(
        &self,
        code: Option<String>,
        message: Option<String>,
        sent: &[String],
    ) -> Error {
        let error = ApiError::said(self.raw.clone(), code, message, sent);
        Error::new(Some(self.raw.operation), Kind::Api(error)).after(self.raw.attempts)
    }

    /// The answer as it came.
    pub(super) fn raw(&self) -> &Raw {
        &self.raw
    }

    /// How many requests it took.
    #[allow(dead_code, reason = "an API may have nothing that takes several calls")]
    pub(crate) fn attempts(&self) -> u32 {
        self.raw.attempts
    }

    /// The error that a success stands for whose content is something else.
    #[allow(dead_code, reason = "an API may have no such answer")]
    pub(crate) fn unexpected(&self, what: &'static str) -> Error {
        decode::unexpected(&self.raw, what)
    }

    /// The error that a success stands for whose content leads nowhere.
    #[allow(dead_code, reason = "an API may have no such answer")]
    pub(crate) fn misleading(&self, what: &'static str) -> Error {
        Error::new(
            Some(self.raw.operation),
            Kind::Misleading(what, self.raw.clone()),
        )
        .after(self.raw.attempts)
    }

    /// The body as JSON, with the fields that `T` does not know.
    ///
    /// # Errors
    /// When the body is not JSON, with [`Error::is_decode`].
    pub fn json(&self) -> Result<serde_json::Value, Error> {
        decode::json(&self.raw)
    }
}

/// The answer whose value is its body.
pub(super) fn bytes(raw: Raw) -> Result<Response<Bytes>, Error> {
    Ok(Response::new(raw.body.clone(), raw))
}

/// The response whose value is the text of its body.
pub(super) fn text(raw: Raw) -> Result<Response<String>, Error> {
    let text = decode::text(&raw)?;
    Ok(Response::new(text, raw))
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.raw.operation.id)
            .field("status", &self.raw.status.as_u16())
            .field("body_bytes", &self.raw.body.len())
            .finish_non_exhaustive()
    }
}
