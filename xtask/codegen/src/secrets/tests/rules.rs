//! Which fields a rule is about, and which rules are refused.

use serde_json::json;

use super::super::{apply, name};
use super::{body, document, marked, object, secrets};
use crate::source::Source;

/// Two operations with a request, one with a response, each with the fields `code`, `signingSecret` and `in.code`.
fn garden() -> crate::document::Document {
    let schema = object(json!({
        "code": {"type": "string"},
        "signing_secret": {"type": "string"},
        "login": object(json!({"code": {"type": "string"}})),
    }));
    let mut gate = body("body", "openGate", schema.clone());
    gate["tags"] = json!(["The Gate"]);
    document(json!({
        "/api/gates/{gate}": {"post": gate, "get": body("response", "showGate", schema.clone())},
        "/api/plants": {"post": body("body", "addPlant", schema)},
    }))
}

#[track_caller]
fn check(rules: &str, expected: &[&str]) {
    let all = format!(
        "{rules}  - {{ plain: ['*'], tag: '*', reason: x }}\n  - {{ plain: ['*'], operation: '*', reason: x }}\n"
    );
    assert_eq!(
        secrets(&marked(&garden(), &all).document),
        expected,
        "{rules}"
    );
}

#[test]
fn a_rule_is_about_names_whatever_their_case_is() {
    let all = [
        "api~1gates~1{gate} body.signing_secret",
        "api~1gates~1{gate} response.signing_secret",
        "api~1plants body.signing_secret",
    ];
    for name in [
        "signingSecret",
        "signing_secret",
        "SIGNING-SECRET",
        "'sign*Secret'",
        "'*secret'",
    ] {
        check(&format!("  - {{ secret: {name}, reason: x }}\n"), &all);
    }
    check("  - { secret: [secret, 'sign*key'], reason: x }\n", &[]);
}

#[test]
fn a_rule_can_be_narrowed() {
    let gate = "api~1gates~1{gate} body";
    let of_gate: Vec<String> = vec![format!("{gate}.code"), format!("{gate}.login.code")];
    let of_gate: Vec<&str> = of_gate.iter().map(String::as_str).collect();
    for narrow in [
        "operation: openGate",
        "operation: open_*",
        "operation: [elsewhere, 'POST /api/gates/{id}']",
        "operation: '/api/gates/{id}', in: request",
        "operation: '*gate*', in: body",
        "tag: The Gate",
    ] {
        check(
            &format!("  - {{ secret: [code], {narrow}, reason: x }}\n"),
            &of_gate,
        );
    }
    check(
        "  - { secret: [code], in: response, under: LOGIN, reason: x }\n",
        &["api~1gates~1{gate} response.login.code"],
    );
    check(
        "  - { secret: [code], in: [query, header], reason: x }\n",
        &[],
    );
}

#[test]
fn the_first_rule_that_fits_decides() {
    check(
        "  - { plain: [code], in: response, reason: x }\n  - { plain: [code], operation: addPlant, reason: x }\n  - { secret: [code], under: login, reason: x }\n",
        &["api~1gates~1{gate} body.login.code"],
    );
}

#[test]
fn a_rule_within_a_secret_keeps_a_part_of_it_plain() {
    let rules = "  - { plain: [code], under: login, in: body, reason: x }\n  - { secret: [login], reason: x }\n  - { plain: ['*secret'], reason: x }\n  - { plain: [code], in: body, reason: x }\n";
    assert_eq!(
        secrets(&marked(&garden(), rules).document),
        ["api~1gates~1{gate} response.login.code"]
    );
}

#[test]
fn a_rule_can_be_about_what_is_not_described() {
    let document = document(json!({"/a": {
        "get": body("response", "a", object(json!({"data": {"type": "object"}}))),
        "put": body("response", "b", object(json!({"data": object(json!({"name": {"type": "string"}}))}))),
        "post": body("body", "c", object(json!({"data": {}}))),
        "patch": body("body", "d", object(json!({"data": {"type": "array", "items": {"type": "string"}}}))),
    }}));
    let rule = "  - { secret: [data], untyped: true, reason: holds tokens as well }\n";
    assert_eq!(
        secrets(&marked(&document, rule).document),
        ["a body.data", "a response.data"]
    );
}

#[test]
fn names_in_brackets_are_taken_apart() {
    assert_eq!(name::parts("login[password]"), ["login", "password"]);
    assert_eq!(name::parts("keys[]"), ["keys"]);
    assert_eq!(name::parts("a.0.b"), ["a", "b"]);
    assert_eq!(name::parts("filter['key']"), ["filter", "key"]);
    assert_eq!(name::parts("[]"), ["[]"]);
}

#[test]
fn what_cannot_be_read_is_told_all_at_once() {
    let text = "\
rule: []
rules:
  - secret: [a]
  - { secret: [a], plain: [b], reason: x }
  - { reason: x }
  - { secret: [], reason: ' ' }
  - { secret: [1], in: reqest, reason: x, tags: [x] }
  - { plain: '*', in: request, reason: everything }
  - { secret: [b], in: query, reason: x }
  - { plain: [b], in: query, reason: x }
  - { plain: [c], untyped: no, reason: x }
  - text
";
    let failure = apply(&garden(), &Source::new("spec/secrets.yaml", text)).expect_err("bad rules");
    insta::assert_snapshot!(failure.to_string());
    let none =
        apply(&garden(), &Source::new("spec/secrets.yaml", "rules: {}\n")).expect_err("no rules");
    insta::assert_snapshot!(none.to_string());
}
