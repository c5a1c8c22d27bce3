//! The lines of an operation.

use std::collections::BTreeMap;

use super::Lines;
use super::text::{items, list, path_word, split, value, word};

/// What a surface says of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationLines {
    /// Where its request goes.
    pub head: Option<OperationHead>,
    /// The type of its response.
    pub answer: Option<String>,
    /// The types of its streams, by `pages` and `items`.
    pub streams: BTreeMap<String, String>,
    /// The order of its arguments, when it has several.
    pub arguments: Vec<String>,
    /// Its parameters and its body, by their Rust names.
    pub parameters: BTreeMap<String, ParameterLine>,
    /// The settings of its constant, by their names.
    pub settings: BTreeMap<String, String>,
    /// The traits of its builder, in their order.
    pub traits: Vec<String>,
    /// Lines of no known form, in their order.
    pub others: Vec<String>,
}

/// `METHOD PATH id ID builder TYPE`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationHead {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The operation's id in the document.
    pub id: String,
    /// The type of its builder.
    pub builder: String,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

/// `TYPE in PLACE [wire NAME] required|optional`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterLine {
    /// The type that it takes.
    pub ty: String,
    /// Where it goes, and in which form.
    pub place: String,
    /// Its name there when it is another one, or the media type.
    pub wire: Option<String>,
    /// Whether it is an argument of the method, and no setter.
    pub required: bool,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

impl ParameterLine {
    /// Whether it is the whole body, which has no name on the wire.
    pub fn is_body(&self) -> bool {
        !matches!(self.place.as_str(), "path" | "query" | "header")
    }
}

pub(super) fn deprecated(is: bool) -> &'static str {
    if is { " deprecated" } else { "" }
}

impl Lines for OperationLines {
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.head.iter().map(OperationHead::text).collect();
        lines.extend(self.answer.iter().map(|ty| format!("answer {ty}")));
        lines.extend(self.streams.iter().map(|(name, ty)| format!("{name} {ty}")));
        if !self.arguments.is_empty() {
            lines.push(format!("arguments {}", list(&self.arguments)));
        }
        let parameters = self.parameters.iter();
        lines.extend(parameters.map(|(name, parameter)| parameter.text(name)));
        let settings = self.settings.iter();
        lines.extend(settings.map(|(name, value)| format!("setting {name}: {value}")));
        if !self.traits.is_empty() {
            lines.push(format!("traits {}", list(&self.traits)));
        }
        lines.extend(self.others.iter().cloned());
        lines
    }

    fn head(&self) -> String {
        let first = || self.lines().into_iter().next().unwrap_or_default();
        self.head.as_ref().map_or_else(first, OperationHead::text)
    }

    fn types_mut(&mut self) -> Vec<(String, &mut String)> {
        let named = |(name, ty)| (format!("stream {name}"), ty);
        let mut types: Vec<(String, &mut String)> = self.streams.iter_mut().map(named).collect();
        types.extend(self.answer.iter_mut().map(|ty| ("answer".to_owned(), ty)));
        let parameters = self.parameters.iter_mut();
        types.extend(parameters.map(|(name, it)| (format!("parameter {name}"), &mut it.ty)));
        let others = self.traits.iter_mut().chain(&mut self.others);
        types.extend(others.map(|text| (text.clone(), text)));
        types
    }

    fn add(&mut self, line: &str) -> bool {
        let words = split(line, ' ');
        match words.as_slice() {
            ["answer", ty] => self.answer.replace((*ty).to_owned()).is_none(),
            [stream @ ("pages" | "items"), ty] => {
                let streams = &mut self.streams;
                streams.insert((*stream).into(), (*ty).into()).is_none()
            }
            ["arguments", names] => std::mem::replace(&mut self.arguments, items(names)).is_empty(),
            ["traits", names] => std::mem::replace(&mut self.traits, items(names)).is_empty(),
            ["parameter", name, rest @ ..] => ParameterLine::read(rest).is_some_and(|parameter| {
                let name = name.trim_end_matches(':').to_owned();
                self.parameters.insert(name, parameter).is_none()
            }),
            ["setting", name, ..] => {
                let value = line["setting ".len() + name.len()..]
                    .trim_start()
                    .to_owned();
                let name = name.trim_end_matches(':').to_owned();
                self.settings.insert(name, value).is_none()
            }
            words => {
                OperationHead::read(words).is_some_and(|head| self.head.replace(head).is_none())
            }
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

impl OperationHead {
    /// The line.
    pub fn text(&self) -> String {
        format!(
            "{} {} id {} builder {}{}",
            word(&self.method),
            path_word(&self.path),
            word(&self.id),
            self.builder,
            deprecated(self.deprecated)
        )
    }

    fn read(words: &[&str]) -> Option<Self> {
        let [method, path, "id", id, "builder", builder, rest @ ..] = words else {
            return None;
        };
        Some(Self {
            method: value(method),
            path: value(path),
            id: value(id),
            builder: (*builder).to_owned(),
            deprecated: rest == ["deprecated"],
        })
    }
}

impl ParameterLine {
    /// The line of the parameter called `name`.
    pub fn text(&self, name: &str) -> String {
        let wire = self.wire.as_ref();
        let wire = wire.map_or_else(String::new, |wire| format!(" wire {}", word(wire)));
        format!(
            "parameter {name}: {} in {}{wire} {}{}",
            self.ty,
            self.place,
            if self.required {
                "required"
            } else {
                "optional"
            },
            deprecated(self.deprecated)
        )
    }

    fn read(words: &[&str]) -> Option<Self> {
        let [ty, "in", place, rest @ ..] = words else {
            return None;
        };
        let (wire, rest) = match rest {
            ["wire", wire, rest @ ..] => (Some(value(wire)), rest),
            rest => (None, rest),
        };
        Some(Self {
            ty: (*ty).to_owned(),
            place: (*place).to_owned(),
            wire,
            required: rest.first() == Some(&"required"),
            deprecated: rest.last() == Some(&"deprecated"),
        })
    }
}
