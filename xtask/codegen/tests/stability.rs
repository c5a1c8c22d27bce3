//! Names stay when operations come and go: of a large document's surface, what is left when a tenth of the operations is
//! dropped reads as it did. With the ledger of names that holds for every tenth: what changes then are types that the
//! dropped operations had evidence for, and setters of types that no request is left to send. By the rule alone it holds
//! for most names. And whatever upstream calls its operations and placeholders, no name changes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use scribe_codegen::diff;
use scribe_codegen::load;
use scribe_codegen::pipeline::{self, Input, Outcome};
use scribe_codegen::source::Source;
use serde_json::{Map, Value};

/// How many tenths there are, taken in either way.
const TENTHS: usize = 10;

/// What may change of the surface with the ledger, in percent.
const WITH_LEDGER: f64 = 1.0;

/// What may change of it by the rule alone, in percent: the worst tenth is far from the middle one.
const BY_RULE: f64 = 5.0;

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Which operations are dropped.
#[derive(Debug, Clone, Copy)]
enum Tenth {
    /// Every tenth one, from this on.
    Stride(usize),
    /// This tenth of them, in a row.
    Row(usize),
}

impl Tenth {
    fn drops(self, index: usize, count: usize) -> bool {
        match self {
            Self::Stride(from) => index % TENTHS == from,
            Self::Row(tenth) => index * TENTHS / count == tenth,
        }
    }
}

/// The large document, when it is there.
fn document() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/upstream/full.yaml");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let document = load::load(&Source::new("full.yaml", text)).expect("an OpenAPI document");
    Some(document.root)
}

/// What the pipeline makes of `root`, when shapes had the `names` of an earlier run.
fn made(root: &Value, names: Option<&Arc<Source>>) -> Outcome {
    let input = Input {
        names: names.cloned(),
        ..Input::of(Source::new("full.json", root.to_string()))
    };
    pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

fn lines(surface: &str) -> BTreeSet<&str> {
    let lines = surface.lines();
    lines.filter(|line| !line.starts_with('#')).collect()
}

fn without(root: &Value, tenth: Tenth) -> Value {
    let is_operation = |key: &String| METHODS.contains(&key.as_str());
    let mut root = root.clone();
    let paths = root["paths"].as_object_mut().expect("paths");
    let keys = paths
        .values()
        .filter_map(Value::as_object)
        .flat_map(Map::keys);
    let count = keys.filter(|key| is_operation(key)).count();
    let mut index = 0;
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        item.retain(|key, _| {
            if !is_operation(key) {
                return true;
            }
            index += 1;
            !tenth.drops(index - 1, count)
        });
    }
    root
}

/// Says for each of the `tenths` how much of the rest changes without it, and asks for at most `limit` percent.
fn compare(tenths: &[Tenth], with_ledger: bool, limit: f64) {
    let Some(root) = document() else { return };
    let full = made(&root, None);
    let names = with_ledger.then(|| Source::new("names.toml", full.names));
    let known = lines(&full.surface);
    let left = Mutex::new(tenths.to_vec());
    let too_much = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(tenth) = left.lock().expect("no panic").pop() else {
                return;
            };
            let rest = made(&without(&root, tenth), names.as_ref()).surface;
            let rest = lines(&rest);
            let changed: Vec<&&str> = rest.difference(&known).collect();
            let percent = 100.0 * changed.len() as f64 / rest.len() as f64;
            let count = changed.len();
            println!(
                "{tenth:?}: {percent:.2} % changed, {count} of {} lines",
                rest.len()
            );
            if percent > limit {
                let some = &changed[..count.min(10)];
                let problem = format!("{tenth:?}: {percent:.2} %, as {some:#?}");
                too_much.lock().expect("no panic").push(problem);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(work);
        }
    });
    let too_much = too_much.into_inner().expect("no panic");
    assert!(
        too_much.is_empty(),
        "expected at most {limit} % of the surface to change:\n{}",
        too_much.join("\n")
    );
}

fn all() -> Vec<Tenth> {
    let tenths = 0..TENTHS;
    tenths
        .flat_map(|number| [Tenth::Stride(number), Tenth::Row(number)])
        .collect()
}

#[test]
fn with_the_ledger_a_dropped_tenth_renames_nothing() {
    let some = [0, 3, 5].map(Tenth::Stride).into_iter();
    let some = some.chain([1, 4, 7].map(Tenth::Row));
    compare(&some.collect::<Vec<_>>(), true, WITH_LEDGER);
}

#[test]
fn by_the_rule_alone_most_names_stay() {
    compare(&[Tenth::Stride(3), Tenth::Row(2)], false, BY_RULE);
}

/// `root` with every summary edited, every operationId another one, and every placeholder of another name.
fn renamed(root: &Value) -> Value {
    let mut root = root.clone();
    let paths = root["paths"].as_object_mut().expect("paths");
    let old = std::mem::take(paths);
    for (path, mut item) in old {
        for (key, value) in item.as_object_mut().into_iter().flatten() {
            if let Some(id) = value.get("operationId").and_then(Value::as_str) {
                value["operationId"] = format!("v2{id}Now").into();
                value["summary"] = "Edited since".into();
            }
            let parameters = if key == "parameters" {
                Some(value)
            } else {
                value.get_mut("parameters")
            };
            for parameter in parameters
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                if parameter["in"] == "path" {
                    let name = parameter["name"].as_str().unwrap_or_default();
                    parameter["name"] = format!("the_{name}").into();
                }
            }
        }
        paths.insert(path.replace('{', "{the_"), item);
    }
    root
}

#[test]
fn whatever_upstream_calls_it_no_name_changes() {
    let Some(root) = document() else { return };
    let before = made(&root, None);
    let ledger = Source::new("names.toml", before.names.clone());
    let after = made(&renamed(&root), Some(&ledger));
    let changes = diff::compare(&before.lines, &after.lines);
    assert!(changes.len() >= before.operations, "{}", changes.len());
    let mut kinds: BTreeSet<&str> = changes.iter().map(|change| change.kind).collect();
    // What is not a name in Rust, and is not sent.
    kinds.remove("operation-id-changed");
    kinds.remove("operation-template-changed");
    assert!(kinds.is_empty(), "{kinds:?}");
    let kept = after.notes.iter().filter(|note| note.new).count();
    assert_eq!(kept, before.operations);
}

#[test]
fn a_tenth_that_goes_and_comes_back_is_called_as_before() {
    let Some(root) = document() else { return };
    let before = made(&root, None);
    let names = Source::new("names.toml", before.names.clone());
    let rest = made(&without(&root, Tenth::Stride(2)), Some(&names));
    assert!(rest.operations < before.operations);
    let names = Source::new("names.toml", rest.names);
    let after = made(&root, Some(&names));
    let changes = diff::compare(&before.lines, &after.lines);
    assert!(changes.is_empty(), "{changes:#?}");
    assert_eq!(after.names, before.names);
}

// All of them take minutes: cargo test --release -p scribe-codegen --test stability -- --ignored --nocapture
#[test]
#[ignore = "takes minutes in a debug build"]
fn with_the_ledger_no_dropped_tenth_renames_anything() {
    compare(&all(), true, WITH_LEDGER);
}

#[test]
#[ignore = "takes minutes in a debug build"]
fn by_the_rule_alone_most_names_stay_whatever_tenth_is_dropped() {
    compare(&all(), false, BY_RULE);
}
