//! The public surface of a client as data: what a user's code can see of it, and what of it goes over the wire.
//! Documentation is not part of it.
//!
//! As text it has one line an item ([`Surface::to_text`], [`Surface::parse`]). A line starts with the item, so that the
//! lines of one item stand together and a change touches its neighbours only:
//!
//! ```text
//! operation NAME METHOD PATH id ID builder TYPE
//! operation NAME answer TYPE
//! operation NAME pages|items TYPE
//! operation NAME arguments (first, second)
//! operation NAME parameter NAME: TYPE in path|query|header [wire NAME] required|optional
//! operation NAME parameter NAME: TYPE in json|form|multipart required|optional
//! operation NAME parameter NAME: TYPE in json_as|text|raw wire MEDIA-TYPE required|optional
//! operation NAME setting NAME: VALUE
//! operation NAME traits (Clone, Debug)
//! type NAME struct|tuple|enum [open|untagged|transparent] [non_exhaustive]
//! type NAME traits (Clone, Debug)
//! type NAME new (first, second)
//! type NAME order (First, Second)
//! type NAME field NAME: TYPE [wire NAME] required|optional|nullable [argument|setter]
//! type NAME variant NAME[(TYPE)] [wire VALUE]
//! type NAME method SIGNATURE
//! ```
//!
//! - `wire` stands where the name on the wire is not the Rust name.
//! - A parameter, an argument and a setter of type T take anything that is `Into<T>`, one of `Items<T>` anything that
//!   iterates over those, and one of `Entries<T>` over pairs of a name and those.
//! - A field is `required` when decoding fails without it, `optional` when an absent value is `None` and `None` is
//!   not sent, `nullable` when `None` is sent as null.
//! - `types::` is left out of types, except before a name that means something else without it.
//! - `order` stands where order means something: members that are told apart by trying them.

mod operation_lines;
mod text;
mod type_lines;

use std::collections::BTreeMap;

pub use operation_lines::{OperationHead, OperationLines, ParameterLine};
pub(crate) use text::{identifiers, substitute};
pub use type_lines::{FieldLine, Role, TypeHead, TypeLines, VariantLine};

/// The first lines of every surface.
const PREAMBLE: &str = "\
# made by `cargo xtask regen`: the public surface of the generated client, one line an item
# a parameter, argument or setter of type T takes anything that is Into<T>, one of Items<T> anything that iterates over
# those, one of Entries<T> over pairs of a name and those; `wire` is the name in the request or answer
";

/// The items of a surface.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    /// The operations by their Rust names.
    pub operations: BTreeMap<String, OperationLines>,
    /// The types by their names.
    pub types: BTreeMap<String, TypeLines>,
    /// Lines of neither, as they stand and in the order of their bytes.
    pub others: Vec<String>,
}

/// The lines of one operation or type.
pub(crate) trait Lines: Clone {
    /// The lines without the item's class and name.
    fn lines(&self) -> Vec<String>;

    /// What stands for the whole item.
    fn head(&self) -> String;

    /// Everything that may mention a type, each with what it is said of.
    fn types_mut(&mut self) -> Vec<(String, &mut String)>;

    /// Takes in a line of known form; false when the form is not known, or there is another such line.
    fn add(&mut self, line: &str) -> bool;

    /// The lines of no known form.
    fn others_mut(&mut self) -> &mut Vec<String>;

    /// Puts lists into their order after names in them were changed.
    fn sort(&mut self);

    /// The same lines with each type called as `other` says.
    fn renamed<'n>(&self, other: &dyn Fn(&str) -> Option<&'n str>) -> Self {
        let mut renamed = self.clone();
        for (_, text) in renamed.types_mut() {
            *text = substitute(text, other);
        }
        renamed.sort();
        renamed
    }

    /// The names that may be those of types.
    fn mentioned(&self) -> Vec<String> {
        let mut copy = self.clone();
        let texts = copy.types_mut().into_iter();
        texts
            .flat_map(|(_, text)| {
                let names = identifiers(text).map(|(_, name)| name.to_owned());
                names.collect::<Vec<_>>()
            })
            .collect()
    }
}

impl Surface {
    /// The text: comment lines, then the items' lines in the order of their bytes.
    pub fn to_text(&self) -> String {
        let mut lines = self.others.clone();
        let mut add = |class: &str, name: &str, of: Vec<String>| {
            lines.extend(of.into_iter().map(|line| format!("{class} {name} {line}")));
        };
        for (name, item) in &self.operations {
            add("operation", name, item.lines());
        }
        for (name, item) in &self.types {
            add("type", name, item.lines());
        }
        lines.sort();
        let mut text = PREAMBLE.to_owned();
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
        text
    }

    /// Reads any text: a line of no known form is kept as it stands, and one that starts with `#` says nothing.
    pub fn parse(text: &str) -> Self {
        let mut surface = Self::default();
        for line in text.lines().map(str::trim_end) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = || {
                let (class, rest) = line.split_once(' ')?;
                let (name, rest) = rest.split_once(' ')?;
                (!name.is_empty() && !rest.trim().is_empty()).then_some((class, name, rest))
            };
            match read() {
                Some(("operation", name, rest)) => {
                    add(surface.operations.entry(name.to_owned()).or_default(), rest);
                }
                Some(("type", name, rest)) => {
                    add(surface.types.entry(name.to_owned()).or_default(), rest);
                }
                _ => surface.others.push(line.to_owned()),
            }
        }
        surface.others.sort();
        surface.others.dedup();
        surface
    }
}

/// A line that does not read back as it stands would lose something, so it is kept as it is.
fn add(item: &mut impl Lines, line: &str) {
    let before = item.lines();
    if before.iter().any(|known| known == line) {
        return;
    }
    let mut with = item.clone();
    let understood = with.add(line);
    let after = with.lines();
    if understood
        && after.iter().any(|known| known == line)
        && before.iter().all(|known| after.contains(known))
    {
        *item = with;
    } else {
        item.others_mut().push(line.to_owned());
        item.sort();
    }
}
