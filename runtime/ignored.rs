//! How much of an answer a type left aside while it was decoded.

use std::cell::Cell;

use serde::de::{Deserialize, IgnoredAny, MapAccess};

thread_local! {
    static IGNORED: Cell<usize> = const { Cell::new(0) };
}

/// Passes over the value of a field that a type does not have, and counts it.
pub fn ignore<'de, A: MapAccess<'de>>(entries: &mut A) -> Result<(), A::Error> {
    IGNORED.set(IGNORED.get() + 1);
    entries.next_value::<IgnoredAny>().map(drop)
}

/// A value decoded as `T`, and how many fields `T` does not have; none when it does not decode.
///
/// The count of whoever decodes around it is left as it was.
pub fn decode<'de, T: Deserialize<'de>>(value: &'de serde_json::Value) -> Option<(T, usize)> {
    let before = IGNORED.replace(0);
    let decoded = T::deserialize(value);
    let ignored = IGNORED.replace(before);
    Some((decoded.ok()?, ignored))
}

/// Counts fields that were found by [`decode`].
pub fn add(ignored: usize) {
    IGNORED.set(IGNORED.get() + ignored);
}
