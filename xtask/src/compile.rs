//! Whether the crate compiles with a client that is not written yet: the hand-written code is built on the generated.
//!
//! A copy of the repository is kept in the target folder. It gets the files as they would be, and cargo checks its
//! library without default features: the committed client is what both ways to build compile. The dependencies are those
//! that the repository itself is built with, so that this takes seconds.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use fs4::FileExt;
use indicatif::{ProgressBar, ProgressStyle};
use scribe_codegen::diff::Change;
use scribe_codegen::finding::printable;
use serde_json::{Value, json};

use crate::repository::Repository;
use crate::write::FileChange;

/// What the repository has and no build needs.
const LEFT_OUT: [&str; 4] = ["target", ".git", ".regen", "node_modules"];

/// What came of it.
#[derive(Debug, Clone)]
pub enum Compiled {
    /// There was nothing to compile, or nobody wanted to.
    Skipped,
    /// The crate compiles.
    Yes,
    /// It does not.
    No(Vec<CompileError>),
    /// Nobody knows, because cargo could not be run to its end.
    Unknown(String),
}

/// An error of the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileError {
    /// What is wrong.
    pub message: String,
    /// Where: `src/file.rs:line:column`.
    pub place: String,
    /// What the compiler says in full.
    pub rendered: String,
    /// The names that it speaks of.
    names: BTreeSet<String>,
}

impl CompileError {
    /// The changes of the surface that it probably comes from: those of an item that it names, the most exact first.
    pub fn explained_by<'c>(&self, changes: &'c [Change]) -> Vec<&'c Change> {
        let mut found: Vec<(usize, &Change)> = changes
            .iter()
            .filter_map(|change| {
                let named = names_of(change);
                let count = named
                    .iter()
                    .filter(|name| self.names.contains(*name))
                    .count();
                (count > 0).then_some((count, change))
            })
            .collect();
        let most = found.iter().map(|(count, _)| *count).max();
        found.retain(|(count, _)| Some(*count) == most);
        found.sort_by_key(|(_, change)| std::cmp::Reverse(change.level));
        found
            .into_iter()
            .map(|(_, change)| change)
            .take(3)
            .collect()
    }
}

/// The names in the lines of a change that a compiler would use for its item.
fn names_of(change: &Change) -> BTreeSet<String> {
    // `type A field b: T …` and `operation a parameter b: T …`; what a word is about says nothing.
    const WORDS: [&str; 12] = [
        "type",
        "operation",
        "field",
        "variant",
        "parameter",
        "answer",
        "response",
        "method",
        "optional",
        "required",
        "setter",
        "in",
    ];
    let lines = [
        Some(&change.item),
        change.before.as_ref(),
        change.after.as_ref(),
    ];
    let words = lines.into_iter().flatten().flat_map(|line| {
        line.split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    words
        .filter(|word| word.len() > 2 && !WORDS.contains(&word.as_str()))
        .collect()
}

/// Compiles the crate as it would be after `changes`.
pub fn check(repository: &Repository, changes: &[FileChange]) -> Compiled {
    let is_crate = ["Cargo.toml", "src/lib.rs"]
        .iter()
        .all(|file| repository.root.join(file).is_file());
    if !is_crate {
        return Compiled::Skipped;
    }
    let bar = ProgressBar::new_spinner().with_style(
        ProgressStyle::with_template(
            "{spinner} compiling the crate with the new client ({elapsed})",
        )
        .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    bar.enable_steady_tick(Duration::from_millis(200));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || repository.root.join("target"),
        |target| repository.root.join(target),
    );
    let staging = target.join("regen");
    let said = alone(&target).and_then(|_lock| {
        stage(repository, &staging, changes)?;
        cargo(&staging, &target)
    });
    bar.finish_and_clear();
    said.unwrap_or_else(|error| Compiled::Unknown(printable(&error.to_string())))
}

/// Waits until nobody else uses the copy.
fn alone(target: &Path) -> std::io::Result<fs::File> {
    fs::create_dir_all(target)?;
    let lock = fs::File::create(target.join("regen.lock"))?;
    FileExt::lock(&lock)?;
    Ok(lock)
}

/// Makes `staging` a copy of the repository with `changes`. What is there already is not written again, so that cargo
/// does not compile it again.
fn stage(repository: &Repository, staging: &Path, changes: &[FileChange]) -> std::io::Result<()> {
    fs::create_dir_all(staging)?;
    let mut files = BTreeSet::new();
    list(&repository.root, Path::new(""), &mut files)?;
    for change in changes {
        let path = PathBuf::from(&change.path);
        if change.after.is_some() {
            files.insert(path);
        } else {
            files.remove(&path);
        }
    }
    let mut stale = BTreeSet::new();
    list(staging, Path::new(""), &mut stale)?;
    for path in stale.difference(&files) {
        fs::remove_file(staging.join(path))?;
    }
    for path in files {
        let changed = changes
            .iter()
            .find(|change| Path::new(&change.path) == path);
        let bytes = match changed.and_then(|change| change.after.as_ref()) {
            Some(after) => after.clone(),
            None => fs::read(repository.root.join(&path))?,
        };
        let to = staging.join(&path);
        if fs::read(&to).is_ok_and(|found| found == bytes) {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(to, bytes)?;
    }
    Ok(())
}

/// The files below `root`, but for what no build needs, as paths from there.
fn list(root: &Path, folder: &Path, files: &mut BTreeSet<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        let kind = entry.file_type()?;
        if LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if kind.is_dir() {
            list(root, &path, files)?;
        } else if kind.is_file() {
            files.insert(path);
        }
    }
    Ok(())
}

fn cargo(staging: &Path, target: &Path) -> std::io::Result<Compiled> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args([
            "check",
            "--lib",
            "--no-default-features",
            "--message-format=json",
            "--target-dir",
        ])
        .arg(target)
        .current_dir(staging)
        // What the command that runs this one was told about its own package is not about this one.
        .env_remove("CARGO_MANIFEST_DIR")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // Both pipes are read at once: a full one would stop cargo.
    let stderr = child.stderr.take();
    let stderr = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stderr.map(|mut pipe| pipe.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let mut errors = Vec::new();
    let lines = child.stdout.take().map(BufReader::new);
    for line in lines.into_iter().flat_map(BufReader::lines) {
        if let Ok(message) = serde_json::from_str::<Value>(&line?)
            && message["reason"] == "compiler-message"
            && message["message"]["level"] == "error"
        {
            errors.extend(error(&message["message"]));
        }
    }
    let status = child.wait()?;
    let rest = stderr.join().unwrap_or_default();
    Ok(if !errors.is_empty() {
        Compiled::No(errors)
    } else if status.success() {
        Compiled::Yes
    } else {
        let said = rest.lines().filter(|line| line.starts_with("error"));
        let said: Vec<&str> = said.take(3).collect();
        Compiled::Unknown(if said.is_empty() {
            "cargo failed and did not say why".into()
        } else {
            printable(&said.join("; "))
        })
    })
}

/// An error as the compiler tells it; none for the one that only counts the others.
fn error(message: &Value) -> Option<CompileError> {
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true)?;
    let file = primary["file_name"]
        .as_str()
        .unwrap_or("?")
        .replace('\\', "/");
    let file = match file.rsplit_once("/out/") {
        Some((_, file)) => format!("the client ({file})"),
        None => file,
    };
    let place = format!(
        "{file}:{}:{}",
        primary["line_start"], primary["column_start"]
    );
    let text = message["message"].as_str().unwrap_or_default();
    let code = message.pointer("/code/code").and_then(Value::as_str);
    let code = code.map(|code| format!("[{code}]")).unwrap_or_default();
    let mut names = BTreeSet::new();
    collect(text, &mut names);
    for span in spans {
        collect(span["label"].as_str().unwrap_or_default(), &mut names);
        if span["is_primary"] == true {
            let lines = span["text"].as_array().into_iter().flatten();
            for line in lines {
                words(line["text"].as_str().unwrap_or_default(), &mut names);
            }
        }
    }
    for child in message["children"].as_array().into_iter().flatten() {
        collect(child["message"].as_str().unwrap_or_default(), &mut names);
    }
    Some(CompileError {
        message: printable(&format!("error{code}: {text}")),
        place: printable(&place),
        rendered: printable(message["rendered"].as_str().unwrap_or_default().trim_end()),
        names,
    })
}

/// The names in backquotes.
fn collect(text: &str, names: &mut BTreeSet<String>) {
    for quoted in text.split('`').skip(1).step_by(2) {
        words(quoted, names);
    }
}

fn words(text: &str, names: &mut BTreeSet<String>) {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    names.extend(words.filter(|word| word.len() > 2).map(str::to_owned));
}

impl Compiled {
    /// For programs.
    pub fn as_json(&self, changes: &[Change]) -> Value {
        match self {
            Self::Skipped => json!({ "compiles": null, "why": "it was not tried" }),
            Self::Yes => json!({ "compiles": true }),
            Self::Unknown(why) => json!({ "compiles": null, "why": why }),
            Self::No(errors) => {
                let errors = errors.iter().map(|error| {
                    let explained = error.explained_by(changes);
                    let explained = explained.iter().map(|change| &change.fingerprint);
                    json!({
                        "message": error.message,
                        "place": error.place,
                        "rendered": error.rendered,
                        "changes": explained.collect::<Vec<_>>(),
                    })
                });
                json!({ "compiles": false, "errors": errors.collect::<Vec<_>>() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_read_with_its_place_and_its_names() {
        let message = json!({
            "level": "error",
            "message": "no field `code` on type `Submit2faBody`",
            "code": { "code": "E0609" },
            "spans": [{
                "is_primary": true, "file_name": "src/connect/wire.rs", "line_start": 3, "column_start": 9,
                "label": "unknown field", "text": [{ "text": "    body.code = x;" }],
            }],
            "children": [{ "message": "available fields are: `otp`" }],
            "rendered": "error[E0609]: no field\n",
        });
        let error = error(&message).expect("an error");
        assert_eq!(error.place, "src/connect/wire.rs:3:9");
        assert_eq!(
            error.message,
            "error[E0609]: no field `code` on type `Submit2faBody`"
        );
        for name in ["code", "Submit2faBody", "otp", "body"] {
            assert!(error.names.contains(name), "{name}: {:?}", error.names);
        }
    }

    #[test]
    fn the_summary_of_all_errors_is_none() {
        let summary = json!({ "message": "aborting due to 2 previous errors", "spans": [] });
        assert_eq!(error(&summary), None);
    }
}
