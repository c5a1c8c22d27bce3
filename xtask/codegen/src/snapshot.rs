//! The committed client, and what a build script says to cargo about it.
//!
//! Like `fingerprint.rs` this file imports nothing but the standard library and its neighbour: the build script of a
//! crate includes both as they stand, since a build without the generator must have no dependency.

use std::path::Path;
use std::{env, fs};

use super::fingerprint;

/// The snapshot's text, when its header shows that it was made from the files in `spec`.
///
/// # Errors
///
/// When a file cannot be read, or the snapshot was made from other files: what is wrong where, and the remedy.
pub fn check(spec: &str, snapshot: &str) -> Result<String, String> {
    let lost = |error| format!("{error}\nhelp: restore the folder {spec} from version control");
    // Exactly what the client depends on: an edit in `src/` must not run this again.
    for input in fingerprint::inputs(Path::new(spec)).map_err(lost)? {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    for folder in fingerprint::FOLDERS {
        println!("cargo::rerun-if-changed={spec}/{folder}");
    }
    if env::var_os("CARGO_FEATURE_CODEGEN").is_none() {
        println!("cargo::rerun-if-changed={snapshot}");
    }
    let wanted = fingerprint::of(Path::new(spec)).map_err(lost)?;
    let text = fs::read_to_string(snapshot)
        .map_err(|error| format!("{snapshot}: {error}\nhelp: run `cargo xtask regen --offline`"))?;
    // A checkout that turns line ends around is no other client.
    let text = text.replace("\r\n", "\n");
    let line = text
        .lines()
        .position(|line| line.starts_with(fingerprint::HEADER));
    match fingerprint::in_header(&text) {
        Some(found) if found == wanted => Ok(text),
        found => Err(format!(
            "{snapshot}:{}:1: expected the client that belongs to {spec} ({wanted}), but found that of another state ({})\n\
             help: run `cargo xtask regen --offline`",
            line.map_or(1, |line| line + 1),
            found.unwrap_or("none in its header"),
        )),
    }
}

/// Writes `client` to `OUT_DIR/client.rs`, or fails the build with what is wrong.
pub fn finish(client: Result<String, String>) {
    let written = client.and_then(|client| {
        let folder = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
        let file = Path::new(&folder).join("client.rs");
        fs::write(&file, client).map_err(|error| format!("{}: {error}", file.display()))
    });
    if let Err(message) = written {
        for line in message.lines() {
            println!("cargo::error={line}");
        }
        // No panic: a backtrace would bury what is wrong.
        std::process::exit(1);
    }
}
