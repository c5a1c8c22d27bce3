//! A parsed document: its JSON value, and the place of every node in the text it came from.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::source::{Place, Source};

/// A document as the stages hand it on.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text that it was read from.
    pub source: Arc<Source>,
    /// The value; mappings keep the text's order.
    pub root: Value,
    /// Where each node stands.
    pub places: Places,
}

/// The place of each node, by JSON pointer.
///
/// A node that a later stage made has no place of its own; [`Places::nearest`] answers with that of its closest
/// ancestor.
#[derive(Debug, Clone, Default)]
pub struct Places {
    by_pointer: HashMap<String, Place>,
}

impl Places {
    /// Records where the node at `pointer` stands: its key in a mapping, itself in a sequence.
    pub fn insert(&mut self, pointer: String, place: Place) {
        self.by_pointer.insert(pointer, place);
    }

    /// The place of the node at `pointer`, or of the closest ancestor that has one.
    pub fn nearest(&self, pointer: &str) -> Option<&Place> {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.by_pointer.get(pointer) {
                return Some(place);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }

    /// Records for `pointer` and everything below it the places that `other` has for `other_pointer` and below.
    pub fn graft(&mut self, pointer: &str, other: &Places, other_pointer: &str) {
        for (key, place) in &other.by_pointer {
            if let Some(rest) = key.strip_prefix(other_pointer)
                && (rest.is_empty() || rest.starts_with('/'))
            {
                self.by_pointer
                    .insert(format!("{pointer}{rest}"), place.clone());
            }
        }
    }
}

/// `pointer` with `token` appended, escaped as RFC 6901 asks.
pub fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// The last token of `pointer`, unescaped.
pub fn last_token(pointer: &str) -> String {
    pointer
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace("~1", "/")
        .replace("~0", "~")
}

/// The parent's pointer, none for the root.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|slash| &pointer[..slash])
}
