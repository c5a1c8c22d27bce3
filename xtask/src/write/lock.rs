//! One writer at a time: the lock that is held while files change.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use crate::error::{Error, Result};
use crate::write::FOLDER;

const NAME: &str = "lock";

/// The right to change files. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    _file: File,
}

/// What to do while another process holds the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Wait until it is free: it is held for moments once a journal exists.
    Wait,
    /// Come back without it.
    GiveUp,
}

impl Lock {
    /// The lock of the repository at `root`; none when another process has it and there is no patience.
    ///
    /// # Errors
    ///
    /// When the folder for the work cannot be made.
    pub fn acquire(root: &Path, patience: Patience) -> Result<Option<Self>> {
        let folder = root.join(FOLDER);
        loop {
            match attempt(&folder, patience) {
                Ok(Attempt::Locked(file)) => {
                    // Git need not see the folder, wherever the tree has been copied to.
                    let _ = fs::write(folder.join(".gitignore"), "*\n");
                    return Ok(Some(Self {
                        folder,
                        _file: file,
                    }));
                }
                Ok(Attempt::Held) => return Ok(None),
                Ok(Attempt::Again) => {}
                Err(error) => return Err(Error::file("write", FOLDER, &error)),
            }
        }
    }

    /// Removes the folder and gives the lock back.
    ///
    /// Whoever opened the lock's file before it was removed sees that it is no longer the one in the folder, and
    /// tries again; whoever makes a new one keeps the folder from being removed.
    pub fn release(self) {
        let _ = fs::remove_file(self.folder.join(".gitignore"));
        let _ = fs::remove_file(self.folder.join(NAME));
        let _ = fs::remove_dir(&self.folder);
    }
}

enum Attempt {
    Locked(File),
    Held,
    Again,
}

fn attempt(folder: &Path, patience: Patience) -> io::Result<Attempt> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    if !fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir()) {
        return match fs::symlink_metadata(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Attempt::Again),
            _ => Err(io::Error::from(io::ErrorKind::NotADirectory)),
        };
    }
    let path = folder.join(NAME);
    let file = match File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
    {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Attempt::Again),
        Err(error) => return Err(error),
    };
    match patience {
        Patience::Wait => FileExt::lock(&file)?,
        Patience::GiveUp => match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Attempt::Held),
            Err(TryLockError::Error(error)) => return Err(error),
        },
    }
    let ours = same_file::Handle::from_file(file.try_clone()?)?;
    Ok(match same_file::Handle::from_path(&path) {
        Ok(theirs) if theirs == ours => Attempt::Locked(file),
        _ => Attempt::Again,
    })
}
