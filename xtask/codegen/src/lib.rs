//! From an OpenAPI document that Laravel Scribe wrote to a Rust client.
//!
//! The stages, in order, each in its own module:
//!
//! | stage | takes → gives |
//! |---|---|
//! | [`load`] | text → [`document::Document`] |
//! | [`patch`] | document and overlays → document, and a state for every patch |
//! | [`secrets`] | document and rules → document in which every secret is marked |
//! | [`repair`] | document → document that means the same and that progenitor accepts |
//! | `progenitor` | lower, generate, read: document → `openapiv3::OpenAPI` → progenitor's Rust → [`client::Client`], the model that all later stages take |
//! | `polish` | the client as documented → the client that a running server and a user need |
//! | `description` | the operations as data, for a server that tests talk to |
//! | `lossless` | every documented example through the type of its place and back |
//! | `print` | the client → its Rust, and its [`surface`], a line for each public item |
//!
//! [`pipeline::run`] is all of them. [`diff`] compares two surfaces, [`upstream`] two documents, and [`attribution`] says
//! which change of the one comes from which of the other.
//!
//! But for [`build`] and [`snapshot`], which serve build scripts, the crate is pure: no network, no files, no clock.
//! Nothing in it names an API; what is special to one is data that it is given.

pub mod attribution;
pub mod build;
pub mod client;
mod content;
mod description;
pub mod diff;
pub mod document;
pub mod finding;
pub mod fingerprint;
mod inputs;
pub mod load;
mod lossless;
mod names;
pub mod naming;
pub mod patch;
pub mod pipeline;
mod polish;
mod print;
pub mod printable;
mod progenitor;
pub mod repair;
pub mod secrets;
pub mod settings;
mod shapes;
pub mod snapshot;
pub mod source;
pub mod supplement;
pub mod surface;
pub mod upstream;
mod walk;
mod wholes;
