//! `provenance.toml`: where the vendored document comes from, and what pins it.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::repository::PROVENANCE;
use crate::write::digest;

const PREAMBLE: &str =
    "# Where `openapi.yaml` beside this file comes from. Written by `cargo xtask regen`.\n";

/// What is known of the vendored document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Where it is published, none when it came from a file that does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The day on which it was taken (UTC), as `2026-01-31`.
    pub date: String,
    /// The sha256 of its bytes.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: usize,
    /// How many operations it has.
    pub operations: usize,
}

impl Provenance {
    /// That of `document`, taken today.
    pub fn of(document: &[u8], operations: usize, address: Option<String>) -> Self {
        let now = jiff::Timestamp::now().to_string();
        Self {
            address,
            date: now[..10].to_owned(),
            sha256: digest(document),
            bytes: document.len(),
            operations,
        }
    }

    /// The one that `text` holds.
    ///
    /// # Errors
    ///
    /// When it is not TOML, or has other fields.
    pub fn parse(text: &[u8]) -> Result<Self> {
        toml::from_slice(text).map_err(|error| {
            Error::new(
                format!("could not read `{PROVENANCE}`: {}", error.message()),
                format!("take it from git (`git checkout -- {PROVENANCE}`), or delete it and run `cargo xtask regen --from URL|FILE`"),
            )
        })
    }

    /// The file's text.
    pub fn to_text(&self) -> String {
        let fields = toml::to_string(self).expect("five plain fields are always TOML");
        format!("{PREAMBLE}{fields}")
    }

    /// Where it does not fit `document`, a sentence each.
    pub fn differences(&self, document: &[u8], operations: usize) -> Vec<String> {
        let found = Self::of(document, operations, None);
        let mut differences = Vec::new();
        let mut compare = |field: &str, expected: String, found: String| {
            if expected != found {
                differences.push(format!("{field}: expected {expected}, but found {found}"));
            }
        };
        compare("sha256", self.sha256.clone(), found.sha256);
        compare("bytes", self.bytes.to_string(), found.bytes.to_string());
        compare(
            "operations",
            self.operations.to_string(),
            found.operations.to_string(),
        );
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let provenance = Provenance {
            date: "2026-01-31".to_owned(),
            ..Provenance::of(
                b"openapi: 3.0.3\n",
                7,
                Some("https://example.com/a".to_owned()),
            )
        };
        let text = provenance.to_text();
        insta::assert_snapshot!(text, @r#"
        # Where `openapi.yaml` beside this file comes from. Written by `cargo xtask regen`.
        address = "https://example.com/a"
        date = "2026-01-31"
        sha256 = "faa4988e76ddd0d66e9c95e3d7da6faecc44be96bf988ac35b22dd39213ff509"
        bytes = 15
        operations = 7
        "#);
        assert_eq!(Provenance::parse(text.as_bytes()).unwrap(), provenance);
    }

    #[test]
    fn each_field_that_does_not_fit_is_named() {
        let provenance = Provenance::of(b"one\n", 1, None);
        assert_eq!(provenance.differences(b"one\n", 1), Vec::<String>::new());
        insta::assert_snapshot!(provenance.differences(b"other\n", 2).join("\n"), @"
        sha256: expected 2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806, but found 7e4fa2eb8c7ac089739d5defc4489fad68a100d92082ca35c6b40a4524821f87
        bytes: expected 4, but found 6
        operations: expected 1, but found 2
        ");
    }

    #[test]
    fn an_unknown_field_and_a_syntax_error_are_refused() {
        for text in ["addres = \"a\"\n", "date = \n"] {
            let error = Provenance::parse(text.as_bytes()).unwrap_err();
            assert!(error.to_string().contains(PROVENANCE), "{error}");
        }
    }
}
