//! The report of a regeneration: what changed upstream, what became of the patches, what it does to the surface.

use scribe_codegen::diff::{self, Change};
use scribe_codegen::finding::{Finding, Severity};
use scribe_codegen::patch::{PatchReport, State};
use scribe_codegen::pipeline::Outcome;
use scribe_codegen::upstream::UpstreamChanges;
use serde_json::{Value, json};

use crate::output::{self, Answer, count};
use crate::pipeline::open_work;
use crate::surface;

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
    /// How the surface differs from the committed one.
    pub surface: Vec<Change>,
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
        errors.is_empty() && patches.is_empty() && losses.is_empty()
    }

    /// The answer for people.
    pub fn to_text(&self) -> Answer {
        let mut text = String::new();
        for line in self.lines() {
            text += &format!("{line}\n");
        }
        text += &surface::details(&self.surface);
        for path in &self.written {
            text += &format!("wrote {path}\n");
        }
        for path in &self.removed {
            text += &format!("removed {path}\n");
        }
        text += &output::verdict(self.ok(), &self.verdict());
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
            },
            "patches": self.outcome.patches.iter().map(patch).collect::<Vec<_>>(),
            "findings": self.outcome.findings,
            "losses": self.outcome.losses,
            "examples": self.outcome.examples,
            "surface": { "level": diff::level(&self.surface), "changes": self.surface },
            "written": self.written,
            "removed": self.removed,
        });
        Answer::json(self.ok(), &value)
    }

    /// The report for a pull request.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("# {}\n\n", self.verdict());
        for line in self.lines() {
            text += &format!("- {line}\n");
        }
        let (errors, patches, losses) = open_work(self.outcome);
        if !patches.is_empty() {
            text += "\n## Patches that are not applied\n\n| patch | state | what to do |\n|---|---|---|\n";
            for patch in patches {
                let advice = patch.advice.replace('|', "\\|").replace('\n', " ");
                text += &format!("| `{}` | {} | {advice} |\n", patch.id, state(patch.state));
            }
        }
        if let Upstream::Changed(changes) = &self.upstream {
            text += "\n## Upstream\n\n";
            for (what, names) in named(changes) {
                for name in names {
                    text += &format!("- {what}: `{name}`\n");
                }
            }
        }
        if !self.surface.is_empty() {
            text += &format!("\n## Surface\n\n{}", diff::markdown(&self.surface));
        }
        for (title, findings) in [
            ("Errors", errors),
            ("Losses", losses.iter().collect::<Vec<&Finding>>()),
        ] {
            if !findings.is_empty() {
                text += &format!("\n## {title}\n");
                for finding in findings {
                    text += &format!("\n```text\n{finding}\n```\n");
                }
            }
        }
        text
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
        let done = if self.written.is_empty() && self.removed.is_empty() {
            let nothing = if open.is_empty() { "to do" } else { "written" };
            format!("nothing {nothing}: everything committed is what the pipeline makes")
        } else {
            format!(
                "regenerated: {} written",
                count(self.written.len() + self.removed.len(), "file", "files")
            )
        };
        if open.is_empty() {
            done
        } else {
            format!("{done}; left for you: {}", open.join(", "))
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
        vec![
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
                    "lossless: of {examples}, {} not come back unchanged",
                    count(losses, "does", "do")
                ),
            },
            format!("surface: {}", surface::verdict(&self.surface)),
        ]
    }
}

/// What changed, by what happened to it, without what did not happen.
fn named(changes: &UpstreamChanges) -> Vec<(&'static str, &Vec<String>)> {
    [
        ("added", &changes.added),
        ("removed", &changes.removed),
        ("changed", &changes.changed),
        ("changed outside of operations", &changes.elsewhere),
        ("changed in examples only", &changes.examples_only),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .collect()
}

/// A patch that is not applied, and what to do about it.
pub fn advice(patch: &PatchReport) -> String {
    format!(
        "{}: patch `{}` ({}): {}\n",
        state(patch.state),
        patch.id,
        patch.place,
        patch.advice
    )
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
