//! Every operation can succeed: programs that call each method of a client, compiled and run against a server on
//! loopback that answers anything with 200, 201, 202 and 204. And every response decodes, whatever kind of JSON any node of
//! it is: those of the document are changed node by node.
//!
//! The documents of `fixtures/loopback.yaml` and `spec/` are tried always, that of 292 operations when it is in `../shared`. All of
//! the other documents there take a quarter of an hour:
//!
//! ```sh
//! cargo test -p xtask --test loopback -- --ignored --nocapture
//! LOOPBACK_ONLY=bookshelves cargo test -p xtask --test loopback -- --ignored --nocapture
//! LOOPBACK_FOLDER=documents cargo test -p xtask --test loopback -- --ignored --nocapture
//! ```
//!
//! The folder is one of any documents, with an absolute path.

mod client;
mod document;
#[path = "../../src/commands/try/manifest.rs"]
mod manifest;
mod program;
mod sample;
mod types;
mod workspace;

use std::path::{Path, PathBuf};

use scribe_codegen::build;
use scribe_codegen::load::{self, Reading};
use scribe_codegen::pipeline::{self, Extent, Input};

use client::Client;
use program::Program;
use workspace::Workspace;

/// How many documents are compiled at once: their programs take room on the disk.
const BATCH: usize = 10;

/// The client and the program of a document, or of a folder like `spec/`; or why there are none.
fn made(path: &Path) -> Result<(String, Program), String> {
    let outcome = if path.is_dir() {
        let mut input = build::input(path)?;
        input.extent = Extent::Review;
        pipeline::run(&input)
    } else {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).expect("the document can be read");
        let spec = load::decode(&name, bytes).expect("the document is text");
        pipeline::run_with(&Input::of(spec), Reading::Lenient)
    };
    let outcome = outcome.map_err(|failure| format!("it gives no client: {failure}"))?;
    let client = Client::read(&outcome.client);
    if client.operations.len() != outcome.operations {
        return Err(format!(
            "{} of {} operations have a method",
            client.operations.len(),
            outcome.operations
        ));
    }
    let losses: Vec<&str> = outcome
        .losses
        .iter()
        .map(|loss| loss.pointer.as_str())
        .collect();
    let program = program::write(&client, &outcome.patched.root, &losses);
    Ok((outcome.client, program))
}

/// Tries the documents in one workspace; what failed, a text for each document that failed.
fn tried(workspace: &str, documents: &[PathBuf]) -> Vec<String> {
    let name = |path: &Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let mut failed = Vec::new();
    let (mut paths, mut programs) = (Vec::new(), Vec::new());
    for path in documents {
        match made(path) {
            Ok(made) => {
                paths.push(path);
                programs.push(made);
            }
            Err(problem) => failed.push(format!("{}: {problem}", name(path))),
        }
    }
    let ran = Workspace::new(workspace).run(&programs);
    for ((path, (_, program)), ran) in paths.into_iter().zip(&programs).zip(ran) {
        let name = name(path);
        let last = ran.said.lines().last().unwrap_or_default();
        println!("{name}: {} operations, {last}", program.operations);
        let missing: String = program
            .missing
            .iter()
            .map(|missing| format!("missing: {missing}\n"))
            .collect();
        if !ran.ok || !missing.is_empty() {
            // At once: the run of all documents is long.
            let text = format!("{name}\n{missing}{}", ran.said);
            println!("{text}");
            failed.push(text);
        }
    }
    failed
}

fn assert_all(failed: &[String]) {
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(path)
}

#[test]
fn every_operation_succeeds_and_gives_what_was_sent() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![
        own.join("tests/fixtures/loopback.yaml"),
        own.join("../spec"),
    ];
    let full = shared("upstream/full.yaml");
    if full.is_file() {
        documents.push(full);
    } else {
        println!("skipped: the document of all operations is not in ../shared/upstream");
    }
    assert_all(&tried("own", &documents));
}

#[test]
#[ignore = "a quarter of an hour"]
fn every_operation_of_other_documents_succeeds() {
    let folder =
        std::env::var_os("LOOPBACK_FOLDER").map_or_else(|| shared("scribe-corpus"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: there are no documents in {}", folder.display());
        return;
    };
    let only = std::env::var("LOOPBACK_ONLY").unwrap_or_default();
    let mut documents: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .filter(|path| path.to_string_lossy().contains(&only))
        .collect();
    documents.sort();
    let batches = documents.chunks(BATCH);
    let failed: Vec<String> = batches.flat_map(|batch| tried("others", batch)).collect();
    assert_all(&failed);
}
