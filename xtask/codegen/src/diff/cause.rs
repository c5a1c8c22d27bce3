//! What a change comes from: `attribution` finds it.

use serde::Serialize;

/// What a change of the surface comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "by", content = "id", rename_all = "lowercase")]
pub enum By {
    /// The upstream document.
    Upstream,
    /// The patch of this id.
    Patch(String),
    /// The supplement of this id.
    Supplement(String),
    /// The rules about secrets.
    Secrets,
    /// The ledger of names.
    Names,
    /// The pipeline: another version of it.
    Pipeline,
}

impl std::fmt::Display for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Upstream => f.write_str("upstream"),
            Self::Patch(id) => write!(f, "patch {id}"),
            Self::Supplement(id) => write!(f, "supplement {id}"),
            Self::Secrets => f.write_str("secrets"),
            Self::Names => f.write_str("names"),
            Self::Pipeline => f.write_str("pipeline"),
        }
    }
}

/// One cause of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// Who.
    #[serde(flatten)]
    pub by: By,
    /// The node that it changed, as a JSON pointer into the document after its patches; where the node is gone, into
    /// the one before. Where the document is the same, the node that the item is made of.
    pub pointer: Option<String>,
}
