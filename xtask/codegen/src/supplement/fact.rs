//! Facts: what a supplement says of one node, whether upstream says it, and what is reported of it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::finding::{Finding, Severity};
use crate::patch::short;
use crate::source::Place;

/// What became of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Upstream says the same by now.
    Confirmed,
    /// Upstream leaves it out, and the supplement fills it in.
    Supplied,
    /// Upstream says otherwise. Upstream's word counts.
    Contradicted,
}

/// What a supplement says of one node.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Where it stands in its supplement, as a JSON pointer.
    pub from: String,
    /// The supplement's number among the files.
    pub file: usize,
    /// The node of the document that it is about, as a JSON pointer.
    pub pointer: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// What became of it.
    pub state: State,
    /// What the two say and where upstream says it, when they contradict each other.
    pub contradiction: Option<Contradiction>,
}

/// Two words for one thing.
#[derive(Debug, Clone)]
pub struct Contradiction {
    /// What the supplement says.
    pub supplement: Value,
    /// What upstream says.
    pub upstream: Value,
    /// Where upstream says it.
    pub place: Option<Place>,
}

/// What became of the facts of one fragment.
#[derive(Debug, Clone)]
pub struct SupplementReport {
    /// What it is about: `GET /path`, `schemas/Name`, or `every operation`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Where its facts come from (`x-source`).
    pub source: String,
    /// Why they are needed (`x-reason`).
    pub reason: String,
    /// Where upstream has the operation that the fragment has elsewhere: `METHOD /path`.
    pub moved: Option<String>,
    /// Its facts.
    pub facts: Vec<Fact>,
}

/// How many facts are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Upstream leaves them out.
    pub supplied: usize,
    /// Upstream says the same.
    pub confirmed: usize,
    /// Upstream says otherwise.
    pub contradicted: usize,
}

impl SupplementReport {
    /// How many of its facts are in which state.
    pub fn counts(&self) -> Counts {
        count(self.facts.iter().map(|fact| fact.state))
    }

    /// Whether upstream says all of it by now.
    pub fn is_retired(&self) -> bool {
        let is_confirmed = |fact: &Fact| fact.state == State::Confirmed;
        !self.facts.is_empty() && self.facts.iter().all(is_confirmed)
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            supplied,
            confirmed,
            contradicted,
        } = self;
        write!(
            f,
            "{supplied} supplied, {confirmed} confirmed, {contradicted} contradicted"
        )
    }
}

/// How many facts of all the fragments are in which state. A fact of a component that several operations use counts once.
pub fn counts(reports: &[SupplementReport]) -> Counts {
    let all = reports.iter().flat_map(|report| &report.facts);
    count(worst(all).into_values().map(|fact| fact.state))
}

fn count(states: impl Iterator<Item = State>) -> Counts {
    let mut counts = Counts::default();
    for state in states {
        *match state {
            State::Supplied => &mut counts.supplied,
            State::Confirmed => &mut counts.confirmed,
            State::Contradicted => &mut counts.contradicted,
        } += 1;
    }
    counts
}

/// Each fact once: one that is needed in one place is needed, and one that is contradicted anywhere is to be looked at.
pub(super) fn worst<'f>(
    facts: impl Iterator<Item = &'f Fact>,
) -> BTreeMap<(usize, &'f str), &'f Fact> {
    let mut worst: BTreeMap<(usize, &str), &Fact> = BTreeMap::new();
    for fact in facts {
        let known = worst.entry((fact.file, &fact.from)).or_insert(fact);
        if fact.state > known.state {
            *known = fact;
        }
    }
    worst
}

/// What a person should look at.
pub(super) fn findings(reports: &[SupplementReport]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = reports.iter().filter_map(of_fragment).collect();
    let all = reports.iter().flat_map(|report| &report.facts);
    findings.extend(worst(all).into_values().filter_map(contradicted));
    findings
}

fn contradicted(fact: &Fact) -> Option<Finding> {
    let contradiction = fact.contradiction.as_ref()?;
    let finding = Finding::error(
        "supplement/contradicted",
        format!(
            "expected {} as the supplement says, but upstream says {}",
            short(&contradiction.supplement),
            short(&contradiction.upstream)
        ),
        "upstream's word counts: delete the fact if upstream is right, or correct upstream with a patch in an overlay",
    )
    .at(fact.pointer.clone(), fact.place.clone());
    Some(match &contradiction.place {
        Some(place) => finding.related(place.clone(), "what upstream says"),
        None => finding,
    })
}

fn of_fragment(report: &SupplementReport) -> Option<Finding> {
    let id = crate::printable::shorten(&report.id);
    let (code, problem, action) = if let Some(to) = &report.moved {
        let to = crate::printable::shorten(to);
        (
            "supplement/moved",
            format!("expected `{id}`, but upstream has the operation of this id at `{to}`"),
            "the facts were merged there: write them below the new path".to_owned(),
        )
    } else if report.facts.is_empty() {
        (
            "supplement/unused",
            format!("nothing refers to `{id}` any more"),
            "delete it: `cargo xtask regen --offline --prune` does".to_owned(),
        )
    } else if report.is_retired() {
        (
            "supplement/retired",
            format!("upstream says all by now that the supplement says of `{id}`"),
            "delete it: `cargo xtask regen --offline --prune` does".to_owned(),
        )
    } else {
        return None;
    };
    let mut finding =
        Finding::error(code, problem, action).at(String::new(), Some(report.place.clone()));
    finding.severity = Severity::Warning;
    Some(finding)
}
