//! `lint`: what the pipeline found.

use crate::repository::{DOCUMENT, Repository};

#[test]
fn the_vendored_document_is_the_default() {
    let repository = Repository::regenerated();
    let said = repository.run(&["lint"]).exit(0);
    assert!(
        said.out
            .starts_with("spec/upstream/openapi.yaml: 0 errors, "),
        "{said}"
    );
    let json = repository.run(&["lint", "--format", "json"]).exit(0).json();
    assert_eq!(json["ok"], true);
    assert!(json["findings"].is_array());
}

#[test]
fn findings_have_line_and_column_and_the_unrepaired_come_first() {
    let repository = Repository::regenerated();
    let text = DOCUMENT.replace(
        "                  height: 3\n",
        "                  height: []\n",
    );
    let spec = repository.beside("spec.yaml", &text);
    let json = repository.run(&["lint", &spec, "--format", "json"]).json();
    let findings = json["findings"].as_array().unwrap();
    assert!(!findings.is_empty(), "{json:#}");
    let ranks: Vec<usize> = findings
        .iter()
        .map(|finding| {
            let severity = finding["severity"].as_str().unwrap();
            let known = ["error", "warning", "repaired"];
            known.iter().position(|name| *name == severity).unwrap()
        })
        .collect();
    assert!(ranks.is_sorted(), "{json:#}");
    assert!(
        findings
            .iter()
            .all(|finding| finding["line"].is_u64() && finding["column"].is_u64())
    );
}

#[test]
fn a_document_that_cannot_be_read_fails() {
    let repository = Repository::regenerated();
    let spec = repository.beside("spec.yaml", "openapi: 3.0.3\nopenapi: 3.0.3\n");
    let said = repository.run(&["lint", &spec]).exit(1);
    assert!(said.err.contains("spec.yaml:2:1"), "{said}");
    let json = repository
        .run(&["lint", &spec, "--format", "json"])
        .exit(1)
        .json();
    assert_eq!(json["findings"][0]["line"], 2);
}
