//! Values of small documents, through the types of their places and back.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use scribe_codegen::load;
use scribe_codegen::pipeline::{self, Extent, Input, Outcome};

/// What the pipeline makes of a document with `paths` and `components`.
fn made(rest: &str) -> Outcome {
    let text = format!("openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\n{rest}");
    let spec = load::decode("a.yaml", text.into_bytes()).expect("the document is text");
    let input = Input {
        extent: Extent::Trial,
        ..Input::of(spec)
    };
    pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The same, where nothing may be lost or refused; how many examples and changed answers were tried.
fn kept(rest: &str) -> (usize, usize) {
    let outcome = made(rest);
    if let Some(finding) = outcome.losses.iter().chain(&outcome.rejected).next() {
        panic!("{}: {}", finding.pointer, finding.problem);
    }
    (outcome.examples, outcome.perturbed)
}

fn answer(schema: &str) -> String {
    format!(
        "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        200:\n          description: ''\n          \
         content: {{ application/json: {{ schema: {schema} }} }}\n"
    )
}

/// Long enough for a busy machine, and nothing to the years that each of these would take.
const LIMIT: Duration = Duration::from_secs(60);

/// How many changes of the answer are tried, once it is put together.
fn tried_in_time(rest: String) -> usize {
    let (done, ended) = mpsc::channel();
    thread::spawn(move || done.send(kept(&rest)));
    let (_, perturbed) = ended
        .recv_timeout(LIMIT)
        .expect("an answer of schemas that hold each other has an end");
    perturbed
}

#[test]
fn an_answer_that_holds_itself_twice_has_an_end() {
    let user = "components:\n  schemas:\n    User:\n      type: object\n      properties:\n        \
                a: { allOf: [{ $ref: '#/components/schemas/User' }] }\n        \
                b: { $ref: '#/components/schemas/User' }\n        name: { type: string }\n";
    let tried = tried_in_time(answer("{ $ref: '#/components/schemas/User' }") + user);
    assert_eq!(tried, 5, "the answer is `{{ name: string }}`");
}

#[test]
fn an_answer_of_schemas_that_all_hold_each_other_has_an_end() {
    let names: Vec<char> = ('A'..='P').collect();
    let mut schemas = String::from("components:\n  schemas:\n");
    for name in &names {
        schemas += &format!("    {name}:\n      type: object\n      properties:\n");
        for other in &names {
            schemas += &format!(
                "        to_{}: {{ $ref: '#/components/schemas/{other}' }}\n",
                other.to_ascii_lowercase()
            );
        }
    }
    let tried = tried_in_time(answer("{ $ref: '#/components/schemas/A' }") + &schemas);
    assert!(tried > 0, "the answer was put together");
}

#[test]
fn any_of_several_is_one_of_them() {
    let union = |owner: &str| {
        answer(&format!(
            "{{ type: object, properties: {{ owner: {{ anyOf: [\
             {{ description: The user., oneOf: [{{ type: object, properties: {{ id: {{ type: integer }} }} }}, \
             {{ type: boolean }}] }}, {{ type: string }}] }} }}, example: {{ owner: {owner} }} }}"
        ))
    };
    for owner in ["{ id: 3 }", "false", "Ada"] {
        let (examples, _) = kept(&union(owner));
        assert_eq!(examples, 1);
    }
    let client = made(&union("Ada")).client;
    assert!(
        client.contains("pub enum AOwner {"),
        "expected a type with a form for each member, but found\n{client}"
    );
}

#[test]
fn the_example_of_a_parameter_that_an_operation_declares_anew_is_not_sent() {
    let paths = "paths:\n  /{id}:\n    parameters:\n      - { in: path, name: id, required: true, schema: { type: string }, example: acct_1 }\n    \
                 get:\n      operationId: a\n      parameters:\n        - { in: path, name: id, required: true, schema: { type: integer }, example: 5 }\n      responses: {}\n";
    let (examples, _) = kept(paths);
    assert_eq!(examples, 1, "that of the operation");
    let (examples, _) = kept(&format!(
        "{paths}    put:\n      operationId: b\n      responses: {{}}\n"
    ));
    assert_eq!(examples, 2, "the other operation has the path's");
}

#[test]
fn a_parameter_is_told_by_its_name_and_by_where_it_goes() {
    let paths = "paths:\n  /{id}:\n    post:\n      operationId: a\n      parameters:\n        \
                 - { in: path, name: id, required: true, schema: { type: integer }, example: 5 }\n        \
                 - { in: query, name: id, schema: { type: array, items: { type: string } }, example: [a] }\n        \
                 - { in: cookie, name: id, schema: { type: string }, example: no_parameter }\n        \
                 - { in: query, name: 7, schema: { type: string }, example: b }\n        \
                 - { in: query, name: null, schema: { type: string }, example: { no: name } }\n      \
                 requestBody: { content: { application/json: { schema: { type: array, items: { type: string } } } } }\n      responses: {}\n";
    let (examples, _) = kept(paths);
    assert_eq!(examples, 3);
}

#[test]
fn what_goes_out_as_the_same_text_is_the_same_parameter() {
    let parameter = |schema: &str, example: &str| {
        format!(
            "paths:\n  /a:\n    get:\n      operationId: a\n      parameters:\n        \
             - {{ in: query, name: q, schema: {schema}, example: {example} }}\n      responses: {{}}\n"
        )
    };
    kept(&parameter("{ type: string, format: password }", "true"));
    kept(&parameter("{ type: string, format: binary }", "[]"));
    kept(&parameter("{ type: string, format: binary }", "{ a: b }"));
}

#[test]
fn what_was_only_null_may_be_anything_wherever_a_rule_stands_beside_it() {
    let places = [
        "{ type: string, nullable: true, example: null }",
        "{ type: string, enum: [true, false], nullable: true, example: null }",
        "{ type: string, format: binary, nullable: true, example: null }",
        "{ type: 'in:a,b', properties: { a: { type: string, example: null } } }",
    ];
    let mut paths = String::from("paths:\n");
    for (index, place) in places.iter().enumerate() {
        let one = answer(&format!(
            "{{ type: object, properties: {{ limit: {place} }} }}"
        ));
        let one = one
            .replace("paths:\n", "")
            .replace("/a:", &format!("/a{index}:"));
        paths += &one.replace("operationId: a", &format!("operationId: a{index}"));
    }
    kept(&paths);
}

#[test]
fn a_map_of_any_values_may_be_an_empty_list_as_any_map() {
    let map = answer(
        "{ type: object, properties: { days: { type: object, additionalProperties: { type: integer, example: 1 }, \
         example: { mon: many, tue: 2 } } } }",
    );
    kept(&map);
    let client = made(&map).client;
    assert!(
        client.contains("days: Option<runtime::Map<serde_json::Value>>"),
        "expected a map that takes what PHP sends for an empty one, but found\n{client}"
    );
}
