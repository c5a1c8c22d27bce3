//! A body that is a form: its fields, and how they are written. They are kept until it is sent, so that one can be set
//! again, and booleans be written in another way.

use reqwest::Url;
use serde::Serialize;
use serde_json::{Map, Value};

use super::body::Body;
use super::upload::{Content, Piece, Upload, set_aside};
use super::{parameter, random};

/// A form.
#[derive(Clone)]
pub(super) struct Form {
    fields: Map<String, Value>,
    uploads: Vec<Upload>,
    /// What parts the fields of a form with files; also the beginning of what stands for a file among the fields.
    boundary: Option<String>,
    /// Whether a boolean is a word.
    words: bool,
}

impl Form {
    /// A form without files.
    pub(super) fn urlencoded(value: &impl Serialize) -> Result<Self, String> {
        Ok(Self {
            fields: object(serde_json::to_value(value))?,
            uploads: Vec::new(),
            boundary: None,
            words: false,
        })
    }

    /// A form in which any [`Upload`] is a file.
    pub(super) fn multipart(value: &impl Serialize) -> Result<Self, String> {
        // Keyed with the system's randomness, so that no content can be made to hold it.
        let boundary = random::token();
        let (value, uploads) = match set_aside(&boundary, value) {
            Ok((value, uploads)) => (Ok(value), uploads),
            Err(error) => (Err(error), Vec::new()),
        };
        Ok(Self {
            fields: object(value)?,
            uploads,
            boundary: Some(boundary),
            words: false,
        })
    }

    /// Sets a field.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.fields.insert(name.to_owned(), value);
    }

    /// Writes booleans as words.
    pub(super) fn boolean_words(&mut self) {
        self.words = true;
    }

    /// The form as it is sent.
    pub(super) fn body(self) -> Result<Body, String> {
        let mut texts = Vec::new();
        for (name, value) in &self.fields {
            let mut value = value.clone();
            if self.words {
                word(&mut value);
            }
            parameter::flatten(name, value, &mut |name, text| {
                texts.push((name.to_owned(), text));
            });
        }
        let mut body = match &self.boundary {
            None => urlencoded(&texts)?,
            Some(boundary) => self.parts(boundary, texts)?,
        };
        body.form = Some(Box::new(self));
        Ok(body)
    }

    fn parts(&self, boundary: &str, texts: Vec<(String, String)>) -> Result<Body, String> {
        let media_type = format!("multipart/form-data; boundary={boundary}");
        let mut body = Body::whole(&media_type, Vec::new())?;
        let mut text = String::new();
        for (name, value) in texts {
            text += &format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
                quoted(&name)
            );
            let index = value.strip_prefix(boundary);
            let index = index.and_then(|index| index.parse().ok());
            match index.and_then(|index: usize| self.uploads.get(index)) {
                Some(upload) => {
                    // PHP takes a part without a file name for a text.
                    let file_name = upload.file_name.as_deref().unwrap_or("file");
                    let media_type = upload.media_type.as_deref();
                    let media_type = media_type.unwrap_or("application/octet-stream");
                    super::body::header(media_type)?;
                    text += &format!(
                        "; filename=\"{}\"\r\nContent-Type: {media_type}\r\n\r\n",
                        quoted(file_name)
                    );
                    body.pieces.push(piece(std::mem::take(&mut text)));
                    body.pieces.push(upload.piece.clone());
                    body.texts.extend(beginning(&upload.piece));
                }
                None => {
                    text += &format!("\r\n\r\n{value}");
                    body.texts.push(value);
                }
            }
            text += "\r\n";
        }
        text += &format!("--{boundary}--\r\n");
        body.pieces.push(piece(text));
        Ok(body)
    }
}

fn urlencoded(fields: &[(String, String)]) -> Result<Body, String> {
    let mut url = Url::parse("form:").map_err(|error| error.to_string())?;
    url.query_pairs_mut().extend_pairs(fields);
    let text = url.query().unwrap_or_default().to_owned();
    let mut body = Body::whole("application/x-www-form-urlencoded", text.into_bytes())?;
    body.texts = fields.iter().map(|(_, text)| text.clone()).collect();
    Ok(body)
}

/// The beginning of a file that is a text in memory: nobody should print it either.
fn beginning(piece: &Piece) -> Option<String> {
    const LENGTH: usize = 1024;
    let bytes = match &piece.content {
        Content::Bytes(bytes) => &bytes[..bytes.len().min(LENGTH)],
        #[cfg(not(target_arch = "wasm32"))]
        _ => return None,
    };
    let text = bytes.utf8_chunks().next()?.valid();
    Some(text.to_owned())
}

fn piece(text: String) -> Piece {
    Content::Bytes(text.into()).into()
}

/// The fields of a value.
fn object(value: serde_json::Result<Value>) -> Result<Map<String, Value>, String> {
    match value {
        Ok(Value::Null) => Ok(Map::new()),
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err("expected named fields in a form, but found another kind of value".into()),
        Err(_) => Err("the body cannot be written as a form".into()),
    }
}

/// Makes words of all booleans in `value`.
fn word(value: &mut Value) {
    match value {
        Value::Bool(is) => *value = is.to_string().into(),
        Value::Array(items) => items.iter_mut().for_each(word),
        Value::Object(fields) => fields.values_mut().for_each(word),
        _ => {}
    }
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
