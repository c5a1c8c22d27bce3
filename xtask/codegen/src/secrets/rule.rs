//! One rule of the file, and what it is asked about.

use serde_json::Value;

use super::name::{Pattern, plain};
use crate::document::Document;
use crate::walk::OperationPlace;

/// The rules, in their order: the first that fits a field decides.
#[derive(Debug)]
pub(super) struct Rules {
    /// The file's own text, for its name.
    pub(super) file: Document,
    pub(super) all: Vec<Rule>,
}

/// A rule: which fields it is about, and what they are.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) is_secret: bool,
    /// One of these is the field's name.
    pub(super) names: Vec<Pattern>,
    /// Where the field is sent, any of these; anywhere when there are none.
    pub(super) sides: Vec<Side>,
    /// Whose field it is; any operation's when there are none.
    pub(super) operations: Vec<OperationPattern>,
    /// A tag of the operation; any when there are none.
    pub(super) tags: Vec<Pattern>,
    /// A property that the field is in, at any depth; any or none when there are none.
    pub(super) under: Vec<Pattern>,
    /// Whether it is only about fields of which the document does not say what is in them.
    pub(super) untyped: bool,
}

/// Where a field is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    Request,
    Response,
    Path,
    Query,
    Header,
    Cookie,
    Body,
}

impl Side {
    pub(super) const ALL: [(&'static str, Self); 7] = [
        ("request", Self::Request),
        ("response", Self::Response),
        ("path", Self::Path),
        ("query", Self::Query),
        ("header", Self::Header),
        ("cookie", Self::Cookie),
        ("body", Self::Body),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Whether a rule about `self` is about a field at `side`; every side but the response is one of the request.
    fn covers(self, side: Self) -> bool {
        self == side || (self == Self::Request && side != Self::Response)
    }
}

/// How a rule names operations.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OperationPattern {
    /// By `operationId`.
    Id(Pattern),
    /// By path, and perhaps method.
    Path {
        method: Option<String>,
        path: Pattern,
    },
}

impl OperationPattern {
    /// `METHOD /path`, `/path` or an operation's id.
    pub(super) fn new(text: &str) -> Self {
        let (method, path) = match text.split_once(' ') {
            Some((method, path)) if path.trim_start().starts_with('/') => {
                (Some(method.to_ascii_lowercase()), path.trim())
            }
            _ if text.starts_with('/') => (None, text),
            _ => return Self::Id(Pattern::of_names(text)),
        };
        Self::Path {
            method,
            path: Pattern::new(&without_placeholders(path)),
        }
    }

    fn fits(&self, owner: &Owner) -> bool {
        match self {
            Self::Id(id) => id.fits(&owner.id),
            Self::Path { method, path } => {
                method
                    .as_ref()
                    .is_none_or(|method| method == owner.place.method)
                    && path.fits(&owner.path)
            }
        }
    }
}

/// An operation as rules see it.
#[derive(Debug)]
pub(super) struct Owner {
    place: OperationPlace,
    /// The `operationId` as it is written, when there is one.
    written_id: Option<String>,
    id: String,
    path: String,
    tags: Vec<String>,
}

impl Owner {
    pub(super) fn of(root: &Value, place: OperationPlace) -> Self {
        let operation = place.of(root);
        let id = operation
            .and_then(|operation| operation.get("operationId"))
            .and_then(Value::as_str);
        let tags = operation
            .and_then(|operation| operation.get("tags"))
            .and_then(Value::as_array);
        let tags = tags.into_iter().flatten().filter_map(Value::as_str);
        Self {
            id: id.map(plain).unwrap_or_default(),
            written_id: id.map(str::to_owned),
            path: without_placeholders(&place.path),
            tags: tags.map(plain).collect(),
            place,
        }
    }

    /// What a rule can name it by: its id, or else method and path.
    pub(super) fn name(&self) -> String {
        let by_path = || format!("{} {}", self.place.method.to_uppercase(), self.place.path);
        self.written_id.clone().unwrap_or_else(by_path)
    }
}

/// A field as rules see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Its name, as [`plain`] makes it.
    pub(super) name: &'a str,
    /// Where it is sent, none for a component that no operation uses.
    pub(super) side: Option<Side>,
    pub(super) owner: Option<&'a Owner>,
    /// The names of the properties that it is in.
    pub(super) under: &'a [String],
    /// Whether the document does not say what is in it.
    pub(super) untyped: bool,
}

impl Rule {
    /// Whether `other` is about the same fields, as far as it is written the same.
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        self.names == other.names
            && self.sides == other.sides
            && self.operations == other.operations
            && self.tags == other.tags
            && self.under == other.under
            && self.untyped == other.untyped
    }

    /// Whether it is about the field.
    pub(super) fn fits(&self, asked: Asked<'_>) -> bool {
        self.names.iter().any(|name| name.fits(asked.name))
            && (asked.untyped || !self.untyped)
            && one(&self.sides, |side| {
                asked.side.is_some_and(|at| side.covers(at))
            })
            && one(&self.operations, |operation| {
                asked.owner.is_some_and(|owner| operation.fits(owner))
            })
            && one(&self.tags, |tag| {
                let tags = asked.owner.map(|owner| owner.tags.iter());
                tags.is_some_and(|mut tags| tags.any(|found| tag.fits(found)))
            })
            && one(&self.under, |outer| {
                asked.under.iter().any(|name| outer.fits(name))
            })
    }
}

/// Whether `is` holds for one of `all`, or there are none.
fn one<T>(all: &[T], is: impl Fn(&T) -> bool) -> bool {
    all.is_empty() || all.iter().any(is)
}

impl Rules {
    /// Whether the field is a secret, none when no rule is about it.
    pub(super) fn decide(&self, asked: Asked<'_>) -> Option<bool> {
        let rule = self.all.iter().find(|rule| rule.fits(asked));
        rule.map(|rule| rule.is_secret)
    }
}

/// `path` with every placeholder by the same name: what they are called means nothing.
fn without_placeholders(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        out.push_str("{}");
        rest = after;
    }
    out + rest
}
