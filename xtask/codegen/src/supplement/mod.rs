//! Document and supplements → document in which nothing that we know is missing, and a state for every fact.
//!
//! A supplement is an OpenAPI document of its own: paths and components in OpenAPI's words, each with its source
//! (`x-source`) and reason (`x-reason`). It is merged beneath the document, node by node: what upstream says stays, what
//! it leaves out is filled in. So an operation that upstream begins to document, more poorly than we know it, loses
//! nothing. What upstream says wrongly is a matter of patches ([`crate::patch`]). `docs/patches.md` is the manual.
//!
//! | file | what is in it |
//! |---|---|
//! | `read` | files → fragments: an operation, a component, or what holds for every operation |
//! | `locate` | which operation of the document a fragment is about |
//! | `merge` | fragment by fragment, and the components that they refer to |
//! | `operation` | operations, parameters, bodies and responses |
//! | `node` | any other node, and what is noted of it |
//! | `schema`, `union` | the same for schemas |
//! | `silence` | what looks as if it said something, and says nothing |
//! | `fact` | facts, their states, and what is reported of them |
//! | `prune`, `rewrite` | a supplement without the facts that upstream says by now |

mod fact;
mod locate;
mod merge;
mod node;
mod operation;
mod prune;
mod read;
mod rewrite;
mod schema;
mod silence;
#[cfg(test)]
mod tests;
mod union;

use std::sync::Arc;

use serde_json::Value;

pub use self::fact::{Counts, Fact, State, SupplementReport, counts};
pub use self::prune::pruned;
use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::source::Source;

/// What the stage makes.
#[derive(Debug)]
pub struct Supplemented {
    /// The document with all that it left out.
    pub document: Document,
    /// What became of each fragment, in the order of the files.
    pub reports: Vec<SupplementReport>,
    /// What a person should look at: contradictions are errors.
    pub findings: Vec<Finding>,
}

/// `document` with the `supplements` merged beneath it. A fragment whose id is in `without` is left out.
///
/// # Errors
///
/// When a supplement cannot be read: every problem of all of them.
pub fn apply(
    document: &Document,
    supplements: &[Arc<Source>],
    without: &[String],
) -> Result<Supplemented, Failure> {
    let files = read::read(supplements)?;
    Ok(merge::apply(document, &files, without))
}

/// The fragments of `supplements` in order, each by its id with all that it says: what tells one that was edited from
/// one that was not.
///
/// # Errors
///
/// As [`apply`].
pub fn fragments(supplements: &[Arc<Source>]) -> Result<Vec<(String, Value)>, Failure> {
    let files = read::read(supplements)?;
    let fragments = files.fragments.iter().map(|fragment| {
        let root = &files.documents[fragment.file].root;
        let says = [Some(&fragment.pointer), fragment.shared.as_ref()];
        let says = says.into_iter().flatten();
        let says = says.map(|pointer| root.pointer(pointer).cloned().unwrap_or_default());
        (fragment.id.clone(), says.collect())
    });
    Ok(fragments.collect())
}
