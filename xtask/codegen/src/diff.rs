//! Two surfaces → what changed between them, each change graded, with the reason.
//!
//! Documentation has no line in a surface: a client that differs in it alone has no change here, and asks for a
//! patch release.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

mod cause;
mod exposed;
mod items;
mod operations;
mod reach;
mod rename;
mod render;
mod rules;
mod types;

#[cfg(test)]
mod tests;

pub use cause::{By, Cause};
pub use render::{markdown, markdown_within, text, verdict};
pub use rules::{RULES, Rule};

pub(crate) use items::{Class, Part, Side};

use crate::surface::Surface;

/// What a change asks of the version number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing that a program can see.
    Patch,
    /// Something new.
    Minor,
    /// Something that a program may have used is gone or different.
    Major,
}

impl Level {
    /// The level as semver names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// One change of the surface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change: `operation-added`, `field-type-changed`, …; `docs/diff.md` has all of them.
    pub kind: &'static str,
    /// What it asks of the version number.
    pub level: Level,
    /// Why it asks for that.
    pub reason: &'static str,
    /// Which item: its line's first words. A renamed item goes by its new name.
    pub item: String,
    /// The operation that it belongs to, as `METHOD /path`: for a type, the only one that leads to it, or the one that
    /// `pointer` leads into; none when there are several.
    pub operation: Option<String>,
    /// The operation's id.
    pub operation_id: Option<String>,
    /// The operation's tag; here and below: when the documents are known (`attribution`).
    pub tag: Option<String>,
    /// The node that changed, or else that the item is made of, as a JSON pointer.
    pub pointer: Option<String>,
    /// What the change comes from.
    pub causes: Vec<Cause>,
    /// Why the change was accepted, when it was.
    pub accepted: Option<String>,
    /// The line before, none when the item is new.
    pub before: Option<String>,
    /// The line after, none when the item is gone.
    pub after: Option<String>,
    /// What the line before is about.
    #[serde(skip)]
    pub(crate) old: Option<Side>,
    /// What the line after is about.
    #[serde(skip)]
    pub(crate) new: Option<Side>,
    /// Twelve hexadecimal digits made of kind, item and `after`: the same for the same change, whatever else changes.
    pub fingerprint: String,
}

/// All changes with the level that they ask for together; what `--format json` prints.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Report<'a> {
    /// The highest level, none when nothing changed.
    pub level: Option<Level>,
    /// The changes.
    pub changes: &'a [Change],
}

impl<'a> Report<'a> {
    /// The report of `changes`.
    pub fn new(changes: &'a [Change]) -> Self {
        Self {
            level: level(changes),
            changes,
        }
    }
}

/// What changed from the surface `before` to the surface `after`, in the order of the items.
///
/// It is empty exactly when both have the same lines, whatever their order; comment lines do not count. Renames are
/// recognised: a type by equal content, an operation by equal method and path, a parameter, a field and a variant by
/// the same name on the wire.
pub fn compare(before: &Surface, after: &Surface) -> Vec<Change> {
    if before == after {
        return Vec::new();
    }
    let types = rename::types(before, after);
    let operations = rename::operations(before, after);
    let mut changes = Changes::default();
    items::compare(
        &items::Rules {
            class: Class::Operation,
            added: &rules::OPERATION_ADDED,
            removed: &rules::OPERATION_REMOVED,
            renamed: &rules::OPERATION_RENAMED,
        },
        [&before.operations, &after.operations],
        [&operations, &types],
        operations::compare,
        &mut changes,
    );
    items::compare(
        &items::Rules {
            class: Class::Type,
            added: &rules::TYPE_ADDED,
            removed: &rules::TYPE_REMOVED,
            renamed: &rules::TYPE_RENAMED,
        },
        [&before.types, &after.types],
        [&types, &types],
        types::compare,
        &mut changes,
    );
    exposed::compare(before, after, &operations, &mut changes);
    items::compare_others(&before.others, &after.others, &mut changes);

    let mut changes = changes.list;
    reach::attribute(&mut changes, before, after);
    changes.sort_by(|a, b| (&a.item, a.kind, &a.before).cmp(&(&b.item, b.kind, &b.before)));
    changes
}

/// The highest level among `changes`, none when there are none.
pub fn level(changes: &[Change]) -> Option<Level> {
    changes.iter().map(|change| change.level).max()
}

/// Changes as they are found.
#[derive(Default)]
struct Changes {
    list: Vec<Change>,
}

impl Changes {
    fn push(&mut self, rule: &Rule, item: impl Into<String>, old: Option<Side>, new: Option<Side>) {
        let item = item.into();
        let line = |side: &Option<Side>| side.as_ref().map(|side| side.line.clone());
        let (before, after) = (line(&old), line(&new));
        let mut digest = Sha256::new();
        for part in [rule.kind, &item, after.as_deref().unwrap_or_default()] {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        let fingerprint = digest
            .finalize()
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.list.push(Change {
            kind: rule.kind,
            level: rule.level,
            reason: rule.reason,
            item,
            operation: None,
            operation_id: None,
            tag: None,
            pointer: None,
            causes: Vec::new(),
            accepted: None,
            before,
            after,
            old,
            new,
            fingerprint,
        });
    }
}
