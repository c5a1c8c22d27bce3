//! Document → document that means the same and that the later stages can use, with a finding for every change.
//!
//! One weakness of Scribe's, one file, whose documentation says why Scribe does it and what happens: `docs/repairs.md` is
//! made from it. A repair reads and changes the whole document, must be idempotent and must not depend on the order of
//! mappings. `cargo xtask new-repair` starts a new one.

mod absent_fields;
mod circular_aliases;
mod component_names;
mod composed_objects;
mod empty_lists;
mod evidence;
mod inline_references;
mod keyed_maps;
mod listed_properties;
mod merged;
mod missing_items;
mod missing_success;
mod name_shapes;
mod name_types;
mod null_examples;
mod openapi_3_1;
mod operation_names;
mod own_headers;
mod path_parameters;
mod path_templates;
mod path_values;
mod plain_secrets;
mod query_names;
mod quoted_values;
mod several_successes;
mod text_answers;
mod type_words;
mod union_members;
mod union_order;
mod visit;

pub use crate::naming::Ledger;
pub(crate) use operation_names::ORIGINAL as OPERATION_ID;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::document::{Document, Places};
use crate::finding::{Finding, Severity};
use crate::naming::Note;

/// One weakness, and how it is mended.
pub struct Repair {
    /// `S001`, …: never used again for something else.
    pub code: &'static str,
    /// The file's stem.
    pub name: &'static str,
    /// What it does to a document.
    run: fn(&mut Mending<'_>),
}

impl Repair {
    /// `document` with this repair alone applied, and what it found.
    pub fn apply(&self, document: &Document) -> (Document, Vec<Finding>) {
        let mut document = document.clone();
        let findings = self.mend(&mut document, Ledger::default()).findings;
        (document, findings)
    }

    fn mend<'a>(&self, document: &'a mut Document, ledger: Ledger) -> Mending<'a> {
        let mut mending = Mending {
            document,
            code: self.code,
            findings: Vec::new(),
            named: Named::new(),
            notes: Vec::new(),
            ledger,
        };
        (self.run)(&mut mending);
        mending
    }
}

/// Every repair, in the order in which they run.
pub const REPAIRS: &[Repair] = &[
    // First what makes a document of it that the others can go through.
    openapi_3_1::REPAIR,
    inline_references::REPAIR,
    empty_lists::REPAIR,
    // Operations and their parameters.
    name_types::REPAIR,
    path_templates::REPAIR,
    path_parameters::REPAIR,
    own_headers::REPAIR,
    query_names::REPAIR,
    operation_names::REPAIR,
    // Types, place by place.
    listed_properties::REPAIR,
    type_words::REPAIR,
    quoted_values::REPAIR,
    composed_objects::REPAIR,
    missing_items::REPAIR,
    path_values::REPAIR,
    null_examples::REPAIR,
    absent_fields::REPAIR,
    keyed_maps::REPAIR,
    // Answers.
    text_answers::REPAIR,
    several_successes::REPAIR,
    missing_success::REPAIR,
    union_members::REPAIR,
    circular_aliases::REPAIR,
    plain_secrets::REPAIR,
    // Types, seen together.
    evidence::REPAIR,
    union_order::REPAIR,
    component_names::REPAIR,
    name_shapes::REPAIR,
];

/// A document under repair.
struct Mending<'a> {
    document: &'a mut Document,
    code: &'static str,
    findings: Vec<Finding>,
    named: Named,
    /// What is to be said about names that were kept.
    notes: Vec<Note>,
    /// The names that were, and once they are given the names that are.
    ledger: Ledger,
}

/// The name of each inline schema that got one, by its JSON pointer.
pub type Named = HashMap<String, String>;

/// The pointers of the schemas of each type, by its name and in the order of their text. `inline` is the document before
/// its shapes got the names in `named`.
pub(crate) fn places(inline: &Document, named: &Named) -> BTreeMap<String, Vec<String>> {
    let schemas = inline.root.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let components = schemas
        .into_iter()
        .flat_map(|schemas| schemas.keys())
        .map(|name| (crate::document::join("/components/schemas", name), name));
    let shapes = named.iter().map(|(pointer, name)| (pointer.clone(), name));
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (pointer, name) in components.chain(shapes) {
        let name = crate::names::type_name(name);
        places.entry(name).or_default().push(pointer);
    }
    for pointers in places.values_mut() {
        pointers.sort();
        pointers.dedup();
    }
    places
}

/// A document after the repairs.
pub struct Repaired {
    /// The document.
    pub document: Document,
    /// The document before its shapes were named: the examples still stand where they were written.
    pub inline: Document,
    /// The names that shapes got.
    pub named: Named,
    /// The names of everything, each with its places as they can be written down.
    pub ledger: Ledger,
    /// What is to be said about names that were kept.
    pub notes: Vec<Note>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Where a repair notes what it does. It has no document, which a visit is changing meanwhile: what a repair wants to know
/// of it is read before.
struct Noting<'a> {
    places: &'a Places,
    code: &'static str,
    findings: &'a mut Vec<Finding>,
}

impl Noting<'_> {
    /// Notes that the node at `pointer` was wrong and is mended.
    fn repaired(&mut self, pointer: &str, problem: impl Into<String>, action: impl Into<String>) {
        self.note(Severity::Repaired, pointer, problem, action);
    }

    fn note(
        &mut self,
        severity: Severity,
        pointer: &str,
        problem: impl Into<String>,
        action: impl Into<String>,
    ) {
        let place = self.places.nearest(pointer).cloned();
        self.findings.push(
            Finding::error(self.code, problem, action)
                .severity(severity)
                .at(pointer, place),
        );
    }
}

impl Mending<'_> {
    /// The document's root to change, and where to note it meanwhile.
    fn parts(&mut self) -> (&mut Value, Noting<'_>) {
        let noting = Noting {
            places: &self.document.places,
            code: self.code,
            findings: &mut self.findings,
        };
        (&mut self.document.root, noting)
    }

    /// As [`Noting::repaired`].
    fn repaired(&mut self, pointer: &str, problem: impl Into<String>, action: impl Into<String>) {
        self.parts().1.repaired(pointer, problem, action);
    }

    /// As [`Noting::note`].
    fn note(
        &mut self,
        severity: Severity,
        pointer: &str,
        problem: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.parts().1.note(severity, pointer, problem, action);
    }
}

/// `document` with every repair applied, and what was found. Everything keeps the name that it has in `ledger`.
pub fn apply(document: &Document, mut ledger: Ledger) -> Repaired {
    let mut inline = document.clone();
    let mut document = document.clone();
    let mut findings = Vec::new();
    let mut named = Named::new();
    let mut notes = Vec::new();
    for repair in REPAIRS {
        if repair.code == name_shapes::REPAIR.code {
            inline = document.clone();
        }
        let mut mending = repair.mend(&mut document, ledger);
        ledger = mending.ledger;
        findings.append(&mut mending.findings);
        named.extend(mending.named);
        notes.append(&mut mending.notes);
    }
    Repaired {
        document,
        inline,
        named,
        ledger,
        notes,
        findings,
    }
}
