//! Which operation a change belongs to: an operation's own, and for a type the only one that leads to it.

use std::collections::BTreeMap;

use super::Change;
use super::parse::{Item, Surface};

/// The operation that leads to a type; none when there are several.
type Reached<'a> = BTreeMap<&'a str, Option<&'a str>>;

/// Fills in `operation` and `operation_id` of every change.
pub(super) fn attribute(changes: &mut [Change], before: &Surface<'_>, after: &Surface<'_>) {
    if changes.is_empty() {
        return;
    }
    let (new, old) = (reached(after), reached(before));
    for change in changes {
        let mut words = change.item.split(' ');
        let name = match (words.next(), words.next()) {
            (Some("operation"), Some(name)) => Some(name),
            (Some("type"), Some(name)) => {
                new.get(name).or_else(|| old.get(name)).copied().flatten()
            }
            _ => None,
        };
        let call = name.and_then(|name| after.call(name).or_else(|| before.call(name)));
        if let Some((method, path, id)) = call {
            change.operation = Some(format!("{method} {path}"));
            change.operation_id = id.map(str::to_owned);
        }
    }
}

/// A type is gone through at most twice: for the first operation, and for the second.
fn reached<'a>(surface: &Surface<'a>) -> Reached<'a> {
    let mentioned = |item: &Item<'a>| -> Vec<&'a str> {
        let known = |name| surface.types.get_key_value(name).map(|(name, _)| *name);
        let mut names: Vec<&str> = item.mentioned().filter_map(known).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let by_type: BTreeMap<&str, Vec<&str>> = surface
        .types
        .iter()
        .map(|(name, item)| (*name, mentioned(item)))
        .collect();
    let mut reached = Reached::new();
    for (operation, item) in &surface.operations {
        let mut pending = mentioned(item);
        while let Some(name) = pending.pop() {
            match reached.get(name) {
                None => reached.insert(name, Some(*operation)),
                Some(Some(first)) if first != operation => reached.insert(name, None),
                Some(_) => continue,
            };
            pending.extend(by_type.get(name).into_iter().flatten());
        }
    }
    reached
}
