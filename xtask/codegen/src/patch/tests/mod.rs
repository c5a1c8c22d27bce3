//! The patch stage from outside: overlays and documents in, states and findings out.

mod errors;
mod semantics;
mod states;
