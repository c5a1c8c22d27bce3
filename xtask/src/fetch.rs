//! From what `--from` names to bytes: an address, a file or standard input.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use crate::download::{self, LIMIT, download};
use crate::error::{Error, Result};

/// What was fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What messages call it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its address, when it was downloaded.
    pub address: Option<String>,
}

/// The bytes of `from`: an address, a file, or `-` for standard input.
///
/// # Errors
///
/// When it cannot be had, or is larger than 64 MiB.
pub fn fetch(from: &str, timeout: Duration) -> Result<Fetched> {
    if download::is_address(from) {
        return Ok(Fetched {
            name: from.to_owned(),
            bytes: download(from, timeout)?,
            address: Some(from.to_owned()),
        });
    }
    file(from)
}

/// The bytes of a file, or of standard input for `-`.
///
/// # Errors
///
/// When it cannot be read, or is larger than 64 MiB.
pub fn file(from: impl AsRef<Path>) -> Result<Fetched> {
    let from = from.as_ref();
    let mut bytes = Vec::new();
    let (name, read) = if from == Path::new("-") {
        let read = std::io::stdin()
            .lock()
            .take(LIMIT + 1)
            .read_to_end(&mut bytes);
        ("<stdin>".into(), read)
    } else {
        let read =
            std::fs::File::open(from).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes));
        (from.to_string_lossy(), read)
    };
    read.map_err(|error| Error::file("read", &name, &error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Error::new(
            format!("expected at most 64 MiB in `{name}`, but found more"),
            "check that it is the document",
        ));
    }
    Ok(Fetched {
        name: name.into_owned(),
        bytes,
        address: None,
    })
}
