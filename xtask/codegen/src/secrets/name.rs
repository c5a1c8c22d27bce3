//! Names as rules compare them, and patterns of names.

/// `name` without what separates its words, in lower case: `signingSecret` and `signing_secret` are one name.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '.' | '$' | '@'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The names in `name`, outer ones first: `login[password]` is `password` in `login`, and `ids[]` is `ids`.
pub(super) fn parts(name: &str) -> Vec<&str> {
    let parts: Vec<&str> = name
        .split(['[', ']', '.'])
        .map(|part| part.trim_matches(['\'', '"']))
        .filter(|part| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    if parts.is_empty() { vec![name] } else { parts }
}

/// Texts that a rule names: exactly, or with `*` for any characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// What stands between the stars.
    pieces: Vec<String>,
}

impl Pattern {
    /// The pattern `text`, whose characters mean themselves but for `*`.
    pub(super) fn new(text: &str) -> Self {
        Self {
            pieces: text.split('*').map(str::to_owned).collect(),
        }
    }

    /// A pattern of names.
    pub(super) fn of_names(text: &str) -> Self {
        Self {
            pieces: text.split('*').map(plain).collect(),
        }
    }

    /// Whether it fits any text.
    pub(super) fn is_any(&self) -> bool {
        self.pieces.len() > 1 && self.pieces.iter().all(String::is_empty)
    }

    /// Whether `text` fits the whole pattern.
    pub(super) fn fits(&self, text: &str) -> bool {
        let [first, between @ .., last] = self.pieces.as_slice() else {
            return self.pieces.first().is_some_and(|only| only == text);
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else {
            return false;
        };
        for piece in between {
            match rest.find(piece.as_str()) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }
}
