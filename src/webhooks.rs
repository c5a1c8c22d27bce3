//! Webhooks: whether a delivery is the API's, and what it says. Feature `webhooks`.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::header::HeaderMap;
use serde_json::Value;
use sha2::Sha256;

use crate::Secret;

/// Verifies deliveries and reads them.
///
/// It takes the raw body, byte for byte, and the headers: any web framework gives both. The signature is compared in
/// constant time.
///
/// # How deliveries are signed
/// The header [`Signature`](Self::SIGNATURE_HEADER) has the HMAC-SHA256 of the raw body under the signing secret, in
/// hexadecimal digits; nothing else of the request is signed, and there is no time in it, so that a delivery that somebody
/// has seen can be sent again: pass over those whose [idempotency key](Delivery::idempotency_key) was dealt with. The
/// header is sent only when a signing secret is set at the API. [`sign`](Self::sign) makes the same signature, for tests.
///
/// ```
/// use onlyfansapi::webhooks::{Event, Webhook, WebhookError};
///
/// fn receive(headers: &http::HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
///     // Two secrets while one replaces the other.
///     let webhook = Webhook::new("the signing secret").secret("the one before");
///     let delivery = webhook.verify(headers, body)?;
///     match &delivery.event {
///         Event::MessagesReceived(payload) => println!("{}", payload["text"]),
///         Event::Unknown { name, .. } => println!("{name} is new"),
///         _ => {}
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Webhook {
    secrets: Vec<Secret>,
}

/// A delivery that is the API's.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// What happened.
    pub event: Event,
    /// The account that it happened to; events of data exports have none.
    pub account_id: Option<String>,
    /// Stays the same when a delivery is repeated: one that was dealt with already can be passed over. Events of
    /// `users.typing`, `users.online` and `users.offline` have none.
    pub idempotency_key: Option<String>,
    /// The delivery that this one repeats because somebody asked for it.
    pub redelivery_of: Option<String>,
    /// The whole body.
    pub body: Value,
}

/// Why a delivery is not taken. None of it holds anything of the body or the secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// There is no secret to verify with, or an empty one.
    NoSecret,
    /// The delivery has no `Signature`: it is not the API's, or no signing secret is set there.
    Unsigned,
    /// The signature is none of the body under any of the secrets.
    WrongSignature,
    /// The delivery is the API's, but its body is no event.
    NoEvent(String),
}

impl Webhook {
    /// The header with the signature.
    pub const SIGNATURE_HEADER: &'static str = "signature";
    /// The header of [`Delivery::idempotency_key`].
    pub const IDEMPOTENCY_KEY_HEADER: &'static str = "x-ofapi-idempotency-key";
    /// The header of [`Delivery::redelivery_of`].
    pub const REDELIVERY_OF_HEADER: &'static str = "x-ofapi-redelivery-of";

    /// A verifier for deliveries that are signed with `secret`.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secrets: vec![secret.into()],
        }
    }

    /// Adds another secret, while one replaces the other: a delivery that any of them signed is taken.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// The signature of a body under the first of the secrets, as the API makes it: for tests of what receives webhooks.
    ///
    /// ```
    /// use onlyfansapi::webhooks::Webhook;
    ///
    /// let body = br#"{"event": "tips.received", "account_id": "acct_1", "payload": {"amount": 5}}"#;
    /// let webhook = Webhook::new("the signing secret");
    /// let mut headers = http::HeaderMap::new();
    /// headers.insert(Webhook::SIGNATURE_HEADER, webhook.sign(body)?.parse().unwrap());
    /// assert_eq!(webhook.verify(&headers, body)?.event.name(), "tips.received");
    /// # Ok::<_, onlyfansapi::webhooks::WebhookError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// With [`WebhookError::NoSecret`] when the secret is empty.
    pub fn sign(&self, body: &[u8]) -> Result<String, WebhookError> {
        let secret = self.secrets.first().map(Secret::expose);
        let secret = secret.filter(|secret| !secret.is_empty());
        let secret = secret.ok_or(WebhookError::NoSecret)?;
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
        let mac = mac.map_err(|_| WebhookError::NoSecret)?;
        Ok(hex::encode(mac.chain_update(body).finalize().into_bytes()))
    }

    /// The delivery in a request's headers and raw body.
    ///
    /// # Errors
    ///
    /// When it is not signed with one of the secrets, or is no event.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery, WebhookError> {
        self.verify_by(|name| headers.get(name).map(|value| value.as_bytes()), body)
    }

    /// [`verify`](Self::verify) for a framework with other headers: `header` gives the value of the one of that name, which
    /// is in lower case.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub fn verify_by<'h>(
        &self,
        header: impl Fn(&str) -> Option<&'h [u8]>,
        body: &[u8],
    ) -> Result<Delivery, WebhookError> {
        if self.secrets.is_empty() || self.secrets.iter().any(|secret| secret.expose().is_empty()) {
            return Err(WebhookError::NoSecret);
        }
        let signature = header(Self::SIGNATURE_HEADER).ok_or(WebhookError::Unsigned)?;
        let signature =
            hex::decode(signature.trim_ascii()).map_err(|_| WebhookError::WrongSignature)?;
        let signed = |secret: &Secret| {
            Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes())
                .is_ok_and(|mac| mac.chain_update(body).verify_slice(&signature).is_ok())
        };
        if !self.secrets.iter().any(signed) {
            return Err(WebhookError::WrongSignature);
        }
        let text = |name: &str| Some(String::from_utf8_lossy(header(name)?).into_owned());
        Delivery::read(
            body,
            text(Self::IDEMPOTENCY_KEY_HEADER),
            text(Self::REDELIVERY_OF_HEADER),
        )
    }
}

impl Delivery {
    fn read(
        body: &[u8],
        idempotency_key: Option<String>,
        redelivery_of: Option<String>,
    ) -> Result<Self, WebhookError> {
        let body: Value = serde_json::from_slice(body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            WebhookError::NoEvent(format!("it is no JSON at line {line} column {column}"))
        })?;
        let name = body.get("event").and_then(Value::as_str);
        let name = name.ok_or_else(|| WebhookError::NoEvent("it has no text in `event`".into()))?;
        // PHP writes an empty payload as `[]`.
        let payload = match body.get("payload") {
            Some(Value::Array(items)) if items.is_empty() => Value::Object(Default::default()),
            Some(payload) => payload.clone(),
            None => Value::Null,
        };
        Ok(Self {
            event: Event::of(name, payload),
            account_id: body
                .get("account_id")
                .and_then(Value::as_str)
                .map(str::to_owned),
            idempotency_key,
            redelivery_of,
            body,
        })
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What happened, with what the API says of it. The payloads have no documented form, so they are JSON.
        ///
        /// `Debug` prints the name and nothing of the payload: it holds what people wrote to each other.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(#[doc = concat!("`", $name, "`")] $variant(Value),)*
            /// An event that is not listed, as it was sent.
            #[non_exhaustive]
            Unknown {
                /// Its name.
                name: String,
                /// What the API says of it.
                payload: Value,
            },
        }

        impl Event {
            /// The names of all listed events.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            fn of(name: &str, payload: Value) -> Self {
                match name {
                    $($name => Self::$variant(payload),)*
                    _ => Self::Unknown { name: name.to_owned(), payload },
                }
            }

            /// The event's name, such as `messages.received`.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $name,)*
                    Self::Unknown { name, .. } => name,
                }
            }

            /// What the API says of it.
            #[must_use]
            pub fn payload(&self) -> &Value {
                match self {
                    $(Self::$variant(payload) => payload,)*
                    Self::Unknown { payload, .. } => payload,
                }
            }
        }
    };
}

events! {
    AccountsConnected = "accounts.connected",
    AccountsReconnected = "accounts.reconnected",
    AccountsDisconnected = "accounts.disconnected",
    AccountsSessionExpired = "accounts.session_expired",
    AccountsAuthenticationFailed = "accounts.authentication_failed",
    AccountsOtpCodeRequired = "accounts.otp_code_required",
    AccountsFaceOtpRequired = "accounts.face_otp_required",
    TransactionsNew = "transactions.new",
    TipsReceived = "tips.received",
    PostsLiked = "posts.liked",
    FanSummaryCompleted = "fan_summary.completed",
    MessagesReceived = "messages.received",
    MessagesSent = "messages.sent",
    MessagesDeleted = "messages.deleted",
    MessagesPpvUnlocked = "messages.ppv.unlocked",
    ChatQueueUpdated = "chat_queue.updated",
    ChatQueueFinished = "chat_queue.finished",
    SubscriptionsNew = "subscriptions.new",
    SubscriptionsRenewed = "subscriptions.renewed",
    SubscriptionsExpired = "subscriptions.expired",
    UsersTyping = "users.typing",
    UsersOnline = "users.online",
    UsersOffline = "users.offline",
    DataExportsCalculatingCredits = "data_exports.calculating_credits",
    DataExportsCalculatingCreditsCompleted = "data_exports.calculating_credits_completed",
    DataExportsCalculatingCreditsFailed = "data_exports.calculating_credits_failed",
    DataExportsInProgress = "data_exports.in_progress",
    DataExportsCompleted = "data_exports.completed",
    DataExportsFailed = "data_exports.failed",
    DataExportsCancelled = "data_exports.cancelled",
    MediaUploadsCompleted = "media_uploads.completed",
    MediaUploadsFailed = "media_uploads.failed",
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Event").field(&self.name()).finish()
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("event", &self.event.name())
            .field("account_id", &self.account_id)
            .field("idempotency_key", &self.idempotency_key)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSecret => f.write_str("expected a signing secret to verify with, but found none or an empty one"),
            Self::Unsigned => f.write_str(
                "expected the header `Signature`, but found none; set a signing secret for the webhook at the API",
            ),
            Self::WrongSignature => f.write_str(
                "expected a signature of the body under one of the secrets, but found another; is the body the raw one?",
            ),
            Self::NoEvent(found) => write!(f, "expected an event, but found a body that is none: {found}"),
        }
    }
}

impl std::error::Error for WebhookError {}
