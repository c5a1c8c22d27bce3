//! A supplement without the facts that upstream says by now.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::fact::{self, State, SupplementReport};
use super::read::META;
use super::rewrite;
use crate::document::{Document, join};
use crate::finding::{Failure, Finding};
use crate::load;
use crate::source::Source;
use crate::walk::METHODS;

/// A file, and what is left of its text: none when nothing is.
pub type Pruned = (Arc<Source>, Option<String>);

/// The `supplements` without the facts that are confirmed, and without the components that nothing uses: each with its
/// text, none when nothing is left of it. Everything else stays as it is, comments included.
///
/// # Errors
///
/// When a supplement cannot be read, or a fact cannot be parted from what is beside it.
pub fn pruned(
    supplements: &[Arc<Source>],
    reports: &[SupplementReport],
) -> Result<Vec<Pruned>, Failure> {
    let facts = reports.iter().flat_map(|report| &report.facts);
    let mut confirmed: HashSet<(usize, String)> = HashSet::new();
    for ((file, from), fact) in fact::worst(facts) {
        if fact.state == State::Confirmed {
            confirmed.insert((file, from.to_owned()));
        }
    }
    let used = |file: usize, pointer: &str| {
        let below = format!("{pointer}/");
        let facts = reports.iter().flat_map(|report| &report.facts);
        facts.into_iter().any(|fact| {
            fact.file == file && (fact.from == pointer || fact.from.starts_with(&below))
        })
    };
    let mut texts = Vec::new();
    for (file, source) in supplements.iter().enumerate() {
        let document = load::yaml(source)?;
        let mut pruning = Pruning {
            is_gone: &|pointer| {
                let is_component =
                    pointer.starts_with("/components/") && pointer.matches('/').count() == 3;
                confirmed.contains(&(file, pointer.to_owned()))
                    || (is_component && !used(file, pointer))
            },
            gone: Vec::new(),
        };
        let rest = pruning.node("", &document.root);
        let text = match rest {
            _ if pruning.gone.is_empty() => Some(source.text.clone()),
            Some(rest) if says_something(&rest) => Some(written(&document, &pruning.gone, &rest)?),
            _ => None,
        };
        texts.push((source.clone(), text));
    }
    Ok(texts)
}

fn says_something(root: &Value) -> bool {
    let mut keys = root.as_object().into_iter().flat_map(Map::keys);
    keys.any(|key| !matches!(key.as_str(), "openapi" | "info") && !META.contains(&key.as_str()))
}

fn written(document: &Document, gone: &[String], rest: &Value) -> Result<String, Failure> {
    let text = rewrite::without(document, gone, rest);
    let read = load::yaml(&Source::new(document.source.name.clone(), text.clone()));
    if read.is_ok_and(|read| read.root == *rest) {
        return Ok(text);
    }
    let pointer = gone.first().map_or("", String::as_str);
    Err(Failure::from(
        Finding::error(
            "supplement/prune",
            format!(
                "expected facts in lines of their own, but could not part {} from what is beside it",
                crate::printable::shorten(pointer)
            ),
            "delete by hand what `cargo xtask patches` calls confirmed",
        )
        .at(pointer, document.places.nearest(pointer).cloned()),
    ))
}

struct Pruning<'a> {
    is_gone: &'a dyn Fn(&str) -> bool,
    /// The outermost nodes that go.
    gone: Vec<String>,
}

impl Pruning<'_> {
    /// What is left of the node; none when nothing is.
    fn node(&mut self, pointer: &str, value: &Value) -> Option<Value> {
        if (self.is_gone)(pointer) {
            self.gone.push(pointer.to_owned());
            return None;
        }
        let before = self.gone.len();
        let rest = match value {
            Value::Object(entries) => {
                let left: Map<String, Value> = entries
                    .iter()
                    .filter_map(|(key, value)| {
                        Some((key.clone(), self.node(&join(pointer, key), value)?))
                    })
                    .collect();
                let changed = self.gone.len() > before;
                (!changed || is_of_use(pointer, &left)).then_some(Value::Object(left))
            }
            Value::Array(items) => {
                let left: Vec<Value> = items
                    .iter()
                    .enumerate()
                    .filter_map(|(index, item)| self.node(&join(pointer, &index.to_string()), item))
                    .collect();
                let changed = self.gone.len() > before;
                (!changed || !left.is_empty()).then_some(Value::Array(left))
            }
            value => Some(value.clone()),
        };
        if rest.is_none() {
            self.gone.truncate(before);
            self.gone.push(pointer.to_owned());
        }
        rest
    }
}

/// Whether what is left of a mapping still says something: which parameter or operation it is about is no fact.
fn is_of_use(pointer: &str, left: &Map<String, Value>) -> bool {
    let is_path = pointer.starts_with("/paths/") && pointer.matches('/').count() == 2;
    if is_path {
        return left.keys().any(|key| METHODS.contains(&key.as_str()));
    }
    let is_parameter = left.contains_key("in") && left.contains_key("name");
    left.keys().any(|key| {
        !META.contains(&key.as_str())
            && key != "operationId"
            && !(is_parameter && matches!(key.as_str(), "in" | "name"))
    })
}
