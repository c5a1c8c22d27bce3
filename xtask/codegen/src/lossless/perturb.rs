//! Documented answers with one node changed to what a running PHP server plausibly sends there.
//!
//! An example shows one moment of one account. Elsewhere the same field is `null` or not there, an empty map is `[]`, a
//! price has a fraction, and what was `null` has a value. A type that fits nothing but the example fails on such an
//! answer, so each of these is decoded through the answer's type and encoded again, node by node.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::answers::Answer;
use super::{Tried, compare};
use crate::client::{Client, Presence, Shape, Type};
use crate::document::join;
use crate::wholes;

/// The name of a field that no document has.
const NEW_FIELD: &str = "field_added_later";
/// A value that no enum lists.
const NEW_VALUE: &str = "value_added_later";

/// Every answer of `answers` with every node of it changed, through the answers' types and back.
pub fn check(client: &Client, answers: &[Answer<'_>]) -> Tried {
    let mut filled = HashSet::new();
    for answer in answers {
        let ty = &answer.operation.response;
        let place = Spot::root(answer);
        fill(client, Some(ty), &answer.value, place, &mut filled);
    }
    let mut tried = Tried::default();
    for answer in answers {
        let ty = &answer.operation.response;
        let mut perturbing = Perturbing {
            client,
            filled: &filled,
            whole: &answer.value,
            base: Base::of(client, ty, &answer.value),
            tried: &mut tried,
            at: &answer.pointer,
        };
        let node = Node {
            ty: Some(ty),
            value: &answer.value,
            name: None,
            member: None,
            kept: Kept::Nothing,
            pointer: String::new(),
            spot: Spot::root(answer),
            union: None,
        };
        perturbing.node(&node);
    }
    tried
}

/// What is lost of the answer as the document shows it.
enum Base {
    /// It does not decode: neither does any change of it.
    Refused(String),
    Losses(HashSet<String>),
}

impl Base {
    fn of(client: &Client, ty: &Type, value: &Value) -> Self {
        match client.round_trip(ty, value) {
            Err(refusal) => Self::Refused(format!("the answer as documented: {refusal}")),
            Ok(encoded) => Self::Losses(
                compare::differences(value, &encoded)
                    .into_iter()
                    .map(|(pointer, _)| pointer)
                    .collect(),
            ),
        }
    }
}

/// What stands in for "the same field of the same shape" in all answers: the type that has the field, or the operation
/// where there is none, and the way from there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Spot {
    owner: String,
    way: String,
}

impl Spot {
    fn root(answer: &Answer<'_>) -> Self {
        Self {
            owner: format!("{} {}", answer.operation.method, answer.operation.path),
            way: String::new(),
        }
    }

    /// The spot of a step below a value of type `ty` at this spot.
    fn below(&self, client: &Client, ty: Option<&Type>, name: Option<&str>) -> Self {
        let step = name.unwrap_or("*");
        match ty.map(|ty| client.bare(ty)) {
            Some(Type::Named(name)) => Self {
                owner: name.clone(),
                way: step.to_owned(),
            },
            _ => Self {
                owner: self.owner.clone(),
                way: join(&self.way, step),
            },
        }
    }
}

/// Notes where answers have a value that is not null.
fn fill(client: &Client, ty: Option<&Type>, value: &Value, spot: Spot, filled: &mut HashSet<Spot>) {
    match value {
        Value::Null => return,
        Value::Object(entries) => {
            for (name, value) in entries {
                let below = ty.and_then(|ty| client.step(ty, Some(name)));
                let spot = spot.below(client, ty, Some(name));
                fill(client, below, value, spot, filled);
            }
        }
        Value::Array(items) => {
            for value in items {
                let below = ty.and_then(|ty| client.step(ty, None));
                fill(client, below, value, spot.below(client, ty, None), filled);
            }
        }
        _ => {}
    }
    filled.insert(spot);
}

/// Values that a list or a map keeps although they are not of its items' type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Nothing,
    Null,
    Anything,
}

/// A node of an answer.
struct Node<'a> {
    /// Its type, none where the answer's type says nothing of it.
    ty: Option<&'a Type>,
    value: &'a Value,
    /// The name of the nearest field that it stands in.
    name: Option<&'a str>,
    /// The type of the object that it is a member of, and its name there.
    member: Option<(Option<&'a Type>, &'a str)>,
    /// What the type of the list or map that it stands in keeps, whatever its own type is.
    kept: Kept,
    pointer: String,
    spot: Spot,
    /// The outermost union that it stands in, and where in the answer that is: which member the union becomes can
    /// depend on any node below.
    union: Option<(&'a Type, String)>,
}

struct Perturbing<'a, 'b> {
    client: &'a Client,
    filled: &'b HashSet<Spot>,
    whole: &'a Value,
    base: Base,
    tried: &'b mut Tried,
    at: &'b str,
}

impl<'a> Perturbing<'a, '_> {
    fn node(&mut self, node: &Node<'a>) {
        let inside = node.union.clone().or_else(|| {
            let ty = node.ty?;

            self.is_union(ty).then(|| (ty, node.pointer.clone()))
        });
        for (change, value) in self.changes(node) {
            self.replaced(node, inside.as_ref(), change, value);
        }
        if node.member.is_some() {
            self.removed(node);
        }
        match node.value {
            Value::Object(entries) => {
                for (name, value) in entries {
                    self.node(&Node {
                        ty: node.ty.and_then(|ty| self.client.step(ty, Some(name))),
                        value,
                        name: Some(name),
                        member: Some((node.ty, name)),
                        kept: self.kept(node.ty),
                        pointer: join(&node.pointer, name),
                        spot: node.spot.below(self.client, node.ty, Some(name)),
                        union: inside.clone(),
                    });
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    self.node(&Node {
                        ty: node.ty.and_then(|ty| self.client.step(ty, None)),
                        value,
                        name: node.name,
                        member: None,
                        kept: self.kept(node.ty),
                        pointer: join(&node.pointer, &index.to_string()),
                        spot: node.spot.below(self.client, node.ty, None),
                        union: inside.clone(),
                    });
                }
            }
            _ => {}
        }
    }

    fn kept(&self, owner: Option<&Type>) -> Kept {
        match owner.map(|owner| self.client.bare(owner)) {
            Some(Type::List { tolerant: true, .. }) => Kept::Null,
            Some(Type::Map { tolerant: true, .. }) => Kept::Anything,
            _ => Kept::Nothing,
        }
    }

    /// What the node may be instead.
    fn changes(&self, node: &Node<'_>) -> Vec<(&'static str, Value)> {
        let mut changes = Vec::new();
        match node.value {
            Value::Null => {
                if self.is_null_alone(node) {
                    changes.push(("an integer in place of null", json!(7)));
                    changes.push(("a string in place of null", json!("text")));
                    changes.push(("an object in place of null", json!({ "key": "value" })));
                }
                return changes;
            }
            Value::Object(entries) => {
                let mut wider = entries.clone();
                wider.insert(NEW_FIELD.into(), NEW_VALUE.into());
                changes.push(("a field that is not documented", Value::Object(wider)));
                changes.push(("`[]` in place of an object", json!([])));
            }
            Value::String(_) if node.ty.is_some_and(|ty| self.is_open_enum(ty)) => {
                changes.push(("a value that is not listed", NEW_VALUE.into()));
            }
            Value::Number(number)
                if !number.is_f64() && !node.name.is_some_and(wholes::is_certain) =>
            {
                let whole = number.as_f64().unwrap_or_default();
                // Far enough from the limits of a float to have a fraction.
                let whole = if whole.abs() < 1e12 { whole } else { 1e12 };
                changes.push(("a number with a fraction", json!(whole + 0.5)));
            }
            _ => {}
        }
        changes.push(("null", Value::Null));
        changes
    }

    /// Whether no answer has anything but null there, and the document claims nothing else: `string` is what Scribe
    /// makes of a null.
    fn is_null_alone(&self, node: &Node<'_>) -> bool {
        let claimed = node.ty.map(|ty| self.client.bare(ty));
        matches!(
            claimed,
            None | Some(Type::Any | Type::SecretValue | Type::String | Type::Secret)
        ) && !self.filled.contains(&node.spot)
    }

    fn is_open_enum(&self, ty: &Type) -> bool {
        matches!(self.client.shape_of(ty), Some(Shape::StringEnum(_)))
    }

    fn is_union(&self, ty: &Type) -> bool {
        matches!(self.client.shape_of(ty), Some(Shape::Union(_)))
    }

    /// The answer with `value` in place of the node.
    fn replaced(
        &mut self,
        node: &Node<'a>,
        union: Option<&(&'a Type, String)>,
        change: &str,
        value: Value,
    ) {
        let problem = match union {
            Some((ty, at)) => {
                let below = node.pointer[at.len()..].to_owned();
                let mut whole = self.whole.pointer(at).cloned().unwrap_or_default();
                if let Some(place) = whole.pointer_mut(&below) {
                    *place = value;
                }
                self.problem(ty, &whole, at)
            }
            None => match node.ty {
                // An answer of `null` counts as an empty one where `null` itself does not fit, and says as little.
                Some(ty) if node.pointer.is_empty() && value.is_null() => self
                    .client
                    .round_trip(ty, &value)
                    .or_else(|_| self.client.round_trip(ty, &json!({})))
                    .or_else(|_| self.client.round_trip(ty, &json!([])))
                    .err()
                    .map(|refusal| refusal.to_string()),
                Some(_) if value.is_null() && node.kept != Kept::Nothing => None,
                Some(ty)
                    if node.kept == Kept::Anything
                        && self.client.round_trip(ty, &value).is_err() =>
                {
                    None
                }
                Some(ty) => self.problem(ty, &value, &node.pointer),
                None => None,
            },
        };
        self.note(&node.pointer, change, problem);
    }

    /// The answer without the node.
    fn removed(&mut self, node: &Node<'a>) {
        let problem = match (&node.union, node.member) {
            (Some((ty, at)), Some((_, name))) => {
                let below = &node.pointer[at.len()..];
                let mut whole = self.whole.pointer(at).cloned().unwrap_or_default();
                let owner = crate::document::parent(below).unwrap_or_default();
                if let Some(Value::Object(owner)) = whole.pointer_mut(owner) {
                    owner.shift_remove(name);
                }
                self.problem(ty, &whole, at)
            }
            (None, Some((Some(owner), name))) => match self.client.shape_of(owner) {
                Some(Shape::Struct { fields, .. }) => fields
                    .iter()
                    .find(|field| field.wire == name && field.presence != Presence::Optional)
                    .map(|_| format!("expected the field `{name}`, but found none")),
                _ => None,
            },
            _ => None,
        };
        self.note(&node.pointer, "nothing", problem);
    }

    /// What is lost of `value`, the node of the answer at `at`, beyond what is lost of the answer as documented.
    fn problem(&self, ty: &Type, value: &Value, at: &str) -> Option<String> {
        let encoded = match self.client.round_trip(ty, value) {
            Ok(encoded) => encoded,
            Err(refusal) => return Some(refusal.to_string()),
        };
        let Base::Losses(base) = &self.base else {
            return None;
        };
        compare::differences(value, &encoded)
            .into_iter()
            .filter(|(pointer, _)| !pointer.ends_with(NEW_FIELD))
            .find(|(pointer, _)| !base.contains(&format!("{at}{pointer}")))
            .map(|(_, problem)| problem)
    }

    fn note(&mut self, pointer: &str, change: &str, problem: Option<String>) {
        self.tried.count += 1;
        let problem = match &self.base {
            Base::Refused(problem) => Some(problem.clone()),
            Base::Losses(_) => problem,
        };
        if let Some(problem) = problem {
            let pointer = format!("{}{pointer}", self.at);
            self.tried
                .losses
                .push((pointer, format!("with {change} here: {problem}")));
        }
    }
}
