//! The loader and serde_yaml, which progenitor's own ecosystem reads YAML with, mean the same.

use std::path::{Path, PathBuf};

use super::*;

#[test]
fn the_loader_and_serde_yaml_agree_on_small_documents() {
    for text in [
        "a: 1\nb: [x, 'y', \"z\", 1.50, ~, true]\nc: {d: , e: null}\n",
        "a: |\n  one\n  two\n\nb: >-\n  folded\n  text\n\n  more\nc: |+\n  keep\n\n\nd: >2\n    x\n",
        "a: plain\n  text of\n\n  lines\nb: 'quo\n  ted'\nc: \"dou\\\n  ble \\u00e9\\n\"\n",
        "a:\n- 1\n- - 2\n  - 3\n-\n  x: 1\nb:\n  - {x: 1}\n",
        "# c\n---\na: &x {b: 1}\nc: *x\n<<: *x\n...\n",
        "200: ok\n'404': no\n1.5: x\ntrue: y\nnull: z\n",
        "a: !!str 1\nb: !!int '2'\nc: !!float '3.5'\nd: !!bool 'true'\n",
        "{\"a\": [1, -2, 3.5e10, true, null, \"x\\ty\"], \"b\": {}}",
        "a: 'it''s'\nb: it's\nc: a#b\nd: a #b\ne: http://x:80/y?z=[1]\nf: -1\ng: - \n",
        "é: ü\n😀: \"\\U0001F600\"\nz: \u{a0}x\u{a0}\n",
        "a: 0x1F\nb: 0o17\nc: 007\nd: 1e3\ne: 12:30\nf: 2024-01-01\ng: 1_000\nh: yes\ni: =\n",
        "a: \r\n  b: 1\r\n  c: |\r\n    x\r\n    y\r\n",
        "a: [\n  1,\n  2,\n]\nb: {\n  x: 1,\n  }\n",
        "? a\n: 1\n? b\n",
        "a: ''\nb: \"\"\nc:\nd: ~\ne: []\nf: {}\n",
    ] {
        agree("a small document", text);
    }
}

#[test]
fn the_loader_and_serde_yaml_agree_on_the_documents_beside_the_repository() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let mut files = yaml_files(&shared.join("upstream"));
    files.extend(
        yaml_files(&shared.join("scribe-corpus"))
            .into_iter()
            .filter(|file| {
                // All of them would take a minute; the large ones have nothing that the small ones have not.
                file.metadata().is_ok_and(|data| data.len() <= 128 << 10)
            }),
    );
    if files.is_empty() {
        println!(
            "skipped: there is no {} with documents to compare",
            shared.display()
        );
        return;
    }
    let mut compared = 0;
    for file in files {
        let bytes = std::fs::read(&file).expect("a readable file");
        let name = file.display().to_string();
        let Ok(source) = super::super::decode(&name, bytes) else {
            println!("{name}: no UTF-8");
            continue;
        };
        compared += usize::from(agree(&name, &source.text));
    }
    println!("{compared} documents mean the same to both");
    assert!(compared > 0);
}

/// Whether both read `text`, which they must with the same result.
fn agree(name: &str, text: &str) -> bool {
    let ours = super::super::yaml(&Source::new(name, text));
    let theirs = serde_yaml::from_str::<Value>(text);
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert!(same(&ours.root, &theirs), "{name} differs");
            every_place_holds_its_value(&ours);
            true
        }
        // serde_yaml keeps the last of two keys without a word.
        (Err(failure), _)
            if failure
                .findings
                .iter()
                .all(|finding| finding.code == "load/duplicate-key") =>
        {
            println!("{name}: a key twice");
            false
        }
        (Err(failure), Err(_)) => {
            println!("{name}: refused by both: {failure}");
            false
        }
        (Err(failure), Ok(_)) => panic!("{name} is read by serde_yaml, but {failure}"),
        (Ok(_), Err(error)) => panic!("{name} is refused by serde_yaml: {error}"),
    }
}

/// Equality with the order of keys.
fn same(one: &Value, other: &Value) -> bool {
    serde_json::to_string(one).ok() == serde_json::to_string(other).ok()
}

/// Checks the places against the text: what stands at the place of a key or a plain value is that key or value.
fn every_place_holds_its_value(document: &crate::document::Document) {
    let mut open = vec![(String::new(), &document.root)];
    let text = &document.source.text;
    while let Some((pointer, value)) = open.pop() {
        let stretch = document.places.value(&pointer).expect("a place");
        let written = &text[stretch.start..stretch.end];
        if written.starts_with('*') {
            // The copy that an alias makes has no places of its own.
            continue;
        }
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    let pointer = crate::document::join(&pointer, key);
                    let place = document.places.nearest(&pointer).expect("a place");
                    let written = &text[place.start..place.end];
                    let is_quoted =
                        written.contains(['\'', '"', '\\', '&', '!', '*', '\n']) || key.is_empty();
                    assert!(
                        is_quoted || written == key,
                        "{place}: {written} is not {key}"
                    );
                    open.push((pointer, value));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    open.push((crate::document::join(&pointer, &index.to_string()), item));
                }
            }
            Value::Bool(value) if !written.contains(['*', '&', '!']) => {
                assert_eq!(written.to_ascii_lowercase(), value.to_string(), "{stretch}");
            }
            Value::String(value)
                if !written.contains(['*', '\'', '"', '|', '>', '&', '!', '\n']) =>
            {
                assert_eq!(written.trim(), value.trim(), "{stretch}");
            }
            _ => {}
        }
    }
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    files
}
