//! The maintainer’s commands: arguments, files, network and printing. The work is done by `scribe-codegen`.

mod accepted;
mod base;
mod causes;
mod cli;
mod commands;
mod compile;
mod download;
mod error;
mod fetch;
mod output;
mod page;
mod parallel;
mod pipeline;
mod provenance;
mod report;
mod repository;
mod revision;
mod surface;
mod write;
mod yaml;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{Arguments, Command, DiffFormat, DocumentFormat, Format};
use output::Answer;
use repository::Repository;

/// The pipeline makes and drops millions of small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let json = wants_json(&arguments.command);
    let answer = answer(&arguments.command).unwrap_or_else(|error| output::failure(&error, json));
    answer.print()
}

fn wants_json(command: &Command) -> bool {
    let format = match command {
        Command::Regen(arguments) => arguments.format,
        Command::Check(arguments) => arguments.format,
        Command::Lint(arguments) => arguments.format,
        Command::Patches(arguments) => arguments.format,
        Command::Effective(arguments) => return arguments.format == DocumentFormat::Json,
        Command::Try(arguments) => arguments.format,
        Command::NewRepair(arguments) => arguments.format,
        Command::Diff(arguments) => return arguments.format == DiffFormat::Json,
    };
    format == Format::Json
}

fn answer(command: &Command) -> error::Result<Answer> {
    let repository = Repository::find()?;
    let recovered = write::recover(&repository.root)?;
    let mut answer = match command {
        Command::Regen(arguments) => commands::regen::run(&repository, arguments),
        Command::Check(arguments) => commands::check::run(&repository, arguments),
        Command::Diff(arguments) => commands::diff::run(&repository, arguments),
        Command::Lint(arguments) => commands::lint::run(&repository, arguments),
        Command::Patches(arguments) => commands::patches::run(&repository, arguments),
        Command::Effective(arguments) => commands::effective::run(&repository, arguments),
        Command::Try(arguments) => commands::r#try::run(&repository, arguments),
        Command::NewRepair(arguments) => commands::new_repair::run(&repository, arguments),
    }?;
    if let Some(files) = recovered {
        answer.notes.insert_str(
            0,
            &format!(
                "note: finished an interrupted write of {}\n",
                files.join(", ")
            ),
        );
    }
    Ok(answer)
}
