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
    insta::assert_snapshot!(refusal("info:\n  title: A: B\n"), @r#"
    error[load/syntax]: expected the value to end here, but found `: B`
     --> a.yaml:2:11
      |
    2 |   title: A: B
      |           ^
      |
      = help: quote the value if it contains `: `, or add the `:` or the indentation that this line or the one above lacks
    "#);
    insta::assert_snapshot!(refusal("info:\n  title: A\n version: 1\n"), @r#"
    error[load/syntax]: expected a key with the indentation of the keys above it, but found `version: 1`
     --> a.yaml:3:2
      |
    3 |  version: 1
      |  ^
      |
      = help: indent the line as its neighbours, or quote the value that ended too early
    "#);
    insta::assert_snapshot!(refusal("info:\n  title\n  version: 1\n"), @r#"
    error[load/syntax]: expected the value to end here, but found `: 1`
     --> a.yaml:3:10
      |
    3 |   version: 1
      |          ^
      |
      = help: quote the value if it contains `: `, or add the `:` or the indentation that this line or the one above lacks
    "#);
    insta::assert_snapshot!(refusal("a: 'x\nb: 2\n"), @r#"
    error[load/syntax]: expected a closing quote, but found `'x`
     --> a.yaml:1:4
      |
    1 | a: 'x
      |    ^
      |
      = help: close the quote that begins here, or indent the lines that belong to it
    "#);
    insta::assert_snapshot!(refusal("a: \"x\\q\"\n"), @r#"
    error[load/syntax]: expected an escape that YAML knows (such as \n, \" or \u00e9) in double quotes, but found `"x\q"`
     --> a.yaml:1:4
      |
    1 | a: "x\q"
      |    ^
      |
      = help: double the backslash, or use single quotes
    "#);
    insta::assert_snapshot!(refusal("a: @x\n"), @r#"
    error[load/syntax]: expected a value, but found `@x`
     --> a.yaml:1:4
      |
    1 | a: @x
      |    ^
      |
      = help: quote the value: no plain text can begin with this character
    "#);
    insta::assert_snapshot!(refusal("a: [1, 2}\n"), @r#"
    error[load/syntax]: expected `,` or `]` after the item, but found `}`
     --> a.yaml:1:9
      |
    1 | a: [1, 2}
      |         ^
      |
      = help: add the missing comma or bracket, or quote the value
    "#);
    insta::assert_snapshot!(refusal("{\"a\": 1\n \"b\": 2}\n"), @r#"
    error[load/syntax]: expected `,` or `}` after the entry, but found `: 2}`
     --> a.yaml:2:5
      |
    2 |  "b": 2}
      |     ^
      |
      = help: add the missing comma or bracket, or quote the value
    "#);
    insta::assert_snapshot!(refusal("a: 1\n\u{0}\n"), @r#"
    error[load/syntax]: expected printable text, but found the control character U+0000
     --> a.yaml:2:1
      |
    2 | ␀
      | ^
      |
      = help: remove the control character; the file may be damaged or no text at all
    "#);
}

#[test]
fn a_key_twice_is_reported_with_both_places_and_all_of_them_at_once() {
    let failure =
        refusal("paths:\n  /a:\n    get: {x: 1, y: 2, x: 3}\n    get: {}\n\"paths\": {}\n");
    insta::assert_snapshot!(failure, @r#"
    error[load/duplicate-key]: expected every key of a mapping once, but found `x` again
     --> a.yaml:3:23
      |
    3 |     get: {x: 1, y: 2, x: 3}
      |           -           ^
      |           |
      |           it stands here already
      |
      = help: remove one of the two, or merge what they say into one
    error[load/duplicate-key]: expected every key of a mapping once, but found `get` again
     --> a.yaml:4:5
      |
    3 |     get: {x: 1, y: 2, x: 3}
      |     --- it stands here already
    4 |     get: {}
      |     ^^^
      |
      = help: remove one of the two, or merge what they say into one
    error[load/duplicate-key]: expected every key of a mapping once, but found `paths` again
     --> a.yaml:5:1
      |
    1 | paths:
      | ----- it stands here already
    ...
    5 | "paths": {}
      | ^^^^^^^
      |
      = help: remove one of the two, or merge what they say into one
    "#);
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
    insta::assert_snapshot!(refusal("paths:\n\t/a: 1\n"), @r#"
    error[load/tab]: expected spaces as indentation, but found a tab, which YAML forbids there
     --> a.yaml:2:1
      |
    2 |     /a: 1
      | ^^^^
      |
      = help: replace the tabs at the beginning of lines by spaces
    "#);
    insta::assert_snapshot!(refusal("paths:\n  /a:\n  \tget: 1\n"), @r#"
    error[load/tab]: expected spaces as indentation, but found a tab, which YAML forbids there
     --> a.yaml:3:3
      |
    3 |       get: 1
      |   ^^^^
      |
      = help: replace the tabs at the beginning of lines by spaces
    "#);
}

#[test]
fn an_unknown_alias_is_named() {
    insta::assert_snapshot!(refusal("a: &one 1\nb: [*one, *two]\n"), @r#"
    error[load/alias]: expected an alias of an anchor above it, but found `*two`, which nothing is named
     --> a.yaml:2:11
      |
    2 | b: [*one, *two]
      |           ^^^^
      |
      = help: write `&two` before the node that is meant, or quote the text if it is no alias
    "#);
}

#[test]
fn an_alias_of_a_node_around_it_is_refused() {
    insta::assert_snapshot!(refusal("a: &a\n  b: [*a]\n"), @r#"
    error[load/alias]: expected an alias of a node that has ended, but found one of a node around it: it would contain itself
     --> a.yaml:2:7
      |
    2 |   b: [*a]
      |       ^^
      |
      = help: write the inner value out, or use `$ref` for a schema that contains itself
    "#);
}

#[test]
fn a_flow_collection_without_an_end_is_shown_where_it_begins() {
    insta::assert_snapshot!(refusal("a: {x: 1, y: 2\nb: 2\n"), @r#"
    error[load/unterminated]: expected `}` at the end of the mapping that begins here, but found `: 2`
     --> a.yaml:1:4
      |
    1 | a: {x: 1, y: 2
      |    ^
    2 | b: 2
      |  - it has not ended here
      |
      = help: close the mapping with `}`, or quote the value if the bracket is part of a text
    "#);
    insta::assert_snapshot!(refusal("paths:\n  a: [1, {x: ']'}\n"), @r#"
    error[load/unterminated]: expected `]` at the end of the list that begins here, but found the end of the text
     --> a.yaml:2:6
      |
    2 |   a: [1, {x: ']'}
      |      ^
      |
      = help: close the list with `]`, or quote the value if the bracket is part of a text
    "#);
    insta::assert_snapshot!(refusal("{\"a\": {\"b\": [1, 2]}"), @r#"
    error[load/unterminated]: expected `}` at the end of the mapping that begins here, but found the end of the text
     --> a.yaml:1:1
      |
    1 | {"a": {"b": [1, 2]}
      | ^
      |
      = help: close the mapping with `}`, or quote the value if the bracket is part of a text
    "#);
}

#[test]
fn an_empty_text_is_refused() {
    insta::assert_snapshot!(refusal(""), @r#"
    error[load/empty]: expected a document, but found an empty text in a.yaml
     --> a.yaml:1:1
      |
    1 |
      | ^
      |
      = help: check that the file was written or downloaded to its end
    "#);
    insta::assert_snapshot!(refusal("\u{feff}# nothing\n---\n# here\n"), @r#"
    error[load/empty]: expected a document, but found comments only in a.yaml
     --> a.yaml:1:1
      |
    1 | # nothing
      | ^
      |
      = help: check that the file was written or downloaded to its end
    "#);
    assert_eq!(codes(&refusal(" \n\n")), ["load/empty"]);
}

#[test]
fn a_web_page_is_recognised() {
    insta::assert_snapshot!(refusal("\u{feff}\n  <!DOCTYPE html>\n<html><title>Login</title>\n"), @r#"
    error[load/web-page]: expected YAML or JSON, but found HTML: this looks like a web page, perhaps a login page
     --> a.yaml:2:3
      |
    2 |   <!DOCTYPE html>
      |   ^^^^^^^^^^^^^^^
      |
      = help: give the address of the document itself (openapi.yaml), and log in first if it asks for that
    "#);
    assert_eq!(codes(&refusal("<html lang=\"en\">")), ["load/web-page"]);
}

#[test]
fn a_second_document_is_shown() {
    insta::assert_snapshot!(refusal("---\na: 1\n---\nb: 2\n"), @r#"
    error[load/several-documents]: expected one document, but found `---`, which begins a second one
     --> a.yaml:3:1
      |
    3 | ---
      | ^^^
      |
      = help: put each document into a file of its own; several files of one API are merged
    "#);
}

#[test]
fn a_root_that_is_no_mapping_is_refused() {
    insta::assert_snapshot!(refusal("- a\n- b\n"), @r#"
    error[load/no-mapping]: expected a mapping (`key: value` lines), but found a list
     --> a.yaml:1:1
      |
    1 | - a
      | ^^^
      |
      = help: check that this is the OpenAPI document or the overlay that you meant
    "#);
    assert_eq!(codes(&refusal("just text")), ["load/no-mapping"]);
    assert_eq!(codes(&refusal("null")), ["load/no-mapping"]);
}

#[test]
fn a_tag_or_key_without_a_meaning_in_json_is_refused() {
    insta::assert_snapshot!(refusal("a: !php/object x\n"), @r#"
    error[load/tag]: expected a tag of YAML (!!str, !!int, …), but found `!php/object x`
     --> a.yaml:1:4
      |
    1 | a: !php/object x
      |    ^^^^^^^^^^^^^
      |
      = help: remove the tag, or quote the value if it is text
    "#);
    insta::assert_snapshot!(refusal("a: !!int x\n"), @r#"
    error[load/tag]: expected an integer, but found `!!int x`
     --> a.yaml:1:4
      |
    1 | a: !!int x
      |    ^^^^^^^
      |
      = help: remove the tag, or quote the value if it is text
    "#);
    insta::assert_snapshot!(refusal("? [a, b]\n: 1\n"), @r#"
    error[load/key]: expected a key of one word or a quoted text, but found a mapping or list
     --> a.yaml:1:3
      |
    1 | ? [a, b]
      |   ^
      |
      = help: write the key as text; if it was meant as a value, put a key in front of it
    "#);
}

#[test]
fn what_is_no_openapi_3_0_is_refused() {
    insta::assert_snapshot!(openapi_refusal("title: x\npaths: {}\n"), @r#"
    error[load/no-openapi]: expected an OpenAPI document with `openapi: 3.0.x`, but found a mapping of `title`, `paths`
     --> openapi.yaml:1:1
      |
    1 | title: x
      | ^
      |
      = help: check that this is the OpenAPI document; `openapi` belongs at its top level
    "#);
    insta::assert_snapshot!(openapi_refusal("info: {}\nswagger: \"2.0\"\npaths: {}\n"), @r#"
    error[load/openapi-2]: expected OpenAPI 3.0.x, but found Swagger 2.0
     --> openapi.yaml:2:10
      |
    2 | swagger: "2.0"
      |          ^^^^^
      |
      = help: convert it to OpenAPI 3.0 (for example with swagger2openapi), or export 3.0 from the tool that wrote it
    "#);
    insta::assert_snapshot!(openapi_refusal("openapi: 3.1.0\npaths: {}\n"), @r#"
    error[load/openapi-3.1]: expected OpenAPI 3.0.x, but found 3.1.0
     --> openapi.yaml:1:10
      |
    1 | openapi: 3.1.0
      |          ^^^^^
      |
      = help: let Scribe write 3.0 (`openapi.version` in config/scribe.php), convert the document down to 3.0, or ask for 3.1 support
    "#);
    insta::assert_snapshot!(openapi_refusal("openapi: '4.0'\n"), @r#"
    error[load/openapi-version]: expected OpenAPI 3.0.x, but found the version `4.0`
     --> openapi.yaml:1:10
      |
    1 | openapi: '4.0'
      |          ^^^^^
      |
      = help: convert the document to OpenAPI 3.0
    "#);
    insta::assert_snapshot!(openapi_refusal("openapi: 3.0\n"), @r#"
    error[load/openapi-version]: expected `openapi` to be a text such as 3.0.3, but found a number (3.0)
     --> openapi.yaml:1:10
      |
    1 | openapi: 3.0
      |          ^^^
      |
      = help: write `openapi: 3.0.3`
    "#);
}
