//! What generated code calls: the only things that a generated client needs besides itself.
//!
//! Nothing here names an API, but for the examples in its documentation, and nothing here is generated, so that the same files serve a client
//! of any document. Every call of every operation goes through `Call::execute`, which is therefore
//! the one place for what all operations shall have.

/// What events are filed under.
const TARGET: &str = env!("CARGO_PKG_NAME");

mod adapt;
mod api_error;
// A document may have no list or map in a request.
#[allow(dead_code)]
mod arguments;
mod body;
mod bounds;
mod builder;
mod call;
mod client;
pub(crate) mod clock;
#[cfg(not(target_arch = "wasm32"))]
mod connections;
mod convert;
mod custom;
mod decode;
#[cfg(not(target_arch = "wasm32"))]
mod download;
mod error;
mod exchange;
mod expected;
// A document may have no union.
#[allow(dead_code)]
mod fields;
mod form;
mod id;
mod ignored;
mod integer;
mod json;
mod lead;
mod lenient;
mod limiter;
mod list;
mod map;
mod memory;
mod mismatch;
mod number;
// A document may have no struct in an answer, and none with a choice.
#[allow(unused_macros)]
pub mod object;
mod open_enum;
mod operation;
mod page;
mod paging;
mod parameter;
mod platform;
pub(crate) mod random;
mod redact;
mod refusal;
mod report;
mod response;
mod retry;
mod said;
mod scalar;
mod secret;
mod send;
mod sending;
mod slot;
#[cfg(not(target_arch = "wasm32"))]
mod stream;
mod target;
#[cfg(test)]
mod tests;
#[allow(unused_macros)]
pub mod union;
mod upload;

pub use api_error::ApiError;
#[allow(unused_imports)]
pub use arguments::{list, map};
pub use builder::ClientBuilder;
// The answer of an operation that answers with a file.
pub use bytes::Bytes;
pub use call::Call;
pub use client::Client;
pub use custom::CustomCall;
pub use error::Error;
pub use expected::Expected;
// An API may say nothing of its limits, and a document nothing of an operation.
pub use id::Id;
pub use integer::Integer;
#[allow(unused_imports)]
pub use limiter::Budget;
pub use list::List;
pub use map::Map;
pub use mismatch::Mismatch;
pub use number::Number;
// A document may have no struct, enum or union.
#[allow(unused_imports)]
pub(crate) use object::object;
#[allow(unused_imports)]
pub(crate) use open_enum::open_enum;
#[allow(unused_imports)]
pub use operation::{Next, Operation, Paging, Rejection, Repeat};
pub use paging::Pages;
pub use response::Response;
pub use retry::RetryPolicy;
pub use secret::{Secret, SecretValue};
pub use sending::Sending;
#[allow(unused_imports)]
pub(crate) use union::union;
pub use upload::Upload;
