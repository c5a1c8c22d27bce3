//! The manual says what the code does.

use serde_json::json;

use super::super::apply;
use super::super::rule::Side;
use super::{body, document, object, secrets};
use crate::source::Source;

const MANUAL: &str = include_str!("../../../../../docs/secrets.md");

#[test]
fn the_example_of_the_manual_marks_what_it_says() {
    let (_, rest) = MANUAL.split_once("```yaml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("an end of the example");
    let text = || json!({"type": "string"});
    let mut gate = body(
        "body",
        "openGate",
        object(json!({"code": text(), "proxy_password": text()})),
    );
    gate["tags"] = json!(["Gates"]);
    let document = document(json!({
        "/api/gates/{id}": {
            "put": gate,
            "get": body("response", "showGate", object(json!({
                "code": text(), "has_password": {"type": "boolean"}, "wsToken": text(), "token_price": text(),
                "bank": object(json!({"value": text(), "label": text()})), "cookies": {"type": "object"},
            }))),
        },
    }));
    let marked = apply(&document, &Source::new("secrets.yaml", example))
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(
        secrets(&marked.document),
        [
            "api~1gates~1{id} body.code",
            "api~1gates~1{id} body.proxy_password",
            "api~1gates~1{id} response.bank.value",
            "api~1gates~1{id} response.cookies",
            "api~1gates~1{id} response.wsToken",
        ]
    );
    assert!(marked.findings.is_empty(), "{:?}", marked.findings);
}

#[test]
fn every_key_and_every_side_is_in_the_manual() {
    for key in [
        "secret",
        "plain",
        "in",
        "operation",
        "tag",
        "under",
        "untyped",
        "reason",
    ] {
        assert!(
            MANUAL.contains(&format!("\n| `{key}` |")),
            "expected docs/secrets.md to have a row for `{key}`"
        );
    }
    for (word, _) in Side::ALL {
        assert!(
            MANUAL.contains(&format!("`{word}`")),
            "expected docs/secrets.md to name `{word}`"
        );
    }
}
