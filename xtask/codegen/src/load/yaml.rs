//! YAML or JSON text → [`Document`]: what every such text must be, whatever it says.

use std::sync::Arc;

use saphyr_parser::{Event, Parser};

use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::source::{Place, Source};

use super::offsets::Offsets;
use super::tree::Tree;
use super::{Reading, decode, json, syntax};

/// The mapping in `source`, YAML or JSON, whatever it describes: overlays are read with it too.
///
/// Scalars mean what YAML 1.2 and serde_yaml say; `.inf` and `.nan`, which JSON has not, stay text. Keys that are no
/// strings become the text that is written (`200`). A merge key (`<<`) is a key like others.
///
/// # Errors
///
/// When the text is too large, empty, no YAML (a web page, a syntax error), no mapping, more than one document, holds
/// a key twice (all such keys at once), an unknown alias, or nodes without end. Time and memory stay bounded.
pub fn yaml(source: &Arc<Source>) -> Result<Document, Failure> {
    Ok(read(source, Reading::Strict)?.0)
}

/// What [`yaml`] reads, with what a lenient reading let pass.
pub(super) fn read(
    source: &Arc<Source>,
    reading: Reading,
) -> Result<(Document, Vec<Finding>), Failure> {
    if let Some(finding) = decode::too_large(&source.name, source.text.len()) {
        return Err(finding.into());
    }
    if let Some(finding) = web_page(source) {
        return Err(finding.into());
    }
    let failure = match parse(source, &source.text, reading) {
        Ok(read) => return Ok(read),
        Err(failure) => failure,
    };
    match json::respelled(&source.text) {
        Some((root, respelled)) => {
            let (document, findings) = parse(source, &respelled, reading)?;
            // A key twice is united by the parse of the text only.
            let root = if findings.is_empty() {
                root
            } else {
                document.root.clone()
            };
            Ok((Document { root, ..document }, findings))
        }
        None => Err(failure),
    }
}

/// Reads `text`, which is that of `source` or has every node in the same place.
fn parse(
    source: &Arc<Source>,
    text: &str,
    reading: Reading,
) -> Result<(Document, Vec<Finding>), Failure> {
    let offsets = Offsets::new(text);
    let mut tree = Tree::new(source, reading);
    let mut documents = 0;
    // The iterator and not `Parser::load`, which calls itself for every level of nesting.
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => return Err(syntax::finding(&error, &offsets, &tree).into()),
        };
        let start = offsets.byte(span.start.index());
        let end = offsets.byte(span.end.index());
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(second_document(source, start).into());
                }
            }
            event => tree.event(event, start, end)?,
        }
    }
    let (root, places, findings) = tree.finish()?;
    let Some(root) = root.filter(|root| documents > 0 && !(root.is_null() && is_bare(text))) else {
        return Err(empty(source).into());
    };
    let document = Document {
        source: source.clone(),
        root,
        places,
    };
    match &document.root {
        serde_json::Value::Object(_) => Ok((document, findings)),
        other => Err(Finding::error(
            "load/no-mapping",
            format!(
                "expected a mapping (`key: value` lines), but found {}",
                kind(other)
            ),
            "check that this is the OpenAPI document or the overlay that you meant",
        )
        .at("", document.places.value("").cloned())
        .into()),
    }
}

/// Whether `text` holds nothing but comments, document markers and space.
fn is_bare(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with(['#', '%']) || line == "---" || line == "..."
    })
}

fn web_page(source: &Arc<Source>) -> Option<Finding> {
    let text = source.text.as_str();
    let start =
        text.find(|character: char| !character.is_whitespace() && character != '\u{feff}')?;
    let head = text[start..].get(..64).unwrap_or(&text[start..]);
    let head = head.to_ascii_lowercase();
    let openings = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<!--",
        "<?xml",
        "<script",
        "<div",
    ];
    openings
        .iter()
        .find(|opening| head.starts_with(**opening))?;
    let end = start
        + text[start..]
            .find(['\n', '>'])
            .map_or(1, |length| length + 1);
    Some(
        Finding::error(
            "load/web-page",
            "expected YAML or JSON, but found HTML: this looks like a web page, perhaps a login page",
            "give the address of the document itself (openapi.yaml), and log in first if it asks for that",
        )
        .at("", Some(place(source, start, end))),
    )
}

fn empty(source: &Arc<Source>) -> Finding {
    let found = if source.text.trim().is_empty() {
        "an empty text"
    } else {
        "comments only"
    };
    Finding::error(
        "load/empty",
        format!("expected a document, but found {found} in {}", source.name),
        "check that the file was written or downloaded to its end",
    )
    .at("", Some(place(source, 0, 0)))
}

fn second_document(source: &Arc<Source>, start: usize) -> Finding {
    let end = (start + 3).min(source.text.len());
    Finding::error(
        "load/several-documents",
        "expected one document, but found `---`, which begins a second one",
        "put each document into a file of its own; several files of one API are merged",
    )
    .at("", Some(place(source, start, end)))
}

pub(super) fn place(source: &Arc<Source>, start: usize, end: usize) -> Place {
    Place {
        source: source.clone(),
        start,
        end: end.max(start),
    }
}

/// What messages call a value of this kind.
pub(crate) fn kind(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "nothing (null)",
        serde_json::Value::Bool(_) => "a boolean",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "text",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "a mapping",
    }
}
