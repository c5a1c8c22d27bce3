//! The text of a file without some of its nodes: lines go, and what stands in one line with others is written anew.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::{Document, parent};

/// The text of `document` without the nodes `gone`; what is left of it is `rest`.
pub(super) fn without(document: &Document, gone: &[String], rest: &Value) -> String {
    let text = Text::of(document);
    // Nodes in flow style share their line: the outermost collection in that style is written anew.
    let mut anew: BTreeSet<&str> = BTreeSet::new();
    let mut edits: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for pointer in gone {
        let mut node = pointer.as_str();
        while !text.begins_its_line(node) {
            match parent(node) {
                Some(owner) => node = owner,
                None => break,
            }
        }
        if node == pointer {
            let (start, end) = text.lines_of(node);
            edits.insert(start, (end, String::new()));
        } else {
            anew.insert(node);
        }
    }
    for node in anew {
        let Some(value) = value_at(rest, node, gone) else {
            continue;
        };
        let (start, end) = text.lines_of(node);
        let head = text.head(node);
        edits.insert(start, (end, format!("{head} {}\n", flow(value))));
    }
    let mut out = String::new();
    let mut line = 1;
    while line <= text.count {
        match edits.get(&line) {
            Some((end, replacement)) => {
                out += replacement;
                line = *end;
                // One empty line is enough where a paragraph stood.
                if replacement.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
                    while line <= text.count && text.line(line).trim().is_empty() {
                        line += 1;
                    }
                }
            }
            None => {
                out += text.line(line);
                line += 1;
            }
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out + "\n"
}

/// The node that stood at `pointer` before items in front of it went.
fn value_at<'v>(rest: &'v Value, pointer: &str, gone: &[String]) -> Option<&'v Value> {
    let mut at = String::new();
    let mut value = rest;
    for token in pointer.split('/').skip(1) {
        let list = at.clone();
        at = format!("{at}/{token}");
        value = match value {
            Value::Array(items) => {
                let index: usize = token.parse().ok()?;
                let is_before = |other: &&String| {
                    let other = other
                        .strip_prefix(&list)
                        .and_then(|rest| rest.strip_prefix('/'));
                    let other = other.and_then(|other| other.parse::<usize>().ok());
                    other.is_some_and(|other| other < index)
                };
                items.get(index - gone.iter().filter(is_before).count())?
            }
            value => value.get(token.replace("~1", "/").replace("~0", "~"))?,
        };
    }
    Some(value)
}

/// The value in one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            let entries = entries.iter();
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{}: {}", plain(key), flow(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => plain(text),
        value => value.to_string(),
    }
}

/// A text without quotes where it can only be that text.
fn plain(text: &str) -> String {
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && !text.ends_with(' ')
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " _-./$".contains(c))
        && !words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_plain {
        text.to_owned()
    } else {
        // JSON's strings are YAML's, too.
        Value::from(text).to_string()
    }
}

/// A document's text by lines, which count from 1.
struct Text<'d> {
    document: &'d Document,
    count: usize,
}

impl<'d> Text<'d> {
    fn of(document: &'d Document) -> Self {
        let text = &document.source.text;
        let unended = usize::from(!text.ends_with('\n') && !text.is_empty());
        Self {
            document,
            count: text.matches('\n').count() + unended,
        }
    }

    fn line(&self, line: usize) -> &'d str {
        let source = &self.document.source;
        let start = source.line_range(line).start;
        let rest = &source.text[start..];
        &rest[..rest.find('\n').map_or(rest.len(), |end| end + 1)]
    }

    /// The line of the node and how far in it begins.
    fn place(&self, pointer: &str) -> (usize, usize) {
        let Some(place) = self.document.places.nearest(pointer) else {
            return (1, 0);
        };
        let line = place.line();
        (
            line,
            place.start - self.document.source.line_range(line).start,
        )
    }

    /// Whether nothing but a dash stands in front of the node, and the dash is its own.
    fn begins_its_line(&self, pointer: &str) -> bool {
        let (line, column) = self.place(pointer);
        let before = &self.line(line)[..column];
        let is_item = self.line(line)[column..].starts_with('-') || before.trim() == "-";
        let is_index = pointer
            .rsplit('/')
            .next()
            .is_some_and(|token| token.parse::<usize>().is_ok());
        if before.trim().is_empty() {
            return true;
        }
        is_item && is_index
    }

    /// The first line of the node and the one behind its last.
    fn lines_of(&self, pointer: &str) -> (usize, usize) {
        let (start, column) = self.place(pointer);
        let first = self.line(start);
        let indent = indentation(first).unwrap_or(column);
        let is_item = first.trim_start().starts_with("- ");
        let mut end = start + 1;
        for line in start + 1..=self.count {
            let text = self.line(line);
            match indentation(text) {
                None => {}
                Some(other) if other > indent => end = line + 1,
                // Items of a list may stand as far in as the key above them.
                Some(other)
                    if !is_item && other == indent && text.trim_start().starts_with("- ") =>
                {
                    end = line + 1;
                }
                _ => break,
            }
        }
        // A comment in front of what follows belongs to that.
        while end > start + 1
            && self.line(end - 1).trim_start().starts_with('#')
            && indentation(self.line(end - 1)).is_some_and(|other| other <= indent + 2)
        {
            end -= 1;
        }
        (start, end)
    }

    /// What stands in front of the value in the node's line: its key, or the dash.
    fn head(&self, pointer: &str) -> &'d str {
        let (line, column) = self.place(pointer);
        let text = self.line(line);
        let value = self.document.places.value(pointer);
        let value = value.filter(|value| value.line() == line && value.start > 0);
        let start = value.map_or(column, |value| {
            value.start - self.document.source.line_range(line).start
        });
        if start > column {
            return text[..start].trim_end();
        }
        match text[column..].find(": ") {
            Some(colon) if !text[column..].starts_with(['{', '[']) => &text[..=column + colon],
            _ => text[..column].trim_end(),
        }
    }
}

/// How far a line is indented; none when it is empty.
fn indentation(line: &str) -> Option<usize> {
    line.find(|c: char| !c.is_whitespace())
}
