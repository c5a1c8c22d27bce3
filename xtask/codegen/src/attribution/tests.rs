//! Pairs of documents, and the node that each change of the surface is traced to.

use serde_json::{Value, json};

use super::{By, Made, Step, causes, traced};
use crate::pipeline::{self, Input, Outcome};
use crate::source::Source;
use crate::surface::Surface;

fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Garden", "version": "1" },
        "paths": { "/plants": { "get": {
            "operationId": "listPlants",
            "tags": ["Plants"],
            "parameters": [
                { "name": "page", "in": "query", "schema": { "type": "integer" } },
                { "name": "kind", "in": "query", "schema": { "type": "string" } },
            ],
            "responses": { "200": { "description": "", "content": { "application/json": {
                "example": { "height": 3 },
                "schema": { "type": "object", "properties": {
                    "height": { "type": "integer", "example": 3 },
                    "bed": { "type": "object", "properties": { "row": { "type": "string" } } },
                    "name": { "type": "string" },
                } },
            } } } },
        } } },
    })
}

fn made(document: &Value) -> Outcome {
    let input = Input::of(Source::new("t", document.to_string()));
    pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

/// `kind item: pointer` of each change that `edit` makes.
fn told(edit: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut edited = document();
    edit(&mut edited);
    let (before, after) = (made(&document()), made(&edited));
    traced(
        Some(Made::by_run(&before)),
        &before.lines,
        Made::by_run(&after),
    )
    .into_iter()
    .map(|change| {
        let pointer = change.pointer.unwrap_or_else(|| "none".to_owned());
        assert!(
            [&before, &after]
                .iter()
                .any(|made| made.patched.root.pointer(&pointer).is_some()),
            "{pointer}"
        );
        assert_eq!(
            change.operation.as_deref().map(|it| it.split(' ').count()),
            Some(2)
        );
        format!("{} {}: {pointer}", change.kind, change.item)
    })
    .collect()
}

const SCHEMA: &str = "/paths/~1plants/get/responses/200/content/application~1json/schema";

#[test]
fn a_change_leads_to_the_node_that_changed() {
    for edited in [
        "/properties/name/type",
        "/properties/bed/properties/row/type",
    ] {
        let edited = format!("{SCHEMA}{edited}");
        let said = told(|document| {
            *document.pointer_mut(&edited).expect("a node") = json!("boolean");
        });
        assert_eq!(said.len(), 1, "{said:#?}");
        assert!(said[0].starts_with("field-type-changed "), "{said:#?}");
        assert!(said[0].ends_with(&format!(": {edited}")), "{said:#?}");
    }
}

#[test]
fn whatever_comes_or_goes_leads_to_its_own_node() {
    insta::assert_snapshot!(
        told(|document| {
            let parameters = document
                .pointer_mut("/paths/~1plants/get/parameters")
                .expect("a list");
            parameters.as_array_mut().expect("a list").remove(0);
            let schema = document.pointer_mut(SCHEMA).expect("a schema");
            schema["required"] = json!(["height"]);
            schema["properties"]["colour"] = json!({ "type": "string", "enum": ["red"] });
            document["paths"]["/beds"] =
                json!({ "get": { "responses": { "200": { "description": "" } } } });
        })
        .join("\n")
    );
}

#[test]
fn an_item_of_a_list_that_is_the_same_leads_to_the_list() {
    let member = |name: &str, of: &str| json!({ "type": "object", "required": [name], "properties": { name: { "type": of } } });
    let with = |members: Vec<Value>| {
        let mut document = document();
        let schema = document.pointer_mut(SCHEMA).expect("a schema");
        schema["properties"]["bed"] = json!({ "oneOf": members });
        document
    };
    let two = with(vec![member("move", "string"), member("cut", "integer")]);
    let three = with(vec![
        member("move", "string"),
        member("cut", "integer"),
        member("water", "boolean"),
    ]);
    // Without a ledger the names of the members move on, to nodes that are the same.
    let (before, after) = (made(&two), made(&three));
    let changes = traced(
        Some(Made::by_run(&before)),
        &before.lines,
        Made::by_run(&after),
    );
    assert!(changes.len() > 1, "{changes:#?}");
    for change in changes {
        let pointer = change.pointer.expect("a pointer");
        assert_ne!(
            two.pointer(&pointer),
            three.pointer(&pointer),
            "{}: {pointer}",
            change.item
        );
    }
}

#[test]
fn an_example_can_be_what_changed_a_type() {
    let said = told(|document| {
        let media = "/paths/~1plants/get/responses/200/content/application~1json";
        let media = document.pointer_mut(media).expect("a form");
        media["example"]["height"] = json!("tall");
    });
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(
        said[0].ends_with("/application~1json/example/height"),
        "{said:#?}"
    );
}

#[test]
fn a_shared_type_that_was_parted_leads_to_the_operation_that_did_it() {
    let mut two = document();
    let mut other = two["paths"]["/plants"]["get"].clone();
    other["operationId"] = json!("listBeds");
    two["paths"]["/beds"] = json!({ "get": other });
    let mut parted = two.clone();
    let name = format!("{SCHEMA}/properties/name/type");
    *parted.pointer_mut(&name).expect("a node") = json!("boolean");
    let (before, after) = (made(&two), made(&parted));
    let changes = traced(
        Some(Made::by_run(&before)),
        &before.lines,
        Made::by_run(&after),
    );
    assert!(
        changes
            .iter()
            .any(|change| change.kind == "operation-answer-changed"),
        "{changes:#?}"
    );
    for change in changes {
        let pointer = change.pointer.expect("a pointer");
        // A type that is new or gone leads to its own node.
        assert!(
            pointer == name || change.kind.starts_with("type-"),
            "{}: {pointer}",
            change.item
        );
    }
}

#[test]
fn without_the_document_before_a_change_leads_to_what_the_item_is_made_of() {
    let after = made(&document());
    let surface = after
        .surface
        .replace("name: Option<String>", "name: Option<bool>");
    let changes = traced(None, &Surface::parse(&surface), Made::by_run(&after));
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(
        changes[0].pointer,
        Some(format!("{SCHEMA}/properties/name"))
    );
    assert_eq!(changes[0].operation.as_deref(), Some("GET /plants"));
    assert_eq!(changes[0].operation_id.as_deref(), Some("listPlants"));
    assert_eq!(changes[0].tag.as_deref(), Some("Plants"));
}

#[test]
fn the_step_in_which_an_item_changed_is_its_cause() {
    let mut other = document();
    other["paths"]["/plants"]["get"]["parameters"][0]["schema"]["type"] = json!("string");
    let mut both = other.clone();
    both["paths"]["/beds"] = json!({ "get": { "operationId": "listBeds", "responses": { "200": { "description": "" } } } });
    let runs = [made(&document()), made(&other), made(&both)];
    let step = |by, before: &Outcome, after: &Outcome| Step {
        by: vec![by],
        changes: traced(
            Some(Made::by_run(before)),
            &before.lines,
            Made::by_run(after),
        ),
    };
    let steps = [
        step(By::Upstream, &runs[0], &runs[1]),
        step(By::Patch("beds".into()), &runs[1], &runs[2]),
    ];
    let mut changes = traced(
        Some(Made::by_run(&runs[0])),
        &runs[0].lines,
        Made::by_run(&runs[2]),
    );
    causes(&mut changes, &steps);
    assert!(changes.len() > 1, "{changes:#?}");
    for change in &changes {
        let expected = if change.kind == "parameter-type-changed" {
            "upstream"
        } else {
            "patch beds"
        };
        let found: Vec<String> = change
            .causes
            .iter()
            .map(|cause| cause.by.to_string())
            .collect();
        assert_eq!(found, [expected], "{change:#?}");
    }
}
