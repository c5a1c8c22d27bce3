//! `effective`: the document as it is after a stage, or the overlay that makes it.

use scribe_codegen::patch;

use crate::cli::{DocumentFormat, Effective, Stage};
use crate::commands::subject;
use crate::error::Result;
use crate::output::Answer;
use crate::pipeline;
use crate::repository::Repository;
use crate::yaml;

/// Carries the command out.
///
/// # Errors
///
/// When the document or an overlay cannot be read.
pub fn run(repository: &Repository, arguments: &Effective) -> Result<Answer> {
    let input = subject(repository, &arguments.subject)?;
    let (document, title) = match arguments.stage {
        Stage::Patched => (
            pipeline::patched(&input)?.document,
            "What the published document leaves out or says wrongly",
        ),
        Stage::Repaired => (
            pipeline::repaired(&input)?.1.document,
            "What a client generator needs of the published document",
        ),
    };
    let text = match arguments.format {
        DocumentFormat::Json => return Ok(Answer::json(true, &document.root)),
        DocumentFormat::Text => yaml::to_string(&document.root),
        DocumentFormat::Overlay => {
            let before = pipeline::load(&input.spec)?;
            yaml::to_string(&patch::overlay(title, &before.root, &document.root))
        }
    };
    Ok(Answer {
        leads: false,
        ok: true,
        text,
        notes: String::new(),
    })
}
