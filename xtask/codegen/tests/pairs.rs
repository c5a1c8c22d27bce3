//! Pairs of documents with one change each, and all that is said of them: what changed upstream, and each change of the
//! surface with its level and the node that it is traced to. The tables in `pairs/` have a row for every kind of change
//! that tools which compare documents know of and that can touch a client; `pairs/base.yaml` is the document before.
//!
//! For each pair the two clients are compared as well, without what documents them: the surface has a change exactly
//! when they differ.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use quote::ToTokens as _;
use scribe_codegen::attribution::{Made, traced};
use scribe_codegen::load;
use scribe_codegen::pipeline::{self, Input, Outcome};
use scribe_codegen::source::Source;
use scribe_codegen::upstream::{self, UpstreamChanges};
use serde_json::Value;
use syn::visit_mut::VisitMut;

/// What stands for the pointers of the base document.
const NAMES: &[(&str, &str)] = &[
    ("{list}", "/paths/~1plants/get"),
    ("{create}", "/paths/~1plants/post"),
    ("{show}", "/paths/~1plants~1{plant}/get"),
    ("{change}", "/paths/~1plants~1{plant}/put"),
    ("{remove}", "/paths/~1plants~1{plant}/delete"),
    ("{photo}", "/paths/~1photos/post"),
    (
        "{body}",
        "/paths/~1plants/post/requestBody/content/application~1json/schema",
    ),
    (
        "{answer}",
        "/paths/~1plants/get/responses/200/content/application~1json/schema",
    ),
    (
        "{item}",
        "/paths/~1plants/get/responses/200/content/application~1json/schema/properties/plants/items/properties",
    ),
];

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pairs")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn base() -> Value {
    load::load(&Source::new("base.yaml", read("base.yaml")))
        .expect("a document")
        .root
}

fn made(document: &Value, names: Option<&str>) -> Outcome {
    let input = Input {
        names: names.map(|names| Source::new("names.toml", names)),
        ..Input::of(Source::new("t.json", document.to_string()))
    };
    pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

/// Carries out the steps of a row.
fn edited(base: &Value, steps: &str) -> Value {
    let mut document = base.clone();
    for step in steps.split("; ") {
        let mut step = step.to_owned();
        for (name, pointer) in NAMES {
            step = step.replace(name, pointer);
        }
        let mut words = step.splitn(3, ' ');
        let (pointer, verb, rest) = (words.next().expect("a pointer"), words.next(), words.next());
        let (owner, key) = pointer.rsplit_once('/').expect("a pointer");
        let key = key.replace("~1", "/").replace("~0", "~");
        let owner = document
            .pointer_mut(owner)
            .unwrap_or_else(|| panic!("no {owner}: {step}"));
        match (verb, rest, owner) {
            (Some("="), Some(json), Value::Object(owner)) => {
                owner.insert(key, serde_json::from_str(json).expect(json));
            }
            (Some("="), Some(json), Value::Array(owner)) => {
                let value = serde_json::from_str(json).expect(json);
                match key.parse::<usize>() {
                    Ok(index) => owner[index] = value,
                    Err(_) => owner.push(value),
                }
            }
            (Some("x"), None, Value::Object(owner)) => {
                owner
                    .shift_remove(&key)
                    .unwrap_or_else(|| panic!("no {key}: {step}"));
            }
            (Some("x"), None, Value::Array(owner)) => {
                owner.remove(key.parse().expect("an index"));
            }
            (Some(">"), Some(new), Value::Object(owner)) => {
                let entries = std::mem::take(owner);
                assert!(entries.contains_key(&key), "no {key}: {step}");
                for (name, value) in entries {
                    owner.insert(if name == key { new.to_owned() } else { name }, value);
                }
            }
            _ => panic!("expected `= JSON`, `x` or `> KEY`, but found: {step}"),
        }
    }
    document
}

/// The tokens of a client without what documents it.
fn tokens(client: &str) -> String {
    struct WithoutDocs;
    impl VisitMut for WithoutDocs {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
            attributes.retain(|attribute| !attribute.path().is_ident("doc"));
        }

        // The order of variants that are told by their tag means nothing, nor does that of the arms for them.
        fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
            syn::visit_mut::visit_item_enum_mut(self, item);
            if !item
                .attrs
                .iter()
                .any(|attribute| attribute.to_token_stream().to_string().contains("untagged"))
            {
                let mut variants: Vec<syn::Variant> = item.variants.iter().cloned().collect();
                variants.sort_by_key(|variant| variant.to_token_stream().to_string());
                item.variants = variants.into_iter().collect();
            }
        }

        fn visit_macro_mut(&mut self, of: &mut syn::Macro) {
            if of
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "open_enum")
            {
                of.tokens = sorted(&of.tokens.to_string()).parse().expect("tokens");
            }
        }

        fn visit_expr_match_mut(&mut self, matches: &mut syn::ExprMatch) {
            syn::visit_mut::visit_expr_match_mut(self, matches);
            matches
                .arms
                .sort_by_key(|arm| arm.to_token_stream().to_string());
        }
    }
    let mut file = syn::parse_file(client).expect("a client");
    WithoutDocs.visit_file_mut(&mut file);
    // The surface says of the order of what is inside of an item where it means something; that of items means nothing.
    let mut items: Vec<String> = file
        .items
        .iter()
        .map(|item| item.to_token_stream().to_string())
        .collect();
    items.sort();
    items.join("\n")
}

/// `Name { B = "b", A = "a" }` with what is in the braces sorted.
fn sorted(tokens: &str) -> String {
    let (head, rest) = tokens.split_once('{').expect("braces");
    let (list, tail) = rest.rsplit_once('}').expect("braces");
    let mut parts: Vec<&str> = list.split(',').map(str::trim).collect();
    parts.sort_unstable();
    format!("{head}{{{}}}{tail}", parts.join(", "))
}

fn upstream_says(changes: &UpstreamChanges) -> String {
    let mut said = Vec::new();
    for (what, names) in [
        ("added", &changes.added),
        ("removed", &changes.removed),
        ("changed", &changes.changed),
        ("examples only", &changes.examples_only),
        ("elsewhere", &changes.elsewhere),
    ] {
        if !names.is_empty() {
            said.push(format!("{what} {}", names.join(", ")));
        }
    }
    if said.is_empty() {
        "the same".to_owned()
    } else {
        said.join("; ")
    }
}

/// Everything that is said of the pairs of a table.
fn told(table: &str) -> String {
    let document = base();
    let before = made(&document, None);
    let before_tokens = tokens(&before.client);
    let mut told = String::new();
    let mut names = BTreeSet::new();
    for row in read(table).lines().filter(|row| !row.starts_with('#')) {
        let (name, steps) = row.split_once(": ").expect("a name and steps");
        assert!(names.insert(name.to_owned()), "{name} is there twice");
        let news = edited(&document, steps);
        assert_ne!(news, document, "{name} changes nothing");
        let after = made(&news, Some(&before.names));
        let changes = traced(
            Some(Made::by_run(&before)),
            &before.lines,
            Made::by_run(&after),
        );
        assert_eq!(
            changes.is_empty(),
            tokens(&after.client) == before_tokens,
            "{name}: the surface and the client do not agree on whether there is a change: {changes:#?}"
        );
        let _ = writeln!(
            told,
            "{name}\n  upstream: {}",
            upstream_says(&upstream::changes(&document, &news))
        );
        for change in changes {
            let pointer = change.pointer.expect("a pointer");
            assert_ne!(
                document.pointer(&pointer),
                news.pointer(&pointer),
                "{name}: {} is traced to a node that is the same",
                change.item
            );
            let _ = writeln!(
                told,
                "  {} {} {}\n    {}\n    {pointer}",
                change.level.name(),
                change.kind,
                change.item,
                change
                    .operation
                    .as_deref()
                    .unwrap_or("several operations, or none")
            );
        }
    }
    assert!(names.len() > 10, "{table} was not read");
    told
}

#[test]
fn operations() {
    insta::assert_snapshot!(told("operations.txt"));
}

#[test]
fn parameters() {
    insta::assert_snapshot!(told("parameters.txt"));
}

#[test]
fn requests() {
    insta::assert_snapshot!(told("requests.txt"));
}

#[test]
fn answers() {
    insta::assert_snapshot!(told("answers.txt"));
}

#[test]
fn security_and_components() {
    insta::assert_snapshot!(told("security.txt"));
}
