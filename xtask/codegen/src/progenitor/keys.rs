//! The keys under which progenitor gets properties and enum values: one that carries the Rust name and the wire's.
//!
//! progenitor makes identifiers of names by rules of its own, and two names that differ in case or punctuation only make
//! it stop or print Rust that does not compile. So it gets keys that are different whatever it does with them, and the
//! names are ours. A key is never an identifier, so it comes back unchanged in `#[serde(rename)]`.

use std::collections::{HashMap, HashSet};

use crate::names;

/// The key for the `index`th name of its owner.
pub fn key(index: usize, ident: &str, wire: &str) -> String {
    format!("k{index:05}:{ident}:{wire}")
}

/// The Rust name and the wire's in a key that [`key`] made.
pub fn read(key: &str) -> Option<(&str, &str)> {
    let (index, rest) = key.split_once(':')?;
    let (ident, wire) = rest.split_once(':')?;
    index.strip_prefix('k')?.parse::<u32>().ok()?;
    Some((ident, wire))
}

/// Each of `wires` once, in their order, with a key of its own; `ident` makes a Rust name of a wire's.
pub fn keys<'a>(
    wires: impl IntoIterator<Item = &'a str>,
    ident: fn(&str) -> String,
    reserved: &[&str],
) -> Vec<(&'a str, String)> {
    let mut seen = HashSet::new();
    let wires: Vec<&str> = wires
        .into_iter()
        .filter(|wire| seen.insert(*wire))
        .collect();
    // Which of two gets the shorter name must not depend on their order.
    let mut sorted = wires.clone();
    sorted.sort_unstable();
    let mut taken: HashSet<String> = reserved.iter().map(ToString::to_string).collect();
    let mut idents: HashMap<&str, String> = HashMap::new();
    // A name that needs no change keeps it, whichever others would like to have it.
    for exact in [true, false] {
        for wire in &sorted {
            let wanted = ident(wire);
            if (wanted == *wire) == exact {
                idents.insert(wire, names::unique(wanted, &mut taken));
            }
        }
    }
    wires
        .into_iter()
        .enumerate()
        .map(|(index, wire)| (wire, key(index, &idents[wire], wire)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idents(wires: &[&str], ident: fn(&str) -> String) -> Vec<(String, String)> {
        keys(wires.iter().copied(), ident, &["Unknown"])
            .into_iter()
            .map(|(wire, key)| {
                let (ident, back) = read(&key).expect("a key");
                assert_eq!(back, wire);
                (wire.to_owned(), ident.to_owned())
            })
            .collect()
    }

    #[test]
    fn names_that_make_one_rust_name_get_two() {
        let found = idents(&["fooBar", "foo_bar", "foo-bar", "a:b"], names::field_name);
        let expected = [
            ("fooBar", "foo_bar_3"),
            ("foo_bar", "foo_bar"),
            ("foo-bar", "foo_bar_2"),
            ("a:b", "a_b"),
        ];
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn values_that_differ_in_case_only_are_two_variants() {
        let found = idents(&["rider", "Rider", "unknown", ""], names::variant_name);
        let expected = [
            ("rider", "Rider2"),
            ("Rider", "Rider"),
            ("unknown", "Unknown2"),
            ("", "Empty"),
        ];
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn what_is_no_key_is_not_taken_for_one() {
        for text in ["", "a:b", "k1", "kx:a:b", "name"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
