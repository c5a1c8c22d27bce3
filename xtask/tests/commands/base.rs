//! The base of a report is what is committed, however many regenerations there were since.

use serde_json::Value;

use crate::regen::more;
use crate::repository::Repository;

const PASSWORD: &str = "                  type: string\n                  description: 'The word.'";
const FORMAT: &str = "                  type: string\n                  format: password\n                  description: 'The word.'";

/// A document in which a field is gone, an operation came, and a patch is needless.
fn news(repository: &Repository) -> String {
    let text = more().replace("height:", "size:").replace(PASSWORD, FORMAT);
    assert!(text.contains(FORMAT));
    repository.beside("news.yaml", &text)
}

fn json(repository: &Repository, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    repository.run(&arguments).json()
}

/// The level, and each change with its causes.
fn said(surface: &Value) -> (Value, Vec<(String, String)>) {
    let changes = surface["changes"].as_array().expect("changes");
    let changes = changes.iter().map(|change| {
        let text = |key: &str| change[key].to_string();
        (text("fingerprint"), text("causes"))
    });
    (surface["level"].clone(), changes.collect())
}

#[test]
fn one_step_and_two_steps_end_in_the_verdict_of_diff() {
    let one = Repository::regenerated();
    one.commit();
    let whole = json(&one, &["regen", "--from", &news(&one), "--prune"]);
    assert_eq!(whole["surface"]["level"], "major", "{whole:#}");
    assert_eq!(
        said(&whole["surface"]),
        said(&json(&one, &["diff", "--base", "HEAD"]))
    );

    let two = Repository::regenerated();
    two.commit();
    let first = json(&two, &["regen", "--from", &news(&two)]);
    let report = two.root().join("target/report.md");
    let path = report.display().to_string();
    let second = json(&two, &["regen", "--offline", "--prune", "--report", &path]);
    assert_eq!(second["pruned"], serde_json::json!(["gate-password"]));
    for key in ["version", "surface"] {
        assert_eq!(second[key], whole[key], "{key}");
    }
    assert_eq!(
        said(&second["surface"]),
        said(&json(&two, &["diff", "--base", "HEAD"]))
    );
    // What upstream changed is said by both, too.
    assert_eq!(first["upstream"]["changes"], whole["upstream"]["changes"]);
    assert_eq!(second["upstream"]["changes"], whole["upstream"]["changes"]);
    let report = two.read("target/report.md");
    assert!(
        report.lines().next().unwrap().contains("surface major"),
        "{report}"
    );

    // A third time nothing is written, and the changes are there all the same.
    let third = two.run(&["regen", "--offline"]).exit(0);
    assert!(
        third
            .out
            .starts_with("nothing written: every file is what the pipeline makes; surface major"),
        "{third}"
    );
    two.commit();
    let after = two.run(&["regen", "--offline"]).exit(0);
    assert!(
        after.out.starts_with("nothing to do: everything committed"),
        "{after}"
    );
}

#[test]
fn without_a_commit_the_base_is_what_the_files_say() {
    let repository = Repository::regenerated();
    let first = json(&repository, &["regen", "--from", &news(&repository)]);
    assert_eq!(first["surface"]["level"], "major");
    let second = json(&repository, &["regen", "--offline", "--prune"]);
    assert_eq!(second["surface"]["level"], Value::Null, "{second:#}");
}
