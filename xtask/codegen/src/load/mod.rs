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
mod yaml;

use std::sync::Arc;

pub use decode::decode;
pub use markdown::{Embedded, embedded, looks_like_markdown};
pub use merge::merge;
pub use yaml::yaml;

use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::source::Source;

/// How long a text may be, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// The OpenAPI 3.0 document in `source`: YAML or JSON.
///
/// # Errors
///
/// With every problem found, each with its place, when the text is no document of the kind.
pub fn load(source: &Arc<Source>) -> Result<Document, Failure> {
    let document = yaml(source)?;
    let errors = openapi::errors(&document);
    if errors.is_empty() {
        Ok(document)
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
