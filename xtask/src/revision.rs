//! What git has committed: the files of a revision, as the commands read them.

use std::process::Command;
use std::sync::Arc;

use scribe_codegen::fingerprint;
use scribe_codegen::pipeline::Input;
use scribe_codegen::source::Source;

use crate::error::{Error, Result};
use crate::pipeline;
use crate::repository::{NAMES, Repository, SECRETS, UPSTREAM};

/// A commit of the repository.
#[derive(Debug)]
pub struct Revision<'a> {
    repository: &'a Repository,
    /// As it was asked for.
    name: String,
    commit: String,
}

impl<'a> Revision<'a> {
    /// The commit that `name` means, none when it means none.
    ///
    /// # Errors
    ///
    /// When there is no git, or this is no git repository.
    pub fn find(repository: &'a Repository, name: &str) -> Result<Option<Self>> {
        let commit = format!("{name}^{{commit}}");
        let known = git(
            repository,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &commit,
            ],
        )?;
        Ok(known.map(|known| Self {
            repository,
            name: name.to_owned(),
            commit: String::from_utf8_lossy(&known).trim().to_owned(),
        }))
    }

    /// The text of the file at `path`, none when the revision has no such file.
    ///
    /// # Errors
    ///
    /// When git cannot read it, or it is no text.
    pub fn read(&self, path: &str) -> Result<Option<Arc<Source>>> {
        if self.list(path)?.is_empty() {
            return Ok(None);
        }
        // With `./` the path counts from the folder that git runs in, which need not be the top of its tree.
        let shown = git(
            self.repository,
            &["show", &format!("{}:./{path}", self.commit)],
        )?;
        let Some(shown) = shown else {
            return Err(Error::new(
                format!("could not read {path} of `{}` from git", self.name),
                format!("see what `git show {}:{path}` says", self.name),
            ));
        };
        pipeline::decode(path, shown).map(Some)
    }

    /// What the pipeline worked on, none when the revision has no vendored document.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub fn input(&self) -> Result<Option<Input>> {
        let Some(spec) = self.read(UPSTREAM)? else {
            return Ok(None);
        };
        let mut input = Input::of(spec);
        input.names = self.read(NAMES)?;
        input.secrets = self.read(SECRETS)?;
        input.overlays = self.folder(fingerprint::OVERLAYS)?;
        input.supplements = self.folder(fingerprint::SUPPLEMENTS)?;
        Ok(Some(input))
    }

    /// The YAML files in a folder of `spec/`, by name.
    fn folder(&self, folder: &str) -> Result<Vec<Arc<Source>>> {
        let mut paths = self.list(&format!("spec/{folder}/"))?;
        paths.retain(|path| path.ends_with(".yaml"));
        paths.sort();
        let files = paths.iter().map(|path| self.read(path));
        Ok(files
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    fn list(&self, path: &str) -> Result<Vec<String>> {
        let listed = git(
            self.repository,
            &["ls-tree", "-z", "--name-only", &self.commit, path],
        )?;
        let listed = String::from_utf8_lossy(&listed.unwrap_or_default()).into_owned();
        let names = listed.split('\0').filter(|name| !name.is_empty());
        Ok(names.map(str::to_owned).collect())
    }
}

/// What git prints, none when it fails.
fn git(repository: &Repository, arguments: &[&str]) -> Result<Option<Vec<u8>>> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(&repository.root)
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| {
            Error::new(
                format!("could not run git: {error}"),
                "install git, or give a surface file (`--base FILE`)",
            )
        })?;
    let message = String::from_utf8_lossy(&output.stderr);
    if message.contains("not a git repository") {
        return Err(Error::new(
            "expected a git repository, but found none here",
            "give a surface file (`--base FILE`)",
        ));
    }
    Ok(output.status.success().then_some(output.stdout))
}
