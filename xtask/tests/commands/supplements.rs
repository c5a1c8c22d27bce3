//! Supplements in the commands: their states in every report, what `regen` does when upstream moves, and `--prune`.

use serde_json::json;

use crate::repository::Repository;

const PATH: &str = "spec/supplements/10-garden.yaml";
const SUPPLEMENT: &str = "\
openapi: 3.0.3
info: { title: The garden, version: 1.0.0 }
x-source: the gardener
x-reason: upstream does not say it
paths:
  /api/plants:
    get:
      responses:
        '200':
          content:
            application/json:
              schema:
                properties:
                  # Seen in May.
                  color: { type: string, nullable: true }
  /api/gate/{gate}:
    delete:
      summary: Close the gate
      operationId: closeTheGate
      tags: [Plants]
      parameters:
        - { in: path, name: gate, required: true, schema: { type: integer } }
      responses:
        '200': { description: Closed. }
";

/// The repository with the supplement, after a `regen`.
fn supplemented() -> Repository {
    let repository = Repository::regenerated();
    repository.write(PATH, SUPPLEMENT);
    repository.run(&["regen", "--offline"]).exit(0);
    repository
}

/// The response's properties, and what upstream says of `color`.
fn color(words: &str) -> [String; 2] {
    let before = "                properties:\n                  name:\n                    type: string\n                    example: fern\n";
    [
        before.to_owned(),
        format!("{before}                  color: {words}\n"),
    ]
}

#[test]
fn what_upstream_leaves_out_is_in_the_client_and_comes_from_its_supplement() {
    let repository = Repository::regenerated();
    repository.commit();
    repository.write(PATH, SUPPLEMENT);
    let said = repository
        .run(&["regen", "--offline", "--format", "json"])
        .exit(0)
        .json();
    let surface = repository.read("spec/api-surface.txt");
    assert!(
        surface.contains("field color: Option<String> optional\n"),
        "{surface}"
    );
    assert!(
        surface.contains("operation close_the_gate DELETE /api/gate/{gate}"),
        "{surface}"
    );
    assert_eq!(
        said["supplements"]["facts"],
        json!({ "supplied": 8, "confirmed": 0, "contradicted": 0 })
    );
    let changes = said["surface"]["changes"].as_array().unwrap();
    let by = |item: &str| {
        let change = changes.iter().find(|change| {
            change["item"]
                .as_str()
                .is_some_and(|found| found.contains(item))
        });
        let change = change.unwrap_or_else(|| panic!("{item}: {said:#}"));
        change["causes"][0]["id"].clone()
    };
    assert_eq!(by("close_the_gate"), "DELETE /api/gate/{gate}");
    repository.run(&["check"]).exit(0);
}

#[test]
fn a_confirmed_fact_is_said_to_be_and_pruned() {
    let repository = supplemented();
    let [before, after] = color("{ type: string, example: green }");
    repository.edit("spec/upstream/openapi.yaml", &before, &after);
    let said = repository.run(&["regen", "--offline"]).exit(0);
    let facts = "supplement GET /api/plants: 2 facts: 1 supplied, 1 confirmed, 0 contradicted";
    assert!(said.out.contains(facts), "{said}");
    let surface = repository.read("spec/api-surface.txt");
    let said = repository.run(&["regen", "--offline", "--prune"]).exit(0);
    assert!(said.out.contains("\npruned 1 fact\n"), "{said}");
    assert_eq!(
        repository.read(PATH),
        SUPPLEMENT.replace("{ type: string, nullable: true }", "{ nullable: true }")
    );
    assert_eq!(repository.read("spec/api-surface.txt"), surface);
    repository.run(&["check"]).exit(0);
}

#[test]
fn a_contradicted_fact_is_left_to_a_person() {
    let repository = supplemented();
    let [before, after] = color("{ type: integer, example: 3 }");
    repository.edit("spec/upstream/openapi.yaml", &before, &after);
    let said = repository.run(&["regen", "--offline"]).exit(1);
    assert!(
        said.err.contains("error[supplement/contradicted]"),
        "{said}"
    );
    assert!(said.err.contains(&format!("{PATH}:15:")), "{said}");
    assert!(said.err.contains("spec/upstream/openapi.yaml:"), "{said}");
    let surface = repository.read("spec/api-surface.txt");
    assert!(
        surface.contains("field color: Option<runtime::Number> optional\n"),
        "{surface}"
    );
    repository.run(&["check"]).exit(1);
    let said = repository
        .run(&["patches", "--format", "json"])
        .exit(1)
        .json();
    let plants = &said["supplements"][0];
    assert_eq!(plants["state"], "contradicted");
    assert_eq!(plants["contradicted"][0]["supplement"], "string");
    assert_eq!(plants["contradicted"][0]["upstream"], "integer");
}

#[test]
fn an_operation_that_moved_is_named_with_its_new_place() {
    let repository = supplemented();
    repository.edit(
        "spec/upstream/openapi.yaml",
        "  /api/gate:\n",
        "  /api/v2/gates/{id}:\n    delete: { operationId: closeTheGate, parameters: [{ in: path, name: id, required: true, schema: { type: integer } }], responses: {} }\n  /api/gate:\n",
    );
    let said = repository.run(&["regen", "--offline"]).exit(0);
    assert!(
        said.out
            .contains("upstream has it at DELETE /api/v2/gates/{id}"),
        "{said}"
    );
    assert!(said.err.contains("warning[supplement/moved]"), "{said}");
    let surface = repository.read("spec/api-surface.txt");
    assert_eq!(surface.matches("DELETE ").count(), 1, "{surface}");
}

#[test]
fn a_supplement_can_be_left_out_to_see_what_it_does() {
    let repository = supplemented();
    let said = repository
        .run(&["patches", "--without", "DELETE /api/gate/{gate}"])
        .exit(0);
    assert!(said.out.contains("operation-removed"), "{said}");
    let said = repository.run(&["patches", "--without", "nothing"]).exit(1);
    assert!(said.err.contains("GET /api/plants"), "{said}");
}

#[test]
fn the_overlay_of_effective_is_what_it_prints() {
    let repository = supplemented();
    let overlay = repository
        .run(&["effective", "--format", "overlay"])
        .exit(0)
        .out;
    assert!(
        overlay.contains("overlay: \"1.1.0\"") || overlay.contains("overlay: 1.1.0"),
        "{overlay}"
    );
    assert!(overlay.contains("$.paths['/api/plants'].get"), "{overlay}");
    assert!(!overlay.contains("x-source"), "{overlay}");
}
