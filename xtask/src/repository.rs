//! The repository: where it is, and what is committed in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use scribe_codegen::fingerprint;
use scribe_codegen::source::Source;

use crate::error::{Error, Result};
use crate::pipeline;

/// The vendored document.
pub const UPSTREAM: &str = "spec/upstream/openapi.yaml";
/// Where the vendored document comes from.
pub const PROVENANCE: &str = "spec/upstream/provenance.toml";
/// The public surface of the client.
pub const SURFACE: &str = "spec/api-surface.txt";
/// The rules about secrets.
pub const SECRETS: &str = "spec/secrets.yaml";
/// The ledger of names.
pub const NAMES: &str = "spec/names.toml";
/// The folder that holds nothing but what the pipeline makes.
pub const GENERATED: &str = "src/generated";
/// The client.
pub const CLIENT: &str = "src/generated/client.rs";

/// The operations as data, for a server that tests talk to.
pub const DESCRIPTION: &str = "src/generated/operations.json";

/// The repository that a command works on.
#[derive(Debug, Clone)]
pub struct Repository {
    /// Its root folder.
    pub root: PathBuf,
}

impl Repository {
    /// The repository that the current folder is in, or else the one that cargo runs this program from.
    ///
    /// # Errors
    ///
    /// When neither is one.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().map_err(|error| Error::file("read", ".", &error))?;
        let cargo = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        [Some(here), cargo]
            .iter()
            .flatten()
            .find_map(|start| start.ancestors().find(|folder| is_root(folder)))
            .map(|root| Self {
                root: root.to_owned(),
            })
            .ok_or_else(|| {
                Error::new(
                    "expected a folder with `Cargo.toml` and `spec` here or above, but found none",
                    "run the command within the repository",
                )
            })
    }

    /// The bytes of the file at `path`, none when there is no such file.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        match std::fs::read(self.root.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file("read", path, &error)),
        }
    }

    /// The vendored document's bytes.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn vendored(&self) -> Result<Vec<u8>> {
        self.read(UPSTREAM)?.ok_or_else(|| {
            Error::new(
                format!(
                    "expected the vendored document at `{UPSTREAM}`, but there is no such file"
                ),
                "vendor one: `cargo xtask regen --from URL|FILE`",
            )
        })
    }

    /// The overlays in the order in which they apply.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn overlays(&self) -> Result<Vec<Arc<Source>>> {
        self.folder(fingerprint::OVERLAYS)
    }

    /// The supplements by name.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn supplements(&self) -> Result<Vec<Arc<Source>>> {
        self.folder(fingerprint::SUPPLEMENTS)
    }

    /// The YAML files in a folder of `spec/`, by name.
    fn folder(&self, name: &str) -> Result<Vec<Arc<Source>>> {
        let folder = format!("spec/{name}");
        fingerprint::folder(&self.root.join("spec"), name)
            .map_err(|error| Error::file("read", &folder, &error))?
            .iter()
            .map(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let name = format!("{folder}/{name}");
                let bytes =
                    std::fs::read(path).map_err(|error| Error::file("read", &name, &error))?;
                pipeline::decode(&name, bytes)
            })
            .collect()
    }

    /// The ledger of names, none when there is none yet.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn names(&self) -> Result<Option<Arc<Source>>> {
        self.text(NAMES)
    }

    /// The rules about secrets, none when there are none yet.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn secrets(&self) -> Result<Option<Arc<Source>>> {
        self.text(SECRETS)
    }

    fn text(&self, path: &str) -> Result<Option<Arc<Source>>> {
        let bytes = self.read(path)?;
        bytes.map(|bytes| pipeline::decode(path, bytes)).transpose()
    }

    /// The files in the folder of what is made, as paths from the root, sorted.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn generated(&self) -> Result<Vec<String>> {
        let mut files = Vec::new();
        self.list(GENERATED, &mut files)?;
        files.sort();
        Ok(files)
    }

    fn list(&self, folder: &str, files: &mut Vec<String>) -> Result<()> {
        let failed = |error: &std::io::Error| Error::file("read", folder, error);
        let entries = match std::fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(&error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| failed(&error))?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.list(&path, files)?;
            } else {
                files.push(path);
            }
        }
        Ok(())
    }
}

fn is_root(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && folder.join("spec").is_dir()
}
