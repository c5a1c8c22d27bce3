//! `spec/accepted-changes.toml`: breaking changes that somebody has decided on, each by its fingerprint with a reason.
//!
//! ```toml
//! [[change]]
//! fingerprint = "9f437acaa1f5"
//! reason = "upstream has withdrawn the operation"
//! ```
//!
//! A secret that is printed now is accepted only by an entry that names it as well, so that nobody does it by the way:
//! `exposes = "type Session field token"`.

use std::collections::BTreeMap;

use scribe_codegen::diff::{Change, Level};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::repository::Repository;

/// The file.
pub const ACCEPTED: &str = "spec/accepted-changes.toml";

/// The kind of change by which a secret is printed.
const EXPOSED: &str = "secret-exposed";

/// What has been accepted: reasons by fingerprint.
#[derive(Debug, Default)]
pub struct Accepted {
    reasons: BTreeMap<String, Decision>,
}

/// Why a change is accepted.
#[derive(Debug)]
struct Decision {
    reason: String,
    /// The item that is no secret any more.
    exposes: Option<String>,
}

impl Decision {
    /// Whether it is about this change and not only about what has its fingerprint.
    fn covers(&self, change: &Change) -> bool {
        match &self.exposes {
            Some(item) => *item == change.item && change.kind == EXPOSED,
            None => change.kind != EXPOSED,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    change: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: Spanned<String>,
    reason: Spanned<String>,
    exposes: Option<String>,
}

impl Accepted {
    /// That of the repository, empty when it has none.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or does not say what it should.
    pub fn read(repository: &Repository) -> Result<Self> {
        match repository.read(ACCEPTED)? {
            Some(bytes) => Self::parse(&String::from_utf8_lossy(&bytes)),
            None => Ok(Self::default()),
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let at = |start: usize| text[..start.min(text.len())].matches('\n').count() + 1;
        let wrong = |line: usize, problem: String| {
            Error::new(
                format!("{ACCEPTED}:{line}: {problem}"),
                "write `[[change]]` with the `fingerprint` that `cargo xtask diff --format json` shows, and a `reason`",
            )
        };
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| at(span.start));
            wrong(line, error.message().trim().replace('\n', ", "))
        })?;
        let mut reasons = BTreeMap::new();
        for entry in file.change {
            let line = at(entry.fingerprint.span().start);
            let fingerprint = entry.fingerprint.into_inner();
            let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            if fingerprint.len() != 12 || !fingerprint.bytes().all(is_digit) {
                return Err(wrong(
                    line,
                    format!(
                        "expected a fingerprint of twelve hexadecimal digits, but found `{fingerprint}`"
                    ),
                ));
            }
            let reason_line = at(entry.reason.span().start);
            let reason = entry.reason.into_inner().trim().to_owned();
            if reason.is_empty() {
                return Err(wrong(
                    reason_line,
                    "expected a reason, but found none".to_owned(),
                ));
            }
            let decision = Decision {
                reason,
                exposes: entry.exposes,
            };
            if reasons.insert(fingerprint.clone(), decision).is_some() {
                return Err(wrong(
                    line,
                    format!("expected every fingerprint once, but found `{fingerprint}` twice"),
                ));
            }
        }
        Ok(Self { reasons })
    }

    /// Notes in each of `changes` whether and why it is accepted, and answers with the fingerprints that are of none
    /// of them.
    pub fn mark(&self, changes: &mut [Change]) -> Vec<String> {
        for change in changes.iter_mut() {
            let decision = self.reasons.get(&change.fingerprint);
            let decision = decision.filter(|decision| decision.covers(change));
            change.accepted = decision.map(|decision| decision.reason.clone());
        }
        let known = |fingerprint: &&String| {
            changes
                .iter()
                .any(|change| change.fingerprint == **fingerprint)
        };
        let unknown = self
            .reasons
            .keys()
            .filter(|fingerprint| !known(fingerprint));
        unknown.cloned().collect()
    }
}

/// How many of `changes` break and are not accepted.
pub fn unaccepted(changes: &[Change]) -> usize {
    let breaks = |change: &&Change| change.level == Level::Major && change.accepted.is_none();
    changes.iter().filter(breaks).count()
}

#[cfg(test)]
mod tests {
    use scribe_codegen::diff;
    use scribe_codegen::surface::Surface;

    use super::*;

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let entry = |fingerprint: &str, reason: &str| {
            format!(
                "# decided\n[[change]]\nfingerprint = \"{fingerprint}\"\nreason = \"{reason}\"\n"
            )
        };
        let twice = entry("0123456789ab", "a") + &entry("0123456789ab", "b");
        let said: Vec<String> = [
            "[[change]\n",
            "[[change]]\nfingerprint = \"0123456789ab\"\n",
            "\n\nfingerprints = []\n",
            &entry("9F437ACAA1F5", "a"),
            &entry("0123", "a"),
            &entry("0123456789ab", "  "),
            &twice,
        ]
        .iter()
        .map(|text| Accepted::parse(text).expect_err(text).to_string())
        .map(|text| text.lines().next().unwrap_or_default().to_owned())
        .collect();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn a_change_is_accepted_by_its_fingerprint_and_others_are_told() {
        let mut changes = diff::compare(
            &Surface::parse("type A struct\ntype B struct\n"),
            &Surface::default(),
        );
        let text = format!(
            "[[change]]\nfingerprint = \"{}\"\nreason = \"gone for good\"\n[[change]]\nfingerprint = \"0123456789ab\"\nreason = \"b\"\n",
            changes[0].fingerprint
        );
        assert_eq!(unaccepted(&changes), 2);
        let accepted = Accepted::parse(&text).expect("a good file");
        assert_eq!(accepted.mark(&mut changes), ["0123456789ab"]);
        assert_eq!(unaccepted(&changes), 1);
        assert_eq!(changes[0].accepted.as_deref(), Some("gone for good"));
    }

    #[test]
    fn an_exposed_secret_is_accepted_only_by_its_name() {
        let surface = |ty: &str| {
            Surface::parse(&format!(
                "operation a GET /a id a builder A\noperation a answer B\ntype B field token: Option<{ty}> optional\ntype B struct\n"
            ))
        };
        let mut changes = diff::compare(&surface("runtime::Secret"), &surface("String"));
        let entry = |exposes: &str| {
            format!(
                "[[change]]\nfingerprint = \"{}\"\nreason = \"no secret\"\n{exposes}",
                changes[0].fingerprint
            )
        };
        for (exposes, left) in [
            ("", 1),
            ("exposes = \"type B\"\n", 1),
            ("exposes = \"type B field token\"\n", 0),
        ] {
            let accepted = Accepted::parse(&entry(exposes)).expect("a good file");
            let mut changes = changes.clone();
            assert!(accepted.mark(&mut changes).is_empty());
            assert_eq!(unaccepted(&changes), left, "{exposes}");
        }
        // Nor does a name accept another kind of change.
        changes = diff::compare(&Surface::parse("type A struct\n"), &Surface::default());
        let text = format!(
            "[[change]]\nfingerprint = \"{}\"\nreason = \"gone\"\nexposes = \"type A\"\n",
            changes[0].fingerprint
        );
        Accepted::parse(&text)
            .expect("a good file")
            .mark(&mut changes);
        assert_eq!(unaccepted(&changes), 1);
    }
}
