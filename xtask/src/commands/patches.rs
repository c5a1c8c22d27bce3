//! `patches`: every patch and every supplement, what became of it, and what each patch does to the surface.

use scribe_codegen::attribution::{self, Made};
use scribe_codegen::diff::Change;
use scribe_codegen::finding::{Failure, printable};
use scribe_codegen::patch::{PatchReport, State};
use scribe_codegen::pipeline::{Input, Outcome};
use scribe_codegen::supplement::{self, SupplementReport};
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
        known(&outcome, &arguments.without)?;
        let less = pipeline::without(&input, &arguments.without)?;
        let changes = {
            let (with, less) = (Made::by_run(&outcome), Made::by_run(&less));
            attribution::traced(Some(with), with.surface, less)
        };
        return Ok(without(arguments, &changes));
    }
    let effects = effects(&input, patches, &outcome);
    let supplements = &outcome.supplements;
    let contradicted = supplement::counts(supplements).contradicted;
    let ok = patches.iter().all(|patch| patch.state == State::Applied) && contradicted == 0;
    if arguments.format == Format::Json {
        let patches: Vec<Value> = patches.iter().zip(&effects).map(as_json).collect();
        let supplements: Vec<Value> = supplements
            .iter()
            .map(report::supplements::as_json)
            .collect();
        return Ok(Answer::json(
            ok,
            &json!({ "ok": ok, "patches": patches, "supplements": supplements }),
        ));
    }
    let mut text: String = patches.iter().zip(&effects).map(as_text).collect();
    text.extend(supplements.iter().map(of_supplement));
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
    let facts = report::supplements::line(supplements);
    let summary = facts.map_or(summary.clone(), |facts| format!("{summary}; {facts}"));
    text += &output::verdict(ok, &summary);
    Ok(Answer {
        leads: false,
        ok,
        text,
        notes: String::new(),
    })
}

fn known(outcome: &Outcome, ids: &[String]) -> Result<()> {
    let patches = outcome.patches.iter().map(|patch| patch.id.as_str());
    let supplements = outcome.supplements.iter();
    let supplements = supplements.map(|supplement| supplement.id.as_str());
    let known: Vec<&str> = patches.chain(supplements).collect();
    match ids.iter().find(|id| !known.contains(&id.as_str())) {
        None => Ok(()),
        Some(id) => Err(Error::new(
            format!("expected the id of a patch or a supplement, but found `{id}`"),
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

fn of_supplement(supplement: &SupplementReport) -> String {
    let mut text = format!(
        "{}: {}\n  {}\n  source: {}\n  at {}\n  {}\n",
        report::supplements::state(supplement),
        supplement.id,
        supplement.reason,
        supplement.source,
        supplement.place,
        report::supplements::facts(&supplement.counts()),
    );
    if let Some(to) = &supplement.moved {
        text += &format!("  upstream has it at {to}\n");
    }
    text + "\n"
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
        text += &format!("  {}\n", printable(&patch.advice));
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
