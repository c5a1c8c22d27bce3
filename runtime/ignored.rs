//! How well a type fits a value: how much of it the type leaves aside, and whether there is a doubt that it fits at all.

use std::cell::Cell;

use serde::de::{Deserialize, IgnoredAny, MapAccess};

thread_local! {
    static IGNORED: Cell<usize> = const { Cell::new(0) };
    static DOUBTFUL: Cell<bool> = const { Cell::new(false) };
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
    let (decoded, ignored) = counted(|| T::deserialize(value));
    Some((decoded.ok()?, ignored))
}

/// What a decoding gives, and how many fields it passed over. The count of whoever decodes around it is left as it was.
pub(super) fn counted<T>(decode: impl FnOnce() -> T) -> (T, usize) {
    let before = IGNORED.replace(0);
    let decoded = decode();
    (decoded, IGNORED.replace(before))
}

/// Counts fields that were found by [`decode`].
pub fn add(ignored: usize) {
    IGNORED.set(IGNORED.get() + ignored);
}

/// Notes that a value was kept as it was sent because it does not fit, so that a second look may find more in it.
pub(super) fn doubt() {
    DOUBTFUL.set(true);
}

/// What a decoding gives, and whether there is a doubt.
pub(super) fn doubted<T>(decode: impl FnOnce() -> T) -> (T, bool) {
    DOUBTFUL.set(false);
    (decode(), DOUBTFUL.get())
}
