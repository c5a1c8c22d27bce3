//! The client: what all calls share, and how a request is sent.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, Request, Url};
use serde_json::Value;

use super::body::Body;
use super::call::Call;
use super::clock::Instant;
use super::custom::CustomCall;
use super::decode::Decoding;
use super::error::Kind;
use super::exchange::Exchange;
use super::limiter::{Limiter, Permit};
use super::operation::Operation;
use super::platform::{Connections, Pulse};
use super::response::{Raw, Response};
use super::{Error, RetryPolicy, Secret, platform, redact};

/// The client: one method for every operation of the API.
///
/// A clone is cheap and shares the key, the settings and the pool of connections, so make one and
/// hand out clones. `Debug` prints neither the key nor anything made of it.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    http: Connections,
    base_url: Url,
    published_url: Url,
    headers: HeaderMap,
    api_key: Secret,
    defaults: Defaults,
    max_response_bytes: usize,
    decoding: Decoding,
    limiter: Option<Limiter>,
}

/// How long an answer may take.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) timeout: Duration,
    pub(super) deadline: Option<Instant>,
    /// Whether the timeout is for the whole answer, or for its head and for each piece of its body.
    pub(super) whole: bool,
}

impl Limits {
    /// Moves the deadline to `time` after `start`, if it was later.
    pub(super) fn end_after(&mut self, start: Instant, time: Duration) {
        // A time beyond what the clock can count is no limit.
        let end = start.checked_add(time);
        self.deadline = self.deadline.into_iter().chain(end).min();
    }
}

/// What a builder has found to be in order.
pub(super) struct Settings {
    pub(super) http: Connections,
    pub(super) base_url: Url,
    pub(super) published_url: Url,
    pub(super) authorization: HeaderValue,
    pub(super) api_key: Secret,
    pub(super) user_agent: HeaderValue,
    pub(super) defaults: Defaults,
    pub(super) max_response_bytes: usize,
    pub(super) decoding: Decoding,
    pub(super) limiter: Option<Limiter>,
}

/// What a call may have of its own.
pub(super) struct Defaults {
    pub(super) timeout: Duration,
    pub(super) deadline: Option<Duration>,
    pub(super) retry: RetryPolicy,
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
                published_url: settings.published_url,
                headers,
                api_key: settings.api_key,
                defaults: settings.defaults,
                max_response_bytes: settings.max_response_bytes,
                decoding: settings.decoding,
                limiter: settings.limiter,
            }),
        }
    }

    /// Where requests go to; the paths of the operations are appended to it.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.inner.base_url
    }

    /// Where the API itself is, which its answers have in their links even where a gateway stands between.
    pub(crate) fn published_url(&self) -> &Url {
        &self.inner.published_url
    }

    pub(super) fn api_key(&self) -> &Secret {
        &self.inner.api_key
    }

    /// What every request has in its head.
    pub(super) fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    pub(super) fn max_response_bytes(&self) -> usize {
        self.inner.max_response_bytes
    }

    pub(super) fn defaults(&self) -> &Defaults {
        &self.inner.defaults
    }

    /// Leave to send a request, waited for where the server's limits are watched.
    pub(super) async fn permit(&self, deadline: Option<Instant>) -> Result<Permit<'_>, Kind> {
        match &self.inner.limiter {
            Some(limiter) => Box::pin(limiter.permit(deadline)).await,
            None => Ok(Permit::free()),
        }
    }

    /// The texts of the key and of a value that is sent, which no error should print.
    #[allow(dead_code, reason = "an API may have nothing that takes several calls")]
    pub(crate) fn sent_texts(&self, value: &impl serde::Serialize) -> Vec<String> {
        let body = Body::json("application/json", value).ok();
        redact::sent_texts(self.api_key(), [], body.as_ref())
    }

    /// A call of what the document does not describe: the method, and a path with its query below the base URL.
    ///
    /// It goes out like every call, with the key, the limits and the repetitions, and gives whatever JSON it gets: what
    /// is no JSON is an error, unless text or bytes are asked for ([`CustomCall::send_text`], [`CustomCall::send_raw`]).
    /// A URL of the base URL's origin may stand in place of the path; the key is sent to no other. A fragment (`#…`) is
    /// refused. A method that is not GET, HEAD, OPTIONS or TRACE is sent again only when it was not sent, or refused
    /// with a 429.
    ///
    /// ```no_run
    /// # async fn call(client: onlyfansapi::Client) -> Result<(), onlyfansapi::Error> {
    /// use onlyfansapi::Method;
    ///
    /// let answer = client.request(Method::GET, "/api/whoami").query("verbose", true).send().await?;
    /// println!("{}", answer["data"]);
    /// # Ok(()) }
    /// ```
    pub fn request(&self, method: Method, target: impl AsRef<str>) -> CustomCall<Value> {
        CustomCall::new(
            Call::to(self, method, target.as_ref()),
            Response::decode_json,
        )
    }

    /// Leaves connections alone that were closed while nobody looked.
    pub(super) fn settle(&self) -> impl Future<Output = ()> {
        self.inner.http.settle()
    }

    /// Sends a request, and waits for the head of the answer.
    ///
    /// No `async fn`, which would carry the request about: it is handed over at once.
    pub(super) fn transmit(
        &self,
        operation: &'static Operation,
        request: Request,
        pulse: Option<Pulse>,
        mut limits: Limits,
    ) -> impl Future<Output = Result<Exchange, Error>> {
        let paced = limits.whole && pulse.is_some();
        let sent = platform::send(&self.inner.http.here(), request, pulse, &mut limits);
        let decoding = self.inner.decoding;
        async move {
            let failed = |kind| Error::new(Some(operation), kind);
            let mut response = sent.await.map_err(failed)?;
            if paced {
                // What the request took does not count for the body of its answer.
                limits.end_after(Instant::now(), limits.timeout);
            }
            let raw = Raw {
                operation,
                status: response.status(),
                headers: platform::take_headers(&mut response),
                body: Bytes::new(),
                attempts: 1,
                decoding,
            };
            if !same_origin(response.url(), &self.inner.base_url) {
                return Err(failed(Kind::OtherOrigin(raw)));
            }
            Ok(Exchange::new(response, raw, limits))
        }
    }
}

/// Whether a URL is of the origin of `base`, which has no query, and without credentials.
fn same_origin(url: &Url, base: &Url) -> bool {
    let origin = base.as_str().strip_suffix(base.path());
    let rest = origin.and_then(|origin| url.as_str().strip_prefix(origin));
    rest.is_some_and(|rest| rest.starts_with('/'))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.as_str())
            .field("timeout", &self.inner.defaults.timeout)
            .finish_non_exhaustive()
    }
}
