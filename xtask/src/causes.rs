//! Which input a change of the surface comes from: the pipeline runs with one input after the other exchanged.
//!
//! The old inputs through today's pipeline show what the pipeline itself has changed; with the new document, what
//! upstream has; with the new supplements and with the patches exchanged one by one, what each of them has; with the new
//! ledger, what the names have.

use std::collections::BTreeSet;
use std::sync::Arc;

use scribe_codegen::attribution::{self, Made, Step};
use scribe_codegen::diff::{By, Change};
use scribe_codegen::patch;
use scribe_codegen::pipeline::{Input, Outcome, run};
use scribe_codegen::source::{Place, Source};
use scribe_codegen::supplement;
use scribe_codegen::surface::Surface;
use serde_json::Value;

use crate::parallel;

/// Patches that are exchanged one by one; of more, each change gets the patch that its node belongs to.
const ONE_BY_ONE: usize = 8;

/// The inputs that the surface before was made of, and that surface.
#[derive(Debug, Clone)]
pub struct Before {
    /// The inputs, none when they are not known.
    pub input: Option<Input>,
    /// The surface.
    pub surface: Surface,
}

/// The changes from the surface `before` to `surface`, with their causes. `after` gave `outcome`, whose surface this is,
/// unless another version of the pipeline made it.
pub fn changes(
    before: &Before,
    after: &Input,
    outcome: &Outcome,
    surface: &Surface,
) -> Vec<Change> {
    if before.surface == *surface {
        return Vec::new();
    }
    let made = Made {
        surface,
        ..Made::by_run(outcome)
    };
    let Some(old) = &before.input else {
        return attribution::traced(None, &before.surface, made);
    };
    let exchanges = exchanges(old, after);
    // The last of them gives `after`, whose outcome is here already.
    let runs = parallel::map(&exchanges[..exchanges.len() - 1], |(_, input)| {
        run(input).ok()
    });
    let outcomes = runs.iter().map(Option::as_ref).chain([Some(outcome)]);

    let mut steps: Vec<Step> = Vec::new();
    let mut open = Vec::new();
    let mut last: Option<&Outcome> = None;
    for ((by, _), run) in exchanges.iter().zip(outcomes) {
        open.extend(by.iter().cloned());
        // What cannot be run is part of the next step.
        let Some(run) = run else { continue };
        let surface = last.map_or(&before.surface, |last| &last.lines);
        // The pipeline's own changes leave the document as it is.
        let from = Made::by_run(last.unwrap_or(run));
        steps.push(Step {
            by: std::mem::take(&mut open),
            changes: attribution::traced(Some(from), surface, Made::by_run(run)),
        });
        last = Some(run);
    }
    if outcome.lines != *surface {
        steps.push(Step {
            by: vec![By::Pipeline],
            changes: attribution::traced(Some(Made::by_run(outcome)), &outcome.lines, made),
        });
    }
    let first = runs.iter().flatten().next();
    let mut changes = attribution::traced(first.map(Made::by_run), &before.surface, made);
    attribution::causes(&mut changes, &steps);
    for change in &mut changes {
        narrow(change, outcome);
    }
    changes
}

/// The pointers of the examples that did not come back unchanged before; none when that is not known.
pub fn losses(before: &Before, after: &Input, outcome: &Outcome) -> Option<BTreeSet<String>> {
    if outcome.losses.is_empty() {
        return Some(BTreeSet::new());
    }
    let old = before.input.as_ref()?;
    let losses = if exchanges(old, after).len() == 1 {
        outcome.losses.clone()
    } else {
        run(old).ok()?.losses
    };
    Some(losses.into_iter().map(|loss| loss.pointer).collect())
}

/// Every exchange with the inputs then; the first is the pipeline's own.
fn exchanges(old: &Input, after: &Input) -> Vec<(Vec<By>, Input)> {
    let mut all = vec![(vec![By::Pipeline], old.clone())];
    let mut now = old.clone();
    if old.spec.text != after.spec.text {
        now.spec = after.spec.clone();
        all.push((vec![By::Upstream], now.clone()));
    }
    if old.supplements.len() + after.supplements.len() > 0 {
        let names = supplements_that_differ(&old.supplements, &after.supplements);
        if !names.is_empty() {
            now.supplements = after.supplements.clone();
            let by = names.into_iter().map(By::Supplement);
            all.push((by.collect(), now.clone()));
        }
    }
    let (gone, come) = exchanged(&old.overlays, &after.overlays);
    if gone.len() + come.len() > ONE_BY_ONE {
        let mut ids: Vec<String> = gone.into_iter().chain(come).collect();
        ids.sort();
        ids.dedup();
        now.overlays = after.overlays.clone();
        all.push((ids.into_iter().map(By::Patch).collect(), now.clone()));
    } else {
        for id in gone {
            now.without.push(id.clone());
            all.push((vec![By::Patch(id)], now.clone()));
        }
        now.overlays = after.overlays.clone();
        now.without = come.clone();
        for id in come {
            now.without.remove(0);
            all.push((vec![By::Patch(id)], now.clone()));
        }
    }
    now.without.clear();
    if text(old.secrets.as_ref()) != text(after.secrets.as_ref()) {
        now.secrets = after.secrets.clone();
        all.push((vec![By::Secrets], now.clone()));
    }
    if text(old.names.as_ref()) != text(after.names.as_ref()) {
        now.names = after.names.clone();
        all.push((vec![By::Names], now));
    }
    all
}

fn text(source: Option<&Arc<Source>>) -> Option<&str> {
    source.map(|source| source.text.as_str())
}

/// The ids of the patches of `old` that are not in `new` as they were, and the other way round.
fn exchanged(old: &[Arc<Source>], new: &[Arc<Source>]) -> (Vec<String>, Vec<String>) {
    // Overlays that cannot be read were refused before.
    let actions = |overlays| patch::actions(overlays).unwrap_or_default();
    let (old, new) = (actions(old), actions(new));
    let but = |of: &[(String, Value)], other: &[(String, Value)]| {
        let different = of.iter().filter(|action| !other.contains(action));
        different.map(|(id, _)| id.clone()).collect()
    };
    (but(&old, &new), but(&new, &old))
}

/// The ids of the fragments that are not in both as they were.
fn supplements_that_differ(old: &[Arc<Source>], new: &[Arc<Source>]) -> Vec<String> {
    // Supplements that cannot be read were refused before.
    let fragments = |files| supplement::fragments(files).unwrap_or_default();
    let (old, new) = (fragments(old), fragments(new));
    let but = |of: &[(String, Value)], other: &[(String, Value)]| -> Vec<String> {
        let different = of.iter().filter(|fragment| !other.contains(fragment));
        different.map(|(id, _)| id.clone()).collect()
    };
    let mut ids = but(&old, &new);
    ids.extend(but(&new, &old));
    ids.sort();
    ids.dedup();
    ids
}

/// Of several patches or supplements that were exchanged together, the one that the changed node belongs to.
fn narrow(change: &mut Change, outcome: &Outcome) {
    if change.causes.len() < 2
        || !change
            .causes
            .iter()
            .all(|cause| matches!(cause.by, By::Patch(_) | By::Supplement(_)))
    {
        return;
    }
    let place = change
        .pointer
        .as_deref()
        .and_then(|pointer| outcome.patched.places.nearest(pointer));
    let Some(by) = place.and_then(|place| owner(place, outcome)) else {
        return;
    };
    if change.causes.iter().any(|cause| cause.by == by) {
        change.causes.retain(|cause| cause.by == by);
    }
}

/// The patch or the supplement that stands at `place`.
fn owner(place: &Place, outcome: &Outcome) -> Option<By> {
    let is_before =
        |other: &Place| other.source.name == place.source.name && other.start <= place.start;
    let patches = outcome.patches.iter();
    let patches = patches.map(|patch| (&patch.place, By::Patch(patch.id.clone())));
    let supplements = outcome.supplements.iter();
    let supplements =
        supplements.map(|supplement| (&supplement.place, By::Supplement(supplement.id.clone())));
    patches
        .chain(supplements)
        .filter(|(other, _)| is_before(other))
        .max_by_key(|(other, _)| other.start)
        .map(|(_, by)| by)
}
