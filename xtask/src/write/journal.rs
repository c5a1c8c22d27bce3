//! The journal: what a write is about to do, so that whoever comes next can finish it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::write::{FOLDER, Gate, Stop};

const NAME: &str = "journal.json";

/// Where the write goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// To the new files.
    Forward,
    /// Back to the old ones, since a new one could not be put in its place.
    Back,
}

/// A write that was decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Where it goes.
    pub direction: Direction,
    /// The files, in the order in which they change.
    pub entries: Vec<Entry>,
}

/// One file of a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file, from the repository's root, with `/`.
    pub path: String,
    /// The old text's sha256, none where there was no file.
    pub old: Option<String>,
    /// The new text's sha256, none where there shall be no file.
    pub new: Option<String>,
}

impl Journal {
    /// The journal of the repository at `root`, none when no write was interrupted.
    ///
    /// # Errors
    ///
    /// When it cannot be read or was not written by this program.
    pub fn read(root: &Path) -> Result<Option<Self>> {
        let name = format!("{FOLDER}/{NAME}");
        let text = match fs::read(root.join(FOLDER).join(NAME)) {
            Ok(text) => text,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(Error::file("read", name, &error)),
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| {
            Error::new(
                format!(
                    "expected the journal of an interrupted write in `{name}`, but found: {error}"
                ),
                format!("look at `git status`, then delete the folder `{FOLDER}`"),
            )
        })
    }

    /// Puts the journal in place at once: it is there whole, or not at all.
    pub fn write(&self, root: &Path) -> io::Result<()> {
        let folder = root.join(FOLDER);
        let staged = folder.join(format!("{NAME}.new"));
        write_through(&staged, &serde_json::to_vec_pretty(self)?)?;
        fs::rename(&staged, folder.join(NAME))?;
        sync_folder(&folder)
    }

    /// Carries the write out, from wherever it was interrupted.
    ///
    /// The files are looked at first and then changed one right after the other, so that the moment in which some
    /// are old and some are new is as short as can be.
    ///
    /// # Errors
    ///
    /// When a file is neither the old nor the new one, or cannot be changed.
    pub fn apply(&self, root: &Path, gate: &mut Gate<'_>) -> std::result::Result<(), Stop> {
        let mut todo = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let target = resolve(root, &entry.path).map_err(Stop::Failed)?;
            let found = read(&target)
                .map_err(|error| Stop::Failed(Error::file("read", &entry.path, &error)))?
                .map(|bytes| digest(&bytes));
            let (wanted, other, side) = match self.direction {
                Direction::Forward => (&entry.new, &entry.old, "new"),
                Direction::Back => (&entry.old, &entry.new, "old"),
            };
            if found == *wanted {
                continue;
            }
            if found != *other {
                return Err(Stop::Failed(Error::new(
                    format!(
                        "expected `{}` as it was before or after an interrupted write, but found it changed since",
                        entry.path
                    ),
                    format!(
                        "keep what you need of it, delete the folder `{FOLDER}`, and run `cargo xtask regen --offline`"
                    ),
                )));
            }
            let staged = wanted
                .as_ref()
                .map(|_| root.join(FOLDER).join(side).join(index.to_string()));
            todo.push((entry, staged, target));
        }
        for (entry, staged, target) in &todo {
            gate(&format!("replace {}", entry.path))?;
            let done = match staged {
                Some(staged) => replace(staged, target),
                None => fs::remove_file(target),
            };
            done.map_err(|error| Stop::Failed(Error::file("write", &entry.path, &error)))?;
        }
        for (_, _, target) in &todo {
            if let Some(folder) = target.parent() {
                let _ = sync_folder(folder);
            }
        }
        Ok(())
    }

    /// Forgets the write: it is complete.
    pub fn remove(root: &Path) -> io::Result<()> {
        let folder = root.join(FOLDER);
        fs::remove_file(folder.join(NAME))?;
        sync_folder(&folder)
    }
}

/// Puts `staged` in the place of `target` at once.
fn replace(staged: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(staged, target) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let folder = target.parent().unwrap_or(Path::new("."));
            let near = tempfile::NamedTempFile::new_in(folder)?;
            fs::copy(staged, near.path())?;
            near.as_file().sync_all()?;
            near.persist(target)?;
            Ok(())
        }
        done => done,
    }
}

/// The sha256 of `bytes`, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The bytes of a file, none when there is no such file.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a new file whose bytes are on the disk when this returns.
pub fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder's entries last. Where folders cannot be opened as files (Windows) there is nothing to do.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The file that `path` leads to: a symbolic link stays one, and what it points to is written.
///
/// # Errors
///
/// When `path` leads out of the repository, or to something that is no file.
pub fn resolve(root: &Path, path: &str) -> Result<PathBuf> {
    let relative = Path::new(path);
    let outside = || {
        Error::new(
            format!("expected `{path}` within the repository, but it leads out of it"),
            "replace the symbolic link by a file or a folder of the repository",
        )
    };
    if !relative
        .components()
        .all(|component| matches!(component, Component::Normal(_)))
    {
        return Err(outside());
    }
    let root = fs::canonicalize(root).map_err(|error| Error::file("read", ".", &error))?;
    let mut target = root.join(relative);
    if fs::symlink_metadata(&target).is_ok_and(|metadata| metadata.is_symlink()) {
        target = fs::canonicalize(&target).map_err(|error| Error::file("follow", path, &error))?;
    } else if let (Some(folder), Some(name)) = (target.parent(), target.file_name())
        && let Ok(folder) = fs::canonicalize(folder)
    {
        target = folder.join(name);
    }
    if !target.starts_with(&root) {
        return Err(outside());
    }
    if fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(Error::new(
            format!("expected a file at `{path}`, but found a folder"),
            "move it away",
        ));
    }
    Ok(target)
}
