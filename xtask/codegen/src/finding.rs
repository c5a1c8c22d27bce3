//! What the stages have to say: findings, and how they are shown.

mod excerpt;

use serde::Serialize;

pub use crate::printable::lines as printable;
use crate::source::Place;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is lost or impossible: a person must act.
    Error,
    /// Something looks wrong and was left as it is.
    Warning,
    /// Something was wrong and is mended.
    Repaired,
}

/// One thing that a stage found, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule speaks: `stage/rule` or a repair's code (`S001`).
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The node, as a JSON pointer; empty for the whole document.
    pub pointer: String,
    /// Where the node stands.
    pub place: Option<Place>,
    /// What is wrong, in one sentence: what was expected and what was found.
    pub problem: String,
    /// What was done, or what to do about it, in one sentence.
    pub action: String,
    /// A second place that belongs to it, with what stands there.
    pub related: Option<(Place, String)>,
}

impl Finding {
    /// A finding of severity error.
    pub fn error(
        code: &'static str,
        problem: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            pointer: String::new(),
            place: None,
            problem: problem.into(),
            action: action.into(),
            related: None,
        }
    }

    /// The same finding about the node at `pointer`.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>, place: Option<Place>) -> Self {
        self.pointer = pointer.into();
        self.place = place;
        self
    }

    /// The same finding with another severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same finding with a second place.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related = Some((place, label.into()));
        self
    }
}

/// Why the pipeline made no client: at least one finding of severity error.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The findings, errors first.
    pub findings: Vec<Finding>,
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        Self {
            findings: vec![finding],
        }
    }
}

impl From<Vec<Finding>> for Failure {
    fn from(mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| finding.severity);
        Self { findings }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

impl std::fmt::Display for Finding {
    /// The finding as a compiler would print it: what, where with an excerpt, and what to do.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&excerpt::render(self))
    }
}

impl Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code)?;
        map.serialize_entry("severity", &self.severity)?;
        map.serialize_entry("pointer", &self.pointer)?;
        map.serialize_entry("file", &self.place.as_ref().map(|place| &place.source.name))?;
        map.serialize_entry("line", &self.place.as_ref().map(Place::line))?;
        map.serialize_entry("column", &self.place.as_ref().map(Place::column))?;
        map.serialize_entry("problem", &self.problem)?;
        map.serialize_entry("action", &self.action)?;
        map.end()
    }
}
