//! What is known of the values at one place, as a type: read from a schema and from every example of the place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::{secrets, shapes};

/// What is known of the values at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Known {
    pub(super) kind: Kind,
    /// Whether `null` stands there, too.
    pub(super) null: bool,
}

/// The values other than null.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// None was seen: nothing is known.
    Nothing,
    /// Values that no one type holds.
    Any,
    Boolean,
    Integer,
    Number,
    String,
    Array(Box<Known>),
    /// An object with these properties.
    Object(BTreeMap<String, Known>),
    /// An object of which no property is known.
    OpenObject,
    /// An object whose keys are data.
    Map(Box<Known>),
    /// What is left as it is written, told apart by its shape: a reference, a union, an enum, a file.
    Fixed(Box<str>),
}

/// Whose values a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Scribe takes the types of requests from validation rules: a declared type means something.
    Request,
    /// The same, and there are files.
    Form,
    /// Scribe takes the types of answers from one example: the declared type says no more than the example does.
    Answer,
}

impl Known {
    const NOTHING: Self = Self {
        kind: Kind::Nothing,
        null: false,
    };

    /// What `schema` and the `values` at its place say together.
    pub(super) fn of(schema: &Value, values: &[&Value], side: Side) -> Self {
        let mut values = values.to_vec();
        values.extend(schema.get("example"));
        let declared = Self::declared(schema, &values, side);
        let null = declared.null || values.iter().any(|value| value.is_null());
        let seen: BTreeSet<Seen> = values.iter().filter_map(|value| Seen::of(value)).collect();
        let kind = match (declared.kind, side) {
            // A list of values, or a file, that an example is none of.
            (Kind::Fixed(_), _) if contradicts(schema, &seen, side) => match is_secret(schema) {
                // As any JSON it would be printed.
                true => Kind::Fixed(format!(r#"{{"format":"{}"}}"#, secrets::FORMAT).into()),
                false => Kind::Any,
            },
            (fixed @ (Kind::Fixed(_) | Kind::Any), _) => fixed,
            // The example was null, and Scribe calls that a string.
            (Kind::String, Side::Answer) if null && seen.is_empty() && !values.is_empty() => {
                Kind::Nothing
            }
            (declared, _) => evident(declared, &seen, &values, side),
        };
        Self { kind, null }
    }

    fn declared(schema: &Value, values: &[&Value], side: Side) -> Self {
        let null = schema.get("nullable").and_then(Value::as_bool) == Some(true);
        let kind = if is_composed(schema) || has_values(schema) || is_special(schema, side) {
            Kind::Fixed(fixed(schema))
        } else {
            match schema.get("type").and_then(Value::as_str) {
                None if schema.get(shapes::ANY).is_some() => Kind::Any,
                Some("boolean") => Kind::Boolean,
                Some("integer") => Kind::Integer,
                Some("number") => Kind::Number,
                Some("string") => Kind::String,
                Some("array") => {
                    let values = elements(values);
                    Kind::Array(Box::new(match schema.get("items") {
                        Some(items) => Self::of(items, &values, side),
                        None => Self::of_values(&values),
                    }))
                }
                Some("object") => Self::declared_object(schema, values, side),
                _ => Kind::Nothing,
            }
        };
        Self { kind, null }
    }

    fn declared_object(schema: &Value, values: &[&Value], side: Side) -> Kind {
        let properties = schema
            .get("properties")
            .and_then(Value::as_object)
            .filter(|properties| !properties.is_empty());
        let Some(properties) = properties else {
            let of_all = schema.get("additionalProperties");
            return match of_all.filter(|of_all| of_all.is_object()) {
                Some(of_all) => {
                    let objects = values.iter().filter_map(|value| value.as_object());
                    let values: Vec<&Value> = objects.flat_map(Map::values).collect();
                    Kind::Map(Box::new(Self::of(of_all, &values, side)))
                }
                None => Kind::OpenObject,
            };
        };
        let below = |name: &str| -> Vec<&Value> {
            values.iter().filter_map(|value| value.get(name)).collect()
        };
        let mut known: BTreeMap<String, Self> = properties
            .iter()
            .map(|(name, property)| (name.clone(), Self::of(property, &below(name), side)))
            .collect();
        // A field that only the examples have.
        for name in values
            .iter()
            .filter_map(|value| value.as_object())
            .flat_map(Map::keys)
        {
            if !known.contains_key(name) {
                known.insert(name.clone(), Self::of_values(&below(name)));
            }
        }
        Kind::Object(known)
    }

    /// What `values` say where there is no schema. Objects stay open: their properties were not documented.
    pub(super) fn of_values(values: &[&Value]) -> Self {
        let seen: BTreeSet<Seen> = values.iter().filter_map(|value| Seen::of(value)).collect();
        Self {
            kind: evident(Kind::Nothing, &seen, values, Side::Answer),
            null: values.iter().any(|value| value.is_null()),
        }
    }
}

/// The shape of what is left as it is written. Whether it may be null is known beside it.
pub(super) fn fixed(schema: &Value) -> Box<str> {
    let mut shape = shapes::shape(schema);
    if let Some(shape) = shape.as_object_mut() {
        shape.shift_remove("nullable");
    }
    shape.to_string().into()
}

/// Whether other schemas say what `schema` is.
fn is_composed(schema: &Value) -> bool {
    ["$ref", "oneOf", "anyOf", "allOf", "x-rust-type"]
        .iter()
        .any(|key| schema.get(key).is_some())
}

fn is_string(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("string")
}

/// Whether `schema` lists the texts that it takes. A list without any says nothing, and numbers are not told apart.
fn has_values(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    let mut values = values.into_iter().flatten();
    is_string(schema) && values.any(|value| value.is_string() || value.is_number())
}

/// Whether the format of `schema` makes it a secret or a file, which only a form has.
fn is_special(schema: &Value, side: Side) -> bool {
    match schema.get("format").and_then(Value::as_str) {
        Some(secrets::FORMAT) => true,
        Some("binary" | "file") => side == Side::Form,
        _ => false,
    }
}

fn is_secret(schema: &Value) -> bool {
    schema.as_object().is_some_and(secrets::is_secret)
}

/// Whether `schema` says of one value what it is, and some that were `seen` are of another type.
fn contradicts(schema: &Value, seen: &BTreeSet<Seen>, side: Side) -> bool {
    // The types of unions and references are told elsewhere.
    let is_told = is_string(schema) && !is_composed(schema);
    // What is sent as a file or as a secret is one, whatever stands for it in an example.
    let is_sent = side != Side::Answer && !has_values(schema);
    is_told && !is_sent && seen.iter().any(|seen| *seen != Seen::String)
}

/// The kinds of JSON values, as far as they are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Boolean,
    Integer,
    Number,
    String,
    EmptyArray,
    Array,
    Object,
}

impl Seen {
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(items) if items.is_empty() => Self::EmptyArray,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        })
    }
}

/// The type of a place that is declared as `declared`, and where `values` of the kinds `seen` stand.
fn evident(declared: Kind, seen: &BTreeSet<Seen>, values: &[&Value], side: Side) -> Kind {
    let only = |kinds: &[Seen]| !seen.is_empty() && seen.iter().all(|seen| kinds.contains(seen));
    let array = || match &declared {
        Kind::Array(items) if items.kind != Kind::Nothing => declared.clone(),
        _ => Kind::Array(Box::new(Known::of_values(&elements(values)))),
    };
    match &declared {
        _ if seen.is_empty() => declared,
        Kind::Object(_) | Kind::OpenObject | Kind::Map(_)
            if only(&[Seen::Object, Seen::EmptyArray]) =>
        {
            declared
        }
        _ if only(&[Seen::Boolean]) => keep(declared, Kind::Boolean, side),
        Kind::Number if only(&[Seen::Integer, Seen::Number]) => Kind::Number,
        _ if only(&[Seen::Integer]) => keep(declared, Kind::Integer, side),
        _ if only(&[Seen::Integer, Seen::Number]) => keep(declared, Kind::Number, side),
        _ if only(&[Seen::String]) => keep(declared, Kind::String, side),
        _ if only(&[Seen::Array, Seen::EmptyArray]) => array(),
        _ if only(&[Seen::Object, Seen::EmptyArray]) => Kind::OpenObject,
        _ => Kind::Any,
    }
}

/// A place where all examples are of one scalar kind: they decide, but for a request whose rules say otherwise.
fn keep(declared: Kind, evident: Kind, side: Side) -> Kind {
    match (&declared, side) {
        (Kind::Nothing, _) | (_, Side::Answer) => evident,
        _ if declared == evident => evident,
        // A rule and an example that contradict each other: both must be sendable.
        (_, Side::Request | Side::Form) => Kind::Any,
    }
}

fn elements<'a>(values: &[&'a Value]) -> Vec<&'a Value> {
    values
        .iter()
        .filter_map(|value| value.as_array())
        .flatten()
        .collect()
}

impl Default for Known {
    fn default() -> Self {
        Self::NOTHING
    }
}
