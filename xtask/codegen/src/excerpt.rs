//! Findings as text with the lines that they are about.
//!
//! What is printed comes from files that others wrote: nothing of it reaches the terminal but printable text, and of a
//! long line only what surrounds the place.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Padding, Renderer, Snippet};

use crate::finding::{Finding, Severity};
use crate::source::Place;

/// How many characters of a line are shown whole.
const LINE: usize = 120;

/// Of a longer line: how many characters are shown before the place, of it, and after it.
const WINDOW: usize = 40;

/// How many characters of a message are shown.
const MESSAGE: usize = 4_000;

/// The finding as a compiler would print it, without colours and without a final newline.
pub fn render(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Repaired => Level::NOTE.with_name("repaired"),
    };
    let mut group = level
        .primary_title(message(&finding.problem))
        .id(finding.code)
        .elements(Vec::<Snippet<'_, Annotation<'_>>>::new());
    if let Some(place) = &finding.place {
        group = group
            .element(origin(place))
            .element(Padding)
            .element(snippet(place, AnnotationKind::Primary, None));
    }
    if let Some((place, label)) = &finding.related {
        group = group
            .element(origin(place))
            .element(Padding)
            .element(snippet(place, AnnotationKind::Context, Some(label)));
    }
    if !finding.action.is_empty() {
        group = group.element(Level::HELP.message(message(&finding.action)));
    }
    Renderer::plain().term_width(LINE * 4).render(&[group])
}

/// `file:line:column`. The snippet cannot say it, since it is given a window of the line only.
fn origin(place: &Place) -> Origin<'static> {
    Origin::path(printable(&place.source.name))
        .line(place.line())
        .char_column(place.column())
}

fn snippet(
    place: &Place,
    kind: AnnotationKind,
    label: Option<&String>,
) -> Snippet<'static, Annotation<'static>> {
    let (text, marked) = window(place);
    Snippet::source(text)
        .line_start(place.line())
        .annotation(kind.span(marked).label(label.map(|label| message(label))))
}

/// The place's first line or the part of it around the place, printable, and the bytes of that which are the place: an
/// excerpt shows where a node starts, not all of it.
fn window(place: &Place) -> (String, Range<usize>) {
    let text = place.source.text.as_str();
    let line = place.source.line_range(place.line());
    let start = boundary(text, place.start).clamp(line.start, line.end);
    let end = boundary(text, place.end).clamp(start, line.end);
    let (before, node, after) = (
        text[line.start..start].trim_start_matches('\u{feff}'),
        &text[start..end],
        &text[end..line.end],
    );
    // No more than this many bytes are looked at: a line can have megabytes.
    let is_short = line.len() <= LINE * 4 && text[line.clone()].chars().count() <= LINE;
    let limit = if is_short { usize::MAX } else { WINDOW };
    let mut shown = last(before, limit);
    let marked = shown.len();
    shown.push_str(&first(node, limit));
    let marked = marked..shown.len();
    if node.len() == first_length(node, limit) {
        shown.push_str(&first(after, limit));
    }
    if marked.is_empty() && marked.start == shown.len() {
        // After the end of the line there is nothing that could be marked.
        shown.push(' ');
        return (shown, marked.start..marked.start + 1);
    }
    (shown, marked)
}

/// The last `limit` characters of `text`, printable.
fn last(text: &str, limit: usize) -> String {
    match limit
        .checked_sub(1)
        .and_then(|last| text.char_indices().rev().nth(last))
    {
        Some((cut, _)) if cut > 0 => format!("…{}", printable(&text[cut..])),
        _ => printable(text),
    }
}

/// The first `limit` characters of `text`, printable.
fn first(text: &str, limit: usize) -> String {
    let cut = first_length(text, limit);
    let shown = printable(&text[..cut]);
    if cut < text.len() {
        format!("{shown}…")
    } else {
        shown
    }
}

fn first_length(text: &str, limit: usize) -> usize {
    text.char_indices()
        .nth(limit)
        .map_or(text.len(), |(cut, _)| cut)
}

/// The character boundary at or before `offset`.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `text` as a message: its lines stay.
fn message(text: &str) -> String {
    let shown: Vec<_> = text[..first_length(text, MESSAGE)]
        .lines()
        .map(printable)
        .collect();
    let cut = if first_length(text, MESSAGE) < text.len() {
        "…"
    } else {
        ""
    };
    format!("{}{cut}", shown.join("\n"))
}

/// `text` with everything replaced that a terminal obeys instead of showing.
fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => shown.push_str("    "),
            '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + character as u32)),
            '\x7f' => shown.push('␡'),
            // Control characters, and those that are invisible or turn the direction of the text.
            '\u{80}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' => shown.push(char::REPLACEMENT_CHARACTER),
            other => shown.push(other),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn finding(text: &str, start: usize, end: usize) -> Finding {
        let place = Place {
            source: Source::new("a.yaml", text),
            start,
            end,
        };
        Finding::error("stage/rule", "expected a, but found b", "do this").at("/a", Some(place))
    }

    #[test]
    fn a_finding_shows_its_line() {
        let text = "a: 1\nkey: [value]\nb: 2\n";
        insta::assert_snapshot!(render(&finding(text, 5, 8)), @"");
    }

    #[test]
    fn a_node_of_many_lines_is_marked_on_its_first() {
        insta::assert_snapshot!(render(&finding("a: |\r\n  x\r\n  y\r\n", 3, 12)), @"");
    }

    #[test]
    fn a_second_place_is_shown_with_its_label() {
        let first = finding("a: 1\nb: 2\na: 3\n", 0, 1);
        let place = first.place.clone().expect("a place");
        let second = Place {
            start: 10,
            end: 11,
            ..place.clone()
        };
        let both = first
            .at("/a", Some(second))
            .related(place, "it stands here already");
        insta::assert_snapshot!(render(&both), @"");
    }

    #[test]
    fn the_end_of_the_text_can_be_shown() {
        insta::assert_snapshot!(render(&finding("a: {\n", 5, 5)), @"");
        insta::assert_snapshot!(render(&finding("a: {", 4, 4)), @"");
        insta::assert_snapshot!(render(&finding("", 0, 0)), @"");
        render(&finding("é", 1, 9));
        render(&finding("a\n", 90, 70));
    }

    #[test]
    fn a_line_of_megabytes_is_cut_to_a_window() {
        let text = format!(
            "{{\"é\": \"{}\", \"key\": [{}]}}",
            "x".repeat(500_000),
            "1, ".repeat(200_000)
        );
        let start = text.find("\"key\"").expect("the key");
        let shown = render(&finding(&text, start, start + 5));
        insta::assert_snapshot!(shown, @"");
        let shown = render(&finding(&text, start, text.len()));
        insta::assert_snapshot!(shown, @"");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        let text =
            "\u{feff}a\tb: \x1b[31m\u{9b}1m \u{202e}שלום\u{2066} \u{7}\u{85}\u{2028} 😀 key\n";
        let start = text.find("key").expect("the key");
        let mut finding = finding(text, start, start + 3);
        finding.problem = "found \x1b]0;title\x07\nand \u{202e}more".to_owned();
        insta::assert_snapshot!(render(&finding), @"");
    }

    #[test]
    fn a_finding_without_a_place_is_a_message() {
        let finding = Finding::error("stage/rule", "expected a, but found b", "do this");
        insta::assert_snapshot!(render(&finding), @"");
    }
}
