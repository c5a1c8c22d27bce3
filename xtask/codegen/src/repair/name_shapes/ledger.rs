//! The ledger of names: which name the shape at each place had when the client was last made.
//!
//! The rule names a shape of several operations after what they have in common, and that changes when one of them goes.
//! A name that users have written down must not, so `regen` keeps the names in `spec/names.toml`, and a shape keeps its
//! name as long as one of its places is still there. A name that nobody likes is mended in that file.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::choose::{Candidate, Occurrence};
use crate::finding::{Failure, Finding};
use crate::names;
use crate::source::{Place, Source};

/// The first lines of the file.
const PREAMBLE: &str = "\
# made by `cargo xtask regen`: the name of each shape, and where the shape stands. A shape keeps its name while one of
# its places is there. To rename a type, change the name here and run `cargo xtask regen --offline`; but the title that
# a schema has goes first.
";

/// The places of each name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    places: BTreeMap<String, BTreeSet<String>>,
}

impl Ledger {
    /// The ledger in the text of a `names.toml`: lines of `Name = ["place", …]`.
    ///
    /// # Errors
    ///
    /// With every line that is none, or whose name is no type's or that of another line.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Failure> {
        let mut ledger = Self::default();
        let mut findings = Vec::new();
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            let place = Place {
                source: source.clone(),
                start,
                end: start + line.trim_end().len(),
            };
            start += line.len();
            let text = line.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if let Err(problem) = ledger.add(text) {
                findings.push(
                    Finding::error(
                        "names/line",
                        problem,
                        "correct the line, or remove it so that the shape is named anew",
                    )
                    .at("", Some(place)),
                );
            }
        }
        if findings.is_empty() {
            Ok(ledger)
        } else {
            Err(findings.into())
        }
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        // An array of strings on one line is the same in TOML and in JSON.
        let entry = line.split_once('=').and_then(|(name, places)| {
            let places: BTreeSet<String> = serde_json::from_str(places.trim()).ok()?;
            Some((name.trim(), places))
        });
        let Some((name, places)) = entry else {
            return Err("expected `Name = [\"place\", …]`, but found something else".into());
        };
        let wanted = names::type_name(name);
        if wanted != name {
            return Err(format!(
                "expected the name of a type such as `{wanted}`, but found `{}`",
                crate::printable::shorten(name)
            ));
        }
        match self.places.insert(name.to_owned(), places) {
            None => Ok(()),
            Some(_) => Err(format!("expected each name once, but found `{name}` again")),
        }
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = PREAMBLE.to_owned();
        for (name, places) in &self.places {
            let places: Vec<String> = places
                .iter()
                .map(|place| serde_json::Value::from(place.as_str()).to_string())
                .collect();
            text += &format!("{name} = [{}]\n", places.join(", "));
        }
        text
    }

    /// The ledger of the names that were `chosen`. A place in which several shapes stand, as the members of a union do,
    /// says nothing.
    pub(super) fn of(
        candidates: &BTreeMap<String, Candidate>,
        chosen: &BTreeMap<String, String>,
    ) -> Self {
        let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
        for candidate in candidates.values() {
            for occurrence in &candidate.occurrences {
                *shapes.entry(written(occurrence)).or_default() += 1;
            }
        }
        let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (key, name) in chosen {
            let occurrences = candidates.get(key).into_iter();
            let own = occurrences
                .flat_map(|candidate| candidate.occurrences.iter().map(written))
                .filter(|place| shapes[place] == 1)
                .collect::<BTreeSet<_>>();
            if !own.is_empty() {
                places.insert(name.clone(), own);
            }
        }
        Self { places }
    }

    /// The name that each of the `candidates` had. Of several shapes that stand where there was one, the one with the
    /// most of its places keeps the name.
    pub(super) fn kept(&self, candidates: &BTreeMap<String, Candidate>) -> BTreeMap<String, &str> {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, places) in &self.places {
            names.extend(places.iter().map(|place| (place.as_str(), name.as_str())));
        }
        let mut claims = Vec::new();
        for (key, candidate) in candidates {
            let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
            for occurrence in &candidate.occurrences {
                if let Some(name) = names.get(written(occurrence).as_str()) {
                    *votes.entry(name).or_default() += 1;
                }
            }
            let claim = |(name, votes)| (Reverse(votes), name, candidate.occurrences.first(), key);
            claims.extend(votes.into_iter().map(claim));
        }
        claims.sort();
        let mut kept = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (_, name, _, key) in claims {
            if !kept.contains_key(key) && taken.insert(name) {
                kept.insert(key.clone(), name);
            }
        }
        kept
    }
}

/// A place as it stands in the file: `operation.Response.field.field`.
fn written(occurrence: &Occurrence) -> String {
    let role = Some(occurrence.role).filter(|role| !role.is_empty());
    [occurrence.owner.as_str()]
        .into_iter()
        .chain(role)
        .chain(occurrence.fields.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(owners: &[&str]) -> Candidate {
        let occurrence = |owner: &&str| Occurrence {
            owner: (*owner).to_owned(),
            role: "Response",
            fields: vec!["user".to_owned()],
        };
        Candidate {
            title: None,
            occurrences: owners.iter().map(occurrence).collect(),
        }
    }

    fn candidates(all: &[(&str, &[&str])]) -> BTreeMap<String, Candidate> {
        let all = all.iter();
        all.map(|(key, owners)| ((*key).to_owned(), candidate(owners)))
            .collect()
    }

    fn ledger(text: &str) -> Result<Ledger, Failure> {
        Ledger::parse(&Source::new("names.toml", text))
    }

    #[test]
    fn a_ledger_is_read_as_it_was_written() {
        let chosen = BTreeMap::from([("x".to_owned(), "User".to_owned())]);
        let made = Ledger::of(&candidates(&[("x", &["list", "show \"all\""])]), &chosen);
        let text = made.to_text();
        assert!(
            text.ends_with(
                "\nUser = [\"list.Response.user\", \"show \\\"all\\\".Response.user\"]\n"
            ),
            "{text}"
        );
        assert_eq!(ledger(&text).unwrap(), made);
        assert_eq!(ledger(&text.replace('\n', "\r\n")).unwrap(), made);
    }

    #[test]
    fn a_place_of_two_shapes_is_left_out() {
        let chosen = ["x", "y", "z"].map(|key| (key.to_owned(), key.to_uppercase()));
        let all = candidates(&[("x", &["a"]), ("y", &["a"]), ("z", &["a", "b"])]);
        let text = Ledger::of(&all, &BTreeMap::from(chosen)).to_text();
        assert!(text.ends_with("\nZ = [\"b.Response.user\"]\n"), "{text}");
    }

    #[test]
    fn what_is_no_name_is_refused_with_its_line() {
        let failure = ledger("# names\nUser = []\nuser = []\nUser = [\"a\"]\nA: b\n").unwrap_err();
        insta::assert_snapshot!(failure.to_string(), @r#"
        error[names/line]: expected the name of a type such as `User`, but found `user`
         --> names.toml:3:1
          |
        3 | user = []
          | ^^^^^^^^^
          |
          = help: correct the line, or remove it so that the shape is named anew
        error[names/line]: expected each name once, but found `User` again
         --> names.toml:4:1
          |
        4 | User = ["a"]
          | ^^^^^^^^^^^^
          |
          = help: correct the line, or remove it so that the shape is named anew
        error[names/line]: expected `Name = ["place", …]`, but found something else
         --> names.toml:5:1
          |
        5 | A: b
          | ^^^^
          |
          = help: correct the line, or remove it so that the shape is named anew
        "#);
    }

    #[test]
    fn a_shape_keeps_its_name_while_a_place_is_left() {
        let ledger = ledger("User = [\"a.Response.user\", \"b.Response.user\"]\n").unwrap();
        let kept = |all: &[(&str, &[&str])]| {
            let kept = ledger.kept(&candidates(all)).into_iter();
            kept.map(|(key, name)| format!("{key}: {name}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(kept(&[("x", &["b"]), ("y", &["c"])]), ["x: User"]);
        assert_eq!(kept(&[("x", &["b"]), ("y", &["a"])]), ["y: User"]);
        assert_eq!(kept(&[("x", &["c", "d"])]), [""; 0]);
    }
}
