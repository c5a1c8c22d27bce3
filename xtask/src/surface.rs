//! The surface's changes as text and Markdown.

use scribe_codegen::diff::{Change, Level};

use crate::output::count;

/// What the changes ask of the version number together, none when there are none.
pub fn level(changes: &[Change]) -> Option<Level> {
    changes.iter().map(|change| change.level).max()
}

/// The level's name.
pub fn name(level: Level) -> &'static str {
    match level {
        Level::Patch => "patch",
        Level::Minor => "minor",
        Level::Major => "major",
    }
}

/// One sentence on all of them.
pub fn summary(changes: &[Change]) -> String {
    match level(changes) {
        None => "unchanged".to_owned(),
        Some(level) => format!(
            "{}, at most {}",
            count(changes.len(), "change", "changes"),
            name(level)
        ),
    }
}

/// The changes for people, gravest first, each with its lines before and after.
pub fn text(changes: &[Change]) -> String {
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|change| std::cmp::Reverse(change.level));
    let mut text = String::new();
    for change in sorted {
        text += &format!("{}: {}: {}\n", name(change.level), change.kind, change.item);
        for (sign, line) in [("-", &change.before), ("+", &change.after)] {
            if let Some(line) = line {
                text += &format!("  {sign} {line}\n");
            }
        }
    }
    text
}

/// The changes for a pull request.
pub fn markdown(changes: &[Change]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    format!("```diff\n{}```\n", text(changes).replace("\n  ", "\n"))
}
