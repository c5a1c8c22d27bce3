//! How much memory a response may take once it is decoded: three bytes of JSON can stand for a struct of hundreds.
//!
//! What grows with the number of values in a body asks here first: lists, objects, and JSON of any form. Outside of
//! [`within`] there is no limit.

use std::cell::Cell;

use serde::de::Error;

/// No limit.
const UNLIMITED: usize = usize::MAX;

/// What an allocation takes besides its content, about.
pub(super) const OVERHEAD: usize = 16;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(UNLIMITED) };
    static SPENT: Cell<bool> = const { Cell::new(false) };
}

/// Decodes with so much memory at most. Gives whether that was too little, too.
pub(super) fn within<T>(limit: usize, decode: impl FnOnce() -> T) -> (T, bool) {
    /// Puts back what was there before, after a panic as well.
    struct Before(usize, bool);
    impl Drop for Before {
        fn drop(&mut self) {
            LEFT.set(self.0);
            SPENT.set(self.1);
        }
    }
    let _before = Before(LEFT.replace(limit.min(UNLIMITED - 1)), SPENT.replace(false));
    let decoded = decode();
    (decoded, SPENT.get())
}

/// Whether something asked for more than there was.
pub(super) fn is_spent() -> bool {
    SPENT.get()
}

/// Asks for memory.
pub(super) fn take<E: Error>(bytes: usize) -> Result<(), E> {
    let left = LEFT.get();
    if left == UNLIMITED {
        return Ok(());
    }
    match left.checked_sub(bytes) {
        Some(left) => {
            LEFT.set(left);
            Ok(())
        }
        None => Err(refused()),
    }
}

/// Gives memory back.
fn give(bytes: usize) {
    let left = LEFT.get();
    if left != UNLIMITED {
        LEFT.set(left.saturating_add(bytes).min(UNLIMITED - 1));
    }
}

#[cold]
fn refused<E: Error>() -> E {
    SPENT.set(true);
    E::custom("too large once it is decoded")
}

/// Adds an item to those of an array.
///
/// A list grows by half, where a `Vec` doubles: JSON does not say how many items there are, and responses are large.
pub(super) fn push<T, E: Error>(items: &mut Vec<T>, item: T) -> Result<(), E> {
    let before = items.capacity();
    if items.len() == before {
        let more = (before / 2).max(2);
        // Both are there while the items are moved.
        take((before + more) * size_of::<T>() + OVERHEAD)?;
        items.reserve_exact(more);
        give(before * size_of::<T>());
    }
    items.push(item);
    Ok(())
}
