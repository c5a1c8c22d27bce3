//! The lines of a type.

use std::collections::BTreeMap;

use super::Lines;
use super::operation_lines::deprecated;
use super::text::{items, list, split, value, word};

/// What a surface says of a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeLines {
    /// What kind of type it is.
    pub head: Option<TypeHead>,
    /// The arguments of its constructor, when it has one.
    pub new: Option<Vec<String>>,
    /// The order of its members, where it means something.
    pub order: Vec<String>,
    /// Its fields, by their Rust names.
    pub fields: BTreeMap<String, FieldLine>,
    /// Its variants, by their names.
    pub variants: BTreeMap<String, VariantLine>,
    /// The signatures of its methods, by their names.
    pub methods: BTreeMap<String, String>,
    /// Its traits, in their order.
    pub traits: Vec<String>,
    /// Lines of no known form, in their order.
    pub others: Vec<String>,
}

/// `struct|tuple|enum [open|untagged|transparent] [non_exhaustive]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeHead {
    /// What it is declared as.
    pub kind: String,
    /// How it is written and read.
    pub words: Vec<String>,
}

/// `TYPE [wire NAME] [required|optional|nullable] [argument|setter] [deprecated]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// Its type.
    pub ty: String,
    /// Its name on the wire, when it is another one.
    pub wire: Option<String>,
    /// Whether it may be absent; none where it has no name.
    pub presence: Option<String>,
    /// What sets it.
    pub role: Option<Role>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

/// What sets a field: an argument of the constructor, or a setter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// `argument` or `setter`.
    pub word: String,
    /// What it takes, where that is not the field's type.
    pub takes: Option<String>,
}

/// `[(TYPE)] [wire VALUE]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantLine {
    /// The type of its content.
    pub ty: Option<String>,
    /// Its value on the wire.
    pub wire: Option<String>,
}

const PRESENCE: [&str; 3] = ["required", "optional", "nullable"];
const CODING: [&str; 4] = ["open", "untagged", "transparent", "non_exhaustive"];

impl Lines for TypeLines {
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.head.iter().map(TypeHead::text).collect();
        lines.extend(self.new.iter().map(|names| format!("new {}", list(names))));
        if !self.order.is_empty() {
            lines.push(format!("order {}", list(&self.order)));
        }
        lines.extend(self.fields.iter().map(|(name, field)| field.text(name)));
        let variants = self.variants.iter();
        lines.extend(variants.map(|(name, variant)| variant.text(name)));
        lines.extend(self.methods.values().map(|it| format!("method {it}")));
        if !self.traits.is_empty() {
            lines.push(format!("traits {}", list(&self.traits)));
        }
        lines.extend(self.others.iter().cloned());
        lines
    }

    fn head(&self) -> String {
        let first = || self.lines().into_iter().next().unwrap_or_default();
        self.head.as_ref().map_or_else(first, TypeHead::text)
    }

    fn types_mut(&mut self) -> Vec<(String, &mut String)> {
        let mut types: Vec<(String, &mut String)> = Vec::new();
        for (name, field) in &mut self.fields {
            types.push((format!("field {name}"), &mut field.ty));
            let takes = field.role.iter_mut().flat_map(|role| &mut role.takes);
            types.extend(takes.map(|ty| (format!("role {name}"), ty)));
        }
        for (name, variant) in &mut self.variants {
            let ty = variant.ty.iter_mut();
            types.extend(ty.map(|ty| (format!("variant {name}"), ty)));
        }
        let methods = self.methods.iter_mut();
        types.extend(methods.map(|(name, text)| (format!("method {name}"), text)));
        let others = self.traits.iter_mut().chain(&mut self.others);
        types.extend(others.map(|text| (text.clone(), text)));
        types
    }

    fn add(&mut self, line: &str) -> bool {
        let words = split(line, ' ');
        match words.as_slice() {
            ["new", names] => self.new.replace(items(names)).is_none(),
            ["order", names] => std::mem::replace(&mut self.order, items(names)).is_empty(),
            ["traits", names] => std::mem::replace(&mut self.traits, items(names)).is_empty(),
            ["field", name, rest @ ..] => FieldLine::read(rest).is_some_and(|field| {
                let name = name.trim_end_matches(':').to_owned();
                self.fields.insert(name, field).is_none()
            }),
            ["variant", name, rest @ ..] => {
                let (name, variant) = VariantLine::read(name, rest);
                self.variants.insert(name, variant).is_none()
            }
            ["method", ..] => method_name(line).is_some_and(|name| {
                let signature = line["method ".len()..].to_owned();
                self.methods.insert(name, signature).is_none()
            }),
            [kind @ ("struct" | "tuple" | "enum"), words @ ..] => {
                let head = TypeHead {
                    kind: (*kind).to_owned(),
                    words: words.iter().map(|word| (*word).to_owned()).collect(),
                };
                words.iter().all(|word| CODING.contains(word)) && self.head.replace(head).is_none()
            }
            _ => false,
        }
    }

    fn others_mut(&mut self) -> &mut Vec<String> {
        &mut self.others
    }

    fn sort(&mut self) {
        self.traits.sort();
        self.others.sort();
    }
}

impl TypeHead {
    /// The line.
    pub fn text(&self) -> String {
        let words = self.words.iter().map(String::as_str);
        let words: Vec<&str> = [self.kind.as_str()].into_iter().chain(words).collect();
        words.join(" ")
    }

    /// Whether it is written and read so.
    pub fn is(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }
}

impl FieldLine {
    /// The line of the field called `name`.
    pub fn text(&self, name: &str) -> String {
        let mut text = format!("field {name}: {}", self.ty);
        if let Some(wire) = &self.wire {
            text.push_str(&format!(" wire {}", word(wire)));
        }
        if let Some(presence) = &self.presence {
            text.push_str(&format!(" {presence}"));
        }
        if let Some(Role { word, takes }) = &self.role {
            let takes = takes.as_ref();
            let takes = takes.map_or_else(String::new, |takes| format!("({takes})"));
            text.push_str(&format!(" {word}{takes}"));
        }
        text + deprecated(self.deprecated)
    }

    fn read(words: &[&str]) -> Option<Self> {
        let (ty, rest) = words.split_first()?;
        let (wire, rest) = match rest {
            ["wire", wire, rest @ ..] => (Some(value(wire)), rest),
            rest => (None, rest),
        };
        let (presence, rest) = match rest {
            [word, rest @ ..] if PRESENCE.contains(word) => (Some((*word).to_owned()), rest),
            rest => (None, rest),
        };
        Some(Self {
            ty: (*ty).to_owned(),
            wire,
            presence,
            role: rest.first().and_then(|word| Role::read(word)),
            deprecated: rest.last() == Some(&"deprecated"),
        })
    }
}

impl Role {
    fn read(word: &str) -> Option<Self> {
        let (name, takes) = match word.split_once('(') {
            Some((name, takes)) => (name, Some(takes.strip_suffix(')')?.to_owned())),
            None => (word, None),
        };
        ["argument", "setter"].contains(&name).then(|| Self {
            word: name.to_owned(),
            takes,
        })
    }
}

impl VariantLine {
    /// The line of the variant called `name`.
    pub fn text(&self, name: &str) -> String {
        let ty = self.ty.as_ref();
        let ty = ty.map_or_else(String::new, |ty| format!("({ty})"));
        let wire = self.wire.as_ref();
        let wire = wire.map_or_else(String::new, |wire| format!(" wire {}", word(wire)));
        format!("variant {name}{ty}{wire}")
    }

    fn read(name: &str, words: &[&str]) -> (String, Self) {
        let (name, ty) = match name.split_once('(') {
            Some((name, ty)) => (name, Some(ty.strip_suffix(')').unwrap_or(ty).to_owned())),
            None => (name, None),
        };
        let wire = match words {
            ["wire", wire] => Some(value(wire)),
            _ => None,
        };
        (name.to_owned(), Self { ty, wire })
    }
}

/// The name of the function in a method's line.
fn method_name(line: &str) -> Option<String> {
    let (_, after) = line.split_once("fn ")?;
    let end = after.find(['(', '<'])?;
    Some(after[..end].to_owned())
}
