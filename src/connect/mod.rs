//! Connecting an account: start an attempt, follow it, hand in what it asks for.

mod attempt;
mod polling;
mod start;
mod started;
mod step;

pub use attempt::Attempt;
pub use polling::Polling;
pub use start::{Connect, Reconnect};
pub use started::AttemptKind;
pub use step::Step;

use crate::{Client, Id, Login};

/// Connecting accounts, as a state machine over the operations that do it.
impl Client {
    /// Connects an account with a login; nothing is sent until [`Connect::start`] is awaited.
    ///
    /// ```no_run
    /// # fn ask(hint: Option<String>) -> String { String::new() }
    /// # fn show(url: &str) {}
    /// # async fn connect(email: String, password: String) -> Result<(), onlyfansapi::Error> {
    /// use onlyfansapi::{Client, Login, Step};
    ///
    /// let client = Client::from_env()?;
    /// let mut attempt =
    ///     client.connect(Login::email_password(email, password)).proxy_country("us").start().await?;
    /// let account = loop {
    ///     match attempt.next().await? {
    ///         Step::NeedsCode { hint, .. } => attempt.submit_code(ask(hint)).await?,
    ///         Step::NeedsSelfie { url } => { show(url.expose()); attempt.selfie_done().await? }
    ///         Step::OpenOnPhone { deep_link } => show(deep_link.expose()),
    ///         Step::Connected(account) => break account,
    ///         _ => {}
    ///     }
    /// };
    /// println!("{:?}", account.id);
    /// # Ok(()) }
    /// ```
    pub fn connect(&self, login: impl Into<Login>) -> Connect {
        Connect::new(self, login.into())
    }

    /// Signs a connected account in again: with the credentials that the API has, or with those given to
    /// [`Reconnect::credentials`].
    pub fn reconnect(&self, account_id: impl Into<Id>) -> Reconnect {
        Reconnect::new(self, account_id.into())
    }

    /// Goes on with an attempt that this or another process started, by its [id](Attempt::id).
    pub fn resume(&self, attempt_id: impl Into<Id>) -> Attempt {
        Attempt::new(self, attempt_id.into().into(), AttemptKind::Unknown, None)
    }
}
