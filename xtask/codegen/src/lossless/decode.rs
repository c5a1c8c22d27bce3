//! What serde does with a JSON value and a generated type.

use serde_json::{Map, Value};

use super::model::{Field, Model, Shape};
use super::types::Type;
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

impl Model {
    /// `value` decoded as `ty` and encoded again.
    ///
    /// # Errors
    ///
    /// Where it does not decode.
    pub fn round_trip(&self, ty: &Type, value: &Value) -> Result<Value, Refusal> {
        self.convert(ty, value, Way::Here)
    }

    fn convert(&self, ty: &Type, value: &Value, way: Way<'_>) -> Result<Value, Refusal> {
        let refuse = |expected: &str| {
            Err(Refusal {
                pointer: way.pointer(),
                expected: expected.to_owned(),
                found: kind(value),
            })
        };
        match (ty, value) {
            (Type::Nullable(_), Value::Null) => Ok(Value::Null),
            (Type::Nullable(inner), _) => self.convert(inner, value, way),
            (Type::List(item), Value::Array(items)) => {
                let items = items.iter().enumerate();
                let converted =
                    items.map(|(index, value)| self.convert(item, value, Way::Index(&way, index)));
                Ok(Value::Array(converted.collect::<Result<_, _>>()?))
            }
            (Type::Map(item), Value::Object(entries)) => {
                let mut converted = Map::with_capacity(entries.len());
                for (key, value) in entries {
                    let value = self.convert(item, value, Way::Key(&way, key))?;
                    converted.insert(key.clone(), value);
                }
                Ok(Value::Object(converted))
            }
            (Type::Named(index), _) => match self.shape(*index) {
                Shape::Newtype(inner) => self.convert(inner, value, way),
                Shape::OpenEnum if value.is_string() => Ok(value.clone()),
                Shape::OpenEnum => refuse("a string"),
                Shape::Union(members) => {
                    let mut members = members.iter();
                    let fits = members.find_map(|member| self.convert(member, value, way).ok());
                    Ok(fits.unwrap_or_else(|| value.clone()))
                }
                Shape::Struct(fields) => self.convert_struct(fields, value, way),
            },
            (Type::Any, _)
            | (Type::AnyObject, Value::Object(_))
            | (Type::String, Value::String(_))
            | (Type::Bool, Value::Bool(_)) => Ok(value.clone()),
            (Type::Signed, Value::Number(number)) if number.is_i64() => Ok(value.clone()),
            (Type::Unsigned, Value::Number(number)) if number.is_u64() => Ok(value.clone()),
            (Type::Float, Value::Number(number)) => Ok(number.as_f64().into()),
            (Type::List(_), _) => refuse("an array"),
            (Type::Map(_) | Type::AnyObject, _) => refuse("an object"),
            (Type::String, _) => refuse("a string"),
            (Type::Bool, _) => refuse("a boolean"),
            (Type::Signed | Type::Unsigned, _) => refuse("a whole number"),
            (Type::Float, _) => refuse("a number"),
            (Type::Unknown(name), _) => refuse(name),
        }
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
        let mut encoded = Map::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            let found = match value {
                Value::Object(object) => object.get(&field.wire),
                // serde takes an array for a struct, field by field.
                Value::Array(items) => items.get(index),
                _ => return refuse("an object".into(), kind(value)),
            };
            let converted = match found {
                Some(found) => self.convert(&field.ty, found, Way::Key(&way, &field.wire))?,
                None if field.optional => Value::Null,
                None => return refuse(format!("the field `{}`", field.wire), "none"),
            };
            if !(converted.is_null() && field.skips) {
                encoded.insert(field.wire.clone(), converted);
            }
        }
        match value {
            Value::Array(items) if items.len() > fields.len() => {
                refuse("an object".into(), kind(value))
            }
            _ => Ok(Value::Object(encoded)),
        }
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
