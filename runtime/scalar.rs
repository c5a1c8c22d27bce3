//! A text, a number or a boolean as it is written into a URL or a header.

use std::fmt;

use serde::ser::{Error, Impossible, Serialize, Serializer};
use serde_json::{Number, Value};

/// A scalar as text, `None` for anything else.
///
/// Not by way of a JSON value, which would take longer than all else that is done for a parameter, but for a number that
/// serde_json keeps as a text.
pub(super) fn scalar(value: &impl Serialize) -> Option<String> {
    plain(value).or_else(|| scalar_of(serde_json::to_value(value).ok()?))
}

/// The same without that, so that a list is not looked at in vain.
pub(super) fn plain(value: &impl Serialize) -> Option<String> {
    value.serialize(Scalar).ok()
}

/// The same of a JSON value.
pub(super) fn scalar_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(whole(number.to_string())),
        Value::Bool(is) => Some(boolean(is).to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What Laravel's `boolean` rule accepts, which refuses the words.
fn boolean(is: bool) -> &'static str {
    if is { "1" } else { "0" }
}

/// A whole number without a fraction: `2.0` is refused where PHP wants an integer, and names another resource in a path.
fn whole(mut number: String) -> String {
    if number.ends_with(".0") {
        number.truncate(number.len() - 2);
    }
    number
}

struct Scalar;

/// That a value is no scalar.
#[derive(Debug)]
struct NoScalar;

type Text = Result<String, NoScalar>;
type Never = Impossible<String, NoScalar>;

macro_rules! scalars {
    ($($method:ident($value:ident: $type:ty) => $text:expr;)*) => {$(
        fn $method(self, $value: $type) -> Text {
            Ok($text)
        }
    )*};
}

macro_rules! others {
    ($($method:ident($($type:ty),*) -> $answer:ty;)*) => {$(
        fn $method(self, $(_: $type),*) -> Result<$answer, NoScalar> {
            Err(NoScalar)
        }
    )*};
}

impl Serializer for Scalar {
    type Ok = String;
    type Error = NoScalar;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    scalars! {
        serialize_str(text: &str) => text.to_owned();
        serialize_char(text: char) => text.to_string();
        serialize_bool(is: bool) => boolean(is).to_owned();
        serialize_i8(number: i8) => number.to_string();
        serialize_i16(number: i16) => number.to_string();
        serialize_i32(number: i32) => number.to_string();
        serialize_i64(number: i64) => number.to_string();
        serialize_u8(number: u8) => number.to_string();
        serialize_u16(number: u16) => number.to_string();
        serialize_u32(number: u32) => number.to_string();
        serialize_u64(number: u64) => number.to_string();
        serialize_i128(number: i128) => number.to_string();
        serialize_u128(number: u128) => number.to_string();
    }

    others! {
        serialize_bytes(&[u8]) -> String;
        serialize_none() -> String;
        serialize_unit() -> String;
        serialize_unit_struct(&'static str) -> String;
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }

    /// By its own digits: as a wider number it has more.
    fn serialize_f32(self, number: f32) -> Text {
        self.serialize_f64(number.to_string().parse().map_err(|_| NoScalar)?)
    }

    /// As JSON has it, which knows no infinity.
    fn serialize_f64(self, number: f64) -> Text {
        let number = Number::from_f64(number).ok_or(NoScalar)?;
        Ok(whole(number.to_string()))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Text {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Text {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Text {
        Ok(name.to_owned())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Text {
        Err(NoScalar)
    }
}

impl Error for NoScalar {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl fmt::Display for NoScalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a text, a number or a boolean, but found another kind of value")
    }
}

impl std::error::Error for NoScalar {}
