//! The pipeline's own test of itself: every example in the document, through the type of its place and back.
//!
//! The client is not compiled for that: [`model`] reads the types from its syntax and does what serde would do with them.

mod compare;
mod model;
mod places;

pub use model::{Model, Refusal};

use serde_json::Value;

use crate::document::Document;
use crate::finding::Finding;
use crate::polish::methods::Method;
use crate::repair::Named;

/// What became of the examples.
#[derive(Debug, Default)]
pub struct Examples {
    /// How many were tried.
    pub tried: usize,
    /// Those that do not decode, or do not come back unchanged.
    pub losses: Vec<Finding>,
}

/// Every example of `document` (before its shapes were named), through the types of `file` and back.
pub fn check(file: &syn::File, methods: &[Method], document: &Document, named: &Named) -> Examples {
    let model = Model::read(file);
    let places = places::Places::new(&model, methods, named, &document.root);
    let mut examples = Examples::default();
    for (pointer, example) in places::examples(&document.root) {
        let Some(ty) = places.type_of(&places::schema_of(&pointer)) else {
            continue;
        };
        examples.tried += 1;
        for (below, problem) in losses(&model, &ty, &example) {
            let whole = format!("{pointer}{below}");
            let place = document.places.nearest(&whole).cloned();
            examples.losses.push(
                Finding::error(
                    "lossless/example",
                    problem,
                    "correct the type, or the example, with a patch in spec/overlays",
                )
                .at(whole, place),
            );
        }
    }
    examples
}

/// What is lost of `value` on its way through `ty`: pointers within the value, and what happens there.
fn losses(model: &Model, ty: &syn::Type, value: &Value) -> Vec<(String, String)> {
    match model.round_trip(ty, value) {
        Ok(encoded) => compare::differences(value, &encoded),
        Err(Refusal {
            pointer,
            expected,
            found,
        }) => vec![(pointer, format!("expected {expected}, but found {found}"))],
    }
}
