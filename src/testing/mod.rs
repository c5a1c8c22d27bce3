//! A vendor in a box: a server on loopback that plays the API, for the tests of programs that use this crate. Feature
//! `testing`.
//!
//! It knows every operation of the document: it refuses a request that has no key, leads nowhere, or lacks what the
//! operation wants (401, 404, 405, 422), and responds to others with the documented example. What a test wants otherwise, it
//! says: replies, lists, what becomes of an attempt to connect an account, limits, faults. Every request is recorded.
//!
//! ```
//! use onlyfansapi::testing::{Fault, Scenario, Vendor, polling};
//! use onlyfansapi::types::SendMessageBody;
//! use onlyfansapi::{Login, Step};
//! use serde_json::json;
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let vendor = Vendor::start().await;
//! let client = vendor.client();
//!
//! // An attempt that wants a code, and takes only one.
//! vendor.next_attempt(Scenario::new().wants_code("424242"));
//! let login = Login::email_password("creator@example.com", "correct horse");
//! let mut attempt = client.connect(login).polling(polling()).await?;
//! assert!(matches!(attempt.next().await?, Step::NeedsCode { .. }));
//! attempt.submit_code("424242").await?;
//! assert!(matches!(attempt.next().await?, Step::Connected(_)));
//!
//! // A list of three, two a page.
//! let fans = [json!({"id": 1}), json!({"id": 2}), json!({"id": 3})];
//! vendor.list("list_all_fans", fans).page(2);
//! let mut fans = client.list_all_fans("acct_1").items();
//! while let Some(fan) = fans.next().await.transpose()? {
//!     println!("{:?}", fan.id);
//! }
//! assert_eq!(vendor.requests_of("list_all_fans").len(), 2);
//!
//! // The message is sent, and the response is lost: the same message goes out again, and is sent once.
//! vendor.on("send_message").once().fault(Fault::disconnect().after_effect());
//! client.send_message("acct_1", 1, SendMessageBody::new().text("Hello")).await?;
//! let sent = vendor.requests_of("send_message");
//! assert_eq!(sent[0].header("idempotency-key"), sent[1].header("idempotency-key"));
//! assert_eq!(sent[1].json()["text"], "Hello");
//! # Ok::<_, onlyfansapi::Error>(())
//! # }).unwrap();
//! ```
//!
//! Operations are called by their method's name, or by their id in the document. The server runs on the tokio runtime
//! that [`Vendor::start`] is awaited in, so that a test can stop the clock, and ends when the [`Vendor`] is dropped.
//! Programs without async start it by `Vendor::start().wait()`, with the feature `blocking`.

mod attempts;
mod character;
#[cfg(feature = "webhooks")]
mod delivery;
mod figures;
mod scenario;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

#[cfg(feature = "webhooks")]
pub use self::delivery::TestDelivery;
pub use self::scenario::Scenario;
pub use crate::loopback::{Fault, Received, Reply};

use self::character::OnlyFansApi;
use crate::loopback::{Description, Listing, Operation, Server, State, Step};
use crate::{Client, ClientBuilder, Polling, RetryPolicy};

/// The operations, as the pipeline writes them beside the client.
const DESCRIPTION: &str = include_str!("../generated/operations.json");

/// The key that the vendor takes.
const KEY: &str = "ofapi_testing_key";

/// A server on loopback that plays the API; the [module](self) says what it does.
#[derive(Debug)]
pub struct Vendor {
    server: Server<OnlyFansApi>,
}

impl Vendor {
    /// Starts the server.
    ///
    /// # Panics
    ///
    /// When the system gives no port.
    pub async fn start() -> Self {
        let state = State::new(Description::parse(DESCRIPTION), OnlyFansApi::default());
        let server = Server::start(state).await;
        Self {
            server: server.expect("the system gives a port on loopback"),
        }
    }

    /// The base URL.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The key that it takes; all others are refused.
    #[must_use]
    pub fn key(&self) -> &str {
        KEY
    }

    /// A client that talks to it, and waits 10 milliseconds where others wait longer before a call is sent again.
    ///
    /// # Panics
    ///
    /// When the HTTP client cannot be made, as in [`ClientBuilder::build`].
    #[must_use]
    pub fn client(&self) -> Client {
        self.builder().build().expect("the settings are in order")
    }

    /// The settings of [`client`](Self::client), to be changed before it is made.
    pub fn builder(&self) -> ClientBuilder {
        let short = Duration::from_millis(10);
        Client::builder()
            .api_key(KEY)
            .base_url(self.url())
            .retry(RetryPolicy::default().base_delay(short).max_delay(short))
    }

    /// What it shall do with requests of an operation.
    ///
    /// # Panics
    ///
    /// When there is no such operation.
    #[must_use = "nothing is changed until a reply or a fault is said"]
    pub fn on(&self, operation: &str) -> On<'_> {
        let operation = self.operation(operation).name.clone();
        On {
            vendor: self,
            operation,
            times: None,
        }
    }

    /// What it shall do with any request.
    #[must_use = "nothing is changed until a reply or a fault is said"]
    pub fn on_any(&self) -> On<'_> {
        On {
            vendor: self,
            operation: String::new(),
            times: None,
        }
    }

    /// The response that the document has of an operation, to be changed and given to [`On::reply`].
    ///
    /// # Panics
    ///
    /// When there is no such operation.
    #[must_use]
    pub fn example(&self, operation: &str) -> Value {
        self.operation(operation).response.body.clone()
    }

    /// Gives the items of a list, in place of the documented ones. They come in pages of as many as a request asks for,
    /// 10 where it does not.
    ///
    /// # Panics
    ///
    /// When there is no such operation, it gives no list, or an item is no JSON.
    pub fn list(
        &self,
        operation: &str,
        items: impl IntoIterator<Item = impl Serialize>,
    ) -> Pages<'_> {
        let operation = self.operation(operation);
        assert!(
            operation.paging.is_some(),
            "expected an operation that gives a list page by page, but found `{}`",
            operation.name
        );
        let items = items.into_iter().map(|item| {
            serde_json::to_value(item).expect("an item of a list can be written as JSON")
        });
        let listing = Listing {
            items: items.collect(),
            page: None,
        };
        let mut listings = self.server.state().listings();
        listings.insert(operation.name.clone(), listing);
        Pages {
            vendor: self,
            operation: operation.name.clone(),
        }
    }

    /// Says what becomes of the next attempt to connect an account, or to sign one in again. Said several times, it is for
    /// one after the other; an attempt that nothing is said of succeeds.
    pub fn next_attempt(&self, scenario: Scenario) {
        self.character().attempts().next(scenario);
    }

    /// Ends the session that an account has at OnlyFans: its calls are refused with 401 until it has signed in again.
    pub fn expire_session(&self, account: &str) {
        self.character().attempts().expire(account);
    }

    /// Sets how many credits are left. Each call of an operation that succeeds costs one. The default is 10,000.
    pub fn credits(&self, balance: u64) {
        self.character().figures().balance = balance;
    }

    /// Sets how many requests a minute may have before they are refused with 429. The default is 1,000.
    pub fn limit_minute(&self, requests: u64) {
        self.character().figures().limit_minute = requests;
    }

    /// Sets how many requests a day may have before they are refused with 429. By default there is no such limit.
    pub fn limit_day(&self, requests: u64) {
        self.character().figures().limit_day = Some(requests);
    }

    /// Every request that came in, in the order in which they did.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.server.state().requests().clone()
    }

    /// The requests of an operation.
    ///
    /// # Panics
    ///
    /// When there is no such operation.
    #[must_use]
    pub fn requests_of(&self, operation: &str) -> Vec<Received> {
        let name = self.operation(operation).name.as_str();
        let mut requests = self.requests();
        requests.retain(|request| request.operation() == Some(name));
        requests
    }

    /// Forgets the requests that came in so far.
    pub fn forget_requests(&self) {
        self.server.state().requests().clear();
    }

    /// The names of all operations that it knows.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        let operations = self.server.state().description.operations.iter();
        operations.map(|operation| operation.name.as_str())
    }

    fn operation(&self, name: &str) -> &Operation {
        let found = self.server.state().description.named(name);
        found.unwrap_or_else(|| {
            let all: Vec<&str> = self.operations().collect();
            panic!(
                "expected the name of an operation, but found `{name}`; there are {}",
                all.join(", ")
            )
        })
    }

    fn character(&self) -> &OnlyFansApi {
        &self.server.state().character
    }
}

/// What the vendor shall do with requests, from [`Vendor::on`].
///
/// What is said for a number of requests comes first, in the order in which it is said; then what is said for all.
#[derive(Debug)]
#[must_use = "nothing is changed until a reply or a fault is said"]
pub struct On<'a> {
    vendor: &'a Vendor,
    operation: String,
    times: Option<usize>,
}

impl On<'_> {
    /// For the next request only.
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// For so many of the next requests.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// It says this, if the request is in order.
    pub fn reply(self, reply: impl Into<Reply>) {
        let reply = reply.into();
        self.reply_with(move |_| reply.clone());
    }

    /// It says what this makes of the request, if the request is in order.
    pub fn reply_with(self, reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) {
        self.step(Step::Reply(std::sync::Arc::new(reply)));
    }

    /// Something goes wrong.
    pub fn fault(self, fault: Fault) {
        self.step(Step::Fault(fault));
    }

    fn step(self, step: Step) {
        let mut rules = self.vendor.server.state().rules();
        rules.add(&self.operation, self.times, step);
    }
}

/// How a list comes, from [`Vendor::list`].
#[derive(Debug)]
pub struct Pages<'a> {
    vendor: &'a Vendor,
    operation: String,
}

impl Pages<'_> {
    /// Sets how many items a page has at most, whatever a request asks for.
    pub fn page(self, items: usize) {
        let mut listings = self.vendor.server.state().listings();
        if let Some(listing) = listings.get_mut(&self.operation) {
            listing.page = Some(items);
        }
    }
}

/// How an attempt is looked at in a test: every 100 milliseconds, for ten seconds.
pub fn polling() -> Polling {
    let often = Duration::from_millis(100);
    Polling::default()
        .interval(often)
        .max_interval(often)
        .deadline(Duration::from_secs(10))
}
