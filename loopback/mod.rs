//! A server on loopback that plays an API from a description of its operations: what programs that call the API are
//! tested with.
//!
//! Nothing here names an API. What an API has of its own (its key, its errors, its flows) is a [`Character`].

mod body;
mod description;
mod fault;
mod form;
mod lists;
mod received;
mod reply;
mod rules;
mod schema;
mod server;
mod state;

pub use description::{Description, Operation};
pub use fault::Fault;
pub use lists::Listing;
pub use received::Received;
pub use reply::Reply;
pub use rules::Step;
pub use server::Server;
pub use state::{Character, Refused, State, lock, validation};
