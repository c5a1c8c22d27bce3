//! The whole path, once: every caller (build.rs, the commands, the tests) comes through [`run`].

use std::sync::Arc;

use crate::client::Client;
use crate::description;
use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::fingerprint;
use crate::lossless::{self, Lossless};
use crate::naming::Note;
use crate::patch::{self, PatchReport};
use crate::source::Source;
use crate::supplement::{self, SupplementReport, Supplemented};
use crate::surface::Surface;
use crate::{load, polish, print, progenitor, repair, secrets, settings, walk};

/// What the pipeline works on.
#[derive(Debug, Clone)]
pub struct Input {
    /// The document.
    pub spec: Arc<Source>,
    /// The overlays, in the order in which they apply.
    pub overlays: Vec<Arc<Source>>,
    /// The supplements, in the order of their names.
    pub supplements: Vec<Arc<Source>>,
    /// The rules about secrets; none when nobody decided on any.
    pub secrets: Option<Arc<Source>>,
    /// The ledger of names as the last run made it, when there is one.
    pub names: Option<Arc<Source>>,
    /// The ids of patches and supplements to leave out.
    pub without: Vec<String>,
    /// How much to find out about the client. It is the same client.
    pub extent: Extent,
}

impl Input {
    /// The document and nothing else, to be reviewed.
    pub fn of(spec: Arc<Source>) -> Self {
        Self {
            spec,
            overlays: Vec::new(),
            supplements: Vec::new(),
            secrets: None,
            names: None,
            without: Vec::new(),
            extent: Extent::Review,
        }
    }
}

/// How much the pipeline finds out about the client that it makes. Each extent has what those before it have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// The client: what a build needs.
    Client,
    /// Its surface, and which documented examples it loses: what is reviewed.
    Review,
    /// Which of the documented answers it refuses once a node is changed to what a server plausibly sends.
    Trial,
}

/// What the pipeline made.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The client as data.
    pub model: Client,
    /// The client's Rust text, header included.
    pub client: String,
    /// The client's public surface, a line an item; empty below [`Extent::Review`].
    pub surface: String,
    /// The same surface as data.
    pub lines: Surface,
    /// The operations as data, for a server that tests talk to; empty below [`Extent::Review`].
    pub description: String,
    /// The ledger of names for the next run.
    pub names: String,
    /// The names that the ledger keeps, and that the document by itself would give in another way.
    pub notes: Vec<Note>,
    /// The document after the patches and the supplements, with its secrets marked.
    pub patched: Document,
    /// The document after the repairs.
    pub repaired: Document,
    /// The document after the repairs, before its shapes were named.
    pub inline: Document,
    /// The names that shapes got, by their pointer in `inline`.
    pub named: repair::Named,
    /// What became of each patch.
    pub patches: Vec<PatchReport>,
    /// What became of each supplement.
    pub supplements: Vec<SupplementReport>,
    /// What the stages found, errors first.
    pub findings: Vec<Finding>,
    /// How many operations the document has.
    pub operations: usize,
    /// How many of them the client has a method for.
    pub methods: usize,
    /// How many types the client declares.
    pub types: usize,
    /// The documented examples that do not come back unchanged, each with its JSON pointer; none below
    /// [`Extent::Review`].
    pub losses: Vec<Finding>,
    /// How many documented examples were tried; 0 below [`Extent::Review`].
    pub examples: usize,
    /// How many changed answers were tried; 0 below [`Extent::Trial`].
    pub perturbed: usize,
    /// The changed answers that do not decode, or decode and lose a value, each with the JSON pointer of the change.
    pub rejected: Vec<Finding>,
}

/// The stages recurse as deep as the document nests, and typify deeper: more than a test thread's stack.
const STACK: usize = 64 * 1024 * 1024;

/// The name of the thread that [`run`] works in.
pub const THREAD: &str = "pipeline";

/// From text to client.
///
/// # Errors
///
/// With all findings of the stage that could not go on.
pub fn run(input: &Input) -> Result<Outcome, Failure> {
    run_with(input, load::Reading::Strict)
}

/// [`run`], with a choice of how much the document may be off.
///
/// # Errors
///
/// As [`run`].
pub fn run_with(input: &Input, reading: load::Reading) -> Result<Outcome, Failure> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name(THREAD.into())
            .stack_size(STACK)
            .spawn_scoped(scope, || stages(input, reading))
            .map_err(|error| no_thread(&error.to_string()))?
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn stages(input: &Input, reading: load::Reading) -> Result<Outcome, Failure> {
    let ledger = input.names.as_ref().map(repair::Ledger::parse);
    let ledger = ledger.transpose()?.unwrap_or_default();
    let (document, loaded) = load::load_with(&input.spec, reading)?;
    let (patched, patches) = patch::apply(&document, &input.overlays, &input.without)?;
    let Supplemented {
        document: patched,
        reports: supplements,
        findings: supplemented,
    } = supplement::apply(&patched, &input.supplements, &input.without)?;
    load::check(&patched, reading)?;
    settings::check(&patched)?;
    let (patched, undecided) = secrets(input, patched)?;
    let repair::Repaired {
        document: repaired,
        inline,
        named,
        ledger,
        notes,
        mut findings,
    } = repair::apply(&patched, ledger);
    findings.extend(loaded);
    findings.extend(supplemented);
    findings.extend(undecided);
    findings.extend(patch::overlaps(&document, &patched));
    findings.extend(load::warnings(&document));
    let mut model = progenitor::client(&repaired, &inline, &named)?;
    polish::polish(&mut model);
    let mut lines = Surface::default();
    let mut description = String::new();
    let [mut examples, mut perturbed] = <[lossless::Report; 2]>::default();
    if input.extent >= Extent::Review {
        lines = print::surface(&model);
        description = description::of(&inline);
        let lossless = Lossless::new(&model, &inline, &named);
        examples = lossless.examples();
        if input.extent >= Extent::Trial {
            perturbed = lossless.perturbed();
        }
    }
    findings.sort_by_key(|finding| finding.severity);
    let names = ledger.to_text();
    Ok(Outcome {
        client: print::client(&model, &fingerprint(input, &names))?,
        surface: match input.extent {
            Extent::Client => String::new(),
            _ => lines.to_text(),
        },
        lines,
        description,
        names,
        notes,
        operations: walk::operations(&repaired.root).len(),
        methods: model.operations.len(),
        types: model.types.len(),
        model,
        repaired,
        inline,
        named,
        patched,
        patches,
        supplements,
        findings,
        losses: examples.losses,
        examples: examples.tried,
        perturbed: perturbed.tried,
        rejected: perturbed.losses,
    })
}

/// `document` with its secrets marked, and what nobody decided on.
///
/// # Errors
///
/// When the rules cannot be read.
pub fn secrets(input: &Input, document: Document) -> Result<(Document, Vec<Finding>), Failure> {
    match &input.secrets {
        Some(rules) => {
            let marked = secrets::apply(&document, rules)?;
            Ok((marked.document, marked.findings))
        }
        None => Ok((document, Vec::new())),
    }
}

/// The fingerprint of the files in `spec/` when the input was read from there, and the ledger is written there: with it
/// the next run makes the same client.
fn fingerprint(input: &Input, names: &str) -> String {
    let files = input.overlays.iter().chain(&input.supplements);
    let files = files.chain(&input.secrets);
    fingerprint::of_parts(
        input.spec.text.as_bytes(),
        files
            .map(|file| (file.name.as_str(), file.text.as_bytes()))
            .chain([(fingerprint::NAMES, names.as_bytes())]),
    )
}

fn no_thread(error: &str) -> Failure {
    Failure::from(Finding::error(
        "pipeline/thread",
        format!("the system starts no thread: {error}"),
        "free some memory and try again",
    ))
}
