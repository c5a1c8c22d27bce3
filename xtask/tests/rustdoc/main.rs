//! The surface against the compiler: every public item of a client that rustdoc finds in the compiled crate is in the
//! surface, and the other way round. The surface is printed from the model as the client is, so that only somebody else
//! can tell whether it is true.
//!
//! The client of the vendored document is compared always, that of 292 operations when its document is in `../shared`.

mod compiled;
mod crates;
mod surface;

use std::collections::BTreeSet;
use std::path::Path;

use scribe_codegen::pipeline::{self, Input};
use scribe_codegen::source::Source;
use scribe_codegen::surface::Surface;

/// Asserts that both say the same of a client.
fn assert_same(surface: &Surface, documentation: Option<String>) {
    let Some(documentation) = documentation else {
        return;
    };
    let Some(compiled) = compiled::facts(&documentation) else {
        return;
    };
    let said = surface::facts(surface);
    assert!(said.len() > 50, "the surface was not read");
    let only = |these: &BTreeSet<String>, those: &BTreeSet<String>| -> Vec<String> {
        these.difference(those).take(40).cloned().collect()
    };
    let (missing, untrue) = (only(&compiled, &said), only(&said, &compiled));
    assert!(
        missing.is_empty() && untrue.is_empty(),
        "expected the surface to say what rustdoc finds; mend `print/surface.rs` of scribe-codegen\n\
         found by rustdoc alone: {missing:#?}\nsaid by the surface alone: {untrue:#?}"
    );
    println!("{} facts are the same", said.len());
}

#[test]
fn the_surface_of_the_crate_is_what_rustdoc_finds() {
    let root = crates::root();
    let text = std::fs::read_to_string(root.join("spec/api-surface.txt")).expect("it is there");
    assert_same(&Surface::parse(&text), crates::own());
}

#[test]
fn the_surface_of_all_operations_is_what_rustdoc_finds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/upstream/full.yaml");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let outcome = pipeline::run(&Input::of(Source::new("full.yaml", text)))
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert_same(&outcome.lines, crates::of_client(&outcome.client));
}
