//! Bodies, answers and queries of every form: the client of a small document, printed and committed, so that the tests
//! of the runtime can call it.

use std::path::Path;
use std::sync::Arc;

use scribe_codegen::load;
use scribe_codegen::pipeline::{self, Input, Outcome};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures")
        .join(name)
}

fn client_of(name: &str, text: &str) -> Outcome {
    let spec = load::decode(name, text.as_bytes().to_vec()).expect("the document is text");
    pipeline::run(&Input::of(Arc::clone(&spec))).unwrap_or_else(|failure| panic!("{failure}"))
}

#[test]
fn the_committed_client_is_what_the_pipeline_makes() {
    let document = std::fs::read_to_string(fixture("forms.yaml")).expect("the document is there");
    let made = client_of("forms.yaml", &document).client;
    let path = fixture("forms_client.rs");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(&path, &made).expect("the client can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed.replace("\r\n", "\n") == made,
        "expected tests/fixtures/forms_client.rs to be what the pipeline makes of forms.yaml; \
         run UPDATE_FIXTURES=1 cargo test -p scribe-codegen --test forms, and look at the difference"
    );
}

/// The document of one operation, of which only `rest` matters.
fn operation(rest: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: '1' }}\npaths:\n  /a:\n    post:\n      operationId: a\n{rest}"
    )
}

/// The statement that puts the body into the call, and the answer.
fn body_and_answer(rest: &str) -> String {
    let client = client_of("a.yaml", &operation(rest)).client;
    let lines = client.lines().map(str::trim).filter(|line| {
        (line.starts_with("call.") || line.starts_with("self.call.") || line.contains("impl Into<"))
            && !line.contains("mut self")
            && !line.starts_with("self.call.customize")
            || line.starts_with("pub async fn send")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_body_of_no_known_media_type_is_json_of_any_kind() {
    let bodies = [
        "      requestBody: { required: true, content: {} }\n      responses: {}\n",
        "      requestBody: { required: true, content: { json: {} } }\n      responses: {}\n",
        "      requestBody: { required: true, content: { '*/*': {} } }\n      responses: {}\n",
        "      requestBody: { required: true, content: { application/json: {} } }\n      responses: {}\n",
    ];
    for body in bodies {
        insta::allow_duplicates! {
            insta::assert_snapshot!(body_and_answer(body), @r"
            pub async fn send(self) -> Result<Response<serde_json::Value>, Error> {
            self.call.send().await
            pub fn a(&self, body: impl Into<serde_json::Value>) -> operations::A {
            call.json(&body.into());
            ");
        }
    }
}

#[test]
fn a_media_type_that_is_none_is_no_code_and_is_not_sent() {
    let body = "      requestBody: { required: true, content: { \"image/\\\"); panic!(\\\"\\n\": {} } }\n      responses: {}\n";
    insta::assert_snapshot!(body_and_answer(body), @r#"
    pub async fn send(self) -> Result<Response<serde_json::Value>, Error> {
    self.call.send().await
    pub fn a(&self, body: impl Into<runtime::Upload>) -> operations::A {
    call.raw("application/octet-stream", &body.into());
    "#);
    let body =
        "      requestBody: { required: true, content: { image/*: {} } }\n      responses: {}\n";
    insta::assert_snapshot!(body_and_answer(body), @r#"
    pub async fn send(self) -> Result<Response<serde_json::Value>, Error> {
    self.call.send().await
    pub fn a(&self, body: impl Into<runtime::Upload>) -> operations::A {
    call.raw("application/octet-stream", &body.into());
    "#);
}

#[test]
fn a_file_is_one_in_a_form_and_a_text_elsewhere() {
    let rest = "      requestBody:
        required: true
        content: { multipart/form-data: { schema: { $ref: '#/components/schemas/Sent' } } }
      responses:
        200: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Given' } } } }
components:
  schemas:
    Sent: { type: object, required: [file, cover, all, files, by_name], properties: { file: { type: string, format: file }, cover: { type: image }, all: { type: 'file[]' }, files: { type: array, items: { $ref: '#/components/schemas/File' } }, by_name: { type: object, additionalProperties: { type: string, format: binary } } } }
    File: { type: string, format: binary }
    Given: { type: object, required: [scan], properties: { scan: { type: string, format: binary } } }
";
    let outcome = client_of("a.yaml", &operation(rest));
    let fields = outcome
        .surface
        .lines()
        .filter(|line| line.contains(" field ") || line.contains(" parameter "));
    insta::assert_snapshot!(fields.collect::<Vec<_>>().join("\n"), @r"
    operation a parameter body: Sent in multipart required
    type File field 0: runtime::Upload
    type Given field scan: Option<String> optional
    type Sent field all: Vec<runtime::Upload> required argument(Items<runtime::Upload>)
    type Sent field by_name: std::collections::BTreeMap<String, runtime::Upload> required argument(Entries<runtime::Upload>)
    type Sent field cover: runtime::Upload required argument
    type Sent field file: runtime::Upload required argument
    type Sent field files: Vec<File> required argument(Items<File>)
    ");
}

#[test]
fn an_answer_is_bytes_when_every_success_is() {
    let answer = |content: &str| {
        let line = body_and_answer(&format!("      responses: {content}\n"));
        let inner = line
            .split("Response<")
            .nth(1)
            .and_then(|rest| rest.split(">, Error>").next());
        inner.unwrap_or_default().to_owned()
    };
    let bytes = "application/pdf: { schema: { type: string, format: binary } }";
    for (content, expected) in [
        (format!("{{ 200: {{ description: '', content: {{ {bytes} }} }} }}"), "runtime::Bytes"),
        (format!("{{ 200: {{ description: '', content: {{ {bytes}, 'image/*': {{}} }} }}, 204: {{ description: '' }} }}"), "runtime::Bytes"),
        (format!("{{ 200: {{ description: '', content: {{ {bytes} }} }}, 201: {{ description: '', content: {{ application/json: {{}} }} }} }}"), "serde_json::Value"),
        ("{ 200: { description: '', content: { '*/*': {} } } }".into(), "runtime::Bytes"),
        ("{ 200: { description: '', content: { '*/*': { schema: { type: object } } } } }".into(), "serde_json::Value"),
        ("{ 200: { description: '', content: { text/csv: { schema: { type: string, format: binary } } } } }".into(), "runtime::Bytes"),
        ("{ 200: { description: '', content: { text/plain: { schema: { type: string } } } } }".into(), "serde_json::Value"),
        ("{ 200: { description: '' } }".into(), "serde_json::Value"),
        (format!("{{ 404: {{ description: '', content: {{ {bytes} }} }} }}"), "serde_json::Value"),
    ] {
        assert_eq!(answer(&content), expected, "{content}");
    }
}

#[test]
fn an_answer_that_no_empty_body_can_be_is_optional() {
    let answer = |schema: &str| {
        let text = operation(&format!(
            "      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Both' }} }} }} }}
      responses: {{ 200: {{ description: '', content: {{ application/json: {{ schema: {schema} }} }} }} }}
components:
  schemas:
    Both: {{ type: object, required: [id], properties: {{ id: {{ type: integer }} }} }}
"
        ));
        let client = client_of("a.yaml", &text).client;
        let inner = client
            .split("Response<")
            .nth(1)
            .and_then(|rest| rest.split(", Error>").next());
        inner.unwrap_or_default().trim_end_matches('>').to_owned()
    };
    for (schema, expected) in [
        ("{ type: string }", "Option<String"),
        ("{ type: string, nullable: true }", "Option<String"),
        ("{ type: number }", "Option<runtime::Number"),
        ("{ type: boolean }", "Option<bool"),
        (
            "{ $ref: '#/components/schemas/Both' }",
            "Option<types::Both",
        ),
        (
            "{ type: array, items: { type: string } }",
            "runtime::List<String",
        ),
        (
            "{ type: object, properties: { a: { type: string } } }",
            "types::AResponse",
        ),
        ("{ type: object }", "serde_json::Value"),
    ] {
        assert_eq!(answer(schema), expected, "{schema}");
    }
}

#[test]
fn a_required_parameter_is_an_argument_whether_it_has_an_example_or_not() {
    let text = "openapi: 3.0.3
info: { title: A, version: '1' }
paths:
  /a/{id}:
    parameters: [{ name: id, in: path, required: true, example: null, schema: { type: integer } }]
    get:
      parameters:
        - { name: page, in: query, required: true, schema: { type: integer, nullable: true } }
        - { name: X-Trace, in: header, required: true, example: null, schema: { type: string } }
      responses: {}
";
    let outcome = client_of("a.yaml", text);
    let parameters = outcome
        .surface
        .lines()
        .filter(|line| line.contains(" parameter "));
    insta::assert_snapshot!(parameters.collect::<Vec<_>>().join("\n"), @r"
    operation get_a_id parameter id: runtime::Id in path required
    operation get_a_id parameter page: runtime::Integer in query required
    operation get_a_id parameter x_trace: String in header wire X-Trace required
    ");
    assert!(outcome.losses.is_empty(), "{:?}", outcome.losses);
}
