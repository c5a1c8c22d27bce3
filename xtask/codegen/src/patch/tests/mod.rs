//! The patch stage from outside: overlays and documents in, states and findings out.

mod errors;
mod manual;
mod semantics;
mod states;
