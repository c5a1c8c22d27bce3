//! `regen` killed at any moment: the next command finds the old files or the new ones, all of them.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::repository::{DOCUMENT, Repository};

/// How long each step of a write waits, so that most kills fall between two of them.
const PAUSE: u64 = 10;

/// Kills one regeneration after `delay`, and says whether the next command found it decided on.
fn kill_after(repository: &Repository, news: &str, delay: Duration) {
    let mut child = repository
        .command(&["regen", "--from", news])
        .env("XTASK_PAUSE_MS", PAUSE.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Numbers from 0 to 1, others in every run; a failure names the seed.
struct Random {
    seed: u64,
    state: u64,
}

impl Random {
    fn new() -> Self {
        let given = std::env::var("INTERRUPTION_SEED").ok();
        let seed = given.and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
            // A hasher of the standard library begins with what is random in every process.
            let hasher = std::hash::RandomState::new();
            std::hash::BuildHasher::hash_one(&hasher, 0)
        });
        Self { seed, state: seed }
    }

    /// SplitMix64.
    fn next(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((mixed ^ (mixed >> 31)) >> 32).expect("32 bits"))
            / f64::from(u32::MAX)
    }
}

#[test]
fn killed_at_any_moment_the_tree_is_old_or_new_as_a_whole() {
    let old = Repository::regenerated();
    let new = Repository::regenerated();
    let text = DOCUMENT.replace("listThePlants", "listAllPlants");
    let news = new.beside("news.yaml", &text);
    let start = Instant::now();
    let output = new
        .command(&["regen", "--from", &news])
        .env("XTASK_PAUSE_MS", PAUSE.to_string())
        .output()
        .unwrap();
    assert!(output.status.success());
    let whole = start.elapsed();
    let (old, new) = (old.tree(), new.tree());
    assert_ne!(old, new);

    let (mut kept, mut made, mut finished) = (0, 0, 0);
    let mut random = Random::new();
    // The first rounds go through all of the time, the others fall where they fall.
    let (even, rounds) = (40, 80);
    for round in 0..rounds {
        let repository = Repository::regenerated();
        let delay = match round {
            round if round < even => whole * round / (even - 1),
            _ => whole.mul_f64(random.next()),
        };
        kill_after(&repository, &news, delay);
        let said = repository.run(&["check"]).exit(0);
        finished += usize::from(said.err.contains("finished an interrupted write"));
        let found = repository.tree();
        if found == old {
            kept += 1;
        } else {
            assert_eq!(found, new, "killed after {delay:?}, seed {}", random.seed);
            made += 1;
        }
    }
    // Otherwise the kills did not fall where they are meant to.
    assert!(
        kept > 0 && made > 0 && finished > 0,
        "{kept} {made} {finished}"
    );
}

#[test]
fn killed_while_it_prunes_the_overlays_are_part_of_the_whole() {
    let retired = || {
        let repository = Repository::regenerated();
        repository.edit(
            "spec/upstream/openapi.yaml",
            "                  type: string\n                  description: 'The word.'",
            "                  type: string\n                  format: password\n                  description: 'The word.'",
        );
        repository.run(&["regen", "--offline"]).exit(1);
        repository
    };
    let prune = ["regen", "--offline", "--prune"];
    let (old, new) = (retired(), retired());
    let start = Instant::now();
    let slow = |repository: &Repository| {
        let mut command = repository.command(&prune);
        command.env("XTASK_PAUSE_MS", PAUSE.to_string());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(slow(&new).status().unwrap().success());
    let whole = start.elapsed();
    let (old, new) = (old.tree(), new.tree());
    assert!(new.len() < old.len(), "the overlay is gone");
    let mut random = Random::new();
    let (mut kept, mut made) = (0, 0);
    for _ in 0..20 {
        let repository = retired();
        let mut child = slow(&repository).spawn().unwrap();
        thread::sleep(whole.mul_f64(random.next()));
        child.kill().unwrap();
        child.wait().unwrap();
        // Any command finishes what was decided on.
        repository.run(&["lint"]).exit(0);
        let found = repository.tree();
        if found == old {
            kept += 1;
        } else {
            assert_eq!(found, new, "seed {}", random.seed);
            made += 1;
        }
    }
    assert_eq!(kept + made, 20);
}
