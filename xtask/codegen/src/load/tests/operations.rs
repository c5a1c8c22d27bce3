//! What is said of paths and operations that are none.

use super::*;

#[test]
fn a_document_without_operations_is_refused() {
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0.3\ninfo: {}\n"), @r#"
    error[load/no-paths]: expected `paths` with at least one operation, but found no `paths`
     --> openapi.yaml:1:1
      |
    1 | openapi: 3.0.3
      | ^
      |
      = help: check that the document was written or downloaded to its end
    "#);
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0.3\npaths: {}\n"), @r#"
    error[load/no-operations]: expected at least one operation, but found empty `paths`
     --> openapi.yaml:2:1
      |
    2 | paths: {}
      | ^^^^^
      |
      = help: check which routes the document was generated for
    "#);
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0.3\npaths: []\n"), @r#"
    error[load/no-paths]: expected `paths` to be a mapping, but found a list
     --> openapi.yaml:2:8
      |
    2 | paths: []
      |        ^^
      |
      = help: write `paths:` and below it `/path:` with its operations
    "#);
    insta::assert_snapshot!(
        openapi_refusal("openapi: 3.0.3\npaths:\n  /a:\n    parameters: []\n    GET: {}\n  /b: []\n  x-c: 1\n"),
        @r#"
    error[load/path-without-operations]: expected an operation (`get`, `post`, …) under `/a`, but found only `parameters`, `GET`
     --> openapi.yaml:3:3
      |
    3 |   /a:
      |   ^^
      |
      = help: add the operation or remove the path; method names are in lower case
    error[load/path-without-operations]: expected an operation (`get`, `post`, …) under `/b`, but found a list
     --> openapi.yaml:6:3
      |
    6 |   /b: []
      |   ^^
      |
      = help: add the operation or remove the path; method names are in lower case
    "#
    );
}

#[test]
fn a_path_without_operations_beside_others_is_a_warning() {
    let text = "openapi: 3.0.3\npaths:\n  /a: {get: {responses: {}}}\n  /b: {}\n  /c: {$ref: x}\n  x-d: 1\n";
    let document = super::super::load(&source(text)).expect("a document with an operation");
    let warnings = super::super::warnings(&document);
    assert_eq!(warnings.len(), 1);
    insta::assert_snapshot!(warnings[0], @r#"
    warning[load/path-without-operations]: expected an operation (`get`, `post`, …) under `/b`, but found nothing
     --> a.yaml:4:3
      |
    4 |   /b: {}
      |   ^^
      |
      = help: add the operation or remove the path; method names are in lower case
    "#);
}

#[test]
fn an_operation_that_is_no_mapping_is_refused_and_not_left_out() {
    insta::assert_snapshot!(
        openapi_refusal("openapi: 3.0.3\npaths:\n  /a: {get: {}, post: 5}\n  /b:\n    put:\n  x-c: {get: 1}\n"),
        @r"
    error[load/operation]: expected an operation to be a mapping, but found a number
     --> openapi.yaml:3:23
      |
    3 |   /a: {get: {}, post: 5}
      |                       ^
      |
      = help: write the operation's `responses` below it, or remove it
    error[load/operation]: expected an operation to be a mapping, but found nothing (null)
     --> openapi.yaml:5:8
      |
    5 |     put:
      |        ^
      |
      = help: write the operation's `responses` below it, or remove it
    "
    );
}
