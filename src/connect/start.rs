//! How an attempt is started.

use std::borrow::Cow;
use std::pin::Pin;

use super::{Attempt, AttemptKind, Polling};
use crate::runtime::Response;
use crate::types::{
    StartAuthenticationBody, StartAuthenticationProxyCountry as ProxyCountry,
    StartAuthenticationResponse, UpdateAuthenticationCredentialsBody,
};
use crate::{Client, Credentials, CustomProxy, Error, Id, Login};

const PATH: &str = "/api/authenticate/";

/// An account that is to be connected, from [`Client::connect`].
#[derive(Debug, Clone)]
#[must_use = "nothing is sent until it is awaited"]
pub struct Connect {
    client: Client,
    login: Login,
    polling: Polling,
}

impl Connect {
    pub(super) fn new(client: &Client, login: Login) -> Self {
        Self {
            client: client.clone(),
            login,
            polling: Polling::default(),
        }
    }

    /// Sets the name to show for the account. The default is the e-mail address or the `auth_id`.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.login = self.login.name(name);
        self
    }

    /// Sets whether to connect the account even if it is connected already.
    pub fn force_connect(mut self, force_connect: bool) -> Self {
        self.login = self.login.force_connect(force_connect);
        self
    }

    /// Sets how often the attempt is looked at, and for how long.
    pub fn polling(mut self, polling: Polling) -> Self {
        self.polling = polling;
        self
    }

    /// Chooses the country of the proxy, such as `us`, in place of any proxy chosen before.
    pub fn proxy_country(mut self, country: impl Into<ProxyCountry>) -> Self {
        self.login = self.login.proxy_country(country);
        self
    }

    /// Chooses a proxy of one's own, in place of any proxy chosen before.
    pub fn custom_proxy(mut self, proxy: CustomProxy) -> Self {
        self.login = self.login.custom_proxy(proxy);
        self
    }

    /// Starts the attempt. It is never sent twice: whether a lost answer had started one, only a look at the accounts
    /// can tell.
    ///
    /// # Errors
    ///
    /// When the call fails, with [`Error::is_misleading`] when the answer names no attempt, or does so only by a link to
    /// another origin.
    pub async fn start(self) -> Result<Attempt, Error> {
        let body = StartAuthenticationBody::from(self.login);
        let sent = self.client.sent_texts(&body);
        let started = self.client.start_authentication().body(body).send().await?;
        Ok(attempt(&self.client, &started, self.polling)?.sent(sent))
    }
}

/// A connected account that is to sign in again, from [`Client::reconnect`].
#[derive(Debug, Clone)]
#[must_use = "nothing is sent until it is awaited"]
pub struct Reconnect {
    client: Client,
    account_id: Id,
    credentials: Option<Credentials>,
    polling: Polling,
}

impl Reconnect {
    pub(super) fn new(client: &Client, account_id: Id) -> Self {
        Self {
            client: client.clone(),
            account_id,
            credentials: None,
            polling: Polling::default(),
        }
    }

    /// Replaces the credentials that the API has.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets how often the attempt is looked at, and for how long.
    pub fn polling(mut self, polling: Polling) -> Self {
        self.polling = polling;
        self
    }

    /// Starts the attempt.
    ///
    /// # Errors
    ///
    /// As [`Connect::start`]; also with [`Error::api`] when the API answers that it was no success.
    pub async fn start(self) -> Result<Attempt, Error> {
        let Self {
            client,
            account_id,
            credentials,
            polling,
        } = self;
        if let Some(credentials) = credentials {
            let body = UpdateAuthenticationCredentialsBody::from(credentials);
            let sent = client.sent_texts(&body);
            let started = client
                .update_authentication_credentials(account_id, body)
                .send()
                .await?;
            return Ok(attempt(&client, &started, polling)?.sent(sent));
        }
        let started = client.reauthenticate_account(account_id).send().await?;
        // No attempt is documented here but in the link.
        let named = started.json().ok();
        let named = named
            .as_ref()
            .and_then(|answer| answer.get("attempt_id")?.as_str());
        let id = id(&client, &started, named, started.polling_url.as_deref())?;
        Ok(Attempt::new(&client, id, AttemptKind::Unknown, None).polling(polling))
    }
}

/// What `.await` starts: the same as `start`, in a box.
#[cfg(not(target_arch = "wasm32"))]
type Starting = Pin<Box<dyn Future<Output = Result<Attempt, Error>> + Send>>;
#[cfg(target_arch = "wasm32")]
type Starting = Pin<Box<dyn Future<Output = Result<Attempt, Error>>>>;

impl IntoFuture for Connect {
    type Output = Result<Attempt, Error>;
    type IntoFuture = Starting;

    fn into_future(self) -> Starting {
        Box::pin(self.start())
    }
}

impl IntoFuture for Reconnect {
    type Output = Result<Attempt, Error>;
    type IntoFuture = Starting;

    fn into_future(self) -> Starting {
        Box::pin(self.start())
    }
}

const NO_ATTEMPT: &str =
    "expected an answer that names the attempt that was started, but found one that does not";
const OTHER_ORIGIN: &str = "expected a `polling_url` of the client's own origin, but found one of another; nothing is sent \
     there";

/// The attempt that an answer says was started.
fn attempt(
    client: &Client,
    started: &Response<StartAuthenticationResponse>,
    polling: Polling,
) -> Result<Attempt, Error> {
    let id = id(client, started, started.attempt_id(), started.polling_url())?;
    let link = started.deep_link().filter(|link| !link.expose().is_empty());
    Ok(Attempt::new(client, id, started.kind(), link).polling(polling))
}

/// The attempt that an answer names, or else that of its link. Where there is a name, the link is of no use: nothing is ever
/// sent to it.
fn id<T>(
    client: &Client,
    answer: &Response<T>,
    named: Option<&str>,
    link: Option<&str>,
) -> Result<String, Error> {
    match named.filter(|id| !id.is_empty()) {
        Some(named) => Ok(named.to_owned()),
        None => linked(client, answer, link)?.ok_or_else(|| answer.misleading(NO_ATTEMPT)),
    }
}

/// The attempt in the link of an answer. One that leads elsewhere is a sign that the answer is not the API's.
fn linked<T>(
    client: &Client,
    answer: &Response<T>,
    link: Option<&str>,
) -> Result<Option<String>, Error> {
    let Some(link) = link.filter(|link| !link.is_empty()) else {
        return Ok(None);
    };
    let url = client
        .base_url()
        .join(link)
        .map_err(|_| answer.misleading(OTHER_ORIGIN))?;
    let own = [client.base_url(), client.published_url()].map(|url| url.origin());
    let own = own.contains(&url.origin());
    if !own || !url.username().is_empty() || url.password().is_some() {
        return Err(answer.misleading(OTHER_ORIGIN));
    }
    // Whatever comes behind it: the attempt is the first segment.
    let id = url
        .path()
        .rsplit_once(PATH)
        .and_then(|(_, rest)| rest.split('/').next());
    let id = id.map(|id| percent_encoding::percent_decode_str(id).decode_utf8_lossy());
    Ok(id.filter(|id| !id.is_empty()).map(Cow::into_owned))
}
