//! What is to be said about names that were kept.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::printable;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// An operation: its method and its builder.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// A type.
    Type,
}

/// A name that the ledger keeps, and that the document by itself would give in another way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// What the name is of.
    pub what: What,
    /// Where that is.
    pub place: String,
    /// The name.
    pub name: String,
    /// What the document calls it: an operationId, a title, the name of a parameter.
    pub upstream: String,
    /// What it would be called without the ledger; the name itself when it only moved.
    pub otherwise: String,
    /// Whether the document calls it otherwise since the ledger was last written.
    pub new: bool,
    /// Where it was before, when it moved.
    pub moved_from: Option<String>,
}

impl Note {
    /// The note in a sentence, and how many places it is true of.
    fn sentence(&self, places: usize) -> String {
        let quoted = |text: &str| format!("`{}`", printable::first(text, 100).replace('`', "'"));
        let (name, place) = (quoted(&self.name), quoted(&self.place));
        let now = if self.new { " now" } else { "" };
        let kept = format!(
            "{name} is kept; upstream calls it {}{now}",
            quoted(&self.upstream)
        );
        match &self.moved_from {
            Some(from) if self.name == self.otherwise => {
                format!(
                    "{name} moved with its operation from {} to {place}",
                    quoted(from)
                )
            }
            Some(from) => format!("{kept} (moved from {} to {place})", quoted(from)),
            None if places > 1 => format!("{kept} ({places} places, the first is {place})"),
            None => format!("{kept} ({place})"),
        }
    }
}

/// The notes in sentences: those that are news first, and what is said of many places once.
pub fn sentences(notes: &[Note]) -> Vec<String> {
    let mut groups: BTreeMap<_, Vec<&Note>> = BTreeMap::new();
    for note in notes {
        let Note {
            what,
            name,
            upstream,
            moved_from,
            ..
        } = note;
        let place = moved_from.as_ref().map(|_| &note.place);
        let key = (!note.new && place.is_none(), what, name, upstream, place);
        groups.entry(key).or_default().push(note);
    }
    let groups = groups.values();
    groups
        .map(|notes| {
            let first = notes.iter().min().expect("a group has a note");
            first.sentence(notes.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_many_places_is_said_once_and_news_comes_first() {
        let note =
            |what, place: &str, name: &str, upstream: &str, new, moved_from: Option<&str>| Note {
                what,
                place: place.to_owned(),
                name: name.to_owned(),
                upstream: upstream.to_owned(),
                otherwise: upstream.to_owned(),
                new,
                moved_from: moved_from.map(str::to_owned),
            };
        let notes = [
            note(
                What::Parameter,
                "GET /b/{}",
                "account",
                "account_id",
                false,
                None,
            ),
            note(
                What::Parameter,
                "GET /a/{}",
                "account",
                "account_id",
                false,
                None,
            ),
            note(
                What::Operation,
                "GET /c",
                "download_media",
                "downloadFromTheCdn",
                true,
                None,
            ),
            note(
                What::Operation,
                "GET /d",
                "list",
                "list",
                false,
                Some("GET /old"),
            ),
            note(
                What::Type,
                "GET /e response",
                "Fan",
                "User `of`\na list",
                false,
                None,
            ),
        ];
        insta::assert_snapshot!(sentences(&notes).join("\n"));
    }
}
