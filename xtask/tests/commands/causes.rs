//! What a change comes from, as `regen` and `diff` say it: upstream, a patch, an edited name, or the pipeline itself.

use serde_json::Value;

use crate::repository::{DOCUMENT, OVERLAY, Repository};

const SURFACE: &str = "spec/api-surface.txt";
const UPSTREAM: &str = "spec/upstream/openapi.yaml";

/// `kind: by [id]` of each change, sorted.
fn told(json: &Value) -> Vec<String> {
    let changes = json["changes"].as_array().expect("changes");
    let mut told: Vec<String> = changes
        .iter()
        .map(|change| {
            let causes = change["causes"].as_array().expect("causes");
            let causes: Vec<String> = causes
                .iter()
                .map(|cause| {
                    assert_eq!(cause["pointer"], change["pointer"], "{change:#}");
                    let id = cause["id"]
                        .as_str()
                        .map_or_else(String::new, |id| format!(" {id}"));
                    format!("{}{id}", cause["by"].as_str().expect("who"))
                })
                .collect();
            format!(
                "{}: {}",
                change["kind"].as_str().expect("a kind"),
                causes.join(", ")
            )
        })
        .collect();
    told.sort();
    told
}

fn diff(repository: &Repository) -> Value {
    repository.run(&["diff", "--format", "json"]).exit(0).json()
}

/// An overlay with a patch that makes the height a text.
fn heights() -> &'static str {
    "overlay: 1.1.0
info: { title: Heights, version: 1.0.0 }
actions:
  - target: $.paths['/api/plants'].get.parameters
    x-id: plants-page
    x-reason: upstream does not document it
    x-defect: { equals: [] }
    update: { name: page, in: query, schema: { type: integer } }
"
}

#[test]
fn upstream_is_blamed_for_what_its_document_changed() {
    let repository = Repository::regenerated();
    repository.commit();
    let news = repository.beside("news.yaml", &DOCUMENT.replace("height:", "size:"));
    let json = repository
        .run(&["regen", "--from", &news, "--format", "json"])
        .exit(0)
        .json();
    let expected = ["field-added: upstream", "field-removed: upstream"];
    assert_eq!(told(&json["surface"]), expected, "{json:#}");
    assert_eq!(told(&diff(&repository)), expected);
    let changes = &diff(&repository)["changes"];
    let properties =
        "/paths/~1api~1plants/get/responses/200/content/application~1json/schema/properties";
    for (index, field) in ["height", "size"].into_iter().enumerate() {
        assert_eq!(
            changes[index]["pointer"],
            format!("{properties}/{field}"),
            "{changes:#}"
        );
        assert_eq!(changes[index]["operation"], "GET /api/plants");
        assert_eq!(changes[index]["operation_id"], "listThePlants");
        assert_eq!(changes[index]["tag"], "Plants");
    }
}

#[test]
fn a_patch_is_blamed_by_its_id_when_it_comes_changes_or_goes() {
    let repository = Repository::regenerated();
    repository.commit();
    repository.write("spec/overlays/20-heights.yaml", heights());
    let json = repository
        .run(&["regen", "--offline", "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(
        told(&json["surface"]),
        ["parameter-added: patch plants-page"],
        "{json:#}"
    );
    repository.commit();
    repository.edit(
        "spec/overlays/20-heights.yaml",
        "type: integer",
        "type: string",
    );
    let json = repository
        .run(&["regen", "--offline", "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(
        told(&json["surface"]),
        ["parameter-type-changed: patch plants-page"]
    );
    repository.commit();
    std::fs::remove_file(repository.root().join("spec/overlays/10-password.yaml")).unwrap();
    let json = repository
        .run(&["regen", "--offline", "--format", "json"])
        .exit(0)
        .json();
    let said = told(&json["surface"]);
    assert!(!said.is_empty(), "{json:#}");
    assert!(
        said.iter()
            .all(|line| line.ends_with(": patch gate-password")),
        "{said:?}"
    );
    assert_eq!(told(&diff(&repository)), said);
}

#[test]
fn upstream_and_a_patch_are_told_apart_in_one_regeneration() {
    let repository = Repository::regenerated();
    repository.commit();
    repository.write("spec/overlays/20-heights.yaml", heights());
    let text = DOCUMENT.replace(
        "operationId: openTheGate",
        "operationId: closeTheGate\n      deprecated: true",
    );
    let news = repository.beside(
        "news.yaml",
        &text.replace("Open the gate", "Close the gate"),
    );
    let json = repository
        .run(&["regen", "--from", &news, "--format", "json"])
        .exit(0)
        .json();
    let said = told(&json["surface"]);
    assert!(
        said.contains(&"parameter-added: patch plants-page".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"operation-id-changed: upstream".to_owned()),
        "{said:?}"
    );
    assert!(
        said.iter()
            .all(|line| line.ends_with("upstream") != line.starts_with("parameter-added")),
        "{said:?}"
    );
}

#[test]
fn a_name_that_was_edited_is_blamed_on_the_names() {
    let repository = Repository::regenerated();
    repository.commit();
    let names = repository.read("spec/names.toml");
    let name = names
        .lines()
        .find(|line| line.contains(" = ["))
        .expect("a name");
    let name = name.split(' ').next().expect("a name");
    repository.edit("spec/names.toml", &format!("{name} ="), "Renamed =");
    let json = repository
        .run(&["regen", "--offline", "--format", "json"])
        .exit(0)
        .json();
    let said = told(&json["surface"]);
    assert!(said.contains(&"type-renamed: names".to_owned()), "{said:?}");
}

#[test]
fn the_pipeline_is_blamed_for_what_no_input_changed() {
    let repository = Repository::regenerated();
    repository.edit(SURFACE, "name: Option<String>", "name: String");
    // Another version made this client, of the same inputs.
    repository.commit();
    let json = repository
        .run(&["regen", "--offline", "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(
        told(&json["surface"]),
        ["field-now-optional: pipeline"],
        "{json:#}"
    );
    assert!(
        json["surface"]["changes"][0]["pointer"]
            .as_str()
            .unwrap()
            .ends_with("/properties/name")
    );
    assert_eq!(told(&diff(&repository)), ["field-now-optional: pipeline"]);
}

#[test]
fn many_patches_at_once_are_told_by_the_node_that_changed() {
    let repository = Repository::regenerated();
    repository.commit();
    let mut overlay =
        "overlay: 1.1.0\ninfo: { title: Many, version: 1.0.0 }\nactions:\n".to_owned();
    for number in 0..12 {
        overlay += &format!(
            "  - target: $.paths\n    x-id: add-{number}\n    x-reason: upstream does not document it\n    x-defect: {{ lacks: [/api/more/{number}] }}\n    update:\n      /api/more/{number}:\n        get: {{ operationId: more{number}, responses: {{ '200': {{ description: More }} }} }}\n"
        );
    }
    repository.write("spec/overlays/20-many.yaml", &overlay);
    let json = repository
        .run(&["regen", "--offline", "--format", "json"])
        .exit(0)
        .json();
    let said = told(&json["surface"]);
    let mut expected: Vec<String> = (0..12)
        .map(|number| format!("operation-added: patch add-{number}"))
        .collect();
    expected.sort();
    assert_eq!(said, expected);
}

#[test]
fn inputs_that_nobody_knows_are_no_ground_to_blame_anyone() {
    let repository = Repository::regenerated();
    // There is no commit to look at, and the overlay is no longer what the client was made of.
    repository.write("spec/overlays/20-heights.yaml", heights());
    let said = repository.run(&["regen", "--offline"]).exit(0);
    assert!(said.out.contains("(1 from what is not known)"), "{said}");
}

#[test]
fn a_file_as_base_gives_pointers_without_causes() {
    let repository = Repository::regenerated();
    let base = repository
        .read(SURFACE)
        .replace("name: Option<String>", "name: String");
    let base = repository.beside("base.txt", &base);
    let json = repository
        .run(&["diff", "--base", &base, "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(told(&json), ["field-now-optional: "]);
    assert!(
        json["changes"][0]["pointer"]
            .as_str()
            .unwrap()
            .ends_with("/properties/name"),
        "{json:#}"
    );
}

#[test]
fn a_document_that_gives_no_client_leaves_the_changes_without_causes_and_says_so() {
    let repository = Repository::regenerated();
    repository.commit();
    repository.edit(SURFACE, "name: Option<String>", "name: String");
    repository.write(UPSTREAM, "openapi: [\n");
    let said = repository.run(&["diff"]).exit(0);
    assert!(
        said.err
            .starts_with("note: no change has a pointer or a cause: "),
        "{said}"
    );
    assert!(said.out.contains("field-now-required"), "{said}");
}

#[test]
fn a_patch_shows_the_nodes_by_which_it_changes_the_surface() {
    let repository = Repository::regenerated();
    let json = repository
        .run(&["patches", "--format", "json"])
        .exit(0)
        .json();
    let pointer = json["patches"][0]["changes"][0]["pointer"]
        .as_str()
        .expect("a pointer");
    assert!(pointer.contains("/properties/password"), "{json:#}");
    assert!(OVERLAY.contains("properties.password"));
}
