//! What merging does, a rule a test: the document and the supplement in a few lines, what comes out beside them.

use serde_json::{Value, json};

use super::{State, apply, pruned};
use crate::finding::Failure;
use crate::load;
use crate::source::Source;

const HEAD: &str = "openapi: 3.0.3\nx-source: a letter\nx-reason: upstream does not say it\n";

/// The document and the supplement, each from its `paths:` on, merged.
fn merged(document: &str, supplement: &str) -> super::Supplemented {
    let document = load::load(&Source::new(
        "openapi.yaml",
        format!("openapi: 3.0.3\n{document}"),
    ))
    .unwrap_or_else(|failure| panic!("{failure}"));
    let supplement = Source::new("10-s.yaml", format!("{HEAD}{supplement}"));
    apply(&document, &[supplement], &[]).unwrap_or_else(|failure| panic!("{failure}"))
}

/// A document whose one response has this schema.
fn response(schema: &str) -> String {
    format!(
        "paths:\n  /a:\n    get:\n      responses:\n        200:\n          content:\n            application/json:\n              schema: {schema}\n"
    )
}

/// What becomes of a response's schema, and of the facts about it: `pointer state`, for those that are not supplied.
fn schema(upstream: &str, supplement: &str) -> (Value, Vec<String>) {
    let merged = merged(&response(upstream), &response(supplement));
    let schema = merged
        .document
        .root
        .pointer("/paths/~1a/get/responses/200/content/application~1json/schema");
    let facts = merged.reports[0].facts.iter();
    let facts = facts.filter(|fact| fact.state != State::Supplied);
    let facts = facts.map(|fact| {
        let (_, pointer) = fact
            .pointer
            .split_once("/schema")
            .expect("a node of the schema");
        format!("{pointer} {:?}", fact.state)
    });
    (schema.cloned().expect("the schema"), facts.collect())
}

#[test]
fn what_upstream_leaves_out_is_filled_in_and_what_it_says_stays() {
    let (schema, facts) = schema(
        "{ type: object, description: '', properties: { a: { type: string, enum: [x, z] } } }",
        "{ type: object, description: Ours, properties: { a: { type: string, nullable: true, enum: [x, y] }, b: { type: integer } } }",
    );
    assert_eq!(
        schema,
        json!({ "type": "object", "description": "Ours", "properties": {
            "a": { "type": "string", "nullable": true, "enum": ["x", "z", "y"] },
            "b": { "type": "integer" },
        } })
    );
    assert_eq!(facts, ["/type Confirmed", "/properties/a/type Confirmed"]);
}

#[test]
fn a_schema_that_upstream_shows_only_as_null_says_nothing() {
    for upstream in [
        "{ type: string, example: null, nullable: true }",
        "{ type: string, example: null }",
        "{ example: null, description: '' }",
    ] {
        let (schema, facts) = schema(
            upstream,
            "{ type: object, properties: { a: { type: integer } } }",
        );
        assert_eq!(
            schema,
            json!({ "type": "object", "nullable": true, "properties": { "a": { "type": "integer" } } }),
            "{upstream}"
        );
        assert!(facts.is_empty(), "{upstream}: {facts:?}");
    }
    // A number that may be null is a number.
    let (schema, facts) = schema(
        "{ type: integer, example: null, nullable: true }",
        "{ type: string }",
    );
    assert_eq!(schema["type"], "integer");
    assert_eq!(facts, ["/type Contradicted"]);
}

#[test]
fn an_empty_list_says_nothing_of_what_would_be_in_it() {
    let object = "{ type: object, properties: { a: { type: integer } } }";
    for upstream in [
        "{ type: array, example: [] }",
        "{ type: object, properties: [], example: [] }",
    ] {
        let (schema, facts) = schema(upstream, object);
        assert_eq!(
            schema["properties"],
            json!({ "a": { "type": "integer" } }),
            "{upstream}"
        );
        assert!(
            !facts.iter().any(|fact| fact.contains("Contradicted")),
            "{facts:?}"
        );
    }
    let (list, _) = schema(
        "{ type: array, example: [] }",
        "{ type: array, items: { type: integer } }",
    );
    assert_eq!(list["items"], json!({ "type": "integer" }));
}

#[test]
fn a_text_whose_example_is_a_list_says_nothing_of_its_type() {
    let (list, facts) = schema(
        "{ type: string, example: [1, 2] }",
        "{ type: array, items: { type: integer } }",
    );
    assert_eq!(
        list,
        json!({ "type": "array", "items": { "type": "integer" } })
    );
    assert!(facts.is_empty(), "{facts:?}");
}

#[test]
fn several_times_the_same_is_no_union() {
    let binary = "{ type: string, format: binary }";
    let (schema, facts) = schema(
        &format!("{{ oneOf: [{binary}, {{ type: object, example: [] }}, {binary}] }}"),
        binary,
    );
    assert_eq!(schema, json!({ "type": "string", "format": "binary" }));
    assert_eq!(facts, ["/type Confirmed", "/format Confirmed"]);
}

#[test]
fn a_contradiction_names_both_and_upstream_counts() {
    let merged = merged(
        &response("{ type: object, properties: { a: { type: integer } } }"),
        &response("{ type: object, properties: { a: { type: string, format: date } } }"),
    );
    let a = "/paths/~1a/get/responses/200/content/application~1json/schema/properties/a";
    assert_eq!(
        merged.document.root.pointer(a),
        Some(&json!({ "type": "integer" }))
    );
    insta::assert_snapshot!(Failure::from(merged.findings).to_string());
}

#[test]
fn one_response_of_a_whole_number_does_not_contradict_numbers() {
    let (schema, _) = schema("{ type: integer, example: 0 }", "{ type: number }");
    assert_eq!(schema["type"], "number");
}

#[test]
fn words_and_examples_of_upstreams_own_are_no_contradiction() {
    let (schema, facts) = schema(
        "{ type: string, description: Theirs, example: b }",
        "{ type: string, description: Ours, example: a }",
    );
    assert_eq!(
        schema,
        json!({ "type": "string", "description": "Theirs", "example": "b" })
    );
    assert_eq!(facts.len(), 3);
    assert!(
        facts.iter().all(|fact| fact.ends_with("Confirmed")),
        "{facts:?}"
    );
}

/// Two members: one is the other with a field more.
const UNION: &str = "{ oneOf: [{ title: More, required: [c], properties: { a: {}, b: {}, c: {} } }, { title: Less, properties: { a: {}, b: {} } }] }";

#[test]
fn members_of_a_union_are_known_by_their_fields_in_any_order() {
    let less = "{ type: object, properties: { a: { type: string }, b: { type: string } } }";
    let more = "{ type: object, properties: { a: { type: string }, b: { type: string }, c: { type: string } } }";
    let other = "{ type: object, properties: { z: { type: string } } }";
    for members in [
        format!("{less}, {more}, {other}"),
        format!("{other}, {more}, {less}"),
    ] {
        let (schema, _) = schema(&format!("{{ oneOf: [{members}] }}"), UNION);
        let titles: Vec<(usize, &str)> = schema["oneOf"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|member| {
                let fields = member["properties"].as_object()?.len();
                Some((fields, member["title"].as_str().unwrap_or("-")))
            })
            .collect();
        assert_eq!(titles.len(), 3);
        for expected in [(2, "Less"), (3, "More"), (1, "-")] {
            assert!(titles.contains(&expected), "{titles:?}");
        }
    }
    // Upstream documents one of the two only.
    let (schema, _) = schema(less, UNION);
    assert_eq!(schema["oneOf"][0]["title"], "Less");
    assert_eq!(schema["oneOf"][1]["title"], "More");
}

#[test]
fn a_schema_that_upstream_shares_stays_as_it_is_elsewhere() {
    let document = format!(
        "{}components:\n  schemas:\n    A: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n",
        response("{ $ref: '#/components/schemas/A' }")
    );
    let merged = merged(
        &document,
        &response("{ properties: { b: { type: string } } }"),
    );
    let root = &merged.document.root;
    assert_eq!(
        root["components"]["schemas"]["A"]["properties"]
            .as_object()
            .unwrap()
            .len(),
        1
    );
    let here =
        &root["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(here["properties"].as_object().unwrap().len(), 2);
}

/// An operation that is known with its path, its parameter and its body.
const KNOWN: &str = "\
paths:
  /beds/{bed}:
    parameters:
      - { in: path, name: bed, description: The bed., required: true, schema: { type: string } }
    put:
      operationId: dig
      x-repeatable: false
      parameters:
        - { in: query, name: deep, schema: { type: boolean } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { spade: { type: string } } }
      responses:
        '200': { description: Dug. }
";

#[test]
fn operations_meet_by_method_and_path_whatever_the_parameters_are_called() {
    let merged = merged(
        "paths:\n  /beds/{id}:\n    parameters: [{ in: path, name: id, description: '', required: true, schema: { type: string } }]\n    put: { operationId: turnOver, requestBody: { required: false }, responses: {} }\n",
        KNOWN,
    );
    assert_eq!(
        merged.document.root["paths"],
        json!({ "/beds/{id}": {
            "parameters": [{
                "in": "path", "name": "id", "description": "The bed.", "required": true, "schema": { "type": "string" },
            }],
            "put": {
                "operationId": "turnOver",
                "requestBody": {
                    "required": true,
                    "content": { "application/json": { "schema": {
                        "type": "object", "properties": { "spade": { "type": "string" } },
                    } } },
                },
                "responses": { "200": { "description": "Dug." } },
                "parameters": [{ "in": "query", "name": "deep", "schema": { "type": "boolean" } }],
                "x-repeatable": false,
            },
        } })
    );
    assert_eq!(merged.reports[0].moved, None);
}

#[test]
fn an_operation_that_moved_is_found_by_its_id_and_said_to_have_moved() {
    let merged = merged(
        "paths:\n  /v2/beds/{bedId}: { put: { operationId: Dig, parameters: [{ in: path, name: bedId, required: true, schema: { type: string } }], responses: {} } }\n",
        KNOWN,
    );
    let paths = merged.document.root["paths"].as_object().unwrap();
    assert_eq!(paths.keys().collect::<Vec<_>>(), ["/v2/beds/{bedId}"]);
    let operation = &paths["/v2/beds/{bedId}"]["put"];
    assert_eq!(operation["parameters"][0]["description"], "The bed.");
    assert_eq!(operation["parameters"].as_array().unwrap().len(), 2);
    assert_eq!(
        merged.reports[0].moved.as_deref(),
        Some("PUT /v2/beds/{bedId}")
    );
    insta::assert_snapshot!(Failure::from(merged.findings).to_string());
}

#[test]
fn what_a_component_of_a_supplement_says_stands_where_it_is_used() {
    let supplement = format!(
        "{}components:\n  schemas:\n    Tree: {{ type: object, properties: {{ left: {{ $ref: '#/components/schemas/Tree' }} }} }}\n    Bed: {{ type: object }}\n    Unused: {{ type: object }}\n",
        response(
            "{ type: object, properties: { tree: { $ref: '#/components/schemas/Tree' }, bed: { $ref: '#/components/schemas/Bed' } } }"
        )
    );
    let merged = merged(&response("{ type: object }"), &supplement);
    let root = &merged.document.root;
    let schema =
        &root["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(schema["properties"]["bed"], json!({ "type": "object" }));
    // What refers to itself cannot stand inline to its end.
    assert_eq!(
        schema["properties"]["tree"]["properties"]["left"],
        json!({ "$ref": "#/components/schemas/Tree" })
    );
    let schemas = root["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Tree"]);
    let unused = merged
        .findings
        .iter()
        .filter(|finding| finding.code == "supplement/unused");
    assert_eq!(unused.count(), 1);
}

#[test]
fn an_empty_text_as_a_whole_response_gives_way_to_what_is_known() {
    let merged = merged(
        "paths: { /f: { get: { responses: { 200: { content: { text/plain: { schema: { type: string, example: '' } } } } } } } }\n",
        "paths: { /f: { get: { responses: { 200: { content: { '*/*': { schema: { type: string, format: binary } } } } } } } }\n",
    );
    assert_eq!(
        merged.document.root["paths"]["/f"]["get"]["responses"]["200"]["content"],
        json!({ "*/*": { "schema": { "type": "string", "format": "binary" } } })
    );
}

#[test]
fn what_holds_for_every_operation_is_filled_in_in_each() {
    let merged = merged(
        "paths: { /a: { get: { responses: { 4XX: { description: Theirs } } }, put: { responses: {} } } }\n",
        "x-every-operation: { responses: { 4XX: { description: Ours } } }\n",
    );
    let paths = &merged.document.root["paths"]["/a"];
    assert_eq!(paths["get"]["responses"]["4XX"]["description"], "Theirs");
    assert_eq!(paths["put"]["responses"]["4XX"]["description"], "Ours");
    assert_eq!(merged.reports[0].counts().supplied, 1);
}

#[test]
fn what_is_no_supplement_is_rejected_with_its_place() {
    let text = "openapi: 3.1.0\nservers: []\npaths:\n  beds: {}\n  /beds: { grow: {}, get: { responses: {} } }\ncomponents: { schemas: { A: { x-source: [], x-reason: r } } }\n";
    let document = load::load(&Source::new(
        "o.yaml",
        format!("openapi: 3.0.3\n{}", response("{}")),
    ));
    let failure = apply(&document.unwrap(), &[Source::new("10-s.yaml", text)], &[]);
    insta::assert_snapshot!(failure.expect_err("no supplement").to_string());
}

/// The supplement's text without what `document` says by now.
fn rest(document: &str, supplement: &str) -> Option<String> {
    let merged = merged(document, supplement);
    let source = Source::new("10-s.yaml", format!("{HEAD}{supplement}"));
    let mut pruned =
        pruned(&[source], &merged.reports).unwrap_or_else(|failure| panic!("{failure}"));
    let (_, rest) = pruned.pop().expect("one file");
    Some(rest?.strip_prefix(HEAD).expect("the head").to_owned())
}

#[test]
fn pruning_removes_what_is_confirmed_and_keeps_the_rest_to_the_byte() {
    let supplement = "\
# About all.
paths:
  # About a.
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: >-
            Two
            lines.
          content:
            application/json:
              # The schema.
              schema:
                type: object # as ever
                properties:
                  kept: { type: string, nullable: true }
                  gone:
                    type: string

  # About b.
  /b:
    get: { responses: { '200': { description: B } } }
";
    let document = "paths:\n  /a: { get: { operationId: x, responses: { 200: { description: D, content: { application/json: { schema: { type: object, properties: { kept: { type: string }, gone: { type: string } } } } } } } } }\n";
    insta::assert_snapshot!(rest(document, supplement).expect("something is left"));
    let all =
        format!("{document}  /b: {{ get: {{ responses: {{ 200: {{ description: X }} }} }} }}\n")
            .replace(
                "kept: { type: string }",
                "kept: { type: string, nullable: true }",
            );
    assert_eq!(rest(&all, supplement), None);
}

#[test]
fn pruning_twice_is_pruning_once() {
    let document = "paths:\n  /beds/{id}:\n    parameters: [{ in: path, name: id, required: true, schema: { type: string } }]\n    put: { operationId: dig, requestBody: { content: { application/json: { schema: { type: object } } } }, responses: { 200: { description: Theirs } } }\n";
    let once = rest(document, KNOWN).expect("something is left");
    assert_ne!(once, KNOWN);
    assert_eq!(rest(document, &once).as_deref(), Some(once.as_str()));
}
