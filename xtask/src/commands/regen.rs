//! `regen`: the upstream document anew, and everything that is made of it.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use scribe_codegen::diff;
use scribe_codegen::patch::{self, PatchReport, State};
use scribe_codegen::pipeline::{Input, Outcome};
use scribe_codegen::source::Source;
use scribe_codegen::supplement::{self, SupplementReport};
use scribe_codegen::upstream::{self, ContractChange};

use crate::accepted::Accepted;
use crate::base::Base;
use crate::causes::{self, Before};
use crate::cli::{Format, Regen};
use crate::compile::{self, Compiled};
use crate::error::{Error, Result};
use crate::fetch::fetch;
use crate::output::{Answer, count, thousands};
use crate::pipeline::{self, Given};
use crate::provenance::Provenance;
use crate::report::{Report, Upstream, release};
use crate::repository::{GENERATED, PROVENANCE, Repository, UPSTREAM};
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
    let mut chosen = choose(repository, arguments, provenance.as_ref())?;
    let base = Base::of(repository)?;
    let before = &base.before;
    chosen.upstream = base.since(chosen.upstream, &chosen.source, &mut chosen.tags)?;
    let mut input = pipeline::input(repository, chosen.source.clone())?;
    let mut outcome = pipeline::client(&input).or_else(|error| {
        // Nothing is written then, so that the findings must name the text where it is now.
        match chosen.given.clone() {
            Some(spec) => pipeline::client(&Input {
                spec,
                ..input.clone()
            }),
            None => Err(error),
        }
    })?;
    let accepted = Accepted::read(repository)?;
    let pruned = if arguments.prune {
        prune(&mut input, &mut outcome)?
    } else {
        Pruned::default()
    };

    let mut files: BTreeMap<String, Option<Vec<u8>>> = pipeline::derived(&outcome)
        .into_iter()
        .map(|(path, bytes)| (path, Some(bytes)))
        .collect();
    files.extend(pruned.files);
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
    let mut surface = causes::changes(before, &input, &outcome, &outcome.lines);
    let unknown = accepted.mark(&mut surface);
    // By what is committed, like everything in the report: a client that was written with --force is still to be fitted.
    let compiled = if base.has_another_body(&outcome.client) && !arguments.no_check {
        compile::check(repository, &changes)
    } else {
        Compiled::Skipped
    };
    let writes = arguments.force || !matches!(compiled, Compiled::No(_));
    if !writes {
        changes.clear();
    }
    let contract = contract(before, &input);
    let level = diff::level(&surface).max(contract.first().map(|change| change.level));
    let client_changed = base.differs(&outcome.client);
    let version = release::version(repository)?;
    let report = Report {
        from: chosen.from,
        upstream: chosen.upstream,
        operations: chosen.operations,
        bytes: document.len(),
        outcome: &outcome,
        tags: chosen.tags,
        losses_before: causes::losses(before, &input, &outcome),
        version: release::bump(version.as_deref(), level, client_changed),
        surface,
        compiled,
        contract,
        unknown,
        pruned: if writes { pruned.ids } else { Vec::new() },
        written: paths(&changes, true),
        removed: paths(&changes, false),
    };
    let mut made = None;
    if let Some(path) = &arguments.report {
        // Before anything is written: a report that cannot be had is no reason to wonder what was done.
        made = Some(path).filter(|path| !path.exists());
        let opened = OpenOptions::new().create(true).append(true).open(path);
        opened.map_err(|error| Error::file("write", path.display(), &error))?;
    }
    write::commit(&repository.root, &changes).inspect_err(|_| {
        // Nothing was written, so that there is nothing to report.
        if let Some(path) = made {
            let _ = std::fs::remove_file(path);
        }
    })?;
    let mut answer = match arguments.format {
        Format::Text => report.to_text(),
        Format::Json => report.to_json(),
    };
    if let Some(path) = &arguments.report
        && let Err(error) = std::fs::write(path, written(&report, path))
    {
        // The files are written by now, and what was done with them is to be seen all the same.
        answer.ok = false;
        answer.notes += &format!("{}\n", Error::file("write", path.display(), &error));
    }
    Ok(answer)
}

/// The report in the form that the file's name asks for.
fn written(report: &Report<'_>, path: &Path) -> String {
    match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("html") => report.to_html(),
        _ => report.to_markdown(),
    }
}

/// What `--prune` deletes.
#[derive(Default)]
struct Pruned {
    /// The patches, and how many facts of supplements.
    ids: Vec<String>,
    files: Vec<(String, Option<Vec<u8>>)>,
}

/// Takes the retired patches out of the overlays of `input` and the confirmed facts out of its supplements, and makes the
/// outcome anew from what is left.
fn prune(input: &mut Input, outcome: &mut Outcome) -> Result<Pruned> {
    let retired = |patch: &&PatchReport| patch.state == State::Retired;
    let retired = outcome.patches.iter().filter(retired);
    let mut pruned = Pruned {
        ids: retired.map(|patch| patch.id.clone()).collect(),
        files: Vec::new(),
    };
    let mut overlays = Vec::new();
    for overlay in &input.overlays {
        overlays.push((overlay.clone(), patch::pruned(overlay, &pruned.ids)?));
    }
    let supplements = supplement::pruned(&input.supplements, &outcome.supplements)?;
    let confirmed = supplement::counts(&outcome.supplements).confirmed;
    if confirmed > 0 {
        pruned.ids.push(count(confirmed, "fact", "facts"));
    }
    input.overlays = pruned.take(overlays);
    input.supplements = pruned.take(supplements);
    if !pruned.files.is_empty() {
        *outcome = pipeline::client(input)?;
    }
    Ok(pruned)
}

impl Pruned {
    /// Notes the files whose text is another one now, and returns what is left of all.
    fn take(&mut self, files: Vec<(Arc<Source>, Option<String>)>) -> Vec<Arc<Source>> {
        let mut left = Vec::new();
        for (file, rest) in files {
            if rest.as_ref() != Some(&file.text) {
                let bytes = rest.clone().map(String::into_bytes);
                self.files.push((file.name.clone(), bytes));
            }
            left.extend(rest.map(|rest| Source::new(file.name.clone(), rest)));
        }
        left
    }
}

/// What changed of the servers and the security since the client was last made.
fn contract(before: &Before, after: &Input) -> Vec<ContractChange> {
    let old = before.input.as_ref().map(|input| &input.spec);
    let old = old.filter(|old| old.text != after.spec.text);
    let old = old.and_then(|old| pipeline::load(old).ok());
    match (old, pipeline::load(&after.spec)) {
        (Some(old), Ok(new)) => upstream::contract(&old.root, &new.root),
        _ => Vec::new(),
    }
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
    /// The first tag of each operation, those of the vendored document included.
    tags: BTreeMap<String, String>,
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
            tags: BTreeMap::new(),
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
        tags: upstream::tags(&new),
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
    for (operation, tag) in upstream::tags(&old_document.root) {
        chosen.tags.entry(operation).or_insert(tag);
    }
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
    let ends = |text: &str| text.ends_with('\n');
    let cut_off = upstream::cut_off(
        (&old_document.root, ends(&old.text)),
        (&new, ends(&chosen.source.text)),
    );
    if let Some(said) = cut_off.filter(|_| !arguments.force) {
        return Err(Error::new(
            format!(
                "expected the whole document from {}, but it looks cut off: {said}",
                chosen.from
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

/// Whether a patch or a fact is in another state on `new` than on `old`: then the examples that changed are ones that it
/// is about.
fn concerns_patches(repository: &Repository, old: &Arc<Source>, new: &Arc<Source>) -> Result<bool> {
    let states = |spec: &Arc<Source>| -> Result<(Vec<State>, Vec<supplement::Counts>)> {
        let patched = pipeline::patched(&pipeline::input(repository, spec.clone())?)?;
        let supplements = patched.supplements.iter();
        Ok((
            patched.patches.iter().map(|patch| patch.state).collect(),
            supplements.map(SupplementReport::counts).collect(),
        ))
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
