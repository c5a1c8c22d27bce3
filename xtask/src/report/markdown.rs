//! The report as Markdown, for a comment in a pull request: what is too long for one is cut, and said to be.

use std::fmt::Write as _;

use scribe_codegen::diff;
use scribe_codegen::finding::{Finding, printable};

use super::{Report, Upstream, names, state, supplements};
use crate::output::count;

/// The longest report, in bytes: a comment takes 65,536 characters.
pub const LIMIT: usize = 58_000;

/// How many operations a list names.
const NAMES: usize = 12;
/// How many findings are shown.
const FINDINGS: usize = 8;
/// How many patches are shown.
const PATCHES: usize = 30;

/// The whole report.
pub fn whole(report: &Report<'_>) -> String {
    let mut text = format!("# {}\n\n", report.verdict());
    let errors = super::compiled::errors(&report.compiled, &report.surface);
    for error in &errors {
        let _ = writeln!(text, "{}", fenced(&cut(error, 1_500)));
    }
    for line in report.lines() {
        let _ = writeln!(text, "- {line}");
    }
    patches(report, &mut text);
    supplements(report, &mut text);
    let mut tail = String::new();
    upstream(report, &mut tail);
    tail += &names::markdown(&report.outcome.notes);
    for (title, findings) in [
        ("Errors", report.errors()),
        ("Losses that are new", report.new_losses()),
    ] {
        show(title, &findings, &mut tail);
    }
    if !report.surface.is_empty() {
        let left = LIMIT.saturating_sub(text.len() + tail.len());
        let surface = diff::markdown_within(
            &report.surface,
            left,
            "`cargo xtask regen --format json` has all of it, and so has the page that `--report FILE.html` writes; \
             once it is committed, `cargo xtask diff --base REV` does.",
        );
        let _ = write!(text, "\n## Surface\n\n{surface}");
    }
    // What upstream wrote turns no text around and hides none.
    printable(&(text + &tail))
}

fn patches(report: &Report<'_>, text: &mut String) {
    let patches = report.open_patches();
    if patches.is_empty() {
        return;
    }
    *text += "\n## Patches that are not applied\n\n| patch | state | what to do |\n|---|---|---|\n";
    for patch in patches.iter().take(PATCHES) {
        let advice = cut(&patch.advice.replace('\n', " "), 400);
        let advice = plain(&advice);
        let _ = writeln!(
            text,
            "| `{}` | {} | {advice} |",
            patch.id,
            state(patch.state)
        );
    }
    more(
        patches.len(),
        PATCHES,
        "patches",
        "`cargo xtask patches`",
        text,
    );
}

fn supplements(report: &Report<'_>, text: &mut String) {
    let news = supplements::news(&report.outcome.supplements);
    if news.is_empty() {
        return;
    }
    *text += "\n## Supplements that upstream has news of\n\n| supplement | facts |\n|---|---|\n";
    for (supplement, said) in news.iter().take(PATCHES) {
        let _ = writeln!(
            text,
            "| {} | {} |",
            plain(&cut(&supplement.id, 200)),
            plain(said)
        );
    }
    more(
        news.len(),
        PATCHES,
        "supplements",
        "`cargo xtask patches`",
        text,
    );
}

/// `text` in a cell of a table, as code: nothing of it is Markdown or HTML, and nobody is mentioned by it.
fn plain(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', "\\|"))
}

fn upstream(report: &Report<'_>, text: &mut String) {
    let (Upstream::Changed(changes) | Upstream::Noise(changes)) = &report.upstream else {
        return;
    };
    let by_tag = report.by_tag();
    if by_tag.is_empty() && changes.elsewhere.is_empty() {
        return;
    }
    *text += "\n## Upstream\n";
    if !by_tag.is_empty() {
        *text += "\n| tag | added | removed | changed in meaning | in examples only |\n|---|---:|---:|---:|---:|\n";
        for (tag, of) in &by_tag {
            let numbers: Vec<String> = of
                .lists()
                .iter()
                .map(|(_, names)| match names.len() {
                    0 => String::new(),
                    number => number.to_string(),
                })
                .collect();
            let tag = if tag.is_empty() { "(none)" } else { tag };
            let _ = writeln!(
                text,
                "| {} | {} |",
                plain(&cut(tag, 80)),
                numbers.join(" | ")
            );
        }
    }
    // Of examples the number says enough.
    let lists = [
        ("added", &changes.added),
        ("removed", &changes.removed),
        ("changed in meaning", &changes.changed),
        ("changed outside of operations", &changes.elsewhere),
    ];
    *text += "\n";
    for (what, names) in lists {
        for name in names.iter().take(NAMES) {
            let _ = writeln!(
                text,
                "- {what}: `{}`",
                cut(name, 200).replace(['`', '\n'], " ")
            );
        }
        more(
            names.len(),
            NAMES,
            what,
            "`cargo xtask regen --format json`",
            text,
        );
    }
}

fn show(title: &str, findings: &[&Finding], text: &mut String) {
    if findings.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {title}\n");
    for finding in findings.iter().take(FINDINGS) {
        *text += &fenced(&cut(&finding.to_string(), 900));
    }
    more(
        findings.len(),
        FINDINGS,
        "of these",
        "`cargo xtask check`",
        text,
    );
}

/// The text in a fence that is longer than any in it.
fn fenced(text: &str) -> String {
    let run = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(run.max(2) + 1);
    format!("\n{fence}text\n{text}\n{fence}\n")
}

fn more(all: usize, shown: usize, what: &str, whole: &str, text: &mut String) {
    if all > shown {
        let _ = write!(
            text,
            "\n{} {what} left out: {whole} has all.\n",
            count(all - shown, "more,", "more,")
        );
    }
}

/// The first `length` bytes of `text`, or a little less.
fn cut(text: &str, length: usize) -> String {
    if text.len() <= length {
        return text.to_owned();
    }
    let mut end = length;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{} …", &text[..end])
}
