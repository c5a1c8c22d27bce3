//! A number of which nobody knows whether it has a fraction.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A JSON number, whole or with a fraction.
///
/// An API that shows `4` today sends `4.5` tomorrow. A number is therefore kept as it was sent: whole numbers up to 64
/// bits without loss, all others as `f64`. It compares with Rust's numbers (`price == 5`, `price > 4.5`), and converts
/// by [`as_f64`](Self::as_f64), which always gives a value, and [`as_i64`](Self::as_i64), which gives one when there is
/// no fraction.
#[derive(Clone, Copy)]
pub struct Number(Form);

#[derive(Clone, Copy)]
enum Form {
    Signed(i64),
    /// More than an `i64` holds.
    Unsigned(u64),
    Float(f64),
}

impl Number {
    /// The nearest `f64`: exact for whole numbers up to 2^53 and for all numbers that were sent with a fraction.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self.0 {
            Form::Signed(number) => number as f64,
            Form::Unsigned(number) => number as f64,
            Form::Float(number) => number,
        }
    }

    /// The number as an `i64`; none when it has a fraction or is too large. `5.0` is 5.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.whole().and_then(|number| i64::try_from(number).ok())
    }

    /// The number as a `u64`; none when it has a fraction, is negative or too large. `5.0` is 5.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        self.whole().and_then(|number| u64::try_from(number).ok())
    }

    fn whole(self) -> Option<i128> {
        match self.0 {
            Form::Signed(number) => Some(number.into()),
            Form::Unsigned(number) => Some(number.into()),
            // Every finite float below 2^127 is an i128 when it has no fraction.
            Form::Float(number) if number.fract() == 0.0 && number.abs() < 2f64.powi(126) => {
                Some(number as i128)
            }
            Form::Float(_) => None,
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Signed(number) => number.fmt(f),
            Form::Unsigned(number) => number.fmt(f),
            Form::Float(number) => number.fmt(f),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Signed(number) => number.fmt(f),
            Form::Unsigned(number) => number.fmt(f),
            Form::Float(number) => number.fmt(f),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.whole(), other.whole()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            // One of them has a fraction, or is far beyond what a whole number is: no digit that decides is lost.
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

macro_rules! from_whole {
    ($($form:ident: $($type:ty)*;)*) => {$($(
        impl From<$type> for Number {
            fn from(number: $type) -> Self {
                Self(Form::$form(number.into()))
            }
        }
    )*)*};
}

from_whole! {
    Signed: i8 i16 i32 i64 u8 u16 u32;
    Float: f64;
}

/// By its own digits: as a wider number it has more.
impl From<f32> for Number {
    fn from(number: f32) -> Self {
        let digits = number.to_string().parse();
        Self(Form::Float(digits.unwrap_or_else(|_| number.into())))
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(i64::try_from(number).map_or(Form::Unsigned(number), Form::Signed))
    }
}

macro_rules! from_size {
    ($($type:ty as $wide:ty),*) => {$(
        impl From<$type> for Number {
            fn from(number: $type) -> Self {
                // There is no wider one.
                (number as $wide).into()
            }
        }
    )*};
}

from_size!(usize as u64, isize as i64);

macro_rules! from_reference {
    ($($type:ty)*) => {$(
        impl From<&$type> for Number {
            fn from(number: &$type) -> Self {
                (*number).into()
            }
        }
    )*};
}

from_reference!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64);

impl From<Number> for f64 {
    fn from(number: Number) -> Self {
        number.as_f64()
    }
}

macro_rules! compare {
    ($($type:ty)*) => {$(
        impl PartialEq<$type> for Number {
            fn eq(&self, other: &$type) -> bool {
                *self == Self::from(*other)
            }
        }

        impl PartialEq<Number> for $type {
            fn eq(&self, other: &Number) -> bool {
                Number::from(*self) == *other
            }
        }

        impl PartialOrd<$type> for Number {
            fn partial_cmp(&self, other: &$type) -> Option<Ordering> {
                self.partial_cmp(&Self::from(*other))
            }
        }

        impl PartialOrd<Number> for $type {
            fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
                Number::from(*self).partial_cmp(other)
            }
        }
    )*};
}

compare!(i32 i64 u32 u64 f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Form::Signed(number) => serializer.serialize_i64(number),
            Form::Unsigned(number) => serializer.serialize_u64(number),
            Form::Float(number) => serializer.serialize_f64(number),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        Ok(number.into())
    }
}
