//! A surface's text → its items, each with its lines by what they speak of.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The items of a surface.
#[derive(Default)]
pub(super) struct Surface<'a> {
    pub(super) operations: BTreeMap<&'a str, Item<'a>>,
    pub(super) types: BTreeMap<&'a str, Item<'a>>,
    /// Lines that belong to neither, as they stand.
    pub(super) others: BTreeSet<&'a str>,
}

/// The lines of one operation or type.
#[derive(Default)]
pub(super) struct Item<'a> {
    /// By label (`field`) and name (`attempt_id`); both are empty for the item itself.
    pub(super) parts: BTreeMap<(&'a str, &'a str), Line<'a>>,
    /// Lines of no known form.
    pub(super) others: BTreeSet<&'a str>,
}

/// One line of an item.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// The whole line.
    pub(super) text: &'a str,
    /// What follows the item's name.
    pub(super) rest: &'a str,
    /// What follows the label and the name.
    pub(super) words: Vec<&'a str>,
}

/// A part of a line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    /// What mentions no type.
    Fixed(&'a str),
    /// What may mention types.
    Types(&'a str),
}

impl<'a> Line<'a> {
    /// The line without the item's name, cut into what can mention a type and what cannot.
    pub(super) fn pieces(&self, label: &'a str, name: &'a str) -> Vec<Piece<'a>> {
        if ["", "arguments", "new", "order", "setting"].contains(&label) {
            return vec![Piece::Fixed(self.rest)];
        }
        let mut pieces = vec![Piece::Fixed(label), Piece::Fixed(name)];
        let mut after_wire = false;
        for (at, word) in self.words.iter().enumerate() {
            let payload = (label == "variant" && at == 0)
                .then(|| word.strip_prefix(name))
                .flatten();
            pieces.push(match payload {
                Some(payload) => Piece::Types(payload),
                None if after_wire => Piece::Fixed(word),
                None => Piece::Types(word),
            });
            after_wire = *word == "wire";
        }
        pieces
    }
}

/// Labels of which an item has one line for each name.
const NAMED: &[&str] = &["code", "field", "method", "parameter", "setting", "variant"];
/// Labels of which an item has one line.
const SINGLE: &[&str] = &["=", "answer", "arguments", "new", "order", "traits"];

impl<'a> Surface<'a> {
    /// Reads any text: a line of no known form is kept as it stands.
    pub(super) fn of(text: &'a str) -> Self {
        let mut surface = Self::default();
        for line in text.lines() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = || {
                let (class, rest) = line.split_once(' ')?;
                let (name, rest) = rest.split_once(' ')?;
                (!name.is_empty() && !rest.trim().is_empty()).then_some((class, name, rest))
            };
            match read() {
                Some(("operation", name, rest)) => {
                    surface.operations.entry(name).or_default().add(line, rest);
                }
                Some(("type", name, rest)) => {
                    surface.types.entry(name).or_default().add(line, rest);
                }
                _ => {
                    surface.others.insert(line);
                }
            }
        }
        surface
    }

    /// The method, path and id of an operation.
    pub(super) fn call(&self, name: &str) -> Option<(&'a str, String, Option<&'a str>)> {
        let line = self.operations.get(name)?.line("")?;
        let (method, path) = (line.words.first()?, line.words.get(1)?);
        // A path with a space in it is a string literal.
        let path = serde_json::from_str(path).unwrap_or_else(|_| (*path).to_owned());
        let id = line.words.iter().position(|word| *word == "id");
        let id = id.and_then(|at| line.words.get(at + 1).copied());
        Some((method, path, id))
    }
}

impl<'a> Item<'a> {
    fn add(&mut self, text: &'a str, rest: &'a str) {
        let words = split(rest, ' ');
        let (key, skip) = match words.as_slice() {
            ["method", ..] => (method_name(rest).map(|name| ("method", name)), 1),
            ["variant", name, ..] => {
                let end = name.find(['(', '{']).unwrap_or(name.len());
                (Some(("variant", &name[..end])), 1)
            }
            [label, name, ..] if NAMED.contains(label) => {
                (Some((*label, name.strip_suffix(':').unwrap_or(name))), 2)
            }
            [label, _, ..] if SINGLE.contains(label) => (Some((*label, "")), 1),
            [first, second, ..]
                if first.chars().all(|c| c.is_ascii_uppercase())
                    && second.starts_with(['/', '"']) =>
            {
                (Some(("", "")), 0)
            }
            ["struct" | "tuple" | "unit" | "enum", ..] => (Some(("", "")), 0),
            _ => (None, 0),
        };
        let line = Line {
            text,
            rest,
            words: words[skip..].to_vec(),
        };
        match key {
            Some(key) if !self.parts.contains_key(&key) => {
                self.parts.insert(key, line);
            }
            Some(key) if self.parts[&key].text == text => {}
            _ => {
                self.others.insert(text);
            }
        }
    }

    /// The line of a label that an item has once; `""` for the item itself.
    pub(super) fn line(&self, label: &'static str) -> Option<&Line<'a>> {
        self.parts.get(&(label, ""))
    }

    /// The lines of a label by their names.
    pub(super) fn named(&self, label: &'static str) -> BTreeMap<&'a str, &Line<'a>> {
        self.parts
            .range((label, "")..)
            .take_while(|((found, _), _)| *found == label)
            .map(|((_, name), line)| (*name, line))
            .collect()
    }

    /// The line that stands for the whole item.
    pub(super) fn head(&self) -> &'a str {
        let first = || self.parts.values().next().map(|line| line.text);
        let head = self
            .line("")
            .or_else(|| self.line("="))
            .map(|line| line.text);
        head.or_else(first)
            .or_else(|| self.others.first().copied())
            .unwrap_or_default()
    }

    /// All lines, each cut into what can mention a type and what cannot: names of fields and variants, and the wire.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Vec<Piece<'a>>> {
        let parts = self
            .parts
            .iter()
            .map(|((label, name), line)| line.pieces(label, name));
        let others = self
            .others
            .iter()
            .map(|text| vec![Piece::Types(text.splitn(3, ' ').nth(2).unwrap_or_default())]);
        parts.chain(others)
    }

    /// All lines without the item's name, with types called as `other` says.
    pub(super) fn content(&self, other: impl Fn(&str) -> Option<&'a str>) -> BTreeSet<String> {
        let text = |piece| match piece {
            Piece::Fixed(text) => Cow::Borrowed(text),
            Piece::Types(text) => substitute(text, &other),
        };
        self.pieces()
            .map(|line| Vec::from_iter(line.into_iter().map(text)).join(" "))
            .collect()
    }

    /// The names that may be those of types.
    pub(super) fn mentioned(&self) -> impl Iterator<Item = &'a str> {
        self.pieces().flatten().flat_map(|piece| match piece {
            Piece::Fixed(_) => Vec::new(),
            Piece::Types(text) => identifiers(text).map(|(_, name)| name).collect(),
        })
    }

    /// The list in the only word of the line `label`, empty when there is none.
    pub(super) fn list(&self, label: &'static str) -> Vec<&'a str> {
        self.line(label)
            .and_then(|line| line.words.first())
            .map(|word| list(word))
            .unwrap_or_default()
    }
}

/// `a` and `b` of `(a, b)`.
pub(super) fn list(word: &str) -> Vec<&str> {
    let inside = word
        .strip_prefix('(')
        .and_then(|word| word.strip_suffix(')'))
        .unwrap_or(word);
    split(inside, ',')
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The name of the function in a method's line.
fn method_name(rest: &str) -> Option<&str> {
    let (_, after) = rest.split_once("fn ")?;
    let end = after.find(['(', '<'])?;
    Some(&after[..end])
}

/// The parts between `separator`s that stand outside of brackets and quotes.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    if !text.contains(['"', '(', '[', '{', '<']) {
        return text
            .split(separator)
            .filter(|part| !part.is_empty())
            .collect();
    }
    let mut parts = Vec::new();
    let (mut depth, mut quoted, mut start, mut last) = (0_usize, false, 0, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '"' if last != '\\' => quoted = !quoted,
            // A backslash that is itself escaped escapes nothing.
            '\\' if quoted && last == '\\' => {
                last = ' ';
                continue;
            }
            _ if quoted => {}
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if last == '-' || last == '=' => {}
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ if c == separator && depth == 0 => {
                if start < at {
                    parts.push(&text[start..at]);
                }
                start = at + c.len_utf8();
            }
            _ => {}
        }
        last = c;
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

/// `text` with every identifier for which `other` knows another put in its place.
pub(super) fn substitute<'t>(
    text: &'t str,
    other: &impl Fn(&str) -> Option<&'t str>,
) -> Cow<'t, str> {
    let mut out: Option<String> = None;
    let mut copied = 0;
    for (start, name) in identifiers(text) {
        if let Some(new) = other(name) {
            let out = out.get_or_insert_default();
            out.push_str(&text[copied..start]);
            out.push_str(new);
            copied = start + name.len();
        }
    }
    match out {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.push_str(&text[copied..]);
            Cow::Owned(out)
        }
    }
}

/// The identifiers outside of quotes that can be a generated type's name, with where they start: with `types::` or
/// nothing before them.
pub(super) fn identifiers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut quoted, mut escaped, mut rest) = (false, false, 0);
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        let wordy = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        while rest < bytes.len() {
            let at = rest;
            if quoted || !wordy(bytes[at]) {
                match bytes[at] {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = quoted,
                    b'"' => quoted = !quoted,
                    _ => {}
                }
                rest += 1;
                continue;
            }
            while rest < bytes.len() && wordy(bytes[rest]) {
                rest += 1;
            }
            let before = &text[..at];
            if !before.ends_with("::") || before.ends_with("types::") {
                return Some((at, &text[at..rest]));
            }
        }
        None
    })
}
