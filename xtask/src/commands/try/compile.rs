//! `--compile`: one workspace with a crate for each client, checked by cargo, the dependencies built once.
//!
//! Each crate is what this repository's own is: the runtime verbatim, the client beside it, and the same dependencies.
//! Each has its own copy of the runtime, because cargo shows a warning or an error of a shared file once, for the first
//! crate that it comes to.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fs4::FileExt;
use indicatif::ProgressBar;
use serde_json::Value;
use toml::Table;

use super::manifest::package;
use super::row::{Row, printable};
use crate::error::{Error, Result};
use crate::repository::Repository;

/// Where the workspace is, unless this says it.
const FOLDER_VARIABLE: &str = "XTASK_TRY_DIR";
/// What a crate of a client is called, with the row's number behind it.
const CRATE: &str = "client_";

const LIB: &str = "\
//! A client on trial.
#![forbid(unsafe_code)]
#![allow(dead_code, unused_imports)]

mod generated;
mod runtime;

pub use generated::{operations, types};
pub use runtime::*;
";

/// Before each client, as in `src/generated.rs`.
const USES: &str = "use crate::runtime::{self, Call, Client};\n\n";

/// Checks the client of each row that has one, and notes what came of it.
///
/// # Errors
///
/// When the workspace cannot be written or cargo cannot be run.
pub fn run(repository: &Repository, rows: &mut [Row], bar: &ProgressBar) -> Result<()> {
    let workspace = Workspace::new(repository)?;
    let clients: Vec<(usize, &str)> = rows
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((index, row.made.as_ref().ok()?.client.as_str())))
        .collect();
    if clients.is_empty() {
        return Ok(());
    }
    workspace.write(repository, &clients)?;
    // What is here already is enough, as a rule; only cargo knows whether it is.
    let mut said = workspace.check(true, bar)?;
    if !said.started {
        said = workspace.check(false, bar)?;
    }
    for (index, row) in rows.iter_mut().enumerate() {
        if row.made.is_ok() {
            row.compiled = Some(said.verdict(index));
        }
    }
    Ok(())
}

/// A folder that cargo works in. Held by one process at a time.
struct Workspace {
    folder: PathBuf,
    _lock: File,
}

impl Workspace {
    fn new(repository: &Repository) -> Result<Self> {
        let folder = std::env::var_os(FOLDER_VARIABLE).map_or_else(
            || match std::env::var_os("CARGO_TARGET_DIR") {
                Some(target) => repository.root.join(target).join("try"),
                None => repository.root.join("target/try"),
            },
            PathBuf::from,
        );
        let failed = |error| Error::file("write", folder.display(), &error);
        fs::create_dir_all(&folder).map_err(failed)?;
        let folder = std::path::absolute(&folder).map_err(failed)?;
        let lock = File::create(folder.join("lock")).map_err(failed)?;
        FileExt::lock(&lock).map_err(failed)?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    fn write(&self, repository: &Repository, clients: &[(usize, &str)]) -> Result<()> {
        let manifest = repository.read("Cargo.toml")?.unwrap_or_default();
        let manifest = String::from_utf8_lossy(&manifest);
        let manifest: Table = manifest.parse().map_err(|error| {
            Error::new(
                format!("expected a manifest at `Cargo.toml`, but found {error}"),
                "correct it",
            )
        })?;
        let members: Vec<String> = clients.iter().map(|(index, _)| name(*index)).collect();
        let mut workspace = Table::new();
        workspace.insert("resolver".into(), "3".into());
        workspace.insert("members".into(), members.into());
        let whole = Table::from_iter([("workspace".to_owned(), workspace.into())]);
        self.file("Cargo.toml", &whole.to_string())?;
        if let Some(lock) = repository.read("Cargo.lock")? {
            // The versions that the repository is built with: they are here already.
            self.file("Cargo.lock", &String::from_utf8_lossy(&lock))?;
        }
        let runtime = repository.root.join("runtime");
        let package = package(&manifest);
        for (index, client) in clients {
            let name = name(*index);
            let mut own = package.clone();
            if let Some(package) = own.get_mut("package").and_then(toml::Value::as_table_mut) {
                package.insert("name".into(), name.clone().into());
            }
            self.file(&format!("{name}/Cargo.toml"), &own.to_string())?;
            self.file(&format!("{name}/src/lib.rs"), LIB)?;
            self.runtime(&runtime, &Path::new(&name).join("src/runtime"))?;
            self.file(
                &format!("{name}/src/generated.rs"),
                &format!("{USES}{client}"),
            )?;
        }
        Ok(())
    }

    /// Writes a file unless it is that already: what is as old as before is not compiled again.
    fn file(&self, path: &str, text: &str) -> Result<()> {
        let path = self.folder.join(path);
        if fs::read(&path).is_ok_and(|found| found == text.as_bytes()) {
            return Ok(());
        }
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, text));
        written.map_err(|error| Error::file("write", path.display(), &error))
    }

    fn runtime(&self, from: &Path, to: &Path) -> Result<()> {
        let failed = |error| Error::file("read", from.display(), &error);
        for entry in fs::read_dir(from).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let to = to.join(path.file_name().unwrap_or_default());
            if path.is_dir() {
                self.runtime(&path, &to)?;
            } else {
                let text = fs::read_to_string(&path).map_err(failed)?;
                self.file(&to.to_string_lossy(), &text)?;
            }
        }
        Ok(())
    }

    fn check(&self, offline: bool, bar: &ProgressBar) -> Result<Said> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .args([
                "check",
                "--workspace",
                "--keep-going",
                "--message-format=json",
            ])
            .args(offline.then_some("--offline"))
            .arg("--target-dir")
            .arg(self.folder.join("target"))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let failed = |error| Error::file("run", "cargo", &error);
        let mut child = command.spawn().map_err(failed)?;
        let mut said = Said::default();
        // Both pipes are read at once: a full one would stop cargo.
        let stderr = child.stderr.take();
        let stderr = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = stderr.map(|mut pipe| pipe.read_to_end(&mut bytes));
            String::from_utf8_lossy(&bytes).into_owned()
        });
        for line in child
            .stdout
            .take()
            .into_iter()
            .flat_map(|pipe| BufReader::new(pipe).lines())
        {
            if let Ok(message) = serde_json::from_str(&line.map_err(failed)?)
                && said.hear(&message)
            {
                bar.inc(1);
            }
        }
        child.wait().map_err(failed)?;
        said.rest = stderr.join().unwrap_or_default();
        Ok(said)
    }
}

/// What cargo said.
#[derive(Debug, Default)]
struct Said {
    /// Whether anything was compiled: if not, the dependencies were not to be had.
    started: bool,
    checked: Vec<usize>,
    /// The first error of each client.
    errors: Vec<(usize, String)>,
    /// What it said besides messages.
    rest: String,
}

impl Said {
    /// Takes a message; whether a client is done by it.
    fn hear(&mut self, message: &Value) -> bool {
        self.started = true;
        let target = message.pointer("/target/name").and_then(Value::as_str);
        let number = target.and_then(|name| name.strip_prefix(CRATE)?.parse().ok());
        let Some(index): Option<usize> = number else {
            return false;
        };
        match message["reason"].as_str() {
            Some("compiler-artifact") => {
                self.checked.push(index);
                true
            }
            Some("compiler-message") if message["message"]["level"] == "error" => {
                let first = !self.errors.iter().any(|(of, _)| *of == index);
                if first {
                    self.errors.push((index, error(&message["message"])));
                }
                first
            }
            _ => false,
        }
    }

    fn verdict(&self, index: usize) -> std::result::Result<(), String> {
        if let Some((_, error)) = self.errors.iter().find(|(of, _)| *of == index) {
            return Err(error.clone());
        }
        if self.checked.contains(&index) {
            return Ok(());
        }
        let reason = self.rest.lines().find(|line| line.starts_with("error"));
        Err(printable(
            reason.unwrap_or("error: cargo did not check the client"),
        ))
    }
}

/// A compiler's message in a line: code, text and where.
fn error(message: &Value) -> String {
    let text = message["message"].as_str().unwrap_or_default();
    let code = message.pointer("/code/code").and_then(Value::as_str);
    let code = code.map(|code| format!("[{code}]")).unwrap_or_default();
    let spans = message["spans"].as_array();
    let place = spans
        .into_iter()
        .flatten()
        .find(|span| span["is_primary"] == true)
        .and_then(|span| {
            let file = Path::new(span["file_name"].as_str()?).file_name()?;
            let (line, column) = (&span["line_start"], &span["column_start"]);
            Some(format!(" at {}:{line}:{column}", file.to_string_lossy()))
        })
        .unwrap_or_default();
    printable(&format!("error{code}{place}: {text}"))
}

fn name(index: usize) -> String {
    format!("{CRATE}{index}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_error_of_a_client_is_its_verdict() {
        let mut said = Said::default();
        let message = |client: &str, text: &str, level: &str| {
            json!({
                "reason": "compiler-message",
                "target": { "name": client },
                "message": {
                    "level": level,
                    "message": text,
                    "code": { "code": "E0412" },
                    "spans": [{ "is_primary": true, "file_name": "client_1/src/generated.rs", "line_start": 3, "column_start": 9 }],
                },
            })
        };
        assert!(!said.hear(&message("client_0", "unused", "warning")));
        assert!(said.hear(&message(
            "client_1",
            "cannot find type `\u{202e}A`",
            "error"
        )));
        assert!(!said.hear(&message("client_1", "another", "error")));
        let artifact =
            |name: &str| json!({ "reason": "compiler-artifact", "target": { "name": name } });
        assert!(said.hear(&artifact("client_0")));
        assert!(!said.hear(&artifact("serde")));
        assert_eq!(said.verdict(0), Ok(()));
        insta::assert_snapshot!(said.verdict(1).unwrap_err(), @r"error[E0412] at generated.rs:3:9: cannot find type `\u{202e}A`");
        insta::assert_snapshot!(said.verdict(2).unwrap_err(), @"error: cargo did not check the client");
        said.rest = "    Checking a\nerror: could not compile `serde`\n".into();
        insta::assert_snapshot!(said.verdict(2).unwrap_err(), @"error: could not compile `serde`");
    }
}
