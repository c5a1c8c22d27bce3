//! `new-repair`: the files that another repair begins with.

use scribe_codegen::repair::REPAIRS;

use crate::cli::{Format, NewRepair};
use crate::error::{Error, Result};
use crate::output::Answer;
use crate::repository::Repository;
use crate::write::{self, FileChange};

const FOLDER: &str = "xtask/codegen/src/repair";
const REGISTRY: &str = "xtask/codegen/src/repair/mod.rs";
/// Before this line of the registry: what comes behind sees all places of a document together.
const BEFORE: &str = "    // Types, seen together.\n";

/// Carries the command out.
///
/// # Errors
///
/// When the name is not one for a module or is taken, or the repository has no registry of repairs.
pub fn run(repository: &Repository, arguments: &NewRepair) -> Result<Answer> {
    let name = &arguments.name;
    check(name)?;
    let registry = repository.read(REGISTRY)?.ok_or_else(|| {
        Error::new(
            format!("expected the registry of repairs at `{REGISTRY}`, but there is no such file"),
            "run the command within the repository",
        )
    })?;
    let code = next_code();
    let text = String::from_utf8_lossy(&registry).into_owned();
    let registered = register(&text, name).ok_or_else(|| {
        Error::new(
            format!("expected a list of modules and `REPAIRS` in `{REGISTRY}`, but found none"),
            "add the repair by hand",
        )
    })?;
    let module = format!("{FOLDER}/{name}.rs");
    let fixture = format!("xtask/codegen/tests/repairs/{name}.yaml");
    let changes = [
        FileChange {
            path: REGISTRY.to_owned(),
            before: Some(registry),
            after: Some(registered.into_bytes()),
        },
        new_file(repository, &module, scaffold(&code, name))?,
        new_file(repository, &fixture, FIXTURE.to_owned())?,
    ];
    write::commit(&repository.root, &changes)?;
    let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    if arguments.format == Format::Json {
        let value = serde_json::json!({ "ok": true, "code": code, "written": paths });
        return Ok(Answer::json(true, &value));
    }
    let mut text: String = paths.iter().map(|path| format!("wrote {path}\n")).collect();
    text.push_str(&format!(
        "next: write the smallest document that shows the weakness into {fixture}, say in {module} why Scribe\n\
         does it and what happens, mend it there, and run\n    \
         UPDATE=1 INSTA_UPDATE=always cargo test -p scribe-codegen --test repairs\n"
    ));
    Ok(Answer {
        leads: false,
        ok: true,
        text,
        notes: String::new(),
    })
}

fn check(name: &str) -> Result<()> {
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !fits || syn::parse_str::<syn::Ident>(name).is_err() {
        return Err(Error::new(
            format!(
                "expected a name such as `null_examples`, but found `{}`",
                name.escape_debug()
            ),
            "say in two or three words, in lower case and with `_` between them, what is wrong in the document",
        ));
    }
    if let Some(repair) = REPAIRS.iter().find(|repair| repair.name == name) {
        return Err(Error::new(
            format!(
                "expected a name that no repair has, but `{name}` is {}",
                repair.code
            ),
            "take another name, or widen that repair",
        ));
    }
    Ok(())
}

/// One more than the highest code: a code is never used again.
fn next_code() -> String {
    let numbers = REPAIRS
        .iter()
        .filter_map(|repair| repair.code.get(1..)?.parse().ok());
    format!("S{:03}", numbers.max().unwrap_or(0u32) + 1)
}

fn new_file(repository: &Repository, path: &str, text: String) -> Result<FileChange> {
    if repository.read(path)?.is_some() {
        return Err(Error::new(
            format!("expected no file at `{path}` yet, but there is one"),
            "take another name, or remove the file",
        ));
    }
    Ok(FileChange {
        path: path.to_owned(),
        before: None,
        after: Some(text.into_bytes()),
    })
}

/// The registry with the repair in it: its module among the others, in order, and itself before those that look at the
/// document as a whole.
fn register(registry: &str, name: &str) -> Option<String> {
    let line = format!("mod {name};\n");
    let modules: Vec<&str> = registry
        .split_inclusive('\n')
        .filter(|line| line.starts_with("mod ") && line.ends_with(";\n"))
        .collect();
    let next = modules.iter().find(|other| **other > line.as_str());
    let declared = match next {
        Some(next) => registry.replacen(next, &format!("{line}{next}"), 1),
        None => {
            let last = modules.last()?;
            registry.replacen(last, &format!("{last}{line}"), 1)
        }
    };
    declared
        .contains(BEFORE)
        .then(|| declared.replacen(BEFORE, &format!("    {name}::REPAIR,\n{BEFORE}"), 1))
}

const FIXTURE: &str = "\
openapi: 3.0.3
info: {title: Garden, version: 1.0.0}
paths:
  /plants:
    get:
      responses: {200: {description: ''}}
";

fn scaffold(code: &str, name: &str) -> String {
    format!(
        "\
//! {code}: what is wrong in the document becomes what it is meant to be.
//!
//! # Why
//!
//! What Scribe writes, and what in the application makes it do so.
//!
//! # What happens
//!
//! What the document says afterwards.

use super::{{Mending, Repair, visit}};

pub(super) const REPAIR: Repair = Repair {{
    code: \"{code}\",
    name: \"{name}\",
    run,
}};

fn run(mending: &mut Mending<'_>) {{
    visit::schemas(mending, &mut |noting, pointer, schema| {{
        let is_wrong = schema.contains_key(\"x-{name}\");
        if is_wrong {{
            schema.shift_remove(\"x-{name}\");
            noting.repaired(pointer, \"what is wrong here\", \"what was done about it\");
        }}
    }});
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repair_is_registered_in_order() {
        let registry = format!(
            "mod alpha;\nmod omega;\n\n&[\n    alpha::REPAIR,\n{BEFORE}    omega::REPAIR,\n];\n"
        );
        insta::assert_snapshot!(register(&registry, "middle").unwrap(), @"
        mod alpha;
        mod middle;
        mod omega;

        &[
            alpha::REPAIR,
            middle::REPAIR,
            // Types, seen together.
            omega::REPAIR,
        ];
        ");
        let last = register(&registry, "zeta").unwrap();
        assert!(last.contains("mod omega;\nmod zeta;\n"), "{last}");
        assert_eq!(register("mod alpha;\n", "middle"), None);
    }

    #[test]
    fn a_name_is_that_of_a_module_and_nobody_elses() {
        for name in [
            "",
            "Null",
            "null-examples",
            "2nd",
            "fn",
            "a/b",
            "null_examples",
        ] {
            assert!(check(name).is_err(), "{name}");
        }
        assert!(check("other_examples").is_ok());
    }

    #[test]
    fn a_scaffold_is_rust() {
        let scaffold = scaffold("S999", "other_examples");
        assert!(syn::parse_file(&scaffold).is_ok(), "{scaffold}");
    }
}
