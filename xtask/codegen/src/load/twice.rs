//! A key that stands twice in one mapping, read leniently: what both say is kept as far as they do not contradict.

use serde_json::{Map, Value};

use crate::finding::{Finding, Severity};

/// What became of a value whose key was there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum United {
    /// Nothing of the two is lost.
    Whole,
    /// The first was kept where the two differ.
    FirstKept,
}

impl United {
    /// The finding about the key, as it reads when the document was read all the same.
    pub(super) fn describe(self, finding: &mut Finding) {
        let (severity, action) = match self {
            Self::Whole => (Severity::Repaired, "united the two"),
            Self::FirstKept => (
                Severity::Error,
                "kept what stands first where the two differ; remove one of them",
            ),
        };
        finding.severity = severity;
        action.clone_into(&mut finding.action);
    }
}

/// Puts `value` under `key`. Of two mappings the members are united; what is more than that is not blended, since an
/// operation that is half of another is neither.
pub(super) fn insert(
    entries: &mut Map<String, Value>,
    key: String,
    value: Value,
) -> Option<United> {
    let Some(existing) = entries.get_mut(&key) else {
        entries.insert(key, value);
        return None;
    };
    let mut united = United::Whole;
    match (existing, value) {
        (Value::Object(existing), Value::Object(other)) => {
            for (key, value) in other {
                match existing.get(&key) {
                    None => {
                        existing.insert(key, value);
                    }
                    Some(first) if *first == value => {}
                    Some(_) => united = United::FirstKept,
                }
            }
        }
        (existing, value) if *existing == value => {}
        _ => united = United::FirstKept,
    }
    Some(united)
}
