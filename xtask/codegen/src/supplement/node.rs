//! A node without rules of its own, and what is noted of it: filled in where upstream has none, else compared.

use serde_json::{Map, Value};

use super::fact::{Contradiction, Fact, State};
use super::merge::Merger;
use super::read::META;
use super::silence;
use crate::document::{join, last_token};

/// What people read and what is made up: upstream has its own words and its own examples, and they are no contradiction.
const LABELS: [&str; 8] = [
    "summary",
    "description",
    "operationId",
    "tags",
    "title",
    "example",
    "examples",
    "externalDocs",
];

/// A node of a supplement.
#[derive(Debug, Clone)]
pub(super) struct Says<'a> {
    /// The number of its file.
    pub(super) file: usize,
    /// Where it stands there, as a JSON pointer.
    pub(super) pointer: String,
    pub(super) value: &'a Value,
}

impl<'a> Says<'a> {
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        let value = match self.value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            value => value.get(key)?,
        };
        Some(Self {
            file: self.file,
            pointer: join(&self.pointer, key),
            value,
        })
    }

    /// What it says by key, without what it says about itself.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'a String, Self)> + use<'a> {
        let (file, pointer) = (self.file, self.pointer.clone());
        let entries = self.value.as_object().into_iter().flatten();
        entries
            .filter(|(key, _)| !META.contains(&key.as_str()))
            .map(move |(key, value)| {
                let pointer = join(&pointer, key);
                (
                    key,
                    Self {
                        file,
                        pointer,
                        value,
                    },
                )
            })
    }
}

impl<'a> Merger<'a> {
    /// An entry that has no rules of its own: filled in where upstream has none, and compared where it has one.
    pub(super) fn entry(
        &mut self,
        owner: &mut Map<String, Value>,
        key: &str,
        at: &str,
        says: &Says<'a>,
    ) {
        let is_default =
            matches!(key, "nullable" | "deprecated") && says.value != &Value::Bool(false);
        let known = owner.get_mut(key).filter(|known| {
            let is_label = LABELS.contains(&key);
            !(is_label || key == "responses" || key == "content") || !silence::is_empty(known)
        });
        match known {
            None => {
                let supplied = self.supply(at, says);
                owner.insert(key.to_owned(), supplied);
            }
            Some(known) if is_default && known == &Value::Bool(false) => {
                *known = self.supply(at, says);
            }
            Some(_) if self.is_supplied(at) => self.judge(at, says, State::Confirmed),
            // By its id an operation is found that has moved.
            Some(_) if key == "operationId" => {}
            Some(_) if LABELS.contains(&key) => self.judge(at, says, State::Confirmed),
            Some(known) => self.compare(known, at, says),
        }
    }

    pub(super) fn compare(&mut self, known: &mut Value, at: &str, says: &Says<'a>) {
        match (known, says.value) {
            (Value::Object(known), Value::Object(_)) => {
                for (key, says) in says.entries() {
                    self.entry(known, key, &join(at, key), &says);
                }
            }
            (known, value) if crate::patch::equal(known, value) => {
                self.judge(at, says, State::Confirmed);
            }
            (known, _) => self.contradict(at, says, known),
        }
    }

    /// The node as the supplement has it, noted as supplied. Schemas stand in their places, as Scribe writes them: a
    /// component of a supplement is a way to write a shape once, and is brought only where a schema refers to itself.
    pub(super) fn supply(&mut self, at: &str, says: &Says<'a>) -> Value {
        self.supplied.insert(at.to_owned());
        self.copy(at, says, &mut Vec::new())
    }

    fn copy(&mut self, at: &str, says: &Says<'a>, within: &mut Vec<String>) -> Value {
        self.grafts
            .push((at.to_owned(), says.file, says.pointer.clone()));
        let reference = says.value.get("$ref").and_then(Value::as_str);
        if let Some(reference) = reference {
            let is_schema = reference.starts_with("#/components/schemas/");
            if let Some(schema) = self
                .components
                .get(reference)
                .cloned()
                .filter(|_| is_schema)
                && !within.iter().any(|outer| outer == reference)
            {
                within.push(reference.to_owned());
                let copy = self.copy(at, &schema, within);
                within.pop();
                return copy;
            }
            self.wanted.push(reference.to_owned());
        }
        match says.value {
            Value::Object(entries) if !entries.is_empty() => {
                let is_parameter = entries.contains_key("in") && entries.contains_key("name");
                let entries = says.entries().map(|(key, says)| {
                    let value = if is_parameter && matches!(key.as_str(), "in" | "name") {
                        says.value.clone()
                    } else {
                        self.copy(&join(at, key), &says, within)
                    };
                    (key.clone(), value)
                });
                entries.collect()
            }
            Value::Array(items) if !is_list_of_values(items) => {
                let items = (0..items.len()).map(|index| index.to_string());
                let items = items.filter_map(|index| {
                    let says = says.child(&index)?;
                    Some(self.copy(&join(at, &index), &says, within))
                });
                items.collect()
            }
            value => {
                self.note(at, says, State::Supplied, None);
                value.clone()
            }
        }
    }

    /// Whether a supplement brought the node at `pointer`, or one above it.
    fn is_supplied(&self, pointer: &str) -> bool {
        let mut at = Some(pointer);
        while let Some(node) = at {
            if self.supplied.contains(node) {
                return true;
            }
            at = crate::document::parent(node);
        }
        false
    }

    /// Notes the state of every fact at and below `says`.
    pub(super) fn judge(&mut self, at: &str, says: &Says<'a>, state: State) {
        // What another part of the supplements brought is not what upstream says.
        let state = match state {
            State::Confirmed if self.is_supplied(at) => State::Supplied,
            state => state,
        };
        match says.value {
            Value::Object(entries) if !entries.is_empty() => {
                let is_parameter = entries.contains_key("in") && entries.contains_key("name");
                for (key, says) in says.entries() {
                    if !(is_parameter && matches!(key.as_str(), "in" | "name")) {
                        self.judge(&join(at, key), &says, state);
                    }
                }
            }
            Value::Array(items) if !is_list_of_values(items) => {
                for index in (0..items.len()).map(|index| index.to_string()) {
                    if let Some(says) = says.child(&index) {
                        self.judge(&join(at, &index), &says, state);
                    }
                }
            }
            _ => self.note(at, says, state, None),
        }
    }

    /// How many facts are noted by now.
    pub(super) fn facts(&self) -> usize {
        self.facts.len()
    }

    /// What a member of a union has in common with upstream's says which member it is, and is a fact only when the whole
    /// union is confirmed.
    pub(super) fn forget_what_tells_members_apart(&mut self, from: usize) {
        let facts = self.facts.split_off(from);
        let is_confirmed = |fact: &Fact| fact.state == State::Confirmed;
        let all = facts.iter().all(is_confirmed);
        let kept = facts.into_iter().filter(|fact| all || !is_confirmed(fact));
        self.facts.extend(kept);
    }

    /// Notes that upstream says otherwise than the supplement.
    pub(super) fn contradict(&mut self, at: &str, says: &Says<'a>, upstream: &Value) {
        // The status or media type itself is what differs, which is a key.
        let supplement = match says.value {
            Value::Null => last_token(&says.pointer).into(),
            value => value.clone(),
        };
        let contradiction = Contradiction {
            supplement,
            upstream: upstream.clone(),
            place: self.upstream.places.nearest(at).cloned(),
        };
        self.note(at, says, State::Contradicted, Some(contradiction));
    }

    fn note(
        &mut self,
        at: &str,
        says: &Says<'a>,
        state: State,
        contradiction: Option<Contradiction>,
    ) {
        let places = &self.files.documents[says.file].places;
        self.facts.push(Fact {
            from: says.pointer.clone(),
            file: says.file,
            pointer: at.to_owned(),
            place: places.nearest(&says.pointer).cloned(),
            state,
            contradiction,
        });
    }
}

/// Whether a list is one fact and not several.
fn is_list_of_values(items: &[Value]) -> bool {
    items.iter().all(|item| !item.is_object())
}
