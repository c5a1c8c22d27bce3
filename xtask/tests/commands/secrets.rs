//! `spec/secrets.yaml`: new operations are covered, what is undecided is open, and what is exposed is named.

use crate::repository::{DOCUMENT, Repository};

const RULES: &str = "spec/secrets.yaml";
const SURFACE: &str = "spec/api-surface.txt";

/// The fixture with an operation more, which takes these properties, as YAML in flow style.
fn with_operation(properties: &str) -> String {
    format!(
        "{DOCUMENT}  /api/keys:\n    post:\n      summary: 'Make a key'\n      operationId: makeAKey\n      tags: [Plants]\n      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              type: object\n              properties: {properties}\n      responses:\n        200:\n          description: ''\n"
    )
}

/// A repository whose password is a secret by a rule.
fn repository() -> Repository {
    let repository = Repository::regenerated();
    std::fs::remove_file(repository.root().join("spec/overlays/10-password.yaml")).unwrap();
    repository.write(
        RULES,
        "rules:\n  - { secret: ['*password'], reason: opens the gate }\n",
    );
    repository.run(&["regen", "--offline"]).exit(0);
    repository.commit();
    repository
}

#[test]
fn a_new_operation_with_a_password_is_covered_on_the_day_it_appears() {
    let repository = repository();
    let text = with_operation("{ new_password: { type: string, example: null, nullable: true } }");
    let spec = repository.beside("spec.yaml", &text);
    let said = repository.run(&["regen", "--from", &spec]).exit(0);
    assert!(!said.out.contains("printed in plain"), "{said}");
    assert!(
        repository
            .read(SURFACE)
            .contains("type MakeAKeyBody field new_password: Option<runtime::Secret>"),
        "{}",
        repository.read(SURFACE)
    );
    repository.run(&["check"]).exit(0);
}

#[test]
fn what_nobody_decided_on_is_open_until_a_rule_says_what_it_is() {
    let repository = repository();
    let spec = repository.beside(
        "spec.yaml",
        &with_operation("{ api_token: { type: string } }"),
    );
    let rule = "- { secret: [api_token], in: request, operation: [makeAKey], reason: … }";
    for arguments in [
        ["lint", &spec].as_slice(),
        &["regen", "--from", &spec],
        &["check"],
    ] {
        let said = repository.run(arguments).exit(1);
        assert!(
            said.err.contains("secrets/undecided") || said.out.contains("secrets/undecided"),
            "{said}"
        );
        assert!(said.err.contains(rule) || said.out.contains(rule), "{said}");
    }
    let secret = "type MakeAKeyBody field api_token: Option<runtime::Secret>";
    assert!(
        repository.read(SURFACE).contains(secret),
        "it is kept secret until then"
    );

    let rules = repository.read(RULES);
    repository.write(
        RULES,
        &format!("{rules}  {}\n", rule.replace('…', "stands for a gardener")),
    );
    repository.run(&["check"]).exit(1);
    repository.run(&["regen", "--offline"]).exit(0);
    repository.run(&["check"]).exit(0);
    assert!(repository.read(SURFACE).contains(secret));
}

#[test]
fn a_secret_that_is_printed_now_is_named_in_the_verdict_and_accepted_by_name_alone() {
    let repository = repository();
    repository.write(
        RULES,
        "rules:\n  - { plain: ['*password'], reason: everybody knows it }\n",
    );
    let item = "type OpenTheGateBody field password";
    let said = repository.run(&["regen", "--offline"]).exit(0);
    let verdict = said.out.lines().next().unwrap();
    assert!(
        verdict.contains(&format!("1 secret is printed in plain now: {item}")),
        "{said}"
    );
    let said = repository.run(&["diff"]).exit(0);
    assert!(said.out.lines().next().unwrap().contains(item), "{said}");

    let json = repository.run(&["diff", "--format", "json"]).exit(0).json();
    let changes = json["changes"].as_array().unwrap();
    let change = changes
        .iter()
        .find(|change| change["kind"] == "secret-exposed")
        .unwrap_or_else(|| panic!("{json:#}"));
    assert_eq!(
        (&change["level"], &change["item"]),
        (&"major".into(), &item.into())
    );
    assert_eq!(change["causes"][0]["by"], "secrets", "{change:#}");
    let all: String = changes
        .iter()
        .map(|change| {
            format!(
                "[[change]]\nfingerprint = {}\nreason = \"all of them\"\n",
                change["fingerprint"]
            )
        })
        .collect();
    repository.write("spec/accepted-changes.toml", &all);
    repository.run(&["diff", "--fail-on", "breaking"]).exit(1);
    let named = format!("fingerprint = {}\n", change["fingerprint"]);
    let named = all.replace(&named, &format!("{named}exposes = \"{item}\"\n"));
    repository.write("spec/accepted-changes.toml", &named);
    repository.run(&["diff", "--fail-on", "breaking"]).exit(0);
}

#[test]
fn rules_that_cannot_be_read_are_told_with_their_place() {
    let repository = repository();
    repository.edit(RULES, "reason", "because");
    let said = repository.run(&["regen", "--offline"]).exit(1);
    assert!(said.err.contains("spec/secrets.yaml:2:"), "{said}");
}
