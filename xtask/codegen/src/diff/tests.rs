//! Pairs of surfaces, and what the comparison says of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Change, Level, RULES, Report, level, markdown, text};
use crate::surface::Surface;

fn compare(before: &str, after: &str) -> Vec<Change> {
    super::compare(&Surface::parse(before), &Surface::parse(after))
}

/// A line for each change.
fn said(changes: &[Change]) -> String {
    let line = |change: &Change| format!("{} {} {}", change.level.name(), change.kind, change.item);
    changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A surface before, a surface after, and what is said of them.
struct Pair {
    before: String,
    after: String,
    expected: BTreeSet<String>,
}

/// The pairs of `tests/fixtures/diff`: blocks of lines that start with `-` when they are in the surface before, `+`
/// when in the one after, two spaces when in both, `=` when a change is expected, and `#` when they are a comment.
fn pairs() -> Vec<Pair> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff");
    let mut pairs = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of fixtures can be read") {
        let path = entry.expect("the folder of fixtures can be read").path();
        let text = std::fs::read_to_string(path).expect("a fixture is text");
        pairs.extend(text.split("\n\n").map(pair));
    }
    assert!(pairs.len() > 80, "the fixtures were not found");
    pairs
}

fn pair(block: &str) -> Pair {
    let lines_of = |signs: &[&str]| -> Vec<&str> {
        block
            .lines()
            .filter_map(|line| line.split_at_checked(2))
            .filter(|(sign, _)| signs.contains(sign))
            .map(|(_, line)| line)
            .collect()
    };
    let expected = lines_of(&["= "]);
    assert!(
        !expected.is_empty(),
        "a pair says what is expected of it:\n{block}"
    );
    Pair {
        before: lines_of(&["- ", "  "]).join("\n"),
        after: lines_of(&["+ ", "  "]).join("\n"),
        expected: expected
            .into_iter()
            .filter(|line| *line != "no change")
            .map(str::to_owned)
            .collect(),
    }
}
#[test]
fn every_pair_is_told_and_graded() {
    let mut wrong = String::new();
    for Pair {
        before,
        after,
        expected,
    } in pairs()
    {
        let changes = compare(&before, &after);
        let found: BTreeSet<String> = said(&changes).lines().map(str::to_owned).collect();
        if found != expected {
            let found = said(&changes);
            let _ = writeln!(wrong, "before\n{before}\nafter\n{after}\nfound\n{found}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_pair_that_shows_it() {
    let mut shown = BTreeSet::new();
    for Pair { before, after, .. } in pairs() {
        for change in compare(&before, &after) {
            shown.insert((change.kind, change.level, change.reason));
        }
    }
    let missing: Vec<_> = RULES
        .iter()
        .filter(|rule| !shown.contains(&(rule.kind, rule.level, rule.reason)))
        .collect();
    assert!(
        missing.is_empty(),
        "add a pair to `tests/fixtures/diff` that shows {missing:#?}"
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
    for Pair { before, after, .. } in pairs() {
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
    let bag: BTreeSet<String> = pairs()
        .into_iter()
        .flat_map(|pair| [pair.before, pair.after])
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
    let before = "operation a GET /a/{id} id listA builder A\noperation a answer Only\noperation a parameter b: Vec<Deep> in json required\n\
        operation b answer Shared\noperation c answer Shared\n\
        type Deep = Deeper\ntype Deeper struct\ntype Only struct\ntype Shared struct\ntype Lost struct\n";
    let after = before.replace(" struct", " struct non_exhaustive");
    let found: Vec<String> = compare(before, &after)
        .iter()
        .map(|change| {
            format!(
                "{}: {:?}",
                change.item,
                (&change.operation, &change.operation_id)
            )
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    type Deeper: (Some("GET /a/{id}"), Some("listA"))
    type Lost: (None, None)
    type Only: (Some("GET /a/{id}"), Some("listA"))
    type Shared: (None, None)
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
