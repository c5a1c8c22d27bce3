//! `try`: the pipeline on any documents, a row for each.

mod compile;
mod manifest;
mod row;
mod table;

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::cli::{Format, Try};
use crate::error::{Error, Result};
use crate::output::Answer;
use crate::repository::Repository;
use crate::{fetch, pipeline};
use row::Row;

/// Carries the command out.
///
/// # Errors
///
/// When clients are to be compiled and cargo cannot be run: what is wrong with a document is in its row.
pub fn run(repository: &Repository, arguments: &Try) -> Result<Answer> {
    quiet_pipeline();
    let mut rows = rows(&arguments.specs);
    if arguments.compile {
        let clients = rows.iter().filter(|row| row.made.is_ok()).count();
        let bar = bar(clients, "clients");
        let compiled = compile::run(repository, &mut rows, &bar);
        bar.finish_and_clear();
        compiled?;
    }
    let ok = rows.iter().all(Row::ok);
    if arguments.format == Format::Json {
        let rows: Vec<Value> = rows.iter().map(Row::to_json).collect();
        return Ok(Answer::json(ok, &Value::Array(rows)));
    }
    Ok(Answer {
        leads: false,
        ok,
        text: table::text(&rows),
        notes: rows
            .iter()
            .map(|row| row.notes(arguments.verbose))
            .collect(),
    })
}

/// A row for each document, in their order, by as many threads as the machine has processors.
fn rows(specs: &[PathBuf]) -> Vec<Row> {
    let bar = bar(specs.len(), "documents");
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads.min(specs.len()) {
            scope.spawn(|| {
                while let (index, Some(spec)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    (index, specs.get(index))
                } {
                    let row = row(spec);
                    bar.inc(1);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push((index, row));
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut rows = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    rows.sort_by_key(|(index, _)| *index);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// What becomes of one document. Nothing that it does to the pipeline ends the command.
fn row(spec: &Path) -> Row {
    let started = Instant::now();
    let made = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let fetched = fetch::file(spec)?;
        let given = pipeline::given(&pipeline::decode(&fetched.name, fetched.bytes)?)?;
        pipeline::trial(pipeline::merge(&given)?.source)
    }));
    let made = made.unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Error::new(
            format!("panic: {}", text.unwrap_or("without a message")),
            "report it as a bug, with the document: the pipeline must answer with findings",
        ))
    });
    Row::new(spec, made, started.elapsed())
}

/// A panic of the pipeline is in the row of its document, so it is not printed between the rows of others.
fn quiet_pipeline() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(pipeline::THREAD) {
            before(info);
        }
    }));
}

/// On a terminal; elsewhere nothing is drawn.
fn bar(length: usize, what: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{pos:>6} of {len} {msg} {wide_bar} {eta}");
    let bar = ProgressBar::new(length as u64).with_message(what.to_owned());
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
