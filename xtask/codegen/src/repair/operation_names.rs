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
//! The name is the one that the ledger of names has for the method and path. An operation that the ledger does not know is
//! named after its title where that has the letters of its operationId, else after the operationId, else after its method
//! and path, which is also what the second of two equal names gets. A name over 60 characters keeps its first words. The
//! parameters get their names here as well, and `x-parameter-names` says those that are not as the rule has them. The
//! document's own operationId is kept as `x-operation-id`.

use serde_json::{Map, Value};

use super::{Mending, Repair};
use crate::inputs::Location;
use crate::names;
use crate::naming::place::Places;
use crate::naming::{self, Asked, Named, Note, OperationNames, What};
use crate::walk::{self, OperationPlace};

pub(super) const REPAIR: Repair = Repair {
    code: "S002",
    name: "operation_names",
    run,
};

/// Where the document's own operationId is kept.
pub(crate) const ORIGINAL: &str = "x-operation-id";

fn run(mending: &mut Mending<'_>) {
    let root = &mending.document.root;
    let places = Places::of(root);
    let mut operations = walk::operations(root);
    // Which of two gets the shorter name must not depend on the order of the paths.
    operations.sort_by(|a, b| (&a.path, a.method).cmp(&(&b.path, b.method)));
    let asked: Vec<Asked> = operations
        .into_iter()
        .filter_map(|operation| ask(root, operation))
        .collect();
    let named = naming::name(&asked, &places, &mut mending.ledger);
    for (asked, named) in asked.iter().zip(named) {
        if asked.decided.is_none() {
            write_name(mending, asked, &named);
        }
        let mut names = name_parameters(mending, asked, &named);
        names.name.clone_from(&named.name);
        names.id.clone_from(&asked.id);
        mending.ledger.operations.insert(named.place, names);
    }
}

/// What is known of the operation at `place` before it is named.
fn ask(root: &Value, place: OperationPlace) -> Option<Asked> {
    let operation = place.of(root)?;
    let text = |key: &str| {
        let text = operation.get(key).and_then(Value::as_str);
        text.map(str::trim).unwrap_or_default().to_owned()
    };
    let is_decided = operation.contains_key(ORIGINAL) && operation.contains_key("operationId");
    let id = text(if is_decided { ORIGINAL } else { "operationId" });
    let said = Some(id.as_str()).filter(|id| !id.is_empty());
    Some(Asked {
        wanted: wanted_name(operation, said, &place),
        decided: is_decided.then(|| text("operationId")),
        operation: place,
        id,
    })
}

fn write_name(mending: &mut Mending<'_>, asked: &Asked, named: &Named) {
    let (name, id) = (&named.name, &asked.id);
    let pointer = asked.operation.pointer();
    if id.is_empty() {
        let action = format!("called it {name}");
        mending.repaired(&pointer, "the operation has no operationId", action);
    } else if names::snake(id) != *name {
        mending.repaired(
            &pointer,
            format!("the operationId {id} does not read as a method's name"),
            format!("called it {name}"),
        );
    }
    let Some(operation) = asked.operation.of_mut(&mut mending.document.root) else {
        return;
    };
    let title = operation_title(operation).trim().to_owned();
    operation.insert("operationId".into(), name.as_str().into());
    operation.insert(ORIGINAL.into(), id.as_str().into());
    let Some((from, kept)) = &named.kept else {
        return;
    };
    let is_new = kept.id != *id;
    let moved_from = Some(from).filter(|from| {
        // Places with and without names are the same place.
        naming::place::without_names(from) != naming::place::without_names(&named.place)
    });
    if *name != named.by_rule || moved_from.is_some() {
        mending.notes.push(Note {
            what: What::Operation,
            place: named.place.clone(),
            name: name.clone(),
            upstream: match (is_new || title.is_empty(), id.is_empty()) {
                (true, false) => id.clone(),
                (true, true) => named.by_rule.clone(),
                (false, _) => title,
            },
            otherwise: named.by_rule.clone(),
            new: is_new,
            moved_from: moved_from.cloned(),
        });
    }
}

/// Names the parameters of an operation, and gives their names by their places.
fn name_parameters(mending: &mut Mending<'_>, asked: &Asked, named: &Named) -> OperationNames {
    let place = &asked.operation;
    let root = &mending.document.root;
    let decided = place.of(root).and_then(naming::read);
    let kept = named.kept.as_ref().map(|(_, kept)| kept);
    let mut names = OperationNames::default();
    let mut by_rule = naming::parameters(root, place);
    naming::given(&mut by_rule, None);
    let mut parameters = naming::parameters(root, place);
    naming::given(&mut parameters, decided.as_ref().or(kept));
    for (parameter, rule) in parameters.iter().zip(&by_rule) {
        let name = parameter.ident.clone();
        if kept.is_some() && name != rule.ident {
            mending.notes.push(Note {
                what: What::Parameter,
                place: named.place.clone(),
                name: name.clone(),
                upstream: parameter.wire.to_owned(),
                otherwise: rule.ident.clone(),
                new: false,
                moved_from: None,
            });
        }
        match parameter.location {
            Location::Path => names.path.push(name),
            Location::Query => drop(names.query.insert(parameter.wire.to_owned(), name)),
            Location::Header => drop(names.header.insert(parameter.wire.to_owned(), name)),
        }
    }
    let is_by_rule = parameters
        .iter()
        .zip(&by_rule)
        .all(|(parameter, rule)| parameter.ident == rule.ident);
    // The later stages give the names of the rule by themselves.
    if !is_by_rule && let Some(operation) = place.of_mut(&mut mending.document.root) {
        naming::write(operation, &names);
    }
    names
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
        None => naming::after_path(place),
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
