//! What a lenient decoding found: where it is, what failed there, and what it did about it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Write as _;

use serde::de::Error;
use serde_json::Value;

use super::decode::describe;
use super::mismatch::{Mismatch, PLACE_LIMIT};
use super::{json, memory};

/// A step from a value to one within it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step<'de> {
    Name(Cow<'de, str>),
    Index(usize),
}

/// A place in the body.
pub(super) type Path<'de> = Vec<Step<'de>>;

/// What did not fit.
#[derive(Clone)]
pub(super) struct Failure<'de> {
    pub(super) path: Path<'de>,
    pub(super) expected: String,
    pub(super) found: &'static str,
    /// The value, where it was at hand.
    value: Option<Value>,
    /// Whether the kind of the value was wrong, and not what it holds.
    pub(super) of_kind: bool,
}

impl Failure<'_> {
    /// What was expected; seen from the whole, with the place.
    pub(super) fn expected_within(&self, seen_from_there: bool) -> String {
        match seen_from_there || self.path.is_empty() {
            true => self.expected.clone(),
            false => format!("{} at `{}`", self.expected, place(&self.path)),
        }
    }
}

/// What became of what did not fit.
struct Outcome<'de> {
    path: Path<'de>,
    expected: String,
    found: &'static str,
    value: Option<Value>,
    converted: bool,
}

/// A place whose value is left out, because a type that knows nothing of leaving out refused it.
struct Cut<'de> {
    outcome: Outcome<'de>,
    /// Whether the item is passed over, and not `null`.
    dropped: bool,
}

/// How the value at a place is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    AsItIs,
    AsNull,
    PassedOver,
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Report<'de> {
    path: RefCell<Path<'de>>,
    outcomes: RefCell<Vec<Outcome<'de>>>,
    failure: RefCell<Option<Failure<'de>>>,
    cuts: Vec<Cut<'de>>,
    /// Whether nothing may be left out.
    firm: Cell<bool>,
    /// Whether the text itself cannot be read on.
    broken: Cell<bool>,
}

impl<'de> Report<'de> {
    /// Goes a step down.
    pub(super) fn enter(&self, step: Step<'de>) {
        self.path.borrow_mut().push(step);
    }

    /// Goes back up.
    pub(super) fn leave(&self) {
        self.path.borrow_mut().pop();
    }

    /// How the value here is to be taken.
    pub(super) fn taken(&self) -> Taken {
        if self.cuts.is_empty() {
            return Taken::AsItIs;
        }
        let path = self.path.borrow();
        match self.cuts.iter().find(|cut| cut.outcome.path == *path) {
            None => Taken::AsItIs,
            Some(cut) if cut.dropped => Taken::PassedOver,
            Some(_) => Taken::AsNull,
        }
    }

    /// How many outcomes there are: where to go back to when an attempt fails.
    pub(super) fn mark(&self) -> usize {
        self.outcomes.borrow().len()
    }

    /// Forgets what was found since.
    pub(super) fn forget(&self, mark: usize) {
        self.outcomes.borrow_mut().truncate(mark);
        self.failure.take();
    }

    /// Runs attempts in which nothing may be left out.
    pub(super) fn firmly<T>(&self, attempts: impl FnOnce() -> T) -> T {
        let before = self.firm.replace(true);
        let result = attempts();
        self.firm.set(before);
        result
    }

    pub(super) fn is_firm(&self) -> bool {
        self.firm.get()
    }

    /// Notes that the value here was converted. Without a value it is looked up later.
    pub(super) fn convert<E: Error>(
        &self,
        expected: String,
        found: &'static str,
        value: Option<Value>,
    ) -> Result<(), E> {
        self.push(expected, found, value, true)
    }

    /// Notes that the value here was left out.
    pub(super) fn leave_out<E: Error>(
        &self,
        expected: String,
        found: &'static str,
        value: Option<Value>,
    ) -> Result<(), E> {
        self.push(expected, found, value, false)
    }

    fn push<E: Error>(
        &self,
        expected: String,
        found: &'static str,
        value: Option<Value>,
        converted: bool,
    ) -> Result<(), E> {
        let path = self.path.borrow().clone();
        // A value that is at hand is a scalar, or was paid for when it was read.
        let text = value.as_ref().and_then(Value::as_str).map_or(0, str::len);
        let names = path.len() * size_of::<Step<'_>>() + place(&path).len();
        memory::take(
            2 * size_of::<Outcome<'_>>() + size_of::<Mismatch>() + expected.len() + text + names,
        )?;
        self.outcomes.borrow_mut().push(Outcome {
            path,
            expected,
            found,
            value,
            converted,
        });
        Ok(())
    }

    /// Refuses the value here for its kind.
    #[cold]
    pub(super) fn refuse<E: Error>(
        &self,
        expected: String,
        found: &'static str,
        value: Option<Value>,
    ) -> E {
        *self.failure.borrow_mut() = Some(Failure {
            path: self.path.borrow().clone(),
            expected,
            found,
            value,
            of_kind: true,
        });
        E::custom("refused")
    }

    /// What a type made of what it was shown. An error of which nothing is known yet is about the value here.
    pub(super) fn noting<T, E: Error>(&self, made: Result<T, E>) -> Result<T, E> {
        if let Err(error) = &made
            && !self.is_over()
        {
            let mut failure = self.failure.borrow_mut();
            if failure.is_none() {
                let (expected, found) = describe(&error.to_string());
                *failure = Some(Failure {
                    path: self.path.borrow().clone(),
                    expected,
                    found,
                    value: None,
                    of_kind: false,
                });
            }
        }
        made
    }

    /// What came of reading the text. An error that no type made is one of the text.
    pub(super) fn reading<T, E>(&self, read: Result<T, E>) -> Result<T, E> {
        if read.is_err() && self.failure.borrow().is_none() {
            self.broken.set(true);
        }
        read
    }

    /// Reads what is left of a value that a type did not read to its end, when it failed.
    pub(super) fn behind<T, E>(
        &self,
        read: Result<T, E>,
        rest: impl FnOnce() -> Result<(), E>,
    ) -> Result<T, E> {
        if read.is_err()
            && !self.is_over()
            && let Err(error) = rest()
        {
            self.broken.set(true);
            return Err(error);
        }
        read
    }

    /// Whether nothing more can be read.
    pub(super) fn is_over(&self) -> bool {
        self.broken.get() || memory::is_spent()
    }

    /// Leaves the value here out for what failed in it. What was found in it since the mark is a part of that.
    pub(super) fn absorb<E: Error>(&self, mark: usize) -> Result<(), E> {
        let failure = self.failure.take();
        self.outcomes.borrow_mut().truncate(mark);
        let Some(failure) = failure else {
            return self.leave_out("another value".to_owned(), "", None);
        };
        let below = failure.path.get(self.path.borrow().len()..).unwrap_or(&[]);
        if below.is_empty() {
            return self.leave_out(failure.expected, failure.found, failure.value);
        }
        let expected = format!("{} at `{}`", failure.expected, place(below));
        self.leave_out(expected, failure.found, None)
    }

    /// What failed, after which decoding ended.
    pub(super) fn failed(&mut self) -> Option<Failure<'de>> {
        self.failure.take()
    }

    /// Prepares another decoding in which the place of a failure is left out: as `null`; an item that cannot be `null` as
    /// nothing; a field that cannot be `null` with what it stands in. Gives whether there is anything left to leave out.
    pub(super) fn cut(&mut self, failure: Failure<'de>) -> bool {
        self.path.get_mut().clear();
        self.outcomes.get_mut().clear();
        let mut outcome = Outcome {
            path: failure.path,
            expected: failure.expected,
            found: failure.found,
            value: failure.value,
            converted: false,
        };
        while let Some(last) = outcome.path.last() {
            let before = self
                .cuts
                .iter_mut()
                .find(|cut| cut.outcome.path == outcome.path);
            match before {
                None => {
                    // What stands in it goes with it.
                    self.cuts
                        .retain(|cut| !cut.outcome.path.starts_with(&outcome.path));
                    let dropped = false;
                    self.cuts.push(Cut { outcome, dropped });
                    return true;
                }
                Some(cut) if !cut.dropped && matches!(last, Step::Index(_)) => {
                    cut.dropped = true;
                    return true;
                }
                Some(cut) => {
                    let name = place(std::slice::from_ref(last));
                    outcome.expected = format!("{} at `{name}`", cut.outcome.expected);
                    outcome.found = cut.outcome.found;
                    outcome.value = None;
                    outcome.path.pop();
                }
            }
        }
        false
    }

    /// All that was found, below `prefix`. `whole` gives the body where a value was not at hand.
    pub(super) fn into_mismatches(
        self,
        prefix: &str,
        whole: impl Fn() -> Result<Value, serde_json::Error>,
    ) -> Result<Vec<Mismatch>, serde_json::Error> {
        let cuts = self.cuts.into_iter().map(|cut| cut.outcome);
        let outcomes: Vec<Outcome<'_>> = cuts.chain(self.outcomes.into_inner()).collect();
        let missing = outcomes.iter().any(|outcome| outcome.value.is_none());
        let whole = if missing { whole()? } else { Value::Null };
        let mismatch = |outcome: Outcome<'_>| {
            let value = match (outcome.value, at(&whole, &outcome.path)) {
                (Some(value), _) => value,
                // A copy that counts: it may hold others, or stand in one.
                (None, Some(value)) => json::read(value)?,
                (None, None) => Value::Null,
            };
            Ok(Mismatch::new(
                below(prefix, &place(&outcome.path)),
                outcome.expected,
                outcome.found,
                value,
                outcome.converted,
            ))
        };
        outcomes.into_iter().map(mismatch).collect()
    }
}

/// A place in words: `data.list[3].id`.
pub(super) fn place(path: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Name(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
        }
        if text.len() > PLACE_LIMIT {
            while text.len() > PLACE_LIMIT {
                text.pop();
            }
            text.push('…');
            break;
        }
    }
    if text.is_empty() {
        ".".to_owned()
    } else {
        text
    }
}

/// A place below another one.
pub(super) fn below(prefix: &str, place: &str) -> String {
    match (prefix, place) {
        ("", place) => place.to_owned(),
        (prefix, ".") => prefix.to_owned(),
        (prefix, place) if place.starts_with('[') => format!("{prefix}{place}"),
        (prefix, place) => format!("{prefix}.{place}"),
    }
}

fn at<'v>(whole: &'v Value, path: &[Step<'_>]) -> Option<&'v Value> {
    path.iter().try_fold(whole, |value, step| match step {
        Step::Name(name) => value.get(name.as_ref()),
        Step::Index(index) => value.get(index),
    })
}
