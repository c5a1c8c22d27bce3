//! What the tree refuses: the limits that keep time and memory bounded, and what has no meaning in JSON.

use saphyr_parser::Tag;

use crate::document::{NodeId, last_token};
use crate::finding::{Failure, Finding};
use crate::printable::shorten;
use crate::source::Place;

use super::Tree;

/// How deep nodes may be nested. Stages walk the value recursively, so this also keeps their stacks small.
pub(in crate::load) const MAX_DEPTH: usize = 200;

/// How many nodes a document may have.
const MAX_NODES: usize = 4_000_000;

/// How many nodes, and bytes of text in them, all aliases together may copy.
const MAX_COPIED_NODES: usize = 1_000_000;
const MAX_COPIED_BYTES: usize = 64 << 20;

/// How many findings about keys are written out; a broken file can have one a line.
const MAX_FINDINGS: usize = 100;

impl Tree<'_> {
    pub(super) fn duplicate(&mut self, node: NodeId, place: Place) {
        if self.findings.len() >= MAX_FINDINGS {
            self.findings_left_out += 1;
            return;
        }
        let pointer = self.pointer();
        let key = last_token(&pointer);
        let finding = Finding::error(
            "load/duplicate-key",
            format!(
                "expected every key of a mapping once, but found `{}` again",
                shorten(&key)
            ),
            "remove one of the two, or merge what they say into one",
        )
        .at(pointer, Some(place));
        self.findings.push(match self.places.place(node) {
            Some(first) => finding.related(first.clone(), "it stands here already"),
            None => finding,
        });
    }

    pub(super) fn check_depth(
        &self,
        depth: usize,
        start: usize,
        end: usize,
    ) -> Result<(), Failure> {
        if depth <= MAX_DEPTH {
            return Ok(());
        }
        Err(self.failure(
            "load/too-deep",
            format!("expected at most {MAX_DEPTH} levels of nesting, but found more"),
            "move the inner schemas into components and refer to them with `$ref`",
            start,
            end,
        ))
    }

    pub(super) fn check_collection_tag(
        &self,
        tag: Option<&Tag>,
        names: &[&str],
        start: usize,
        end: usize,
    ) -> Result<(), Failure> {
        let Some(tag) = tag else {
            return Ok(());
        };
        let full = format!("{}{}", tag.handle, tag.suffix);
        let name = full.strip_prefix("tag:yaml.org,2002:").unwrap_or(&full);
        if full == "!" || names.contains(&name) {
            return Ok(());
        }
        let found = self.excerpt(start, end);
        Err(self.bad_tag("no tag, !!map or !!seq", &found, start, end))
    }

    pub(super) fn bad_tag(&self, expected: &str, found: &str, start: usize, end: usize) -> Failure {
        self.failure(
            "load/tag",
            format!("expected {expected}, but found `{found}`"),
            "remove the tag, or quote the value if it is text",
            start,
            end,
        )
    }

    pub(super) fn complex_key(&self, found: &str, start: usize, end: usize) -> Failure {
        self.failure(
            "load/key",
            format!("expected a key of one word or a quoted text, but found {found}"),
            "write the key as text; if it was meant as a value, put a key in front of it",
            start,
            end,
        )
    }

    pub(super) fn failure(
        &self,
        code: &'static str,
        problem: impl Into<String>,
        action: impl Into<String>,
        start: usize,
        end: usize,
    ) -> Failure {
        let finding = Finding::error(code, problem, action);
        finding
            .at(self.pointer(), Some(self.place(start, end)))
            .into()
    }

    pub(super) fn excerpt(&self, start: usize, end: usize) -> String {
        shorten(self.source.text.get(start..end).unwrap_or_default())
    }

    pub(super) fn check_copied(&self, start: usize, end: usize) -> Result<(), Failure> {
        if self.copied.nodes <= MAX_COPIED_NODES && self.copied.bytes <= MAX_COPIED_BYTES {
            return Ok(());
        }
        Err(self.failure(
            "load/alias-bomb",
            format!(
                "expected aliases that copy at most {MAX_COPIED_NODES} nodes and {MAX_COPIED_BYTES} bytes, but found \
                 more: aliases of aliases multiply"
            ),
            "check where the file comes from; use `$ref` and components instead of aliases",
            start,
            end,
        ))
    }

    pub(super) fn check_nodes(&self, start: usize) -> Result<(), Failure> {
        if self.nodes + self.copied.nodes <= MAX_NODES {
            return Ok(());
        }
        Err(self.failure(
            "load/too-many-nodes",
            format!("expected at most {MAX_NODES} keys, items and values, but found more"),
            "check that this is the document and not something else; split it by tag if it is",
            start,
            start,
        ))
    }
}
