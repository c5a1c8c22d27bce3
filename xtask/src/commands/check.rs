//! `check`: whether everything committed is what the pipeline makes now.

use std::collections::BTreeMap;
use std::time::Duration;

use scribe_codegen::upstream;
use serde::Serialize;
use serde_json::json;
use similar::TextDiff;

use crate::cli::{Format, Plain};
use crate::error::Result;
use crate::output::{self, Answer, count};
use crate::pipeline::{self, open_work};
use crate::provenance::Provenance;
use crate::report;
use crate::repository::{GENERATED, PROVENANCE, Repository};

/// The command that mends what can be mended without a person.
const REMEDY: &str = "cargo xtask regen --offline";
/// How many lines of a file's diff are shown.
const DIFF_LINES: usize = 40;

/// How a file is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "state")]
enum FileState {
    /// It has another text.
    Stale {
        /// From the committed text to the one that the pipeline makes, shortened.
        diff: String,
    },
    /// It is not there.
    Missing,
    /// Nothing makes it.
    Orphaned,
}

/// Carries the command out.
///
/// # Errors
///
/// When the pipeline makes no client.
pub fn run(repository: &Repository, arguments: &Plain) -> Result<Answer> {
    let source = pipeline::vendored(repository)?;
    let operations = upstream::count(&pipeline::load(&source)?.root);
    let provenance = provenance(repository, source.text.as_bytes(), operations);
    let outcome = pipeline::client(&pipeline::input(repository, source)?)?;
    let files = files(repository, &pipeline::derived(&outcome))?;
    let (errors, patches, losses) = open_work(&outcome);

    let mendable = !files.is_empty() || !provenance.is_empty();
    let ok = !mendable && errors.is_empty() && patches.is_empty() && losses.is_empty();
    if arguments.format == Format::Json {
        let value = json!({
            "ok": ok,
            "files": files,
            "provenance": provenance,
            "patches": patches.iter().map(|patch| report::patch(patch)).collect::<Vec<_>>(),
            "findings": errors,
            "losses": losses,
            "remedy": mendable.then_some(REMEDY),
        });
        return Ok(Answer::json(ok, &value));
    }
    let mut text = String::new();
    for (path, state) in &files {
        match state {
            FileState::Stale { diff } => text += &format!("stale: {path}\n{diff}"),
            FileState::Missing => text += &format!("missing: {path}\n"),
            FileState::Orphaned => {
                text += &format!("orphaned: {path}: the pipeline makes no such file\n");
            }
        }
    }
    for difference in &provenance {
        text += &format!("{PROVENANCE}: {difference}\n");
    }
    let mut notes = output::findings(errors.iter().copied()) + &output::findings(losses);
    for patch in &patches {
        notes += &report::advice(patch);
    }
    let verdict = if ok {
        "everything committed is what the pipeline makes".to_owned()
    } else {
        let mut parts = Vec::new();
        for (number, one, many) in [
            (
                files.len(),
                "file is not what the pipeline makes",
                "files are not what the pipeline makes",
            ),
            (
                provenance.len(),
                "field of the provenance does not fit",
                "fields of the provenance do not fit",
            ),
            (
                patches.len(),
                "patch is not applied",
                "patches are not applied",
            ),
            (errors.len(), "error", "errors"),
            (
                losses.len(),
                "example does not come back unchanged",
                "examples do not come back unchanged",
            ),
        ] {
            if number > 0 {
                parts.push(count(number, one, many));
            }
        }
        let remedy = if mendable {
            format!("; run `{REMEDY}` and commit what it writes")
        } else {
            String::new()
        };
        parts.join(", ") + &remedy
    };
    text += &output::verdict(ok, &verdict);
    Ok(Answer {
        leads: false,
        ok,
        text,
        notes,
    })
}

/// Where the provenance does not fit, a sentence each.
fn provenance(repository: &Repository, document: &[u8], operations: usize) -> Vec<String> {
    match repository.read(PROVENANCE) {
        Ok(None) => vec!["expected the file, but there is none".to_owned()],
        Ok(Some(text)) => match Provenance::parse(&text) {
            Ok(provenance) => provenance.differences(document, operations),
            Err(error) => vec![error.to_string()],
        },
        Err(error) => vec![error.to_string()],
    }
}

/// The files that are not what the pipeline makes.
fn files(
    repository: &Repository,
    derived: &BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, FileState>> {
    let mut states = BTreeMap::new();
    for (path, wanted) in derived {
        match repository.read(path)? {
            Some(found) if found == *wanted => {}
            Some(found) => {
                let diff = short_diff(&found, wanted);
                states.insert(path.clone(), FileState::Stale { diff });
            }
            None => {
                states.insert(path.clone(), FileState::Missing);
            }
        }
    }
    for path in repository.generated()? {
        if path.starts_with(GENERATED) && !derived.contains_key(&path) {
            states.insert(path, FileState::Orphaned);
        }
    }
    Ok(states)
}

/// The beginning of the diff from what is committed to what is made.
fn short_diff(committed: &[u8], made: &[u8]) -> String {
    let (committed, made) = (
        String::from_utf8_lossy(committed),
        String::from_utf8_lossy(made),
    );
    let diff = TextDiff::configure()
        // The shortest diff of two large files can take long, and a longer one says the same.
        .timeout(Duration::from_secs(1))
        .diff_lines(committed.as_ref(), made.as_ref());
    let text = diff
        .unified_diff()
        .context_radius(1)
        .header("committed", "made now")
        .to_string();
    let lines: Vec<&str> = text.lines().collect();
    let mut short = String::new();
    for line in lines.iter().take(DIFF_LINES) {
        short += &format!("  {line}\n");
    }
    if lines.len() > DIFF_LINES {
        let more = count(lines.len() - DIFF_LINES, "more line", "more lines");
        short += &format!("  … {more}\n");
    }
    short
}

#[cfg(test)]
mod tests {
    use super::short_diff;

    #[test]
    fn a_diff_shows_what_changed_and_a_line_around_it() {
        let diff = short_diff(b"a\nb\nc\nd\ne\n", b"a\nb\nx\nd\ne\n");
        insta::assert_snapshot!(diff, @"
        --- committed
        +++ made now
        @@ -2,3 +2,3 @@
         b
        -c
        +x
         d
        ");
    }

    #[test]
    fn a_long_diff_is_cut_and_says_so() {
        let many: String = (0..100).map(|line| format!("{line}\n")).collect();
        let diff = short_diff(b"", many.as_bytes());
        assert_eq!(diff.lines().count(), 41);
        assert_eq!(diff.lines().last(), Some("  … 63 more lines"));
    }
}
