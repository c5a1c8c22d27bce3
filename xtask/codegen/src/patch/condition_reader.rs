//! The text of `x-defect` and `x-fixed` → conditions.

use serde_json::Value;

use super::condition::{self, Condition, Test};
use super::excerpt::short;
use super::path::Path;
use super::reader::Reader;
use crate::document::join;

impl Reader<'_> {
    /// A condition, or a sequence of conditions that must all hold.
    pub(super) fn all(
        &mut self,
        pointer: &str,
        value: &Value,
        target: Option<&Path>,
    ) -> Vec<Condition> {
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
