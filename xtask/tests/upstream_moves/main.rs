//! Upstream moves, and the crate stands: what happens on the day when upstream documents what we know already.
//!
//! Each document is one that upstream may publish ([`documents`]). All of them go through the pipeline; those that matter
//! most also through `regen` in a copy of the repository, where the crate is compiled and the tests of the connect flow
//! run against the same server as ever. All of them do that with
//!
//! ```sh
//! cargo test -p xtask --test upstream_moves -- --ignored --nocapture
//! ```

mod documents;
mod published;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use scribe_codegen::pipeline::{Extent, Input, Outcome, run};
use scribe_codegen::source::Source;
use scribe_codegen::{build, supplement};
use serde_json::Value;

use documents::{Moved, documents};

/// Those that are compiled and tried in every run.
const MATTER_MOST: [&str; 4] = [
    "all appear",
    "every field of the attempt is shown as null only",
    "the members of the start's response are in another order",
    "the list of ways to sign in is longer",
];

/// One copy of the repository is compiled at a time: they share a folder.
static COPY: Mutex<()> = Mutex::new(());

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn made(document: &Value) -> Outcome {
    let input = build::input(&root().join("spec")).unwrap();
    let input = Input {
        spec: Source::new("moved.json", document.to_string()),
        extent: Extent::Review,
        ..input
    };
    run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

/// What is wrong with the client of a document; none when it is as expected.
fn problems(moved: &Moved, committed: &BTreeSet<&str>) -> Vec<String> {
    let outcome = made(&moved.document);
    let surface: BTreeSet<&str> = outcome.surface.lines().collect();
    let is_meant = |line: &&&str| moved.loses.iter().any(|part| line.contains(part));
    let gone = committed
        .difference(&surface)
        .filter(|line| !is_meant(line));
    let mut problems: Vec<String> = gone.map(|line| format!("lost: {line}")).collect();
    for part in &moved.gains {
        if !surface.iter().any(|line| line.contains(part)) {
            problems.push(format!("expected: {part}"));
        }
    }
    for part in &moved.lacks {
        let left = surface.iter().filter(|line| line.contains(part));
        problems.extend(left.map(|line| format!("still there: {line}")));
    }
    let counts = supplement::counts(&outcome.supplements);
    if counts.contradicted != moved.contradicted {
        problems.push(format!(
            "facts: {counts}, but expected {} contradicted",
            moved.contradicted
        ));
    }
    let undecided = outcome
        .findings
        .iter()
        .filter(|finding| finding.code.starts_with("secrets/"));
    problems.extend(undecided.map(|finding| finding.problem.clone()));
    problems.extend(outcome.losses.iter().map(|loss| loss.problem.clone()));
    problems
}

#[test]
fn nothing_that_is_known_is_lost_whatever_upstream_documents_of_it() {
    let committed = std::fs::read_to_string(root().join("spec/api-surface.txt")).unwrap();
    let committed: BTreeSet<&str> = committed.lines().collect();
    let documents = documents();
    assert!(documents.len() >= 40, "{}", documents.len());
    let mut failed = Vec::new();
    for moved in &documents {
        let problems = problems(moved, &committed);
        if !problems.is_empty() {
            failed.push(format!("{}:\n  {}", moved.name, problems.join("\n  ")));
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {}:\n{}",
        failed.len(),
        documents.len(),
        failed.join("\n")
    );
}

#[test]
fn the_whole_api_loses_nothing_of_the_connect_flow() {
    let path = root().join("../shared/upstream/full.yaml");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let full = scribe_codegen::load::load(&Source::new("full.yaml", text))
        .unwrap_or_else(|failure| panic!("{failure}"));
    let committed = std::fs::read_to_string(root().join("spec/api-surface.txt")).unwrap();
    let surface = made(&full.root).surface;
    let surface: BTreeSet<&str> = surface.lines().collect();
    let of_the_flow = |line: &&str| {
        ["authenticat", "Authenticat", "2fa", "Submit"]
            .iter()
            .any(|part| line.contains(part))
            && !line.contains("field onlyfans_data: ")
    };
    let lost: Vec<&str> = committed
        .lines()
        .filter(of_the_flow)
        .filter(|line| !surface.contains(line))
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn the_crate_compiles_and_connects_with_what_upstream_is_most_likely_to_publish() {
    try_all(|moved| MATTER_MOST.contains(&moved.name.as_str()));
}

#[test]
#[ignore = "compiles the crate for every document, which takes minutes"]
fn the_crate_compiles_and_connects_or_the_verdict_says_that_it_does_not() {
    try_all(|_| true);
}

/// `regen` with each of the documents in a copy of the repository; where the verdict is that the crate compiles, the tests
/// of the connect flow pass and no secret is printed.
fn try_all(wanted: impl Fn(&Moved) -> bool) {
    let _one_at_a_time = COPY
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let copy = Copy::new();
    let mut failed = Vec::new();
    for moved in documents().iter().filter(|moved| wanted(moved)) {
        let problem = copy.tries(moved).err();
        println!("{}: {}", moved.name, problem.as_deref().unwrap_or("ok"));
        failed.extend(problem.map(|problem| format!("{}: {problem}", moved.name)));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// A copy of the repository with a commit.
struct Copy {
    folder: tempfile::TempDir,
    target: PathBuf,
}

impl Copy {
    fn new() -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root().join("target"), PathBuf::from);
        let copy = Self {
            folder: tempfile::tempdir().unwrap(),
            target: std::path::absolute(target).unwrap(),
        };
        copy_folder(&root(), copy.folder.path());
        copy.git(&["init", "--quiet"]);
        copy.git(&["add", "--all"]);
        copy.git(&[
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@t",
            "commit",
            "--quiet",
            "--message",
            "t",
        ]);
        copy
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }

    fn tries(&self, moved: &Moved) -> Result<(), String> {
        self.git(&["checkout", "--quiet", "--", "."]);
        let document = self.folder.path().join("target-of-the-test.json");
        std::fs::write(&document, moved.document.to_string()).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["regen", "--force", "--format", "json", "--from"])
            .arg(&document)
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .unwrap();
        std::fs::remove_file(&document).unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).map_err(|_| said(&output))?;
        let compiles = &json["compiled"]["compiles"];
        let verdict = json["verdict"].as_str().unwrap_or_default();
        // Without a compilation nothing changed but the header: what is committed compiles.
        let breaks = compiles.as_bool() == Some(false);
        if breaks != moved.breaks {
            return Err(format!(
                "expected breaks: {}, but found: {verdict}",
                moved.breaks
            ));
        }
        if breaks {
            return match verdict.starts_with("the crate does not compile") {
                true => Ok(()),
                false => Err(format!("the verdict hides it: {verdict}")),
            };
        }
        if moved.elsewhere {
            let changes = json["surface"]["changes"].as_array().into_iter().flatten();
            let mut kinds = changes.map(|change| &change["kind"]);
            return match kinds.any(|kind| kind == "operation-moved") {
                true => Ok(()),
                false => Err(format!("nothing says that the operation moved: {verdict}")),
            };
        }
        let output = Command::new(env!("CARGO"))
            .args([
                "test",
                "--quiet",
                "--no-default-features",
                "--test",
                "connect",
                "--test",
                "secrets",
            ])
            .arg("--target-dir")
            .arg(&self.target)
            // The folder in which `regen` compiled it: nothing of that is compiled again.
            .current_dir(
                if self.target.join("regen/Cargo.toml").exists() && compiles.is_boolean() {
                    self.target.join("regen")
                } else {
                    self.folder.path().to_owned()
                },
            )
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .unwrap();
        if output.status.success() {
            Ok(())
        } else {
            Err(format!("{verdict}\n{}", said(&output)))
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if ["target", ".git", ".regen"]
            .iter()
            .any(|left_out| name == *left_out)
        {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to.join(name));
        } else {
            std::fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

fn said(output: &Output) -> String {
    format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
