//! The settings of a client, and what is wrong with them.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderValue};

use super::client::{Client, Defaults, Settings};
use super::decode::Decoding;
use super::limiter::{Budget, Limiter};
use super::platform::{Connections, Make};
use super::{Error, RetryPolicy, Secret, platform};

const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_BYTES: usize = 256 << 20;
/// However small a response has to be, it may take this much once it is decoded.
const MIN_DECODED_BYTES: usize = 16 << 20;

/// The settings of a [`Client`].
///
/// Settings are checked by [`build`](Self::build), all of them in one place.
#[must_use = "nothing is made until `build` is called"]
pub struct ClientBuilder {
    api_key: Option<Secret>,
    base_url: String,
    published_url: String,
    user_agent: String,
    timeout: Duration,
    deadline: Option<Duration>,
    retry: RetryPolicy,
    budget: Option<fn(&HeaderMap) -> Option<Budget>>,
    limits_rate: bool,
    connect_timeout: Option<Duration>,
    max_response_bytes: usize,
    strict: bool,
    http: Option<reqwest::Client>,
    http_builder: Option<reqwest::ClientBuilder>,
    proxy: Option<Secret>,
    plain_http: bool,
}

impl ClientBuilder {
    /// The default settings for an API at `base_url`.
    pub(crate) fn new(base_url: &str, user_agent: &str) -> Self {
        Self {
            api_key: None,
            base_url: base_url.to_owned(),
            published_url: base_url.to_owned(),
            user_agent: user_agent.to_owned(),
            timeout: TIMEOUT,
            deadline: None,
            retry: RetryPolicy::default(),
            budget: None,
            limits_rate: false,
            connect_timeout: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            strict: false,
            http: None,
            http_builder: None,
            proxy: None,
            plain_http: false,
        }
    }

    /// Sets the key, without the word `Bearer`.
    pub fn api_key(mut self, api_key: impl Into<Secret>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Sets where requests go to, for tests or for a gateway. A path is kept in front of the paths
    /// of the operations.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// How an answer of this API says what is left of its limits.
    #[allow(dead_code, reason = "an API may have no limits")]
    pub(crate) fn budget(mut self, read: fn(&HeaderMap) -> Option<Budget>) -> Self {
        self.budget = Some(read);
        self
    }

    /// Sets how long one attempt of a call may take, from connecting to the last byte of the answer.
    /// The default is 60 seconds. While a file or another body of more than 64 KiB is sent, it is the time for each part of
    /// it, and then for the answer: an upload may take as long as it goes on. A deadline is for all of it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long a call may take with all its attempts and the waits between them. There is no such limit by default:
    /// the timeout and the retry policy give one.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets how often a call is sent again when it fails. What may have taken effect is never
    /// sent twice; see [`RetryPolicy`] for what that rests on.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets whether calls wait before the API's limit of requests a minute is reached, in place of being refused then.
    /// All clones of the client share the count. They do not by default.
    ///
    /// A call waits as long as its deadline allows, and its own timeout (`customize`); when it would have to wait for
    /// longer, it fails at once with [`Error::is_timeout`] and [`Error::is_unsent`]. The client's timeout is for the
    /// request alone.
    pub fn limit_rate(mut self, limit: bool) -> Self {
        self.limits_rate = limit;
        self
    }

    /// Sets how long connecting may take. The default is 10 seconds. Browsers do not know this
    /// limit, and a client given to [`http_client`](Self::http_client) has its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets how long the body of a response may be, after decompression, so that a broken server
    /// cannot fill the memory. The default is 256 MiB.
    ///
    /// What it becomes once it is decoded may take twice as much, but at least 16 MiB: a few bytes of JSON can stand for
    /// a large struct.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sets whether a response with a value that does not have the documented form is an error, with
    /// [`Error::is_decode`]. By default such a value is converted or left out, and the response says so; see
    /// [`Response::mismatches`](super::Response::mismatches).
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets the `User-Agent` header.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets the proxy through which requests go, such as `http://user:password@proxy.example.com:8080`. By default it is
    /// that of the environment (`HTTPS_PROXY` and the like), and none where the base URL is of this machine. Browsers know
    /// no such setting.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Sets what the HTTP client is built from, for several proxies, certificates or DNS of one's own: a
    /// [`reqwest::Client::builder`]. That redirects are not followed, that nothing is sent again without the retry policy,
    /// the connect timeout and the proxy are set on it here, so prefer it to [`http_client`](Self::http_client). Where the
    /// base URL is of this machine its own proxies are taken away; [`proxy`](Self::proxy) sets one all the same.
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http_builder = Some(builder);
        self
    }

    /// Sets the HTTP client, to share its pool with other parts of the program.
    ///
    /// Use it on one runtime of tokio, or on runtimes of several threads: a connection that was made on a runtime of one
    /// thread stands still with it, and a request from elsewhere that gets it hangs until its timeout. The default HTTP
    /// client has connections of its own for each such runtime; of one given here, or of a builder's, no second can be made.
    ///
    /// **Make it with `redirect(reqwest::redirect::Policy::none())`**, as the default one is: a client
    /// that follows redirects sends a POST again as a GET, or with its body and headers to another host. An answer from
    /// another origin is refused in any case, and reqwest does not send the key there. Make it with `no_proxy()` where the
    /// base URL is `http:` of this machine: while the environment has a proxy for it, which the client may take, it is
    /// refused here.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Allows `http:` to hosts other than this machine, and through a proxy on another one. The key and all passwords then
    /// travel in clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// With [`Error::is_configuration`], when the key is missing or cannot be a header, when the
    /// base URL is not one, carries credentials, a query or a fragment, or would send the key in
    /// clear, when the user agent cannot be a header, when the proxy is no URL or would get the key in clear, when a connect timeout, a proxy or a
    /// builder is set beside a given HTTP client, or when the system's certificates cannot be read.
    pub fn build(self) -> Result<Client, Error> {
        let (api_key, authorization) = authorization(self.api_key)?;
        let published_url = base_url(&self.published_url, true)?;
        let base_url = base_url(&self.base_url, self.plain_http)?;
        let user_agent = HeaderValue::from_str(&self.user_agent).map_err(|_| {
            Error::configuration(
                "expected a user agent of visible ASCII characters, but found others",
            )
        })?;
        if self.http.is_some() && self.http_builder.is_some() {
            return Err(Error::configuration(
                "expected an HTTP client or the builder of one, but found both",
            ));
        }
        let http = match (self.http, self.connect_timeout, self.proxy) {
            (Some(_), Some(_), _) => {
                return Err(Error::configuration(
                    "expected a connect timeout or an HTTP client, but found both; set the timeout on the HTTP client",
                ));
            }
            (Some(_), _, Some(_)) => {
                return Err(Error::configuration(
                    "expected a proxy or an HTTP client, but found both; set the proxy on the HTTP client",
                ));
            }
            (Some(client), None, None) => {
                if is_private(&base_url) && !self.plain_http && platform::has_proxy(&base_url) {
                    return Err(Error::configuration(
                        "expected an environment without a proxy for the base URL, but found one, to which an HTTP client \
                         of your own may send the key in clear; use `http_client_builder`, set `NO_PROXY`, or call \
                         `ClientBuilder::allow_plain_http`",
                    ));
                }
                Connections::new(client, None)
            }
            (None, timeout, proxy) => {
                let timeout = timeout.unwrap_or(CONNECT_TIMEOUT);
                let proxy = proxy.map(|proxy| checked(proxy, &base_url, self.plain_http));
                let (proxy, loopback) = (proxy.transpose()?, is_loopback(&base_url));
                let own = self.http_builder.is_some();
                let builder = self.http_builder.unwrap_or_default();
                let client = http_client(builder, timeout, proxy.clone(), loopback)?;
                let another: Make = Box::new(move || {
                    let builder = reqwest::Client::builder();
                    http_client(builder, timeout, proxy.clone(), loopback).ok()
                });
                Connections::new(client, (!own).then_some(another))
            }
        };
        Ok(Client::from_settings(Settings {
            http,
            base_url,
            published_url,
            authorization,
            api_key,
            user_agent,
            defaults: Defaults {
                timeout: self.timeout,
                deadline: self.deadline,
                retry: self.retry,
            },
            max_response_bytes: self.max_response_bytes,
            decoding: Decoding {
                strict: self.strict,
                memory: self
                    .max_response_bytes
                    .saturating_mul(2)
                    .max(MIN_DECODED_BYTES),
            },
            limiter: self.budget.filter(|_| self.limits_rate).map(Limiter::new),
        }))
    }
}

/// The key and its header. No message shows the key.
fn authorization(api_key: Option<Secret>) -> Result<(Secret, HeaderValue), Error> {
    let Some(api_key) = api_key else {
        return Err(Error::configuration(
            "expected an API key, but none is set; pass one to `ClientBuilder::api_key`",
        ));
    };
    let text = api_key.expose();
    let found = if text.is_empty() {
        "an empty text"
    } else if text.starts_with("Bearer ") {
        "one with `Bearer` in front; leave that out"
    } else if text.chars().any(char::is_control) {
        "a control character in it; is there a line break at its end?"
    } else if text.contains(char::is_whitespace) {
        "white space in it"
    } else if !text.is_ascii() {
        "a character in it that is not ASCII"
    } else {
        let mut header = HeaderValue::from_str(&format!("Bearer {text}"))
            .map_err(|_| Error::configuration("expected an API key of visible ASCII characters"))?;
        header.set_sensitive(true);
        return Ok((api_key, header));
    };
    Err(Error::configuration(format!(
        "expected an API key, but found {found}"
    )))
}

/// The base URL without a slash at its end. No message shows it: it may hold credentials.
fn base_url(text: &str, plain_http: bool) -> Result<Url, Error> {
    let refuse = |found: &str| {
        Err(Error::configuration(format!(
            "expected a base URL such as `https://api.example.com`, but found {found}"
        )))
    };
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return refuse(&format!("a text that is no URL ({error})")),
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse(&format!(
            "the scheme `{}`",
            super::error::printable(url.scheme(), 20)
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("one with credentials; pass the key to `ClientBuilder::api_key`");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("one with a query or a fragment");
    }
    if url.scheme() == "http" && !plain_http && !is_loopback(&url) {
        return refuse(
            "`http:` to another machine, which would send the key in clear; use `https:`, or call `ClientBuilder::allow_plain_http`",
        );
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

/// Whether the key stays on this machine, so that it may be sent in clear.
fn is_private(base_url: &Url) -> bool {
    base_url.scheme() == "http" && is_loopback(base_url)
}

/// A proxy that does not get to see what would otherwise stay on this machine.
fn checked(proxy: Secret, base_url: &Url, plain_http: bool) -> Result<Secret, Error> {
    let elsewhere = || Url::parse(proxy.expose()).is_ok_and(|url| !is_loopback(&url));
    if is_private(base_url) && !plain_http && elsewhere() {
        return Err(Error::configuration(
            "expected a proxy on this machine for a base URL that is `http:` of this machine, but found one on another, \
             which would get the key in clear; use `https:`, or call `ClientBuilder::allow_plain_http`",
        ));
    }
    Ok(proxy)
}

fn http_client(
    builder: reqwest::ClientBuilder,
    connect_timeout: Duration,
    proxy: Option<Secret>,
    loopback: bool,
) -> Result<reqwest::Client, Error> {
    // Followed redirects turn a POST into a GET and carry values elsewhere. Browsers know none of these settings.
    #[cfg(not(target_arch = "wasm32"))]
    let builder = builder
        .connect_timeout(connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        // What is sent again, and when, is for the retry policy to say. Of a request that is sent once no copy is kept.
        .retry(reqwest::retry::never().max_retries_per_request(0));
    #[cfg(target_arch = "wasm32")]
    let _ = (connect_timeout, proxy, loopback);
    #[cfg(not(target_arch = "wasm32"))]
    // No proxy is nearer to this machine than it is itself, and one of the environment would see the key in clear.
    #[cfg(not(target_arch = "wasm32"))]
    let builder = if loopback {
        builder.no_proxy()
    } else {
        builder
    };
    #[cfg(not(target_arch = "wasm32"))]
    let builder = match proxy {
        None => builder,
        // The reason is not shown: the URL may hold a password.
        Some(url) => builder.proxy(reqwest::Proxy::all(url.expose()).map_err(|_| {
            Error::configuration("expected a proxy's URL such as `http://proxy.example.com:8080`, but found another text")
        })?),
    };
    builder.build().map_err(|error| {
        Error::configuration(format!(
            "expected a working HTTP client, but found: {error}"
        ))
    })
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not checked yet and may hold credentials.
        f.debug_struct("ClientBuilder")
            .field("api_key", &self.api_key)
            .field("timeout", &self.timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}
