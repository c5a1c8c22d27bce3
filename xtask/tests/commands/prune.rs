//! `regen --prune`: retired patches go, and what is left of their files stays as it is.

use crate::repository::{OVERLAY, Repository};

const OVERLAY_PATH: &str = "spec/overlays/10-password.yaml";
const PATCH: &str = "  - target: $.paths['/api/plants'].get.description
    x-id: plants-description # a fact
    x-reason: upstream says nothing
    x-defect: { equals: '' }
    update: Every plant there is.
";

/// A repository with a patch that upstream has made needless since.
fn retired(overlay: &str) -> Repository {
    let repository = Repository::regenerated();
    repository.write(OVERLAY_PATH, overlay);
    repository.edit(
        "spec/upstream/openapi.yaml",
        "                  type: string\n                  description: 'The word.'",
        "                  type: string\n                  format: password\n                  description: 'The word.'",
    );
    let said = repository.run(&["regen", "--offline"]).exit(1);
    assert!(
        said.err.contains("retired: patch `gate-password`"),
        "{said}"
    );
    repository
}

#[test]
fn a_retired_patch_goes_and_the_rest_of_its_file_stays() {
    let overlay = format!("{OVERLAY}\n  # About the plants.\n{PATCH}# The end.\n");
    let repository = retired(&overlay);
    let client = repository.read("src/generated/client.rs");
    let json = repository
        .run(&["regen", "--offline", "--prune", "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(json["pruned"], serde_json::json!(["gate-password"]));
    assert_eq!(
        json["surface"]["level"],
        serde_json::Value::Null,
        "{json:#}"
    );
    let start = overlay.find("  - target").unwrap();
    let end = overlay.find("  # About the plants.").unwrap();
    let rest = format!("{}{}", &overlay[..start], &overlay[end..]);
    assert_eq!(repository.read(OVERLAY_PATH), rest);
    // The same client with the fingerprint of what it is made of now.
    let body = |client: &str| client.split_once("\n\n").map(|(_, body)| body.to_owned());
    let now = repository.read("src/generated/client.rs");
    assert_ne!(now, client);
    assert_eq!(body(&now), body(&client));
    repository.run(&["check"]).exit(0);
}

#[test]
fn an_overlay_that_is_left_without_a_patch_goes() {
    let repository = retired(OVERLAY);
    let said = repository.run(&["regen", "--offline", "--prune"]).exit(0);
    assert!(
        said.out.contains(&format!("removed {OVERLAY_PATH}\n")),
        "{said}"
    );
    assert!(!repository.root().join(OVERLAY_PATH).exists());
    repository.run(&["check"]).exit(0);
}

#[test]
fn without_the_option_or_a_retired_patch_nothing_goes() {
    let repository = retired(OVERLAY);
    repository.run(&["regen", "--offline"]).exit(1);
    assert_eq!(repository.read(OVERLAY_PATH), OVERLAY);
    let repository = Repository::regenerated();
    let before = repository.tree();
    repository.run(&["regen", "--offline", "--prune"]).exit(0);
    assert_eq!(repository.tree(), before);
}

#[test]
fn a_patch_that_cannot_be_parted_from_others_leaves_everything_as_it_is() {
    let one_line = "overlay: 1.1.0\ninfo: { title: T, version: 1.0.0 }\nactions: [{ target: \"$.paths['/api/gate'].post.requestBody.content['application/json'].schema.properties.password\", x-id: gate-password, x-reason: r, x-defect: { lacks: [format] }, update: { format: password } }, { target: $.info.description, x-id: about, x-reason: r, x-defect: { equals: '' }, update: A garden. }]\n";
    let repository = retired(one_line);
    let before = repository.tree();
    let said = repository.run(&["regen", "--offline", "--prune"]).exit(1);
    assert!(said.err.contains("delete it by hand"), "{said}");
    assert_eq!(repository.tree(), before);
}
