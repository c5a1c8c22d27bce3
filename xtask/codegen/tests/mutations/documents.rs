//! What is mutated.

use std::path::Path;
use std::sync::OnceLock;

use scribe_codegen::load::{self, Reading};
use scribe_codegen::source::Source;
use serde_json::Value;

/// What the documents of a run of all tests have at most, in bytes: a debug build takes a while for more.
const SMALL: usize = 12 << 10;

/// A document as it was written.
#[derive(Debug, Clone)]
pub struct Sample {
    pub name: String,
    pub text: String,
    pub root: Value,
}

/// The repository's own documents, and the small ones of others.
pub fn few() -> &'static [Sample] {
    static FEW: OnceLock<Vec<Sample>> = OnceLock::new();
    FEW.get_or_init(|| {
        let mut samples = own();
        let all = all().iter().skip(samples.len());
        samples.extend(all.filter(|sample| sample.text.len() <= SMALL).cloned());
        samples
    })
}

/// The repository's own documents, and all of the others that are there.
pub fn all() -> &'static [Sample] {
    static ALL: OnceLock<Vec<Sample>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut samples = own();
        let others = root().join("../../../shared/scribe-corpus");
        if others.is_dir() {
            samples.extend(folder(&others));
        } else {
            println!("skipped: {} is absent", others.display());
        }
        samples
    })
}

fn own() -> Vec<Sample> {
    let samples: Vec<Sample> = ["tests/repairs", "../../tests/fixtures", "../tests/fixtures"]
        .iter()
        .flat_map(|name| folder(&root().join(name)))
        .collect();
    assert!(samples.len() > 20, "the repository's documents are here");
    samples
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents in a folder, by name. What is made by the tests of repairs is an excerpt: it gets what a document needs.
fn folder(path: &Path) -> Vec<Sample> {
    let files = std::fs::read_dir(path).expect("a folder of documents");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    paths.sort();
    paths.iter().filter_map(|path| sample(path)).collect()
}

fn sample(path: &Path) -> Option<Sample> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let text = std::fs::read_to_string(path).ok()?;
    let source = Source::new(name.clone(), text);
    let (document, _) = load::load_with(&source, Reading::Lenient).ok()?;
    Some(Sample {
        name,
        text: source.text.clone(),
        root: document.root,
    })
}
