//! Overlay texts → patches: what stands around the actions, and what must hold across files.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::condition::Condition;
use super::path::Path;
use super::reader::Reader;
use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::load;
use crate::source::{Place, Source};

/// An overlay, read.
#[derive(Debug)]
pub(super) struct Overlay {
    /// The overlay's own text, for the places of what it adds.
    pub(super) document: Document,
    /// Its actions.
    pub(super) patches: Vec<Patch>,
}

/// One action.
#[derive(Debug)]
pub(super) struct Patch {
    /// `x-id`
    pub(super) id: String,
    /// `x-reason`
    pub(super) reason: String,
    /// `target`
    pub(super) target: Path,
    /// What is done to the target.
    pub(super) modifier: Modifier,
    /// `x-defect`: all of these hold while the patch is needed.
    pub(super) defect: Vec<Condition>,
    /// `x-fixed`: the patch is done with when all conditions of any of these hold.
    pub(super) fixed: Vec<Vec<Condition>>,
    /// Where the action stands.
    pub(super) place: Place,
    /// The action's JSON pointer in its overlay.
    pub(super) pointer: String,
}

/// What an action does to its target.
#[derive(Debug)]
pub(super) enum Modifier {
    /// Merges this value.
    Update(Value),
    /// Merges the one node that this selects.
    Copy(Path),
    /// Takes it away.
    Remove,
}

/// The overlays in `sources`, or every problem of all of them.
pub(super) fn read(sources: &[Arc<Source>]) -> Result<Vec<Overlay>, Failure> {
    let mut findings = Vec::new();
    let mut overlays = Vec::new();
    let mut ids = Vec::new();
    for source in sources {
        match load::yaml(source) {
            Ok(document) => {
                let mut reader = Reader::new(&document);
                let patches = envelope(&mut reader, &document.root);
                findings.append(&mut reader.findings);
                ids.append(&mut reader.ids);
                overlays.push(Overlay { document, patches });
            }
            Err(failure) => findings.extend(failure.findings),
        }
    }
    findings.extend(duplicates(ids));
    if findings.is_empty() {
        Ok(overlays)
    } else {
        Err(Failure::from(findings))
    }
}

fn envelope(reader: &mut Reader<'_>, root: &Value) -> Vec<Patch> {
    let Some(entries) = root.as_object() else {
        reader.report(
            "patch/overlay",
            "",
            "expected an overlay (a mapping with `overlay`, `info` and `actions`), but found something else",
            "write an Overlay 1.1 document",
        );
        return Vec::new();
    };
    reader.known_keys("", entries, &["overlay", "info", "extends", "actions"], &[]);
    version(reader, entries.get("overlay"));
    info(reader, entries.get("info"));
    match entries.get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => actions
            .iter()
            .enumerate()
            .filter_map(|(index, action)| reader.action(&format!("/actions/{index}"), action))
            .collect(),
        Some(_) => {
            reader.report(
                "patch/actions",
                "/actions",
                "expected a sequence of at least one action, but found none",
                "write an action, or delete the overlay",
            );
            Vec::new()
        }
        None => {
            reader.report(
                "patch/actions",
                "",
                "expected `actions`, but found none",
                "write an action, or delete the overlay",
            );
            Vec::new()
        }
    }
}

fn version(reader: &mut Reader<'_>, version: Option<&Value>) {
    let known = |text: &str| {
        ["1.0.", "1.1."].iter().any(|start| {
            text.strip_prefix(start).is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
            })
        })
    };
    let found = match version {
        Some(Value::String(text)) if known(text) => return,
        Some(version) => super::excerpt::short(version),
        None => "none".to_owned(),
    };
    reader.report(
        "patch/version",
        "/overlay",
        format!("expected the overlay's version to be 1.0 or 1.1, but found {found}"),
        "write `overlay: 1.1.0`",
    );
}

fn info(reader: &mut Reader<'_>, info: Option<&Value>) {
    let Some(entries) = info.and_then(Value::as_object) else {
        reader.report(
            "patch/info",
            "/info",
            "expected `info` with a title and a version, but found none",
            "write `info: { title: …, version: 1.0.0 }`",
        );
        return;
    };
    reader.known_keys("/info", entries, &["title", "version", "description"], &[]);
    for key in ["title", "version"] {
        if !entries.get(key).is_some_and(Value::is_string) {
            reader.report(
                "patch/info",
                "/info",
                format!("expected a string as the overlay's `{key}`, but found none"),
                format!("write `{key}` below `info`, in quotes if it looks like a number"),
            );
        }
    }
}

/// A finding for every patch whose id another one has.
fn duplicates(ids: Vec<(String, Place)>) -> Vec<Finding> {
    let mut first: HashMap<String, Place> = HashMap::new();
    let mut findings = Vec::new();
    for (id, place) in ids {
        match first.get(&id) {
            Some(other) => findings.push(
                Finding::error(
                    "patch/duplicate-id",
                    format!(
                        "expected every patch to have an id of its own, but found `{id}` twice"
                    ),
                    "give one of the two another `x-id`",
                )
                .at("", Some(place))
                .related(other.clone(), "the other patch of this id"),
            ),
            None => {
                first.insert(id, place);
            }
        }
    }
    findings
}
