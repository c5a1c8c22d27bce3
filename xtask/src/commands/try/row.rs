//! What became of one document, and how it is said.

use std::path::Path;
use std::time::Duration;

use scribe_codegen::finding::{Finding, Severity};
use scribe_codegen::pipeline::Outcome;
use scribe_codegen::printable::is_hidden;
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::output::{self, count};

/// How many losses, and how many rejected answers, are shown of a document unless all are asked for.
const SHOWN: usize = 3;

/// What became of one document.
pub struct Row {
    /// The file, as it was named.
    pub file: String,
    /// The outcome, or why there is none.
    pub made: Result<Box<Outcome>>,
    /// Whether the client compiles: the compiler's first error where it does not, none when it was not tried.
    pub compiled: Option<std::result::Result<(), String>>,
    seconds: f64,
}

/// The numbers of a row, or of all rows together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    pub operations: usize,
    pub methods: usize,
    pub types: usize,
    pub lines: usize,
    pub errors: usize,
    pub warnings: usize,
    pub repaired: usize,
    pub examples: usize,
    pub losses: usize,
    pub perturbed: usize,
    pub rejected: usize,
}

impl Row {
    pub fn new(file: &Path, made: Result<Outcome>, took: Duration) -> Self {
        Self {
            file: file.to_string_lossy().into_owned(),
            made: made.map(Box::new),
            compiled: None,
            seconds: (took.as_secs_f64() * 1000.0).round() / 1000.0,
        }
    }

    /// Whether there is a client, and it compiles where that was tried.
    pub fn ok(&self) -> bool {
        self.made.is_ok() && !matches!(self.compiled, Some(Err(_)))
    }

    /// How long the pipeline took.
    pub fn seconds(&self) -> f64 {
        self.seconds
    }

    pub fn numbers(&self) -> Numbers {
        let Ok(outcome) = &self.made else {
            let mut numbers = Numbers::default();
            if let Err(Error::Findings(failure)) = &self.made {
                numbers.findings(&failure.findings);
            }
            return numbers;
        };
        let mut numbers = Numbers {
            operations: outcome.operations,
            methods: outcome.methods,
            types: outcome.types,
            lines: outcome.client.lines().count(),
            examples: outcome.examples,
            losses: outcome.losses.len(),
            perturbed: outcome.perturbed,
            rejected: outcome.rejected.len(),
            ..Numbers::default()
        };
        numbers.findings(&outcome.findings);
        numbers
    }

    /// What failed, in a line; none when nothing did.
    pub fn error(&self) -> Option<String> {
        match (&self.made, &self.compiled) {
            (Ok(_), Some(Err(error))) => Some(error.clone()),
            (Ok(_), _) => None,
            (Err(Error::Outside { problem, .. }), _) => Some(problem.clone()),
            (Err(Error::Findings(failure)), _) => {
                let first = failure.findings.first().map(line).unwrap_or_default();
                Some(match failure.findings.len() {
                    0 | 1 => first,
                    more => format!("{first} (and {} more)", more - 1),
                })
            }
        }
    }

    pub fn to_json(&self) -> Value {
        let numbers = self.numbers();
        json!({
            "file": self.file,
            "operations": numbers.operations,
            "methods": numbers.methods,
            "types": numbers.types,
            "lines": numbers.lines,
            "findings": {
                "error": numbers.errors,
                "warning": numbers.warnings,
                "repaired": numbers.repaired,
            },
            "examples": numbers.examples,
            "losses": numbers.losses,
            "perturbed": numbers.perturbed,
            "rejected": numbers.rejected,
            "compiles": self.compiled.as_ref().map(std::result::Result::is_ok),
            "error": self.error(),
            "seconds": self.seconds,
        })
    }

    /// What is wrong with the document, for standard error: a failure as a whole, of the rest the first few in a line
    /// each, or all.
    pub fn notes(&self, all: bool) -> String {
        let outcome = match (&self.made, &self.compiled) {
            (Err(Error::Outside { problem, action }), _) => {
                let error = Error::new(printable(problem), action);
                return output::failure(&error, false).notes;
            }
            (Err(error), _) => return output::failure(error, false).notes,
            (Ok(_), Some(Err(error))) => {
                return format!("{}: {error}\n", printable(&self.file));
            }
            (Ok(outcome), _) => outcome,
        };
        let errors: Vec<&Finding> = outcome
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .collect();
        let losses: Vec<&Finding> = outcome.losses.iter().collect();
        let rejected: Vec<&Finding> = outcome.rejected.iter().collect();
        let mut text = String::new();
        for (what, findings) in [("error", errors), ("loss", losses), ("rejected", rejected)] {
            let shown = if all { findings.len() } else { SHOWN };
            for finding in findings.iter().take(shown) {
                text += &format!("{what}: {}\n", line(finding));
            }
            if findings.len() > shown {
                let more = count(findings.len() - shown, "more", "more");
                text += &format!("{what}: {more} in {}\n", printable(&self.file));
            }
        }
        text
    }
}

impl Numbers {
    fn findings(&mut self, findings: &[Finding]) {
        for finding in findings {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Repaired => self.repaired += 1,
            }
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.operations += other.operations;
        self.methods += other.methods;
        self.types += other.types;
        self.lines += other.lines;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.repaired += other.repaired;
        self.examples += other.examples;
        self.losses += other.losses;
        self.perturbed += other.perturbed;
        self.rejected += other.rejected;
    }
}

/// A finding in a line: place, pointer and what is wrong.
fn line(finding: &Finding) -> String {
    let mut text = String::new();
    if let Some(place) = &finding.place {
        text += &format!("{place}: ");
    }
    if !finding.pointer.is_empty() {
        text += &format!("{}: ", finding.pointer);
    }
    printable(&(text + &finding.problem))
}

/// Names of files and keys come from elsewhere: nothing in them may command a terminal.
pub fn printable(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}
