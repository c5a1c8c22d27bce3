//! Operations, their parameters, bodies and responses, node by node: what upstream says stays, what it leaves out is
//! filled in.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Supplemented;
use super::fact::{self, Fact, SupplementReport};
use super::locate::{self, Operations};
use super::node::Says;
use super::read::{Files, Fragment, Subject};
use super::silence;
use crate::document::{Document, join, last_token};
use crate::walk::{self, OperationPlace};

/// Merges fragments into a document. The document's root is taken out meanwhile.
#[derive(Debug)]
pub(super) struct Merger<'a> {
    pub(super) upstream: &'a Document,
    pub(super) files: &'a Files,
    /// The components that supplements bring, by their reference.
    pub(super) components: HashMap<String, Says<'a>>,
    /// The references to them that the document has by now.
    pub(super) wanted: Vec<String>,
    /// The nodes that supplements brought.
    pub(super) supplied: HashSet<String>,
    /// Nodes of the document and where they stand in which file.
    pub(super) grafts: Vec<(String, usize, String)>,
    pub(super) facts: Vec<Fact>,
    /// Whether responses are merged: Scribe guessed the types from one example.
    pub(super) is_response: bool,
}

/// `document` with the fragments of `files` beneath it.
pub(super) fn apply(document: &Document, files: &Files, without: &[String]) -> Supplemented {
    let mut root = document.root.clone();
    let mut merger = Merger::new(document, files, without);
    let mut operations = Operations::of(&root);
    let mut reports: Vec<SupplementReport> = Vec::new();
    let is_wanted = |fragment: &&Fragment| !without.contains(&fragment.id);
    let mut every = Vec::new();
    for fragment in files.fragments.iter().filter(is_wanted) {
        let mut moved = None;
        match &fragment.subject {
            Subject::Operation(place) => {
                moved = merger.operation(&mut root, &mut operations, fragment, place);
            }
            Subject::EveryOperation => every.push(reports.len()),
            Subject::Extension => {
                let says = merger.says(fragment.file, &fragment.pointer);
                if let (Some(says), Some(root)) = (says, root.as_object_mut()) {
                    let key = last_token(&fragment.pointer);
                    merger.entry(root, &key, &fragment.pointer, &says);
                }
            }
            Subject::Component => {}
        }
        reports.push(SupplementReport {
            id: fragment.id.clone(),
            place: fragment.place.clone(),
            source: fragment.source.clone(),
            reason: fragment.reason.clone(),
            moved,
            facts: std::mem::take(&mut merger.facts),
        });
    }
    for index in every {
        let fragment = files.fragments.iter().filter(is_wanted).nth(index);
        let says = fragment.and_then(|fragment| merger.says(fragment.file, &fragment.pointer));
        for place in walk::operations(&root) {
            if let (Some(Value::Object(operation)), Some(says)) =
                (root.pointer_mut(&place.pointer()), &says)
            {
                merger.entries_of_operation(operation, &place.pointer(), says);
            }
        }
        reports[index].facts = std::mem::take(&mut merger.facts);
    }
    merger.bring_components(&mut root);
    let of_components = std::mem::take(&mut merger.facts);
    share(&mut reports, files, is_wanted, of_components);

    let mut places = document.places.clone();
    for (pointer, file, from) in &merger.grafts {
        places.graft(pointer, &files.documents[*file].places, from);
    }
    let findings = fact::findings(&reports);
    Supplemented {
        document: Document {
            source: document.source.clone(),
            root,
            places,
        },
        reports,
        findings,
    }
}

/// Gives each component the facts that stand in it, wherever they were needed.
fn share(
    reports: &mut [SupplementReport],
    files: &Files,
    is_wanted: impl Fn(&&Fragment) -> bool,
    brought: Vec<Fact>,
) {
    let used = reports.iter().flat_map(|report| report.facts.clone());
    let all: Vec<Fact> = used.chain(brought).collect();
    let fragments = files.fragments.iter().filter(is_wanted);
    for (report, fragment) in reports.iter_mut().zip(fragments) {
        if matches!(fragment.subject, Subject::Component) {
            let below = format!("{}/", fragment.pointer);
            let own = all
                .iter()
                .filter(|fact| fact.file == fragment.file && fact.from.starts_with(&below));
            report.facts = fact::worst(own).into_values().cloned().collect();
        }
    }
}

impl<'a> Merger<'a> {
    fn new(upstream: &'a Document, files: &'a Files, without: &[String]) -> Self {
        let mut merger = Self {
            upstream,
            files,
            components: HashMap::new(),
            wanted: Vec::new(),
            supplied: HashSet::new(),
            grafts: Vec::new(),
            facts: Vec::new(),
            is_response: false,
        };
        for fragment in &files.fragments {
            if matches!(fragment.subject, Subject::Component)
                && !without.contains(&fragment.id)
                && let Some(says) = merger.says(fragment.file, &fragment.pointer)
            {
                let reference = format!("#{}", fragment.pointer);
                merger.components.insert(reference, says);
            }
        }
        merger
    }

    fn says(&self, file: usize, pointer: &str) -> Option<Says<'a>> {
        let value = self.files.documents[file].root.pointer(pointer)?;
        let pointer = pointer.to_owned();
        Some(Says {
            file,
            pointer,
            value,
        })
    }

    /// What the supplement says where it refers to a component of its own; none where it refers to one of upstream's.
    pub(super) fn resolve(&self, says: &Says<'a>) -> Option<Says<'a>> {
        let mut says = says.clone();
        for _ in 0..16 {
            let Some(reference) = says.value.get("$ref").and_then(Value::as_str) else {
                return Some(says);
            };
            says = self.components.get(reference)?.clone();
        }
        None
    }

    /// Merges one operation; where upstream has it when it is elsewhere.
    fn operation(
        &mut self,
        root: &mut Value,
        operations: &mut Operations,
        fragment: &Fragment,
        place: &OperationPlace,
    ) -> Option<String> {
        let says = self.says(fragment.file, &fragment.pointer)?;
        let id = says.value.get("operationId").and_then(Value::as_str);
        let target = operations.locate(place, id);
        operations.add_path(&target.place.path);
        let item_pointer = join("/paths", &target.place.path);
        let item = object(object(root.as_object_mut()?, "paths")?, &target.place.path)?;
        if item.is_empty() {
            let from = crate::document::parent(&fragment.pointer)?.to_owned();
            self.grafts
                .push((item_pointer.clone(), fragment.file, from));
        }
        let pointer = target.place.pointer();
        if !item.contains_key(target.place.method) {
            let from = fragment.pointer.clone();
            self.grafts.push((pointer.clone(), fragment.file, from));
        }
        let operation = item.get_mut(target.place.method);
        let operation = operation.and_then(Value::as_object_mut);
        let mut operation = operation.map(std::mem::take).unwrap_or_default();
        let names = locate::renamed(&place.path, &target.place.path);
        if let Some(shared) = &fragment.shared
            && let Some(shared) = self.says(fragment.file, shared)
        {
            self.parameters(
                item,
                &mut operation,
                [&item_pointer, &pointer],
                true,
                &shared,
                &names,
            );
        }
        if let Some(own) = says.child("parameters") {
            self.parameters(
                item,
                &mut operation,
                [&item_pointer, &pointer],
                false,
                &own,
                &names,
            );
        }
        self.entries_of_operation(&mut operation, &pointer, &says);
        item.insert(target.place.method.to_owned(), Value::Object(operation));
        target.moved.then(|| {
            let OperationPlace { path, method } = &target.place;
            format!("{} {path}", method.to_uppercase())
        })
    }

    /// Brings the components that are referred to, and those that they refer to.
    fn bring_components(&mut self, root: &mut Value) {
        let mut done = HashSet::new();
        while let Some(reference) = self.wanted.pop() {
            let Some(says) = self.components.get(&reference).cloned() else {
                continue;
            };
            if !done.insert(reference.clone()) {
                continue;
            }
            let at = reference.trim_start_matches('#');
            let Some(section) = crate::document::parent(at) else {
                continue;
            };
            let name = last_token(at);
            let owner = root.as_object_mut();
            let owner = owner.and_then(|root| object(root, "components"));
            let owner = owner.and_then(|components| object(components, &last_token(section)));
            let Some(owner) = owner else { continue };
            self.is_response = true;
            match owner.get_mut(&name) {
                Some(known) if last_token(section) == "schemas" => {
                    self.schema(known, at, &says, None);
                }
                Some(known) => self.compare(known, at, &says),
                None => {
                    let supplied = self.supply(at, &says);
                    owner.insert(name, supplied);
                }
            }
            self.is_response = false;
        }
    }
}

/// The mapping at `key` of `owner`, made when there is none.
fn object<'v>(owner: &'v mut Map<String, Value>, key: &str) -> Option<&'v mut Map<String, Value>> {
    let entry = owner.entry(key).or_insert_with(|| json!({}));
    if silence::is_empty(entry) {
        *entry = json!({});
    }
    entry.as_object_mut()
}
