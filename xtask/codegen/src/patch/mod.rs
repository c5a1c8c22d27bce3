//! Document and overlays → document, and a state for every patch.
//!
//! A patch is an action of an [Overlay 1.1](https://spec.openapis.org/overlay/latest.html) document. What the
//! standard says about it (`target`, `update`, `remove`, `copy`) means here what it means to any overlay tool; the
//! keys that begin with `x-` say what upstream looks like while the patch is needed, so that a patch that is no
//! longer needed, or that no longer fits, is told from one that is. `docs/patches.md` is the manual.

mod canonical;
mod change;
mod condition;
mod condition_reader;
mod effect;
mod excerpt;
mod nearest;
mod overlaps;
mod overlay;
mod path;
mod prune;
mod reader;
mod state;
#[cfg(test)]
mod tests;
mod written;

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

pub use self::canonical::canonical_sha256;
pub(crate) use self::canonical::equal;
pub(crate) use self::excerpt::short;
pub use self::overlaps::overlaps;
use self::overlay::{Modifier, Overlay, Patch};
pub use self::prune::pruned;
use self::state::Judgement;
pub use self::written::overlay;
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
    /// Why it is in this state, and what to do, in one sentence; empty when there is nothing to do.
    pub advice: String,
}

/// `document` with the patches of `overlays` applied in order, and what became of each.
///
/// Each patch sees the document as the patches before it left it. A patch whose id is in `without` is left out, as if
/// it were not written. A [`State::Retired`] or [`State::Missing`] patch changes nothing; a [`State::Drifted`] one
/// only where all that it does is to add keys that are absent.
///
/// # Errors
///
/// When an overlay cannot be read: every problem of all of them.
pub fn apply(
    document: &Document,
    overlays: &[Arc<Source>],
    without: &[String],
) -> Result<(Document, Vec<PatchReport>), Failure> {
    let overlays = overlay::read(overlays)?;
    let mut document = document.clone();
    let mut reports = Vec::new();
    for overlay in &overlays {
        for patch in &overlay.patches {
            if !without.contains(&patch.id) {
                reports.push(run(&mut document, overlay, patch));
            }
        }
    }
    Ok((document, reports))
}

/// The actions of `overlays` in order, each with its id: what tells a patch that was edited from one that was not.
///
/// # Errors
///
/// As [`apply`].
pub fn actions(overlays: &[Arc<Source>]) -> Result<Vec<(String, Value)>, Failure> {
    let mut actions = Vec::new();
    for overlay in overlay::read(overlays)? {
        for patch in &overlay.patches {
            let action = overlay.document.root.pointer(&patch.pointer);
            actions.push((patch.id.clone(), action.cloned().unwrap_or_default()));
        }
    }
    Ok(actions)
}

fn run(document: &mut Document, overlay: &Overlay, patch: &Patch) -> PatchReport {
    let Judgement {
        state,
        advice,
        targets,
    } = state::judge(patch, &document.root);
    if !targets.is_empty() {
        match &patch.modifier {
            Modifier::Remove => change::remove(document, &targets),
            Modifier::Update(update) => {
                let from = format!("{}/update", patch.pointer);
                change::merge(document, &targets, update, &overlay.document.places, &from);
            }
            Modifier::Copy(path) => {
                for source in path.locate(&document.root) {
                    let update = document.root.pointer(&source).cloned().unwrap_or_default();
                    let places = document.places.clone();
                    change::merge(document, &targets, &update, &places, &source);
                }
            }
        }
    }
    PatchReport {
        id: patch.id.clone(),
        reason: patch.reason.clone(),
        target: patch.target.text.clone(),
        place: patch.place.clone(),
        state,
        advice,
    }
}
