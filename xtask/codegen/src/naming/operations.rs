//! Which name each operation gets: the one that the ledger has for its place, else one by the rule.

use std::collections::{BTreeMap, HashSet};

use super::place::{Places, in_full, without_names};
use super::{Ledger, OperationNames};
use crate::names;
use crate::walk::OperationPlace;

/// Methods that a client has of its own, and those that every type has by traits.
pub(super) const RESERVED: [&str; 17] = [
    "api_key",
    "base_url",
    "builder",
    "clone",
    "defaults",
    "from_settings",
    "headers",
    "into",
    "max_response_bytes",
    "new",
    "permit",
    "published_url",
    "request",
    "sent_texts",
    "settle",
    "to_owned",
    "transmit",
];

/// Names of operations whose builder would shadow what generated code uses beside it.
pub(super) const SHADOWING: [&str; 4] = ["call", "error", "operation", "response"];

/// An operation that asks for a name.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) operation: OperationPlace,
    /// The document's operationId; empty when it has none.
    pub(crate) id: String,
    /// The name by the rule.
    pub(crate) wanted: String,
    /// The name that it has already.
    pub(crate) decided: Option<String>,
}

/// An operation with its name.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) place: String,
    /// The name that it would have without the ledger.
    pub(crate) by_rule: String,
    /// What the ledger had of it, and at which place.
    pub(crate) kept: Option<(String, OperationNames)>,
}

/// Names the operations of a document, in the order of `asked`. What the ledger has of operations that are there is
/// taken out of it; of operations that are gone it keeps what collides with no name that was given.
pub(crate) fn name(asked: &[Asked], places: &Places, ledger: &mut Ledger) -> Vec<Named> {
    let kept = matched(asked, places, &ledger.operations);
    let names = names(asked, ledger, |index| {
        let place = kept[index].as_ref()?;
        Some(ledger.operations[place].name.clone())
    });
    let by_rule = self::names(asked, ledger, |_| None);
    let named: Vec<Named> = kept
        .into_iter()
        .zip(names.into_iter().zip(by_rule))
        .zip(asked)
        .map(|((kept, (name, by_rule)), asked)| Named {
            place: places.place(&asked.operation),
            kept: kept.and_then(|place| ledger.operations.remove_entry(&place)),
            name,
            by_rule,
        })
        .collect();
    let taken: HashSet<String> = named.iter().flat_map(|named| marks(&named.name)).collect();
    for named in &named {
        if let Some((from, _)) = &named.kept
            && *from != named.place
        {
            ledger.moved(from, &named.place);
        }
        // An entry of an operation that was said to be elsewhere, and is here now.
        ledger.operations.remove(&named.place);
    }
    ledger.operations.retain(|_, gone| {
        gone.gone = true;
        marks(&gone.name).iter().all(|mark| !taken.contains(mark))
    });
    named
}

/// The place in the ledger of each of the operations that it knows.
fn matched(
    asked: &[Asked],
    places: &Places,
    known: &BTreeMap<String, OperationNames>,
) -> Vec<Option<String>> {
    let mut matched: Vec<Option<String>> = vec![None; asked.len()];
    let mut open: BTreeMap<&String, &OperationNames> = known.iter().collect();
    let mut find = |fits: &dyn Fn(&Asked, &str, &OperationNames) -> bool| {
        for (asked, matched) in asked.iter().zip(&mut matched) {
            if matched.is_some() || asked.decided.is_some() {
                continue;
            }
            let mut fitting = open
                .iter()
                .filter(|(place, known)| fits(asked, place, known));
            if let Some(place) = fitting.next().map(|(place, _)| (*place).clone()) {
                open.remove(&place);
                *matched = Some(place);
            }
        }
    };
    let same_path = |asked: &Asked, place: &str| {
        without_names(&in_full(&asked.operation)) == without_names(place)
    };
    find(&|asked, place, _| place == in_full(&asked.operation));
    find(&|asked, place, _| place == places.place(&asked.operation));
    find(&|asked, place, known| asked.id == known.id && same_path(asked, place));
    find(&|asked, place, _| same_path(asked, place));
    // What is left are new operations, and ones that moved: the id says so, when it says it of one only.
    let left: Vec<usize> = (0..asked.len())
        .filter(|index| matched[*index].is_none() && asked[*index].decided.is_none())
        .collect();
    for gone in [false, true] {
        for &index in &left {
            let id = &asked[index].id;
            let alone = left.iter().filter(|other| asked[**other].id == *id).count() == 1;
            let mut entries = open
                .iter()
                .filter(|(_, known)| known.id == *id && known.gone == gone);
            if let (Some((place, _)), None, true, None) = (
                entries.next(),
                entries.next(),
                alone && !id.is_empty(),
                &matched[index],
            ) {
                let place = (*place).clone();
                open.remove(&place);
                matched[index] = Some(place);
            }
        }
    }
    matched
}

/// The name of each operation: what is decided, then what is `kept`, then by the rule.
fn names(asked: &[Asked], ledger: &Ledger, kept: impl Fn(usize) -> Option<String>) -> Vec<String> {
    let own = ledger.reserved.iter().map(String::as_str);
    let mut taken: HashSet<String> = RESERVED
        .into_iter()
        .chain(SHADOWING)
        .chain(own)
        .flat_map(marks)
        .collect();
    let mut names: Vec<Option<String>> = asked.iter().map(|asked| asked.decided.clone()).collect();
    taken.extend(names.iter().flatten().flat_map(|name| marks(name)));
    for (index, name) in names.iter_mut().enumerate() {
        if name.is_none()
            && let Some(kept) = kept(index)
            && marks(&kept).iter().all(|mark| !taken.contains(mark))
        {
            taken.extend(marks(&kept));
            *name = Some(kept);
        }
    }
    let names = asked.iter().zip(names);
    names
        .map(|(asked, name)| {
            name.unwrap_or_else(|| unique(asked.wanted.clone(), &asked.operation, &mut taken))
        })
        .collect()
}

/// The name of an operation that has none of its own.
pub(crate) fn after_path(place: &OperationPlace) -> String {
    names::snake(&format!("{} {}", place.method, place.path))
}

/// What no other operation may have of one called `name`: the method's name and the builder's.
pub(super) fn marks(name: &str) -> [String; 2] {
    [name.to_owned(), names::type_name(name)]
}

/// `wanted`, or with the method and path where another operation has it.
fn unique(wanted: String, place: &OperationPlace, taken: &mut HashSet<String>) -> String {
    let mut name = wanted;
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        name = names::snake(&format!("{} {name}", place.method));
    }
    let is_free =
        |name: &str, taken: &HashSet<String>| marks(name).iter().all(|mark| !taken.contains(mark));
    if !is_free(&name, taken) {
        name = after_path(place);
    }
    let stem = name.clone();
    let mut number = 2;
    while !is_free(&name, taken) {
        name = format!("{stem}_{number}");
        number += 1;
    }
    taken.extend(marks(&name));
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runtime's client, which generated methods are added to.
    const CLIENT: &str = include_str!("../../../../runtime/client.rs");

    #[test]
    fn every_method_of_the_client_is_reserved() {
        let file = syn::parse_file(CLIENT).expect("it is Rust");
        let methods = file.items.iter().filter_map(|item| match item {
            syn::Item::Impl(item) if item.trait_.is_none() && is_client(&item.self_ty) => {
                Some(item.items.iter())
            }
            _ => None,
        });
        let names: Vec<String> = methods
            .flatten()
            .filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            })
            .collect();
        assert!(names.len() > 3, "{names:?}");
        for name in names {
            assert!(
                RESERVED.contains(&name.as_str()),
                "add `{name}` to RESERVED"
            );
        }
    }

    fn is_client(own: &syn::Type) -> bool {
        matches!(own, syn::Type::Path(own) if own.path.is_ident("Client"))
    }
}
