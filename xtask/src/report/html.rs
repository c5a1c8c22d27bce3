//! The report as a page.

use super::{Report, Upstream, state};
use crate::page::Page;

/// The whole report.
pub fn whole(report: &Report<'_>) -> String {
    let mut page = Page::new("Regeneration", &report.verdict());
    page.facts(&report.lines());
    let patches = report.open_patches();
    let rows: Vec<Vec<String>> = patches
        .iter()
        .map(|patch| {
            let state = state(patch.state).to_owned();
            vec![patch.id.clone(), state, patch.advice.clone()]
        })
        .collect();
    let columns = ["patch", "state", "what to do"];
    page.table(
        "Patches that are not applied",
        &columns,
        columns.len(),
        &rows,
    );
    let by_tag = report.by_tag();
    let rows: Vec<Vec<String>> = by_tag
        .iter()
        .map(|(tag, of)| {
            let tag = if tag.is_empty() { "(none)" } else { tag };
            let numbers = of.lists().map(|(_, names)| names.len().to_string());
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
    page.table("Upstream", &columns, 1, &rows);
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
            "Operations",
            &["operation", "what happened", "tag"],
            3,
            &rows,
        );
    }
    page.changes(&report.surface);
    let texts = |findings: Vec<&scribe_codegen::finding::Finding>| -> Vec<String> {
        findings.iter().map(ToString::to_string).collect()
    };
    page.texts("Errors", &texts(report.errors()));
    page.texts("Losses that are new", &texts(report.new_losses()));
    page.to_html()
}
