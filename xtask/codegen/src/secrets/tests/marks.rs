//! What a secret becomes, whatever stood there.

use serde_json::{Value, json};

use super::{body, document, marked, object, secrets};

const RULE: &str = "  - { secret: [key], reason: opens the gate }\n";

/// What the rule makes of a property `key` with this schema, in a request and in a response alike.
fn made(schema: Value) -> Value {
    let mut made = Vec::new();
    for side in ["body", "response"] {
        let document =
            document(json!({"/a": {"post": body(side, "a", object(json!({"key": schema})))}}));
        let marked = marked(&document, RULE).document;
        let owner = match side {
            "response" => "/responses/200",
            _ => "/requestBody",
        };
        let pointer =
            format!("/paths/~1a/post{owner}/content/application~1json/schema/properties/key");
        made.push(marked.root.pointer(&pointer).expect("the property").clone());
    }
    assert_eq!(made[0], made[1]);
    made.remove(0)
}

#[test]
fn a_value_is_marked_whatever_its_type_and_format_are() {
    for (schema, expected) in [
        (
            json!({"type": "string", "format": "uuid"}),
            json!({"type": "string", "format": "password"}),
        ),
        (
            json!({"type": "string", "example": null, "nullable": true}),
            json!({"type": "string", "example": null, "nullable": true, "format": "password"}),
        ),
        (json!({}), json!({"format": "password"})),
        (
            json!({"type": "integer"}),
            json!({"type": "integer", "format": "password"}),
        ),
        (
            json!({"type": "array", "items": {"type": "string"}}),
            json!({"type": "array", "items": {"type": "string", "format": "password"}}),
        ),
        // Who has the names of cookies has a part of them, and a list of anything is anything.
        (
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
            json!({"x-any-json": true, "format": "password"}),
        ),
        (
            json!({"type": "object"}),
            json!({"x-any-json": true, "format": "password"}),
        ),
        (
            json!({"type": "array"}),
            json!({"x-any-json": true, "format": "password"}),
        ),
        (
            json!({"oneOf": [{"type": "string"}, object(json!({"a": {}}))]}),
            json!({"x-any-json": true, "format": "password"}),
        ),
        (
            object(
                json!({"a": {"type": "boolean"}, "b": {"type": "array", "items": object(json!({"c": {}}))}}),
            ),
            object(json!({
                "a": {"type": "boolean", "format": "password"},
                "b": {"type": "array", "items": object(json!({"c": {"format": "password"}}))},
            })),
        ),
    ] {
        assert_eq!(made(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn a_yes_or_no_is_no_secret() {
    let schema = json!({"type": "boolean"});
    assert_eq!(made(schema.clone()), schema);
}

#[test]
fn a_file_is_sent_as_one_and_elsewhere_a_secret() {
    let schema = object(json!({"key": {"type": "string", "format": "binary"}}));
    let content = json!({
        "multipart/form-data": {"schema": schema},
        "application/x-www-form-urlencoded": {"schema": schema},
    });
    let document = document(json!({"/a": {"post": {"requestBody": {"content": content}}}}));
    assert_eq!(
        secrets(&marked(&document, RULE).document),
        ["a body/content/application~1x-www-form-urlencoded/schema.key"]
    );
}

#[test]
fn parameters_of_every_place_are_marked_with_and_without_a_schema() {
    let parameter =
        |place: &str, name: &str| json!({"in": place, "name": name, "schema": {"type": "string"}});
    let document = document(json!({"/a/{key}": {
        "parameters": [{"in": "path", "name": "key", "required": true}],
        "get": {"parameters": [
            parameter("query", "login[key]"), parameter("header", "Key"), parameter("query", "keyring"),
            {"$ref": "#/paths/~1b/get/parameters/0"},
        ]},
    }, "/b": {"get": {"parameters": [parameter("query", "KEY")]}}}));
    assert_eq!(
        secrets(&marked(&document, RULE).document),
        [
            "a~1{key}/get/parameters/0/schema",
            "a~1{key}/get/parameters/1/schema",
            "a~1{key}/parameters/0/schema",
            "b/get/parameters/0/schema",
        ]
    );
}

#[test]
fn a_secret_that_is_a_reference_leaves_what_it_refers_to_as_it_is() {
    let mut document = document(json!({"/a": {"post": body("body", "a", object(json!({
        "key": {"$ref": "#/components/schemas/Word"},
        "name": {"$ref": "#/components/schemas/Word"},
        "ring": {"$ref": "#/components/schemas/Ring"},
    })))}}));
    document.root["components"] = json!({"schemas": {
        "Word": {"type": "string"},
        "Ring": object(json!({"key": {"$ref": "#/components/schemas/Word"}, "next": {"$ref": "#/components/schemas/Ring"}})),
        "Unused": object(json!({"key": {"type": "string"}})),
    }});
    let marked = marked(&document, RULE).document;
    assert_eq!(
        secrets(&marked),
        [
            "/components/schemas/Ring.key",
            "/components/schemas/Unused.key",
            "a body.key"
        ]
    );
    assert_eq!(
        marked.root["components"]["schemas"]["Word"],
        json!({"type": "string"})
    );
}

#[test]
fn a_secret_that_only_an_example_shows_is_marked() {
    let shown = json!({"type": "object", "properties": {"id": {"type": "integer"}}, "example": {"id": 1, "key": "x"}});
    let open = json!({"type": "object", "example": {"id": 1, "key": "x"}});
    let document = document(json!({
        "/a": {"get": body("response", "a", object(json!({"shown": shown})))},
        "/b": {"get": body("response", "b", object(json!({"open": open, "list": {"type": "array", "items": {}}})))},
    }));
    let marked = marked(&document, RULE).document;
    assert_eq!(
        secrets(&marked),
        ["a response.shown.key", "b response.open"]
    );
}

#[test]
fn marks_are_the_same_when_they_are_made_again() {
    let document = document(json!({"/a": {"post": body("body", "a", object(json!({
        "key": {"oneOf": [{"type": "string"}, {"type": "integer"}]}, "ring": object(json!({"key": {"type": "object"}})),
        "api_token": {"type": "string"},
    })))}}));
    let once = marked(&document, RULE).document;
    assert_eq!(marked(&once, RULE).document.root, once.root);
}
