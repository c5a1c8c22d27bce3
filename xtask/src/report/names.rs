//! Names that were kept though upstream calls it otherwise.

use std::fmt::Write as _;

use scribe_codegen::naming::{Note, sentences};

use crate::output::count;

/// How many of them a comment shows.
const SHOWN: usize = 20;

/// How many there are; nothing when there are none.
pub fn line(notes: &[Note]) -> Option<String> {
    let moved = notes
        .iter()
        .filter(|note| note.moved_from.is_some())
        .count();
    let parts = [
        (
            notes.len() - moved,
            "kept that upstream gives otherwise",
            ["name", "names"],
        ),
        (
            moved,
            "moved with the name that it had",
            ["operation", "operations"],
        ),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, what, [one, many])| format!("{} {what}", count(number, one, many)))
        .collect();
    (!said.is_empty()).then(|| format!("names: {}", said.join(", ")))
}

/// All of them, a line each, for a terminal.
pub fn text(notes: &[Note]) -> String {
    sentences(notes)
        .iter()
        .map(|sentence| format!("  name: {sentence}\n"))
        .collect()
}

/// The part of a comment.
pub fn markdown(notes: &[Note]) -> String {
    let sentences = sentences(notes);
    let mut text = String::new();
    if sentences.is_empty() {
        return text;
    }
    text += "\n## Names that are kept\n\nTo take another name, change it in `spec/names.toml`.\n\n";
    for sentence in sentences.iter().take(SHOWN) {
        let _ = writeln!(text, "- {sentence}");
    }
    if sentences.len() > SHOWN {
        let more = count(sentences.len() - SHOWN, "more", "more");
        let _ = writeln!(text, "- {more}: `cargo xtask regen --format json` has all");
    }
    text
}
