//! What a report says of the crate that does not compile: each error beside the change of the surface that it comes from.

use scribe_codegen::diff::Change;

use crate::compile::{CompileError, Compiled};
use crate::output::count;

/// How many errors are shown with all that the compiler says.
const SHOWN: usize = 12;

/// The first words of the verdict; none when the crate compiles or nobody knows.
pub fn verdict(compiled: &Compiled, written: bool) -> Option<String> {
    match compiled {
        Compiled::No(errors) => Some(format!(
            "the crate does not compile with the new client ({}): {}",
            count(errors.len(), "error", "errors"),
            if written {
                "written all the same, because of --force"
            } else {
                "nothing was written"
            }
        )),
        _ => None,
    }
}

/// What came of it, in a line; none when it was not tried.
pub fn line(compiled: &Compiled) -> Option<String> {
    Some(match compiled {
        Compiled::Skipped => return None,
        Compiled::Yes => "compiles: yes, the hand-written code included".to_owned(),
        Compiled::Unknown(why) => format!("compiles: not known, since cargo could not tell: {why}"),
        Compiled::No(errors) => format!("compiles: no, {}", count(errors.len(), "error", "errors")),
    })
}

/// Each error with the changes that it comes from, and what to do.
pub fn errors(compiled: &Compiled, changes: &[Change]) -> Vec<String> {
    let Compiled::No(errors) = compiled else {
        return Vec::new();
    };
    let mut told: Vec<String> = errors
        .iter()
        .take(SHOWN)
        .map(|error| tell(error, changes))
        .collect();
    if errors.len() > SHOWN {
        told.push(format!(
            "{} more, as `cargo check` shows once it is written",
            errors.len() - SHOWN
        ));
    }
    told.push(
        "what to do: run the command again with --force and adapt the hand-written code to what is true now; or, where \
         upstream is wrong, correct it with a patch (docs/patches.md)"
            .to_owned(),
    );
    told
}

fn tell(error: &CompileError, changes: &[Change]) -> String {
    let mut text = error.rendered.clone();
    for change in error.explained_by(changes) {
        text += &format!(
            "\n  because of {} ({}): {}",
            change.item, change.kind, change.reason
        );
        let causes: Vec<String> = change
            .causes
            .iter()
            .map(|cause| cause.by.to_string())
            .collect();
        if !causes.is_empty() {
            text += &format!("\n  from {}", causes.join(", "));
        }
        if let Some(pointer) = &change.pointer {
            text += &format!(" at {pointer}");
        }
        for (sign, line) in [("-", &change.before), ("+", &change.after)] {
            if let Some(line) = line {
                text += &format!("\n  {sign} {line}");
            }
        }
    }
    text
}
