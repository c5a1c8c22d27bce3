//! Request bodies: what is sent in which media type.

use std::io;

use bytes::Bytes;
use reqwest::header::HeaderValue;
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter};

use super::form::Form;
use super::platform::Opened;
use super::upload::{Content, Piece, Upload};

/// A body as it is to be sent.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) media_type: HeaderValue,
    /// What it consists of.
    pub(super) pieces: Vec<Piece>,
    /// The texts of a form's fields.
    pub(super) texts: Vec<String>,
    /// The form that it is, until it is sent.
    pub(super) form: Option<Box<Form>>,
}

impl Body {
    /// What can be said at once.
    pub(super) fn whole(media_type: &str, content: impl Into<Upload>) -> Result<Self, String> {
        Ok(Self {
            media_type: header(media_type)?,
            pieces: vec![content.into().piece],
            texts: Vec::new(),
            form: None,
        })
    }

    pub(super) fn json(media_type: &str, value: &impl Serialize) -> Result<Self, String> {
        let mut json = Vec::with_capacity(128);
        let mut writer = serde_json::Serializer::with_formatter(&mut json, WholeNumbers);
        // The reason is not shown: it may quote the value.
        value
            .serialize(&mut writer)
            .map_err(|_| "the body cannot be written as JSON")?;
        Self::whole(media_type, json)
    }

    pub(super) fn form(value: &impl Serialize) -> Result<Self, String> {
        Form::urlencoded(value)?.body()
    }

    pub(super) fn multipart(value: &impl Serialize) -> Result<Self, String> {
        Form::multipart(value)?.body()
    }

    /// Whether the same can be sent again.
    pub(super) fn is_replayable(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| piece.content.is_replayable())
    }

    /// The body with another field, in its own form.
    pub(super) fn with(self, name: &str, value: &impl Serialize) -> Result<Self, String> {
        let value = serde_json::to_value(value)
            .map_err(|_| "the body's field cannot be written as JSON")?;
        if let Some(mut form) = self.form {
            form.set(name, value);
            return form.body();
        }
        let media_type = self.media_type.to_str().unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default();
        if !essence.contains("json") {
            return Err(
                "expected a body of JSON or a form, to set a field of it, but found another kind"
                    .into(),
            );
        }
        let body = self
            .bytes()
            .and_then(|bytes| serde_json::from_slice(bytes).ok());
        let Some(Value::Object(mut fields)) = body else {
            return Err("expected a body that is an object, to set a field of it, but found another kind of value".into());
        };
        fields.insert(name.to_owned(), value);
        Self::json(media_type, &fields)
    }

    /// The body with the booleans of a form as words; any other as it is.
    pub(super) fn with_boolean_words(mut self) -> Result<Self, String> {
        match self.form.take() {
            Some(mut form) => {
                form.boolean_words();
                form.body()
            }
            None => Ok(self),
        }
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.media_type
            .as_bytes()
            .starts_with(b"multipart/form-data;")
    }

    /// The body when it is all in memory and one piece.
    pub(super) fn bytes(&self) -> Option<&Bytes> {
        match self.pieces.as_slice() {
            [
                Piece {
                    content: Content::Bytes(bytes),
                    size: None,
                    progress: None,
                },
            ] => Some(bytes),
            _ => None,
        }
    }

    /// The body where it is sent in one go.
    pub(super) fn small(&self) -> Option<&Bytes> {
        let bytes = self.bytes();
        #[cfg(not(target_arch = "wasm32"))]
        let bytes = bytes.filter(|bytes| bytes.len() <= super::stream::CHUNK);
        bytes
    }

    /// The body as the HTTP client takes it; files are opened, and streams can be taken once.
    pub(super) async fn open(&self) -> Result<Opened, String> {
        #[cfg(not(target_arch = "wasm32"))]
        {
            let chain = super::stream::Chain::open(&self.pieces).await?;
            let pulse = chain.pulse();
            Ok((reqwest::Body::wrap(chain), Some(pulse)))
        }
        // A browser takes no streams.
        #[cfg(target_arch = "wasm32")]
        Ok((super::upload::join(&self.pieces)?.into(), None))
    }
}

/// JSON in which a whole number has no fraction, whatever its type: to PHP `5.0` is no integer, and a price of `5` is one
/// for everybody else.
struct WholeNumbers;

impl Formatter for WholeNumbers {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // Beyond 2^53 not every whole number is one of these.
        if value.fract() == 0.0 && value.abs() < (1_u64 << 53) as f64 {
            return CompactFormatter.write_i64(writer, value as i64);
        }
        CompactFormatter.write_f64(writer, value)
    }

    fn write_f32<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        if value.fract() == 0.0 && value.abs() < (1_u32 << 24) as f32 {
            return CompactFormatter.write_i64(writer, value as i64);
        }
        CompactFormatter.write_f32(writer, value)
    }
}

pub(super) fn header(media_type: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(media_type)
        .map_err(|_| "expected a media type, but found a text that no header can hold".to_owned())
}
