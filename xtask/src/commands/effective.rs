//! `effective`: the document as it is after a stage.

use crate::cli::{Effective, Format, Stage};
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
    let document = match arguments.stage {
        Stage::Patched => pipeline::patched(&input)?.0,
        Stage::Repaired => pipeline::repaired(&input)?.1.document,
    };
    if arguments.format == Format::Json {
        return Ok(Answer::json(true, &document.root));
    }
    Ok(Answer {
        leads: false,
        ok: true,
        text: yaml::to_string(&document.root),
        notes: String::new(),
    })
}
