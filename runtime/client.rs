//! The client: what all calls share, and how a request and its answer travel.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, Url};

use super::call::Operation;
use super::error::Kind;
use super::response::Raw;
use super::{Error, Secret};

/// How much of the body of an answer that is not a success is kept.
const ERROR_BODY_LIMIT: usize = 1 << 20;

/// The client: one method for every operation of the API.
///
/// A clone is cheap and shares the key, the settings and the pool of connections, so make one and
/// hand out clones. `Debug` prints neither the key nor anything made of it.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    http: reqwest::Client,
    base_url: Url,
    headers: HeaderMap,
    api_key: Secret,
    timeout: Duration,
    max_response_bytes: usize,
}

/// One request as it is to be sent, without what all requests share.
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<reqwest::Body>,
}

/// An answer as far as it was read, and whether that is all of it.
pub(super) struct Answer {
    pub(super) raw: Raw,
    pub(super) complete: bool,
}

/// What a builder has found to be in order.
pub(super) struct Settings {
    pub(super) http: reqwest::Client,
    pub(super) base_url: Url,
    pub(super) authorization: HeaderValue,
    pub(super) api_key: Secret,
    pub(super) user_agent: HeaderValue,
    pub(super) timeout: Duration,
    pub(super) max_response_bytes: usize,
}

impl Client {
    pub(super) fn from_settings(settings: Settings) -> Self {
        let mut headers = HeaderMap::with_capacity(3);
        headers.insert(AUTHORIZATION, settings.authorization);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, settings.user_agent);
        Self {
            inner: Arc::new(Inner {
                http: settings.http,
                base_url: settings.base_url,
                headers,
                api_key: settings.api_key,
                timeout: settings.timeout,
                max_response_bytes: settings.max_response_bytes,
            }),
        }
    }

    /// Where requests go to; the paths of the operations are appended to it.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.inner.base_url
    }

    pub(super) fn api_key(&self) -> &Secret {
        &self.inner.api_key
    }

    #[cfg(test)]
    pub(super) fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    pub(super) fn max_response_bytes(&self) -> usize {
        self.inner.max_response_bytes
    }

    /// Sends a request with the key, and reads the answer up to the limit.
    pub(super) async fn transmit(
        &self,
        operation: &'static Operation,
        request: Request,
    ) -> Result<Answer, Error> {
        let broken = |error| Error::new(Some(operation), Kind::Transport(error));
        let mut headers = self.inner.headers.clone();
        for (name, value) in &request.headers {
            headers.insert(name, value.clone());
        }
        // Some gateways refuse a POST or PUT without a length. Browsers set it themselves.
        if request.body.is_none()
            && matches!(request.method, Method::POST | Method::PUT | Method::PATCH)
        {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let mut builder = self
            .inner
            .http
            .request(request.method, request.url)
            .timeout(self.inner.timeout)
            .headers(headers);
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        let response = builder.send().await.map_err(broken)?;
        let mut raw = Raw {
            operation,
            status: response.status(),
            headers: response.headers().clone(),
            body: Bytes::new(),
        };
        if response.url().origin() != self.inner.base_url.origin() {
            return Err(Error::new(Some(operation), Kind::OtherOrigin(raw)));
        }
        let success = raw.status.is_success();
        let limit = if success {
            self.inner.max_response_bytes
        } else {
            self.inner.max_response_bytes.min(ERROR_BODY_LIMIT)
        };
        let (body, end) = read(response, limit, success).await;
        let complete = match end {
            Ok(complete) => complete,
            // A refusal is one however much of its reason arrived.
            Err(_) if !success => false,
            Err(error) => return Err(broken(error)),
        };
        raw.body = body;
        Ok(Answer { raw, complete })
    }
}

/// Reads a body up to `limit` bytes, chunk by chunk: a longer one is never held in memory.
#[cfg(not(target_arch = "wasm32"))]
async fn read(
    mut response: reqwest::Response,
    limit: usize,
    success: bool,
) -> (Bytes, reqwest::Result<bool>) {
    // A longer success is of no use, so it need not be read at all.
    if success
        && response
            .content_length()
            .is_some_and(|length| length > limit as u64)
    {
        return (Bytes::new(), Ok(false));
    }
    // The announced length is a hint from outside: take it for what is common, and grow for more.
    let announced = response.content_length().unwrap_or(0).min(1 << 20);
    let mut body = BytesMut::with_capacity(usize::try_from(announced).unwrap_or(0));
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if chunk.len() > limit - body.len() => {
                body.extend_from_slice(&chunk[..limit - body.len()]);
                return (body.freeze(), Ok(false));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return (body.freeze(), Ok(true)),
            Err(error) => return (body.freeze(), Err(error)),
        }
    }
}

/// A browser hands over bodies whole, so the limit applies after the fact.
#[cfg(target_arch = "wasm32")]
async fn read(
    response: reqwest::Response,
    limit: usize,
    _success: bool,
) -> (Bytes, reqwest::Result<bool>) {
    match response.bytes().await {
        Ok(body) if body.len() > limit => (body.slice(..limit), Ok(false)),
        Ok(body) => (body, Ok(true)),
        Err(error) => (Bytes::new(), Err(error)),
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.as_str())
            .field("timeout", &self.inner.timeout)
            .finish_non_exhaustive()
    }
}
