//! A repository in a temporary folder, and the binary run in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A document of two operations.
pub const DOCUMENT: &str = include_str!("../fixtures/openapi.yaml");
/// An overlay with one patch that applies to [`DOCUMENT`].
pub const OVERLAY: &str = include_str!("../fixtures/10-password.yaml");
/// Where [`DOCUMENT`] says that it is published; no machine has this name.
pub const ADDRESS: &str = "https://docs.invalid/openapi.yaml";

/// The repository.
pub struct Repository {
    folder: tempfile::TempDir,
}

/// What the binary said.
pub struct Said {
    /// Its exit code, none when it was killed.
    pub code: Option<i32>,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

impl Said {
    /// The one JSON document on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("expected JSON, but found {error}: {self}"))
    }

    /// The same, when the command ended so.
    #[track_caller]
    pub fn exit(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit {:?}\n{}---\n{}", self.code, self.out, self.err)
    }
}

impl Repository {
    /// One with nothing but an overlay.
    pub fn empty() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        repository.write("Cargo.toml", "[workspace]\n");
        repository.write("spec/overlays/10-password.yaml", OVERLAY);
        repository
    }

    /// One whose document is vendored and whose client is made.
    pub fn regenerated() -> Self {
        let repository = Self::empty();
        repository.write("spec/upstream/openapi.yaml", DOCUMENT);
        repository.write(
            "spec/upstream/provenance.toml",
            &format!("address = \"{ADDRESS}\"\ndate = \"2026-01-31\"\nsha256 = \"\"\nbytes = 0\noperations = 0\n"),
        );
        repository.run(&["regen", "--offline"]).exit(0);
        repository
    }

    /// A copy of the repository that this test belongs to, as far as the commands read it.
    pub fn copy() -> Self {
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for path in ["Cargo.toml", "spec", "src/generated"] {
            copy(&real.join(path), &repository.root().join(path));
        }
        repository
    }

    /// Its root folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a file next to the repository's own, and says where.
    pub fn beside(&self, name: &str, text: &str) -> String {
        let path = self.root().join("target").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// A file's text.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces a part of a file.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, &text.replace(from, to));
    }

    /// Every file of the repository with its bytes, but for what is kept outside of it.
    pub fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.root(), self.root(), &mut files);
        files
    }

    /// The binary with these arguments, to be run in the repository.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .current_dir(self.root())
            .env_remove("CARGO_MANIFEST_DIR")
            .env("GIT_CEILING_DIRECTORIES", self.root().parent().unwrap())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in ["http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(name).env_remove(name.to_uppercase());
        }
        command
    }

    /// Runs the binary to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        said(&self.command(arguments).output().unwrap())
    }

    /// Runs the binary to its end with a text on its standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        said(&child.wait_with_output().unwrap())
    }

    /// Runs git.
    #[track_caller]
    pub fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(arguments)
            .current_dir(self.root())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    /// Commits everything, in a new git repository if there is none.
    pub fn commit(&self) {
        self.git(&["init", "--quiet"]);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a"]);
    }
}

/// What a process that has ended said.
pub fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Said {
        code: output.status.code(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_owned();
        if name == Path::new("target") || name == Path::new(".git") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.is_file() {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}
