//! A deserializer that goes on where a value does not fit its type, and puts that on record.
//!
//! It reads the same JSON once, in the same order. What can be converted without loss is converted
//! ([`Adapt`](super::adapt::Adapt)); what a type of ours can do without is left out ([`slot`](super::slot)). An error
//! leaves the JSON behind the value that it is about, so that the next one can be read.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};
use serde_json::Value;

use super::adapt::{Adapt, Want, expected};
use super::json;
use super::report::Report;
use super::slot::{ENTRY, MISSED, SECOND, SLOT, TRIAL, UNION};

/// A deserializer around another one of JSON.
pub(super) struct Lenient<'r, 'de, D> {
    inner: D,
    report: &'r Report<'de>,
}

impl<'r, 'de, D> Lenient<'r, 'de, D> {
    pub(super) fn new(inner: D, report: &'r Report<'de>) -> Self {
        Self { inner, report }
    }
}

impl<'de, D: Deserializer<'de>> Lenient<'_, 'de, D> {
    fn want<V: Visitor<'de>>(self, want: Want, visitor: V) -> Result<V::Value, D::Error> {
        let report = self.report;
        let adapt = Adapt {
            visitor,
            want,
            report,
        };
        report.reading(self.inner.deserialize_any(adapt))
    }
}

macro_rules! wants {
    ($($want:ident: $($method:ident)*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.want(Want::$want, visitor)
        }
    )*)*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Lenient<'_, 'de, D> {
    type Error = D::Error;

    wants! {
        Anything: deserialize_any deserialize_bytes deserialize_byte_buf deserialize_unit;
        Boolean: deserialize_bool;
        Integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        Number: deserialize_f32 deserialize_f64;
        Text: deserialize_char deserialize_str deserialize_string deserialize_identifier;
        Array: deserialize_seq;
        Object: deserialize_map;
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let report = self.report;
        let optional = Optional { visitor, report };
        report.reading(self.inner.deserialize_option(optional))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let report = self.report;
        match name {
            SLOT => visitor.visit_seq(Attempt(Some(self))),
            ENTRY => {
                let value = report.reading(json::read(self.inner))?;
                visitor
                    .visit_seq(Attempts { value, report })
                    .map_err(D::Error::custom)
            }
            UNION => {
                let value = report.reading(json::read(self.inner))?;
                let attempts = Attempts { value, report };
                let chosen = report.firmly(|| visitor.visit_seq(attempts));
                chosen.map_err(D::Error::custom)
            }
            TRIAL => {
                let mark = report.mark();
                let tried = visitor.visit_newtype_struct(self);
                if tried.is_ok() {
                    report.forget(mark);
                }
                tried
            }
            SECOND => {
                let value = report.reading(json::read(self.inner))?;
                report.leave_out(expected(&visitor), "a second one", Some(value))?;
                visitor.visit_unit()
            }
            MISSED => {
                let value = report.reading(json::read(self.inner))?;
                report.leave_out(expected(&visitor), json::kind(&value), Some(value))?;
                visitor.visit_unit()
            }
            // serde_json knows names of its own.
            _ if name.starts_with('$') => {
                report.reading(self.inner.deserialize_newtype_struct(name, visitor))
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.want(Want::Object, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.want(Want::Array, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.want(Want::Array, visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.want(Want::Anything, visitor)
    }

    /// Of a caller's type: none of ours is one. It is read whole, so that an error leaves the JSON behind it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let value = self.report.reading(json::read(self.inner))?;
        let found = json::kind(&value);
        let expected = expected(&visitor);
        let read = value.deserialize_enum(name, variants, visitor);
        read.map_err(|_| self.report.refuse(expected, found, None))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.report
            .reading(self.inner.deserialize_ignored_any(visitor))
    }
}

/// A value that may be `null`.
struct Optional<'r, 'de, V> {
    visitor: V,
    report: &'r Report<'de>,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Optional<'_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.report.noting(self.visitor.visit_none())
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.report.noting(self.visitor.visit_none())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let lenient = Lenient::new(deserializer, self.report);
        self.report.noting(self.visitor.visit_some(lenient))
    }
}

/// The one attempt of a slot.
struct Attempt<'r, 'de, D>(Option<Lenient<'r, 'de, D>>);

impl<'de, D: Deserializer<'de>> SeqAccess<'de> for Attempt<'_, 'de, D> {
    type Error = D::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, D::Error> {
        let Some(lenient) = self.0.take() else {
            return Ok(None);
        };
        let report = lenient.report;
        let mark = report.mark();
        match report.noting(seed.deserialize(lenient)) {
            Ok(value) => Ok(Some(value)),
            Err(error) if report.is_firm() || report.is_over() => Err(error),
            Err(_) => report.absorb(mark).map(|()| None),
        }
    }
}

/// Attempts at a value that is in memory.
struct Attempts<'r, 'de> {
    value: Value,
    report: &'r Report<'de>,
}

impl<'de> SeqAccess<'de> for Attempts<'_, 'de> {
    type Error = serde_json::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, serde_json::Error> {
        let mark = self.report.mark();
        match seed.deserialize(Lenient::new(self.value.clone(), self.report)) {
            Ok(value) => Ok(Some(value)),
            Err(error) if self.report.is_over() => Err(error),
            Err(_) => {
                self.report.forget(mark);
                Ok(None)
            }
        }
    }
}
