//! `diff`: how the surface differs from that of a revision or a file.

use scribe_codegen::attribution::{self, Made};
use scribe_codegen::diff::{self, Change};
use scribe_codegen::finding::printable;
use scribe_codegen::pipeline::Input;
use scribe_codegen::surface::Surface;
use serde_json::json;

use crate::accepted::{ACCEPTED, Accepted, unaccepted};
use crate::causes::{self, Before};
use crate::cli::{Diff, DiffFormat, FailOn};
use crate::error::{Error, Result};
use crate::output::{self, Answer};
use crate::page::Page;
use crate::pipeline;
use crate::repository::{Repository, SURFACE, UPSTREAM};
use crate::revision::Revision;
use crate::surface;

/// The longest answer in Markdown, in bytes: a comment takes 65,536 characters.
const COMMENT: usize = 58_000;

/// Carries the command out.
///
/// # Errors
///
/// When one of the two surfaces cannot be had, or what is accepted cannot be read.
pub fn run(repository: &Repository, arguments: &Diff) -> Result<Answer> {
    let after = repository.read(SURFACE)?.ok_or_else(|| {
        Error::new(
            format!("expected the surface at `{SURFACE}`, but there is no such file"),
            "make it: `cargo xtask regen --offline`",
        )
    })?;
    let after = Surface::parse(&pipeline::decode(SURFACE, after)?.text);
    let accepted = Accepted::read(repository)?;
    let (base, mut notes) = base(repository, &arguments.base)?;
    let mut changes = diff::compare(&base.surface, &after);
    // A file has no document beside it: what there is to say of causes is not worth the time on a terminal.
    if !changes.is_empty() && (base.input.is_some() || arguments.format != DiffFormat::Text) {
        match attributed(repository, &base, &after) {
            Ok(Some(attributed)) => changes = attributed,
            Ok(None) => {}
            Err(error) => {
                let error = error.to_string();
                let error = error.lines().next().unwrap_or_default();
                notes += &format!("note: no change has a pointer or a cause: {error}\n");
            }
        }
    }
    let unknown = accepted.mark(&mut changes);
    if !unknown.is_empty() {
        notes += &format!(
            "note: {ACCEPTED} accepts what is no change against {}: {}\n",
            arguments.base,
            unknown.join(", ")
        );
    }
    let level = diff::level(&changes);
    let ok = match arguments.fail_on {
        None => true,
        Some(FailOn::Any) => changes.is_empty(),
        Some(FailOn::Breaking) => unaccepted(&changes) == 0,
    };
    let text = match arguments.format {
        DiffFormat::Json => {
            return Ok(Answer::json(
                ok,
                &json!({
                    "ok": ok,
                    "base": arguments.base,
                    "level": level,
                    "unaccepted": unaccepted(&changes),
                    "unknown": unknown,
                    "changes": changes,
                }),
            ));
        }
        DiffFormat::Markdown => printable(&diff::markdown_within(
            &changes,
            COMMENT,
            &format!(
                "`cargo xtask diff --base {}` has all of it, and with `--format html` as a page.",
                arguments.base
            ),
        )),
        DiffFormat::Html => {
            let verdict = format!("against {}: {}", arguments.base, surface::verdict(&changes));
            let mut page = Page::new("Changes of the surface", &verdict);
            page.changes(&changes);
            page.to_html()
        }
        DiffFormat::Text => {
            let verdict = format!("against {}: {}", arguments.base, surface::verdict(&changes));
            let details = surface::details(&changes);
            let border = if details.is_empty() { "" } else { "\n" };
            output::verdict(ok, &verdict) + border + &printable(&details)
        }
    };
    Ok(Answer {
        leads: false,
        ok,
        text,
        notes,
    })
}

/// The changes with their pointers, and with their causes when the inputs of `base` are known; none when this
/// repository has no document.
fn attributed(
    repository: &Repository,
    base: &Before,
    surface: &Surface,
) -> Result<Option<Vec<Change>>> {
    if repository.read(UPSTREAM)?.is_none() {
        return Ok(None);
    }
    let input: Input = pipeline::input(repository, pipeline::vendored(repository)?)?;
    if base.input.is_some() {
        let outcome = pipeline::client(&input)?;
        return Ok(Some(causes::changes(base, &input, &outcome, surface)));
    }
    let (patched, repaired) = pipeline::repaired(&input)?;
    let made = Made::by_repairs(&patched, &repaired, surface);
    Ok(Some(attribution::traced(None, &base.surface, made)))
}

/// The surface that `base` names, with what it was made of, and what is to be said about it: a file if there is one of
/// that name, else a git revision.
fn base(repository: &Repository, base: &str) -> Result<(Before, String)> {
    let path = std::path::Path::new(base);
    if path.is_file() {
        let bytes = std::fs::read(path).map_err(|error| Error::file("read", base, &error))?;
        let before = Before {
            input: None,
            surface: Surface::parse(&pipeline::decode(base, bytes)?.text),
        };
        return Ok((before, String::new()));
    }
    let Some(revision) = Revision::find(repository, base)? else {
        return Err(Error::new(
            format!("expected a git revision or a surface file, but found `{base}`"),
            "give a branch, a tag, a commit or a file (`git log --oneline` shows commits)",
        ));
    };
    let before = Before {
        input: revision.input()?,
        surface: revision
            .read(SURFACE)?
            .map(|surface| Surface::parse(&surface.text))
            .unwrap_or_default(),
    };
    let note = if before.surface == Surface::default() {
        format!("note: `{base}` has no {SURFACE}, so that everything is new\n")
    } else {
        String::new()
    };
    Ok((before, note))
}
