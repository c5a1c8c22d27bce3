//! The whole path, once: every caller (build.rs, the commands, the tests) comes through [`run`].

use std::sync::Arc;

use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::load;
use crate::patch::{self, PatchReport};
use crate::source::Source;

/// What the pipeline works on.
#[derive(Debug, Clone)]
pub struct Input {
    /// The document.
    pub spec: Arc<Source>,
    /// The overlays, in the order in which they apply.
    pub overlays: Vec<Arc<Source>>,
    /// The ids of patches to leave out.
    pub without: Vec<String>,
}

/// What the pipeline made.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The client's Rust text, header included.
    pub client: String,
    /// The client's public surface, a line an item.
    pub surface: String,
    /// The document after the patches.
    pub patched: Document,
    /// The document after the repairs.
    pub repaired: Document,
    /// What became of each patch.
    pub patches: Vec<PatchReport>,
    /// What the stages found, errors first.
    pub findings: Vec<Finding>,
    /// How many operations the document has.
    pub operations: usize,
    /// The documented examples that do not come back unchanged, each with its JSON pointer.
    pub losses: Vec<Finding>,
    /// How many documented examples were tried.
    pub examples: usize,
}

/// From text to client.
///
/// # Errors
///
/// With all findings of the stage that could not go on.
pub fn run(input: &Input) -> Result<Outcome, Failure> {
    let document = load::load(&input.spec)?;
    let (patched, patches) = patch::apply(&document, &input.overlays, &input.without)?;
    Ok(Outcome {
        client: String::new(),
        surface: String::new(),
        repaired: patched.clone(),
        patched,
        patches,
        findings: Vec::new(),
        operations: 0,
        losses: Vec::new(),
        examples: 0,
    })
}
