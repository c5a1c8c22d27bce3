//! Which operation a change belongs to: an operation's own, and for a type the only one that leads to it.

use std::collections::BTreeMap;

use super::Change;
use super::items::Class;
use crate::surface::{Lines, Surface};

/// The operation that leads to a type; none when there are several.
type Reached<'a> = BTreeMap<&'a str, Option<&'a str>>;

/// Fills in `operation` and `operation_id` of every change.
pub(super) fn attribute(changes: &mut [Change], before: &Surface, after: &Surface) {
    if changes.is_empty() {
        return;
    }
    let (new, old) = (reached(after), reached(before));
    for change in changes {
        let item = [&change.new, &change.old].into_iter().flatten().next();
        let name = match item.and_then(|side| side.item.as_ref()) {
            Some((Class::Operation, name)) => Some(name.as_str()),
            Some((Class::Type, name)) => {
                let name = name.as_str();
                new.get(name).or_else(|| old.get(name)).copied().flatten()
            }
            None => None,
        };
        let head = name.and_then(|name| {
            let of = |surface: &Surface| surface.operations.get(name)?.head.clone();
            of(after).or_else(|| of(before))
        });
        if let Some(head) = head {
            change.operation = Some(format!("{} {}", head.method, head.path));
            change.operation_id = Some(head.id);
        }
    }
}

/// A type is gone through at most twice: for the first operation, and for the second.
fn reached(surface: &Surface) -> Reached<'_> {
    let known = |names: Vec<String>| -> Vec<&str> {
        let known = |name: String| surface.types.get_key_value(&name);
        let mut names: Vec<&str> = names
            .into_iter()
            .filter_map(|name| known(name).map(|(name, _)| name.as_str()))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let types = surface.types.iter();
    let by_type: BTreeMap<&str, Vec<&str>> = types
        .map(|(name, item)| (name.as_str(), known(item.mentioned())))
        .collect();
    let mut reached = Reached::new();
    for (operation, item) in &surface.operations {
        let operation = operation.as_str();
        let mut pending = known(item.mentioned());
        while let Some(name) = pending.pop() {
            match reached.get(name) {
                None => reached.insert(name, Some(operation)),
                Some(Some(first)) if *first != operation => reached.insert(name, None),
                Some(_) => continue,
            };
            pending.extend(by_type.get(name).into_iter().flatten());
        }
    }
    reached
}
