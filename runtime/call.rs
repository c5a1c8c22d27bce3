//! One call of an operation: its parameters, its own settings, and the request that they make.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Method, Request, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::body::Body;
use super::client::Client;
use super::custom::CustomCall;
use super::operation::{Operation, Repeat, undocumented};
use super::response::{self, Response};
use super::scalar::scalar;
use super::{Error, RetryPolicy, Upload, parameter, target};

/// A value as it is to be sent, or what is wrong with it. Kept until the call is sent, so that the
/// setters can be chained.
pub(super) type Prepared<T> = Result<T, String>;

type Name = Cow<'static, str>;

/// A call that is being put together.
///
/// Setting a parameter again replaces it. `Debug` prints the operation and none of the values.
#[derive(Clone)]
pub struct Call {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    path: Vec<(Name, Prepared<String>)>,
    /// Each with its name, as it is sent; nothing where its value says nothing.
    query: Vec<(Name, Prepared<String>)>,
    headers: Vec<(Name, Prepared<(HeaderName, HeaderValue)>)>,
    pub(super) body: Option<Prepared<Body>>,
    /// In a box, since most calls have none, and every setter moves the call.
    own: Option<Box<Own>>,
}

/// What a call has of its own in place of the client's settings.
#[derive(Clone)]
pub(super) struct Own {
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) repeat: Option<Repeat>,
    /// The method, of a call of no documented operation.
    method: Option<Method>,
    /// The path and query of a call of no documented operation, or the URL of a next page.
    target: Option<Prepared<Url>>,
    /// What in a success says that it is none.
    pub(super) check: Check,
}

/// What in a success says that it is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// What only a failure says, beside no data.
    Success,
    /// That it says nothing else than a failure does, in place of a file.
    File,
    /// Nothing.
    Nothing,
}

impl Own {
    const NOTHING: Self = Self {
        timeout: None,
        deadline: None,
        retry: None,
        repeat: None,
        method: None,
        target: None,
        check: Check::Success,
    };
}

// A document may have no operation with a parameter of some kind.
#[allow(dead_code)]
impl Call {
    /// A call without parameters. It holds a clone of the client, so that it can be kept and handed on.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            own: None,
        }
    }

    /// A call of what no operation describes: a path with its query, below the base URL, or a URL of its origin.
    pub(super) fn to(client: &Client, method: Method, target: &str) -> Self {
        let mut call = Self::new(client, undocumented(&method));
        let target = target::resolve(client.base_url(), target);
        let own = call.own_mut();
        own.target = Some(target);
        own.method = Some(method);
        call
    }

    /// The call of the page that the answer to this one links to. The query is in the link. `None` when it leads to
    /// another origin.
    pub(super) fn follow(mut self, link: &str) -> Option<Self> {
        let page = self.url().ok()?;
        let client = &self.client;
        let url = target::follow(client.base_url(), client.published_url(), &page, link)?;
        self.own_mut().target = Some(Ok(url));
        self.query.clear();
        Some(self)
    }

    /// The URL of the page that a link led to.
    pub(super) fn target(&self) -> Option<&Url> {
        self.own().target.as_ref()?.as_ref().ok()
    }

    /// What it has of its own.
    pub(super) fn own(&self) -> &Own {
        static NOTHING: Own = Own::NOTHING;
        self.own.as_deref().unwrap_or(&NOTHING)
    }

    pub(super) fn own_mut(&mut self) -> &mut Own {
        self.own.get_or_insert_with(|| Box::new(Own::NOTHING))
    }

    /// Sets a path parameter: a scalar that is not empty.
    pub fn path(&mut self, name: &'static str, value: &impl Serialize) {
        set(&mut self.path, name, parameter::segment(name, value));
    }

    /// Sets a query parameter: a scalar, a list or an object.
    pub fn query(&mut self, name: impl Into<Name>, value: &impl Serialize) {
        let name = name.into();
        let value = parameter::query(&name, value);
        if let Some(Ok(target)) = self.own.as_mut().and_then(|own| own.target.as_mut()) {
            target::without(target, &name);
        }
        set(&mut self.query, name, value);
    }

    /// The query parameter `name` as it is sent.
    pub(super) fn query_value(&self, name: &str) -> Option<String> {
        let (_, value) = match self.query.iter().find(|(set, _)| set == name) {
            Some((_, query)) => form_urlencoded::parse(query.as_ref().ok()?.as_bytes()).next()?,
            None => self.target()?.query_pairs().find(|(set, _)| set == name)?,
        };
        Some(value.into_owned())
    }

    /// The texts that it sends in its URL and headers.
    pub(super) fn values(&self) -> Vec<String> {
        let query = self
            .query
            .iter()
            .filter_map(|(_, query)| query.as_ref().ok());
        let query = query.flat_map(|query| form_urlencoded::parse(query.as_bytes()));
        let target = self.target().into_iter().flat_map(Url::query_pairs);
        let query = query.chain(target).map(|(_, value)| value.into_owned());
        let headers = self
            .headers
            .iter()
            .filter_map(|(_, header)| header.as_ref().ok());
        let headers = headers.filter_map(|(_, value)| Some(value.to_str().ok()?.to_owned()));
        let path = self
            .path
            .iter()
            .filter_map(|(_, value)| value.as_ref().ok());
        let path = path.map(String::as_str);
        let path = path.chain(self.target().into_iter().flat_map(target::path_values));
        let path = path.map(|value| percent_decode_str(value).decode_utf8_lossy().into_owned());
        query.chain(headers).chain(path).collect()
    }

    /// Sets a header parameter: a scalar.
    pub fn header(&mut self, name: impl Into<Name>, value: &impl Serialize) {
        let name = name.into();
        let value = header(&name, value);
        self.headers
            .retain(|(set, _)| !set.eq_ignore_ascii_case(&name));
        self.headers.push((name, value));
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

    /// Sets a field of the body beside what it has.
    pub(super) fn body_field(&mut self, name: &str, value: &impl Serialize) {
        self.body = Some(match self.body.take() {
            None => Body::json("application/json", &serde_json::json!({}))
                .and_then(|body| body.with(name, value)),
            Some(body) => body.and_then(|body| body.with(name, value)),
        });
    }

    /// Writes the booleans of a form as words.
    pub(super) fn boolean_words(&mut self) {
        self.body = self
            .body
            .take()
            .map(|body| body.and_then(Body::with_boolean_words));
    }

    /// Sends the call and decodes the answer.
    pub async fn send<T: DeserializeOwned + 'static>(self) -> Result<Response<T>, Error> {
        Response::decode(self.execute().await?)
    }

    /// Sends the call; the answer is what its body holds, whatever that is.
    pub async fn send_bytes(self) -> Result<Response<Bytes>, Error> {
        let raw = self.anything(Check::File).execute().await?;
        response::bytes(raw)
    }

    /// The call with settings of its own.
    pub fn customize<T: DeserializeOwned + 'static>(self) -> CustomCall<T> {
        CustomCall::new(self, Response::decode)
    }

    /// The call with settings of its own, whose answer is what its body holds.
    pub fn customize_bytes(self) -> CustomCall<Bytes> {
        CustomCall::new(self.anything(Check::File), response::bytes)
    }

    /// The call when any media type will do. JSON comes first, or Laravel answers errors with a web page.
    pub(super) fn anything(mut self, check: Check) -> Self {
        self.own_mut().check = check;
        let accept = HeaderValue::from_static("application/json, */*;q=0.8");
        if !self
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("accept"))
        {
            set(&mut self.headers, "Accept", Ok((ACCEPT, accept)));
        }
        self
    }

    /// The request but for its body, which may be there only once.
    pub(super) fn request(&self) -> Prepared<Request> {
        let method = self.method()?;
        let url = self.url()?;
        // Some gateways refuse a POST or PUT without a length. Browsers set it themselves.
        let no_length =
            self.body.is_none() && matches!(method, Method::POST | Method::PUT | Method::PATCH);
        let mut request = Request::new(method, url);
        let headers = request.headers_mut();
        for (name, value) in self.client.headers() {
            headers.insert(name, value.clone());
        }
        for (_, header) in &self.headers {
            let (name, value) = header.as_ref().map_err(Clone::clone)?;
            headers.insert(name, value.clone());
        }
        if let Some(body) = &self.body {
            let body = body.as_ref().map_err(Clone::clone)?;
            // A form's parts cannot be read without what its type says.
            if body.is_multipart() || !headers.contains_key(CONTENT_TYPE) {
                headers.insert(CONTENT_TYPE, body.media_type.clone());
            }
        }
        if no_length {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(request)
    }

    fn method(&self) -> Prepared<Method> {
        let method = match &self.own().method {
            Some(method) => method.clone(),
            None => Method::from_bytes(self.operation.method.as_bytes())
                .map_err(|_| format!("`{}` is not an HTTP method", self.operation.method))?,
        };
        match method {
            Method::CONNECT => {
                Err("expected a method of a server, but found CONNECT, which is for proxies".into())
            }
            method => Ok(method),
        }
    }

    /// Where the call goes, read in one go: to set path and query one after the other takes longer.
    fn url(&self) -> Prepared<Url> {
        let base = self.client.base_url();
        let mut target = match &self.own().target {
            Some(url) => url.clone()?.into(),
            None => self.path_below(base.path())?,
        };
        for (_, parameter) in &self.query {
            let parameter = parameter.as_ref().map_err(Clone::clone)?;
            if !parameter.is_empty() {
                if !target.ends_with(['?', '&']) {
                    target.push(if target.contains('?') { '&' } else { '?' });
                }
                target.push_str(parameter);
            }
        }
        base.join(&target)
            .map_err(|_| format!("`{}` is no path of a URL", self.operation.path))
    }

    /// The path of the operation below `base`: the template with its parameters put in.
    fn path_below(&self, base: &str) -> Prepared<String> {
        let mut path = String::with_capacity(128);
        path.push_str(base.strip_suffix('/').unwrap_or(base));
        let mut rest = self.operation.path;
        if !rest.starts_with('/') {
            path.push('/');
        }
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            let value = match self.path.iter().find(|(set, _)| *set == name) {
                Some((_, value)) => value.as_ref().map_err(Clone::clone)?,
                None => return Err(format!("the path parameter `{name}` is not set")),
            };
            parameter::push_literal(&mut path, before);
            path.push_str(value);
            rest = after;
        }
        parameter::push_literal(&mut path, rest);
        // What begins with two slashes would be another host.
        if path.starts_with("//") {
            path.insert_str(0, "/.");
        }
        Ok(path)
    }
}

fn set<T>(all: &mut Vec<(Name, T)>, name: impl Into<Name>, value: T) {
    let name = name.into();
    match all.iter_mut().find(|(set, _)| *set == name) {
        Some((_, old)) => *old = value,
        None => all.push((name, value)),
    }
}

fn header(name: &str, value: &impl Serialize) -> Prepared<(HeaderName, HeaderValue)> {
    let shown = super::error::printable(name, 100);
    let refused = || format!("the value of the header `{shown}` cannot be sent in a header");
    if ["content-length", "transfer-encoding", "host"]
        .iter()
        .any(|own| name.eq_ignore_ascii_case(own))
    {
        return Err(format!(
            "the header `{name}` says how a request is sent, and is the client's own"
        ));
    }
    let text = scalar(value).ok_or_else(refused)?;
    Ok((
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?,
        HeaderValue::from_str(&text).map_err(|_| refused())?,
    ))
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
