//! A text as it was read, and places in it.

use std::sync::{Arc, OnceLock};

/// A file's text under the name by which people know it (a path, an address, `<stdin>`).
#[derive(Clone)]
pub struct Source {
    /// What messages call the text.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Made when a line or column is first asked for: a report may ask thousands of times.
    index: OnceLock<Index>,
}

/// What makes lines and columns cheap, in texts of many lines and in those of one line of megabytes.
#[derive(Clone)]
struct Index {
    /// The first byte of every line.
    line_starts: Vec<usize>,
    /// How many characters begin before each block of `BLOCK` bytes.
    characters_before: Vec<usize>,
}

const BLOCK: usize = 1024;

impl Source {
    /// A source of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
            index: OnceLock::new(),
        })
    }

    /// The line that holds the byte `offset`, counted from 1.
    pub fn line_of(&self, offset: usize) -> usize {
        let starts = &self.index().line_starts;
        starts.partition_point(|start| *start <= offset)
    }

    /// The line of this number without its line break, as byte offsets; the end of the text when there are fewer.
    pub(crate) fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let starts = &self.index().line_starts;
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

    /// How many characters begin before the byte `offset`.
    fn characters_before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let block = offset / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        self.index().characters_before[block] + count_characters(rest)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let breaks = self.text.bytes().enumerate();
            let after_breaks = breaks.filter_map(|(at, byte)| (byte == b'\n').then_some(at + 1));
            let mut characters = 0;
            let mut characters_before = vec![0];
            for block in self.text.as_bytes().chunks(BLOCK) {
                characters += count_characters(block);
                characters_before.push(characters);
            }
            Index {
                line_starts: std::iter::once(0).chain(after_breaks).collect(),
                characters_before,
            }
        })
    }
}

/// How many characters begin in these bytes of UTF-8.
fn count_characters(bytes: &[u8]) -> usize {
    let begins = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    bytes.iter().filter(begins).count()
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
        let begins_with_mark = line_start == 0 && self.source.text.starts_with('\u{feff}');
        let line_start = if begins_with_mark {
            '\u{feff}'.len_utf8()
        } else {
            line_start
        };
        let before = self.source.characters_before(self.start);
        before.saturating_sub(self.source.characters_before(line_start)) + 1
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
        assert_eq!(place("a: é\r\nb: 😀 c", 14), "t:2:5");
        assert_eq!(place("\u{feff}a: 1", 3), "t:1:1");
    }

    #[test]
    fn columns_of_a_long_line_are_counted_too() {
        let text = format!("x\n{}y", "aé😀".repeat(1000));
        for (count, (offset, _)) in text.char_indices().skip(2).enumerate() {
            assert_eq!(place(&text, offset), format!("t:2:{}", count + 1));
        }
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
