//! What the surface of a client says, and that its text says all of it.

use std::path::Path;

use scribe_codegen::pipeline::{self, Input, Outcome};
use scribe_codegen::source::Source;
use scribe_codegen::surface::Surface;

/// What the pipeline makes of the document at `path`, below this crate; none when it is not there.
fn made(path: &str) -> Option<Outcome> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: {} is absent", file.display());
        return None;
    };
    let input = Input::of(Source::new(path, text));
    Some(pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}")))
}

#[test]
fn every_public_item_has_its_line() {
    let outcome = made("tests/pairs/base.yaml").expect("the document is there");
    insta::assert_snapshot!(outcome.surface);
}

#[test]
fn a_surface_reads_back_as_it_is_written() {
    for path in [
        "tests/pairs/base.yaml",
        "../../tests/fixtures/forms.yaml",
        "../../spec/upstream/openapi.yaml",
        "../../../shared/upstream/full.yaml",
    ] {
        let Some(outcome) = made(path) else { continue };
        let read = Surface::parse(&outcome.surface);
        assert!(read == outcome.lines, "{path}");
        assert_eq!(read.to_text(), outcome.surface, "{path}");
        let unknown = read.operations.values().map(|of| of.others.len());
        let unknown = unknown.chain(read.types.values().map(|of| of.others.len()));
        assert_eq!(unknown.sum::<usize>(), 0, "{path}");
    }
}

#[test]
fn a_line_of_no_known_form_is_kept_as_it_stands() {
    let text = "operation a GET /a id a builder A strange\noperation a answer X\noperation a answer Y\n\
                something else\ntype T field f: String default\ntype T struct {}\n";
    let read = Surface::parse(text).to_text();
    let lines: Vec<&str> = read.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.join("\n") + "\n", text);
}

#[test]
fn a_surface_is_sorted_by_its_bytes_and_ends_with_a_line() {
    let surface = made("tests/pairs/base.yaml").expect("it is there").surface;
    let (comments, lines): (Vec<&str>, Vec<&str>) =
        surface.lines().partition(|line| line.starts_with('#'));
    assert!(comments[0].starts_with("# made by"));
    assert!(surface.starts_with(&comments.join("\n")));
    assert!(lines.is_sorted(), "{surface}");
    assert!(surface.ends_with('\n') && !surface.ends_with("\n\n"));
}

/// An operation, a parameter and a field that should not be used any more.
const DEPRECATED: &str = "openapi: 3.0.3
info: { title: A, version: '1' }
paths:
  /a:
    post:
      operationId: oldOne
      deprecated: true
      description: 'Makes one. Deprecated: call `/b`.'
      parameters:
        - { in: query, name: page, deprecated: true, schema: { type: integer } }
        - { in: query, name: size, schema: { type: integer } }
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { colour: { type: string, deprecated: true, description: Deprecated since May. }, name: { type: string } } }
      responses: {}
";

#[test]
fn what_is_deprecated_says_so_in_the_words_of_the_document() {
    let outcome = pipeline::run(&Input::of(Source::new("a.yaml", DEPRECATED)))
        .unwrap_or_else(|failure| panic!("{failure}"));
    let lines: Vec<&str> = outcome.client.lines().map(str::trim).collect();
    let marked = lines.windows(3).filter_map(|lines| {
        let next = lines[1..].iter().find(|line| line.starts_with("pub "));
        lines[0]
            .starts_with("#[deprecated")
            .then_some((lines[0], *next?))
    });
    let marked: Vec<String> = marked
        .map(|(mark, item)| format!("{mark} {}", item.split('(').next().unwrap_or_default()))
        .collect();
    insta::assert_snapshot!(marked.join("\n"));
    let said = outcome.surface.lines();
    let said: Vec<&str> = said.filter(|line| line.ends_with(" deprecated")).collect();
    insta::assert_snapshot!(said.join("\n"));
    // Where it is nobody's warning, it is none of the client's.
    assert!(
        outcome
            .client
            .contains("#[allow(deprecated, missing_docs)]")
    );
}
