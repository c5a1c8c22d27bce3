//! What must hold of every document.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use scribe_codegen::finding::{Failure, Finding, Severity};
use scribe_codegen::load::{self, Reading};
use scribe_codegen::pipeline::{self, Extent, Input, Outcome};
use serde_json::Value;

use crate::documents::Sample;
use crate::{text, tree};

/// How long a document may take: far more than any does, also in a debug build on a busy machine.
const LONG: Duration = Duration::from_secs(120);

/// A damaged document. What was done to it is shown when it fails, and not its megabytes.
#[derive(Clone)]
pub struct Text {
    pub bytes: Vec<u8>,
    pub from: String,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.from)
    }
}

impl Text {
    pub fn damaged(sample: &Sample, damages: &[text::Damage]) -> Self {
        let mut bytes = sample.text.clone().into_bytes();
        for damage in damages {
            damage.apply(&mut bytes);
        }
        let from = format!("{} with {damages:?}", sample.name);
        Self { bytes, from }
    }

    pub fn mutated(sample: &Sample, mutations: &[tree::Mutation]) -> Self {
        let mut root = sample.root.clone();
        let done: Vec<String> = mutations
            .iter()
            .map(|mutation| mutation.apply(&mut root))
            .collect();
        Self {
            bytes: root.to_string().into_bytes(),
            from: format!("{} with\n  {}", sample.name, done.join("\n  ")),
        }
    }
}

/// No panic, an end, and a client or findings.
pub fn holds(text: &Text) -> Result<(), String> {
    keep(text);
    let bytes = text.bytes.clone();
    // What never ends is to be told from what fails. A panic of ours comes back through the thread.
    let (done, wait) = mpsc::channel::<()>();
    let worker = std::thread::spawn(move || {
        let told = said(run(bytes, Reading::Lenient));
        drop(done);
        told
    });
    match wait.recv_timeout(LONG) {
        Err(RecvTimeoutError::Timeout) => Err(format!("no end after {LONG:?}")),
        _ => worker.join().unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
            Err(format!("panic: {}", text.unwrap_or_default()))
        }),
    }
}

/// What the pipeline makes of a file.
pub fn run(bytes: Vec<u8>, reading: Reading) -> Result<Outcome, Failure> {
    let input = Input {
        extent: Extent::Trial,
        ..Input::of(load::decode("mutated.yaml", bytes)?)
    };
    pipeline::run_with(&input, reading)
}

fn said(result: Result<Outcome, Failure>) -> Result<(), String> {
    match result {
        Ok(outcome) => complete(&outcome),
        Err(failure) => explained(&failure),
    }
}

/// A client that is Rust, with every operation in it or an error that says why not.
fn complete(outcome: &Outcome) -> Result<(), String> {
    syn::parse_file(&outcome.client).map_err(|error| format!("the client is no Rust: {error}"))?;
    let (operations, methods) = (operations(&outcome.patched.root), outcome.methods);
    let errors: Vec<&Finding> = outcome
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    if methods > operations || methods + errors.len() < operations {
        let errors = errors.len();
        return Err(format!(
            "{methods} methods and {errors} errors for {operations} operations"
        ));
    }
    placed(&outcome.findings)
}

/// Findings that say what is wrong, and where.
fn explained(failure: &Failure) -> Result<(), String> {
    let errors = failure
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    if errors.count() == 0 {
        return Err("refused without an error".to_owned());
    }
    if let Some(finding) = failure.findings.iter().find(|finding| is_ours(finding)) {
        let (code, problem) = (finding.code, &finding.problem);
        return Err(format!("{code} at {}: {problem}", finding.pointer));
    }
    placed(&failure.findings)
}

/// Whether the document is not at fault, but a repair that is missing or a form of progenitor's that is not known.
fn is_ours(finding: &Finding) -> bool {
    ["lower/", "generate/", "polish/", "surface/"]
        .iter()
        .any(|stage| finding.code.starts_with(stage))
}

fn placed(findings: &[Finding]) -> Result<(), String> {
    let unclear = findings.iter().find(|finding| {
        finding.place.is_none() || finding.problem.is_empty() || finding.action.is_empty()
    });
    match unclear {
        Some(finding) => Err(format!("no place or no words: {finding:?}")),
        None => Ok(()),
    }
}

/// How many operations a document has, counted without the pipeline.
fn operations(root: &Value) -> usize {
    const METHODS: [&str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let items = root["paths"].as_object().into_iter().flatten();
    items
        .filter_map(|(_, item)| item.as_object())
        .flatten()
        .filter(|(key, value)| METHODS.contains(&key.as_str()) && value.is_object())
        .count()
}

/// Writes the text where `MUTATIONS_KEEP` says.
fn keep(text: &Text) {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let Some(folder) = std::env::var_os("MUTATIONS_KEEP") else {
        return;
    };
    let index = NEXT.fetch_add(1, Ordering::Relaxed);
    let path = std::path::Path::new(&folder).join(format!("{index:05}.yaml"));
    std::fs::write(path, &text.bytes).expect("the folder of MUTATIONS_KEEP can be written");
}
