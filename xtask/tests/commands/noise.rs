//! Upstream's noise: what a new version of Scribe, or a new run, writes otherwise without meaning anything by it. Alone
//! it is kept out; beside a real change it adds nothing to what is said of that.

use serde_json::{Map, Value};

use crate::repository::{DOCUMENT, Repository};

/// The fixture in other writing, each with its name.
fn rewritten() -> Vec<(&'static str, String)> {
    let root: Value = serde_yaml::from_str::<serde_yaml::Value>(DOCUMENT)
        .map(|value| json(&value))
        .unwrap();
    vec![
        (
            "other examples",
            DOCUMENT
                .replace("fern", "moss")
                .replace("height: 3", "height: 4")
                .replace("example: 3", "example: 4"),
        ),
        (
            "the order of keys",
            serde_json::to_string_pretty(&reversed(&root)).unwrap(),
        ),
        ("JSON", root.to_string()),
        (
            "statuses in double quotes",
            DOCUMENT.replace("200:", "\"200\":"),
        ),
        (
            "statuses in single quotes",
            DOCUMENT.replace("200:", "'200':"),
        ),
        (
            "strings without quotes",
            DOCUMENT.replace("'List the plants'", "List the plants"),
        ),
        (
            "strings in double quotes",
            DOCUMENT.replace("'The word.'", "\"The word.\""),
        ),
        (
            "a folded string",
            DOCUMENT.replace("'List the plants'", ">-\n        List\n        the plants"),
        ),
        (
            "a string over lines",
            DOCUMENT.replace("'List the plants'", "'List\n        the plants'"),
        ),
        (
            "keys in quotes",
            DOCUMENT.replace("      summary:", "      \"summary\":"),
        ),
        (
            "flow style",
            DOCUMENT.replace("      tags:\n        - Plants\n", "      tags: [Plants]\n"),
        ),
        (
            "comments",
            DOCUMENT.replace("paths:\n", "# what there is\npaths:\n"),
        ),
        ("line ends", DOCUMENT.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{DOCUMENT}")),
        (
            "the order of a set",
            DOCUMENT.replace(
                "              required:\n                - password\n",
                "              required: [password]\n",
            ),
        ),
    ]
}

/// The value with statuses as texts.
fn json(value: &serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Mapping(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| {
                    let key = key
                        .as_str()
                        .map_or_else(|| key.as_u64().unwrap().to_string(), str::to_owned);
                    (key, json(value))
                })
                .collect(),
        ),
        serde_yaml::Value::Sequence(items) => items.iter().map(json).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// The value with the keys of every mapping in the opposite order.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .rev()
                .map(|(key, value)| (key.clone(), reversed(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

#[test]
fn noise_alone_changes_no_file() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    for (name, text) in rewritten() {
        assert_ne!(text, DOCUMENT, "{name}");
        let news = repository.beside("news.yaml", &text);
        let said = repository.run(&["regen", "--from", &news]).exit(0);
        assert_eq!(repository.tree(), before, "{name}: {said}");
        let kept = said.out.contains("the vendored copy stays")
            && said.out.contains("surface: no change of the surface");
        assert!(kept, "{name}: {said}");
    }
}

#[test]
fn noise_beside_a_change_adds_nothing_to_it() {
    let change = |text: &str| {
        text.replace("height", "size")
            .replace("listThePlants", "listEveryPlant")
    };
    let surface_of = |text: &str| {
        let repository = Repository::regenerated();
        let news = repository.beside("news.yaml", text);
        let json = repository
            .run(&["regen", "--from", &news, "--format", "json"])
            .exit(0)
            .json();
        (
            json["surface"].clone(),
            repository.read("spec/api-surface.txt"),
        )
    };
    let alone = surface_of(&change(DOCUMENT));
    assert!(
        alone.0["changes"].as_array().unwrap().len() > 1,
        "{:#}",
        alone.0
    );
    for (name, text) in rewritten() {
        assert_eq!(surface_of(&change(&text)), alone, "{name}");
    }
}
