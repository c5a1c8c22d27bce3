//! Text → document. Refuses what cannot be told apart later: a key twice, a bad alias, what is no OpenAPI 3.0.

use std::sync::Arc;

use crate::document::Document;
use crate::finding::Failure;
use crate::source::Source;

/// The document in `source`: YAML or JSON.
///
/// # Errors
///
/// With every problem found, each with its place, when the text is no document of the kind.
pub fn load(source: &Arc<Source>) -> Result<Document, Failure> {
    let _ = source;
    Err(Failure::from(Vec::new()))
}

/// The value in `source`, which is YAML or JSON of any kind.
///
/// # Errors
///
/// When the text is neither.
pub fn yaml(source: &Arc<Source>) -> Result<Document, Failure> {
    let whole = |start: usize| crate::source::Place {
        source: source.clone(),
        start,
        end: source.text.len(),
    };
    match serde_yaml::from_str(&source.text) {
        Ok(root) => {
            let mut places = crate::document::Places::default();
            places.insert(String::new(), whole(0));
            Ok(Document {
                source: source.clone(),
                root,
                places,
            })
        }
        Err(error) => {
            let start = error.location().map_or(0, |location| location.index());
            let finding = crate::finding::Finding::error(
                "load/yaml",
                error.to_string(),
                "correct the syntax",
            );
            Err(Failure::from(finding.at("", Some(whole(start)))))
        }
    }
}
