//! Which removed item an added one is under a new name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::surface::{Lines, OperationLines, Surface, TypeLines, identifiers};

/// New names by old ones.
pub(super) type Renames<'a> = BTreeMap<&'a str, &'a str>;

/// The renamed types: those of equal content, when what they mention is called by its new name.
pub(super) fn types<'a>(before: &'a Surface, after: &'a Surface) -> Renames<'a> {
    let mut removed = only(&before.types, &after.types);
    let mut added = only(&after.types, &before.types);
    let mut renames = Renames::new();
    // Each pair that is found says more about the rest: a chain of types that mention each other needs a round for
    // each of them.
    while !removed.is_empty() && !added.is_empty() {
        let votes = votes(before, after, &renames, &removed, &added);
        let exact = |name: &str, own: &str| -> Option<&'a str> {
            if name == own {
                Some("Self")
            } else {
                renames.get(name).copied()
            }
        };
        let old = content(&before.types, &removed, exact);
        let new = content(&after.types, &added, |name, own| {
            (name == own).then_some("Self")
        });
        let mut found = pairs(&old, &new, &votes, Doubt::None);
        if found.is_empty() {
            // What is not known by its new name yet may be anything: types in a ring are found like this.
            let loose_old = content(&before.types, &removed, |name, own| {
                exact(name, own).or_else(|| removed.contains(name).then_some("?"))
            });
            let loose_new = content(&after.types, &added, |name, own| {
                if name == own {
                    Some("Self")
                } else {
                    added.contains(name).then_some("?")
                }
            });
            found = pairs(&loose_old, &loose_new, &votes, Doubt::Voted);
            for (old, new, doubt) in [
                (&old, &new, Doubt::Any),
                (&loose_old, &loose_new, Doubt::Any),
            ] {
                if found.is_empty() {
                    found = pairs(old, new, &votes, doubt);
                }
            }
        }
        if found.is_empty() {
            break;
        }
        for (old, new) in found {
            removed.remove(old);
            added.remove(new);
            renames.insert(old, new);
        }
    }
    renames
}

/// How much doubt a pair may leave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// A place speaks for it, or there is no other of equal content.
    None,
    /// A place speaks for it.
    Voted,
    /// Only the order of the names speaks for it.
    Any,
}

/// The renamed operations: those of equal method and path, and then those of equal id.
pub(super) fn operations<'a>(before: &'a Surface, after: &'a Surface) -> Renames<'a> {
    let mut removed = only(&before.operations, &after.operations);
    let mut added = only(&after.operations, &before.operations);
    let mut renames = Renames::new();
    let address: fn(&OperationLines) -> Option<String> = |item| {
        let head = item.head.as_ref()?;
        Some(format!("{} {}", head.method, template(&head.path)))
    };
    let id: fn(&OperationLines) -> Option<String> = |item| Some(item.head.as_ref()?.id.clone());
    for key in [address, id] {
        let keys = |items: &BTreeMap<String, OperationLines>, names: &BTreeSet<&'a str>| {
            let keys = names
                .iter()
                .filter_map(|name| Some((*name, key(&items[*name])?)));
            keys.collect::<Vec<(&'a str, String)>>()
        };
        let found = pairs(
            &keys(&before.operations, &removed),
            &keys(&after.operations, &added),
            &HashMap::new(),
            Doubt::Any,
        );
        for (old, new) in found {
            removed.remove(old);
            added.remove(new);
            renames.insert(old, new);
        }
    }
    renames
}

/// The path without the names of its placeholders, which are not sent.
pub(super) fn template(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        out.push(c);
    }
    out
}

fn only<'a, L>(these: &'a BTreeMap<String, L>, those: &BTreeMap<String, L>) -> BTreeSet<&'a str> {
    let names = these.keys().filter(|name| !those.contains_key(*name));
    names.map(String::as_str).collect()
}

/// Each type's lines as one text, with names put in place of names.
fn content<'a>(
    items: &BTreeMap<String, TypeLines>,
    names: &BTreeSet<&'a str>,
    other: impl Fn(&str, &str) -> Option<&'a str>,
) -> Vec<(&'a str, String)> {
    let content = |name: &&'a str| {
        let renamed = items[*name].renamed(&|found| other(found, name));
        (*name, renamed.lines().join("\n"))
    };
    names.iter().map(content).collect()
}

/// Pairs an old and a new name of equal key: those first that the most places speak for, then by name.
fn pairs<'a>(
    before: &[(&'a str, String)],
    after: &[(&'a str, String)],
    votes: &Votes<'a>,
    doubt: Doubt,
) -> Vec<(&'a str, &'a str)> {
    let mut buckets: BTreeMap<&str, (Vec<&'a str>, BTreeSet<&'a str>)> = BTreeMap::new();
    for (name, key) in before {
        buckets.entry(key).or_default().0.push(name);
    }
    for (name, key) in after {
        if let Some((_, names)) = buckets.get_mut(key.as_str()) {
            names.insert(name);
        }
    }
    let mut pairs = Vec::new();
    for (mut old, mut new) in buckets.into_values() {
        let mut wishes: Vec<(usize, &str, &str)> = Vec::new();
        for name in &old {
            for (wish, count) in votes.get(name).into_iter().flatten() {
                if new.contains(wish) {
                    wishes.push((*count, name, wish));
                }
            }
        }
        wishes.sort_by(|a, b| b.0.cmp(&a.0).then(a.cmp(b)));
        let mut taken = BTreeSet::new();
        for (_, from, to) in wishes {
            if !taken.contains(from) && new.remove(to) {
                taken.insert(from);
                pairs.push((from, to));
            }
        }
        old.retain(|name| !taken.contains(name));
        let only_one = old.len() == 1 && new.len() == 1 && doubt == Doubt::None;
        if doubt == Doubt::Any || only_one {
            pairs.extend(old.into_iter().zip(new));
        }
    }
    pairs
}

/// How many places speak for a pair.
type Votes<'a> = HashMap<&'a str, BTreeMap<&'a str, usize>>;

/// How many places that are in both surfaces speak of the one type before and of the other after.
fn votes<'a>(
    before: &'a Surface,
    after: &'a Surface,
    renames: &Renames<'a>,
    removed: &BTreeSet<&'a str>,
    added: &BTreeSet<&'a str>,
) -> Votes<'a> {
    let mut votes = Votes::new();
    let mut vote = |old: &str, new: &str| {
        if let (Some(old), Some(new)) = (removed.get(old), added.get(new)) {
            *votes.entry(*old).or_default().entry(*new).or_default() += 1;
        }
    };
    of_both(&before.operations, &after.operations, renames, &mut vote);
    of_both(&before.types, &after.types, renames, &mut vote);
    votes
}

/// Calls `vote` with each two names that stand at one place of an item before and after.
fn of_both<L: Lines>(
    these: &BTreeMap<String, L>,
    those: &BTreeMap<String, L>,
    renames: &Renames<'_>,
    vote: &mut dyn FnMut(&str, &str),
) {
    for (name, item) in these {
        let new_name = renames.get(name.as_str()).copied().unwrap_or(name);
        let Some(other) = those.get(new_name) else {
            continue;
        };
        let (mut item, mut other) = (item.clone(), other.clone());
        let other: HashMap<String, &mut String> = other.types_mut().into_iter().collect();
        for (place, text) in item.types_mut() {
            if let Some(other) = other.get(&place).filter(|other| ***other != *text) {
                for ((_, old), (_, new)) in identifiers(text).zip(identifiers(other)) {
                    vote(old, new);
                }
            }
        }
    }
}
