//! `regen`: the upstream document anew, and everything that is made of it.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::sync::Arc;
use std::time::Duration;

use scribe_codegen::diff;
use scribe_codegen::patch::State;
use scribe_codegen::pipeline::Input;
use scribe_codegen::source::Source;
use scribe_codegen::upstream;

use crate::cli::{Format, Regen};
use crate::error::{Error, Result};
use crate::fetch::fetch;
use crate::output::{Answer, thousands};
use crate::pipeline::{self, Given};
use crate::provenance::Provenance;
use crate::report::{Report, Upstream};
use crate::repository::{GENERATED, PROVENANCE, Repository, SURFACE, UPSTREAM};
use crate::write::{self, FileChange};

/// Carries the command out.
///
/// # Errors
///
/// When upstream cannot be had, the pipeline makes no client, or a file cannot be written. Nothing is then changed.
pub fn run(repository: &Repository, arguments: &Regen) -> Result<Answer> {
    let provenance = repository
        .read(PROVENANCE)?
        .map(|text| Provenance::parse(&text))
        .transpose()?;
    let chosen = choose(repository, arguments, provenance.as_ref())?;
    let input = pipeline::input(repository, chosen.source.clone())?;
    let outcome = pipeline::client(&input).or_else(|error| {
        // Nothing is written then, so that the findings must name the text where it is now.
        match chosen.given.clone() {
            Some(spec) => pipeline::client(&Input { spec, ..input }),
            None => Err(error),
        }
    })?;

    let mut files: BTreeMap<String, Option<Vec<u8>>> = pipeline::derived(&outcome)
        .into_iter()
        .map(|(path, bytes)| (path, Some(bytes)))
        .collect();
    let document = chosen.source.text.as_bytes();
    files.insert(UPSTREAM.to_owned(), Some(document.to_vec()));
    let fits = provenance
        .as_ref()
        .is_some_and(|old| old.differences(document, chosen.operations).is_empty());
    if !fits {
        let new = Provenance::of(document, chosen.operations, chosen.address);
        files.insert(PROVENANCE.to_owned(), Some(new.to_text().into_bytes()));
    }
    for orphan in repository.generated()? {
        if orphan.starts_with(GENERATED) {
            files.entry(orphan).or_insert(None);
        }
    }
    let mut changes = Vec::new();
    for (path, after) in files {
        let before = repository.read(&path)?;
        if before != after {
            changes.push(FileChange {
                path,
                before,
                after,
            });
        }
    }
    let old_surface = repository.read(SURFACE)?.unwrap_or_default();
    let old_surface = String::from_utf8_lossy(&old_surface);
    let report = Report {
        from: chosen.from,
        upstream: chosen.upstream,
        operations: chosen.operations,
        bytes: document.len(),
        outcome: &outcome,
        surface: diff::compare(&old_surface, &outcome.surface),
        written: paths(&changes, true),
        removed: paths(&changes, false),
    };
    if let Some(path) = &arguments.report {
        // Before anything is written: a report that cannot be had is no reason to wonder what was done.
        let opened = OpenOptions::new().create(true).append(true).open(path);
        opened.map_err(|error| Error::file("write", path.display(), &error))?;
    }
    write::commit(&repository.root, &changes)?;
    let mut answer = match arguments.format {
        Format::Text => report.to_text(),
        Format::Json => report.to_json(),
    };
    if let Some(path) = &arguments.report
        && let Err(error) = std::fs::write(path, report.to_markdown())
    {
        // The files are written by now, and what was done with them is to be seen all the same.
        answer.ok = false;
        answer.notes += &format!("{}\n", Error::file("write", path.display(), &error));
    }
    Ok(answer)
}

fn paths(changes: &[FileChange], written: bool) -> Vec<String> {
    changes
        .iter()
        .filter(|change| change.after.is_some() == written)
        .map(|change| change.path.clone())
        .collect()
}

/// The document that the client shall be made of.
struct Chosen {
    /// Its text under the name of the vendored copy.
    source: Arc<Source>,
    /// The same text under the name that it has now, when it is not vendored yet.
    given: Option<Arc<Source>>,
    operations: usize,
    address: Option<String>,
    from: String,
    upstream: Upstream,
}

/// Gets what the arguments ask for, and decides between it and the vendored document.
fn choose(
    repository: &Repository,
    arguments: &Regen,
    provenance: Option<&Provenance>,
) -> Result<Chosen> {
    let known = provenance.and_then(|provenance| provenance.address.clone());
    if arguments.offline {
        let source = pipeline::vendored(repository)?;
        let operations = upstream::count(&pipeline::load(&source)?.root);
        return Ok(Chosen {
            source,
            given: None,
            operations,
            address: known,
            from: UPSTREAM.to_owned(),
            upstream: Upstream::Vendored,
        });
    }
    let from = match (arguments.from.as_slice(), &known) {
        ([], Some(address)) => vec![address.clone()],
        ([], None) => {
            return Err(Error::new(
                format!("expected an address in `{PROVENANCE}`, but found none"),
                "say where the document is: `cargo xtask regen --from URL|FILE`",
            ));
        }
        (from, _) => from.to_vec(),
    };
    let given = get(&from, Duration::from_secs(arguments.timeout))?;
    let new = pipeline::load(&given.source)?.root;
    let operations = upstream::count(&new);
    let mut chosen = Chosen {
        source: Source::new(UPSTREAM, given.source.text.clone()),
        given: Some(given.source),
        operations,
        address: given.address.or(known),
        from: from.join(", "),
        upstream: Upstream::First,
    };
    let Some(old) = repository.read(UPSTREAM)? else {
        return Ok(chosen);
    };
    if old == chosen.source.text.as_bytes() {
        chosen.upstream = Upstream::Unchanged;
        return Ok(chosen);
    }
    let old = pipeline::decode(UPSTREAM, old)?;
    // A vendored document that cannot be read is no reason to refuse one that can.
    let Ok(old_document) = pipeline::load(&old) else {
        return Ok(chosen);
    };
    let before = upstream::count(&old_document.root);
    if operations * 2 < before && !arguments.force {
        return Err(Error::new(
            format!(
                "expected at least half of the vendored document's {} operations from {}, but found {}",
                thousands(before),
                chosen.from,
                thousands(operations)
            ),
            "look whether upstream is whole; if it is meant so, run the command again with --force",
        ));
    }
    let changes = upstream::changes(&old_document.root, &new);
    let keeps = changes.is_noise()
        && !arguments.force
        && !concerns_patches(repository, &old, &chosen.source)?;
    if keeps {
        chosen.source = old;
        chosen.given = None;
        chosen.operations = before;
        chosen.upstream = Upstream::Noise(changes);
    } else {
        chosen.upstream = Upstream::Changed(changes);
    }
    Ok(chosen)
}

/// Whether a patch is in another state on `new` than on `old`: then the examples that changed are ones that it is about.
fn concerns_patches(repository: &Repository, old: &Arc<Source>, new: &Arc<Source>) -> Result<bool> {
    let states = |spec: &Arc<Source>| -> Result<Vec<State>> {
        let (_, patches) = pipeline::patched(&pipeline::input(repository, spec.clone())?)?;
        Ok(patches.iter().map(|patch| patch.state).collect())
    };
    Ok(states(old)? != states(new)?)
}

/// The document that `from` names, of all of them together.
fn get(from: &[String], timeout: Duration) -> Result<Given> {
    let mut documents = Vec::new();
    for from in from {
        let fetched = fetch(from, timeout)?;
        for mut given in pipeline::given(&pipeline::decode(&fetched.name, fetched.bytes)?)? {
            given.address = given.address.or_else(|| fetched.address.clone());
            documents.push(given);
        }
    }
    pipeline::merge(&documents)
}
