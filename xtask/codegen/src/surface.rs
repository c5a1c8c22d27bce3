//! The generated client → its public surface as text, one line an item: what a user's code can see of it, and what
//! of it goes over the wire. Documentation is not part of it.
//!
//! A line starts with the item (`operation NAME …`, `type NAME …`), so that the lines of one item stand together and
//! a change touches its neighbours only:
//!
//! ```text
//! operation NAME METHOD PATH id ID builder TYPE
//! operation NAME answer TYPE
//! operation NAME arguments (first, second)
//! operation NAME parameter NAME: TYPE in path|query|header [wire NAME] required|optional
//! operation NAME parameter NAME: TYPE in json|form|multipart required|optional
//! operation NAME parameter NAME: TYPE in json_as|text|raw wire MEDIA-TYPE required|optional
//! operation NAME setting NAME: VALUE
//! type NAME struct|tuple|enum [open|untagged|transparent] [non_exhaustive]
//! type NAME = TYPE
//! type NAME traits (Clone, Debug)
//! type NAME new (first, second)
//! type NAME order (First, Second)
//! type NAME field NAME: TYPE [wire NAME] required|optional|nullable [argument|setter]
//! type NAME variant NAME[(TYPE)] [wire VALUE]
//! type NAME method SIGNATURE
//! ```
//!
//! - `wire` stands where the name on the wire is not the Rust name.
//! - A parameter, an argument and a setter of type T take anything that is `Into<T>`; other forms are spelled out.
//! - A field is `required` when decoding fails without it, `optional` when an absent value is `None` and `None` is
//!   not sent, `nullable` when `None` is sent as null; every other behaviour is written as serde's attribute.
//! - `types::` is left out of types, except before a name that means something else without it.
//! - `order` stands where order means something: untagged variants, and types that can be compared.
//! - Everything else stands as a verbatim line (`item …`, `client …`, `statement …`), private code included, since it
//!   may decide what is sent. Only `use`, lint levels, `must_use` and `inline` are left out.

use std::collections::BTreeSet;

use crate::finding::{Failure, Finding};

mod attributes;
mod calls;
mod functions;
mod open_enum;
mod operations;
mod shapes;
mod text;

#[cfg(test)]
mod tests;

/// The first lines of every surface. The diff ignores lines that start with `#`.
const PREAMBLE: &str = "\
# made by `cargo xtask regen`: the public surface of the generated client, one line an item
# a parameter, argument or setter of type T takes anything that is Into<T>, one of Items<T> anything that iterates over
# those, one of Entries<T> over pairs of a name and those; `wire` is the name in the request or answer
";

/// The lines of a surface, and what could not become one.
#[derive(Default)]
struct Lines {
    lines: BTreeSet<String>,
    errors: Vec<Finding>,
}

impl Lines {
    fn add(&mut self, line: impl Into<String>) {
        self.lines.insert(line.into());
    }

    /// A line that says `text` as it stands, because nothing here knows what it means.
    fn verbatim(&mut self, owner: &str, text: &str) {
        self.add(format!("{owner} {text}"));
    }

    fn error(&mut self, problem: impl Into<String>) {
        self.errors.push(Finding::error(
            "surface/form",
            problem,
            "teach `surface` the new form of the generated client, or mend what made it",
        ));
    }
}

/// The public surface of `client`: comment lines, then the items' lines in the order of their bytes.
///
/// # Errors
///
/// When an operation does not have the form that polish gives it, so that its line would have to be guessed.
pub fn of(client: &syn::File) -> Result<String, Failure> {
    let mut file = client.clone();
    text::normalise(&mut file);

    let mut lines = Lines::default();
    let modules = operations::Modules::of(&file);
    for item in &file.items {
        match item {
            syn::Item::Mod(module) if module.content.is_some() && module.ident == "types" => {
                shapes::lines(&text::items(module), &mut lines);
            }
            // Read with the methods of the client that lead to it.
            syn::Item::Mod(module) if module.content.is_some() && module.ident == "operations" => {}
            syn::Item::Impl(block) if operations::is_client(block) => {}
            other => other_item("", other, &mut lines),
        }
    }
    operations::lines(&modules, &mut lines);
    for attribute in &file.attrs {
        if let Some(text) = attributes::other(attribute) {
            lines.verbatim("item", &text);
        }
    }
    if !lines.errors.is_empty() {
        return Err(lines.errors.into());
    }

    let mut surface = PREAMBLE.to_owned();
    for line in &lines.lines {
        surface.push_str(line);
        surface.push('\n');
    }
    Ok(surface)
}

/// A line for an item whose kind has no meaning here; for a module, a line for each item in it.
fn other_item(path: &str, item: &syn::Item, lines: &mut Lines) {
    match item {
        syn::Item::Use(import) if !text::is_public(&import.vis) => {}
        syn::Item::Mod(module) if module.content.is_some() => {
            let path = format!("{path}{}::", text::name(&module.ident));
            let private = if text::is_public(&module.vis) {
                ""
            } else {
                "private "
            };
            lines.add(format!("item {path} {private}module"));
            for inner in text::items(module) {
                other_item(&path, inner, lines);
            }
        }
        other => {
            let path = if path.is_empty() { "::" } else { path };
            lines.verbatim("item", &format!("{path} {}", text::tokens(other)));
        }
    }
}
