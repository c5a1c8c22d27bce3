//! The file's text → rules; what is wrong with it is collected, not thrown.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::name::Pattern;
use super::rule::{OperationPattern, Rule, Rules, Side};
use crate::document::{Document, join};
use crate::finding::{Failure, Finding};
use crate::load;
use crate::printable::shorten;
use crate::source::Source;

const KEYS: [&str; 8] = [
    "secret",
    "plain",
    "in",
    "operation",
    "tag",
    "under",
    "untyped",
    "reason",
];

/// The rules in `source`, or every problem of them.
pub(super) fn read(source: &Arc<Source>) -> Result<Rules, Failure> {
    let file = load::yaml(source)?;
    let mut reader = Reader {
        file: &file,
        findings: Vec::new(),
    };
    let all = reader.file();
    match reader.findings {
        findings if findings.is_empty() => Ok(Rules { all, file }),
        findings => Err(Failure::from(findings)),
    }
}

struct Reader<'a> {
    file: &'a Document,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn file(&mut self) -> Vec<Rule> {
        let empty = Map::new();
        let root = self.file.root.as_object().unwrap_or(&empty).clone();
        for key in root.keys().filter(|key| *key != "rules") {
            self.report(
                "secrets/key",
                &join("", key),
                format!("expected `rules`, but found `{}`", shorten(key)),
                "correct the key, or delete it",
            );
        }
        let rules = match root.get("rules") {
            Some(Value::Array(rules)) => rules.as_slice(),
            other => {
                self.report(
                    "secrets/rules",
                    "/rules",
                    format!("expected a sequence of rules, but found {}", found(other)),
                    "write `rules:`, and below it a rule such as `- { secret: [password], reason: signs in }`",
                );
                &[]
            }
        };
        let mut read: Vec<Rule> = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let pointer = format!("/rules/{index}");
            let Some(rule) = self.rule(&pointer, rule) else {
                continue;
            };
            if read.iter().any(|other| other.is_about_the_same(&rule)) {
                self.report(
                    "secrets/twice",
                    &pointer,
                    "expected every rule to be about other fields, but an earlier rule is about the same",
                    "delete one of the two: the first decides",
                );
            }
            read.push(rule);
        }
        read
    }

    fn rule(&mut self, pointer: &str, rule: &Value) -> Option<Rule> {
        let Some(entries) = rule.as_object() else {
            self.report(
                "secrets/rules",
                pointer,
                format!(
                    "expected a rule (a mapping), but found {}",
                    found(Some(rule))
                ),
                "write `secret` or `plain` with a list of names, and a `reason`",
            );
            return None;
        };
        let before = self.findings.len();
        for key in entries.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            self.report(
                "secrets/key",
                &join(pointer, key),
                format!(
                    "expected one of `{}`, but found `{}`",
                    KEYS.join("`, `"),
                    shorten(key)
                ),
                "correct the key, or delete it",
            );
        }
        let is_secret = entries.contains_key("secret");
        if is_secret == entries.contains_key("plain") {
            let what = if is_secret { "both" } else { "neither" };
            self.report(
                "secrets/names",
                pointer,
                format!("expected `secret` or `plain`, but found {what}"),
                "list the names of fields that are secrets under `secret`, of those that are none under `plain`",
            );
            return None;
        }
        let key = if is_secret { "secret" } else { "plain" };
        let names = self.texts(pointer, key, entries);
        let rule = Rule {
            is_secret,
            names: names.iter().map(|name| Pattern::of_names(name)).collect(),
            sides: self.sides(pointer, entries),
            operations: self.patterns(pointer, "operation", entries, OperationPattern::new),
            tags: self.patterns(pointer, "tag", entries, Pattern::of_names),
            under: self.patterns(pointer, "under", entries, Pattern::of_names),
            untyped: entries.contains_key("untyped"),
        };
        let is_narrow =
            !(rule.operations.is_empty() && rule.tags.is_empty() && rule.under.is_empty());
        if !is_narrow && rule.names.iter().any(Pattern::is_any) {
            self.report(
                "secrets/names",
                &join(pointer, key),
                "expected the names of some fields, but found `*`, which is all of them",
                "name the fields, or say in which `operation`, under which `tag` or property (`under`) they are",
            );
        }
        if let Some(other) = entries.get("untyped").filter(|value| **value != true) {
            self.report(
                "secrets/untyped",
                &join(pointer, "untyped"),
                format!("expected `untyped: true`, but found {}", found(Some(other))),
                "write `true`, or delete the key",
            );
        }
        match entries.get("reason") {
            Some(Value::String(text)) if !text.trim().is_empty() => {}
            other => self.report(
                "secrets/reason",
                &join(pointer, "reason"),
                format!("expected a `reason`, but found {}", found(other)),
                "say in a few words why these fields are secrets, or why they are none",
            ),
        }
        (self.findings.len() == before).then_some(rule)
    }

    fn sides(&mut self, pointer: &str, entries: &Map<String, Value>) -> Vec<Side> {
        if !entries.contains_key("in") {
            return Vec::new();
        }
        let mut sides = Vec::new();
        for text in self.texts(pointer, "in", entries) {
            match Side::ALL.iter().find(|(word, _)| *word == text) {
                Some((_, side)) => sides.push(*side),
                None => {
                    let words = Side::ALL.map(|(word, _)| word);
                    self.report(
                        "secrets/in",
                        &join(pointer, "in"),
                        format!(
                            "expected one of `{}`, but found `{}`",
                            words.join("`, `"),
                            shorten(&text)
                        ),
                        "correct it, or delete `in` when the rule is about fields anywhere",
                    );
                }
            }
        }
        sides
    }

    fn patterns<T>(
        &mut self,
        pointer: &str,
        key: &str,
        entries: &Map<String, Value>,
        new: fn(&str) -> T,
    ) -> Vec<T> {
        if !entries.contains_key(key) {
            return Vec::new();
        }
        let texts = self.texts(pointer, key, entries);
        texts.iter().map(|text| new(text)).collect()
    }

    /// The text, or the list of at least one text, under `key`.
    fn texts(&mut self, pointer: &str, key: &str, entries: &Map<String, Value>) -> Vec<String> {
        let value = entries.get(key);
        let text = |value: &Value| {
            let text = value.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let texts: Option<Vec<String>> = match value {
            Some(Value::Array(items)) if !items.is_empty() => items.iter().map(text).collect(),
            Some(value) => text(value).map(|text| vec![text]),
            None => None,
        };
        texts.unwrap_or_else(|| {
            self.report(
                "secrets/names",
                &join(pointer, key),
                format!(
                    "expected a name or a list of names, but found {}",
                    found(value)
                ),
                format!("write `{key}: [name, …]`; `*` stands for any characters"),
            );
            Vec::new()
        })
    }

    fn report(
        &mut self,
        code: &'static str,
        pointer: &str,
        problem: impl Into<String>,
        action: impl Into<String>,
    ) {
        let place = self.file.places.value(pointer).cloned();
        self.findings
            .push(Finding::error(code, problem, action).at(pointer, place));
    }
}

/// The value as a message shows it.
fn found(value: Option<&Value>) -> String {
    value.map_or_else(
        || "none".into(),
        |value| format!("`{}`", shorten(&value.to_string())),
    )
}
