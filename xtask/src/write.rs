//! All files or none: the one writer of everything that is derived.
//!
//! Several files cannot be renamed at once, so a write goes through a journal:
//!
//! 1. take the lock, `.regen/lock`;
//! 2. look whether every file is still what the caller has read, and can be written;
//! 3. write the new files to `.regen/new/` and copies of the old ones to `.regen/old/`, through to the disk;
//! 4. rename the journal into place: from here on the write is decided;
//! 5. rename the new files into place, one right after the other;
//! 6. remove the journal and the folder.
//!
//! A process that is killed before step 4 leaves the old files and a folder that Git does not see. One that is
//! killed after it leaves a journal, and the next command of any kind carries the write out before it does its own
//! work ([`recover`]). In the moment between two renames the tree can be mixed: then the fingerprint in the client's
//! header does not match `spec/`, so that a build without the generator refuses it, and so does `check`. A rename
//! that fails turns the journal round, and the old files come back.

mod journal;
mod lock;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Result};
use journal::{Direction, Entry, Journal};
use lock::{Lock, Patience};

pub use journal::digest;

/// The folder at the repository's root in which a write is prepared.
pub const FOLDER: &str = ".regen";

/// One file as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file, from the repository's root, with `/`.
    pub path: String,
    /// What the caller has read, none when there was no file.
    pub before: Option<Vec<u8>>,
    /// What is to be there, none when there shall be no file.
    pub after: Option<Vec<u8>>,
}

/// Why a write stopped between two steps.
#[derive(Debug)]
pub enum Stop {
    /// A step failed.
    Failed(Error),
    /// As if the process had been killed: nothing is cleaned up. Tests alone do this.
    #[cfg_attr(not(test), allow(dead_code))]
    Killed,
}

/// Asked before each step, by its name.
pub type Gate<'a> = dyn FnMut(&str) -> std::result::Result<(), Stop> + 'a;

/// Makes all of `changes`, or none.
///
/// # Errors
///
/// When another process is writing, a file is no longer what the caller has read, or one cannot be written. The tree
/// is then as it was.
pub fn commit(root: &Path, changes: &[FileChange]) -> Result<()> {
    match commit_through(root, changes, &mut pause) {
        Ok(()) => Ok(()),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Killed) => Err(Error::new("the write was stopped", "run it again")),
    }
}

/// Lets a test kill the program at a certain step: `XTASK_PAUSE_MS` is how long each one waits before it begins.
fn pause(_step: &str) -> std::result::Result<(), Stop> {
    if let Some(milliseconds) = std::env::var("XTASK_PAUSE_MS")
        .ok()
        .and_then(|text| text.parse().ok())
    {
        std::thread::sleep(Duration::from_millis(milliseconds));
    }
    Ok(())
}

fn commit_through(
    root: &Path,
    changes: &[FileChange],
    gate: &mut Gate<'_>,
) -> std::result::Result<(), Stop> {
    if changes.is_empty() {
        return Ok(());
    }
    let lock = Lock::acquire(root, Patience::GiveUp)
        .map_err(Stop::Failed)?
        .ok_or_else(|| {
            Stop::Failed(Error::new(
                "another `cargo xtask regen` is writing in this repository",
                "run the command again when it has ended",
            ))
        })?;
    let result = write(root, changes, gate);
    match result {
        Err(Stop::Killed) => drop(lock),
        // The journal stays for the next command when even the way back failed.
        _ if matches!(Journal::read(root), Ok(None)) => {
            clear(root);
            lock.release();
        }
        _ => drop(lock),
    }
    result
}

fn write(
    root: &Path,
    changes: &[FileChange],
    gate: &mut Gate<'_>,
) -> std::result::Result<(), Stop> {
    if let Some(journal) = Journal::read(root).map_err(Stop::Failed)? {
        journal.apply(root, gate)?;
        Journal::remove(root)
            .map_err(|error| Stop::Failed(Error::file("write", FOLDER, &error)))?;
        return Err(Stop::Failed(Error::new(
            "an interrupted write has just been finished, and changed what this command had read",
            "run the command again",
        )));
    }
    clear(root);
    for change in changes {
        gate(&format!("look at {}", change.path))?;
        look(root, change).map_err(Stop::Failed)?;
    }
    for (index, change) in changes.iter().enumerate() {
        gate(&format!("stage {}", change.path))?;
        stage(root, index, change).map_err(Stop::Failed)?;
    }
    let mut journal = Journal {
        direction: Direction::Forward,
        entries: changes
            .iter()
            .map(|change| Entry {
                path: change.path.clone(),
                old: change.before.as_deref().map(digest),
                new: change.after.as_deref().map(digest),
            })
            .collect(),
    };
    gate("write the journal")?;
    let in_folder = |error: std::io::Error| Stop::Failed(Error::file("write", FOLDER, &error));
    journal.write(root).map_err(in_folder)?;
    match journal.apply(root, gate) {
        Ok(()) => {}
        Err(Stop::Killed) => return Err(Stop::Killed),
        Err(Stop::Failed(error)) => {
            gate("turn the journal round")?;
            journal.direction = Direction::Back;
            journal.write(root).map_err(in_folder)?;
            journal.apply(root, gate)?;
            gate("remove the journal")?;
            Journal::remove(root).map_err(in_folder)?;
            return Err(Stop::Failed(error));
        }
    }
    gate("remove the journal")?;
    Journal::remove(root).map_err(in_folder)
}

/// Whether the file is still what the caller has read, and whether it can be written.
fn look(root: &Path, change: &FileChange) -> Result<()> {
    let path = &change.path;
    let target = journal::resolve(root, path)?;
    let found = journal::read(&target).map_err(|error| Error::file("read", path, &error))?;
    if found != change.before {
        return Err(Error::new(
            format!("`{path}` changed while the command ran"),
            "run the command again",
        ));
    }
    let read_only = |name: &str| {
        Error::new(
            format!("could not write `{path}`: {name} is read-only"),
            "give yourself the right to write it; nothing was changed",
        )
    };
    if fs::metadata(&target).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(read_only("it"));
    }
    let folder = target.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| Error::file("write", path, &error))?;
    if fs::metadata(folder).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(read_only("its folder"));
    }
    tempfile::tempfile_in(folder).map_err(|error| Error::file("write", path, &error))?;
    Ok(())
}

/// Prepares the new file, and keeps the old one for the way back.
fn stage(root: &Path, index: usize, change: &FileChange) -> Result<()> {
    let target = journal::resolve(root, &change.path)?;
    let permissions = fs::metadata(&target).map(|metadata| metadata.permissions());
    for (side, bytes) in [("new", &change.after), ("old", &change.before)] {
        let folder = root.join(FOLDER).join(side);
        let file = folder.join(index.to_string());
        let Some(bytes) = bytes else { continue };
        fs::create_dir_all(&folder)
            .and_then(|()| journal::write_through(&file, bytes))
            .and_then(|()| match &permissions {
                Ok(permissions) => fs::set_permissions(&file, permissions.clone()),
                Err(_) => Ok(()),
            })
            .and_then(|()| journal::sync_folder(&folder))
            .map_err(|error| Error::file("write", format!("{FOLDER}/{side}/{index}"), &error))?;
    }
    Ok(())
}

/// Removes what was prepared and not decided on.
fn clear(root: &Path) {
    for side in ["new", "old"] {
        let _ = fs::remove_dir_all(root.join(FOLDER).join(side));
    }
    let _ = fs::remove_file(root.join(FOLDER).join("journal.json.new"));
}

/// Carries out a write that was interrupted after it was decided on, and removes what is left of one that was not.
/// Answers with the files of the former, none when there was none.
///
/// # Errors
///
/// When a file was changed since, or cannot be written.
pub fn recover(root: &Path) -> Result<Option<Vec<String>>> {
    if fs::symlink_metadata(root.join(FOLDER)).is_err() {
        return Ok(None);
    }
    if Journal::read(root)?.is_none() {
        // Somebody may be preparing a write right now, or the tree may be read-only: neither is ours to mend.
        if let Ok(Some(lock)) = Lock::acquire(root, Patience::GiveUp) {
            return settle(root, lock);
        }
        return Ok(None);
    }
    match Lock::acquire(root, Patience::Wait)? {
        Some(lock) => settle(root, lock),
        None => Ok(None),
    }
}

fn settle(root: &Path, lock: Lock) -> Result<Option<Vec<String>>> {
    let journal = Journal::read(root)?;
    if let Some(journal) = &journal {
        match journal.apply(root, &mut pause) {
            Ok(()) => {}
            Err(Stop::Failed(error)) => return Err(error),
            Err(Stop::Killed) => return Ok(None),
        }
        Journal::remove(root).map_err(|error| Error::file("write", FOLDER, &error))?;
    }
    clear(root);
    lock.release();
    Ok(journal.map(|journal| {
        journal
            .entries
            .into_iter()
            .map(|entry| entry.path)
            .collect()
    }))
}
