//! `effective`: the document after a stage.

use serde_json::Value;

use crate::repository::{DOCUMENT, Repository};

const FORMAT: &str = "/paths/~1api~1gate/post/requestBody/content/application~1json/schema/properties/password/format";

#[test]
fn the_patched_document_is_yaml_with_the_patches_in_it() {
    let repository = Repository::regenerated();
    let said = repository.run(&["effective", "--stage", "patched"]).exit(0);
    assert!(said.out.contains("        \"200\":\n"), "{said}");
    let document: Value = serde_yaml::from_str(&said.out).unwrap();
    assert_eq!(document.pointer(FORMAT).unwrap(), "password");
    let json = repository
        .run(&["effective", "--stage", "patched", "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(json, document);
}

#[test]
fn the_patched_document_is_the_default() {
    let repository = Repository::regenerated();
    let said = repository.run(&["effective"]).exit(0);
    let patched = repository.run(&["effective", "--stage", "patched"]).exit(0);
    assert_eq!(said.out, patched.out);
}

#[test]
fn a_document_of_another_api_can_do_without_the_overlays() {
    let repository = Repository::regenerated();
    let said = repository
        .run_with_input(
            &["effective", "-", "--no-overlays", "--stage", "patched"],
            DOCUMENT,
        )
        .exit(0);
    let document: Value = serde_yaml::from_str(&said.out).unwrap();
    assert_eq!(document.pointer(FORMAT), None);
}
