//! Pairs of surfaces, and what the comparison says of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Change, Level, RULES, Report, compare, level, markdown, text};

/// A line for each change.
fn said(changes: &[Change]) -> String {
    let line = |change: &Change| format!("{} {} {}", change.level.name(), change.kind, change.item);
    changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Surfaces before and after, and what is said of them; `|` ends a line.
const PAIRS: &[(&str, &str, &str)] = &[
    // Operations
    (
        "",
        "operation poll GET /a id poll builder Poll",
        "minor operation-added operation poll",
    ),
    (
        "operation poll GET /a id poll builder Poll|operation poll answer X",
        "",
        "major operation-removed operation poll",
    ),
    (
        "operation a GET /a/{id} id a builder A|operation a answer X",
        "operation b GET /a/{key} id b builder B|operation b answer X",
        "patch operation-id-changed operation b|major operation-renamed operation b|patch operation-template-changed operation b",
    ),
    (
        "operation a GET /a id same builder A",
        "operation b PUT /b id same builder B",
        "major operation-moved operation b|major operation-renamed operation b",
    ),
    (
        "operation a GET /a id a builder A",
        "operation a GET /b id a builder A",
        "major operation-moved operation a",
    ),
    (
        "operation a GET /a id a builder A",
        "operation a PUT /a id a builder A",
        "major operation-moved operation a",
    ),
    (
        "operation a GET /a/{x} id a builder A",
        "operation a GET /a/{y} id a builder A",
        "patch operation-template-changed operation a",
    ),
    (
        "operation a GET /a id a builder A",
        "operation a GET /a id b builder A",
        "patch operation-id-changed operation a",
    ),
    (
        "operation a GET /a id a builder A",
        "operation a GET /a id a builder B",
        "major operation-builder-renamed operation a",
    ),
    (
        "operation a GET /a id a builder A",
        "operation a GET /a id a builder A deprecated",
        "minor item-deprecated operation a",
    ),
    (
        "operation a GET /a id a builder A deprecated",
        "operation a GET /a id a builder A",
        "patch item-undeprecated operation a",
    ),
    (
        "operation a GET /a id a builder A",
        "operation a GET /a id a builder A private",
        "major item-changed operation a",
    ),
    (
        "operation a answer X",
        "operation a answer Y",
        "major operation-answer-changed operation a",
    ),
    (
        "operation a answer X",
        "operation a answer X by \"{ bytes }\"",
        "major operation-answer-changed operation a",
    ),
    (
        "operation a setting idempotent: true",
        "operation a setting idempotent: false",
        "minor operation-setting-changed operation a setting idempotent",
    ),
    (
        "operation a answer X|operation a setting idempotent: true",
        "operation a answer X",
        "minor operation-setting-changed operation a setting idempotent",
    ),
    (
        "operation a answer X|operation a traits (Debug)",
        "operation a answer X|operation a traits (Clone)",
        "minor trait-added operation a trait Clone|major trait-removed operation a trait Debug",
    ),
    (
        "operation a answer X",
        "operation a answer X|operation a statement call.accept();",
        "minor item-added operation a statement call.accept();",
    ),
    (
        "operation a answer X|operation a statement call.accept();",
        "operation a answer X",
        "major item-removed operation a statement call.accept();",
    ),
    // Parameters
    (
        "operation a answer X",
        "operation a answer X|operation a parameter p: i64 in query optional",
        "minor parameter-added operation a parameter p",
    ),
    (
        "operation a answer X",
        "operation a answer X|operation a parameter p: i64 in query required",
        "major parameter-added operation a parameter p",
    ),
    (
        "operation a answer X|operation a parameter p: i64 in query optional",
        "operation a answer X",
        "major parameter-removed operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter p: String in query optional",
        "major parameter-type-changed operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter p: i64 exactly in query optional",
        "major parameter-type-changed operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter p: i64 in header optional",
        "major parameter-place-changed operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter p: i64 in query wire P optional",
        "major parameter-wire-name-changed operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter q: i64 in query wire p optional",
        "major parameter-renamed operation a parameter q",
    ),
    (
        "operation a parameter p: i64 in query required",
        "operation a parameter q: i64 in query wire p required",
        "patch parameter-renamed operation a parameter q",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter q: i64 in query optional",
        "major parameter-removed operation a parameter p|minor parameter-added operation a parameter q",
    ),
    (
        "operation a GET /a/{x}/{y} id a builder A|operation a parameter x: i64 in path required|operation a parameter y: i64 in path required",
        "operation a GET /a/{x}/{z} id a builder A|operation a parameter x: i64 in path required|operation a parameter z: i64 in path required",
        "patch parameter-renamed operation a parameter z",
    ),
    (
        "operation a parameter body: X in json required",
        "operation a parameter form: X in json required",
        "patch parameter-renamed operation a parameter form",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter p: i64 in query required",
        "major parameter-now-required operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query required",
        "operation a parameter p: i64 in query optional",
        "major parameter-now-optional operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter p: i64 in query as \"p.join()\" optional",
        "major parameter-encoding-changed operation a parameter p",
    ),
    (
        "operation a parameter p: i64 in query optional",
        "operation a parameter p: i64 in query optional deprecated",
        "minor item-deprecated operation a parameter p",
    ),
    (
        "operation a arguments (x, y)|operation a parameter x: i64 in query required",
        "operation a arguments (y, x)|operation a parameter x: i64 in query required",
        "major arguments-reordered operation a",
    ),
    (
        "operation a arguments (x, y)|operation a parameter x: i64 in query required|operation a parameter y: i64 in query required",
        "operation a arguments (z, x, y)|operation a parameter x: i64 in query required|operation a parameter y: i64 in query required|operation a parameter z: i64 in query required",
        "major parameter-added operation a parameter z",
    ),
    // Types
    (
        "",
        "type A struct non_exhaustive|type A field f: String required",
        "minor type-added type A",
    ),
    (
        "type A struct non_exhaustive|type A field f: String required",
        "",
        "major type-removed type A",
    ),
    (
        "type A struct|type A field f: A required",
        "type B struct|type B field f: B required",
        "major type-renamed type B",
    ),
    (
        "type A struct",
        "type A enum|type A variant X",
        "major type-kind-changed type A",
    ),
    (
        "type A = Vec<X>",
        "type A struct",
        "major type-kind-changed type A",
    ),
    (
        "type A = Vec<X>",
        "type A = Vec<Y>",
        "major type-target-changed type A",
    ),
    (
        "type A struct",
        "type A struct non_exhaustive",
        "major type-now-non-exhaustive type A",
    ),
    (
        "type A struct non_exhaustive",
        "type A struct",
        "minor type-now-exhaustive type A",
    ),
    (
        "type A enum untagged",
        "type A enum serde(tag = \"kind\")",
        "major type-encoding-changed type A",
    ),
    (
        "type A enum open",
        "type A enum",
        "major type-encoding-changed type A",
    ),
    (
        "type A struct|type A code Serialize 123456",
        "type A struct|type A code Serialize abcdef",
        "major type-encoding-changed type A code Serialize",
    ),
    (
        "type A struct",
        "type A struct deprecated",
        "minor item-deprecated type A",
    ),
    (
        "type A struct|type A traits (Clone, From<X>)",
        "type A struct|type A traits (Clone, From<Y>)",
        "minor trait-added type A trait From<Y>|major trait-removed type A trait From<X>",
    ),
    (
        "type A struct",
        "type A struct|type A new ()",
        "minor constructor-added type A",
    ),
    (
        "type A struct|type A new ()",
        "type A struct",
        "major constructor-removed type A",
    ),
    (
        "type A struct|type A new (x, y)",
        "type A struct|type A new (y, x)",
        "major arguments-reordered type A",
    ),
    (
        "type A struct",
        "type A struct|type A method fn f(&self)",
        "minor method-added type A method f",
    ),
    (
        "type A struct|type A method fn f(&self)",
        "type A struct",
        "major method-removed type A method f",
    ),
    (
        "type A struct|type A method fn f(&self)",
        "type A struct|type A method fn f(self)",
        "major method-changed type A method f",
    ),
    (
        "type A struct|type A method fn f(&self)",
        "type A struct|type A macro m!(A)",
        "minor item-added type A macro m!(A)|major method-removed type A method f",
    ),
    (
        "type A struct|type A macro m!(A)",
        "type A struct",
        "major item-removed type A macro m!(A)",
    ),
    // Fields
    (
        "type A struct non_exhaustive",
        "type A struct non_exhaustive|type A field f: Option<String> optional",
        "minor field-added type A field f",
    ),
    (
        "type A struct non_exhaustive|type A new ()",
        "type A struct non_exhaustive|type A new (f)|type A field f: String required argument",
        "major field-added type A field f",
    ),
    (
        "type A struct",
        "type A struct|type A field f: String required",
        "major field-added type A field f",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct",
        "major field-removed type A field f",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct|type A field g: String wire f required",
        "major field-renamed type A field g",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct|type A field f: i64 required",
        "major field-type-changed type A field f",
    ),
    (
        "type A struct|type A field f: String wire F required",
        "type A struct|type A field f: String wire \"f f\" required",
        "major field-wire-name-changed type A field f",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct|type A field f: Option<String> optional",
        "major field-now-optional type A field f",
    ),
    (
        "type A struct|type A field f: Option<String> optional",
        "type A struct|type A field f: String required",
        "major field-now-required type A field f",
    ),
    (
        "type A struct|type A new (f)|type A field f: String required argument",
        "type A struct|type A new ()|type A field f: Option<String> optional setter",
        "major field-now-optional type A field f|minor setter-added type A field f",
    ),
    (
        "type A struct|type A new ()|type A field f: String default",
        "type A struct|type A new (f)|type A field f: String default argument",
        "major field-now-required type A field f",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct|type A field f: String default",
        "minor field-encoding-changed type A field f",
    ),
    (
        "type A struct|type A field f: Option<String> optional",
        "type A struct|type A field f: Option<String> nullable",
        "major field-encoding-changed type A field f",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct|type A field f: String required serde(with = \"x\")",
        "major field-encoding-changed type A field f",
    ),
    (
        "type A struct|type A field f: String required|type A field g: String required|type A order (f, g)",
        "type A struct|type A field f: String required|type A field g: String required|type A order (g, f)",
        "minor field-order-changed type A",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct|type A field f: String required setter",
        "minor setter-added type A field f",
    ),
    (
        "type A struct|type A field f: String required setter",
        "type A struct|type A field f: String required",
        "major setter-removed type A field f",
    ),
    (
        "type A struct|type A field f: String required setter",
        "type A struct|type A field f: String required setter(String)",
        "major setter-changed type A field f",
    ),
    (
        "type A struct|type A field f: String required",
        "type A struct|type A field f: String required deprecated",
        "minor item-deprecated type A field f",
    ),
    // Variants
    (
        "type A enum open non_exhaustive",
        "type A enum open non_exhaustive|type A variant X wire x",
        "minor variant-added type A variant X",
    ),
    (
        "type A enum",
        "type A enum|type A variant X",
        "major variant-added type A variant X",
    ),
    (
        "type A enum|type A variant X",
        "type A enum",
        "major variant-removed type A variant X",
    ),
    (
        "type A enum open|type A variant X wire x",
        "type A enum open|type A variant Y wire x",
        "major variant-renamed type A variant Y",
    ),
    (
        "type A enum untagged|type A variant X(Z)",
        "type A enum untagged|type A variant Y(Z)",
        "major variant-renamed type A variant Y",
    ),
    (
        "type A enum|type A variant X(Z)",
        "type A enum|type A variant Y(Z)",
        "major variant-removed type A variant X|major variant-added type A variant Y",
    ),
    (
        "type A enum open|type A variant X wire x",
        "type A enum open|type A variant X wire y",
        "major variant-wire-changed type A variant X",
    ),
    (
        "type A enum open|type A variant X wire X",
        "type A enum open|type A variant X",
        "major variant-wire-changed type A variant X",
    ),
    (
        "type A enum untagged|type A variant X(Y)",
        "type A enum untagged|type A variant X(Z)",
        "major variant-type-changed type A variant X",
    ),
    (
        "type A enum|type A variant X",
        "type A enum|type A variant X serde(other)",
        "major variant-encoding-changed type A variant X",
    ),
    (
        "type A enum untagged|type A variant X(Y)|type A variant Z(Z)|type A order (X, Z)",
        "type A enum untagged|type A variant X(Y)|type A variant Z(Z)|type A order (Z, X)",
        "major variant-order-changed type A",
    ),
    (
        "type A enum untagged non_exhaustive|type A variant X(Y)|type A variant Z(Z)|type A order (X, Z)",
        "type A enum untagged non_exhaustive|type A variant X(Y)|type A variant N(N)|type A variant Z(Z)|type A order (X, N, Z)",
        "minor variant-added type A variant N",
    ),
    // Lines of no known form
    (
        "",
        "item :: pub struct X;",
        "minor item-added item :: pub struct X;",
    ),
    ("anything", "", "major item-removed anything"),
    ("type A", "type A ", ""),
    (
        "type A new (x)|type A struct",
        "type A new (x) strange|type A struct",
        "major item-changed type A",
    ),
    // What is no change
    (
        "type A struct|operation a answer A|# made by x",
        "# made by y||operation a answer A|type A struct",
        "",
    ),
    // A renamed type is one change, wherever it is mentioned.
    (
        "operation a answer Vec<Old>|operation a parameter b: Old in json required|type Old struct|type Old traits (From<Old>)|type Old field next: Option<Old> optional setter(Option<Old>)|type U enum untagged|type U variant Old(Old)|type W = Vec<types::Old>|type W method fn w(&self) -> Old",
        "operation a answer Vec<New>|operation a parameter b: New in json required|type New struct|type New traits (From<New>)|type New field next: Option<New> optional setter(Option<New>)|type U enum untagged|type U variant Old(New)|type W = Vec<types::New>|type W method fn w(&self) -> New",
        "major type-renamed type New",
    ),
    // A chain of types that mention each other, and a ring.
    (
        "type A1 struct|type A1 field x: B1 required|type B1 struct|type B1 field y: String required",
        "type A2 struct|type A2 field x: B2 required|type B2 struct|type B2 field y: String required",
        "major type-renamed type A2|major type-renamed type B2",
    ),
    (
        "type A1 struct|type A1 field x: B1 required|type B1 struct|type B1 field y: A1 required",
        "type A2 struct|type A2 field x: B2 required|type B2 struct|type B2 field y: A2 required",
        "major type-renamed type A2|major type-renamed type B2",
    ),
    // Two types of equal content: those belong together that stand in the same places.
    (
        "operation a answer P1|operation b answer P2|type P1 struct|type P2 struct",
        "operation a answer Q2|operation b answer Q1|type Q1 struct|type Q2 struct",
        "major type-renamed type Q1|major type-renamed type Q2",
    ),
];

fn lines(text: &str) -> String {
    text.replace('|', "\n")
}

#[test]
fn every_pair_is_told_and_graded() {
    let mut wrong = String::new();
    for (before, after, expected) in PAIRS {
        let found = said(&compare(&lines(before), &lines(after)));
        let sorted = |text: &str| -> BTreeSet<String> { text.lines().map(str::to_owned).collect() };
        if sorted(&found) != sorted(&lines(expected)) {
            let _ = writeln!(
                wrong,
                "before\n{}\nafter\n{}\nfound\n{found}\n",
                lines(before),
                lines(after)
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_pair_that_shows_it() {
    let mut shown = BTreeSet::new();
    for (before, after, _) in PAIRS {
        for change in compare(&lines(before), &lines(after)) {
            shown.insert((change.kind, change.level, change.reason));
        }
    }
    let missing: Vec<_> = RULES
        .iter()
        .filter(|rule| !shown.contains(&(rule.kind, rule.level, rule.reason)))
        .collect();
    assert!(
        missing.is_empty(),
        "add a pair to `PAIRS` that shows {missing:#?}"
    );
}

#[test]
fn the_manual_lists_every_rule_and_no_other() {
    let manual = include_str!("../../../../docs/diff.md");
    let written: Vec<&str> = manual
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let rules: Vec<String> = RULES
        .iter()
        .map(|rule| {
            format!(
                "| `{}` | {} | {} |",
                rule.kind,
                rule.level.name(),
                rule.reason
            )
        })
        .collect();
    assert_eq!(
        written,
        rules,
        "the table of docs/diff.md has to be:\n{}",
        rules.join("\n")
    );
}

#[test]
fn a_surface_is_the_same_as_itself_and_only_as_itself() {
    for (before, after, _) in PAIRS {
        let (before, after) = (lines(before), lines(after));
        for text in [&before, &after] {
            assert_eq!(said(&compare(text, text)), "");
            let reversed: Vec<&str> = text.lines().rev().collect();
            assert_eq!(said(&compare(text, &reversed.join("\n"))), "", "{text}");
        }
        assert_same_exactly_when_lines_are(&before, &after);
        assert_same_exactly_when_lines_are(&after, &before);
    }
}

/// Every pair of small surfaces drawn from a bag of lines that are alike: a change of any line is said.
#[test]
fn surfaces_drawn_at_random_differ_exactly_when_their_lines_do() {
    let bag: BTreeSet<String> = PAIRS
        .iter()
        .flat_map(|(before, after, _)| [lines(before), lines(after)])
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect();
    let bag: Vec<String> = bag.into_iter().collect();
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        // xorshift: any even spread will do, but the same on every run.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).expect("it is less than a usize")
    };
    for _ in 0..3_000 {
        let before: Vec<&str> = (0..next(12))
            .map(|_| bag[next(bag.len())].as_str())
            .collect();
        // Mostly the same lines, so that small differences are common.
        let mut after = before.clone();
        for _ in 0..next(3) {
            if next(2) == 0 && !after.is_empty() {
                after.remove(next(after.len()));
            } else {
                after.push(bag[next(bag.len())].as_str());
            }
        }
        assert_same_exactly_when_lines_are(&before.join("\n"), &after.join("\n"));
    }
}

fn assert_same_exactly_when_lines_are(before: &str, after: &str) {
    let set = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().map(str::trim_end);
        lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(str::to_owned)
            .collect()
    };
    let changes = compare(before, after);
    assert_eq!(
        changes.is_empty(),
        set(before) == set(after),
        "before\n{before}\nafter\n{after}\nfound\n{}",
        said(&changes)
    );
    let prints: BTreeSet<_> = changes.iter().map(|change| &change.fingerprint).collect();
    assert_eq!(
        prints.len(),
        changes.len(),
        "two changes have one fingerprint:\n{}",
        said(&changes)
    );
}

#[test]
fn a_fingerprint_is_of_the_change_alone() {
    let before = "operation a answer X\n";
    let alone = compare(before, "operation a answer Y");
    let among = compare(
        &format!("{before}type Z struct"),
        "operation a answer Y\ntype Q enum\n",
    );
    let print = |changes: &[Change]| {
        let change = changes
            .iter()
            .find(|change| change.kind == "operation-answer-changed");
        change.expect("the answer changed").fingerprint.clone()
    };
    assert_eq!(print(&alone), print(&among));
    assert_eq!(print(&alone), "9f437acaa1f5");
}

#[test]
fn a_change_of_a_type_names_the_only_operation_that_leads_to_it() {
    let before = "operation a answer Only\noperation a parameter b: Vec<Deep> in json required\n\
        operation b answer Shared\noperation c answer Shared\n\
        type Deep = Deeper\ntype Deeper struct\ntype Only struct\ntype Shared struct\ntype Lost struct\n";
    let after = before.replace(" struct", " struct non_exhaustive");
    let found: Vec<String> = compare(before, &after)
        .iter()
        .map(|change| format!("{}: {:?}", change.item, change.operation))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    type Deeper: Some("a")
    type Lost: None
    type Only: Some("a")
    type Shared: None
    "#);
}

fn mixed() -> Vec<Change> {
    compare(
        "operation poll GET /a id poll builder Poll\noperation poll answer X\n\
         operation poll parameter limit: i64 in query optional\ntype X enum open non_exhaustive\n",
        "operation list GET /b id list builder List\noperation poll GET /a id pull builder Poll\n\
         operation poll answer Vec<X>\ntype X enum open non_exhaustive\n\
         type X variant A wire \"``` | </details> <b>\"\nitem :: pub struct `Y`;\n",
    )
}

#[test]
fn text_starts_with_the_verdict_and_goes_on_with_what_breaks() {
    insta::assert_snapshot!(text(&mixed()));
    assert_eq!(text(&[]), "no change of the surface\n");
}

#[test]
fn markdown_keeps_the_text_of_items_in_code() {
    insta::assert_snapshot!(markdown(&mixed()));
    assert_eq!(markdown(&[]), "no change of the surface\n");
}

#[test]
fn json_has_the_level_and_the_changes() {
    let changes = compare("operation a answer X", "operation a answer Y");
    let json = serde_json::to_string_pretty(&Report::new(&changes)).expect("a report is JSON");
    insta::assert_snapshot!(json);
}

#[test]
fn the_level_is_the_highest() {
    assert_eq!(level(&[]), None);
    assert_eq!(level(&mixed()), Some(Level::Major));
    assert_eq!(level(&compare("", "type A struct")), Some(Level::Minor));
}

/// A surface of as many operations as the real one has, each with types of its own.
fn large(suffix: &str) -> String {
    let mut out = String::new();
    for n in 0..300 {
        let _ = writeln!(
            out,
            "operation op{n} GET /api/{{account}}/op{n} id op{n} builder Op{n}"
        );
        let _ = writeln!(out, "operation op{n} answer Answer{n}{suffix}");
        for parameter in 0..5 {
            let _ = writeln!(
                out,
                "operation op{n} parameter p{parameter}: i64 in query optional"
            );
        }
        for (kind, fields) in [("Answer", 14), ("Item", 10)] {
            let _ = writeln!(out, "type {kind}{n}{suffix} struct non_exhaustive");
            let _ = writeln!(
                out,
                "type {kind}{n}{suffix} traits (Clone, Debug, PartialEq)"
            );
            for field in 0..fields {
                let ty = if kind == "Answer" {
                    format!("Vec<Item{n}{suffix}>")
                } else {
                    "String".to_owned()
                };
                let _ = writeln!(
                    out,
                    "type {kind}{n}{suffix} field f{field}: Option<{ty}> optional"
                );
            }
        }
    }
    out
}

#[test]
fn a_large_surface_is_compared_in_a_moment() {
    let before = large("");
    assert!(before.lines().count() > 10_000);
    let timed = |after: &str| {
        let start = std::time::Instant::now();
        let changes = compare(&before, after);
        let spent = start.elapsed();
        println!(
            "{} changes of {} lines: {spent:?}",
            changes.len(),
            before.lines().count()
        );
        // Unoptimised, and on a busy machine; a quadratic step would need minutes.
        assert!(spent.as_secs() < 10, "it took {spent:?}");
        changes
    };
    assert!(timed(&before).is_empty());
    // The worst that can happen: every type is renamed, and all of one kind are alike.
    let changes = timed(&large("New"));
    let everything_else = timed(&before.replace("optional", "nullable"));
    assert_eq!(
        changes.len(),
        600,
        "{}",
        said(&changes[..20.min(changes.len())])
    );
    assert!(changes.iter().all(|change| change.kind == "type-renamed"));
    assert!(everything_else.len() > 7_000);
}
