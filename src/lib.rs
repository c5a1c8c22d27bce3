//! A typed client for the REST API of [onlyfansapi.com](https://onlyfansapi.com), generated from
//! its OpenAPI document, with a thin layer written by hand.
//!
//! Every operation is a method of [`Client`] that gives a builder; `.await` or `send` sends it. Secrets are of a
//! type that does not show them, values that the document does not list survive, and there is one
//! [`Error`] to ask.
//!
//! ```no_run
//! use onlyfansapi::{Client, Login, Step};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), onlyfansapi::Error> {
//!     let client = Client::from_env()?; // the key is in ONLYFANSAPI_API_KEY
//!
//!     let login = Login::email_password("creator@example.com", "correct horse");
//!     let mut attempt = client.connect(login).proxy_country("us").await?;
//!     match attempt.next().await? {
//!         Step::NeedsCode { hint, .. } => println!("{}: a code is wanted {hint:?}", attempt.id()),
//!         Step::Connected(account) => println!("connected {:?}", account.id),
//!         step => println!("{step:?}"),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Where to look
//! * [`Client`] has the operations, [`ClientBuilder`] its settings: key, base URL, timeouts, an HTTP
//!   client of your own.
//! * [`types`] has the bodies of requests and answers, [`operations`] the builders.
//! * [`Response`] is the decoded answer, and has status, headers and the raw body beside it: fields
//!   that the types do not know are never out of reach.
//! * [`Error`] says what went wrong by predicates such as [`Error::is_validation`];
//!   [`Error::api`] gives what the API said.
//! * [`Login`] and [`Credentials`] make bodies that the API does not refuse; [`Client::connect`] and
//!   [`Client::reconnect`] start an [`Attempt`], which says [step](Step) by step what it wants.
//! * [`Id`], [`Integer`] and [`Number`] are what arguments are made of: whatever a program has. [`Expected`] is for the
//!   fields of responses that it cannot do without.
//! * [`RetryPolicy`] says what is sent again, [`CustomCall`] is a call with settings of its own,
//!   [`Client::request`] calls what the document does not describe.
//! * [`Pages`] goes through a list, [`Upload`] is a file, [`Usage`] says what a call cost.
//! * The features `webhooks`, `blocking` and `gzip` add what most programs do without; `testing` has a server for the
//!   tests of programs that use this crate.
//!
//! # What goes over the wire
//! A request has the headers `Authorization`, `Accept`, `User-Agent`, with a body `Content-Type`,
//! and those that HTTP needs. The key is not sent to another origin: redirects are not followed, an
//! answer with one is an error of that status. Nor is it sent in clear but to this machine itself, whatever proxy the
//! environment names, without [`ClientBuilder::allow_plain_http`].
//!
//! A call that fails may be sent again, but nothing that may have taken effect is, unless to do it twice is to do it once.
//! For a call with an idempotency key that is the API's promise; see [`RetryPolicy`].
//!
//! # Secrets
//! [`Secret`] holds passwords, cookies, codes and the key; its `Debug` prints `[redacted]`, and the
//! memory is overwritten when it is dropped. No error and no `Debug` of this crate's own types
//! prints what a request sent.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
mod client;
mod connect;
mod credentials;
mod generated;
mod login;
#[cfg(all(feature = "testing", not(target_arch = "wasm32")))]
#[path = "../loopback/mod.rs"]
mod loopback;
mod proxy;
#[path = "../runtime/mod.rs"]
mod runtime;
mod session;
#[cfg(all(feature = "testing", not(target_arch = "wasm32")))]
pub mod testing;
mod usage;
#[cfg(feature = "webhooks")]
pub mod webhooks;

pub use connect::{Attempt, AttemptKind, Connect, Polling, Reconnect, Step};
pub use credentials::Credentials;
pub use generated::{operations, types};
pub use login::Login;
pub use proxy::CustomProxy;
/// The HTTP client underneath, for [`ClientBuilder::http_client_builder`] and the types of headers and URLs.
pub use reqwest;
/// The method of a call that the document does not describe, and the status of an answer.
pub use reqwest::{Method, StatusCode};
pub use runtime::{
    ApiError, Bytes, Client, ClientBuilder, CustomCall, Error, Expected, Id, Integer, List, Map,
    Mismatch, Next, Number, Pages, Paging, Response, RetryPolicy, Secret, SecretValue, Sending,
    Upload,
};
pub use usage::Usage;

/// The program in the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
