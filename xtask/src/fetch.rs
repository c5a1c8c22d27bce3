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
/// When it cannot be had, is larger than 64 MiB, or is gzip that was cut off.
pub fn fetch(from: &str, timeout: Duration) -> Result<Fetched> {
    if download::is_address(from) {
        return Ok(Fetched {
            name: from.to_owned(),
            bytes: inflated(from, download(from, timeout)?)?,
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
        return Err(too_large(&name));
    }
    Ok(Fetched {
        bytes: inflated(&name, bytes)?,
        name: name.into_owned(),
        address: None,
    })
}

/// What gzip packed into `bytes`; the bytes themselves when it was not gzip: servers and people pack documents.
fn inflated(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut inflated = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes.as_slice())
        .take(LIMIT + 1)
        .read_to_end(&mut inflated);
    if inflated.len() as u64 > LIMIT {
        return Err(too_large(name));
    }
    match read {
        Ok(_) => Ok(inflated),
        Err(error) => Err(Error::new(
            format!("expected `{name}` to be gzip to its end, but found that it is not: {error}"),
            "fetch it again; it was probably cut off",
        )),
    }
}

fn too_large(name: &str) -> Error {
    Error::new(
        format!("expected at most 64 MiB in `{name}`, but found more"),
        "check that it is the document",
    )
}
