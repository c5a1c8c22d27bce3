//! What every kind of started attempt has in common.

use crate::Secret;
use crate::types::StartAuthenticationResponse;

impl StartAuthenticationResponse {
    /// Identifies the attempt, for polling it and for submitting a code.
    #[must_use]
    pub fn attempt_id(&self) -> Option<&str> {
        match self {
            Self::MobileAuthenticationStarted(started) => started.attempt_id.as_deref(),
            Self::AuthenticationStarted(started) => started.attempt_id.as_deref(),
            Self::Unknown(answer) => answer.get("attempt_id")?.as_str(),
        }
    }

    /// Where the progress of the attempt can be read. Send the key there only if it has the
    /// client's own origin; [`attempt_id`](Self::attempt_id) does without.
    #[must_use]
    pub fn polling_url(&self) -> Option<&str> {
        match self {
            Self::MobileAuthenticationStarted(started) => started.polling_url.as_deref(),
            Self::AuthenticationStarted(started) => started.polling_url.as_deref(),
            Self::Unknown(answer) => answer.get("polling_url")?.as_str(),
        }
    }

    /// The link that the creator opens on the phone, or scans as a QR code; there is one when the
    /// login is by the mobile app. Who has it can finish the attempt.
    #[must_use]
    pub fn deep_link(&self) -> Option<Secret> {
        match self {
            Self::MobileAuthenticationStarted(started) => {
                Some(started.mobile_auth_session_deeplink.clone())
            }
            Self::AuthenticationStarted(_) => None,
            Self::Unknown(answer) => {
                let link = answer.get("mobile_auth_session_deeplink")?.as_str();
                link.map(Secret::from)
            }
        }
    }
}

/// How an attempt signs in, as the answer to its start says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptKind {
    /// The API signs in with credentials or with a session.
    Credentials,
    /// The creator signs in with the app on a phone.
    MobileApp,
    /// It is not known: an attempt that was resumed, an account that signs in again, an answer of no known form.
    Unknown,
}

impl StartAuthenticationResponse {
    /// Which kind of attempt was started.
    #[must_use]
    pub fn kind(&self) -> AttemptKind {
        match self {
            Self::MobileAuthenticationStarted(_) => AttemptKind::MobileApp,
            Self::AuthenticationStarted(_) => AttemptKind::Credentials,
            Self::Unknown(_) => AttemptKind::Unknown,
        }
    }
}
