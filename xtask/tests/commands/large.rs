//! The report of a large change of a large document: it fits a comment, begins with the verdict, and says what it left
//! out. Needs the large document beside the repository.

use std::io::Write as _;
use std::path::Path;

use scribe_codegen::load;
use scribe_codegen::source::Source;
use serde_json::{Map, Value, json};

use crate::repository::Repository;

/// The large document, when it is there.
fn document() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/upstream/full.yaml");
    let Ok(text) = std::fs::read_to_string(&path) else {
        let _ = writeln!(std::io::stderr(), "skipped: {} is absent", path.display());
        return None;
    };
    Some(
        load::load(&Source::new("full.yaml", text))
            .expect("a document")
            .root,
    )
}

/// Calls `edit` for every `every`th operation.
fn edit(document: &mut Value, every: usize, mut edit: impl FnMut(usize, &mut Map<String, Value>)) {
    let paths = document["paths"].as_object_mut().expect("paths");
    let operations = paths.values_mut().flat_map(|item| {
        let item = item.as_object_mut().expect("an item");
        let methods = ["get", "put", "post", "delete", "patch"];
        item.iter_mut()
            .filter(move |(key, _)| methods.contains(&key.as_str()))
    });
    for (index, (_, operation)) in operations.enumerate() {
        if index % every == 0 {
            edit(index, operation.as_object_mut().expect("an operation"));
        }
    }
}

/// New parameters, properties that are gone, operations that come and go: some eighty changes and more.
fn varied(document: &Value) -> Value {
    let mut news = document.clone();
    edit(&mut news, 5, |index, operation| {
        let parameter = json!({ "name": "fresh", "in": "query", "required": index % 2 == 0, "schema": { "type": "integer" } });
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        parameters.as_array_mut().expect("a list").push(parameter);
    });
    edit(&mut news, 4, |_, operation| {
        let schema = operation
            .get_mut("requestBody")
            .and_then(|body| body.pointer_mut("/content/application~1json/schema/properties"));
        if let Some(Value::Object(properties)) = schema {
            if let Some(first) = properties.keys().next().cloned() {
                properties.shift_remove(&first);
            }
            properties.insert("brand_new".to_owned(), json!({ "type": "string" }));
        }
    });
    edit(&mut news, 13, |_, operation| {
        operation.insert("deprecated".to_owned(), json!(true));
    });
    let paths = news["paths"].as_object_mut().expect("paths");
    let gone: Vec<String> = paths.keys().step_by(40).cloned().collect();
    for (number, path) in gone.iter().enumerate() {
        let item = paths.shift_remove(path).expect("a path");
        if number % 2 == 0 {
            paths.insert(format!("{path}/moved"), item);
        }
    }
    news
}

/// Every type renamed: far more than a comment takes.
fn overwhelming(document: &Value) -> Value {
    let mut news = document.clone();
    edit(&mut news, 1, |index, operation| {
        operation.insert(
            "operationId".to_owned(),
            json!(format!("operation{index}Anew")),
        );
        operation.insert(
            "summary".to_owned(),
            json!(format!("Operation {index} Anew")),
        );
    });
    news
}

#[test]
fn the_report_of_a_large_change_fits_a_comment() {
    let Some(document) = document() else {
        return;
    };
    let repository = Repository::empty();
    std::fs::remove_dir_all(repository.root().join("spec/overlays")).unwrap();
    repository.write("spec/upstream/openapi.yaml", &document.to_string());
    repository.run(&["regen", "--offline"]).exit(0);
    repository.commit();
    for (name, news) in [
        ("varied", varied(&document)),
        ("overwhelming", overwhelming(&document)),
    ] {
        let file = repository.beside(&format!("{name}.json"), &news.to_string());
        let path = repository.root().join(format!("target/{name}.md"));
        let report = path.display().to_string();
        let json = repository
            .command(&[
                "regen", "--from", &file, "--report", &report, "--format", "json",
            ])
            .output()
            .unwrap();
        let json: Value = serde_json::from_slice(&json.stdout).unwrap();
        let changes = json["surface"]["changes"].as_array().expect("changes");
        assert!(changes.len() > 80, "{name}: {}", changes.len());
        for change in changes {
            assert_eq!(change["causes"][0]["by"], "upstream", "{change:#}");
            let pointer = change["pointer"].as_str().expect("a pointer");
            assert!(
                [&document, &news]
                    .iter()
                    .any(|document| document.pointer(pointer).is_some()),
                "{pointer}: {change:#}"
            );
        }
        let report = std::fs::read_to_string(&path).unwrap();
        assert!(report.len() < 60_000, "{name}: {} bytes", report.len());
        let verdict = json["verdict"].as_str().expect("a verdict");
        assert!(report.starts_with(&format!("# {verdict}\n")), "{report}");
        for heading in ["## Surface", "## Upstream"] {
            assert!(report.contains(heading), "{name}: {heading}");
        }
        let cut = report.contains("Left out for length: ");
        assert_eq!(
            cut,
            name == "overwhelming",
            "{name}: {} bytes, {} changes",
            report.len(),
            changes.len()
        );
        repository.git(&["checkout", "--quiet", "."]);
    }
}
