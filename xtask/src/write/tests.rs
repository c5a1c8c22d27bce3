//! A write that stops or fails at any step leaves the old files or the new ones.

use std::collections::BTreeMap;

use super::*;

#[cfg(unix)]
mod unix;

const OLD: [(&str, Option<&str>); 4] = [
    ("spec/a.yaml", Some("old a\n")),
    ("spec/b.toml", Some("old b\n")),
    ("src/generated/client.rs", None),
    ("src/generated/orphan.rs", Some("orphan\n")),
];
const NEW: [(&str, Option<&str>); 4] = [
    ("spec/a.yaml", Some("new a\n")),
    ("spec/b.toml", Some("new b\n")),
    ("src/generated/client.rs", Some("new client\n")),
    ("src/generated/orphan.rs", None),
];

type Files = BTreeMap<&'static str, Option<String>>;

fn files(of: [(&'static str, Option<&str>); 4]) -> Files {
    of.into_iter()
        .map(|(path, text)| (path, text.map(str::to_owned)))
        .collect()
}

fn tree() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in OLD {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if let Some(text) = text {
            fs::write(path, text).unwrap();
        }
    }
    root
}

fn changes() -> Vec<FileChange> {
    let bytes = |text: Option<&str>| text.map(|text| text.as_bytes().to_vec());
    OLD.iter()
        .zip(NEW)
        .map(|((path, before), (_, after))| FileChange {
            path: (*path).to_owned(),
            before: bytes(*before),
            after: bytes(after),
        })
        .collect()
}

fn found(root: &Path) -> Files {
    OLD.iter()
        .map(|(path, _)| (*path, fs::read_to_string(root.join(path)).ok()))
        .collect()
}

/// Every step's name, in order.
fn steps() -> Vec<String> {
    let root = tree();
    let mut steps = Vec::new();
    commit_through(root.path(), &changes(), &mut |step| {
        steps.push(step.to_owned());
        Ok(())
    })
    .unwrap();
    steps
}

fn failure(result: std::result::Result<(), Stop>) -> String {
    match result {
        Err(Stop::Failed(error)) => error.to_string(),
        other => panic!("expected a failure, but found {other:?}"),
    }
}

#[test]
fn a_write_makes_all_changes_and_leaves_no_folder() {
    let root = tree();
    commit(root.path(), &changes()).unwrap();
    assert_eq!(found(root.path()), files(NEW));
    assert!(!root.path().join(FOLDER).exists());
}

#[test]
fn no_changes_touch_nothing() {
    let root = tree();
    commit(root.path(), &[]).unwrap();
    assert_eq!(found(root.path()), files(OLD));
    assert!(!root.path().join(FOLDER).exists());
}

#[test]
fn killed_at_any_step_recovery_gives_old_or_new() {
    let steps = steps();
    let decided = steps
        .iter()
        .position(|step| step == "write the journal")
        .unwrap();
    assert_eq!(steps.len(), 14, "{steps:?}");
    for (number, name) in steps.iter().enumerate() {
        let root = tree();
        let mut step = 0;
        let stopped = commit_through(root.path(), &changes(), &mut |_| {
            step += 1;
            if step > number {
                Err(Stop::Killed)
            } else {
                Ok(())
            }
        });
        assert!(matches!(stopped, Err(Stop::Killed)), "{name}");
        let recovered = recover(root.path()).unwrap();
        let expected = if number <= decided { OLD } else { NEW };
        assert_eq!(found(root.path()), files(expected), "killed before: {name}");
        assert_eq!(recovered.is_some(), number > decided, "{name}");
        assert!(!root.path().join(FOLDER).exists(), "{name}");
    }
}

#[test]
fn a_step_that_fails_brings_the_old_files_back() {
    for (number, name) in steps().iter().enumerate() {
        if name == "remove the journal" {
            continue;
        }
        let root = tree();
        let mut step = 0;
        let result = commit_through(root.path(), &changes(), &mut |_| {
            step += 1;
            if step == number + 1 {
                Err(Stop::Failed(Error::new("no space left", "make some")))
            } else {
                Ok(())
            }
        });
        assert!(failure(result).contains("no space left"), "{name}");
        assert_eq!(found(root.path()), files(OLD), "failed at: {name}");
        assert!(!root.path().join(FOLDER).exists(), "{name}");
    }
}

#[test]
fn killed_on_the_way_back_recovery_gives_the_old_files() {
    let forward = steps();
    let failing = forward.len() - 2;
    for extra in 1.. {
        let root = tree();
        let mut step = 0;
        let mut back = Vec::new();
        let result = commit_through(root.path(), &changes(), &mut |name| {
            step += 1;
            if step == failing + 1 {
                return Err(Stop::Failed(Error::new("no space left", "make some")));
            }
            if step > failing + 1 {
                back.push(name.to_owned());
            }
            if step == failing + 1 + extra {
                return Err(Stop::Killed);
            }
            Ok(())
        });
        if !matches!(result, Err(Stop::Killed)) {
            assert!(extra > 4, "{back:?}");
            break;
        }
        recover(root.path()).unwrap();
        let found = found(root.path());
        if back == ["turn the journal round"] {
            assert_eq!(found, files(NEW), "the journal still leads forward");
        } else {
            assert_eq!(found, files(OLD), "{back:?}");
        }
    }
}

/// A tree in which a write was killed after its first rename.
fn interrupted() -> tempfile::TempDir {
    let root = tree();
    let result = commit_through(root.path(), &changes(), &mut |step| {
        if step == "replace spec/b.toml" {
            Err(Stop::Killed)
        } else {
            Ok(())
        }
    });
    assert!(matches!(result, Err(Stop::Killed)));
    assert_ne!(found(root.path()), files(OLD));
    root
}

#[test]
fn a_file_that_was_changed_after_the_interruption_is_not_overwritten() {
    let root = interrupted();
    fs::write(root.path().join("spec/b.toml"), "mine\n").unwrap();
    let error = recover(root.path()).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"
    error: expected `spec/b.toml` as it was before or after an interrupted write, but found it changed since
      = help: keep what you need of it, delete the folder `.regen`, and run `cargo xtask regen --offline`
    ");
    assert_eq!(found(root.path())["spec/b.toml"].as_deref(), Some("mine\n"));
    assert_eq!(found(root.path())["src/generated/client.rs"], None);
}

#[test]
fn the_next_write_finishes_the_interrupted_one_first() {
    let root = interrupted();
    let change = FileChange {
        path: "spec/a.yaml".to_owned(),
        before: Some(b"old a\n".to_vec()),
        after: Some(b"third a\n".to_vec()),
    };
    let error = commit(root.path(), &[change]).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"
    error: an interrupted write has just been finished, and changed what this command had read
      = help: run the command again
    ");
    assert_eq!(found(root.path()), files(NEW));
}

#[test]
fn a_journal_that_cannot_be_read_is_reported() {
    let root = tree();
    fs::create_dir(root.path().join(FOLDER)).unwrap();
    fs::write(root.path().join(FOLDER).join("journal.json"), "{").unwrap();
    insta::assert_snapshot!(recover(root.path()).unwrap_err(), @"
    error: expected the journal of an interrupted write in `.regen/journal.json`, but found: EOF while parsing an object at line 1 column 1
      = help: look at `git status`, then delete the folder `.regen`
    ");
}

#[test]
fn a_journal_cannot_lead_out_of_the_repository() {
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("repository");
    fs::create_dir_all(root.join(FOLDER).join("new")).unwrap();
    fs::write(root.join(FOLDER).join("new/0"), "x").unwrap();
    let journal = Journal {
        direction: Direction::Forward,
        entries: vec![Entry {
            path: "../outside".to_owned(),
            old: None,
            new: Some(digest(b"x")),
        }],
    };
    journal.write(&root).unwrap();
    insta::assert_snapshot!(recover(&root).unwrap_err(), @"
    error: expected `../outside` within the repository, but it leads out of it
      = help: replace the symbolic link by a file or a folder of the repository
    ");
    assert!(!parent.path().join("outside").exists());
}

#[test]
fn a_file_that_changed_since_it_was_read_stops_the_write() {
    let root = tree();
    fs::write(root.path().join("spec/b.toml"), "mine\n").unwrap();
    let error = commit(root.path(), &changes()).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"
    error: `spec/b.toml` changed while the command ran
      = help: run the command again
    ");
    assert_eq!(
        found(root.path())["spec/a.yaml"].as_deref(),
        Some("old a\n")
    );
}

#[test]
fn two_do_not_write_at_once() {
    let root = tree();
    let lock = Lock::acquire(root.path(), Patience::GiveUp)
        .unwrap()
        .unwrap();
    let error = commit(root.path(), &changes()).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"
    error: another `cargo xtask regen` is writing in this repository
      = help: run the command again when it has ended
    ");
    assert_eq!(found(root.path()), files(OLD));
    lock.release();
    commit(root.path(), &changes()).unwrap();
}

#[test]
fn a_lock_whose_file_was_removed_meanwhile_is_taken_anew() {
    let root = tempfile::tempdir().unwrap();
    let first = Lock::acquire(root.path(), Patience::GiveUp)
        .unwrap()
        .unwrap();
    let second = std::thread::scope(|scope| {
        let second = scope.spawn(|| Lock::acquire(root.path(), Patience::Wait));
        std::thread::sleep(Duration::from_millis(50));
        first.release();
        second.join().unwrap().unwrap().unwrap()
    });
    assert!(
        Lock::acquire(root.path(), Patience::GiveUp)
            .unwrap()
            .is_none()
    );
    second.release();
    assert!(!root.path().join(FOLDER).exists());
}

#[test]
fn a_lock_whose_file_was_replaced_meanwhile_is_taken_anew() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join(FOLDER).join("lock");
    let first = Lock::acquire(root.path(), Patience::GiveUp)
        .unwrap()
        .unwrap();
    let second = std::thread::scope(|scope| {
        let second = scope.spawn(|| Lock::acquire(root.path(), Patience::Wait));
        std::thread::sleep(Duration::from_millis(50));
        fs::remove_file(&path).unwrap();
        fs::write(&path, "").unwrap();
        drop(first);
        second.join().unwrap().unwrap().unwrap()
    });
    assert!(
        Lock::acquire(root.path(), Patience::GiveUp)
            .unwrap()
            .is_none()
    );
    second.release();
}

#[test]
fn a_lock_left_by_a_dead_process_is_no_obstacle() {
    let root = tree();
    fs::create_dir(root.path().join(FOLDER)).unwrap();
    fs::write(root.path().join(FOLDER).join("lock"), "").unwrap();
    commit(root.path(), &changes()).unwrap();
    assert_eq!(found(root.path()), files(NEW));
}
