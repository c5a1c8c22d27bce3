//! Changing a document as an action says, and its places with it.

use std::cmp::Ordering;

use serde_json::Value;

use crate::document::{Document, Places, join, last_token, parent};

/// Merges the value at `from` of `origin` into the nodes at `targets`; what is new gets the places of `places`.
///
/// The caller has found the two sides to fit together; a side that does not fit is left alone.
pub(super) fn merge(
    document: &mut Document,
    targets: &[String],
    update: &Value,
    places: &Places,
    from: &str,
) {
    for pointer in targets {
        let Some(node) = document.root.pointer_mut(pointer) else {
            continue;
        };
        let mut grafts = Vec::new();
        match (&mut *node, update) {
            (Value::Array(items), update) if !update.is_array() => {
                grafts.push((join(pointer, &items.len().to_string()), from.to_owned()));
                items.push(update.clone());
            }
            _ => merge_node(node, update, pointer, from, &mut grafts),
        }
        for (pointer, from) in grafts {
            document.places.graft(&pointer, places, &from);
        }
    }
}

fn merge_node(
    node: &mut Value,
    update: &Value,
    pointer: &str,
    from: &str,
    grafts: &mut Vec<(String, String)>,
) {
    match (node, update) {
        (Value::Object(entries), Value::Object(changes)) => {
            for (key, change) in changes {
                let (pointer, from) = (join(pointer, key), join(from, key));
                match entries.get_mut(key) {
                    Some(entry) => merge_node(entry, change, &pointer, &from, grafts),
                    None => {
                        entries.insert(key.clone(), change.clone());
                        grafts.push((pointer, from));
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(more)) => {
            for (index, item) in more.iter().enumerate() {
                grafts.push((
                    join(pointer, &items.len().to_string()),
                    join(from, &index.to_string()),
                ));
                items.push(item.clone());
            }
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {}
        (node, update) => {
            if node != update {
                *node = update.clone();
                grafts.push((pointer.to_owned(), from.to_owned()));
            }
        }
    }
}

/// Removes the nodes at `targets`.
pub(super) fn remove(document: &mut Document, targets: &[String]) {
    let mut targets: Vec<&String> = targets.iter().collect();
    // Last items first, since a removal moves the items behind it; descendants before what holds them.
    targets.sort_by(|one, other| by_tokens(other, one));
    for pointer in targets {
        let Some(holder) = parent(pointer) else {
            continue;
        };
        match document.root.pointer_mut(holder) {
            Some(Value::Object(entries)) => {
                entries.shift_remove(&last_token(pointer));
            }
            Some(Value::Array(items)) => {
                let Ok(index) = last_token(pointer).parse::<usize>() else {
                    continue;
                };
                if index < items.len() {
                    items.remove(index);
                    let length = items.len();
                    close_gap(&mut document.places, holder, index, length);
                }
            }
            _ => {}
        }
    }
}

/// Gives the items from `index` on the places that the items behind them had.
fn close_gap(places: &mut Places, holder: &str, index: usize, length: usize) {
    let before = places.clone();
    for index in index..length {
        places.graft(
            &join(holder, &index.to_string()),
            &before,
            &join(holder, &(index + 1).to_string()),
        );
    }
}

fn by_tokens(one: &str, other: &str) -> Ordering {
    let mut ones = one.split('/');
    let mut others = other.split('/');
    loop {
        let order = match (ones.next(), others.next()) {
            (Some(one), Some(other)) => match (one.parse::<usize>(), other.parse::<usize>()) {
                (Ok(one), Ok(other)) => one.cmp(&other),
                _ => one.cmp(other),
            },
            (None, None) => return Ordering::Equal,
            (one, other) => one.is_some().cmp(&other.is_some()),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}
