//! The parameters of an operation, as the document declares them.

use serde_json::{Map, Value};

use crate::document::join;
use crate::names;
use crate::walk::OperationPlace;

/// Headers that are the client's business and no parameters.
const OWN_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
];

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

impl Location {
    /// The word that a document has for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// One parameter of an operation.
#[derive(Debug)]
pub struct Parameter<'a> {
    /// Where it goes.
    pub location: Location,
    /// Its name in the request.
    pub wire: &'a str,
    /// Its Rust name.
    pub ident: String,
    /// Whether a call without it is refused.
    pub required: bool,
    /// What the document says about it.
    pub says: &'a Map<String, Value>,
}

/// The parameters in the template of a path, in order.
pub fn template(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

/// The path with nothing between its braces.
pub fn without_names(path: &str) -> String {
    let names = template(path).into_iter();
    names.fold(path.to_owned(), |path, name| {
        path.replace(&format!("{{{name}}}"), "{}")
    })
}

/// The name under which progenitor gets the `index`th parameter.
pub fn key(index: usize) -> String {
    format!("p{index:04}")
}

/// The index of the parameter that progenitor got as `key`.
pub fn index(key: &str) -> Option<usize> {
    key.strip_prefix('p')?.parse().ok()
}

/// The parameters of an operation: those of the path in its order, then the query's and the headers' by name. What each is
/// called in Rust is for `naming` to say.
pub fn declared<'a>(root: &'a Value, place: &OperationPlace) -> Vec<Parameter<'a>> {
    let item = root.pointer(&join("/paths", &place.path));
    let of_item = item.and_then(|item| item.get("parameters"));
    let of_operation = place
        .of(root)
        .and_then(|operation| operation.get("parameters"));
    let mut found: Vec<Parameter<'a>> = Vec::new();
    for says in [of_item, of_operation]
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_object)
    {
        let text = |key: &str| says.get(key).and_then(Value::as_str);
        let (Some(wire), Some(location)) = (text("name"), text("in").and_then(location)) else {
            continue;
        };
        if location == Location::Header && (is_own_header(wire) || !is_header_name(wire)) {
            continue;
        }
        let required = location == Location::Path
            || says.get("required").and_then(Value::as_bool) == Some(true);
        // Those of the operation come last, and win.
        found.retain(|other| other.wire != wire || other.location != location);
        found.push(Parameter {
            location,
            wire,
            ident: names::field_name(wire),
            required,
            says,
        });
    }
    let template = template(&place.path);
    found.retain(|parameter| {
        parameter.location != Location::Path || template.contains(&parameter.wire)
    });
    let position = |parameter: &Parameter<'_>| match parameter.location {
        Location::Path => template.iter().position(|name| *name == parameter.wire),
        _ => None,
    };
    found.sort_by(|a, b| {
        let order = |p: &Parameter<'_>| (p.location, position(p));
        order(a).cmp(&order(b)).then_with(|| a.wire.cmp(b.wire))
    });
    found
}

/// Whether a header is sent by the client itself.
pub fn is_own_header(name: &str) -> bool {
    OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a header can have that name: no header has a space in it.
pub fn is_header_name(name: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(known)
}

fn location(word: &str) -> Option<Location> {
    [Location::Path, Location::Query, Location::Header]
        .into_iter()
        .find(|location| location.word() == word)
}
