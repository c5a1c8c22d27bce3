//! Findings as text with the lines that they are about.
//!
//! What is printed comes from files that others wrote: nothing of it reaches the terminal but printable text, and of a
//! long line only what surrounds the place.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use crate::finding::{Finding, Severity};
use crate::printable::{boundary, first, first_length, last, message, printable};
use crate::source::Place;

/// How many characters of a line are shown whole.
const LINE: usize = 120;

/// Of a longer line: how many characters are shown before the place, of it, and after it.
const WINDOW: usize = 40;

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
    let excerpts = excerpts(finding);
    for excerpt in &excerpts {
        group = group.element(excerpt.snippet());
    }
    if !finding.action.is_empty() {
        group = group.element(Level::HELP.message(message(&finding.action)));
    }
    let mut text = Renderer::plain().term_width(LINE * 4).render(&[group]);
    for excerpt in &excerpts {
        if let Some((wrong, right)) = &excerpt.origin {
            text = text.replacen(wrong, right, 1);
        }
    }
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// Lines of a file, ready to be printed.
struct Excerpt {
    path: String,
    first_line: usize,
    text: String,
    marks: Vec<Mark>,
    /// The place as it would be printed for the window of a long line, and as it is.
    origin: Option<(String, String)>,
}

struct Mark {
    kind: AnnotationKind,
    span: Range<usize>,
    label: Option<String>,
}

impl Excerpt {
    /// The line of `place`, or the window of it.
    fn new(place: &Place, kind: AnnotationKind, label: Option<&String>) -> Self {
        let path = printable(&place.source.name);
        let (text, span) = window(place);
        let shown = text[..span.start].chars().count() + 1;
        let (line, column) = (place.line(), place.column());
        let origin = (shown != column).then(|| {
            (
                format!("{path}:{line}:{shown}\n"),
                format!("{path}:{line}:{column}\n"),
            )
        });
        Self {
            path,
            first_line: line,
            text,
            marks: vec![Mark {
                kind,
                span,
                label: label.map(|label| message(label)),
            }],
            origin,
        }
    }

    /// Appends the lines of `later`, which is of the same file; the lines between are left empty, since they are not
    /// shown.
    fn append(&mut self, later: Self) {
        if later.first_line > self.first_line {
            self.text
                .push_str(&"\n".repeat(later.first_line - self.first_line));
            let start = self.text.len();
            self.text.push_str(&later.text);
            self.marks.extend(later.marks.into_iter().map(|mark| Mark {
                span: mark.span.start + start..mark.span.end + start,
                ..mark
            }));
        } else {
            self.marks.extend(later.marks);
        }
    }

    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let marks = self.marks.iter();
        Snippet::source(self.text.as_str())
            .path(self.path.as_str())
            .line_start(self.first_line)
            .annotations(marks.map(|mark| {
                mark.kind
                    .span(mark.span.clone())
                    .label(mark.label.as_deref())
            }))
    }
}

fn excerpts(finding: &Finding) -> Vec<Excerpt> {
    let Some(place) = &finding.place else {
        return Vec::new();
    };
    let excerpt = Excerpt::new(place, AnnotationKind::Primary, None);
    let Some((other_place, label)) = &finding.related else {
        return vec![excerpt];
    };
    let other = Excerpt::new(other_place, AnnotationKind::Context, Some(label));
    let distance = place.line().abs_diff(other_place.line());
    let windowed = excerpt.origin.is_some() || other.origin.is_some();
    // A line between two that are marked would be shown.
    if place.source != other_place.source || windowed || distance == 2 || distance == 3 {
        return vec![excerpt, other];
    }
    let (mut first, last) = if place.line() <= other_place.line() {
        (excerpt, other)
    } else {
        (other, excerpt)
    };
    first.append(last);
    vec![first]
}

/// The place's first line or the part of it around the place, printable, and the bytes of that which are the place: an
/// excerpt shows where a node starts, not all of it.
fn window(place: &Place) -> (String, Range<usize>) {
    let text = place.source.text.as_str();
    let line = place.source.line_range(place.line());
    let start = boundary(text, place.start).clamp(line.start, line.end);
    let end = boundary(text, place.end).clamp(start, line.end);
    let before = text[line.start..start].trim_start_matches('\u{feff}');
    let node = text[start..end].trim_start_matches('\u{feff}');
    let after = text[end..line.end].trim_start_matches('\u{feff}');
    // The length in bytes first: a line can have megabytes.
    let is_short = line.len() <= LINE * 4 && text[line].chars().count() <= LINE;
    let limit = if is_short { usize::MAX } else { WINDOW };
    let mut shown = last(before, limit);
    let marked = shown.len();
    shown.push_str(&first(node, limit));
    let marked = marked..shown.len();
    if node.len() == first_length(node, limit) {
        shown.push_str(&first(after, limit));
    }
    (shown, marked)
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
        insta::assert_snapshot!(render(&finding(text, 5, 8)), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:2:1
          |
        2 | key: [value]
          | ^^^
          |
          = help: do this
        "#);
    }

    #[test]
    fn a_node_of_many_lines_is_marked_on_its_first() {
        insta::assert_snapshot!(render(&finding("a: |\r\n  x\r\n  y\r\n", 3, 12)), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:1:4
          |
        1 | a: |
          |    ^
          |
          = help: do this
        "#);
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
        insta::assert_snapshot!(render(&both), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:3:1
          |
        3 | a: 3
          | ^
          |
         ::: a.yaml:1:1
          |
        1 | a: 1
          | - it stands here already
          |
          = help: do this
        "#);
    }

    #[test]
    fn two_places_in_one_line_or_in_long_lines_are_shown() {
        let first = finding("{a: 1, a: 2}\n", 1, 2);
        let place = first.place.clone().expect("a place");
        let second = Place {
            start: 7,
            end: 8,
            ..place.clone()
        };
        let both = first
            .at("/a", Some(second))
            .related(place, "it stands here already");
        insta::assert_snapshot!(render(&both), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:1:8
          |
        1 | {a: 1, a: 2}
          |  -     ^
          |  |
          |  it stands here already
          |
          = help: do this
        "#);
        let text = format!("{{{}a: 1, {0}a: 2}}\n", " ".repeat(1000));
        let first = finding(&text, 1001, 1002);
        let place = first.place.clone().expect("a place");
        let second = Place {
            start: 2007,
            end: 2008,
            ..place.clone()
        };
        let both = first
            .at("/a", Some(second))
            .related(place, "it stands here already");
        insta::assert_snapshot!(render(&both), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:1:2008
          |
        1 | …                                        a: 2}
          |                                          ^
          |
         ::: a.yaml:1:1002
          |
        1 | …                                        a: 1,                                    …
          |                                          - it stands here already
          |
          = help: do this
        "#);
    }

    #[test]
    fn the_end_of_the_text_can_be_shown() {
        insta::assert_snapshot!(render(&finding("a: {\n", 5, 5)), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:2:1
          |
        2 |
          | ^
          |
          = help: do this
        "#);
        insta::assert_snapshot!(render(&finding("a: {", 4, 4)), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:1:5
          |
        1 | a: {
          |     ^
          |
          = help: do this
        "#);
        insta::assert_snapshot!(render(&finding("", 0, 0)), @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:1:1
          |
        1 |
          | ^
          |
          = help: do this
        "#);
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
        insta::assert_snapshot!(shown, @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:1:500011
          |
        1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "key": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1…
          |                                          ^^^^^
          |
          = help: do this
        "#);
        let shown = render(&finding(&text, start, text.len()));
        insta::assert_snapshot!(shown, @r#"
        error[stage/rule]: expected a, but found b
         --> a.yaml:1:500011
          |
        1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "key": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,…
          |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: do this
        "#);
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        let text =
            "\u{feff}a\tb: \x1b[31m\u{9b}1m \u{202e}שלום\u{2066} \u{7}\u{85}\u{2028} 😀 key\n";
        let start = text.find("key").expect("the key");
        let mut finding = finding(text, start, start + 3);
        finding.problem = "found \x1b]0;title\x07\nand \u{202e}more".to_owned();
        insta::assert_snapshot!(render(&finding), @r#"
        error[stage/rule]: found ␛]0;title␇
                           and �more
         --> a.yaml:1:28
          |
        1 | a    b: ␛[31m�1m �שלום� ␇�� 😀 key
          |                                ^^^
          |
          = help: do this
        "#);
    }

    #[test]
    fn a_finding_without_a_place_is_a_message() {
        let finding = Finding::error("stage/rule", "expected a, but found b", "do this");
        insta::assert_snapshot!(render(&finding), @r#"
        error[stage/rule]: expected a, but found b
         |
         = help: do this
        "#);
    }
}
