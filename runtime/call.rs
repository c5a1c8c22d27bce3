//! One call of an operation: its parameters, and the one way on which every call goes out.

use std::fmt;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::body::Body;
use super::client::{Client, Request};
use super::error::Kind;
use super::response::Raw;
use super::{ApiError, Error, Response, Upload, decode, parameter};

/// What is the same for all calls of an operation.
#[derive(Debug)]
pub struct Operation {
    /// The operation's id in the document; empty when it has none.
    pub id: &'static str,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            "" => write!(f, "{} {}", self.method, self.path),
            id => write!(f, "{id} ({} {})", self.method, self.path),
        }
    }
}

/// A value as it is to be sent, or what is wrong with it. Kept until the call is sent, so that the
/// setters can be chained.
type Prepared<T> = Result<T, String>;

type Pairs = Vec<(String, String)>;

/// A call that is being put together.
///
/// Setting a parameter again replaces it. `Debug` prints the operation and none of the values.
#[derive(Clone)]
pub struct Call<'a> {
    client: &'a Client,
    operation: &'static Operation,
    path: Vec<(&'static str, Prepared<String>)>,
    query: Vec<(&'static str, Prepared<Pairs>)>,
    headers: Vec<(&'static str, Prepared<(HeaderName, HeaderValue)>)>,
    body: Option<Prepared<Body>>,
}

// A document may have no operation with a parameter of some kind.
#[allow(dead_code)]
impl<'a> Call<'a> {
    /// A call without parameters.
    pub fn new(client: &'a Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
        }
    }

    /// Sets a path parameter: a scalar that is not empty.
    pub fn path(&mut self, name: &'static str, value: &impl Serialize) {
        set(&mut self.path, name, parameter::segment(name, value));
    }

    /// Sets a query parameter: a scalar, a list or an object.
    pub fn query(&mut self, name: &'static str, value: &impl Serialize) {
        set(&mut self.query, name, parameter::query(name, value));
    }

    /// Sets a header parameter: a scalar.
    pub fn header(&mut self, name: &'static str, value: &impl Serialize) {
        set(&mut self.headers, name, header(name, value));
    }

    /// Sets the body, sent as JSON.
    pub fn json(&mut self, body: &impl Serialize) {
        self.json_as("application/json", body);
    }

    /// Sets the body, sent as JSON under a media type of its own.
    pub fn json_as(&mut self, media_type: &'static str, body: &impl Serialize) {
        self.body = Some(Body::json(media_type, body));
    }

    /// Sets the body, sent as a form without files.
    pub fn form(&mut self, body: &impl Serialize) {
        self.body = Some(Body::form(body));
    }

    /// Sets the body, sent as a form in which any [`Upload`] is a file.
    pub fn multipart(&mut self, body: &impl Serialize) {
        self.body = Some(Body::multipart(body));
    }

    /// Sets the body, sent as text.
    pub fn text(&mut self, media_type: &'static str, body: &impl AsRef<str>) {
        self.raw(media_type, &Upload::bytes(body.as_ref().to_owned()));
    }

    /// Sets the body, sent as it is. Its own media type comes before `media_type`.
    pub fn raw(&mut self, media_type: &'static str, body: &Upload) {
        let media_type = body.media_type.as_deref().unwrap_or(media_type);
        self.body = Some(Body::whole(media_type, body.clone()));
    }

    /// Sends the call and decodes the answer.
    pub async fn send<T: DeserializeOwned + 'static>(self) -> Result<Response<T>, Error> {
        let raw = self.execute().await?;
        Ok(Response::new(decode::decode(&raw)?, raw))
    }

    /// Sends the call; the answer is what its body holds, whatever that is.
    pub async fn send_bytes(mut self) -> Result<Response<Bytes>, Error> {
        // JSON comes first, or Laravel answers errors with a web page.
        let accept = HeaderValue::from_static("application/json, */*;q=0.8");
        set(&mut self.headers, "Accept", Ok((ACCEPT, accept)));
        let raw = self.execute().await?;
        Ok(Response::new(raw.body.clone(), raw))
    }

    /// The way of every call of every operation: build, authorise, transmit, check the status.
    ///
    /// It borrows the call, so that the call can be sent again.
    async fn execute(&self) -> Result<Raw, Error> {
        let refused = |message| Error::new(Some(self.operation), Kind::Request(message));
        let mut request = self.request().map_err(refused)?;
        if let Some(Ok(body)) = &self.body {
            request.body = Some(body.open().await.map_err(refused)?);
        }
        let answer = self.client.transmit(self.operation, request).await?;
        let kind = if !answer.raw.status.is_success() {
            Kind::Api(ApiError::new(answer.raw, &self.sent_texts()))
        } else if !answer.complete {
            let limit = self.client.max_response_bytes();
            Kind::TooLarge {
                raw: Raw {
                    body: Bytes::new(),
                    ..answer.raw
                },
                limit,
            }
        } else {
            return Ok(answer.raw);
        };
        Err(Error::new(Some(self.operation), kind))
    }

    /// The request but for its body, which may be there only once.
    pub(super) fn request(&self) -> Prepared<Request> {
        let method = Method::from_bytes(self.operation.method.as_bytes())
            .map_err(|_| format!("`{}` is not an HTTP method", self.operation.method))?;
        let mut url = self.client.base_url().clone();
        let path = format!("{}{}", url.path().trim_end_matches('/'), self.expand()?);
        url.set_path(&path);
        for (_, pairs) in &self.query {
            let pairs = pairs.as_ref().map_err(Clone::clone)?;
            if !pairs.is_empty() {
                url.query_pairs_mut().extend_pairs(pairs);
            }
        }
        let mut headers = HeaderMap::new();
        for (_, header) in &self.headers {
            let (name, value) = header.as_ref().map_err(Clone::clone)?;
            headers.insert(name, value.clone());
        }
        if let Some(body) = &self.body {
            let body = body.as_ref().map_err(Clone::clone)?;
            headers.insert(CONTENT_TYPE, body.media_type.clone());
        }
        Ok(Request {
            method,
            url,
            headers,
            body: None,
        })
    }

    /// The path template with its parameters put in.
    fn expand(&self) -> Prepared<String> {
        let mut path = String::new();
        let mut rest = self.operation.path;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            let value = match self.path.iter().find(|(set, _)| *set == name) {
                Some((_, value)) => value.as_ref().map_err(Clone::clone)?,
                None => return Err(format!("the path parameter `{name}` is not set")),
            };
            path.push_str(before);
            path.push_str(value);
            rest = after;
        }
        path.push_str(rest);
        Ok(path)
    }

    /// The texts of this call that an error answer may repeat and that nobody should print: the key
    /// and what the body holds. A text of three characters or fewer says little and is in many words.
    fn sent_texts(&self) -> Vec<String> {
        fn collect(value: Value, texts: &mut Vec<String>) {
            match value {
                Value::String(text) if text.chars().count() > 3 => texts.push(text),
                Value::Array(items) => items.into_iter().for_each(|item| collect(item, texts)),
                Value::Object(fields) => {
                    fields
                        .into_iter()
                        .for_each(|(_, field)| collect(field, texts));
                }
                _ => {}
            }
        }
        let mut texts = vec![self.client.api_key().expose().to_owned()];
        if let Some(Ok(body)) = &self.body {
            for text in &body.texts {
                collect(Value::from(text.as_str()), &mut texts);
            }
            if let Some(Ok(value)) = body.bytes().map(|bytes| serde_json::from_slice(bytes)) {
                collect(value, &mut texts);
            }
        }
        let escaped: Vec<String> = texts.iter().flat_map(|text| escaped(text)).collect();
        texts.extend(escaped);
        // The longest first, or a text that another one holds would leave the rest of it.
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        texts
    }
}

/// `text` in the forms in which PHP repeats it within other text: as JSON, whose slashes and letters beyond ASCII may be
/// escaped, each or both, and as HTML, where frameworks differ in the apostrophe.
fn escaped(text: &str) -> Vec<String> {
    let json = Value::from(text).to_string();
    let json = &json[1..json.len() - 1];
    let mut units = [0; 2];
    let ascii: String = json
        .chars()
        .map(|c| match c.is_ascii() {
            true => c.to_string(),
            false => c
                .encode_utf16(&mut units)
                .iter()
                .map(|unit| format!("\\u{unit:04x}"))
                .collect(),
        })
        .collect();
    let html = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let mut forms = vec![
        json.replace('/', "\\/"),
        ascii.replace('/', "\\/"),
        json.to_owned(),
        ascii,
        html.replace('\'', "&#039;"),
        html.replace('\'', "&#39;"),
        html,
    ];
    forms.sort();
    forms.dedup();
    forms.retain(|form| form != text);
    forms
}

fn set<T>(all: &mut Vec<(&'static str, T)>, name: &'static str, value: T) {
    match all.iter_mut().find(|(set, _)| *set == name) {
        Some((_, old)) => *old = value,
        None => all.push((name, value)),
    }
}

fn header(name: &str, value: &impl Serialize) -> Prepared<(HeaderName, HeaderValue)> {
    let refused = || format!("the value of the header `{name}` cannot be sent in a header");
    let text = parameter::scalar(value).ok_or_else(refused)?;
    Ok((
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?,
        HeaderValue::from_str(&text).map_err(|_| refused())?,
    ))
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
