//! What a test wants the server to say or do, operation by operation.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::Arc;

use super::fault::Fault;
use super::received::Received;
use super::reply::Reply;

/// What the server does with a request in place of what it would do.
#[derive(Clone)]
pub enum Step {
    /// It says what this gives.
    Reply(Arc<dyn Fn(&Received) -> Reply + Send + Sync>),
    /// Something goes wrong.
    Fault(Fault),
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(_) => f.write_str("Reply"),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

/// The steps of each operation, those of all under no name.
#[derive(Debug, Default)]
pub struct Rules(HashMap<String, Steps>);

#[derive(Debug, Default)]
struct Steps {
    next: VecDeque<Step>,
    always: Option<Step>,
}

impl Rules {
    /// Adds a step for the next requests, as many as `times`, or for all that come after those.
    pub fn add(&mut self, operation: &str, times: Option<usize>, step: Step) {
        let steps = self.0.entry(operation.to_owned()).or_default();
        match times {
            Some(times) => steps.next.extend(std::iter::repeat_n(step, times)),
            None => steps.always = Some(step),
        }
    }

    /// What goes wrong with a request of `operation`, if something does.
    pub fn fault(&mut self, operation: &str) -> Option<Fault> {
        let step = self.take(operation, |step| matches!(step, Step::Fault(_)))?;
        match step {
            Step::Fault(fault) => Some(fault),
            Step::Reply(_) => None,
        }
    }

    /// What is said to a request of `operation`, if the test says so.
    pub fn reply(&mut self, operation: &str, request: &Received) -> Option<Reply> {
        let step = self.take(operation, |step| matches!(step, Step::Reply(_)))?;
        match step {
            Step::Reply(reply) => Some(reply(request)),
            Step::Fault(_) => None,
        }
    }

    /// The next step of the operation, or of all, when it is of the kind.
    fn take(&mut self, operation: &str, of_kind: fn(&Step) -> bool) -> Option<Step> {
        [operation, ""].into_iter().find_map(|name| {
            let steps = self.0.get_mut(name)?;
            match steps.next.front() {
                Some(step) if of_kind(step) => steps.next.pop_front(),
                // The next is of the other kind, and comes first.
                Some(_) => None,
                None => steps.always.clone().filter(of_kind),
            }
        })
    }
}
