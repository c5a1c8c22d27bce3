//! The pipeline's own test of itself: every example in the document, through the type of its place and back.
//!
//! The client is not compiled for that: [`Client::round_trip`] does what serde would do with its types. [`perturb`] does the same with answers that no document shows, and that a server may send.

mod answers;
mod compare;
mod perturb;
mod places;

use crate::client::Client;
use crate::document::Document;
use crate::finding::Finding;
use crate::repair::Named;
use places::Places;

/// What became of the values that were tried.
#[derive(Debug, Default)]
pub struct Report {
    /// How many were tried.
    pub tried: usize,
    /// What does not decode, or does not come back unchanged.
    pub losses: Vec<Finding>,
}

/// The same, before the places are looked up.
#[derive(Debug, Default)]
struct Tried {
    count: usize,
    losses: Vec<(String, String)>,
}

/// The check of one client.
pub struct Lossless<'a> {
    client: &'a Client,
    document: &'a Document,
    named: &'a Named,
}

impl<'a> Lossless<'a> {
    /// Of `client`, made from `document` (before its shapes were named).
    pub fn new(client: &'a Client, document: &'a Document, named: &'a Named) -> Self {
        Self {
            client,
            document,
            named,
        }
    }

    /// Every example of the document, through the type of its place and back.
    pub fn examples(&self) -> Report {
        let places = self.places();
        let mut tried = Tried::default();
        for (pointer, example) in places::examples(&self.document.root) {
            let Some(ty) = places.type_of(&places::schema_of(&pointer)) else {
                continue;
            };
            tried.count += 1;
            let example = if pointer.contains("/parameters/") {
                places::as_sent(self.client.bare(&ty), example)
            } else {
                example
            };
            let losses = match self.client.round_trip(&ty, &example) {
                Ok(encoded) => compare::differences(&example, &encoded),
                Err(refusal) => vec![(refusal.pointer.clone(), refusal.to_string())],
            };
            let whole = |(below, problem)| (format!("{pointer}{below}"), problem);
            tried.losses.extend(losses.into_iter().map(whole));
        }
        self.report(
            tried,
            "lossless/example",
            "correct the type, or the example, with a patch in spec/overlays",
        )
    }

    /// Every answer that the document shows, with each node changed to what a server plausibly sends.
    pub fn perturbed(&self) -> Report {
        let answers = answers::answers(self.document, self.client);
        self.report(
            perturb::check(self.client, &answers),
            "lossless/perturbed",
            "say in a patch in spec/overlays what the type really is, or write a repair for all such places",
        )
    }

    fn places(&self) -> Places<'_> {
        Places::new(self.client, self.named, &self.document.root)
    }

    fn report(&self, tried: Tried, code: &'static str, action: &'static str) -> Report {
        let finding = |(pointer, problem): (String, String)| {
            let place = self.document.places.nearest(&pointer).cloned();
            Finding::error(code, problem, action).at(pointer, place)
        };
        Report {
            tried: tried.count,
            losses: tried.losses.into_iter().map(finding).collect(),
        }
    }
}
