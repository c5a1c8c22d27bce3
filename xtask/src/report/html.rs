//! The report as a page.

use super::{Report, Upstream, state, supplements};
use crate::page::Page;

/// The whole report.
pub fn whole(report: &Report<'_>) -> String {
    let mut page = Page::new("Regeneration", &report.verdict());
    let errors = super::compiled::errors(&report.compiled, &report.surface);
    page.texts("The crate does not compile", &errors);
    page.facts(&report.lines());
    let patches = report.open_patches();
    // What is left to do is not folded away.
    let advice: Vec<String> = patches
        .iter()
        .map(|patch| format!("{}, {}: {}", patch.id, state(patch.state), patch.advice))
        .collect();
    page.texts("Patches that are not applied", &advice);
    let news: Vec<Vec<String>> = supplements::news(&report.outcome.supplements)
        .into_iter()
        .map(|(supplement, said)| vec![supplement.id.clone(), said])
        .collect();
    page.table(
        "Supplements that upstream has news of",
        &["supplement", "facts"],
        2,
        &news,
    );
    let by_tag = report.by_tag();
    let rows: Vec<Vec<String>> = by_tag
        .iter()
        .map(|(tag, of)| {
            let tag = if tag.is_empty() { "(none)" } else { tag };
            let numbers = of.lists().map(|(_, names)| match names.len() {
                0 => String::new(),
                number => number.to_string(),
            });
            std::iter::once(tag.to_owned()).chain(numbers).collect()
        })
        .collect();
    let columns = [
        "tag",
        "added",
        "removed",
        "changed in meaning",
        "in examples only",
    ];
    page.table("Upstream by tag", &columns, 1, &rows);
    if let Upstream::Changed(changes) = &report.upstream {
        let lists = [
            ("added", &changes.added),
            ("removed", &changes.removed),
            ("changed in meaning", &changes.changed),
            ("changed outside of operations", &changes.elsewhere),
        ];
        let rows: Vec<Vec<String>> = lists
            .iter()
            .flat_map(|(what, names)| {
                names.iter().map(|name| {
                    let tag = report.tags.get(name).cloned().unwrap_or_default();
                    vec![name.clone(), (*what).to_owned(), tag]
                })
            })
            .collect();
        page.table(
            "What upstream changed",
            &["operation", "what happened", "tag"],
            3,
            &rows,
        );
    }
    page.changes(&report.surface);
    let texts = |findings: Vec<&scribe_codegen::finding::Finding>| -> Vec<String> {
        findings.iter().map(ToString::to_string).collect()
    };
    let names = scribe_codegen::naming::sentences(&report.outcome.notes);
    page.texts("Names that are kept", &names);
    page.texts("Errors", &texts(report.errors()));
    page.texts("Losses that are new", &texts(report.new_losses()));
    page.to_html()
}
