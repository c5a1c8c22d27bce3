//! The commands, one module each: `run` takes the repository and the arguments and gives the answer.

pub mod check;
pub mod diff;
pub mod effective;
pub mod lint;
pub mod new_repair;
pub mod patches;
pub mod regen;
pub mod r#try;

use scribe_codegen::pipeline::Input;

use crate::cli::Subject;
use crate::error::Result;
use crate::fetch;
use crate::pipeline;
use crate::repository::Repository;

/// What `subject` names: a document, and what the repository says of it.
fn subject(repository: &Repository, subject: &Subject) -> Result<Input> {
    let spec = match &subject.spec {
        None => pipeline::vendored(repository)?,
        Some(name) => {
            let fetched = fetch::file(name)?;
            let given = pipeline::given(&pipeline::decode(&fetched.name, fetched.bytes)?)?;
            pipeline::merge(&given)?.source
        }
    };
    if subject.no_overlays {
        Ok(Input::of(spec))
    } else {
        pipeline::input(repository, spec)
    }
}
