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
    let rounds = 40;
    for round in 0..rounds {
        let repository = Repository::regenerated();
        let delay = whole * round / (rounds - 1);
        kill_after(&repository, &news, delay);
        let said = repository.run(&["check"]).exit(0);
        finished += usize::from(said.err.contains("finished an interrupted write"));
        let found = repository.tree();
        if found == old {
            kept += 1;
        } else {
            assert_eq!(found, new, "killed after {delay:?}");
            made += 1;
        }
    }
    // Otherwise the kills did not fall where they are meant to.
    assert!(
        kept > 0 && made > 0 && finished > 0,
        "{kept} {made} {finished}"
    );
}
