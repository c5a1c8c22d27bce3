//! Supplement texts → fragments: what each is about, where its facts come from, and what is wrong with the files.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::document::{Document, join};
use crate::finding::{Failure, Finding};
use crate::load;
use crate::patch::short;
use crate::source::{Place, Source};
use crate::walk::{METHODS, OperationPlace};

/// The key that says what holds for every operation.
const EVERY_OPERATION: &str = "x-every-operation";
/// The keys that are about the facts and are none.
pub(super) const META: [&str; 2] = ["x-source", "x-reason"];
/// The keys at the top of a supplement.
const KEYS: [&str; 4] = ["openapi", "info", "paths", "components"];

/// All supplements.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) documents: Vec<Document>,
    pub(super) fragments: Vec<Fragment>,
}

/// A part of a supplement that is reported by itself.
#[derive(Debug)]
pub(super) struct Fragment {
    pub(super) id: String,
    pub(super) subject: Subject,
    /// The number of its file.
    pub(super) file: usize,
    /// Where it stands in its file, as a JSON pointer.
    pub(super) pointer: String,
    /// The parameters of its path, which are beside it, as a JSON pointer.
    pub(super) shared: Option<String>,
    pub(super) source: String,
    pub(super) reason: String,
    pub(super) place: Place,
}

/// What a fragment is about.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    Operation(OperationPlace),
    EveryOperation,
    Component,
    /// An extension of the document.
    Extension,
}

/// The supplements in `sources`, or every problem of all of them.
pub(super) fn read(sources: &[Arc<Source>]) -> Result<Files, Failure> {
    let mut files = Files {
        documents: Vec::new(),
        fragments: Vec::new(),
    };
    let mut findings = Vec::new();
    for source in sources {
        match load::yaml(source) {
            Ok(document) => {
                let mut reader = Reader {
                    document: &document,
                    file: files.documents.len(),
                    fragments: Vec::new(),
                    findings: Vec::new(),
                };
                reader.file();
                findings.append(&mut reader.findings);
                files.fragments.append(&mut reader.fragments);
                files.documents.push(document);
            }
            Err(failure) => findings.extend(failure.findings),
        }
    }
    findings.extend(components_twice(&files.fragments));
    if findings.is_empty() {
        Ok(files)
    } else {
        Err(Failure::from(findings))
    }
}

/// A component has one text; an operation may be described by several files.
fn components_twice(fragments: &[Fragment]) -> Vec<Finding> {
    let mut first: HashMap<&str, &Fragment> = HashMap::new();
    let components = fragments
        .iter()
        .filter(|fragment| matches!(fragment.subject, Subject::Component));
    let twice = components.filter_map(|fragment| {
        let other = *first.entry(&fragment.id).or_insert(fragment);
        (!std::ptr::eq(other, fragment)).then(|| {
            Finding::error(
                "supplement/duplicate",
                format!(
                    "expected each component once, but found `{}` twice",
                    fragment.id
                ),
                "give one of the two another name, or delete it",
            )
            .at(fragment.pointer.clone(), Some(fragment.place.clone()))
            .related(other.place.clone(), "the other one")
        })
    });
    twice.collect()
}

struct Reader<'a> {
    document: &'a Document,
    file: usize,
    fragments: Vec<Fragment>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn report(&mut self, pointer: &str, problem: String, action: &str) {
        let place = self.document.places.nearest(pointer).cloned();
        self.findings
            .push(Finding::error("supplement/form", problem, action).at(pointer, place));
    }

    fn file(&mut self) {
        let nothing = Map::new();
        let root = self.document.root.as_object().unwrap_or(&nothing);
        for key in root.keys().map(String::as_str) {
            if KEYS.contains(&key) || META.contains(&key) {
                continue;
            }
            let pointer = join("", key);
            if key == EVERY_OPERATION {
                self.fragment(
                    "every operation".into(),
                    Subject::EveryOperation,
                    pointer,
                    None,
                );
                continue;
            }
            if key.starts_with("x-") {
                self.fragment(key.to_owned(), Subject::Extension, pointer, None);
                continue;
            }
            self.report(
                &pointer,
                format!(
                    "expected one of `{}`, but found `{}`",
                    KEYS.join("`, `"),
                    crate::printable::shorten(key)
                ),
                "correct the key; what upstream says wrongly is a matter for an overlay",
            );
        }
        let version = root.get("openapi").and_then(Value::as_str);
        if !version.is_some_and(|version| version.starts_with("3.0.")) {
            self.report(
                "/openapi",
                format!(
                    "expected a supplement to be an OpenAPI 3.0 document, but found {}",
                    root.get("openapi").map_or("no version".into(), short)
                ),
                "write `openapi: 3.0.3`",
            );
        }
        self.paths(root);
        self.components(root);
        if self.fragments.is_empty() && self.findings.is_empty() {
            self.report(
                "",
                "expected a supplement to say something, but found no operation and no component"
                    .into(),
                "write `paths` or `components`, or delete the file",
            );
        }
    }

    fn paths(&mut self, root: &Map<String, Value>) {
        for (path, item) in entries(root.get("paths")) {
            let pointer = join("/paths", path);
            if !path.starts_with('/') || !item.is_object() {
                self.report(
                    &pointer,
                    format!(
                        "expected `/path:` with its operations, but found {}",
                        short(item)
                    ),
                    "write the operations below it, each below its method",
                );
                continue;
            }
            let shared = item.get("parameters").map(|_| join(&pointer, "parameters"));
            for (key, operation) in entries(Some(item)) {
                if key == "parameters" || META.contains(&key.as_str()) {
                    continue;
                }
                let at = join(&pointer, key);
                let method = METHODS.iter().find(|method| *method == key);
                let (Some(method), true) = (method, operation.is_object()) else {
                    self.report(
                        &at,
                        format!(
                            "expected a method in lower case with its operation, but found `{}: {}`",
                            crate::printable::shorten(key),
                            short(operation).trim_matches('`')
                        ),
                        "write one such as `get:`, and below it what is known of the operation",
                    );
                    continue;
                };
                let place = OperationPlace {
                    path: path.clone(),
                    method,
                };
                let id = format!("{} {path}", method.to_uppercase());
                self.fragment(id, Subject::Operation(place), at, shared.clone());
            }
        }
    }

    fn components(&mut self, root: &Map<String, Value>) {
        for (section, components) in entries(root.get("components")) {
            for name in entries(Some(components)).map(|(name, _)| name) {
                let pointer = join(&join("/components", section), name);
                let id = format!("{section}/{name}");
                self.fragment(id, Subject::Component, pointer, None);
            }
        }
    }

    fn fragment(&mut self, id: String, subject: Subject, pointer: String, shared: Option<String>) {
        let source = self.about(&pointer, META[0], "say where the facts come from");
        let reason = self.about(
            &pointer,
            META[1],
            "say in a sentence why the facts are needed",
        );
        let place = self.document.places.nearest(&pointer).cloned();
        if let (Some(source), Some(reason), Some(place)) = (source, reason, place) {
            self.fragments.push(Fragment {
                id,
                subject,
                file: self.file,
                pointer,
                shared,
                source,
                reason,
                place,
            });
        }
    }

    /// What `key` says of the fragment: the nearest one at it or above it.
    fn about(&mut self, pointer: &str, key: &str, action: &str) -> Option<String> {
        let mut at = Some(pointer);
        while let Some(node) = at {
            let here = self.document.root.pointer(node);
            match here.and_then(|here| here.get(key)) {
                Some(Value::String(text)) if !text.trim().is_empty() => {
                    return Some(text.trim().to_owned());
                }
                Some(other) => {
                    let problem = format!("expected a text as `{key}`, but found {}", short(other));
                    self.report(&join(node, key), problem, action);
                    return None;
                }
                None => at = crate::document::parent(node),
            }
        }
        let problem = format!("expected an `{key}` here or above, but found none");
        self.report(pointer, problem, action);
        None
    }
}

/// The entries of a mapping; none of anything else.
fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
