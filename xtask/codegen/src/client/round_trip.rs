//! What serde does with a JSON value and a type of the client.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::{Client, Field, Member, Presence, Shape, Type};
use crate::document::join;

/// Why a value does not decode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the value.
    pub pointer: String,
    /// What the type wants there.
    pub expected: String,
    /// What is there.
    pub found: &'static str,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected {}, but found {}", self.expected, self.found)
    }
}

/// The way from the value that is decoded to a node of it. Written out only when it is needed: nearly always it is not.
#[derive(Clone, Copy)]
enum Way<'a> {
    Here,
    Key(&'a Way<'a>, &'a str),
    Index(&'a Way<'a>, usize),
}

impl Way<'_> {
    fn pointer(&self) -> String {
        match self {
            Self::Here => String::new(),
            Self::Key(owner, key) => join(&owner.pointer(), key),
            Self::Index(owner, index) => join(&owner.pointer(), &index.to_string()),
        }
    }
}

impl Client {
    /// `value` decoded as `ty` and encoded again.
    ///
    /// # Errors
    ///
    /// Where it does not decode.
    pub fn round_trip(&self, ty: &Type, value: &Value) -> Result<Value, Refusal> {
        let decoding = Decoding {
            client: self,
            ignored: Cell::new(0),
        };
        decoding.convert(ty, value, Way::Here)
    }
}

struct Decoding<'a> {
    client: &'a Client,
    /// How many fields no type had.
    ignored: Cell<usize>,
}

impl Decoding<'_> {
    fn convert(&self, ty: &Type, value: &Value, way: Way<'_>) -> Result<Value, Refusal> {
        let refuse = |expected: &str| {
            Err(Refusal {
                pointer: way.pointer(),
                expected: expected.to_owned(),
                found: kind(value),
            })
        };
        match (ty, value) {
            (Type::Optional(_), Value::Null) => Ok(Value::Null),
            (Type::Optional(inner) | Type::Boxed(inner), _) => self.convert(inner, value, way),
            (Type::List { item, tolerant }, Value::Array(items)) => {
                let items = items.iter().enumerate();
                let converted = items.map(|(index, value)| {
                    if value.is_null() && *tolerant {
                        Ok(Value::Null)
                    } else {
                        self.convert(item, value, Way::Index(&way, index))
                    }
                });
                Ok(Value::Array(converted.collect::<Result<_, _>>()?))
            }
            (
                Type::Map {
                    value: ty,
                    tolerant,
                },
                Value::Object(entries),
            ) => {
                let mut converted = Map::with_capacity(entries.len());
                for (key, value) in entries {
                    let before = self.ignored.get();
                    let value = match self.convert(ty, value, Way::Key(&way, key)) {
                        Err(_) if *tolerant => {
                            self.ignored.set(before);
                            value.clone()
                        }
                        value => value?,
                    };
                    converted.insert(key.clone(), value);
                }
                Ok(Value::Object(converted))
            }
            (Type::Map { tolerant: true, .. }, Value::Array(items)) if items.is_empty() => {
                Ok(Value::Object(Map::new()))
            }
            (Type::Named(name), _) => match self.client.shape(name) {
                Some(Shape::Wrapper(inner)) => self.convert(inner, value, way),
                Some(Shape::StringEnum(_)) if value.is_string() => Ok(value.clone()),
                Some(Shape::StringEnum(_)) => refuse("a string"),
                Some(Shape::Union(members)) => Ok(self.convert_union(members, value, way)),
                Some(Shape::Struct { fields, .. }) => self.convert_struct(fields, value, way),
                None => refuse(name),
            },
            // What stands for a file in an example is not its content.
            (Type::Any | Type::SecretValue | Type::Upload | Type::Bytes, _)
            | (Type::AnyObject, Value::Object(_))
            | (Type::String | Type::Secret, Value::String(_))
            | (Type::Number, Value::Number(_))
            | (Type::Boolean, Value::Bool(_)) => Ok(value.clone()),
            (Type::Integer, Value::Number(number)) if number.is_i64() => Ok(value.clone()),
            (Type::Float, Value::Number(number)) => Ok(number.as_f64().into()),
            (Type::List { .. }, _) => refuse("an array"),
            (Type::Map { .. } | Type::AnyObject, _) => refuse("an object"),
            (Type::String | Type::Secret, _) => refuse("a string"),
            (Type::Boolean, _) => refuse("a boolean"),
            (Type::Integer, _) => refuse("a whole number"),
            (Type::Float | Type::Number, _) => refuse("a number"),
        }
    }

    /// The first of the members that leave the fewest fields aside.
    fn convert_union(&self, members: &[Member], value: &Value, way: Way<'_>) -> Value {
        let before = self.ignored.get();
        let mut best: Option<(usize, Value)> = None;
        for member in members {
            self.ignored.set(0);
            let converted = self.convert(&member.ty, value, way);
            let ignored = self.ignored.get();
            if let Ok(converted) = converted
                && best.as_ref().is_none_or(|(fewest, _)| ignored < *fewest)
            {
                best = Some((ignored, converted));
            }
        }
        let (ignored, converted) = best.unwrap_or_else(|| (0, value.clone()));
        self.ignored.set(before + ignored);
        converted
    }

    fn convert_struct(
        &self,
        fields: &[Field],
        value: &Value,
        way: Way<'_>,
    ) -> Result<Value, Refusal> {
        let refuse = |expected: String, found| {
            Err(Refusal {
                pointer: way.pointer(),
                expected,
                found,
            })
        };
        let empty = Map::new();
        let object = match value {
            Value::Object(object) => object,
            // What PHP writes for an empty object.
            Value::Array(items) if items.is_empty() => &empty,
            _ => return refuse("an object".into(), kind(value)),
        };
        let mut encoded = Map::with_capacity(fields.len());
        let mut met = 0;
        for field in fields {
            let found = object.get(&field.wire);
            let optional = field.presence == Presence::Optional;
            met += usize::from(found.is_some());
            let converted = match found {
                Some(found) => self.convert(&field.ty, found, Way::Key(&way, &field.wire))?,
                None if optional => Value::Null,
                None => return refuse(format!("the field `{}`", field.wire), "none"),
            };
            if !(converted.is_null() && optional) {
                encoded.insert(field.wire.clone(), converted);
            }
        }
        self.ignored.set(self.ignored.get() + object.len() - met);
        Ok(Value::Object(encoded))
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "a whole number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
