//! From an OpenAPI document that Laravel Scribe wrote to a Rust client.
//!
//! The stages, in order, each in its own module:
//!
//! | stage | takes → gives |
//! |---|---|
//! | [`load`] | text → [`document::Document`] |
//! | [`patch`] | document and overlays → document, and a state for every patch |
//! | `repair` | document → document that means the same and that progenitor accepts |
//!
//! The crate is pure: no network, no files, no clock. Nothing in it names an API; what is special to one is data
//! that it is given.

pub mod diff;
pub mod document;
mod excerpt;
pub mod finding;
pub mod load;
pub mod patch;
pub mod pipeline;
mod printable;
pub mod source;
