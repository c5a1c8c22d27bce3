//! The manual says what the code does.

use crate::load;
use crate::patch::{State, apply, condition};
use crate::source::Source;

const MANUAL: &str = include_str!("../../../../../docs/patches.md");

#[test]
fn the_example_of_the_manual_applies() {
    let (_, rest) = MANUAL.split_once("```yaml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("an end of the example");
    let schema = r#"{"properties": {
        "customProxy": {"example": []}, "cookies": {"type": "string"}, "xbc": {"type": "string"}}}"#;
    let text = format!(
        r#"{{"paths": {{"/api/authenticate": {{"post": {{"requestBody": {{"content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}}}"#
    );
    let document = load::yaml(&Source::new("openapi.json", text)).expect("it is JSON");
    let (_, reports) = apply(&document, &[Source::new("patches.md", example)], &[])
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(reports.len(), 3);
    for report in reports {
        assert_eq!(
            report.state,
            State::Applied,
            "{}: {}",
            report.id,
            report.advice
        );
    }
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
