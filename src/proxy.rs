//! Through which proxy OnlyFans sees an account: the default one, one of a country, or one's own.

use crate::Secret;
use crate::types::{
    self, StartAuthenticationBody, StartAuthenticationProxyCountry as ProxyCountry,
};

/// A proxy of one's own.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomProxy {
    host: String,
    port: u16,
    credentials: Option<(String, Secret)>,
}

impl CustomProxy {
    /// A proxy by its host name or IP address, and its port (1 to 65535).
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self {
            host: host.into(),
            port,
            credentials: None,
        }
    }

    /// Sets what the proxy asks for.
    #[must_use]
    pub fn credentials(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some((username.into(), password.into()));
        self
    }
}

impl From<CustomProxy> for types::StartAuthenticationCustomProxy {
    fn from(proxy: CustomProxy) -> Self {
        let body = Self::new().host(proxy.host).port(proxy.port);
        match proxy.credentials {
            Some((username, password)) => body.username(username).password(password),
            None => body,
        }
    }
}

/// No proxy is chosen: the API takes one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoProxy;

/// A proxy is chosen. There is no way to choose another one beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proxied(Proxy);

#[derive(Debug, Clone, PartialEq)]
enum Proxy {
    Country(ProxyCountry),
    Custom(CustomProxy),
}

impl Proxied {
    pub(crate) fn country(country: ProxyCountry) -> Self {
        Self(Proxy::Country(country))
    }

    pub(crate) fn custom(proxy: CustomProxy) -> Self {
        Self(Proxy::Custom(proxy))
    }
}

/// Whether a proxy is chosen: [`NoProxy`] or [`Proxied`], and nothing else.
pub trait ProxyChoice: sealed::Apply {}

impl ProxyChoice for NoProxy {}
impl ProxyChoice for Proxied {}

mod sealed {
    use super::StartAuthenticationBody;

    /// Puts the choice into a body.
    pub trait Apply {
        fn apply(self, body: StartAuthenticationBody) -> StartAuthenticationBody;
    }
}

pub(crate) use sealed::Apply;

impl Apply for NoProxy {
    fn apply(self, body: StartAuthenticationBody) -> StartAuthenticationBody {
        body
    }
}

impl Apply for Proxied {
    fn apply(self, body: StartAuthenticationBody) -> StartAuthenticationBody {
        match self.0 {
            Proxy::Country(country) => body.proxy_country(country),
            Proxy::Custom(proxy) => body.custom_proxy(proxy),
        }
    }
}
