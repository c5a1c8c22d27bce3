//! Request bodies: what is sent in which media type.
//!
//! Forms take PHP's bracket form, like the query. A file of a form has a place among the fields
//! like any other value.

use std::io;

use bytes::Bytes;
use reqwest::header::HeaderValue;
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter};

use super::upload::{Content, Piece, Upload, set_aside};
use super::{parameter, random};

/// A body as it is to be sent.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) media_type: HeaderValue,
    /// What it consists of.
    pieces: Vec<Piece>,
    /// The texts of a form's fields.
    pub(super) texts: Vec<String>,
}

impl Body {
    /// What can be said at once.
    pub(super) fn whole(media_type: &str, content: impl Into<Upload>) -> Result<Self, String> {
        Ok(Self {
            media_type: header(media_type)?,
            pieces: vec![content.into().piece],
            texts: Vec::new(),
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
        let fields = fields(serde_json::to_value(value))?;
        let mut url = reqwest::Url::parse("form:").map_err(|error| error.to_string())?;
        url.query_pairs_mut().extend_pairs(&fields);
        let text = url.query().unwrap_or_default().to_owned();
        Ok(Self {
            texts: fields.into_iter().map(|(_, text)| text).collect(),
            ..Self::whole("application/x-www-form-urlencoded", text.into_bytes())?
        })
    }

    pub(super) fn multipart(value: &impl Serialize) -> Result<Self, String> {
        // Keyed with the system's randomness, so that no content can be made to hold it.
        let boundary = random::token();
        let (value, uploads) = match set_aside(&boundary, value) {
            Ok((value, uploads)) => (Ok(value), uploads),
            Err(error) => (Err(error), Vec::new()),
        };
        let mut body = Self::whole(
            &format!("multipart/form-data; boundary={boundary}"),
            Vec::new(),
        )?;
        let mut text = String::new();
        for (name, value) in fields(value)? {
            text += &part(&boundary, &name);
            let index = value
                .strip_prefix(&boundary)
                .and_then(|index| index.parse().ok());
            match index.and_then(|index: usize| uploads.get(index)) {
                Some(upload) => {
                    // PHP takes a part without a file name for a text.
                    let file_name = upload.file_name.as_deref().unwrap_or("file");
                    let media_type = upload
                        .media_type
                        .as_deref()
                        .unwrap_or("application/octet-stream");
                    header(media_type)?;
                    text += &format!(
                        "; filename=\"{}\"\r\nContent-Type: {media_type}\r\n\r\n",
                        quoted(file_name)
                    );
                    body.push(std::mem::take(&mut text));
                    body.pieces.push(upload.piece.clone());
                }
                None => {
                    text += &format!("\r\n\r\n{value}");
                    body.texts.push(value);
                }
            }
            text += "\r\n";
        }
        text += &format!("--{boundary}--\r\n");
        body.push(text);
        Ok(body)
    }

    fn push(&mut self, text: String) {
        self.pieces.push(Content::Bytes(text.into()).into());
    }

    /// Whether the same can be sent again.
    pub(super) fn is_replayable(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| piece.content.is_replayable())
    }

    /// The body with another field, in its own form.
    pub(super) fn with(mut self, name: &str, value: &impl Serialize) -> Result<Self, String> {
        let value = serde_json::to_value(value)
            .map_err(|_| "the body's field cannot be written as JSON")?;
        let media_type = self.media_type.to_str().unwrap_or_default();
        let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
        if essence.contains("json") {
            let body = self
                .bytes()
                .and_then(|bytes| serde_json::from_slice(bytes).ok());
            let Some(Value::Object(mut fields)) = body else {
                return Err("expected a body that is an object, to set a field of it, but found another kind of value".into());
            };
            fields.insert(name.to_owned(), value);
            return Self::json(media_type, &fields);
        }
        let mut fields = Vec::new();
        parameter::flatten(name, value, &mut |name, text| {
            fields.push((name.to_owned(), text))
        });
        match essence {
            "application/x-www-form-urlencoded" => {
                let old = self
                    .bytes()
                    .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
                let mut url = reqwest::Url::parse("form:").map_err(|error| error.to_string())?;
                url.set_query(old.as_deref().filter(|text| !text.is_empty()));
                url.query_pairs_mut().extend_pairs(&fields);
                let text = url.query().unwrap_or_default().to_owned();
                self.texts.extend(fields.into_iter().map(|(_, text)| text));
                Ok(Self {
                    texts: self.texts,
                    ..Self::whole(essence, text.into_bytes())?
                })
            }
            "multipart/form-data" => {
                // The parts may come in any order, so the new ones come first.
                let boundary = parameters.trim().trim_start_matches("boundary=").to_owned();
                let mut text = String::new();
                for (name, value) in fields {
                    text += &part(&boundary, &name);
                    text += &format!("\r\n\r\n{value}\r\n");
                    self.texts.push(value);
                }
                self.pieces.insert(0, Content::Bytes(text.into()).into());
                Ok(self)
            }
            _ => Err(
                "expected a body of JSON or a form, to set a field of it, but found another kind"
                    .into(),
            ),
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

    /// The body as the HTTP client takes it; files are opened, and streams can be taken once.
    pub(super) async fn open(&self) -> Result<reqwest::Body, String> {
        if let Some(bytes) = self.bytes() {
            return Ok(bytes.clone().into());
        }
        #[cfg(not(target_arch = "wasm32"))]
        let body = reqwest::Body::wrap(super::stream::Chain::open(&self.pieces).await?);
        // A browser takes no streams.
        #[cfg(target_arch = "wasm32")]
        let body = super::upload::join(&self.pieces)?.into();
        Ok(body)
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

fn header(media_type: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(media_type)
        .map_err(|_| "expected a media type, but found a text that no header can hold".to_owned())
}

/// How a part of a form begins.
fn part(boundary: &str, name: &str) -> String {
    format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
        quoted(name)
    )
}

/// The fields of a form in PHP's bracket form.
fn fields(value: serde_json::Result<Value>) -> Result<Vec<(String, String)>, String> {
    let mut fields = Vec::new();
    match value {
        Ok(Value::Null) => {}
        Ok(Value::Object(object)) => {
            for (name, value) in object {
                parameter::flatten(&name, value, &mut |name, text| {
                    fields.push((name.to_owned(), text));
                });
            }
        }
        Ok(_) => {
            return Err("expected named fields in a form, but found another kind of value".into());
        }
        Err(_) => return Err("the body cannot be written as a form".into()),
    }
    Ok(fields)
}

/// A name as browsers quote it. What could end the quotes or the line is percent-encoded, all else
/// stays as it is: PHP knows neither `name*` nor `filename*`.
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '"' | '\\' => quoted += &format!("%{:02X}", u32::from(character)),
            control if control.is_ascii_control() => {
                quoted += &format!("%{:02X}", u32::from(control))
            }
            other => quoted.push(other),
        }
    }
    quoted
}
