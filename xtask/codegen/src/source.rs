//! A text as it was read, and places in it.

use std::sync::Arc;

/// A file's text under the name by which people know it (a path, an address, `<stdin>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What messages call the text.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A source of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
        })
    }
}

/// A stretch of a [`Source`], as byte offsets.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Where the stretch is.
    pub source: Arc<Source>,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl Place {
    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.source.text.as_bytes()[..self.start]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1
    }

    /// The column in characters, counted from 1.
    pub fn column(&self) -> usize {
        let before = &self.source.text[..self.start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        before[line_start..].chars().count() + 1
    }
}

impl std::fmt::Display for Place {
    /// `file:line:column`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.source.name, self.line(), self.column())
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}
