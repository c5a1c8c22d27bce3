//! What this API's own error words mean.

use crate::Error;

impl Error {
    /// Whether the account's own session at OnlyFans is over (401 with an error that starts with
    /// `SESSION_EXPIRED`): the account has to be connected again, the key is fine.
    #[must_use]
    pub fn is_session_expired(&self) -> bool {
        self.api().is_some_and(|error| {
            error.status() == 401
                && [error.error(), error.code()]
                    .into_iter()
                    .flatten()
                    .any(|word| word.starts_with("SESSION_EXPIRED"))
        })
    }
}
