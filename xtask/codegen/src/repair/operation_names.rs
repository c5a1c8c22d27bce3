//! S002: every operation gets a name that is a Rust method, unique in the document.
//!
//! # Why
//!
//! Scribe's operationId is its title in camel case, which loses where words end (`send2FAEMailToCreator`) and letters with
//! accents, is as long as the title, is the same for two routes of one title, and empty where the title has no letter
//! that Scribe keeps. The title itself is still there.
//!
//! # What happens
//!
//! The name is made from the title where both have the same letters, else from the operationId, else from the method and
//! path, which is also what the second of two equal names gets. A name over 60 characters keeps its first words. The
//! document's own operationId is kept as `x-operation-id`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Mending, Repair};
use crate::names;
use crate::walk::{self, OperationPlace};

pub(super) const REPAIR: Repair = Repair {
    code: "S002",
    name: "operation_names",
    run,
};

/// Where the document's own operationId is kept.
pub(crate) const ORIGINAL: &str = "x-operation-id";

/// Methods that a client has of its own, and those that every type has by traits.
const RESERVED: [&str; 21] = [
    "api_key",
    "base_url",
    "builder",
    "clone",
    "connect",
    "defaults",
    "from_env",
    "from_settings",
    "headers",
    "into",
    "max_response_bytes",
    "new",
    "permit",
    "published_url",
    "reconnect",
    "replace_credentials",
    "request",
    "resume",
    "sent_texts",
    "to_owned",
    "transmit",
];

/// Names of operations whose builder would shadow what generated code uses beside it.
const SHADOWING: [&str; 4] = ["call", "error", "operation", "response"];

fn run(mending: &mut Mending<'_>) {
    let mut taken: HashSet<String> = RESERVED
        .iter()
        .chain(&SHADOWING)
        .flat_map(|name| marks(name))
        .collect();
    // Which of two gets the shorter name must not depend on the order of the paths.
    let mut places = walk::operations(&mending.document.root);
    places.sort_by(|a, b| (&a.path, a.method).cmp(&(&b.path, b.method)));
    for place in places {
        let Some(operation) = place.of(&mending.document.root) else {
            continue;
        };
        if let Some(done) = operation.get(ORIGINAL).and(operation.get("operationId")) {
            taken.extend(marks(done.as_str().unwrap_or_default()));
            continue;
        }
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .map(str::trim)
            .filter(|id| !id.is_empty())
            .map(str::to_owned);
        let wanted = wanted_name(operation, id.as_deref(), &place);
        let name = unique(wanted, &place, &mut taken);
        match &id {
            None => mending.repaired(
                &place.pointer(),
                "the operation has no operationId",
                format!("called it {name}"),
            ),
            Some(id) if names::snake(id) != name => mending.repaired(
                &place.pointer(),
                format!("the operationId {id} does not read as a method's name"),
                format!("called it {name}"),
            ),
            Some(_) => {}
        }
        if let Some(operation) = place.of_mut(&mut mending.document.root) {
            operation.insert("operationId".into(), Value::String(name));
            operation.insert(ORIGINAL.into(), Value::String(id.unwrap_or_default()));
        }
    }
}

fn wanted_name(operation: &Map<String, Value>, id: Option<&str>, place: &OperationPlace) -> String {
    let title = names::title_words(operation_title(operation));
    match id {
        // The title only where the operationId says the same letters: a title may have been edited away from it.
        Some(id) if letters(id) == letters(operation_title(operation)) => {
            names::snake(&title.join("_"))
        }
        Some(id) => names::snake(id),
        None if !title.is_empty() => names::snake(&title.join("_")),
        None => path_name(place),
    }
}

fn operation_title(operation: &Map<String, Value>) -> &str {
    let title = operation.get("summary").and_then(Value::as_str);
    title.unwrap_or_default()
}

/// The letters that Scribe keeps of a title; accented ones it drops.
fn letters(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn path_name(place: &OperationPlace) -> String {
    names::snake(&format!("{} {}", place.method, place.path))
}

/// What no other operation may have of one called `name`: the method's name and the builder's.
fn marks(name: &str) -> [String; 2] {
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
        name = path_name(place);
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
