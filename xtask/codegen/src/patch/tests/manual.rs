//! The manual says what the code does.

use crate::load;
use crate::patch::{PatchReport as Report, State, apply, condition};
use crate::source::Source;
use crate::supplement;

const MANUAL: &str = include_str!("../../../../../docs/patches.md");

const README: &str = include_str!("../../../../../README.md");
const UPSTREAM: &str = include_str!("../../../../../spec/upstream/openapi.yaml");

/// The fenced YAML in `text` that begins with `start`.
fn example<'t>(text: &'t str, start: &str) -> &'t str {
    let fence = format!("```yaml\n{start}");
    let begin = text
        .find(&fence)
        .unwrap_or_else(|| panic!("expected an example that begins with {start}"));
    let begin = begin + "```yaml\n".len();
    let length = text[begin..].find("```").expect("an end of the example");
    &text[begin..begin + length]
}

fn assert_applied(document: &str, overlay: &str, count: usize) {
    let document = load::yaml(&Source::new("openapi.yaml", document)).expect("it is YAML");
    let (_, reports) = apply(&document, &[Source::new("patches.md", overlay)], &[])
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(reports.len(), count);
    for report in reports {
        let Report {
            id, state, advice, ..
        } = report;
        assert_eq!(state, State::Applied, "{id}: {advice}");
    }
}

/// The supplement says something that `document` leaves out, and nothing that it contradicts.
fn assert_supplies(document: &str, text: &str) {
    let document = load::yaml(&Source::new("openapi.yaml", document)).expect("it is YAML");
    let supplemented = supplement::apply(&document, &[Source::new("patches.md", text)], &[])
        .unwrap_or_else(|failure| panic!("{failure}"));
    let counts = supplement::counts(&supplemented.reports);
    assert!(counts.supplied > 0 && counts.contradicted == 0, "{counts}");
}

#[test]
fn the_overlay_of_the_manual_applies() {
    let schema = r#"{"properties": {
        "customProxy": {"example": []}, "cookies": {"type": "integer"}, "xbc": {"type": "integer"}}}"#;
    let document = format!(
        r#"{{"paths": {{"/api/authenticate": {{"post": {{"requestBody": {{"content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}}}"#
    );
    assert_applied(&document, example(MANUAL, "overlay: "), 2);
}

#[test]
fn the_supplement_of_the_manual_fills_in_what_is_left_out() {
    let document = r#"{"openapi": "3.0.3", "paths": {"/api/beds/{id}": {"get": {"responses": {"200": {"content": {
        "application/json": {"schema": {"type": "object", "properties": {
            "owner": {"type": "string", "example": null, "nullable": true}}}}}}}}}}}"#;
    assert_supplies(document, example(MANUAL, "openapi: "));
}

#[test]
fn the_examples_of_the_readme_apply_to_the_vendored_document() {
    assert_applied(UPSTREAM, example(README, "overlay: "), 1);
    assert_supplies(UPSTREAM, example(README, "openapi: "));
}

#[test]
fn every_test_of_a_condition_is_in_the_manual() {
    for key in condition::KEYS.iter().filter(|key| **key != "at") {
        assert!(
            MANUAL.contains(&format!("\n| `{key}: ")),
            "expected docs/patches.md to have a row for `{key}` in the table of tests"
        );
    }
}
