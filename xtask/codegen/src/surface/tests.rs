//! What a surface says, and that it says all of it.

use super::of;

/// A small client that has every form that polish gives.
const CLIENT: &str = include_str!("../../tests/fixtures/surface/client.rs");

fn surface(client: &str) -> String {
    let file = syn::parse_str(client).expect("the client is Rust");
    of(&file).expect("every form is known")
}

fn problem(client: &str) -> String {
    let file = syn::parse_str(client).expect("the client is Rust");
    let failure = of(&file).expect_err("the form is not known");
    let problems: Vec<String> = failure
        .findings
        .into_iter()
        .map(|finding| finding.problem)
        .collect();
    problems.join("\n")
}

/// The lines that changed when `from` became `to` in the client.
fn changed(from: &str, to: &str) -> String {
    assert!(CLIENT.contains(from), "the fixture has no `{from}`");
    let (before, after) = (surface(CLIENT), surface(&CLIENT.replacen(from, to, 1)));
    let only = |these: &str, those: &str, sign: char| -> Vec<String> {
        let others: std::collections::BTreeSet<&str> = those.lines().collect();
        let lines = these.lines().filter(|line| !others.contains(line));
        lines.map(|line| format!("{sign} {line}")).collect()
    };
    let mut lines = only(&before, &after, '-');
    lines.extend(only(&after, &before, '+'));
    lines.join("\n")
}

#[test]
fn every_public_item_has_its_line() {
    insta::assert_snapshot!(surface(CLIENT), @"");
}
