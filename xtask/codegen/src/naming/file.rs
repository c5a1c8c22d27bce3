//! The ledger as a file: TOML that a person reads and edits.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::operations::{RESERVED, SHADOWING, marks};
use super::parameters::TAKEN;
use super::{Ledger, OperationNames};
use crate::finding::{Failure, Finding};
use crate::names;
use crate::printable;
use crate::source::{Place, Source};

/// The first lines of the file.
const PREAMBLE: &str = "\
# Made by `cargo xtask regen`: what operations, their parameters and types are called in Rust, by their places. A name
# stays while its place is there, whatever upstream calls it. To rename something, change the name here and run
# `cargo xtask regen --offline`. Of an operation that upstream no longer has the entry is kept, as `gone`.
";

/// What is above the names that are reserved.
const ABOUT_RESERVED: &str = "
# No operation gets these names: the hand-written code has methods that are called so.
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    reserved: Vec<Spanned<String>>,
    #[serde(default)]
    operations: BTreeMap<Spanned<String>, Operation>,
    #[serde(default)]
    types: Types,
}

type Types = BTreeMap<Spanned<String>, BTreeSet<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Operation {
    name: Spanned<String>,
    #[serde(default)]
    id: String,
    #[serde(default)]
    path: Vec<Spanned<String>>,
    #[serde(default)]
    query: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    header: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    gone: bool,
}

/// Whether `name` is one for a method or a parameter.
pub(super) fn is_identifier(name: &str) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 2 * names::LONGEST
        && name.chars().all(known)
        && !names::is_keyword(name)
}

/// What is wrong with a file, each with its place.
struct Reading<'a> {
    source: &'a Arc<Source>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn wrong(&mut self, at: Range<usize>, problem: String, remedy: &str) {
        let place = Place {
            source: self.source.clone(),
            start: at.start,
            end: at.end.max(at.start + 1).min(self.source.text.len()),
        };
        self.findings
            .push(Finding::error("names/line", problem, remedy).at("", Some(place)));
    }

    /// Takes `name` as one of a method or a parameter.
    fn identifier(&mut self, name: &Spanned<String>) -> String {
        let text = name.get_ref();
        // A word of Rust's own gets its `_` later.
        if !is_identifier(text) && !is_identifier(&format!("{text}_")) {
            self.wrong(
                name.span(),
                format!(
                    "expected a name such as `{}`, but found `{}`",
                    names::field_name(text),
                    printable::first(text, 60)
                ),
                "write a name in small letters with `_` between the words",
            );
        }
        text.clone()
    }
}

impl Ledger {
    /// The ledger in the text of a `names.toml`.
    ///
    /// # Errors
    ///
    /// With everything in it that is no name, or the name of something else as well.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Failure> {
        let mut reading = Reading {
            source,
            findings: Vec::new(),
        };
        let file = match read(&source.text) {
            Ok(file) => file,
            Err(error) => {
                let message = error.message().trim().replace('\n', ", ");
                reading.wrong(
                    error.span().unwrap_or(0..0),
                    format!("expected TOML as `cargo xtask regen` writes it, but found: {message}"),
                    "correct the line, or remove it so that what it names is named anew",
                );
                return Err(reading.findings.into());
            }
        };
        let ledger = Self {
            reserved: file.reserved.into_iter().map(Spanned::into_inner).collect(),
            types: types(file.types, &mut reading),
            operations: BTreeMap::new(),
        };
        let operations = operations(file.operations, &ledger.reserved, &mut reading);
        if reading.findings.is_empty() {
            Ok(Self {
                operations,
                ..ledger
            })
        } else {
            Err(reading.findings.into())
        }
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = PREAMBLE.to_owned();
        if !self.reserved.is_empty() {
            text += ABOUT_RESERVED;
            text += &format!("reserved = {}\n", list(&self.reserved));
        }
        for (place, operation) in &self.operations {
            text += &format!(
                "\n[operations.{}]\nname = {}\n",
                quoted(place),
                quoted(&operation.name)
            );
            if !operation.id.is_empty() {
                text += &format!("id = {}\n", quoted(&operation.id));
            }
            if !operation.path.is_empty() {
                text += &format!("path = {}\n", list(&operation.path));
            }
            for (location, names) in [("query", &operation.query), ("header", &operation.header)] {
                for (wire, name) in names {
                    text += &format!("{location}.{} = {}\n", key(wire), quoted(name));
                }
            }
            if operation.gone {
                text += "gone = true\n";
            }
        }
        text += "\n[types]\n";
        for (name, places) in &self.types {
            text += &match places.len() {
                0 | 1 => format!("{name} = {}\n", list(places)),
                _ => {
                    let lines: Vec<String> = places
                        .iter()
                        .map(|place| format!("    {},\n", quoted(place)))
                        .collect();
                    format!("{name} = [\n{}]\n", lines.concat())
                }
            };
        }
        text
    }
}

/// The file's content. Before operations had entries, the whole file was what `types` is now.
fn read(text: &str) -> Result<File, toml::de::Error> {
    if text.lines().any(|line| line.starts_with('[')) {
        return toml::from_str(text);
    }
    Ok(File {
        reserved: Vec::new(),
        operations: BTreeMap::new(),
        types: toml::from_str(text)?,
    })
}

fn types(read: Types, reading: &mut Reading<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut types = BTreeMap::new();
    for (name, places) in read {
        let wanted = names::type_name(name.get_ref());
        if wanted != *name.get_ref() {
            reading.wrong(
                name.span(),
                format!(
                    "expected the name of a type such as `{wanted}`, but found `{}`",
                    printable::first(name.get_ref(), 60)
                ),
                "correct the name, or remove the line so that the type is named anew",
            );
        }
        types.insert(name.into_inner(), places);
    }
    types
}

fn operations(
    read: BTreeMap<Spanned<String>, Operation>,
    reserved: &BTreeSet<String>,
    reading: &mut Reading<'_>,
) -> BTreeMap<String, OperationNames> {
    let mut operations = BTreeMap::new();
    let mut taken: HashMap<String, String> = HashMap::new();
    for (place, operation) in read {
        let place = place.into_inner();
        let name = reading.identifier(&operation.name);
        let is_ours = reserved.contains(&name)
            || RESERVED.contains(&name.as_str())
            || SHADOWING.contains(&name.as_str());
        if is_ours {
            reading.wrong(
                operation.name.span(),
                format!("`{name}` is reserved: the client has a method or a type of that name"),
                "give the operation another name, or rename the client's method and take it off `reserved`",
            );
        }
        // What is gone holds no name.
        for mark in marks(&name).into_iter().filter(|_| !operation.gone) {
            if let Some(other) = taken.insert(mark, place.clone())
                && other != place
            {
                reading.wrong(
                    operation.name.span(),
                    format!("`{name}` is the name of {other} as well"),
                    "give one of the two operations another name",
                );
                break;
            }
        }
        let mut own: BTreeSet<String> = TAKEN.iter().map(ToString::to_string).collect();
        let mut parameter = |name: Spanned<String>| {
            let text = reading.identifier(&name);
            if !own.insert(text.clone()) {
                let problem = format!("{place} has something else that is called `{text}`");
                reading.wrong(name.span(), problem, "give the parameter another name");
            }
            text
        };
        let path = operation.path.into_iter().map(&mut parameter).collect();
        let [query, header] = [operation.query, operation.header].map(|names| {
            let names = names.into_iter();
            names
                .map(|(wire, name)| (wire, parameter(name)))
                .collect::<BTreeMap<_, _>>()
        });
        let names = OperationNames {
            name,
            id: operation.id,
            path,
            query,
            header,
            gone: operation.gone,
        };
        operations.insert(place, names);
    }
    operations
}

fn list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn quoted(text: &str) -> String {
    // The strings of JSON are strings of TOML, but that one character more has to be escaped.
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007F")
}

/// `text` as a key: bare when it may be.
fn key(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !text.is_empty() && text.chars().all(bare) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(text: &str) -> Result<Ledger, Failure> {
        Ledger::parse(&Source::new("names.toml", text))
    }

    const LEDGER: &str = r#"
# No operation gets these names: the hand-written code has methods that are called so.
reserved = ["connect"]

[operations."DELETE /a"]
name = "remove"
gone = true

[operations."GET /a/{}/\"b\""]
name = "list"
id = "listAll"
path = ["id", "other"]
query.filter = "filter_"
query."filter['a']" = "filter_a"
header.X-Key = "x_key"

[types]
Fan = ["GET /a/{}/\"b\" response.user"]
User = [
    "A user",
    "GET /a/{}/\"b\" response.\u007F",
]
"#;

    #[test]
    fn a_ledger_is_read_as_it_was_written() {
        let text = format!("{PREAMBLE}{LEDGER}");
        let read = ledger(&text).unwrap();
        assert_eq!(read.to_text(), text);
        assert_eq!(ledger(&text.replace('\n', "\r\n")).unwrap(), read);
        assert!(read.is_gone("DELETE /a response.x"));
        assert!(!read.is_gone("GET /a/{}/\"b\" response.x"));
        let empty = Ledger::default();
        assert_eq!(ledger(&empty.to_text()).unwrap(), empty);
    }

    #[test]
    fn a_ledger_of_types_alone_is_read() {
        let old = ledger("# made\nUser = [\"list.Response.user\", \"show.Body\"]\n").unwrap();
        assert_eq!(
            old.types["User"],
            BTreeSet::from(["list.Response.user".to_owned(), "show.Body".to_owned()])
        );
    }

    #[test]
    fn what_is_no_name_is_refused_with_its_line() {
        let text = "reserved = [\"connect\"]\n\
            [operations.\"GET /a\"]\nname = \"List all\"\npath = [\"id\", \"id\", \"body\"]\n\
            [operations.\"GET /b\"]\nname = \"connect\"\n\
            [operations.\"GET /c\"]\nname = \"show_x\"\nquery.a = \"1\"\n\
            [operations.\"GET /d\"]\nname = \"show_x\"\ngone = true\n\
            [operations.\"GET /e\"]\nname = \"show_x\"\n\
            [types]\nuser = []\n";
        let failure = ledger(text).unwrap_err();
        insta::assert_snapshot!(failure.to_string());
        let failure = ledger("[types]\nUser = []\nUser = [\"a\"]\n").unwrap_err();
        insta::assert_snapshot!(failure.to_string());
    }
}
