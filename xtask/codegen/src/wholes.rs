//! Which fields hold whole numbers for certain, as far as a name can tell.
//!
//! Scribe calls a number an integer when the one example that it saw had no fraction (`subscribePrice: 0`). Only of what
//! identifies or counts is it known that it never has one.

use heck::ToSnakeCase as _;

/// Last words of names that identify or count. `total` is none: totals are sums of money as often.
const WORDS: &[&str] = &["id", "ids", "count", "counts", "page", "pages"];

/// Whether a number in the field `name` identifies or counts something.
pub fn is_certain(name: &str) -> bool {
    let words = name.to_snake_case();
    let last = words.rsplit('_').next().unwrap_or_default();
    WORDS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::is_certain;

    #[test]
    fn identifiers_and_counts_are_told_by_their_last_word() {
        for name in [
            "id",
            "user_id",
            "userId",
            "onlyfansID",
            "postIds",
            "likesCount",
            "per_page",
        ] {
            assert!(is_certain(name), "{name}");
        }
        for name in [
            "paid",
            "discount",
            "amount",
            "price",
            "total",
            "idle",
            "",
            "countdown",
        ] {
            assert!(!is_certain(name), "{name}");
        }
    }
}
