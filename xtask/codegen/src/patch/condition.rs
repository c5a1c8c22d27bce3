//! What a patch expects of the document: the tests of `x-defect` and `x-fixed`, and how they are evaluated.

use serde_json::Value;

use super::canonical::{canonical_sha256, equal};
use super::excerpt::{a_kind, kind, short};
use super::path::Path;

/// The keys of a condition, for suggestions.
pub(super) const KEYS: [&str; 8] = [
    "at", "equals", "sha256", "absent", "present", "type", "lacks", "has",
];

/// The names that `type` takes.
pub(super) const TYPES: [&str; 7] = [
    "object", "array", "string", "number", "integer", "boolean", "null",
];

/// Nodes, and what must be true of every one of them.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    /// Which nodes.
    pub(super) at: Path,
    /// What must be true.
    pub(super) tests: Vec<Test>,
}

/// One test of a condition.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// The node has this value.
    Equals(Value),
    /// The canonical JSON of the node has this hash.
    Sha256(String),
    /// Nothing is selected, but what would hold it is there.
    Absent,
    /// Something is selected, whatever it holds.
    Present,
    /// The node is of this JSON type.
    Type(String),
    /// The node is an object without these keys.
    Lacks(Vec<String>),
    /// The node is an object with these keys.
    Has(Vec<String>),
}

/// How the document differs from what a condition expects.
#[derive(Debug, Clone)]
pub(super) struct Mismatch {
    /// What was expected, with the path.
    pub(super) expected: String,
    /// What stands there.
    pub(super) found: String,
}

impl Condition {
    /// The first difference between `root` and what is expected, none when the condition holds.
    pub(super) fn mismatch(&self, root: &Value) -> Option<Mismatch> {
        let pointers = self.at.locate(root);
        if self.tests.iter().any(|test| matches!(test, Test::Absent)) {
            return self.presence(root, pointers.first());
        }
        if pointers.is_empty() {
            return Some(Mismatch {
                expected: self.tests.first().map_or_else(
                    || format!("something at `{}`", self.at.text),
                    |test| format!("{} at `{}`", test.expected(), self.at.text),
                ),
                found: "nothing".to_owned(),
            });
        }
        let nodes = pointers.iter().filter_map(|pointer| root.pointer(pointer));
        for node in nodes {
            for test in &self.tests {
                if let Some(found) = test.contradiction(node) {
                    return Some(Mismatch {
                        expected: format!("{} at `{}`", test.expected(), self.at.text),
                        found,
                    });
                }
            }
        }
        None
    }

    /// What stands where nothing should, or what is missing around it.
    fn presence(&self, root: &Value, found: Option<&String>) -> Option<Mismatch> {
        if let Some(pointer) = found {
            return Some(Mismatch {
                expected: format!("nothing at `{}`", self.at.text),
                found: root.pointer(pointer).map_or_else(String::new, short),
            });
        }
        // Without this, a path with a typing error in it would be absent for ever.
        let parent = self.at.parent()?;
        parent.locate(root).is_empty().then(|| Mismatch {
            expected: format!("something at `{}`", parent.text),
            found: "nothing".to_owned(),
        })
    }

    /// The pointers of the nodes whose whole content it pins.
    pub(super) fn pins(&self, root: &Value) -> Vec<String> {
        let pins = |test: &Test| matches!(test, Test::Equals(_) | Test::Sha256(_));
        if self.tests.iter().any(pins) {
            self.at.locate(root)
        } else {
            Vec::new()
        }
    }

    /// The pointers of the nodes of which it says that they may hold anything.
    pub(super) fn waives(&self, root: &Value) -> Vec<String> {
        if self.tests.iter().any(|test| matches!(test, Test::Present)) {
            self.at.locate(root)
        } else {
            Vec::new()
        }
    }
}

impl Test {
    fn expected(&self) -> String {
        match self {
            Self::Equals(value) => short(value),
            Self::Sha256(hash) => format!("a value of sha256 `{hash}`"),
            Self::Absent => "nothing".to_owned(),
            Self::Present => "something".to_owned(),
            Self::Type(name) => a_kind(name),
            Self::Lacks(keys) => format!("an object without {}", list(keys)),
            Self::Has(keys) => format!("an object with {}", list(keys)),
        }
    }

    /// What `node` is instead of what is expected, none when it passes.
    fn contradiction(&self, node: &Value) -> Option<String> {
        let passes = match self {
            Self::Equals(value) => equal(value, node),
            Self::Sha256(hash) => {
                let found = canonical_sha256(node);
                if *hash != found {
                    return Some(format!("{} of sha256 `{found}`", short(node)));
                }
                true
            }
            Self::Absent => false,
            Self::Present => true,
            Self::Type(name) => {
                kind(node) == name || (name == "number" && matches!(node, Value::Number(_)))
            }
            Self::Lacks(keys) => {
                let Value::Object(entries) = node else {
                    return Some(short(node));
                };
                if let Some((key, value)) = keys.iter().find_map(|key| entries.get_key_value(key)) {
                    return Some(format!("`{key}` with {}", short(value)));
                }
                true
            }
            Self::Has(keys) => {
                let Value::Object(entries) = node else {
                    return Some(short(node));
                };
                if let Some(key) = keys.iter().find(|key| !entries.contains_key(*key)) {
                    return Some(format!("none with `{key}`"));
                }
                true
            }
        };
        (!passes).then(|| short(node))
    }
}

fn list(keys: &[String]) -> String {
    keys.iter()
        .map(|key| format!("`{key}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
