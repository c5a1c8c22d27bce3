//! Findings as text with the lines that they are about.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::finding::{Finding, Severity};
use crate::source::Place;

/// The finding as a compiler would print it, without colours and without a final newline.
pub fn render(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Repaired => Level::NOTE.with_name("repaired"),
    };
    let mut group = level
        .primary_title(&finding.problem)
        .id(finding.code)
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    if let Some(place) = &finding.place {
        group = group.element(snippet(place, finding.related.as_ref()));
        if let Some((other, label)) = &finding.related
            && other.source != place.source
        {
            group = group.element(
                Snippet::source(other.source.text.as_str())
                    .path(other.source.name.as_str())
                    .annotation(
                        AnnotationKind::Context
                            .span(span(other))
                            .label(label.as_str()),
                    ),
            );
        }
    }
    group = group.element(Level::HELP.message(&finding.action));
    Renderer::plain().render(&[group])
}

fn snippet<'a>(
    place: &'a Place,
    related: Option<&'a (Place, String)>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let snippet = Snippet::source(place.source.text.as_str())
        .path(place.source.name.as_str())
        .annotation(AnnotationKind::Primary.span(span(place)));
    match related {
        Some((other, label)) if other.source == place.source => snippet.annotation(
            AnnotationKind::Context
                .span(span(other))
                .label(label.as_str()),
        ),
        _ => snippet,
    }
}

/// The place within its first line: an excerpt shows where a node starts, not all of it.
fn span(place: &Place) -> std::ops::Range<usize> {
    let text = &place.source.text[place.start..place.end];
    let first_line = text.find('\n').unwrap_or(text.len());
    place.start..place.start + first_line
}
