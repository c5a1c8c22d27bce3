//! Randomness, without a crate for it.

/// 64 random bits, of the system.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn bits() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}

/// 64 random bits, of the browser: the standard library has none there, and would give the same in each program that
/// starts. They are not for secrets.
#[cfg(target_arch = "wasm32")]
pub(super) fn bits() -> u64 {
    let half = || (js_sys::Math::random() * f64::from(1_u32 << 31) * 2.0) as u64;
    half() << 32 | half()
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
