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
/// When the document cannot be read or made a client of.
pub fn run(repository: &Repository, arguments: &Effective) -> Result<Answer> {
    let (spec, overlays) = subject(repository, &arguments.subject)?;
    let outcome = pipeline::client(spec, overlays)?;
    let document = match arguments.stage {
        Stage::Patched => &outcome.patched,
        Stage::Repaired => &outcome.repaired,
    };
    if arguments.format == Format::Json {
        return Ok(Answer::json(true, &document.root));
    }
    Ok(Answer {
        ok: true,
        text: yaml::to_string(&document.root),
        notes: String::new(),
    })
}
