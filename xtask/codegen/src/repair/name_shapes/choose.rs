//! Which name each shape gets.
//!
//! A name must not change when unrelated operations come and go. So a shape of one operation is named after that
//! operation alone, and a shape of several operations after its field, as long as no other such shape wants the name.
//! What the ledger knows keeps the name that it had.

use std::collections::{BTreeMap, BTreeSet};

use super::occurrence::Occurrence;
use crate::names;

/// Fields that say that something is in them, and not what.
const WRAPPERS: &[&str] = &[
    "attribute",
    "attributes",
    "content",
    "contents",
    "data",
    "datum",
    "detail",
    "details",
    "entry",
    "item",
    "items",
    "list",
    "lists",
    "member",
    "object",
    "payload",
    "record",
    "result",
    "results",
    "row",
    "rows",
    "value",
];

/// The longest name; longer ones are cut at a word.
const LONGEST: usize = 60;

/// A shape that wants a name.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    /// The schema's `title`, when somebody gave it one.
    pub(super) title: Option<String>,
    pub(super) occurrences: BTreeSet<Occurrence>,
}

impl Candidate {
    fn owners(&self) -> BTreeSet<&str> {
        self.occurrences
            .iter()
            .map(|occurrence| occurrence.owner.as_str())
            .collect()
    }

    /// The name of the field that it stands in most often, if that says what it is.
    fn field(&self) -> Option<String> {
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for occurrence in &self.occurrences {
            let field = occurrence.fields.last().map_or("", String::as_str);
            *votes.entry(field).or_default() += 1;
        }
        let most = votes.values().max()?;
        let (field, _) = votes.iter().find(|(_, count)| *count == most)?;
        let names = names::snake(field);
        let wrapper = names.split('_').all(|word| WRAPPERS.contains(&word));
        (!wrapper && !field.is_empty()).then(|| names::type_name(field))
    }

    /// Names after its first owner, the shortest first.
    fn after_owner(&self) -> Vec<String> {
        let Some(first) = self.occurrences.first() else {
            return Vec::new();
        };
        if first.fields.is_empty() {
            return vec![names::type_name(&format!("{} {}", first.owner, first.role))];
        }
        (0..first.fields.len())
            .rev()
            .map(|start| {
                let fields = first.fields[start..].join(" ");
                names::type_name(&format!("{} {fields}", first.owner))
            })
            .collect()
    }
}

/// The name of each of the `candidates`, none of them one of the `taken`.
pub(super) fn choose(
    candidates: &BTreeMap<String, Candidate>,
    taken: &BTreeSet<String>,
    kept: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut taken = taken.clone();
    let mut chosen = BTreeMap::new();
    let mut order: Vec<(&String, &Candidate)> = candidates.iter().collect();
    // Names that are known already first, then titles, then what most operations share; what is left is told apart by
    // where it stands.
    order.sort_by_key(|(key, candidate)| {
        (
            !kept.contains_key(*key),
            candidate.title.is_none(),
            std::cmp::Reverse(candidate.owners().len()),
            candidate.occurrences.first().cloned(),
        )
    });
    for (key, candidate) in order {
        let shared = candidate.owners().len() > 1;
        let mut wanted: Vec<String> = kept.get(key).cloned().into_iter().collect();
        wanted.extend(candidate.title.as_deref().map(names::type_name));
        wanted.extend(candidate.field().filter(|_| shared));
        wanted.extend(candidate.after_owner());
        let name = wanted
            .iter()
            .map(|name| shorten(name))
            .find(|name| !taken.contains(name))
            .unwrap_or_else(|| numbered(wanted.last().map_or("Value", String::as_str), &taken));
        taken.insert(name.clone());
        chosen.insert(key.clone(), name);
    }
    chosen
}

fn numbered(name: &str, taken: &BTreeSet<String>) -> String {
    let mut stem = shorten(name);
    // The number must fit in as well.
    stem.truncate(LONGEST - 4);
    let mut numbered = (2..).map(|number| names::type_name(&format!("{stem}{number}")));
    numbered
        .find(|name| !taken.contains(name))
        .expect("there are more numbers than names")
}

/// A name of at most [`LONGEST`] characters: words are left out of the middle, since the first says whose it is and the
/// last what it is.
fn shorten(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in name.chars() {
        match words.last_mut() {
            Some(word) if !c.is_ascii_uppercase() => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    while words.iter().map(String::len).sum::<usize>() > LONGEST && words.len() > 2 {
        words.remove(words.len() / 2);
    }
    let mut short = words.concat();
    short.truncate(LONGEST);
    // Two capitals may stand side by side now.
    names::type_name(&short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(places: &[(&str, &[&str])]) -> Candidate {
        let occurrence = |(owner, fields): &(&str, &[&str])| Occurrence {
            owner: (*owner).to_owned(),
            role: "Response",
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            place: format!("GET /{owner} response.{}", fields.join(".")),
        };
        Candidate {
            title: None,
            occurrences: places.iter().map(occurrence).collect(),
        }
    }

    fn chosen(candidates: Vec<(&str, Candidate)>) -> Vec<(String, String)> {
        let candidates = candidates
            .into_iter()
            .map(|(key, candidate)| (key.to_owned(), candidate))
            .collect();
        choose(&candidates, &BTreeSet::new(), &BTreeMap::new())
            .into_iter()
            .collect()
    }

    fn names(candidates: Vec<(&str, Candidate)>) -> Vec<String> {
        chosen(candidates)
            .into_iter()
            .map(|(_, name)| name)
            .collect()
    }

    #[test]
    fn a_shape_of_one_operation_is_named_after_it() {
        let lone = || candidate(&[("list_chats", &["data", "user"])]);
        assert_eq!(names(vec![("a", lone())]), ["ListChatsUser"]);
        // Whatever else there is.
        let other = candidate(&[("get_fan", &["data", "user"])]);
        assert_eq!(
            names(vec![("a", lone()), ("b", other)]),
            ["ListChatsUser", "GetFanUser"]
        );
    }

    #[test]
    fn a_shared_shape_is_named_after_its_field() {
        let shared = candidate(&[("list_chats", &["_meta"]), ("get_fan", &["_meta"])]);
        assert_eq!(names(vec![("a", shared)]), ["Meta"]);
        let wrapper = candidate(&[("list_chats", &["data"]), ("get_fan", &["data"])]);
        assert_eq!(names(vec![("a", wrapper)]), ["GetFanData"]);
        let element = candidate(&[("list_chats", &["data item"]), ("get_fan", &["data item"])]);
        assert_eq!(names(vec![("a", element)]), ["GetFanDataItem"]);
    }

    #[test]
    fn of_two_shared_shapes_the_one_of_more_operations_has_the_short_name() {
        let two = candidate(&[("a", &["user"]), ("b", &["user"])]);
        let three = candidate(&[("c", &["user"]), ("d", &["user"]), ("e", &["user"])]);
        assert_eq!(names(vec![("x", two), ("y", three)]), ["AUser", "User"]);
    }

    #[test]
    fn a_known_name_stays_whoever_wants_it() {
        let known = candidate(&[("a", &["user"])]);
        let shared = candidate(&[("b", &["user"]), ("c", &["user"])]);
        let candidates = BTreeMap::from([("x".to_owned(), known), ("y".to_owned(), shared)]);
        let before = BTreeMap::from([("x".to_owned(), "User".to_owned())]);
        let chosen = choose(&candidates, &BTreeSet::new(), &before);
        assert_eq!(chosen["x"], "User");
        assert_eq!(chosen["y"], "BUser");
        let components = BTreeSet::from(["User".to_owned()]);
        let chosen = choose(&candidates, &components, &before);
        assert_eq!(chosen["x"], "AUser");
    }

    #[test]
    fn two_fields_of_one_name_are_told_apart_by_their_owners() {
        let outer = candidate(&[("show", &["user"])]);
        let inner = candidate(&[("show", &["chat", "user"])]);
        assert_eq!(
            names(vec![("x", inner), ("y", outer)]),
            ["ShowUser", "ShowUser2"]
        );
    }

    #[test]
    fn long_names_are_told_apart_within_their_length() {
        let field = format!("{} b middle c", "alpha beta gamma ".repeat(4));
        let same = || candidate(&[("show", &["x", &field])]);
        let all = vec![("x", same()), ("y", same()), ("z", same()), ("w", same())];
        let found = names(all);
        let distinct: BTreeSet<&String> = found.iter().collect();
        assert_eq!(distinct.len(), 4, "{found:?}");
        for name in &found {
            assert!(name.len() <= LONGEST, "{name}");
            // Else it could not be read back from the ledger.
            assert_eq!(crate::names::type_name(name), *name);
        }
    }

    #[test]
    fn a_long_name_is_cut_at_words() {
        let name = shorten(&"AlphaBetaGamma".repeat(8));
        assert!(
            name.len() <= LONGEST && name.starts_with("AlphaBeta") && name.ends_with("BetaGamma"),
            "{name}"
        );
    }
}
