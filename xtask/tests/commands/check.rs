//! `check`: everything that is not as it should be, at once, with what mends it.

use std::fs;

use crate::repository::Repository;

#[test]
fn a_clean_tree_passes() {
    let repository = Repository::regenerated();
    let said = repository.run(&["check"]).exit(0);
    assert_eq!(
        said.out,
        "everything committed is what the pipeline makes\n"
    );
    assert_eq!(said.err, "");
}

#[test]
fn stale_missing_and_orphaned_files_are_all_reported_with_the_command_that_mends_them() {
    let repository = Repository::regenerated();
    let clean = repository.tree();
    repository.edit("spec/api-surface.txt", "operation", "operatoin");
    fs::remove_file(repository.root().join("src/generated/client.rs")).unwrap();
    repository.write("src/generated/deeper/old.rs", "");
    repository.edit("spec/upstream/provenance.toml", "bytes = ", "bytes = 1");
    let before = repository.tree();
    let said = repository.run(&["check"]).exit(1);
    assert_eq!(repository.tree(), before, "check writes nothing");
    for line in [
        "stale: spec/api-surface.txt\n  --- committed\n  +++ made now\n",
        "missing: src/generated/client.rs\n",
        "orphaned: src/generated/deeper/old.rs: the pipeline makes no such file\n",
        "spec/upstream/provenance.toml: bytes: expected 1",
        "run `cargo xtask regen --offline` and commit what it writes",
    ] {
        assert!(said.out.contains(line), "{line}\n{said}");
    }
    repository.run(&["regen", "--offline"]).exit(0);
    repository.run(&["check"]).exit(0);
    let mut mended = repository.tree();
    let mut clean = clean;
    // The day may have changed meanwhile.
    for tree in [&mut mended, &mut clean] {
        tree.remove(std::path::Path::new("spec/upstream/provenance.toml"));
    }
    assert_eq!(mended, clean);
}

#[test]
fn a_vendored_document_that_was_edited_does_not_fit_its_provenance() {
    let repository = Repository::regenerated();
    repository.edit("spec/upstream/openapi.yaml", "fern", "moss");
    let said = repository.run(&["check"]).exit(1);
    assert!(
        said.out.contains("provenance.toml: sha256: expected "),
        "{said}"
    );
}

#[test]
fn an_overlay_that_was_edited_makes_the_client_stale() {
    let repository = Repository::regenerated();
    repository.edit(
        "spec/overlays/10-password.yaml",
        "the word is a secret",
        "the word is secret",
    );
    let said = repository.run(&["check"]).exit(1);
    assert!(
        said.out.contains("stale: src/generated/client.rs"),
        "{said}"
    );
    assert!(said.out.contains("// spec: "), "{said}");
}

#[test]
fn a_patch_that_is_not_applied_fails_the_check() {
    let repository = Repository::regenerated();
    repository.edit(
        "spec/upstream/openapi.yaml",
        "                  type: string\n                  description: 'The word.'",
        "                  type: string\n                  format: password\n                  description: 'The word.'",
    );
    repository.run(&["regen", "--offline"]).exit(1);
    let said = repository.run(&["check"]).exit(1);
    assert!(
        said.err.contains("retired: patch `gate-password`"),
        "{said}"
    );
    assert!(said.out.contains("1 patch is not applied"), "{said}");
    assert!(
        !said.out.contains("regen --offline"),
        "nothing to regenerate: {said}"
    );
}

#[test]
fn json_has_the_same() {
    let repository = Repository::regenerated();
    repository.write("src/generated/old.rs", "");
    repository.edit("spec/api-surface.txt", "operation", "operatoin");
    let json = repository
        .run(&["check", "--format", "json"])
        .exit(1)
        .json();
    assert_eq!(json["ok"], false);
    assert_eq!(json["files"]["src/generated/old.rs"]["state"], "orphaned");
    assert_eq!(json["files"]["spec/api-surface.txt"]["state"], "stale");
    assert_eq!(json["remedy"], "cargo xtask regen --offline");
}

#[test]
fn the_committed_repository_passes() {
    Repository::copy().run(&["check"]).exit(0);
}
