//! What the server says.

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

/// What the server says: a status, headers and a body.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "it is said where it is given to"]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Content,
}

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    Json(Value),
    Bytes(Bytes),
}

impl Reply {
    /// JSON, with the status 200.
    ///
    /// # Panics
    ///
    /// When the value cannot be written as JSON.
    pub fn json(body: impl Serialize) -> Self {
        let body = serde_json::to_value(body).expect("the body can be written as JSON");
        Self {
            status: 200,
            headers: vec![("content-type".into(), "application/json".into())],
            content: Content::Json(body),
        }
    }

    /// Bytes of a media type, with the status 200.
    pub fn bytes(media_type: &str, body: impl Into<Bytes>) -> Self {
        Self {
            status: 200,
            headers: vec![("content-type".into(), media_type.into())],
            content: Content::Bytes(body.into()),
        }
    }

    /// No body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            content: Content::Bytes(Bytes::new()),
        }
    }

    /// Sets the status.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: impl ToString) -> Self {
        self.set_header(name, value);
        self
    }

    pub(crate) fn set_header(&mut self, name: &str, value: impl ToString) {
        self.headers
            .retain(|(set, _)| !set.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_string()));
    }

    /// A field of the JSON that is said, where it has one.
    pub(crate) fn json_field(&mut self, name: &str) -> Option<&mut Value> {
        match &mut self.content {
            Content::Json(value) => value.get_mut(name),
            Content::Bytes(_) => None,
        }
    }

    pub(crate) fn body(&self) -> Bytes {
        match &self.content {
            Content::Json(value) => value.to_string().into(),
            Content::Bytes(bytes) => bytes.clone(),
        }
    }
}

/// JSON is said with the status 200.
impl From<Value> for Reply {
    fn from(body: Value) -> Self {
        Self::json(body)
    }
}
