//! Deliveries of webhooks as the vendor makes them, signed for a test.

use std::fmt;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Map, Value};

use crate::Secret;
use crate::webhooks::Webhook;

/// A delivery of a webhook as the vendor makes it, signed for a test of what receives it.
///
/// ```
/// use onlyfansapi::testing::TestDelivery;
/// use onlyfansapi::webhooks::{Event, Webhook};
/// use serde_json::json;
///
/// let delivery = TestDelivery::new("messages.received")
///     .account("acct_1")
///     .payload(json!({"text": "Hello"}))
///     .sign("the signing secret");
/// let received = Webhook::new("the signing secret").verify(delivery.headers(), delivery.body())?;
/// assert!(matches!(received.event, Event::MessagesReceived(payload) if payload["text"] == "Hello"));
/// # Ok::<_, onlyfansapi::webhooks::WebhookError>(())
/// ```
#[derive(Clone)]
#[must_use = "it is delivered where it is given to"]
pub struct TestDelivery {
    content: Map<String, Value>,
    body: Vec<u8>,
    headers: HeaderMap,
}

impl TestDelivery {
    /// A delivery of an event, such as `messages.received`, without an account, a payload, or a signature.
    pub fn new(event: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let mut delivery = Self {
            content: Map::new(),
            body: Vec::new(),
            headers,
        };
        // The vendor sends none for what passes at once.
        if !["users.typing", "users.online", "users.offline"].contains(&event) {
            delivery.set(Webhook::IDEMPOTENCY_KEY_HEADER, "evt_1");
        }
        delivery.field("event", event.into())
    }

    /// The account that it happened to.
    pub fn account(self, id: impl Into<String>) -> Self {
        self.field("account_id", id.into().into())
    }

    /// What the API says of the event.
    pub fn payload(self, payload: impl Into<Value>) -> Self {
        self.field("payload", payload.into())
    }

    /// What stays the same when the delivery is repeated. The default is `evt_1`.
    ///
    /// # Panics
    ///
    /// When it cannot be sent in a header.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        self.set(Webhook::IDEMPOTENCY_KEY_HEADER, key);
        self
    }

    /// Makes it one that somebody asked for again.
    ///
    /// # Panics
    ///
    /// When it cannot be sent in a header.
    pub fn redelivery_of(mut self, delivery: &str) -> Self {
        self.set(Webhook::REDELIVERY_OF_HEADER, delivery);
        self
    }

    /// Signs what the body is now.
    pub fn sign(mut self, secret: impl Into<Secret>) -> Self {
        let signature = Webhook::new(secret).sign(&self.body);
        // An empty secret signs nothing, as at the vendor.
        if let Ok(signature) = signature {
            self.set(Webhook::SIGNATURE_HEADER, &signature);
        }
        self
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, byte for byte.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Delivers it to a URL, and gives the status of the response.
    ///
    /// # Errors
    ///
    /// When there is no response.
    pub async fn post(&self, url: &str) -> Result<u16, reqwest::Error> {
        let request = reqwest::Client::builder()
            .no_proxy()
            .build()?
            .post(url)
            .headers(self.headers.clone())
            .body(self.body.clone());
        Ok(request.send().await?.status().as_u16())
    }

    fn field(mut self, name: &str, value: Value) -> Self {
        self.content.insert(name.to_owned(), value);
        self.body = Value::Object(self.content.clone()).to_string().into_bytes();
        // It is none of this body.
        self.headers.remove(Webhook::SIGNATURE_HEADER);
        self
    }

    fn set(&mut self, name: &'static str, value: &str) {
        let value = HeaderValue::from_str(value).expect("a text that can be sent in a header");
        self.headers.insert(name, value);
    }
}

impl fmt::Debug for TestDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestDelivery")
            .field("event", &self.content.get("event"))
            .finish_non_exhaustive()
    }
}
