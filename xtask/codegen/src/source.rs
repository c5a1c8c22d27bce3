//! A text as it was read, and places in it.

use std::sync::{Arc, OnceLock};

/// A file's text under the name by which people know it (a path, an address, `<stdin>`).
#[derive(Clone)]
pub struct Source {
    /// What messages call the text.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// The first byte of every line, counted when a line is first asked for: a report may ask thousands of times.
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    /// A source of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
        })
    }

    /// The line that holds the byte `offset`, counted from 1.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset)
    }

    /// The line of this number without its line break, as byte offsets; the end of the text when there are fewer.
    pub(crate) fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let Some(&start) = starts.get(line.saturating_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = match self.text.as_bytes()[start..end].last() {
            Some(b'\r') => end - 1,
            _ => end,
        };
        start..end
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate();
            let after_breaks = breaks.filter_map(|(at, byte)| (byte == b'\n').then_some(at + 1));
            std::iter::once(0).chain(after_breaks).collect()
        })
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}

impl std::fmt::Debug for Source {
    /// The name and the length: a document's text is megabytes long.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({}, {} bytes)", self.name, self.text.len())
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
        self.source.line_of(self.start)
    }

    /// The column in characters, counted from 1; a byte order mark is no character of the first line.
    pub fn column(&self) -> usize {
        let line_start = self.source.line_range(self.line()).start;
        let before = self.source.text.get(line_start..self.start);
        let before = before.unwrap_or_default();
        before.trim_start_matches('\u{feff}').chars().count() + 1
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

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, start: usize) -> String {
        let source = Source::new("t", text);
        Place {
            source,
            start,
            end: start,
        }
        .to_string()
    }

    #[test]
    fn columns_count_characters_and_lines_end_at_line_feeds() {
        assert_eq!(place("a: é\r\nb: 😀 c", 12), "t:2:5");
        assert_eq!(place("\u{feff}a: 1", 3), "t:1:1");
    }

    #[test]
    fn the_end_of_a_text_has_a_place() {
        assert_eq!(place("", 0), "t:1:1");
        assert_eq!(place("a\n", 2), "t:2:1");
        assert_eq!(place("a", 1), "t:1:2");
    }

    #[test]
    fn a_line_range_leaves_the_line_break_out() {
        let source = Source::new("t", "a\r\n\nbc");
        assert_eq!(source.line_range(1), 0..1);
        assert_eq!(source.line_range(2), 3..3);
        assert_eq!(source.line_range(3), 4..6);
        assert_eq!(source.line_range(4), 6..6);
    }
}
