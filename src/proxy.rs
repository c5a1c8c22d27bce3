//! Through which proxy OnlyFans sees an account: the default one, one of a country, or one's own.

use crate::Secret;
use crate::types::{self, StartAuthenticationProxyCountry as ProxyCountry};

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

/// The proxy that is chosen: there is one at most.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Proxy {
    Country(ProxyCountry),
    Custom(CustomProxy),
}
