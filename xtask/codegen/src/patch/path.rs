//! JSONPath as overlays use it: read with a good error, located as JSON pointers, and taken apart for advice.

use std::collections::HashSet;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::printable::shorten;

/// How deep brackets may stand within each other in a path.
const MAX_DEPTH: usize = 8;
/// How long a path may be.
const MAX_BYTES: usize = 4096;

/// A JSONPath (RFC 9535) and the text that it was read from.
#[derive(Debug, Clone)]
pub(super) struct Path {
    /// The expression as written.
    pub(super) text: String,
    query: JsonPath,
}

/// Why a text is no JSONPath.
pub(super) struct BadPath {
    /// What was expected and found, with the expression and a caret under where it stops making sense.
    pub(super) problem: String,
    /// What to do about it.
    pub(super) action: String,
}

impl Path {
    /// The JSONPath in `text`.
    pub(super) fn parse(text: &str) -> Result<Self, BadPath> {
        // The parser takes time that doubles with each bracket within a bracket.
        let (deep, long) = (depth(text) > MAX_DEPTH, text.len() > MAX_BYTES);
        if deep || long {
            let limit = if deep {
                format!("brackets within brackets at most {MAX_DEPTH} deep")
            } else {
                format!("at most {MAX_BYTES} bytes")
            };
            return Err(BadPath {
                problem: format!(
                    "expected a JSONPath with {limit}, but found `{}`",
                    shorten(text)
                ),
                action: "write it as several patches with simpler paths".to_owned(),
            });
        }
        JsonPath::parse(text)
            .map(|query| Self {
                text: text.to_owned(),
                query,
            })
            .map_err(|error| bad_path(text, &error))
    }

    /// The JSON pointers of the nodes that it selects, each once, in the order of selection.
    pub(super) fn locate(&self, root: &Value) -> Vec<String> {
        let mut seen = HashSet::new();
        self.query
            .query_located(root)
            .into_iter()
            .map(|node| node.location().to_json_pointer())
            .filter(|pointer| seen.insert(pointer.clone()))
            .collect()
    }

    /// Whether it is `$`.
    pub(super) fn is_root(&self) -> bool {
        self.text.trim() == "$"
    }

    /// The expression without its last segment, none for `$`.
    pub(super) fn parent(&self) -> Option<Self> {
        let end = last_segment(&self.text)?;
        Self::parse(&self.text[..end]).ok()
    }

    /// The longest beginning of the expression that selects something.
    pub(super) fn still_there(&self, root: &Value) -> Option<Self> {
        let mut path = self.parent()?;
        while path.locate(root).is_empty() {
            path = path.parent()?;
        }
        Some(path)
    }
}

fn bad_path(text: &str, error: &serde_json_path::ParseError) -> BadPath {
    // The position counts bytes and starts at 0, whatever its documentation says.
    let mut offset = error.position().min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let column = text[..offset].chars().count();
    let said = error.message();
    let why = if said.ends_with("parser error") || said == "empty error" {
        String::new()
    } else {
        format!(" ({said})")
    };
    let action = if text.starts_with('$') {
        "write keys with other characters than letters, digits and `_` as `['/api/x']`, and filters as `[?(@.name == 'x')]`"
    } else {
        "start it with `$`, the root of the document"
    };
    BadPath {
        problem: format!(
            "expected a JSONPath (RFC 9535), but found one that cannot be read from position {} on{why}\n{text}\n{:column$}^",
            column + 1,
            ""
        ),
        action: action.to_owned(),
    }
}

/// How deep brackets stand within each other; those in quotes count as well, which does no harm.
fn depth(text: &str) -> usize {
    let mut deepest = 0;
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Where the last segment of the expression starts, none when there is no segment.
fn last_segment(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut start = None;
    let mut depth = 0_usize;
    let mut quote = None;
    let mut index = 1;
    while index < bytes.len() {
        let byte = bytes[index];
        match (quote, byte) {
            (Some(_), b'\\') => index += 1,
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'[' | b'(') => {
                // `..[` is one segment.
                if depth == 0 && !(index >= 2 && &bytes[index - 2..index] == b"..") {
                    start = Some(index);
                }
                depth += 1;
            }
            (None, b']' | b')') => depth = depth.saturating_sub(1),
            (None, b'.') if depth == 0 => {
                start = Some(index);
                if bytes.get(index + 1) == Some(&b'.') {
                    index += 1;
                }
            }
            (None, _) => {}
        }
        index += 1;
    }
    start
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parent(text: &str) -> Option<String> {
        Path::parse(text)
            .unwrap_or_else(|bad| panic!("{}", bad.problem))
            .parent()
            .map(|path| path.text)
    }

    #[test]
    fn the_parent_lacks_the_last_segment() {
        assert_eq!(parent("$"), None);
        assert_eq!(parent("$.a").as_deref(), Some("$"));
        assert_eq!(parent("$.a['b.c']").as_deref(), Some("$.a"));
        assert_eq!(
            parent("$.a['it\\'s [1]'].d").as_deref(),
            Some("$.a['it\\'s [1]']")
        );
        assert_eq!(parent("$.a[?(@.b[0].c == 'x')]").as_deref(), Some("$.a"));
        assert_eq!(parent("$.a..b").as_deref(), Some("$.a"));
        assert_eq!(parent("$.a..['b','c']").as_deref(), Some("$.a"));
        assert_eq!(parent("$.a..[?@.b].*").as_deref(), Some("$.a..[?@.b]"));
    }

    #[test]
    fn a_node_selected_twice_is_located_once() {
        let path = Path::parse("$.a[1,0,1]").unwrap_or_else(|bad| panic!("{}", bad.problem));
        assert_eq!(path.locate(&json!({"a": ["x", "y"]})), ["/a/1", "/a/0"]);
    }

    #[test]
    fn the_longest_beginning_that_selects_something_is_found() {
        let path = Path::parse("$.a.b.c.d").unwrap_or_else(|bad| panic!("{}", bad.problem));
        let there = path.still_there(&json!({"a": {"b": {}}}));
        assert_eq!(there.map(|path| path.text).as_deref(), Some("$.a.b"));
    }

    #[test]
    fn a_path_that_would_take_forever_is_refused_at_once() {
        for text in [
            format!("${}", "[?@".repeat(40)),
            format!("$[?{}@.a{}]", "(".repeat(3000), ")".repeat(3000)),
            format!("${}", ".a".repeat(3000)),
        ] {
            assert!(Path::parse(&text).is_err(), "{}", shorten(&text));
        }
    }

    #[test]
    fn a_bad_expression_is_shown_with_a_caret() {
        let Err(bad) = Path::parse("$.paths['/é'].post.x-y") else {
            panic!("expected an error");
        };
        insta::assert_snapshot!(bad.problem, @r"
expected a JSONPath (RFC 9535), but found one that cannot be read from position 21 on
$.paths['/é'].post.x-y
                    ^
");
        let Err(bad) = Path::parse("paths") else {
            panic!("expected an error");
        };
        insta::assert_snapshot!(format!("{}\n{}", bad.problem, bad.action), @r"
expected a JSONPath (RFC 9535), but found one that cannot be read from position 1 on
paths
^
start it with `$`, the root of the document
");
    }
}
