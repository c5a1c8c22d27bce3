//! A request as it came in.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::form;

/// A request as it came in.
///
/// `Debug` prints the method, the path, the operation and the status, and neither headers nor the body.
#[derive(Clone)]
pub struct Received {
    pub(crate) operation: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) status: Option<u16>,
}

impl Received {
    /// The operation that it is of, by its name in Rust; `None` where the API has no such operation.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A parameter in the path, by its name in the document.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// The query's values, as PHP reads them: a list for `a[]=1`, an object for `a[b]=1`, and texts.
    #[must_use]
    pub fn query(&self) -> Value {
        form::read(form_urlencoded::parse(self.query.as_bytes()))
    }

    /// The value of a header, `None` where it was not sent or is no text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, byte for byte.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as a value: JSON as it is, the fields of a form as PHP reads them, a file of a form as
    /// `{"file": its name, "bytes": its length}`; null where it is none of these.
    #[must_use]
    pub fn json(&self) -> Value {
        let media_type = self.header("content-type").unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        match essence {
            "application/x-www-form-urlencoded" => form::read(form_urlencoded::parse(&self.body)),
            "multipart/form-data" => form::multipart(media_type, &self.body),
            _ => serde_json::from_slice(&self.body).unwrap_or_default(),
        }
    }

    /// The status of its response; `None` where it got none.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("operation", &self.operation)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
