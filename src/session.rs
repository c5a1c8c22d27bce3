//! What this API's own error words mean.

use crate::{ApiError, Error};

impl Error {
    /// Whether the account's own session at OnlyFans is over (401, or a success that is none, with an error that starts
    /// with `SESSION_EXPIRED`): the account has to be connected again, the key is fine.
    #[must_use]
    pub fn is_session_expired(&self) -> bool {
        self.api().is_some_and(|error| {
            (error.status() == 401 || error.status().is_success())
                && [error.error(), error.code()]
                    .into_iter()
                    .flatten()
                    .any(|word| word.starts_with("SESSION_EXPIRED"))
        })
    }

    /// Whether the API took the call and answered that what it is about failed, such as an attempt to connect an account:
    /// [`Error::api`] has a code and a message, and its status is a success.
    #[must_use]
    pub fn is_attempt_failed(&self) -> bool {
        self.api().is_some_and(ApiError::is_said)
    }
}
