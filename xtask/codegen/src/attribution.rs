//! Changes of a surface → the nodes of the documents that caused them, and who changed those.
//!
//! [`trace`] finds the node: of the nodes that differ between the two documents, the one that is closest to where the
//! changed item stands. What counts as a cause is not guessed from there: [`causes`] takes the pipeline's runs with one
//! input after the other exchanged, and blames the exchange in which the item changed.

use std::collections::BTreeSet;

use crate::diff::{self, By, Cause, Change, Side};
use crate::document::{Document, parent};
use crate::pipeline::Outcome;
use crate::repair::{Named, Repaired};
use crate::surface::Surface;

mod item_places;
mod nodes;

#[cfg(test)]
mod tests;

use item_places::ItemPlaces;
use nodes::Nodes;

/// What a client was made of, as far as places go.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    /// The document after the patches.
    pub patched: &'a Document,
    /// The document after the repairs, before its shapes were named.
    pub inline: &'a Document,
    /// The names that shapes got, by their pointer in `inline`.
    pub named: &'a Named,
    /// The surface.
    pub surface: &'a Surface,
}

impl<'a> Made<'a> {
    /// What a run of the pipeline made.
    pub fn by_run(outcome: &'a Outcome) -> Self {
        Self {
            patched: &outcome.patched,
            inline: &outcome.inline,
            named: &outcome.named,
            surface: &outcome.lines,
        }
    }

    /// What `repaired` is good for without the later stages, with the surface that somebody else made of it.
    pub fn by_repairs(patched: &'a Document, repaired: &'a Repaired, surface: &'a Surface) -> Self {
        Self {
            patched,
            inline: &repaired.inline,
            named: &repaired.named,
            surface,
        }
    }
}

/// Fills in the pointer of each change from `before` to `after`, its operation where the pointer tells it, and the
/// operation's tag. Without what was made before, a pointer leads to the node that the item is made of now.
pub fn trace(changes: &mut [Change], before: Option<Made<'_>>, after: Made<'_>) {
    if changes.is_empty() {
        return;
    }
    let nodes = before.map(|before| Nodes::between(&before.patched.root, &after.patched.root));
    let nodes = nodes.unwrap_or_default();
    let (old, new) = (before.map(ItemPlaces::of), ItemPlaces::of(after));
    for change in changes {
        let sides: Vec<(&Side, &ItemPlaces<'_>)> = [
            change.new.as_ref().zip(Some(&new)),
            change.old.as_ref().zip(old.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let all = |of: &dyn Fn(&ItemPlaces<'_>, &Side) -> Vec<String>| -> Vec<String> {
            let sides = sides.iter();
            sides.flat_map(|(side, places)| of(places, side)).collect()
        };
        let mut places = all(&|places, side| places.of_side(side));
        if places.is_empty() {
            // Code that belongs to no schema, or a type that nothing but other types lead to.
            places.extend(change.operation.as_deref().and_then(pointer_of));
        }
        let found = closest(&places, &nodes, change)
            // Another place of a type that the line mentions: shapes that were equal are one type no more.
            .or_else(|| {
                closest(
                    &all(&|places, side| places.of_mentioned(side)),
                    &nodes,
                    change,
                )
            })
            // What an operation that uses the type says elsewhere: how a type is used is part of it.
            .or_else(|| closest(&all(&|places, side| places.users(side)), &nodes, change));
        change.pointer = found.or_else(|| places.first().cloned());
        if change.operation.is_none() {
            change.operation = change.pointer.as_deref().and_then(operation_of);
        }
        change.tag = change
            .operation
            .as_deref()
            .and_then(pointer_of)
            .and_then(|operation| {
                let documents = [Some(new.document()), old.as_ref().map(ItemPlaces::document)];
                documents.into_iter().flatten().find_map(|document| {
                    let tag = document.root.pointer(&format!("{operation}/tags/0"))?;
                    Some(tag.as_str()?.to_owned())
                })
            });
    }
}

/// The node that differs and is closest to one of `places`.
fn closest(places: &[String], nodes: &Nodes, change: &Change) -> Option<String> {
    for set in [&nodes.meaning, &nodes.rest] {
        let ranked = places.iter().filter_map(|home| {
            // Whether a field is required stands beside it.
            let beside = match change.kind {
                "field-now-required" | "field-now-optional" => parent(home)
                    .and_then(parent)
                    .map(|owner| format!("{owner}/required")),
                "operation-renamed" | "operation-id-changed" | "operation-builder-renamed" => {
                    Some(format!("{home}/operationId"))
                }
                _ => None,
            };
            if let Some(beside) = beside.filter(|beside| set.contains(beside)) {
                return Some((0, beside));
            }
            climb(home, set, &nodes.lists)
        });
        if let Some((_, pointer)) = ranked.min_by_key(|(steps, _)| *steps) {
            return Some(pointer);
        }
    }
    None
}

/// From `home` up to its operation or component: the first node that differs, and how many steps it was.
fn climb(home: &str, set: &BTreeSet<String>, lists: &BTreeSet<String>) -> Option<(usize, String)> {
    let mut above = Some(home);
    while let Some(pointer) = above {
        if set.contains(pointer) {
            // All of it came or went, with the node that it is about.
            let node = if lists.contains(pointer) {
                pointer
            } else {
                home
            };
            return Some((0, node.to_owned()));
        }
        above = parent(pointer);
    }
    let top = top_of(home).len();
    let mut at = home;
    for steps in 0.. {
        let below = format!("{at}/");
        let first = set
            .range(below.clone()..)
            .take_while(|found| found.starts_with(&below))
            .take(100)
            .min_by_key(|found| (found.matches('/').count(), weight(found)));
        if let Some(first) = first {
            return Some((steps, first.clone()));
        }
        match parent(at).filter(|above| above.len() >= top) {
            Some(above) => at = above,
            None => break,
        }
    }
    None
}

/// How little the keyword at the end of `pointer` says of a type: of several that differ, the first is the cause.
fn weight(pointer: &str) -> usize {
    const WORDS: &[&str] = &[
        "type",
        "$ref",
        "oneOf",
        "anyOf",
        "allOf",
        "format",
        "enum",
        "nullable",
        "properties",
        "items",
        "additionalProperties",
        "required",
    ];
    let word = pointer.rsplit('/').next().unwrap_or_default();
    let at = WORDS.iter().position(|known| *known == word);
    at.unwrap_or(WORDS.len())
}

/// The operation, component or section that holds `pointer`.
fn top_of(pointer: &str) -> &str {
    let depth = match pointer.split('/').nth(1) {
        Some("paths" | "components") => 3,
        _ => 1,
    };
    let ends = pointer.match_indices('/').map(|(at, _)| at);
    ends.skip(1)
        .nth(depth - 1)
        .map_or(pointer, |end| &pointer[..end])
}

/// `/paths/~1a/get/…` → `GET /a`
pub fn operation_of(pointer: &str) -> Option<String> {
    let mut tokens = pointer.strip_prefix("/paths/")?.split('/');
    let (path, method) = (tokens.next()?, tokens.next()?);
    let is_method = crate::walk::METHODS.contains(&method);
    let path = path.replace("~1", "/").replace("~0", "~");
    is_method.then(|| format!("{} {path}", method.to_uppercase()))
}

/// `GET /a` → `/paths/~1a/get`
fn pointer_of(operation: &str) -> Option<String> {
    let (method, path) = operation.split_once(' ')?;
    let path = crate::document::join("/paths", path);
    Some(crate::document::join(&path, &method.to_lowercase()))
}

/// One input exchanged for another, and what the exchange did to the surface.
#[derive(Debug, Clone)]
pub struct Step {
    /// Whose input it was: several when what lies between could not be run.
    pub by: Vec<By>,
    /// What changed, traced.
    pub changes: Vec<Change>,
}

impl Step {
    fn add_to(&self, causes: &mut Vec<Cause>, pointer: Option<&String>) {
        for by in &self.by {
            if !causes.iter().any(|cause| cause.by == *by) {
                causes.push(Cause {
                    by: by.clone(),
                    pointer: pointer.cloned(),
                });
            }
        }
    }
}

/// Fills in the causes of each of `changes` from the steps that lead from the surface before to the one after: the
/// steps in which its item changed, and all that changed anything when no step says so.
pub fn causes(changes: &mut [Change], steps: &[Step]) {
    let steps: Vec<&Step> = steps
        .iter()
        .filter(|step| !step.changes.is_empty())
        .collect();
    for change in changes {
        let mut causes: Vec<Cause> = Vec::new();
        for step in &steps {
            if let Some(found) = step.changes.iter().find(|found| is_about(found, change)) {
                step.add_to(&mut causes, found.pointer.as_ref());
                change.pointer = found.pointer.clone().or(change.pointer.take());
                change.tag = change.tag.take().or_else(|| found.tag.clone());
                change.operation = change.operation.take().or_else(|| found.operation.clone());
            }
        }
        if causes.is_empty() {
            for step in &steps {
                step.add_to(&mut causes, change.pointer.as_ref());
            }
        }
        change.causes = causes;
    }
}

/// Whether `found`, a change on the way, is one of what `change` is about.
fn is_about(found: &Change, change: &Change) -> bool {
    let shares_a_line = (found.after.is_some() && found.after == change.after)
        || (found.before.is_some() && found.before == change.before);
    (found.item == change.item && found.kind == change.kind) || shares_a_line
}

/// The changes from the surface of `before` to that of `after`, traced.
pub fn traced(before: Option<Made<'_>>, surface: &Surface, after: Made<'_>) -> Vec<Change> {
    let mut changes = diff::compare(surface, after.surface);
    trace(&mut changes, before, after);
    changes
}
