//! What generated code calls: the only things that a generated client needs besides itself.
//!
//! Nothing here names an API, and nothing here is generated, so that the same files serve a client
//! of any document. Every call of every operation goes through `Call::execute`, which is therefore
//! the one place for what all operations shall have.

mod api_error;
mod body;
mod builder;
mod call;
mod client;
mod decode;
mod error;
mod ignored;
mod list;
mod map;
mod number;
// A document may have no struct in an answer, and none with a choice.
#[allow(unused_macros)]
pub mod object;
mod open_enum;
mod parameter;
mod response;
mod secret;
#[cfg(not(target_arch = "wasm32"))]
mod stream;
#[cfg(test)]
mod tests;
#[allow(unused_macros)]
pub mod union;
mod upload;

pub use api_error::ApiError;
pub use builder::ClientBuilder;
// The answer of an operation that answers with a file.
pub use bytes::Bytes;
pub use call::{Call, Operation};
pub use client::Client;
pub use error::Error;
pub use list::List;
pub use map::Map;
pub use number::Number;
// A document may have no struct, enum or union.
#[allow(unused_imports)]
pub(crate) use object::object;
#[allow(unused_imports)]
pub(crate) use open_enum::open_enum;
pub use response::Response;
pub use secret::Secret;
#[allow(unused_imports)]
pub(crate) use union::union;
pub use upload::Upload;
