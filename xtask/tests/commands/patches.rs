//! `patches`: every patch with its state and what it does.

use crate::repository::Repository;

#[test]
fn every_patch_is_shown_with_its_state_reason_and_place() {
    let repository = Repository::regenerated();
    let said = repository.run(&["patches"]).exit(0);
    assert!(
        said.out.starts_with(
            "applied: gate-password\n  the word is a secret\n  at spec/overlays/10-password.yaml:6:"
        ),
        "{said}"
    );
    assert!(said.out.ends_with("1 patch, all applied\n"), "{said}");
    let json = repository
        .run(&["patches", "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(json["patches"][0]["id"], "gate-password");
    assert_eq!(json["patches"][0]["state"], "applied");
}

#[test]
fn a_patch_says_which_lines_of_the_surface_it_changes() {
    let repository = Repository::regenerated();
    let json = repository
        .run(&["patches", "--format", "json"])
        .exit(0)
        .json();
    let changes = json["patches"][0]["changes"].as_array().unwrap();
    assert!(!changes.is_empty(), "{json:#}");
    let said = repository
        .run(&["patches", "--without", "gate-password"])
        .exit(0);
    assert!(said.out.contains("without gate-password: "), "{said}");
    assert!(said.out.contains("password"), "{said}");
}

#[test]
fn a_patch_that_is_missing_fails() {
    let repository = Repository::regenerated();
    repository.edit("spec/upstream/openapi.yaml", "  /api/gate:", "  /api/door:");
    let said = repository.run(&["patches"]).exit(1);
    assert!(said.out.starts_with("missing: gate-password\n"), "{said}");
    assert!(said.out.ends_with("1 of 1 patch not applied\n"), "{said}");
}

#[test]
fn an_id_that_no_patch_has_is_named_with_those_that_are() {
    let repository = Repository::regenerated();
    let said = repository
        .run(&["patches", "--without", "gate-pasword"])
        .exit(1);
    insta::assert_snapshot!(said.err, @"
    error: expected the id of a patch or a supplement, but found `gate-pasword`
      = help: take one of: gate-password
    ");
}
