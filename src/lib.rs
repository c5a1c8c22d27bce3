//! A typed client for the REST API of onlyfansapi.com.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod client;
mod generated;
mod runtime;

pub use generated::{operations, types};
pub use runtime::{ApiError, Client, ClientBuilder, Error, Response, Secret};
