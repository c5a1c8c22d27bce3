//! `openapiv3::OpenAPI` → Rust tokens, by progenitor. Its panics and errors become findings that name the operation.

use std::cell::Cell;
use std::panic::AssertUnwindSafe;

use openapiv3::OpenAPI;
use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};

use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::lower::{self, RUNTIME};
use crate::walk::{self, METHODS, OperationPlace};

/// Progenitor's client for `api`, as it comes.
///
/// # Errors
///
/// What progenitor refused, at the operations that it refuses alone, too.
pub fn generate(api: &OpenAPI, document: &Document) -> Result<syn::File, Failure> {
    attempt(api).map_err(|message| blame(api, document, &message))
}

/// Progenitor, with its panics caught.
fn attempt(api: &OpenAPI) -> Result<syn::File, String> {
    quiet_panics();
    INSIDE.set(true);
    let made = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let mut settings = GenerationSettings::new();
        settings
            .with_interface(InterfaceStyle::Positional)
            .with_tag(TagStyle::Merged)
            .with_map_type("::std::collections::BTreeMap")
            .with_crate(RUNTIME, CrateVers::Any, None);
        let tokens = Generator::new(&settings)
            .generate_tokens(api)
            .map_err(|error| error.to_string())?;
        syn::parse2(tokens).map_err(|error| error.to_string())
    }));
    INSIDE.set(false);
    made.unwrap_or_else(|panic| Err(panic_message(panic.as_ref())))
}

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the default hook from printing progenitor's panics, which are reported as findings instead.
fn quiet_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !INSIDE.get() {
                before(info);
            }
        }));
    });
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panic: {}", text.unwrap_or("without a message"))
}

/// Which operations are refused when they stand alone.
fn blame(api: &OpenAPI, document: &Document, message: &str) -> Failure {
    let mut findings = Vec::new();
    let operations = walk::operations(&document.root);
    for (path, item) in &api.paths.paths {
        let openapiv3::ReferenceOr::Item(item) = item else {
            continue;
        };
        for method in METHODS {
            let Some(alone) = only(item, method) else {
                continue;
            };
            let mut candidate = api.clone();
            candidate.paths.paths.clear();
            candidate
                .paths
                .paths
                .insert(path.clone(), openapiv3::ReferenceOr::Item(alone));
            if let Err(message) = attempt(&candidate) {
                let place = lower::operation_index(path).and_then(|index| operations.get(index));
                let pointer = place.map_or_else(|| "/paths".to_owned(), OperationPlace::pointer);
                findings.push(refusal(document, &pointer, &message));
            }
        }
    }
    // Components that are refused are refused with every operation: then the place is the components.
    if findings.is_empty() || findings.len() == count(api) {
        findings = vec![refusal(document, "/components/schemas", message)];
    }
    Failure::from(findings)
}

fn count(api: &OpenAPI) -> usize {
    api.operations().count()
}

fn only(item: &openapiv3::PathItem, method: &str) -> Option<openapiv3::PathItem> {
    let (_, operation) = item.iter().find(|(name, _)| *name == method)?;
    let operation = Some(operation.clone());
    let mut alone = openapiv3::PathItem {
        parameters: item.parameters.clone(),
        ..Default::default()
    };
    let slot = match method {
        "get" => &mut alone.get,
        "put" => &mut alone.put,
        "post" => &mut alone.post,
        "delete" => &mut alone.delete,
        "options" => &mut alone.options,
        "head" => &mut alone.head,
        "patch" => &mut alone.patch,
        _ => &mut alone.trace,
    };
    *slot = operation;
    Some(alone)
}

fn refusal(document: &Document, pointer: &str, message: &str) -> Finding {
    let place = document.places.nearest(pointer).cloned();
    Finding::error(
        "generate/progenitor",
        format!("progenitor refuses this: {message}"),
        "correct it with a patch in spec/overlays, or write a repair for all such places",
    )
    .at(pointer, place)
}
