//! What a command answers with, and how it gets to the terminal.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use scribe_codegen::finding::{Finding, printable};
use serde_json::{Value, json};

use crate::error::Error;

/// What a command found out.
#[derive(Debug)]
pub struct Answer {
    /// Whether the text is to be read before the notes: a report begins with its verdict.
    pub leads: bool,
    /// Whether all is well.
    pub ok: bool,
    /// For standard output.
    pub text: String,
    /// For standard error: findings and advice.
    pub notes: String,
}

impl Answer {
    /// `value` as the one document of a JSON answer.
    pub fn json(ok: bool, value: &Value) -> Self {
        Self {
            leads: false,
            ok,
            text: format!("{value:#}\n"),
            notes: String::new(),
        }
    }

    /// Prints it. A reader that went away (`… | head`) is not an error.
    pub fn print(&self) -> ExitCode {
        let notes = || anstream::stderr().write_all(self.notes.as_bytes());
        let text = || {
            let mut out = anstream::stdout().lock();
            out.write_all(self.text.as_bytes())?;
            out.flush()
        };
        let written = if self.leads {
            text().and_then(|()| notes())
        } else {
            notes().and_then(|()| text())
        };
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
            _ if self.ok => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }
}

/// The answer when a command could not do its work.
pub fn failure(error: &Error, json: bool) -> Answer {
    if json {
        let value = match error {
            Error::Outside { problem, action } => json!({
                "ok": false,
                "error": { "problem": problem, "action": action },
            }),
            Error::Findings(failure) => json!({ "ok": false, "findings": failure.findings }),
        };
        return Answer::json(false, &value);
    }
    let notes = match error {
        Error::Outside { .. } => format!("{}\n", painted(&error.to_string())),
        Error::Findings(failure) => findings(&failure.findings),
    };
    Answer {
        leads: false,
        ok: false,
        text: String::new(),
        notes,
    }
}

/// Findings as standard error shows them, an empty line after each.
pub fn findings<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    findings
        .into_iter()
        .map(|finding| format!("{}\n\n", painted(&finding.to_string())))
        .collect()
}

/// `text` with its first word in the colour of what it says; a stream that is no terminal takes the colour out.
fn painted(text: &str) -> String {
    let end = text.find([':', '[']).unwrap_or(0);
    let colour = match &text[..end] {
        "error" => AnsiColor::Red,
        "warning" => AnsiColor::Yellow,
        "repaired" => AnsiColor::Green,
        _ => return text.to_owned(),
    };
    let style = colour.on_default().bold();
    format!("{style}{}{style:#}{}", &text[..end], &text[end..])
}

/// A verdict in the colour of what it says.
pub fn verdict(ok: bool, text: &str) -> String {
    let colour = if ok { AnsiColor::Green } else { AnsiColor::Red };
    let style: Style = colour.on_default().bold();
    format!("{style}{}{style:#}\n", printable(text))
}

/// `1 patch`, `2 patches`: the number with the word that fits it; thousands are told apart.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        thousands(number),
        if number == 1 { one } else { many }
    )
}

/// `11,473`
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_at_a_glance() {
        assert_eq!(count(1, "patch", "patches"), "1 patch");
        assert_eq!(count(0, "patch", "patches"), "0 patches");
        assert_eq!(count(11_473, "byte", "bytes"), "11,473 bytes");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(999), "999");
    }

    #[test]
    fn only_a_known_first_word_is_coloured() {
        assert_eq!(painted("error: a"), "\u{1b}[1m\u{1b}[31merror\u{1b}[0m: a");
        assert_eq!(painted("errors: a"), "errors: a");
        assert_eq!(painted("no colon"), "no colon");
    }
}
