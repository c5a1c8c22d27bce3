//! What is to be said about names that were kept.

use serde::Serialize;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// An operation: its method and its builder.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// A type.
    Type,
}

/// A name that the ledger keeps, and that the document by itself would give in another way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// What the name is of.
    pub what: What,
    /// Where that is.
    pub place: String,
    /// The name.
    pub name: String,
    /// What the document calls it: an operationId, a title, the name of a parameter.
    pub upstream: String,
    /// What it would be called without the ledger; the name itself when it only moved.
    pub otherwise: String,
    /// Whether the document calls it otherwise since the ledger was last written.
    pub new: bool,
    /// Where it was before, when it moved.
    pub moved_from: Option<String>,
}

impl Note {
    /// The note in a sentence.
    pub fn sentence(&self) -> String {
        let Self {
            place,
            name,
            upstream,
            ..
        } = self;
        let now = if self.new { " now" } else { "" };
        let kept = format!("`{name}` is kept; upstream calls it `{upstream}`{now}");
        match &self.moved_from {
            None => format!("{kept} ({place})"),
            Some(from) if self.name == self.otherwise => {
                format!("`{name}` moved with its operation from {from} to {place}")
            }
            Some(from) => format!("{kept} (moved from {from} to {place})"),
        }
    }
}
