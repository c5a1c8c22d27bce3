//! Secrets of every kind through the whole pipeline: which types they get, and that nothing of them is lost or refused.

use scribe_codegen::load;
use scribe_codegen::pipeline::{self, Extent, Input, Outcome};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: A, version: '1' }
paths:
  /keys:
    post:
      operationId: makeKey
      tags: [Keys]
      parameters:
        - { in: query, name: token, schema: { type: integer } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                text_token: { type: string, format: uuid, example: 7 }
                null_token: { type: string, example: null, nullable: true }
                bare_token: {}
                number_token: { type: integer, example: 123456 }
                list_token: { type: array, items: { type: string }, example: [a, b] }
                map_token: { type: object, additionalProperties: { type: string }, example: { sess: a } }
                open_token: { type: object, example: { sess: a } }
                inner_token: { type: object, properties: { value: { type: string }, is_new: { type: boolean } } }
                forms_token: { oneOf: [{ type: string }, { type: integer }], example: 1 }
                has_token: { type: boolean, example: true }
                done: { type: boolean, enum: ['true'], example: 'true' }
      responses:
        200:
          description: ''
          content:
            application/json:
              schema:
                type: object
                example: { text_token: 7, number_token: 8, shown_token: a, map_token: { a: b } }
                properties:
                  text_token: { type: string, example: abc }
                  null_token: { type: string, example: null, nullable: true }
                  number_token: { type: integer, example: 7 }
                  map_token: { type: array, example: [] }
";

const RULES: &str = "rules:\n  - { secret: ['*token'], reason: opens the gate }\n";

fn made() -> Outcome {
    let source = |name: &str, text: &str| load::decode(name, text.into()).expect("it is text");
    let input = Input {
        secrets: Some(source("spec/secrets.yaml", RULES)),
        extent: Extent::Trial,
        ..Input::of(source("a.yaml", DOCUMENT))
    };
    pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

#[test]
fn a_secret_of_any_kind_has_a_type_that_prints_nothing() {
    let outcome = made();
    let surface = &outcome.surface;
    let lines = surface
        .lines()
        .filter(|line| line.contains("token") || line.contains("done") || line.contains(" value"));
    let lines: Vec<&str> = lines.filter(|line| line.contains(": ")).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn nothing_of_a_secret_is_lost_or_refused() {
    let outcome = made();
    if let Some(finding) = outcome.losses.iter().chain(&outcome.rejected).next() {
        panic!("{finding}");
    }
    assert!(outcome.examples > 0 && outcome.perturbed > 0);
}
