//! Randomness of the system, without a crate for it. (On `wasm32-unknown-unknown` the standard library has none: there
//! values are unique, but can be foreseen.)

use std::hash::{BuildHasher, RandomState};

/// 64 random bits.
pub(super) fn bits() -> u64 {
    RandomState::new().hash_one(0)
}

/// 128 random bits in hexadecimal digits.
pub(super) fn token() -> String {
    format!("{:016x}{:016x}", bits(), bits())
}

/// A number from 0 up to, and without, 1.
pub(crate) fn fraction() -> f64 {
    // A `f64` has 53 bits for the digits.
    (bits() >> 11) as f64 / (1_u64 << 53) as f64
}
