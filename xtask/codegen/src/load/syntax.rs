//! The parser's errors → findings that say what was expected, what was found, and what to do.

use saphyr_parser::ScanError;

use crate::finding::Finding;
use crate::printable::shorten;

use super::offsets::Offsets;
use super::tree::{MAX_DEPTH, Tree};
use super::yaml::place;

/// What `error` means for who wrote the text.
pub(super) fn finding(error: &ScanError, offsets: &Offsets<'_>, tree: &Tree<'_>) -> Finding {
    let source = tree.source();
    let text = source.text.as_str();
    let at = offsets.byte(error.marker().index());
    let info = error.info();
    let finding = if info.contains("unknown anchor") {
        let name = word(text, at);
        let anchor = name.trim_start_matches('*');
        let problem = format!(
            "expected an alias of an anchor above it, but found `{name}`, which nothing is named"
        );
        let action = format!(
            "write `&{anchor}` before the node that is meant, or quote the text if it is no alias"
        );
        Finding::error("load/alias", problem, action)
            .at("", Some(place(source, at, at + name.len())))
    } else if info.contains("recursion limit") {
        Finding::error(
            "load/too-deep",
            format!("expected at most {MAX_DEPTH} levels of nesting, but found more"),
            "move the inner schemas into components and refer to them with `$ref`",
        )
        .at("", Some(place(source, at, next(text, at))))
    } else if let Some(tab) = tab(text, at, info) {
        Finding::error(
            "load/tab",
            "expected spaces as indentation, but found a tab, which YAML forbids there",
            "replace the tabs at the beginning of lines by spaces",
        )
        .at("", Some(place(source, tab, tab + 1)))
    } else {
        let bracket = open_bracket(text, tree.end(), at).or(tree.open_bracket());
        match bracket.filter(|bracket| is_unterminated(text, *bracket, at, info)) {
            Some(bracket) => unterminated(tree, bracket, at),
            None => general(text, at, info, tree),
        }
    };
    Finding {
        pointer: tree.pointer(),
        ..finding
    }
}

fn general(text: &str, at: usize, info: &str, tree: &Tree<'_>) -> Finding {
    let (expected, action) = explain(info);
    let found = found(text, at);
    let problem = format!("expected {expected}, but found {found}");
    Finding::error("load/syntax", problem, action)
        .at("", Some(place(tree.source(), at, next(text, at))))
}

/// What the parser expected, and what usually mends it.
fn explain(info: &str) -> (String, &'static str) {
    let known: &[(&str, &str, &str)] = &[
        (
            "mapping values are not allowed",
            "the value to end here",
            "quote the value if it contains `: `, or add the `:` or the indentation that this line or the one above lacks",
        ),
        (
            "simple key expect",
            "a `:` after the key",
            "write `key: value`, or indent the line if it continues the text above",
        ),
        (
            "did not find expected key",
            "a key with the indentation of the keys above it",
            "indent the line as its neighbours, or quote the value that ended too early",
        ),
        (
            "did not find expected '-'",
            "an item (`- …`) with the indentation of the items above it",
            "indent the line as its neighbours",
        ),
        (
            "indentation in quoted",
            "a closing quote",
            "close the quote that begins here, or indent the lines that belong to it",
        ),
        (
            "invalid indentation",
            "a line with the indentation of the lines around it",
            "indent the line as its neighbours",
        ),
        (
            "expected ',' or '}'",
            "`,` or `}` after the entry",
            "add the missing comma or bracket, or quote the value",
        ),
        (
            "expected ',' or ']'",
            "`,` or `]` after the item",
            "add the missing comma or bracket, or quote the value",
        ),
        (
            "unexpected end of stream",
            "a closing quote",
            "close the quote that was opened last",
        ),
        (
            "unknown escape",
            "an escape that YAML knows (such as \\n, \\\" or \\u00e9) in double quotes",
            "double the backslash, or use single quotes",
        ),
        (
            "invalid Unicode character escape",
            "an escape of a whole character in double quotes",
            "write the character itself instead of two halves (\\ud83d\\ude00)",
        ),
        (
            "unexpected character",
            "a value",
            "quote the value: no plain text can begin with this character",
        ),
        (
            "document start",
            "the end of the document",
            "indent the line as its neighbours, or remove what follows the document",
        ),
        (
            "unprintable",
            "printable text",
            "remove the control character; the file may be damaged or no text at all",
        ),
        (
            "byte order mark",
            "no byte order mark inside the document",
            "remove it; files that were joined often have one in the middle",
        ),
        (
            "trailing content",
            "nothing after the closing quote",
            "put the whole value into the quotes, or double the quotes that belong to it",
        ),
    ];
    for (part, expected, action) in known {
        if info.contains(part) {
            return ((*expected).to_owned(), action);
        }
    }
    (
        format!("YAML ({info})"),
        "mend the line; `key: value`, indented with spaces, is what YAML reads",
    )
}

/// The tab that `info` is about, or that stands in the indentation where the error is.
fn tab(text: &str, at: usize, info: &str) -> Option<usize> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = &text[line_start..];
    let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
    let in_indentation = line[..indentation].find('\t').map(|tab| line_start + tab);
    let named = info.contains("tab");
    in_indentation.or_else(|| {
        let rest = text[at..].find('\t').map(|tab| at + tab);
        let before = text[line_start..at].rfind('\t').map(|tab| line_start + tab);
        before.or(rest).filter(|_| named)
    })
}

/// Whether an error at `at` says that the collection that begins at `bracket` has no end.
fn is_unterminated(text: &str, bracket: usize, at: usize, info: &str) -> bool {
    if text[at..].trim().is_empty() {
        return !info.contains("quoted");
    }
    // What is inside a collection is indented further than the line on which it begins.
    let (bracket_line, _) = from_line(text, bracket);
    let (line, is_first) = from_line(text, at);
    let is_closed = line.trim_start().starts_with(['}', ']']);
    !is_first
        && text[bracket..at].contains('\n')
        && !is_closed
        && indentation(line) <= indentation(bracket_line)
}

/// The text from the beginning of the line that holds `at`, and whether that is the first line.
fn from_line(text: &str, at: usize) -> (&str, bool) {
    match text[..at].rfind('\n') {
        Some(newline) => (&text[newline + 1..], false),
        None => (text, true),
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn unterminated(tree: &Tree<'_>, bracket: usize, at: usize) -> Finding {
    let source = tree.source();
    let text = source.text.as_str();
    let (what, closing) = match text.as_bytes()[bracket] {
        b'{' => ("mapping", '}'),
        _ => ("list", ']'),
    };
    let finding = Finding::error(
        "load/unterminated",
        format!(
            "expected `{closing}` at the end of the {what} that begins here, but found {}",
            found(text, at)
        ),
        format!(
            "close the {what} with `{closing}`, or quote the value if the bracket is part of a text"
        ),
    )
    .at("", Some(place(source, bracket, bracket + 1)));
    if text[at..].trim().is_empty() {
        return finding;
    }
    finding.related(place(source, at, next(text, at)), "it has not ended here")
}

/// The innermost bracket between the bytes `from` and `to` that is still open at `to`.
///
/// The parser reads a whole flow collection ahead before it reports the first of its nodes, so after an error in one
/// the tree does not know the collection yet.
fn open_bracket(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut node_may_start = true;
    let mut bytes = text.as_bytes()[..to].iter().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match (quote, byte) {
            (Some(b'"'), b'\\') => {
                bytes.next();
            }
            (Some(closing), byte) if closing == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if node_may_start => quote = Some(*byte),
            (None, b'#') if at == 0 || text.as_bytes()[at - 1].is_ascii_whitespace() => {
                bytes.find(|(_, byte)| **byte == b'\n');
            }
            (None, b'{' | b'[') if node_may_start => open.push(at),
            (None, b'}' | b']') => {
                open.pop();
            }
            _ => {}
        }
        node_may_start = match byte {
            b' ' | b'\t' | b'\r' => node_may_start,
            b'{' | b'[' | b',' | b':' | b'-' | b'\n' => true,
            _ => false,
        };
    }
    open.last().copied()
}

/// The word that begins at `at`.
fn word(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.find(|character: char| character.is_whitespace() || ",]}".contains(character));
    &rest[..end.unwrap_or(rest.len())]
}

/// What stands at `at`, as messages call it.
fn found(text: &str, at: usize) -> String {
    let rest = &text[at..];
    match rest.chars().next() {
        None => "the end of the text".to_owned(),
        _ if rest.trim().is_empty() => "the end of the text".to_owned(),
        Some('\n' | '\r') => "the end of the line".to_owned(),
        Some('\t') => "a tab".to_owned(),
        Some(character) if character.is_control() => {
            format!("the control character U+{:04X}", character as u32)
        }
        Some(_) => format!("`{}`", shorten(rest).trim_end()),
    }
}

/// The byte after the character at `at`.
fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}
