//! The commands, one module each: `run` takes the repository and the arguments and gives the answer.

pub mod check;
pub mod diff;
pub mod effective;
pub mod lint;
pub mod new_repair;
pub mod patches;
pub mod regen;
pub mod r#try;

use std::sync::Arc;

use scribe_codegen::source::Source;

use crate::cli::Subject;
use crate::error::Result;
use crate::fetch;
use crate::pipeline;
use crate::repository::Repository;

/// A document, the overlays over it, and the ledger of names.
type Under = (Arc<Source>, Vec<Arc<Source>>, Option<Arc<Source>>);

/// The document and the overlays that `subject` names.
fn subject(repository: &Repository, subject: &Subject) -> Result<Under> {
    let spec = match &subject.spec {
        None => pipeline::vendored(repository)?,
        Some(name) => {
            let fetched = fetch::file(name)?;
            let given = pipeline::given(&pipeline::decode(&fetched.name, fetched.bytes)?)?;
            pipeline::merge(&given)?.source
        }
    };
    let (overlays, names) = if subject.no_overlays {
        (Vec::new(), None)
    } else {
        (repository.overlays()?, repository.names()?)
    };
    Ok((spec, overlays, names))
}
