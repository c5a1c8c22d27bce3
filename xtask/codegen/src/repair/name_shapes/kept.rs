//! Which name each shape had, and the ledger of the names that they have now.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::choose::Candidate;
use crate::naming::Ledger;

/// The name that each of the `candidates` had. Of several shapes that stand where there was one, the one with the most
/// of its places keeps the name.
pub(super) fn names(
    ledger: &Ledger,
    candidates: &BTreeMap<String, Candidate>,
) -> BTreeMap<String, String> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, places) in &ledger.types {
        names.extend(places.iter().map(|place| (place.as_str(), name.as_str())));
    }
    let mut claims = Vec::new();
    for (key, candidate) in candidates {
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for occurrence in &candidate.occurrences {
            let by_owner = || names.get(occurrence.by_owner().as_str());
            if let Some(name) = names.get(occurrence.place.as_str()).or_else(by_owner) {
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
            kept.insert(key.clone(), name.to_owned());
        }
    }
    kept
}

/// Writes the names that were `chosen` into the ledger. A place in which several shapes stand, as the members of a union
/// do, says nothing. Places in operations that are gone stay, unless the name is that of something else now.
pub(super) fn write(
    ledger: &mut Ledger,
    candidates: &BTreeMap<String, Candidate>,
    kept: &BTreeMap<String, String>,
    chosen: &BTreeMap<String, String>,
) {
    let mut shapes: BTreeMap<&str, usize> = BTreeMap::new();
    for candidate in candidates.values() {
        for occurrence in &candidate.occurrences {
            *shapes.entry(&occurrence.place).or_default() += 1;
        }
    }
    let mut types: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut others = BTreeSet::new();
    for (key, name) in chosen {
        let occurrences = candidates.get(key).into_iter();
        let own = occurrences
            .flat_map(|candidate| &candidate.occurrences)
            .filter(|occurrence| shapes[occurrence.place.as_str()] == 1)
            .map(|occurrence| occurrence.place.clone())
            .collect::<BTreeSet<_>>();
        if !own.is_empty() {
            types.insert(name.clone(), own);
        }
        if kept.get(key) != Some(name) {
            others.insert(name);
        }
    }
    for (name, places) in std::mem::take(&mut ledger.types) {
        let gone: Vec<String> = places
            .into_iter()
            .filter(|place| ledger.is_gone(place))
            .collect();
        if !gone.is_empty() && !others.contains(&name) {
            types.entry(name).or_default().extend(gone);
        }
    }
    ledger.types = types;
}

#[cfg(test)]
mod tests {
    use super::super::occurrence::Occurrence;
    use super::*;
    use crate::naming::OperationNames;

    fn candidate(owners: &[&str]) -> Candidate {
        let occurrence = |owner: &&str| Occurrence {
            owner: format!("{owner}_by_name"),
            role: "Response",
            fields: vec!["user".to_owned()],
            place: format!("GET /{owner} response.user"),
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

    fn ledger(types: &[(&str, &[&str])]) -> Ledger {
        let types = types.iter().map(|(name, places)| {
            let places = places.iter().map(|place| (*place).to_owned());
            ((*name).to_owned(), places.collect())
        });
        Ledger {
            types: types.collect(),
            ..Ledger::default()
        }
    }

    fn written(ledger: &Ledger) -> Vec<String> {
        let types = ledger.types.iter();
        types
            .map(|(name, places)| {
                let places: Vec<&str> = places.iter().map(String::as_str).collect();
                format!("{name}: {}", places.join(", "))
            })
            .collect()
    }

    #[test]
    fn a_place_of_two_shapes_is_left_out() {
        let chosen = ["x", "y", "z"].map(|key| (key.to_owned(), key.to_uppercase()));
        let all = candidates(&[("x", &["a"]), ("y", &["a"]), ("z", &["a", "b"])]);
        let mut ledger = Ledger::default();
        write(&mut ledger, &all, &BTreeMap::new(), &chosen.into());
        assert_eq!(written(&ledger), ["Z: GET /b response.user"]);
    }

    #[test]
    fn a_shape_keeps_its_name_while_a_place_is_left() {
        let ledger = ledger(&[("User", &["GET /a response.user", "b_by_name.Response.user"])]);
        let kept = |all: &[(&str, &[&str])]| {
            let kept = names(&ledger, &candidates(all)).into_iter();
            kept.map(|(key, name)| format!("{key}: {name}"))
                .collect::<Vec<_>>()
        };
        // As ledgers had it before there were places, too.
        assert_eq!(kept(&[("x", &["b"]), ("y", &["c"])]), ["x: User"]);
        assert_eq!(kept(&[("x", &["b"]), ("y", &["a"])]), ["y: User"]);
        assert_eq!(kept(&[("x", &["b", "c"]), ("y", &["a", "b"])]), ["y: User"]);
        assert_eq!(kept(&[("x", &["c", "d"])]), [""; 0]);
    }

    #[test]
    fn what_is_gone_keeps_its_name_until_something_else_has_it() {
        let old = ["GET /a response.user", "GET /b response.user"];
        let mut ledger = ledger(&[("User", &old)]);
        let gone = |gone| OperationNames {
            gone,
            ..OperationNames::default()
        };
        ledger.operations = BTreeMap::from([
            ("GET /a".to_owned(), gone(false)),
            ("GET /b".to_owned(), gone(true)),
        ]);
        let all = candidates(&[("x", &["a"])]);
        let chosen = BTreeMap::from([("x".to_owned(), "User".to_owned())]);
        let made = |kept: &BTreeMap<String, String>, chosen: &BTreeMap<String, String>| {
            let mut ledger = ledger.clone();
            write(&mut ledger, &all, kept, chosen);
            written(&ledger)
        };
        assert_eq!(
            made(&chosen, &chosen),
            ["User: GET /a response.user, GET /b response.user"]
        );
        assert_eq!(
            made(&BTreeMap::new(), &chosen),
            ["User: GET /a response.user"]
        );
        let other = BTreeMap::from([("x".to_owned(), "Other".to_owned())]);
        assert_eq!(
            made(&BTreeMap::new(), &other),
            ["Other: GET /a response.user", "User: GET /b response.user"]
        );
    }
}
