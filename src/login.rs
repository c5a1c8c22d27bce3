//! A login: credentials and how to connect with them.

use crate::proxy::{CustomProxy, Proxy};
use crate::types::{StartAuthenticationBody, StartAuthenticationProxyCountry as ProxyCountry};
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
/// A proxy that is chosen takes the place of one that was chosen before, so that it can depend on what a program is told:
///
/// ```
/// # let (own, country) = (None::<onlyfansapi::CustomProxy>, Some("us"));
/// use onlyfansapi::Login;
///
/// let mut login = Login::mobile_app();
/// if let Some(country) = country {
///     login = login.proxy_country(country);
/// }
/// if let Some(own) = own {
///     login = login.custom_proxy(own);
/// }
/// ```
///
/// `Debug` shows none of the secrets.
#[derive(Debug, Clone, PartialEq)]
pub struct Login {
    /// `None` is the mobile app.
    credentials: Option<Credentials>,
    name: Option<String>,
    force_connect: Option<bool>,
    proxy: Option<Proxy>,
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

    /// Chooses the country of the proxy, such as `us`, in place of any proxy chosen before.
    #[must_use]
    pub fn proxy_country(mut self, country: impl Into<ProxyCountry>) -> Self {
        self.proxy = Some(Proxy::Country(country.into()));
        self
    }

    /// Chooses a proxy of one's own, in place of any proxy chosen before.
    #[must_use]
    pub fn custom_proxy(mut self, proxy: CustomProxy) -> Self {
        self.proxy = Some(Proxy::Custom(proxy));
        self
    }

    fn with(credentials: Option<Credentials>) -> Self {
        Self {
            credentials,
            name: None,
            force_connect: None,
            proxy: None,
        }
    }

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

impl From<Login> for StartAuthenticationBody {
    fn from(login: Login) -> Self {
        let mut body = match login.credentials {
            Some(credentials) => credentials.into(),
            None => Self::new().auth_type("mobile_app"),
        };
        if let Some(name) = login.name {
            body = body.name(name);
        }
        if let Some(force_connect) = login.force_connect {
            body = body.force_connect(force_connect);
        }
        match login.proxy {
            Some(Proxy::Country(country)) => body.proxy_country(country),
            Some(Proxy::Custom(proxy)) => body.custom_proxy(proxy),
            None => body,
        }
    }
}
