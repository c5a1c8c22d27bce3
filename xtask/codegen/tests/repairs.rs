//! Every repair: its fixtures, its place in the registry, and the manual that is made from both.
//!
//! A fixture is `repairs/<repair>.yaml` (or `<repair>.<case>.yaml`) with the smallest document that shows the weakness.
//! What the repair alone makes of it stands beside it in a snapshot; the case `kept` shows what it leaves as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use scribe_codegen::document::Document;
use scribe_codegen::finding::Severity;
use scribe_codegen::load;
use scribe_codegen::repair::{self, Ledger, REPAIRS, Repair};
use scribe_codegen::source::Source;
use serde_json::{Map, Value};
use similar::TextDiff;

const MANUAL: &str = "../../docs/repairs.md";
/// How the name of a fixture ends that the repair must leave as it is.
const KEPT: &str = ".kept";
const HEADINGS: [&str; 2] = ["# Why", "# What happens"];

/// A fixture's name without `.yaml`, and its text.
fn fixtures() -> BTreeMap<String, String> {
    let files = fs::read_dir(root().join("tests/repairs")).expect("the folder of fixtures");
    files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a text");
            let name = path.file_stem().expect("a name").to_string_lossy();
            (name.into_owned(), text)
        })
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Fixtures are excerpts, so they are read as YAML and not asked for what a document needs.
fn read(name: &str, text: &str) -> Document {
    load::yaml(&Source::new(format!("{name}.yaml"), text))
        .unwrap_or_else(|failure| panic!("{failure}"))
}

fn repair_of(fixture: &str) -> &'static Repair {
    let name = fixture.split('.').next().unwrap_or_default();
    REPAIRS
        .iter()
        .find(|repair| repair.name == name)
        .unwrap_or_else(|| {
            panic!("expected a repair called {name}; rename or remove tests/repairs/{fixture}.yaml")
        })
}

/// The file of a repair: `<name>.rs`, or `<name>/mod.rs` when it has parts.
fn file_of(name: &str) -> PathBuf {
    let folder = root().join("src/repair");
    let file = folder.join(format!("{name}.rs"));
    if file.exists() {
        file
    } else {
        folder.join(name).join("mod.rs")
    }
}

/// The module documentation, a line each, without `//! `.
fn documentation(name: &str) -> Vec<String> {
    let text = fs::read_to_string(file_of(name)).expect("the repair's file");
    text.lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned())
        .collect()
}

/// What the repair alone makes of the fixture.
fn shown(fixture: &str, text: &str) -> String {
    let before = read(fixture, text);
    let (after, findings) = repair_of(fixture).apply(&before);
    let yaml = |document: &Document| serde_yaml::to_string(&document.root).expect("YAML");
    let (old, new) = (yaml(&before), yaml(&after));
    let mut shown = TextDiff::from_lines(&old, &new)
        .unified_diff()
        .context_radius(3)
        .to_string();
    shown.push('\n');
    for finding in findings {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Repaired => "repaired",
        };
        writeln!(
            shown,
            "{severity} {}\n    {}\n    → {}",
            finding.pointer, finding.problem, finding.action
        )
        .expect("a string takes it");
    }
    shown
}

#[test]
fn a_fixture_becomes_what_its_snapshot_says() {
    for (name, text) in fixtures() {
        let shown = shown(&name, &text);
        assert_eq!(
            shown.contains("@@"),
            !name.ends_with(KEPT),
            "whether the repair changes {name}.yaml"
        );
        insta::with_settings!({
            snapshot_path => root().join("tests/repairs"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
            description => format!("what {} alone makes of {name}.yaml", repair_of(&name).name),
        }, {
            insta::assert_snapshot!(name, shown);
        });
    }
}

#[test]
fn every_repair_is_registered_documented_and_has_a_fixture() {
    let mut problems = Vec::new();
    let fixtures: BTreeSet<String> = fixtures()
        .keys()
        .map(|name| name.split('.').next().unwrap_or_default().to_owned())
        .collect();
    let mut codes = BTreeSet::new();
    for repair in REPAIRS {
        let Repair { code, name, .. } = repair;
        if !codes.insert(code) {
            problems.push(format!(
                "{name}: the code {code} is another repair's: take the next free one"
            ));
        }
        if !fixtures.contains(*name) {
            problems.push(format!(
                "{name}: no fixture: write tests/repairs/{name}.yaml"
            ));
        }
        let documentation = documentation(name);
        if !documentation
            .first()
            .is_some_and(|line| line.starts_with(&format!("{code}: ")))
        {
            problems.push(format!(
                "{name}: begin its documentation with `//! {code}: ` and what it does in a sentence"
            ));
        }
        for heading in HEADINGS {
            if !documentation.iter().any(|line| line == heading) {
                problems.push(format!(
                    "{name}: its documentation lacks the heading `{heading}`"
                ));
            }
        }
    }
    for file in fs::read_dir(root().join("src/repair")).expect("the folder of repairs") {
        let path = file.expect("a file").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(if path.is_dir() {
            path.join("mod.rs")
        } else {
            path
        })
        .expect("a text");
        let is_repair = name != "mod" && text.contains("const REPAIR: Repair");
        if is_repair && !REPAIRS.iter().any(|repair| repair.name == name) {
            problems.push(format!(
                "{name}: not in the registry: add it to REPAIRS in src/repair/mod.rs"
            ));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_manual_says_what_the_repairs_say() {
    let made = manual();
    let path = root().join(MANUAL);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).expect("the manual can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "docs/repairs.md is not what the repairs and their snapshots say now; run\n    UPDATE=1 cargo test -p scribe-codegen \
         --test repairs\n{}",
        TextDiff::from_lines(&committed, &made).unified_diff()
    );
}

fn manual() -> String {
    let mut manual = String::from(
        "# Repairs\n\n\
         What Laravel Scribe gets wrong is systematic, so it is repaired systematically: one weakness, one repair, in the\n\
         order in which they stand here. `cargo xtask lint SPEC` lists what they find in a document, and `cargo xtask\n\
         effective SPEC --stage repaired` prints it as it is after them. A repair changes nothing that it does not report.\n\n\
         This file is made from the documentation of `xtask/codegen/src/repair/` and the fixtures in\n\
         `xtask/codegen/tests/repairs/`; `UPDATE=1 cargo test -p scribe-codegen --test repairs` writes it. `cargo xtask\n\
         new-repair NAME` starts another repair.\n\n",
    );
    manual.push_str("| code | name | what it does |\n|---|---|---|\n");
    for repair in REPAIRS {
        let documentation = documentation(repair.name);
        let (summary, _) = parts(&documentation, repair);
        writeln!(
            manual,
            "| [{0}](#{0}) | `{1}` | {summary} |",
            repair.code.to_lowercase(),
            repair.name
        )
        .expect("a string takes it");
    }
    let fixtures = fixtures();
    for repair in REPAIRS {
        let documentation = documentation(repair.name);
        let (summary, rest) = parts(&documentation, repair);
        writeln!(manual, "\n<a id=\"{}\"></a>\n", repair.code.to_lowercase())
            .expect("a string takes it");
        writeln!(
            manual,
            "## {} `{}`\n\n{summary}\n",
            repair.code, repair.name
        )
        .expect("a string takes it");
        for line in rest {
            // Below the repair's own heading.
            let prefix = if line.starts_with("# ") { "##" } else { "" };
            writeln!(manual, "{prefix}{line}").expect("a string takes it");
        }
        manual.push_str("\n### Example\n");
        for (fixture, text) in fixtures
            .iter()
            .filter(|(name, _)| repair_of(name).name == repair.name && !name.ends_with(KEPT))
        {
            let shown = shown(fixture, text);
            write!(manual, "\n```diff\n{}```\n", diff_alone(&shown)).expect("a string takes it");
        }
    }
    manual
}

/// The first sentence, with a capital and a full stop, and the lines after it.
fn parts<'a>(documentation: &'a [String], repair: &Repair) -> (String, &'a [String]) {
    let start = documentation
        .iter()
        .position(|line| line.is_empty())
        .unwrap_or(documentation.len());
    let summary = documentation[..start].join(" ");
    let summary = summary
        .strip_prefix(repair.code)
        .unwrap_or(&summary)
        .trim_start_matches(": ");
    let (first, others) = summary.split_at(summary.chars().next().map_or(0, char::len_utf8));
    let rest = &documentation[(start + 1).min(documentation.len())..];
    (format!("{}{others}", first.to_uppercase()), rest)
}

/// The lines of the diff, without the findings and the lines that say where.
fn diff_alone(shown: &str) -> String {
    shown
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("@@"))
        .fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn a_repair_done_twice_changes_nothing_the_second_time() {
    for (name, text) in everything() {
        let repair = REPAIRS
            .iter()
            .find(|repair| name.split('.').next() == Some(repair.name));
        if let Some(repair) = repair {
            let (once, _) = repair.apply(&read(&name, &text));
            let (twice, findings) = repair.apply(&once);
            assert_same(&once.root, &twice.root, &name);
            // A warning or an error stays true of what was left.
            let again: Vec<_> = findings
                .iter()
                .filter(|finding| finding.severity == Severity::Repaired)
                .collect();
            assert!(again.is_empty(), "{name}: {again:?}");
        }
        let once = repair::apply(&read(&name, &text), Ledger::default()).document;
        let twice = repair::apply(&once, Ledger::default()).document;
        assert_same(&once.root, &twice.root, &format!("all repairs on {name}"));
    }
}

#[test]
fn the_order_of_mappings_changes_nothing_but_order() {
    for (name, text) in everything() {
        let document = read(&name, &text);
        let expected = sorted(&repair::apply(&document, Ledger::default()).document.root);
        for turn in 1..4 {
            let mut shuffled = document.clone();
            shuffled.root = turned(&document.root, turn);
            let found = sorted(&repair::apply(&shuffled, Ledger::default()).document.root);
            assert_same(&expected, &found, &format!("{name}, turned by {turn}"));
        }
    }
}

/// The fixtures, and where they are the documents of the corpus that are not large.
fn everything() -> BTreeMap<String, String> {
    let mut all = fixtures();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/scribe-corpus");
    match fs::read_dir(&corpus) {
        Ok(files) => {
            for path in files.map(|file| file.expect("a file").path()) {
                let text = fs::read_to_string(&path).unwrap_or_default();
                if path.extension().is_some_and(|end| end == "yaml") && text.len() < 60_000 {
                    all.insert(
                        path.file_name()
                            .expect("a name")
                            .to_string_lossy()
                            .into_owned(),
                        text,
                    );
                }
            }
        }
        Err(_) => eprintln!("skipped the corpus: {} is absent", corpus.display()),
    }
    all
}

#[track_caller]
fn assert_same(expected: &Value, found: &Value, what: &str) {
    let (expected, found) = (pretty(expected), pretty(found));
    assert!(
        expected == found,
        "{what}:\n{}",
        TextDiff::from_lines(&expected, &found).unified_diff()
    );
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

fn sorted(value: &Value) -> Value {
    in_order(value, &|entries| entries.sort_by(|a, b| a.0.cmp(b.0)))
}

/// The mappings of `value` with their entries turned round, and begun elsewhere.
fn turned(value: &Value, by: usize) -> Value {
    in_order(value, &|entries| {
        entries.reverse();
        let length = entries.len().max(1);
        entries.rotate_left(by % length);
    })
}

type Entries<'a> = Vec<(&'a String, &'a Value)>;

fn in_order(value: &Value, order: &dyn Fn(&mut Entries<'_>)) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Entries<'_> = map.iter().collect();
            order(&mut entries);
            let entries = entries
                .into_iter()
                .map(|(key, value)| (key.clone(), in_order(value, order)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        Value::Array(items) => items.iter().map(|item| in_order(item, order)).collect(),
        other => other.clone(),
    }
}
