//! One action of an overlay → a patch; what is wrong with it is collected, not thrown.

use serde_json::{Map, Value};

use super::condition::{self, Condition, Test};
use super::excerpt::short;
use super::overlay::{Modifier, Patch};
use super::path::Path;
use crate::document::{Document, join};
use crate::finding::Finding;
use crate::source::Place;

/// The keys that the standard gives an action.
const STANDARD: [&str; 5] = ["target", "description", "update", "remove", "copy"];
/// The keys that are ours.
const EXTENSIONS: [&str; 4] = ["x-id", "x-reason", "x-defect", "x-fixed"];

/// Reads the parts of an overlay and collects what is wrong with them.
pub(super) struct Reader<'a> {
    document: &'a Document,
    /// What is wrong.
    pub(super) findings: Vec<Finding>,
    /// The ids, those of actions that cannot be read otherwise too, each with its place.
    pub(super) ids: Vec<(String, Place)>,
}

impl<'a> Reader<'a> {
    /// A reader of this overlay.
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            findings: Vec::new(),
            ids: Vec::new(),
        }
    }

    /// Collects an error about the node at `pointer`.
    pub(super) fn report(
        &mut self,
        code: &'static str,
        pointer: &str,
        problem: impl Into<String>,
        action: impl Into<String>,
    ) {
        let place = self.document.places.nearest(pointer).cloned();
        self.findings
            .push(Finding::error(code, problem, action).at(pointer, place));
    }

    /// Collects an error for every key that is neither known nor an extension, or that is nearly one of `extensions`.
    pub(super) fn known_keys(
        &mut self,
        pointer: &str,
        entries: &Map<String, Value>,
        known: &[&str],
        extensions: &[&str],
    ) {
        for key in entries.keys() {
            let candidates = if key.starts_with("x-") {
                let near = closest(key, extensions);
                if near.is_none_or(|near| near == key) {
                    continue;
                }
                extensions
            } else if known.contains(&key.as_str()) {
                continue;
            } else {
                known
            };
            self.unknown_key(&join(pointer, key), key, candidates);
        }
    }

    fn unknown_key(&mut self, pointer: &str, key: &str, candidates: &[&str]) {
        let expected = match closest(key, candidates) {
            Some(near) => format!("`{near}`"),
            None => format!("one of `{}`", candidates.join("`, `")),
        };
        self.report(
            "patch/key",
            pointer,
            format!("expected {expected}, but found `{key}`"),
            "correct the key, or delete it",
        );
    }

    /// The patch that stands at `pointer`, as far as it can be read.
    pub(super) fn action(&mut self, pointer: &str, action: &Value) -> Option<Patch> {
        let Some(entries) = action.as_object() else {
            self.report(
                "patch/actions",
                pointer,
                format!(
                    "expected an action (a mapping), but found {}",
                    short(action)
                ),
                "write `target` and one of `update`, `remove` and `copy`",
            );
            return None;
        };
        self.known_keys(pointer, entries, &STANDARD, &EXTENSIONS);
        let id = self.id(pointer, entries.get("x-id"));
        let reason = self.reason(pointer, entries.get("x-reason"));
        let target = self.target(pointer, entries.get("target"));
        let modifier = self.modifier(pointer, entries);
        if let (Some(Modifier::Remove), Some(target)) = (&modifier, &target)
            && target.is_root()
        {
            self.report(
                "patch/root",
                &join(pointer, "target"),
                "expected to remove a part of the document, but found all of it",
                "name the node to remove in `target`",
            );
        }
        let defect = self.defect(pointer, entries.get("x-defect"), target.as_ref());
        let fixed = self.fixed(pointer, entries.get("x-fixed"), target.as_ref());
        Some(Patch {
            id: id?,
            reason: reason?,
            target: target?,
            modifier: modifier?,
            defect: defect?,
            fixed,
            place: self.place(pointer),
            pointer: pointer.to_owned(),
        })
    }

    fn place(&self, pointer: &str) -> Place {
        self.document
            .places
            .nearest(pointer)
            .cloned()
            .unwrap_or_else(|| Place {
                source: self.document.source.clone(),
                start: 0,
                end: 0,
            })
    }

    fn id(&mut self, pointer: &str, id: Option<&Value>) -> Option<String> {
        let kebab = |text: &str| {
            text.split('-').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            })
        };
        let (place, found) = match id {
            Some(Value::String(text)) if kebab(text) => {
                let place = self.place(&join(pointer, "x-id"));
                self.ids.push((text.clone(), place));
                return Some(text.clone());
            }
            Some(id) => (join(pointer, "x-id"), short(id)),
            None => (pointer.to_owned(), "none".to_owned()),
        };
        self.report(
            "patch/id",
            &place,
            format!("expected an `x-id` of lowercase words joined by `-`, but found {found}"),
            "name the patch after what it mends, such as `x-id: custom-proxy-example`",
        );
        None
    }

    fn reason(&mut self, pointer: &str, reason: Option<&Value>) -> Option<String> {
        let (place, found) = match reason {
            Some(Value::String(text)) if !text.trim().is_empty() => {
                return Some(text.trim().to_owned());
            }
            Some(reason) => (join(pointer, "x-reason"), short(reason)),
            None => (pointer.to_owned(), "none".to_owned()),
        };
        self.report(
            "patch/reason",
            &place,
            format!("expected an `x-reason`, but found {found}"),
            "say in a sentence why the patch is needed",
        );
        None
    }

    fn target(&mut self, pointer: &str, target: Option<&Value>) -> Option<Path> {
        match target {
            Some(target) => self.path(&join(pointer, "target"), target),
            None => {
                self.report(
                    "patch/target",
                    pointer,
                    "expected a `target`, but found none",
                    "write the JSONPath of what the patch changes",
                );
                None
            }
        }
    }

    fn path(&mut self, pointer: &str, path: &Value) -> Option<Path> {
        let Some(text) = path.as_str() else {
            self.report(
                "patch/path",
                pointer,
                format!("expected a JSONPath (RFC 9535), but found {}", short(path)),
                "write it as a string that starts with `$`",
            );
            return None;
        };
        Path::parse(text)
            .map_err(|bad| self.report("patch/path", pointer, bad.problem, bad.action))
            .ok()
    }

    fn modifier(&mut self, pointer: &str, entries: &Map<String, Value>) -> Option<Modifier> {
        let given: Vec<&str> = ["update", "remove", "copy"]
            .into_iter()
            .filter(|key| entries.contains_key(*key))
            .collect();
        if given.len() != 1 {
            let found = if given.is_empty() {
                "none".to_owned()
            } else {
                format!("`{}`", given.join("` and `"))
            };
            self.report(
                "patch/modifier",
                &join(pointer, given.last().unwrap_or(&"target")),
                format!("expected one of `update`, `remove` and `copy`, but found {found}"),
                "keep one of them, and write another action for the rest",
            );
            return None;
        }
        if let Some(update) = entries.get("update") {
            return Some(Modifier::Update(update.clone()));
        }
        if let Some(copy) = entries.get("copy") {
            return self.path(&join(pointer, "copy"), copy).map(Modifier::Copy);
        }
        match entries.get("remove") {
            Some(Value::Bool(true)) => Some(Modifier::Remove),
            other => {
                self.report(
                    "patch/modifier",
                    &join(pointer, "remove"),
                    format!(
                        "expected `remove: true`, but found {}",
                        other.map_or_else(String::new, short)
                    ),
                    "write `remove: true`, or delete the action",
                );
                None
            }
        }
    }

    fn defect(
        &mut self,
        pointer: &str,
        defect: Option<&Value>,
        target: Option<&Path>,
    ) -> Option<Vec<Condition>> {
        match defect {
            Some(defect) => Some(self.all(&join(pointer, "x-defect"), defect, target)),
            None => {
                self.report(
                    "patch/defect",
                    pointer,
                    "expected an `x-defect`, but found none",
                    "say what the document looks like while the patch is needed, such as `x-defect: { equals: [] }`",
                );
                None
            }
        }
    }

    fn fixed(
        &mut self,
        pointer: &str,
        fixed: Option<&Value>,
        target: Option<&Path>,
    ) -> Vec<Vec<Condition>> {
        let pointer = join(pointer, "x-fixed");
        match fixed {
            None => Vec::new(),
            Some(Value::Array(alternatives)) if !alternatives.is_empty() => alternatives
                .iter()
                .enumerate()
                .map(|(index, one)| self.all(&join(&pointer, &index.to_string()), one, target))
                .collect(),
            Some(one) => vec![self.all(&pointer, one, target)],
        }
    }

    /// A condition, or a sequence of conditions that must all hold.
    fn all(&mut self, pointer: &str, value: &Value, target: Option<&Path>) -> Vec<Condition> {
        match value {
            Value::Array(conditions) if !conditions.is_empty() => conditions
                .iter()
                .enumerate()
                .filter_map(|(index, one)| {
                    self.condition(&join(pointer, &index.to_string()), one, target)
                })
                .collect(),
            one => self.condition(pointer, one, target).into_iter().collect(),
        }
    }

    fn condition(
        &mut self,
        pointer: &str,
        value: &Value,
        target: Option<&Path>,
    ) -> Option<Condition> {
        let Some(entries) = value.as_object() else {
            self.bad_condition(pointer, "a condition (a mapping)", &short(value));
            return None;
        };
        let at = match entries.get("at") {
            Some(at) => self.path(&join(pointer, "at"), at),
            None => target.cloned(),
        };
        let mut tests = Vec::new();
        for (key, value) in entries.iter().filter(|(key, _)| *key != "at") {
            let pointer = join(pointer, key);
            if condition::KEYS.contains(&key.as_str()) {
                tests.extend(self.test(&pointer, key, value));
            } else {
                self.unknown_key(&pointer, key, &condition::KEYS);
            }
        }
        if entries.keys().all(|key| key == "at") {
            self.bad_condition(pointer, "a condition with a test", "none");
        }
        if entries.contains_key("absent") && tests.len() > 1 {
            self.bad_condition(
                &join(pointer, "absent"),
                "`absent` to be the only test",
                "others beside it",
            );
        }
        Some(Condition { at: at?, tests })
    }

    fn test(&mut self, pointer: &str, key: &str, value: &Value) -> Option<Test> {
        let text = value.as_str();
        let test = match key {
            "equals" => Some(Test::Equals(value.clone())),
            "absent" => (*value == Value::Bool(true)).then_some(Test::Absent),
            "present" => (*value == Value::Bool(true)).then_some(Test::Present),
            "sha256" => text
                .filter(|text| {
                    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
                })
                .map(|text| Test::Sha256(text.to_ascii_lowercase())),
            "type" => text
                .filter(|text| condition::TYPES.contains(text))
                .map(|text| Test::Type(text.to_owned())),
            "lacks" => keys(value).map(Test::Lacks),
            _ => keys(value).map(Test::Has),
        };
        if test.is_none() {
            let expected = match key {
                "absent" | "present" => format!("`{key}: true`"),
                "sha256" => "`sha256` to be 64 hexadecimal digits".to_owned(),
                "type" => format!("`type` to be one of `{}`", condition::TYPES.join("`, `")),
                _ => format!("`{key}` to be a sequence of keys"),
            };
            self.bad_condition(pointer, &expected, &short(value));
        }
        test
    }

    fn bad_condition(&mut self, pointer: &str, expected: &str, found: &str) {
        self.report(
            "patch/condition",
            pointer,
            format!("expected {expected}, but found {found}"),
            format!(
                "write a path and a test, such as `{{ at: $.info, lacks: [contact] }}`; the tests are `{}`",
                condition::KEYS[1..].join("`, `")
            ),
        );
    }
}

/// The keys in a sequence of at least one string.
fn keys(value: &Value) -> Option<Vec<String>> {
    let keys = value.as_array().filter(|keys| !keys.is_empty())?;
    keys.iter()
        .map(|key| key.as_str().map(str::to_owned))
        .collect()
}

/// The candidate that `word` was probably meant to be.
fn closest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    candidates
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate)
}
