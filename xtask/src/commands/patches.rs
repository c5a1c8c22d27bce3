//! `patches`: every patch, what became of it, and what it does to the surface.

use scribe_codegen::attribution::{self, Made};
use scribe_codegen::diff::Change;
use scribe_codegen::finding::Failure;
use scribe_codegen::patch::{PatchReport, State};
use scribe_codegen::pipeline::{Input, Outcome};
use serde_json::{Value, json};

use crate::cli::{Format, Patches};
use crate::error::{Error, Result};
use crate::output::{self, Answer, count};
use crate::parallel;
use crate::pipeline;
use crate::report::{self, state};
use crate::repository::Repository;
use crate::surface;

/// What the surface gains by a patch, or why there is no client without it.
type Effect = std::result::Result<Vec<Change>, Failure>;

/// Carries the command out.
///
/// # Errors
///
/// When the pipeline makes no client, or there is no patch of a given id.
pub fn run(repository: &Repository, arguments: &Patches) -> Result<Answer> {
    let input = pipeline::input(repository, pipeline::vendored(repository)?)?;
    let outcome = pipeline::client(&input)?;
    let patches = &outcome.patches;
    if !arguments.without.is_empty() {
        known(patches, &arguments.without)?;
        let less = pipeline::without(&input, &arguments.without)?;
        let changes = {
            let (with, less) = (Made::by_run(&outcome), Made::by_run(&less));
            attribution::traced(Some(with), with.surface, less)
        };
        return Ok(without(arguments, &changes));
    }
    let effects = effects(&input, patches, &outcome);
    let ok = patches.iter().all(|patch| patch.state == State::Applied);
    if arguments.format == Format::Json {
        let patches: Vec<Value> = patches.iter().zip(&effects).map(as_json).collect();
        return Ok(Answer::json(ok, &json!({ "ok": ok, "patches": patches })));
    }
    let mut text: String = patches.iter().zip(&effects).map(as_text).collect();
    let open = patches
        .iter()
        .filter(|patch| patch.state != State::Applied)
        .count();
    let summary = match open {
        0 => format!("{}, all applied", count(patches.len(), "patch", "patches")),
        open => format!(
            "{} of {} not applied",
            open,
            count(patches.len(), "patch", "patches")
        ),
    };
    text += &output::verdict(ok, &summary);
    Ok(Answer {
        leads: false,
        ok,
        text,
        notes: String::new(),
    })
}

fn known(patches: &[PatchReport], ids: &[String]) -> Result<()> {
    let known: Vec<&str> = patches.iter().map(|patch| patch.id.as_str()).collect();
    match ids.iter().find(|id| !known.contains(&id.as_str())) {
        None => Ok(()),
        Some(id) => Err(Error::new(
            format!("expected the id of a patch, but found `{id}`"),
            format!("take one of: {}", known.join(", ")),
        )),
    }
}

fn without(arguments: &Patches, changes: &[Change]) -> Answer {
    let ids = arguments.without.join(", ");
    if arguments.format == Format::Json {
        return Answer::json(
            true,
            &json!({ "without": arguments.without, "changes": changes }),
        );
    }
    Answer {
        leads: false,
        ok: true,
        text: format!(
            "{}without {ids}: {}\n",
            surface::details(changes),
            surface::verdict(changes)
        ),
        notes: String::new(),
    }
}

/// What each patch does to the surface: the pipeline runs once more for each, without it.
fn effects(input: &Input, patches: &[PatchReport], with: &Outcome) -> Vec<Effect> {
    parallel::map(patches, |patch| {
        let ids = std::slice::from_ref(&patch.id);
        pipeline::without(input, ids).map(|less| {
            let (less, with) = (Made::by_run(&less), Made::by_run(with));
            attribution::traced(Some(less), less.surface, with)
        })
    })
}

fn as_json((patch, effect): (&PatchReport, &Effect)) -> Value {
    let mut value = report::patch(patch);
    match effect {
        Ok(changes) => value["changes"] = json!(changes),
        Err(failure) => value["without"] = json!(failure.findings),
    }
    value
}

fn as_text((patch, effect): (&PatchReport, &Effect)) -> String {
    let mut text = format!(
        "{}: {}\n  {}\n  at {}\n",
        state(patch.state),
        patch.id,
        patch.reason,
        patch.place
    );
    if !patch.advice.is_empty() {
        text += &format!("  {}\n", patch.advice);
    }
    match effect {
        Ok(changes) if changes.is_empty() => text += "  changes nothing of the surface\n",
        Ok(changes) => {
            for line in surface::details(changes).lines() {
                text += &format!("  {line}\n");
            }
        }
        Err(failure) => {
            let problem = failure
                .findings
                .first()
                .map_or("no reason given", |finding| finding.problem.as_str());
            text += &format!("  without it there is no client: {problem}\n");
        }
    }
    text.push('\n');
    text
}
