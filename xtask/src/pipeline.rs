//! The pipeline as the commands call it: the one file that knows how the library's functions are called.

use std::collections::BTreeMap;
use std::sync::Arc;

use scribe_codegen::document::Document;
use scribe_codegen::finding::{Failure, Finding, Severity};
use scribe_codegen::load::{self, Reading, embedded, looks_like_markdown};
use scribe_codegen::patch::{self, PatchReport, State};
pub use scribe_codegen::pipeline::THREAD;
use scribe_codegen::pipeline::{Extent, Input, Outcome, run, run_with, secrets};
use scribe_codegen::repair::{self, Repaired};
use scribe_codegen::source::Source;
use scribe_codegen::supplement::{self, SupplementReport};

use crate::error::Result;
use crate::repository::{CLIENT, DESCRIPTION, NAMES, Repository, SURFACE, UPSTREAM};

/// A document as somebody gave it: a file of its own, or a page that embeds it.
#[derive(Debug, Clone)]
pub struct Given {
    /// The document's text, byte for byte.
    pub source: Arc<Source>,
    /// The address that the page says the document has.
    pub address: Option<String>,
}

/// The text in `bytes`.
///
/// # Errors
///
/// When they are no text.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Arc<Source>> {
    Ok(load::decode(name, bytes)?)
}

/// The documents in `source`, which is YAML, JSON or a page that embeds some.
///
/// # Errors
///
/// When it is a page that embeds none.
pub fn given(source: &Arc<Source>) -> Result<Vec<Given>> {
    if !looks_like_markdown(source) {
        return Ok(vec![Given {
            source: source.clone(),
            address: None,
        }]);
    }
    let documents = embedded(source)?.into_iter().map(|embedded| Given {
        source: embedded.text,
        address: embedded.address,
    });
    Ok(documents.collect())
}

/// One document of several; the address is that of the first that has one.
///
/// # Errors
///
/// When they contradict each other.
pub fn merge(documents: &[Given]) -> Result<Given> {
    let sources: Vec<Arc<Source>> = documents
        .iter()
        .map(|document| document.source.clone())
        .collect();
    Ok(Given {
        source: load::merge(&sources)?,
        address: documents
            .iter()
            .find_map(|document| document.address.clone()),
    })
}

/// The text → its value with places.
///
/// # Errors
///
/// With everything that is wrong with the text.
pub fn load(source: &Arc<Source>) -> Result<Document> {
    Ok(load::load(source)?)
}

/// `spec` with the overlays, the supplements and the names of the repository.
///
/// # Errors
///
/// When one of them cannot be read.
pub fn input(repository: &Repository, spec: Arc<Source>) -> Result<Input> {
    Ok(Input {
        overlays: repository.overlays()?,
        secrets: repository.secrets()?,
        names: repository.names()?,
        supplements: repository.supplements()?,
        ..Input::of(spec)
    })
}

/// The pipeline on `input`.
///
/// # Errors
///
/// With the findings of the stage that could not go on.
pub fn client(input: &Input) -> Result<Outcome> {
    Ok(run(input)?)
}

/// The pipeline on `input` without the patches of these ids.
///
/// # Errors
///
/// With the findings of the stage that could not go on.
pub fn without(input: &Input, ids: &[String]) -> std::result::Result<Outcome, Failure> {
    run(&Input {
        without: ids.to_vec(),
        ..input.clone()
    })
}

/// The pipeline on `spec` alone, with everything that it can find out. What can be understood all the same is read: a
/// document on trial is somebody else's, while a change of version or a key twice in ours is news.
///
/// # Errors
///
/// With the findings of the stage that could not go on.
pub fn trial(spec: Arc<Source>) -> Result<Outcome> {
    let input = Input {
        extent: Extent::Trial,
        ..Input::of(spec)
    };
    Ok(run_with(&input, Reading::Lenient)?)
}

/// The document after the patches and the supplements, its secrets marked, and what became of them. The stages behind it do not run: a
/// document that they refuse can be looked at.
///
/// # Errors
///
/// When the document, an overlay or a supplement cannot be read.
pub fn patched(input: &Input) -> Result<Patched> {
    let document = load::load(&input.spec)?;
    let (document, patches) = patch::apply(&document, &input.overlays, &input.without)?;
    let supplemented = supplement::apply(&document, &input.supplements, &input.without)?;
    Ok(Patched {
        document: secrets(input, supplemented.document)?.0,
        patches,
        supplements: supplemented.reports,
    })
}

/// A document after the patches and the supplements.
#[derive(Debug)]
pub struct Patched {
    /// The document.
    pub document: Document,
    /// What became of each patch.
    pub patches: Vec<PatchReport>,
    /// What became of each supplement.
    pub supplements: Vec<SupplementReport>,
}

/// The document after the patches and what the repairs made of it, without the stages behind them.
///
/// # Errors
///
/// When the document, an overlay or the ledger of names cannot be read.
pub fn repaired(input: &Input) -> Result<(Document, Repaired)> {
    let ledger = input.names.as_ref().map(repair::Ledger::parse);
    let ledger = ledger.transpose()?.unwrap_or_default();
    let patched = patched(input)?.document;
    let repaired = repair::apply(&patched, ledger);
    Ok((patched, repaired))
}

/// The vendored document's text.
///
/// # Errors
///
/// When there is none, or it is no text.
pub fn vendored(repository: &Repository) -> Result<Arc<Source>> {
    decode(UPSTREAM, repository.vendored()?)
}

/// The files that are made of an outcome, by path.
pub fn derived(outcome: &Outcome) -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([
        (CLIENT.to_owned(), outcome.client.clone().into_bytes()),
        (SURFACE.to_owned(), outcome.surface.clone().into_bytes()),
        (
            DESCRIPTION.to_owned(),
            outcome.description.clone().into_bytes(),
        ),
        (NAMES.to_owned(), outcome.names.clone().into_bytes()),
    ])
}

/// What of an outcome is left for a person to do: findings of severity error, patches that are not applied, losses.
pub fn open_work(outcome: &Outcome) -> (Vec<&Finding>, Vec<&PatchReport>, &[Finding]) {
    (
        outcome
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .collect(),
        outcome
            .patches
            .iter()
            .filter(|patch| patch.state != State::Applied)
            .collect(),
        &outcome.losses,
    )
}
