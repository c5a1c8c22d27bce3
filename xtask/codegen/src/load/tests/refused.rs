//! The messages for texts that are refused.

use super::*;

fn codes(failure: &Failure) -> Vec<&'static str> {
    failure
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect()
}

#[test]
fn a_syntax_error_says_what_was_expected() {
    insta::assert_snapshot!(refusal("info:\n  title: A: B\n"), @"");
    insta::assert_snapshot!(refusal("info:\n  title: A\n version: 1\n"), @"");
    insta::assert_snapshot!(refusal("info:\n  title\n  version: 1\n"), @"");
    insta::assert_snapshot!(refusal("a: 'x\nb: 2\n"), @"");
    insta::assert_snapshot!(refusal("a: \"x\\q\"\n"), @"");
    insta::assert_snapshot!(refusal("a: @x\n"), @"");
    insta::assert_snapshot!(refusal("a: [1, 2}\n"), @"");
    insta::assert_snapshot!(refusal("{\"a\": 1\n \"b\": 2}\n"), @"");
    insta::assert_snapshot!(refusal("a: 1\n\u{0}\n"), @"");
}

#[test]
fn a_key_twice_is_reported_with_both_places_and_all_of_them_at_once() {
    let failure =
        refusal("paths:\n  /a:\n    get: {x: 1, y: 2, x: 3}\n    get: {}\n\"paths\": {}\n");
    insta::assert_snapshot!(failure, @"");
    assert_eq!(failure.findings[0].pointer, "/paths/~1a/get/x");
}

#[test]
fn many_keys_twice_are_counted() {
    let text: String = (0..500).map(|n| format!("k{n}: 1\nk{n}: 2\n")).collect();
    let failure = refusal(&text);
    assert_eq!(failure.findings.len(), 101);
    assert!(failure.findings[100].problem.contains("400 more"));
}

#[test]
fn a_tab_as_indentation_is_shown() {
    insta::assert_snapshot!(refusal("paths:\n\t/a: 1\n"), @"");
    insta::assert_snapshot!(refusal("paths:\n  /a:\n  \tget: 1\n"), @"");
}

#[test]
fn an_unknown_alias_is_named() {
    insta::assert_snapshot!(refusal("a: &one 1\nb: [*one, *two]\n"), @"");
}

#[test]
fn an_alias_of_a_node_around_it_is_refused() {
    insta::assert_snapshot!(refusal("a: &a\n  b: [*a]\n"), @"");
}

#[test]
fn a_flow_collection_without_an_end_is_shown_where_it_begins() {
    insta::assert_snapshot!(refusal("a: {x: 1, y: 2\nb: 2\n"), @"");
    insta::assert_snapshot!(refusal("paths:\n  a: [1, {x: ']'}\n"), @"");
    insta::assert_snapshot!(refusal("{\"a\": {\"b\": [1, 2]}"), @"");
}

#[test]
fn an_empty_text_is_refused() {
    insta::assert_snapshot!(refusal(""), @"");
    insta::assert_snapshot!(refusal("\u{feff}# nothing\n---\n# here\n"), @"");
    assert_eq!(codes(&refusal(" \n\n")), ["load/empty"]);
}

#[test]
fn a_web_page_is_recognised() {
    insta::assert_snapshot!(refusal("\u{feff}\n  <!DOCTYPE html>\n<html><title>Login</title>\n"), @"");
    assert_eq!(codes(&refusal("<html lang=\"en\">")), ["load/web-page"]);
}

#[test]
fn a_second_document_is_shown() {
    insta::assert_snapshot!(refusal("---\na: 1\n---\nb: 2\n"), @"");
}

#[test]
fn a_root_that_is_no_mapping_is_refused() {
    insta::assert_snapshot!(refusal("- a\n- b\n"), @"");
    assert_eq!(codes(&refusal("just text")), ["load/no-mapping"]);
    assert_eq!(codes(&refusal("null")), ["load/no-mapping"]);
}

#[test]
fn a_tag_or_key_without_a_meaning_in_json_is_refused() {
    insta::assert_snapshot!(refusal("a: !php/object x\n"), @"");
    insta::assert_snapshot!(refusal("a: !!int x\n"), @"");
    insta::assert_snapshot!(refusal("? [a, b]\n: 1\n"), @"");
}

#[test]
fn what_is_no_openapi_3_0_is_refused() {
    insta::assert_snapshot!(openapi_refusal("title: x\npaths: {}\n"), @"");
    insta::assert_snapshot!(openapi_refusal("info: {}\nswagger: \"2.0\"\npaths: {}\n"), @"");
    insta::assert_snapshot!(openapi_refusal("openapi: 3.1.0\npaths: {}\n"), @"");
    insta::assert_snapshot!(openapi_refusal("openapi: '4.0'\n"), @"");
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0\n"), @"");
}

#[test]
fn a_document_without_operations_is_refused() {
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0.3\ninfo: {}\n"), @"");
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0.3\npaths: {}\n"), @"");
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0.3\npaths: []\n"), @"");
    insta::assert_snapshot!(
        openapi_refusal("openapi: 3.0.3\npaths:\n  /a:\n    parameters: []\n    GET: {}\n  /b: []\n  x-c: 1\n"),
        @""
    );
}

#[test]
fn a_path_without_operations_beside_others_is_a_warning() {
    let text = "openapi: 3.0.3\npaths:\n  /a: {get: {responses: {}}}\n  /b: {}\n  /c: {$ref: x}\n  x-d: 1\n";
    let document = super::super::load(&source(text)).expect("a document with an operation");
    let warnings = super::super::warnings(&document);
    assert_eq!(warnings.len(), 1);
    insta::assert_snapshot!(warnings[0], @"");
}
