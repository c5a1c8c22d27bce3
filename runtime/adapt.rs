//! The visitor of a lenient decoding: it is shown the value that is there, and shows a type the one that it wants.

use std::borrow::Cow;
use std::fmt;
use std::iter;

use serde::de::value::{
    BorrowedStrDeserializer, MapDeserializer, SeqDeserializer, StrDeserializer, UnitDeserializer,
};
use serde::de::{DeserializeSeed, Error, Expected, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::convert;
use super::decode::expectation;
use super::json;
use super::lenient::Lenient;
use super::report::{Report, Step, Taken};

/// What a type asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Anything,
    Boolean,
    Integer,
    Number,
    Text,
    Array,
    Object,
}

/// A visitor around that of a type.
pub(super) struct Adapt<'r, 'de, V> {
    pub(super) visitor: V,
    pub(super) want: Want,
    pub(super) report: &'r Report<'de>,
}

/// What a visitor expects, in JSON's words.
pub(super) fn expected<'de>(visitor: &impl Visitor<'de>) -> String {
    expectation(&(visitor as &dyn Expected).to_string())
}

impl<'de, V: Visitor<'de>> Adapt<'_, 'de, V> {
    /// Shows a scalar as another one, if nothing is lost by that.
    fn convert<E: Error>(self, value: Value) -> Result<V::Value, E> {
        let found = json::kind(&value);
        let expected = expected(&self.visitor);
        let report = self.report;
        let converted = match self.want {
            Want::Boolean => convert::boolean(&value).map(|is| self.visitor.visit_bool(is)),
            Want::Integer => convert::integer(&value).map(|number| visit(self.visitor, &number)),
            Want::Number => convert::number(&value).map(|number| visit(self.visitor, &number)),
            Want::Text => convert::text(&value).map(|text| self.visitor.visit_string(text)),
            // PHP's words for nothing.
            Want::Array if value.is_null() => Some(self.visitor.visit_seq(nothing())),
            Want::Object if value.is_null() => Some(self.visitor.visit_map(no_entries())),
            Want::Anything | Want::Array | Want::Object => None,
        };
        match converted {
            None => Err(report.refuse(expected, found, Some(value))),
            Some(read) => {
                let read = report.noting(read)?;
                report.convert(expected, found, Some(value))?;
                Ok(read)
            }
        }
    }
}

type NoItems<E> = SeqDeserializer<iter::Empty<()>, E>;
type NoEntries<E> = MapDeserializer<'static, iter::Empty<(&'static str, ())>, E>;

fn nothing<E: Error>() -> NoItems<E> {
    SeqDeserializer::new(iter::empty())
}

fn no_entries<E: Error>() -> NoEntries<E> {
    MapDeserializer::new(iter::empty())
}

fn visit<'de, V: Visitor<'de>, E: Error>(visitor: V, number: &Number) -> Result<V::Value, E> {
    if let Some(number) = number.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = number.as_i64() {
        visitor.visit_i64(number)
    } else {
        visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
    }
}

macro_rules! scalars {
    ($($method:ident($value:ident: $type:ty) if $($want:ident)|*;)*) => {$(
        fn $method<E: Error>(self, $value: $type) -> Result<V::Value, E> {
            match self.want {
                $(Want::$want)|* => self.report.noting(self.visitor.$method($value)),
                _ => self.convert(Value::from($value)),
            }
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Adapt<'_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    scalars! {
        visit_bool(is: bool) if Anything | Boolean;
        visit_i64(number: i64) if Anything | Integer | Number;
        visit_u64(number: u64) if Anything | Integer | Number;
        visit_f64(number: f64) if Anything | Number;
        visit_str(text: &str) if Anything | Text;
        visit_borrowed_str(text: &'de str) if Anything | Text;
        visit_string(text: String) if Anything | Text;
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        match self.want {
            Want::Anything => self.report.noting(self.visitor.visit_unit()),
            _ => self.convert(Value::Null),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<V::Value, A::Error> {
        let report = self.report;
        match self.want {
            Want::Anything | Want::Array => {
                let items = Items {
                    access: &mut access,
                    report,
                    index: 0,
                };
                let read = report.noting(self.visitor.visit_seq(items));
                report.behind(read, || drain_items(&mut access))
            }
            wanted => {
                let expected = expected(&self.visitor);
                let first = report.reading(access.next_element::<IgnoredAny>())?;
                if first.is_none() && wanted == Want::Object {
                    // PHP's word for an empty object.
                    return report.noting(self.visitor.visit_map(no_entries()));
                }
                let refused = Err(report.refuse(expected, "an array", None));
                report.behind(refused, || drain_items(&mut access))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<V::Value, A::Error> {
        let report = self.report;
        let mut pending = false;
        let read = match self.want {
            Want::Anything | Want::Object => {
                let entries = Entries {
                    access: &mut access,
                    report,
                    pending: &mut pending,
                    name: None,
                };
                report.noting(self.visitor.visit_map(entries))
            }
            Want::Array => {
                let expected = expected(&self.visitor);
                let items = Numbered {
                    access: &mut access,
                    report,
                    pending: &mut pending,
                };
                report
                    .noting(self.visitor.visit_seq(items))
                    .and_then(|read| {
                        report.convert(expected, "an object", None)?;
                        Ok(read)
                    })
            }
            _ => Err(report.refuse(expected(&self.visitor), "an object", None)),
        };
        report.behind(read, || {
            if pending {
                access.next_value::<IgnoredAny>()?;
            }
            while access.next_key::<IgnoredAny>()?.is_some() {
                access.next_value::<IgnoredAny>()?;
            }
            Ok(())
        })
    }
}

/// Reads what is left of an array.
fn drain_items<'de, A: SeqAccess<'de>>(access: &mut A) -> Result<(), A::Error> {
    while access.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// A value at a step.
struct Below<'r, 'de, S> {
    seed: S,
    report: &'r Report<'de>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Below<'_, 'de, S> {
    type Value = Option<S::Value>;

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Option<S::Value>, D::Error> {
        let report = self.report;
        let value = match report.taken() {
            Taken::AsItIs => self.seed.deserialize(Lenient::new(deserializer, report)),
            taken => {
                report.reading(deserializer.deserialize_ignored_any(IgnoredAny))?;
                if taken == Taken::PassedOver {
                    return Ok(None);
                }
                self.seed.deserialize(UnitDeserializer::new())
            }
        };
        report.noting(value).map(Some)
    }
}

/// The items of an array.
struct Items<'a, 'r, 'de, A> {
    access: &'a mut A,
    report: &'r Report<'de>,
    index: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, '_, 'de, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let report = self.report;
        // A seed can be used once, so that those that are passed over are looked for before.
        loop {
            report.enter(Step::Index(self.index));
            self.index += 1;
            if report.taken() != Taken::PassedOver {
                break;
            }
            let passed = report.reading(self.access.next_element::<IgnoredAny>());
            report.leave();
            if passed?.is_none() {
                return Ok(None);
            }
        }
        let item = self.access.next_element_seed(Below { seed, report });
        let item = report.reading(item);
        report.leave();
        Ok(item?.flatten())
    }
}

/// The entries of an object.
struct Entries<'a, 'r, 'de, A> {
    access: &'a mut A,
    report: &'r Report<'de>,
    /// Whether the value of the last name is still to be read.
    pending: &'a mut bool,
    name: Option<Cow<'de, str>>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'_, '_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let Some(name) = next_name(self.access, self.report)? else {
            return Ok(None);
        };
        *self.pending = true;
        let key = match &name {
            Cow::Borrowed(name) => {
                let key = BorrowedStrDeserializer::<A::Error>::new(name);
                seed.deserialize(Lenient::new(key, &Report::default()))
            }
            Cow::Owned(name) => {
                let key = StrDeserializer::<A::Error>::new(name);
                seed.deserialize(Lenient::new(key, &Report::default()))
            }
        };
        self.name = Some(name);
        self.report.noting(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let report = self.report;
        *self.pending = false;
        report.enter(Step::Name(self.name.take().unwrap_or_default()));
        let value = self.access.next_value_seed(Below { seed, report });
        let value = report.reading(value);
        report.leave();
        value?.ok_or_else(|| A::Error::custom("expected a value"))
    }
}

/// The entries of an object as the items of an array: PHP makes one of a list that it took items out of.
struct Numbered<'a, 'r, 'de, A> {
    access: &'a mut A,
    report: &'r Report<'de>,
    pending: &'a mut bool,
}

impl<'de, A: MapAccess<'de>> SeqAccess<'de> for Numbered<'_, '_, 'de, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let report = self.report;
        let Some(name) = next_name(self.access, report)? else {
            return Ok(None);
        };
        *self.pending = true;
        if name.parse::<u64>().is_err() {
            return Err(report.refuse("an array".to_owned(), "an object", None));
        }
        *self.pending = false;
        report.enter(Step::Name(name));
        let value = self.access.next_value_seed(Below { seed, report });
        let value = report.reading(value);
        report.leave();
        value
    }
}

fn next_name<'de, A: MapAccess<'de>>(
    access: &mut A,
    report: &Report<'de>,
) -> Result<Option<Cow<'de, str>>, A::Error> {
    let name = report.reading(access.next_key::<super::object::Key<'de>>())?;
    Ok(name.map(super::object::Key::into_text))
}
