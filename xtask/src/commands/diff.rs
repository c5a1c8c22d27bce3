//! `diff`: how the surface differs from that of a revision or a file.

use std::process::Command;

use scribe_codegen::diff::{self, Level};
use serde_json::json;

use crate::cli::{Diff, DiffFormat, FailOn};
use crate::error::{Error, Result};
use crate::output::{self, Answer};
use crate::pipeline;
use crate::repository::{Repository, SURFACE};
use crate::surface;

/// Carries the command out.
///
/// # Errors
///
/// When one of the two surfaces cannot be had.
pub fn run(repository: &Repository, arguments: &Diff) -> Result<Answer> {
    let after = repository.read(SURFACE)?.ok_or_else(|| {
        Error::new(
            format!("expected the surface at `{SURFACE}`, but there is no such file"),
            "make it: `cargo xtask regen --offline`",
        )
    })?;
    let after = pipeline::decode(SURFACE, after)?;
    let base = base(repository, &arguments.base)?;
    let changes = diff::compare(&base.text, &after.text);
    let level = diff::level(&changes);
    let ok = match arguments.fail_on {
        None => true,
        Some(FailOn::Any) => changes.is_empty(),
        Some(FailOn::Breaking) => level != Some(Level::Major),
    };
    let text = match arguments.format {
        DiffFormat::Json => {
            return Ok(Answer::json(
                ok,
                &json!({ "ok": ok, "base": arguments.base, "level": level, "changes": changes }),
            ));
        }
        DiffFormat::Markdown => diff::markdown(&changes),
        DiffFormat::Text => {
            let verdict = format!("against {}: {}", arguments.base, surface::verdict(&changes));
            let details = surface::details(&changes);
            let border = if details.is_empty() { "" } else { "\n" };
            output::verdict(ok, &verdict) + border + &details
        }
    };
    Ok(Answer {
        ok,
        text,
        notes: base.note,
    })
}

struct Base {
    text: String,
    note: String,
}

/// The surface that `base` names: a file if there is one of that name, else that of a git revision.
fn base(repository: &Repository, base: &str) -> Result<Base> {
    let path = std::path::Path::new(base);
    if path.is_file() {
        let bytes = std::fs::read(path).map_err(|error| Error::file("read", base, &error))?;
        return Ok(Base {
            text: pipeline::decode(base, bytes)?.text.clone(),
            note: String::new(),
        });
    }
    let commit = format!("{base}^{{commit}}");
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
    let Some(known) = known else {
        return Err(Error::new(
            format!("expected a git revision or a surface file, but found `{base}`"),
            "give a branch, a tag, a commit or a file (`git log --oneline` shows commits)",
        ));
    };
    let commit = String::from_utf8_lossy(&known).trim().to_owned();
    // With `./` the path counts from the folder that git runs in, which need not be the top of its tree.
    let listed = git(repository, &["ls-tree", "--name-only", &commit, SURFACE])?;
    if listed.is_none_or(|listed| listed.is_empty()) {
        return Ok(Base {
            text: String::new(),
            note: format!("note: `{base}` has no {SURFACE}, so that everything is new\n"),
        });
    }
    let shown = git(repository, &["show", &format!("{commit}:./{SURFACE}")])?;
    let Some(shown) = shown else {
        return Err(Error::new(
            format!("could not read {SURFACE} of `{base}` from git"),
            format!("see what `git show {base}:{SURFACE}` says"),
        ));
    };
    Ok(Base {
        text: pipeline::decode(&format!("{base}:{SURFACE}"), shown)?
            .text
            .clone(),
        note: String::new(),
    })
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
