//! The pipeline in a build script: from the files in `spec/` to the client's text.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::fingerprint;
use crate::load;
use crate::pipeline::{self, Extent, Input};
use crate::source::Source;

/// The client that the pipeline makes from the files in `spec`. Says so when it is not the `snapshot`, byte for byte.
///
/// # Errors
///
/// With the findings of the stage that could not go on, as they are printed: file, line and remedy. Else with what is
/// wrong with the snapshot: a broken overlay makes it stale, too, and is the better thing to say.
pub fn client(spec: &str, snapshot: Result<String, String>) -> Result<String, String> {
    let input = input(Path::new(spec))?;
    let outcome = pipeline::run(&input).map_err(|failure| failure.to_string())?;
    if outcome.client != snapshot? {
        // Not an error: a dependency of the generator may print the same client in another way.
        println!(
            "cargo::warning=the committed client is not what the pipeline makes now; \
             `cargo xtask check` shows the difference, `cargo xtask regen --offline` mends it"
        );
    }
    Ok(outcome.client)
}

/// What the pipeline works on, read from `spec`.
///
/// # Errors
///
/// When a file cannot be read or is no text.
pub fn input(spec: &Path) -> Result<Input, String> {
    let folder = |name| {
        let files = fingerprint::folder(spec, name).map_err(|error| error.to_string())?;
        files.into_iter().map(source).collect::<Result<_, String>>()
    };
    let file = |name| {
        let file = Some(spec.join(name)).filter(|file| file.exists());
        file.map(source).transpose()
    };
    Ok(Input {
        overlays: folder(fingerprint::OVERLAYS)?,
        supplements: folder(fingerprint::SUPPLEMENTS)?,
        secrets: file(fingerprint::SECRETS)?,
        names: file(fingerprint::NAMES)?,
        extent: Extent::Client,
        ..Input::of(source(spec.join(fingerprint::DOCUMENT))?)
    })
}

fn source(path: PathBuf) -> Result<Arc<Source>, String> {
    let name = path.to_string_lossy().replace('\\', "/");
    let bytes = fs::read(&path).map_err(|error| format!("{name}: {error}"))?;
    load::decode(&name, bytes).map_err(|failure| failure.to_string())
}
