//! `openapiv3::OpenAPI` → Rust tokens, by progenitor. Its panics and errors become findings that name the operation.

use std::cell::Cell;
use std::panic::AssertUnwindSafe;

use openapiv3::OpenAPI;
use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};

use serde_json::{Map, Value, json};

use super::lower;
use crate::client::RUNTIME;
use crate::document::{Document, join, last_token};
use crate::finding::{Failure, Finding};
use crate::walk::{self, OperationPlace};

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

/// Which operations are refused when they stand alone, each with the components that it needs.
fn blame(api: &OpenAPI, document: &Document, message: &str) -> Failure {
    let Ok(whole) = serde_json::to_value(api) else {
        return Failure::from(refusal(document, "", message));
    };
    let mut findings = Vec::new();
    let operations = walk::operations(&document.root);
    for alone in walk::operations(&whole) {
        let Ok(candidate) = serde_json::from_value(only(&whole, &alone)) else {
            continue;
        };
        if let Err(message) = attempt(&candidate) {
            let place = lower::operation_index(&alone.path).and_then(|index| operations.get(index));
            let pointer = place.map_or_else(|| "/paths".to_owned(), OperationPlace::pointer);
            findings.push(refusal(document, &pointer, &message));
        }
    }
    // What is refused with no single operation is refused for what they have in common.
    if findings.is_empty() {
        findings.push(refusal(document, "/components/schemas", message));
    }
    Failure::from(findings)
}

/// The document `whole` with the operation at `place` and nothing that it does not need.
fn only(whole: &Value, place: &OperationPlace) -> Value {
    let operation = whole.pointer(&place.pointer()).cloned().unwrap_or_default();
    let mut schemas = Map::new();
    let mut open = references(&operation);
    while let Some(name) = open.pop() {
        let schema = whole.pointer(&join("/components/schemas", &name));
        if let (Some(schema), false) = (schema, schemas.contains_key(&name)) {
            open.extend(references(schema));
            schemas.insert(name, schema.clone());
        }
    }
    let mut item = Map::new();
    item.insert(place.method.to_owned(), operation);
    let mut paths = Map::new();
    paths.insert(place.path.clone(), Value::Object(item));
    json!({
        "openapi": whole["openapi"],
        "info": whole["info"],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// The names of the components that `value` refers to.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let here = map.get("$ref").and_then(Value::as_str).map(last_token);
            here.into_iter()
                .chain(map.values().flat_map(references))
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
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
