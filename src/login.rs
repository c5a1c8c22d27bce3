//! A login: credentials and how to connect with them.

use crate::proxy::{CustomProxy, NoProxy, Proxied, ProxyChoice};
use crate::types::{
    AuthType, StartAuthenticationBody, StartAuthenticationProxyCountry as ProxyCountry,
};
use crate::{Credentials, Secret};

/// How to connect an OnlyFans account: credentials or the mobile app, and the choices beside them.
///
/// It is the body that starts a connection, without the combinations that the API refuses: a set of
/// credentials is complete, and there is one proxy at most.
///
/// ```
/// use onlyfansapi::Login;
///
/// let login = Login::email_password("creator@example.com", "correct horse")
///     .name("Creator")
///     .proxy_country("us");
/// ```
///
/// Once a proxy is chosen, there is no method to choose another one:
///
/// ```compile_fail,E0599
/// use onlyfansapi::{CustomProxy, Login};
///
/// let login = Login::mobile_app()
///     .proxy_country("us")
///     .custom_proxy(CustomProxy::new("proxy.example.com", 8080));
/// ```
///
/// `Debug` shows none of the secrets.
#[derive(Debug, Clone, PartialEq)]
pub struct Login<P = NoProxy> {
    /// `None` is the mobile app.
    credentials: Option<Credentials>,
    name: Option<String>,
    force_connect: Option<bool>,
    proxy: P,
}

impl Login {
    /// With the e-mail address and the password of the OnlyFans account. A 2FA code may be asked
    /// for.
    pub fn email_password(email: impl Into<String>, password: impl Into<Secret>) -> Self {
        Credentials::email_password(email, password).into()
    }

    /// With a session that a browser has; see [`Credentials::raw_data`].
    pub fn raw_data(
        auth_id: impl Into<String>,
        cookies: impl Into<Secret>,
        xbc: impl Into<Secret>,
        user_agent: impl Into<String>,
    ) -> Self {
        Credentials::raw_data(auth_id, cookies, xbc, user_agent).into()
    }

    /// With the FansAPI Auth+ app on the creator's phone. The answer has a link that the creator
    /// opens there; see
    /// [`deep_link`](crate::types::StartAuthenticationResponse::deep_link).
    #[must_use]
    pub fn mobile_app() -> Self {
        Self::with(None)
    }

    /// Chooses the country of the proxy, such as `us`.
    pub fn proxy_country(self, country: impl Into<ProxyCountry>) -> Login<Proxied> {
        self.proxied(Proxied::country(country.into()))
    }

    /// Chooses a proxy of one's own.
    #[must_use]
    pub fn custom_proxy(self, proxy: CustomProxy) -> Login<Proxied> {
        self.proxied(Proxied::custom(proxy))
    }

    fn with(credentials: Option<Credentials>) -> Self {
        Self {
            credentials,
            name: None,
            force_connect: None,
            proxy: NoProxy,
        }
    }

    fn proxied(self, proxy: Proxied) -> Login<Proxied> {
        Login {
            credentials: self.credentials,
            name: self.name,
            force_connect: self.force_connect,
            proxy,
        }
    }
}

impl<P> Login<P> {
    /// Sets the name to show for the account. The default is the e-mail address or the `auth_id`.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets whether to connect the account even if it is connected already.
    #[must_use]
    pub fn force_connect(mut self, force_connect: bool) -> Self {
        self.force_connect = Some(force_connect);
        self
    }
}

impl From<Credentials> for Login {
    fn from(credentials: Credentials) -> Self {
        Self::with(Some(credentials))
    }
}

impl<P: ProxyChoice> From<Login<P>> for StartAuthenticationBody {
    fn from(login: Login<P>) -> Self {
        let mut body = match login.credentials {
            Some(credentials) => credentials.into(),
            None => Self::new().auth_type(AuthType::MobileApp),
        };
        if let Some(name) = login.name {
            body = body.name(name);
        }
        if let Some(force_connect) = login.force_connect {
            body = body.force_connect(force_connect);
        }
        login.proxy.apply(body)
    }
}
