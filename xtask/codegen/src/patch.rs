//! Document and overlays → document, and a state for every patch.

use std::sync::Arc;

use serde::Serialize;

use crate::document::Document;
use crate::finding::Failure;
use crate::source::{Place, Source};

/// What became of a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The defect is there, and the patch changed something.
    Applied,
    /// Upstream no longer has the defect: the patch can be deleted.
    Retired,
    /// The place is there, but neither as broken nor as fixed as expected: a person must look.
    Drifted,
    /// The place is gone.
    Missing,
}

/// One patch and what became of it.
#[derive(Debug, Clone)]
pub struct PatchReport {
    /// The patch's `x-id`.
    pub id: String,
    /// Why the patch exists (`x-reason`).
    pub reason: String,
    /// The JSONPath of what it changes.
    pub target: String,
    /// Where the patch stands in its overlay.
    pub place: Place,
    /// What became of it.
    pub state: State,
    /// Why it is in this state, and what to do, in one sentence; empty when it is applied.
    pub advice: String,
}

/// `document` with the patches of `overlays` applied in order, and what became of each.
///
/// A patch whose id is in `without` is left out, as if it were not written.
///
/// # Errors
///
/// When an overlay cannot be read: every problem of all of them.
pub fn apply(
    document: &Document,
    overlays: &[Arc<Source>],
    without: &[String],
) -> Result<(Document, Vec<PatchReport>), Failure> {
    let _ = (overlays, without);
    Ok((document.clone(), Vec::new()))
}
