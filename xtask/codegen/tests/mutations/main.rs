//! Damaged documents: never a panic, always a client or findings that say where.
//!
//! Documents of the repository are damaged always, some of those in `../shared` where they are there. Many more cases, on
//! all of them, take as long as they are given:
//!
//! ```sh
//! MUTATIONS=5000 cargo test --release -p scribe-codegen --test mutations -- --ignored --nocapture
//! ```
//!
//! `MUTATIONS_SEED=7` gives other cases; a case that fails is shown as small as it gets, and `MUTATIONS_KEEP=folder`
//! writes the text of each damaged document there.

mod documents;
mod property;
mod shuffle;
mod text;
mod tree;

use std::collections::BTreeMap;

use proptest::collection;
use proptest::strategy::{BoxedStrategy, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use documents::Sample;
use property::Text;

/// How many mutations a document gets at most: with more, the first that is refused hides the others.
const MOST: usize = 4;

/// How many cases a family has in a run of all tests.
const FEW: u32 = 120;

/// How many it has in a long run, unless `MUTATIONS` says so.
const MANY: u32 = 2_000;

/// How many kinds of failure are looked for, and how much of what is said tells them apart.
const ENOUGH: usize = 12;
const KIND: usize = 60;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Tries `cases` of what `strategy` gives, the same in every run.
fn check<T: std::fmt::Debug>(
    cases: u32,
    strategy: BoxedStrategy<T>,
    property: impl Fn(&T) -> Result<(), String>,
) {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("MUTATIONS_SEED").unwrap_or(0x5eed).to_le_bytes());
    let config = Config {
        cases,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let mut failures = BTreeMap::new();
    for _ in 0..cases {
        let tree = strategy.new_tree(&mut runner).expect("a case");
        let outcome = runner.run_one(tree, |case| property(&case).map_err(TestCaseError::fail));
        if let Err(TestError::Fail(reason, case)) = outcome {
            // Many cases fail for one reason, at other places and with other numbers.
            let reason = reason.message().to_owned();
            let kind: String = reason
                .chars()
                .filter(|c| !c.is_ascii_digit())
                .take(KIND)
                .collect();
            failures.entry(kind).or_insert_with(|| {
                // A long run may be ended before its last case.
                let failure = format!("{reason}\nin {case:?}");
                eprintln!("{failure}\n");
                failure
            });
        }
        if failures.len() == ENOUGH {
            break;
        }
    }
    let failures: Vec<String> = failures.into_values().collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn texts(samples: &'static [Sample]) -> BoxedStrategy<Text> {
    let damages = collection::vec(text::strategy(), 1..=MOST);
    (0..samples.len(), damages)
        .prop_map(|(index, damages)| Text::damaged(&samples[index], &damages))
        .boxed()
}

fn trees(samples: &'static [Sample]) -> BoxedStrategy<Text> {
    let mutations = collection::vec(tree::strategy(), 1..=MOST);
    (0..samples.len(), mutations)
        .prop_map(|(index, mutations)| Text::mutated(&samples[index], &mutations))
        .boxed()
}

fn many() -> u32 {
    number("MUTATIONS").map_or(MANY, |cases| u32::try_from(cases).unwrap_or(u32::MAX))
}

#[test]
fn a_damaged_text_is_a_client_or_findings() {
    check(FEW, texts(documents::few()), property::holds);
}

#[test]
fn a_mutated_tree_is_a_client_or_findings() {
    check(FEW, trees(documents::few()), property::holds);
}

#[test]
fn the_order_of_mappings_means_nothing() {
    check(FEW / 4, shuffle::strategy(documents::few()), shuffle::holds);
}

#[test]
#[ignore = "takes as long as it is given"]
fn any_damaged_text_is_a_client_or_findings() {
    check(many(), texts(documents::all()), property::holds);
}

#[test]
#[ignore = "takes as long as it is given"]
fn any_mutated_tree_is_a_client_or_findings() {
    check(many(), trees(documents::all()), property::holds);
}

#[test]
#[ignore = "takes as long as it is given"]
fn the_order_of_mappings_means_nothing_in_any_document() {
    check(
        many() / 8,
        shuffle::strategy(documents::all()),
        shuffle::holds,
    );
}
