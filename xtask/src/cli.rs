//! The command line: what the commands are called and what they take.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// The maintainer's commands. Each exits 0 when all is well, 1 when it is not, 2 on bad usage.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
pub struct Arguments {
    /// Which command
    #[command(subcommand)]
    pub command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Fetch the upstream document, run the pipeline, write what is derived, report what changed
    ///
    /// Writes spec/upstream/openapi.yaml, spec/upstream/provenance.toml, src/generated/client.rs,
    /// spec/api-surface.txt and spec/names.toml: all of them or none. When upstream changed in examples or in the way
    /// it is written only, the vendored document stays.
    ///
    /// Before anything is written, the crate is compiled with the new client: when the hand-written code does not fit it,
    /// the report begins with that, and nothing is written unless --force is given.
    ///
    /// Exits 0 when `cargo xtask check` would now pass, and 1 when there is something left to do: a patch that is
    /// not applied, a finding of severity error, or an example that does not come back unchanged. The files are
    /// written in that case too. When the pipeline makes no client, or upstream cannot be had, nothing is written.
    Regen(Regen),
    /// Compare what is committed with what the pipeline makes now; exit 1 if anything differs
    ///
    /// Reports every stale, missing and orphaned file with a short diff, a provenance.toml that does not fit the
    /// vendored document, patches that are not applied, findings of severity error and examples that do not come
    /// back unchanged.
    Check(Plain),
    /// Show how the API surface differs from another one, how bad that is, and what it comes from
    ///
    /// Against a revision, each change has its cause: upstream, a patch, an edited name or the pipeline itself. To find
    /// out, the pipeline runs again on what was committed then, with one input after the other exchanged.
    ///
    /// Breaking changes that somebody has decided on stand in spec/accepted-changes.toml, each by its fingerprint with
    /// a reason; `--fail-on breaking` lets those pass.
    Diff(Diff),
    /// Show what the pipeline found in a document, the unrepaired first; exit 1 on findings of severity error
    ///
    /// The findings go to standard error, each with file, line and column: what is left to do with its lines, what
    /// was repaired in a line of its own. Standard output has the count.
    Lint(Lint),
    /// Show every patch and every supplement, the states of the patches and of the supplements' facts, and which lines of
    /// the surface each patch changes; exit 1 if a patch is not applied or a fact is contradicted
    Patches(Patches),
    /// Print a document as it is after a stage, as YAML
    Effective(Effective),
    /// Run the pipeline on any documents, without overlays: a row for each, and totals
    ///
    /// Every example of a document goes through the type of its place and back; what does not come back unchanged is a
    /// loss. Every documented answer is tried again with each of its nodes changed to what a PHP server plausibly sends:
    /// null, nothing, `[]` for an object, a field or value that is not documented, a fraction, a value where only null
    /// was seen. Those that do not decode, or decode and lose a value, are rejected.
    ///
    /// Exits 1 when a document gives no client, or, with --compile, one that does not compile. Losses and rejected
    /// answers are shown and are no failure: the examples of a document may contradict each other.
    Try(Try),
    /// Start another repair: its file with the next free code, its place in the registry, and a fixture
    NewRepair(NewRepair),
}

/// How a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people; findings go to standard error
    Text,
    /// For programs: one JSON document on standard output
    Json,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Plain {
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Arguments of `regen`.
#[derive(Debug, clap::Args)]
pub struct Regen {
    /// Where to take the document from: an https address, a file, or `-` for standard input; YAML, JSON, or a
    /// Markdown page that embeds either. Given several times, the documents are merged. Default: the address in
    /// spec/upstream/provenance.toml
    #[arg(long, value_name = "URL|FILE|-", conflicts_with = "offline")]
    pub from: Vec<String>,
    /// Use the vendored document
    #[arg(long)]
    pub offline: bool,
    /// Take the document even if it has fewer than half of the vendored one's operations, looks cut off, or differs from
    /// the vendored one in examples only; and write the client even if the crate does not compile with it
    #[arg(long)]
    pub force: bool,
    /// Delete the patches that are retired: upstream has mended what they mend. An overlay that is left without a
    /// patch is deleted
    #[arg(long)]
    pub prune: bool,
    /// Do not compile the crate with the new client before it is written
    #[arg(long)]
    pub no_check: bool,
    /// Also write the report to a file: as a page when its name ends in `.html`, else as Markdown
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// How long to wait for a connection, and for each piece of the answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// The surface to compare with: a file, or a git revision whose spec/api-surface.txt is meant
    #[arg(long, value_name = "REV|FILE", default_value = "HEAD")]
    pub base: String,
    /// How to answer
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// Exit 1 on breaking changes that are not accepted, or on any change
    #[arg(long, value_enum)]
    pub fail_on: Option<FailOn>,
}

/// How `diff` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    Text,
    /// For a pull request
    Markdown,
    /// A page in one file, to look at in a browser
    Html,
    /// For programs
    Json,
}

/// When `diff` exits 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// When a change asks for a new major version, and is not accepted
    Breaking,
    /// When there is a change
    Any,
}

/// Which document, and with which patches.
#[derive(Debug, clap::Args)]
pub struct Subject {
    /// The document: a file, or `-` for standard input. Default: the vendored one
    #[arg(value_name = "SPEC")]
    pub spec: Option<String>,
    /// Leave the overlays and supplements in spec/ out, for a document of another API
    #[arg(long)]
    pub no_overlays: bool,
}

/// Arguments of `lint`.
#[derive(Debug, clap::Args)]
pub struct Lint {
    /// Which document
    #[command(flatten)]
    pub subject: Subject,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Arguments of `patches`.
#[derive(Debug, clap::Args)]
pub struct Patches {
    /// Show instead what the client would be without this patch or supplement; given several times, without all of them
    #[arg(long, value_name = "ID")]
    pub without: Vec<String>,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Arguments of `effective`.
#[derive(Debug, clap::Args)]
pub struct Effective {
    /// Which document
    #[command(flatten)]
    pub subject: Subject,
    /// After which stage
    #[arg(long, value_enum, default_value_t = Stage::Patched)]
    pub stage: Stage,
    /// How to print it
    #[arg(long, value_enum, default_value_t = DocumentFormat::Text)]
    pub format: DocumentFormat,
}

/// How `effective` prints a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// As YAML
    Text,
    /// As JSON
    Json,
    /// As one Overlay 1.1, in YAML: what makes this document of the one that was given
    Overlay,
}

/// A stage whose document can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// After the overlays and the supplements: what other tools should see
    Patched,
    /// After the repairs: what the client is made of
    Repaired,
}

/// Arguments of `try`.
#[derive(Debug, clap::Args)]
pub struct Try {
    /// The documents: files, or `-` for standard input
    #[arg(value_name = "SPEC", required = true)]
    pub specs: Vec<PathBuf>,
    /// Also compile each client
    #[arg(long)]
    pub compile: bool,
    /// Show every finding of severity error, loss and rejected answer, not only the first of each document
    #[arg(long)]
    pub verbose: bool,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Arguments of `new-repair`.
#[derive(Debug, clap::Args)]
pub struct NewRepair {
    /// What is wrong in the document, as the name of a module: `null_examples`
    #[arg(value_name = "NAME")]
    pub name: String,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}
