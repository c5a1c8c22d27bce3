//! The report of a regeneration: what changed upstream, what became of the patches, what it does to the surface.

use std::collections::{BTreeMap, BTreeSet};

use scribe_codegen::diff::{self, Change};
use scribe_codegen::finding::{Finding, Severity, printable};
use scribe_codegen::patch::{PatchReport, State};
use scribe_codegen::pipeline::Outcome;
use scribe_codegen::upstream::{ContractChange, UpstreamChanges};
use serde_json::{Value, json};

use crate::compile::Compiled;
use crate::output::{self, Answer, count};
use crate::pipeline::open_work;
use crate::surface;

mod compiled;
mod html;
mod markdown;
mod names;
pub mod release;
pub mod supplements;
mod tags;

use tags::Tag;

/// What became of the upstream document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upstream {
    /// The vendored document was used as it is.
    Vendored,
    /// The same bytes were fetched again.
    Unchanged,
    /// What was fetched means the same; the vendored document stays.
    Noise(UpstreamChanges),
    /// There is a new document.
    Changed(UpstreamChanges),
    /// There was none before.
    First,
}

/// The report.
#[derive(Debug)]
pub struct Report<'a> {
    /// Where the document came from.
    pub from: String,
    /// What became of it.
    pub upstream: Upstream,
    /// How many operations it has.
    pub operations: usize,
    /// How many bytes it has.
    pub bytes: usize,
    /// What the pipeline made.
    pub outcome: &'a Outcome,
    /// The first tag of each operation, those that are gone included.
    pub tags: BTreeMap<String, String>,
    /// How the surface differs from the committed one.
    pub surface: Vec<Change>,
    /// The pointers of the examples that did not come back unchanged before; none when that is not known.
    pub losses_before: Option<BTreeSet<String>>,
    /// Whether the crate compiles with the client.
    pub compiled: Compiled,
    /// What changed of the servers and the security, the worst first.
    pub contract: Vec<ContractChange>,
    /// What the changes ask of the version.
    pub version: String,
    /// The fingerprints that are accepted and are of no change.
    pub unknown: Vec<String>,
    /// The patches that were deleted.
    pub pruned: Vec<String>,
    /// The files that were written.
    pub written: Vec<String>,
    /// The files that were removed.
    pub removed: Vec<String>,
}

/// A state's name.
pub fn state(state: State) -> &'static str {
    match state {
        State::Applied => "applied",
        State::Retired => "retired",
        State::Drifted => "drifted",
        State::Missing => "missing",
    }
}

impl Report<'_> {
    /// Whether `check` passes on what was written.
    pub fn ok(&self) -> bool {
        let (errors, patches, losses) = open_work(self.outcome);
        let compiles = !matches!(self.compiled, Compiled::No(_));
        compiles && errors.is_empty() && patches.is_empty() && losses.is_empty()
    }

    /// The answer for people.
    pub fn to_text(&self) -> Answer {
        let mut text = String::new();
        for error in compiled::errors(&self.compiled, &self.surface) {
            text += &format!("{error}\n\n");
        }
        for line in self.lines() {
            text += &format!("{line}\n");
        }
        for (tag, of) in self.by_tag() {
            let said: Vec<String> = of
                .lists()
                .iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(what, names)| format!("{} {what}", names.len()))
                .collect();
            let tag = if tag.is_empty() { "(no tag)" } else { tag };
            text += &format!("  {tag}: {}\n", said.join(", "));
        }
        for (supplement, said) in supplements::news(&self.outcome.supplements) {
            text += &format!("  supplement {}: {said}\n", supplement.id);
        }
        text += &names::text(&self.outcome.notes);
        let details = surface::details(&self.surface);
        if !details.is_empty() {
            text += &format!("\n{details}\n");
        }
        if !self.pruned.is_empty() {
            text += &format!("pruned {}\n", self.pruned.join(", "));
        }
        for path in &self.written {
            text += &format!("wrote {path}\n");
        }
        for path in &self.removed {
            text += &format!("removed {path}\n");
        }
        // Upstream's words among it are shown as they stand there.
        let text = output::verdict(self.ok(), &self.verdict()) + &printable(&text);
        let (errors, patches, losses) = open_work(self.outcome);
        let mut notes = output::findings(errors);
        notes += &output::findings(
            self.outcome
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Warning),
        );
        notes += &output::findings(losses);
        for patch in patches {
            notes += &advice(patch);
        }
        Answer {
            leads: true,
            ok: self.ok(),
            text,
            notes,
        }
    }

    /// The answer for programs.
    pub fn to_json(&self) -> Answer {
        let (status, changes) = match &self.upstream {
            Upstream::Vendored => ("vendored", None),
            Upstream::Unchanged => ("unchanged", None),
            Upstream::Noise(changes) => ("examples-only", Some(changes)),
            Upstream::Changed(changes) => ("changed", Some(changes)),
            Upstream::First => ("new", None),
        };
        let value = json!({
            "ok": self.ok(),
            "verdict": self.verdict(),
            "upstream": {
                "from": self.from,
                "status": status,
                "operations": self.operations,
                "bytes": self.bytes,
                "changes": changes,
                "by_tag": self.by_tag(),
            },
            "patches": self.outcome.patches.iter().map(patch).collect::<Vec<_>>(),
            "compiled": self.compiled.as_json(&self.surface),
            "contract": self.contract,
            "supplements": {
                "facts": scribe_codegen::supplement::counts(&self.outcome.supplements),
                "fragments": self.outcome.supplements.iter().map(supplements::as_json).collect::<Vec<_>>(),
            },
            "findings": self.outcome.findings,
            "losses": self.outcome.losses,
            "examples": self.outcome.examples,
            "new_losses": self.new_losses(),
            "kept_names": self.outcome.notes,
            "surface": { "level": diff::level(&self.surface), "changes": self.surface },
            "unknown_accepted": self.unknown,
            "version": self.version,
            "pruned": self.pruned,
            "written": self.written,
            "removed": self.removed,
        });
        Answer::json(self.ok(), &value)
    }

    /// The report for a pull request.
    pub fn to_markdown(&self) -> String {
        markdown::whole(self)
    }

    /// The report as a page.
    pub fn to_html(&self) -> String {
        html::whole(self)
    }

    /// What upstream changed, by tag.
    pub fn by_tag(&self) -> BTreeMap<&str, Tag<'_>> {
        match &self.upstream {
            Upstream::Changed(changes) | Upstream::Noise(changes) => {
                tags::by_tag(changes, &self.tags)
            }
            _ => BTreeMap::new(),
        }
    }

    /// The findings of severity error.
    pub fn errors(&self) -> Vec<&Finding> {
        open_work(self.outcome).0
    }

    /// The patches that are not applied.
    pub fn open_patches(&self) -> Vec<&PatchReport> {
        open_work(self.outcome).1
    }

    /// The losses that were none before; all of them when that is not known.
    pub fn new_losses(&self) -> Vec<&Finding> {
        let known = |loss: &&Finding| {
            let before = self.losses_before.as_ref();
            before.is_some_and(|before| before.contains(&loss.pointer))
        };
        self.outcome
            .losses
            .iter()
            .filter(|loss| !known(loss))
            .collect()
    }

    /// The whole in one sentence.
    pub fn verdict(&self) -> String {
        let (errors, patches, losses) = open_work(self.outcome);
        let mut open = Vec::new();
        if !patches.is_empty() {
            open.push(format!(
                "{} not applied",
                count(patches.len(), "patch", "patches")
            ));
        }
        if !errors.is_empty() {
            open.push(count(errors.len(), "error", "errors"));
        }
        if !losses.is_empty() {
            open.push(count(losses.len(), "loss", "losses"));
        }
        let written = !(self.written.is_empty() && self.removed.is_empty());
        let done = if let Some(verdict) = compiled::verdict(&self.compiled, written) {
            verdict
        } else if !written {
            // Against what is committed there may be changes all the same.
            let (nothing, what) = match (open.is_empty(), self.surface.is_empty()) {
                (true, true) => ("to do", "everything committed"),
                (false, true) => ("written", "everything committed"),
                (_, false) => ("written", "every file"),
            };
            format!("nothing {nothing}: {what} is what the pipeline makes")
        } else {
            format!(
                "regenerated: {} written",
                count(self.written.len() + self.removed.len(), "file", "files")
            )
        };
        let mut verdict = done;
        if let Some(worst) = self.contract.first() {
            verdict += &format!("; contract {}: {}", worst.level.name(), worst.change);
        }
        if !self.surface.is_empty() {
            verdict += &format!("; surface {}", surface::verdict(&self.surface));
        }
        if !open.is_empty() {
            verdict += &format!("; left for you: {}", open.join(", "));
        }
        verdict
    }

    /// How many changes come from what, in parentheses.
    fn causes(&self) -> String {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for change in &self.surface {
            if change.causes.is_empty() {
                *counts.entry("what is not known".to_owned()).or_default() += 1;
            }
            for cause in &change.causes {
                *counts.entry(cause.by.to_string()).or_default() += 1;
            }
        }
        let counts: Vec<String> = counts
            .iter()
            .map(|(by, number)| format!("{number} from {by}"))
            .collect();
        if counts.is_empty() {
            String::new()
        } else {
            format!(" ({})", counts.join(", "))
        }
    }

    /// What each stage has to say, a line each.
    fn lines(&self) -> Vec<String> {
        let what = match &self.upstream {
            Upstream::Vendored => "the vendored copy".to_owned(),
            Upstream::Unchanged => "unchanged".to_owned(),
            Upstream::Noise(changes) if changes.examples_only.is_empty() => {
                "written in another way, and means the same: the vendored copy stays".to_owned()
            }
            Upstream::Noise(changes) => format!(
                "changed in examples only ({}): the vendored copy stays",
                count(changes.examples_only.len(), "operation", "operations")
            ),
            Upstream::Changed(changes) => {
                let counts: Vec<String> = named(changes)
                    .iter()
                    .map(|(what, names)| format!("{} {what}", names.len()))
                    .collect();
                if counts.is_empty() {
                    "the same in meaning, taken because of --force".to_owned()
                } else {
                    counts.join(", ")
                }
            }
            Upstream::First => "vendored for the first time".to_owned(),
        };
        let mut states = Vec::new();
        for wanted in [
            State::Applied,
            State::Retired,
            State::Drifted,
            State::Missing,
        ] {
            let patches = &self.outcome.patches;
            let number = patches.iter().filter(|patch| patch.state == wanted).count();
            if number > 0 || wanted == State::Applied {
                states.push(format!("{number} {}", state(wanted)));
            }
        }
        let number = |severity: Severity| {
            let findings = &self.outcome.findings;
            findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        let examples = count(self.outcome.examples, "example", "examples");
        let mut lines = vec![
            format!(
                "upstream: {} ({}, {}): {what}",
                self.from,
                count(self.operations, "operation", "operations"),
                count(self.bytes, "byte", "bytes")
            ),
            format!("patches: {}", states.join(", ")),
            format!(
                "findings: {}, {}, {} repaired",
                count(number(Severity::Error), "error", "errors"),
                count(number(Severity::Warning), "warning", "warnings"),
                number(Severity::Repaired)
            ),
            match self.outcome.losses.len() {
                0 => format!("lossless: {examples}, all come back unchanged"),
                losses => format!(
                    "lossless: of {examples}, {} not come back unchanged, {} new",
                    count(losses, "does", "do"),
                    self.new_losses().len()
                ),
            },
            format!(
                "surface: {}{}",
                surface::verdict(&self.surface),
                self.causes()
            ),
            format!("version: {}", self.version),
        ];
        for change in &self.contract {
            let (level, said) = (change.level.name(), &change.change);
            lines.insert(1, format!("contract {level}: {said}; {}", change.advice));
        }
        lines.extend(compiled::line(&self.compiled));
        if let Some(line) = supplements::line(&self.outcome.supplements) {
            lines.insert(2 + self.contract.len(), line);
        }
        lines.extend(names::line(&self.outcome.notes));
        lines
    }
}

/// What changed, by what happened to it, without what did not happen.
fn named(changes: &UpstreamChanges) -> Vec<(&'static str, &Vec<String>)> {
    [
        ("added", &changes.added),
        ("removed", &changes.removed),
        ("changed in meaning", &changes.changed),
        ("changed outside of operations", &changes.elsewhere),
        ("changed in examples only", &changes.examples_only),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .collect()
}

/// A patch that is not applied, and what to do about it.
pub fn advice(patch: &PatchReport) -> String {
    let advice = printable(&patch.advice);
    let (state, id, place) = (state(patch.state), &patch.id, &patch.place);
    format!("{state}: patch `{id}` ({place}): {advice}\n")
}

/// A patch as JSON.
pub fn patch(patch: &PatchReport) -> Value {
    json!({
        "id": patch.id,
        "state": patch.state,
        "reason": patch.reason,
        "target": patch.target,
        "place": patch.place.to_string(),
        "advice": patch.advice,
    })
}
