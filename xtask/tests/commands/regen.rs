//! `regen`: what is written, what stays, and what the report says.

use std::fs;

use crate::repository::{DOCUMENT, Repository};

/// The fixture with one operation only.
fn half() -> String {
    let gate = DOCUMENT.find("  /api/gate:").unwrap();
    DOCUMENT[..gate].to_owned()
}

/// The fixture with an operation more.
pub fn more() -> String {
    format!(
        "{DOCUMENT}  /api/plants/water:\n    post:\n      summary: 'Water the plants'\n      operationId: waterThePlants\n      tags:\n        - Plants\n      responses:\n        200:\n          description: ''\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  litres:\n                    type: integer\n"
    )
}

#[test]
fn offline_on_a_clean_tree_changes_nothing_and_says_so() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    let said = repository.run(&["regen", "--offline"]).exit(0);
    assert_eq!(repository.tree(), before);
    assert!(
        said.out
            .starts_with("nothing to do: everything committed is what the pipeline makes\n"),
        "{said}"
    );
    assert_eq!(said.err, "");
}

#[test]
fn offline_makes_everything_that_is_derived() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    fs::remove_dir_all(repository.root().join("src")).unwrap();
    fs::remove_file(repository.root().join("spec/api-surface.txt")).unwrap();
    let said = repository.run(&["regen", "--offline"]).exit(0);
    assert_eq!(repository.tree(), before);
    assert!(
        said.out
            .contains("wrote spec/api-surface.txt\nwrote src/generated/client.rs\n"),
        "{said}"
    );
}

#[test]
fn a_file_that_nothing_makes_is_removed() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    repository.write("src/generated/old.rs", "");
    let said = repository.run(&["regen", "--offline"]).exit(0);
    assert_eq!(repository.tree(), before);
    assert!(
        said.out.contains("removed src/generated/old.rs\n"),
        "{said}"
    );
}

#[test]
fn the_client_carries_the_fingerprint_of_what_it_was_made_from() {
    let repository = Repository::regenerated();
    let client = repository.read("src/generated/client.rs");
    let spec = repository.root().join("spec");
    assert_eq!(
        scribe_codegen::fingerprint::in_header(&client),
        Some(scribe_codegen::fingerprint::of(&spec).unwrap().as_str())
    );
}

#[test]
fn a_change_in_examples_only_is_said_and_kept_out() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    let text = DOCUMENT.replace("fern", "moss").replace("200:", "\"200\":");
    let news = repository.beside("news.yaml", &text);
    let said = repository.run(&["regen", "--from", &news]).exit(0);
    assert_eq!(repository.tree(), before);
    assert!(
        said.out
            .contains("changed in examples only (1 operation): the vendored copy stays"),
        "{said}"
    );
}

#[test]
fn a_change_in_writing_only_is_said_and_kept_out() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    let text = DOCUMENT
        .replace("200:", "\"200\":")
        .replace("title: Garden", "title: 'Garden'");
    let news = repository.beside("news.yaml", &text);
    let said = repository.run(&["regen", "--from", &news]).exit(0);
    assert_eq!(repository.tree(), before);
    assert!(
        said.out
            .contains("written in another way, and means the same"),
        "{said}"
    );
}

#[test]
fn force_takes_new_examples() {
    let repository = Repository::regenerated();
    let text = DOCUMENT.replace("fern", "moss");
    let news = repository.beside("news.yaml", &text);
    repository
        .run(&["regen", "--from", &news, "--force"])
        .exit(0);
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), text);
}

#[test]
fn a_change_in_meaning_is_taken_and_reported() {
    let repository = Repository::regenerated();
    let news = repository.beside("news.yaml", &more());
    let report = repository
        .root()
        .join("target/report.md")
        .display()
        .to_string();
    let said = repository
        .run(&["regen", "--from", &news, "--report", &report])
        .exit(0);
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), more());
    assert!(said.out.contains(": 1 added\n"), "{said}");
    for path in [
        "spec/api-surface.txt",
        "spec/names.toml",
        "spec/upstream/openapi.yaml",
        "spec/upstream/provenance.toml",
        "src/generated/client.rs",
        "src/generated/operations.json",
    ] {
        assert!(said.out.contains(&format!("wrote {path}\n")), "{said}");
    }
    assert!(
        said.out.starts_with(
            "regenerated: 6 files written; surface minor: 0 breaking, 2 new, 0 other\n"
        ),
        "{said}"
    );
    let provenance = repository.read("spec/upstream/provenance.toml");
    assert!(provenance.contains("operations = 3\n"), "{provenance}");
    assert!(
        provenance.contains("address = \"https://docs.invalid/"),
        "{provenance}"
    );
    let report = repository.read("target/report.md");
    assert!(
        report.starts_with(
            "# regenerated: 6 files written; surface minor: 0 breaking, 2 new, 0 other\n"
        ),
        "{report}"
    );
    assert!(
        report.contains("- added: `POST /api/plants/water`\n"),
        "{report}"
    );
    repository.run(&["check"]).exit(0);
}

/// The first name in the ledger.
fn first_name(repository: &Repository) -> String {
    let names = repository.read("spec/names.toml");
    let line = names.lines().find(|line| line.contains(" = ["));
    let name = line.and_then(|line| line.split(' ').next());
    name.expect("a name").to_owned()
}

#[test]
fn a_name_in_the_ledger_stays_when_upstream_changes() {
    let repository = Repository::regenerated();
    let name = first_name(&repository);
    repository.edit("spec/names.toml", &format!("{name} = ["), "Chosen = [");
    let said = repository.run(&["check"]).exit(1);
    assert!(said.out.contains("stale: spec/api-surface.txt"), "{said}");
    let news = repository.beside("news.yaml", &more());
    repository.run(&["regen", "--from", &news]).exit(0);
    let surface = repository.read("spec/api-surface.txt");
    assert!(surface.contains("type Chosen "), "{surface}");
    assert!(!surface.contains(&format!("type {name} ")), "{surface}");
    repository.run(&["check"]).exit(0);
    let before = repository.tree();
    repository.run(&["regen", "--offline"]).exit(0);
    assert_eq!(repository.tree(), before);
}

#[test]
fn a_ledger_that_cannot_be_read_is_refused_and_nothing_is_written() {
    let repository = Repository::regenerated();
    repository.edit("spec/names.toml", " = [", " = <<<<");
    let before = repository.tree();
    let said = repository.run(&["regen", "--offline"]).exit(1);
    assert_eq!(repository.tree(), before);
    assert!(said.err.contains("spec/names.toml:14:"), "{said}");
}

#[test]
fn the_report_is_json_when_json_is_asked_for() {
    let repository = Repository::regenerated();
    let news = repository.beside("news.yaml", &more());
    let said = repository
        .run(&["regen", "--from", &news, "--format", "json"])
        .exit(0);
    assert_eq!(said.err, "");
    let json = said.json();
    assert_eq!(json["ok"], true);
    assert_eq!(json["upstream"]["status"], "changed");
    assert_eq!(
        json["upstream"]["changes"]["added"][0],
        "POST /api/plants/water"
    );
    assert_eq!(json["written"].as_array().unwrap().len(), 6);
}

#[test]
fn a_report_that_cannot_be_written_is_said_before_anything_is() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    let news = repository.beside("news.yaml", &more());
    let said = repository
        .run(&["regen", "--from", &news, "--report", "nowhere/report.md"])
        .exit(1);
    assert_eq!(repository.tree(), before);
    assert!(
        said.err.contains("could not write `nowhere/report.md`"),
        "{said}"
    );
}

#[test]
fn an_example_that_a_patch_is_about_is_no_noise() {
    let repository = Repository::empty();
    repository.write("spec/upstream/openapi.yaml", DOCUMENT);
    repository.write(
        "spec/overlays/20-height.yaml",
        "overlay: 1.1.0\ninfo: {title: Heights, version: 1.0.0}\nactions:\n  \
         - target: $.paths['/api/plants'].get.responses['200'].content['application/json'].schema.properties.height.example\n    \
           x-id: plant-height\n    x-reason: it is wrong\n    x-defect: {equals: 3}\n    remove: true\n",
    );
    repository.run(&["regen", "--offline"]).exit(0);
    let text = DOCUMENT.replace(
        "                    example: 3\n",
        "                    example: 4\n",
    );
    assert_ne!(text, DOCUMENT);
    let news = repository.beside("news.yaml", &text);
    let said = repository.run(&["regen", "--from", &news]).exit(1);
    assert!(said.out.contains("1 applied, 1 drifted"), "{said}");
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), text);
}

#[test]
fn half_of_the_operations_are_enough_and_fewer_are_refused() {
    let repository = Repository::regenerated();
    let news = repository.beside("more.yaml", &more());
    repository.run(&["regen", "--from", &news]).exit(0);
    let before = repository.tree();
    let news = repository.beside("half.yaml", &half());
    let said = repository.run(&["regen", "--from", &news]).exit(1);
    assert_eq!(repository.tree(), before);
    insta::assert_snapshot!(said.err.replace(&news, "<file>"), @"
    error: expected at least half of the vendored document's 3 operations from <file>, but found 1
      = help: look whether upstream is whole; if it is meant so, run the command again with --force
    ");
}

#[test]
fn force_takes_a_document_that_has_shrunk_and_the_patch_is_reported() {
    let repository = Repository::regenerated();
    let news = repository.beside("more.yaml", &more());
    repository.run(&["regen", "--from", &news]).exit(0);
    let news = repository.beside("half.yaml", &half());
    let said = repository
        .run(&["regen", "--from", &news, "--force"])
        .exit(1);
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), half());
    assert!(
        said.out.contains("patches: 0 applied, 1 missing\n"),
        "{said}"
    );
    assert!(
        said.err
            .contains("missing: patch `gate-password` (spec/overlays/10-password.yaml:"),
        "{said}"
    );
    assert!(
        said.out.contains("left for you: 1 patch not applied"),
        "{said}"
    );
    repository.run(&["check"]).exit(1);
}

#[test]
fn standard_input_and_a_page_are_documents_too() {
    let page = format!(
        "# Garden\n\n````yaml https://docs.invalid/garden.yaml get /api/plants\n{DOCUMENT}````\n\nMore.\n"
    );
    let repository = Repository::empty();
    repository
        .run_with_input(&["regen", "--from", "-"], &page)
        .exit(0);
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), DOCUMENT);
    let provenance = repository.read("spec/upstream/provenance.toml");
    assert!(
        provenance.contains("address = \"https://docs.invalid/garden.yaml\"\n"),
        "{provenance}"
    );
}

#[test]
fn several_documents_are_merged() {
    let repository = Repository::empty();
    let one = repository.beside("one.yaml", &half());
    let paths = DOCUMENT.find("  /api/plants:").unwrap();
    let gate = DOCUMENT.find("  /api/gate:").unwrap();
    let other = format!("{}{}", &DOCUMENT[..paths], &DOCUMENT[gate..]);
    let other = repository.beside("other.yaml", &other);
    repository
        .run(&["regen", "--from", &one, "--from", &other])
        .exit(0);
    let provenance = repository.read("spec/upstream/provenance.toml");
    assert!(provenance.contains("operations = 2\n"), "{provenance}");
}

#[test]
fn a_document_that_is_broken_touches_nothing() {
    let repository = Repository::regenerated();
    let before = repository.tree();
    let news = repository.beside("news.yaml", "openapi: [\n");
    let said = repository.run(&["regen", "--from", &news]).exit(1);
    assert_eq!(repository.tree(), before);
    assert!(said.err.starts_with("error"), "{said}");
}

#[test]
fn without_an_address_regen_says_what_it_needs() {
    let repository = Repository::empty();
    insta::assert_snapshot!(repository.run(&["regen"]).exit(1).err, @"
    error: expected an address in `spec/upstream/provenance.toml`, but found none
      = help: say where the document is: `cargo xtask regen --from URL|FILE`
    ");
    insta::assert_snapshot!(repository.run(&["regen", "--offline"]).exit(1).err, @"
    error: expected the vendored document at `spec/upstream/openapi.yaml`, but there is no such file
      = help: vendor one: `cargo xtask regen --from URL|FILE`
    ");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let repository = Repository::empty();
    let said = repository.run(&["regen", "--from", "nowhere.yaml"]).exit(1);
    insta::assert_snapshot!(said.err, @"
    error: could not read `nowhere.yaml`: No such file or directory (os error 2)
      = help: check the path
    ");
}

#[test]
fn a_read_only_client_is_named_and_nothing_is_written() {
    let repository = Repository::regenerated();
    let path = repository.root().join("src/generated/client.rs");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let before = repository.tree();
    let news = repository.beside("news.yaml", &more());
    let said = repository.run(&["regen", "--from", &news]).exit(1);
    assert_eq!(repository.tree(), before);
    insta::assert_snapshot!(said.err, @"
    error: could not write `src/generated/client.rs`: it is read-only
      = help: give yourself the right to write it; nothing was changed
    ");
}

#[test]
fn the_committed_repository_is_what_the_pipeline_makes() {
    let repository = Repository::copy();
    let before = repository.tree();
    let said = repository.run(&["regen", "--offline"]).exit(0);
    assert_eq!(repository.tree(), before);
    assert!(said.out.contains("nothing to do"), "{said}");
}
