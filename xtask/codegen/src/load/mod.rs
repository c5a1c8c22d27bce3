//! Text → document. Refuses what cannot be told apart later: a key twice, a bad alias, what is no OpenAPI 3.0.
//!
//! [`decode`] makes text of bytes, [`read`] takes the document out of a page, [`yaml`] reads any YAML or JSON, and
//! [`load`] asks on top of that for an OpenAPI 3.0 document with operations.

mod decode;
mod json;
mod markdown;
mod merge;
mod offsets;
mod openapi;
mod scalar;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod twice;
mod yaml;

use std::sync::Arc;

pub use decode::decode;
pub use markdown::{Embedded, embedded, looks_like_markdown};
pub use merge::merge;
pub(crate) use yaml::kind;
pub use yaml::yaml;

use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::source::Source;

/// How long a text may be, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// How much a document may be off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reading {
    /// What is wrong is refused: for the document that a client is released from.
    #[default]
    Strict,
    /// What can be understood all the same is read, with findings: a key twice is united, and OpenAPI 3.1 is read as
    /// far as it is 3.0 in other words. For looking at any document that Scribe wrote.
    Lenient,
}

/// The OpenAPI 3.0 document in `source`: YAML or JSON.
///
/// # Errors
///
/// With every problem found, each with its place, when the text is no document of the kind.
pub fn load(source: &Arc<Source>) -> Result<Document, Failure> {
    Ok(load_with(source, Reading::Strict)?.0)
}

/// The OpenAPI document in `source`, and what a lenient reading let pass.
///
/// # Errors
///
/// As [`load`], but for what `reading` lets pass.
pub fn load_with(
    source: &Arc<Source>,
    reading: Reading,
) -> Result<(Document, Vec<Finding>), Failure> {
    let (document, findings) = yaml::read(source, reading)?;
    check(&document, reading)?;
    Ok((document, findings))
}

/// What keeps `document` from being one that a client can be made of, after the patches: they may take away or overwrite
/// what [`load`] saw.
///
/// # Errors
///
/// With every problem found.
pub fn check(document: &Document, reading: Reading) -> Result<(), Failure> {
    let errors = openapi::errors(document, reading);
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Failure::from(errors))
    }
}

/// What looks wrong in a document that [`load`] accepts: paths without operations.
pub fn warnings(document: &Document) -> Vec<Finding> {
    openapi::warnings(document)
}

/// The document's text in `source`, which is that text itself (YAML or JSON) or a Markdown page that embeds it;
/// several documents in one page are merged as [`merge`] does.
///
/// # Errors
///
/// When a page embeds no OpenAPI document, or several that contradict each other.
pub fn read(source: &Arc<Source>) -> Result<Arc<Source>, Failure> {
    if !looks_like_markdown(source) {
        return Ok(source.clone());
    }
    let texts: Vec<_> = embedded(source)?
        .into_iter()
        .map(|embedded| embedded.text)
        .collect();
    merge(&texts)
}
