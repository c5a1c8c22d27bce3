//! `spec/accepted-changes.toml`, and what `diff --fail-on breaking` makes of it.

use crate::repository::Repository;

const SURFACE: &str = "spec/api-surface.txt";
const ACCEPTED: &str = "spec/accepted-changes.toml";

/// A repository with two breaking changes since its last commit, and their fingerprints.
fn broken() -> (Repository, Vec<String>) {
    let repository = Repository::regenerated();
    repository.commit();
    repository.edit(SURFACE, "name: Option<String>", "name: String");
    repository.edit(SURFACE, "open: Option<bool>", "open: Option<String>");
    let json = repository.run(&["diff", "--format", "json"]).exit(0).json();
    assert_eq!(json["unaccepted"], 2);
    let fingerprints = json["changes"].as_array().unwrap().iter();
    let fingerprints = fingerprints
        .map(|change| change["fingerprint"].as_str().unwrap().to_owned())
        .collect();
    (repository, fingerprints)
}

fn entry(fingerprint: &str) -> String {
    format!(
        "[[change]]\nfingerprint = \"{fingerprint}\"\nreason = \"the server never sent the other\"\n"
    )
}

#[test]
fn a_breaking_change_passes_when_it_is_accepted_and_only_then() {
    let (repository, fingerprints) = broken();
    let breaking = ["diff", "--fail-on", "breaking"];
    repository.run(&breaking).exit(1);
    repository.write(ACCEPTED, &entry(&fingerprints[0]));
    let said = repository.run(&breaking).exit(1);
    assert!(said.out.contains("2 breaking (1 accepted)"), "{said}");
    assert!(
        said.out
            .contains("accepted: the server never sent the other"),
        "{said}"
    );
    repository.write(
        ACCEPTED,
        &(entry(&fingerprints[0]) + &entry(&fingerprints[1])),
    );
    repository.run(&breaking).exit(0);
    repository.run(&["diff", "--fail-on", "any"]).exit(1);
    // A further change of the same item is another one.
    repository.edit(SURFACE, "name: String", "name: bool");
    repository.run(&breaking).exit(1);
}

#[test]
fn what_is_accepted_and_is_no_change_is_told() {
    let (repository, fingerprints) = broken();
    repository.write(
        ACCEPTED,
        &(entry("0123456789ab") + &entry(&fingerprints[0])),
    );
    let said = repository.run(&["diff"]).exit(0);
    assert_eq!(
        said.err,
        "note: spec/accepted-changes.toml accepts what is no change against HEAD: 0123456789ab\n"
    );
    let json = repository.run(&["diff", "--format", "json"]).exit(0).json();
    assert_eq!(json["unknown"], serde_json::json!(["0123456789ab"]));
}

#[test]
fn a_file_that_says_something_else_is_refused_with_its_line() {
    let (repository, _) = broken();
    repository.write(
        ACCEPTED,
        "# decided\n[[change]]\nfingerprint = \"0123456789ab\"\nreson = \"a\"\n",
    );
    insta::assert_snapshot!(repository.run(&["diff"]).exit(1).err, @"
    error: spec/accepted-changes.toml:4: unknown field `reson`, expected one of `fingerprint`, `reason`, `exposes`
      = help: write `[[change]]` with the `fingerprint` that `cargo xtask diff --format json` shows, and a `reason`
    ");
}
