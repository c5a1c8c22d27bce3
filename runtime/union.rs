//! The macro that lets a generated union be read and written: several forms, and no tag to tell them apart.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;

pub use super::fields::fields;
use super::slot::{Missed, Trial, UNION};
use super::{ignored, json};

/// Gives an enum whose variants hold one value each, and one `Unknown(serde_json::Value)`, its `Debug`,
/// `Serialize` and `Deserialize`.
///
/// `Debug` prints nothing of `Unknown`: a form may have secrets, and what fits none of them has those as well.
///
/// The form that leaves the least of the value aside wins, the first of those that are equal. What fits none becomes
/// `Unknown`, as it was sent. Before that the same is tried with what can be converted without loss, if a response is
/// decoded leniently.
macro_rules! union {
    ($name:ident { $($variant:ident($form:ty)),* $(,)? }) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(value) => f.debug_tuple(stringify!($variant)).field(value).finish(),)*
                    Self::Unknown(_) => f.write_str("Unknown(..)"),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, serializer),)*
                    Self::Unknown(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                runtime::union::deserialize(deserializer)
            }
        }

        impl runtime::union::Union for $name {
            const NAME: &'static str = ::std::stringify!($name);

            const FIELDS: &'static [fn() -> &'static [&'static str]] =
                &[$(runtime::union::fields::<$form>),*];

            fn read(value: &::serde_json::Value) -> runtime::union::Best<Self> {
                #[allow(unused_mut)]
                let mut best = runtime::union::Best::default();
                $(best.offer(value, Self::$variant);)*
                best
            }

            fn convert<'de, A: ::serde::de::SeqAccess<'de>>(
                attempts: &mut A,
                most: usize,
            ) -> ::std::result::Result<::std::option::Option<Self>, A::Error> {
                let passed = [$(runtime::union::passed::<$form, A>(attempts)?,)*];
                let best = passed.iter().flatten().filter(|passed| **passed < most).min();
                let mut passed = passed.iter();
                $(if best.is_some() && passed.next().is_some_and(|passed| passed.as_ref() == best) {
                    return Ok(attempts.next_element()?.map(Self::$variant));
                })*
                Ok(None)
            }

            fn unknown(value: ::serde_json::Value) -> Self {
                Self::Unknown(value)
            }
        }
    };
}

pub(crate) use union;

/// The form that fits best so far.
pub struct Best<T> {
    /// How many forms there were.
    offered: usize,
    best: Option<Fit<T>>,
}

struct Fit<T> {
    value: T,
    /// Which of the forms it is.
    form: usize,
    /// How many fields it passes over.
    ignored: usize,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self {
            offered: 0,
            best: None,
        }
    }
}

impl<T> Best<T> {
    /// Takes the form when it fits better than those before.
    pub fn offer<'de, F: Deserialize<'de>>(&mut self, value: &'de Value, variant: fn(F) -> T) {
        let form = self.offered;
        self.offered += 1;
        let most = self.best.as_ref().map_or(usize::MAX, |best| best.ignored);
        if most > 0
            && let Some((value, ignored)) = ignored::decode(value)
            && ignored < most
        {
            let value = variant(value);
            self.best = Some(Fit {
                value,
                form,
                ignored,
            });
        }
    }
}

impl<T: Union> Fit<T> {
    /// The fields that it passes over although another form has them.
    fn missed<'v>(&self, value: &'v Value) -> Vec<&'v str> {
        let Value::Object(entries) = value else {
            return Vec::new();
        };
        if self.ignored == 0 {
            return Vec::new();
        }
        let own = T::FIELDS[self.form]();
        let of_another = |name: &&str| T::FIELDS.iter().any(|fields| fields().contains(name));
        let names = entries.keys().map(String::as_str);
        let names = names.filter(|name| !own.contains(name));
        names.filter(of_another).collect()
    }
}

/// What [`union!`] gives an enum.
pub trait Union: Sized {
    /// What messages call it.
    const NAME: &'static str;

    /// The fields of each form.
    const FIELDS: &'static [fn() -> &'static [&'static str]];

    /// The form that fits best, if any does.
    fn read(value: &Value) -> Best<Self>;

    /// The form that fits best with what can be converted, if any does and passes over fewer fields than that.
    fn convert<'de, A: SeqAccess<'de>>(
        attempts: &mut A,
        most: usize,
    ) -> Result<Option<Self>, A::Error>;

    /// What fits none.
    fn unknown(value: Value) -> Self;
}

/// The form that fits best.
pub fn deserialize<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(UNION, UnionVisitor(PhantomData))
}

/// How many fields a form passes over where it fits with what can be converted.
pub fn passed<'de, F: Deserialize<'de>, A: SeqAccess<'de>>(
    attempts: &mut A,
) -> Result<Option<usize>, A::Error> {
    let trial = attempts.next_element::<Trial<F>>()?;
    Ok(trial.map(|trial| trial.0))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a form of {}", T::NAME)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let value = json::read(deserializer)?;
        let Some(best) = T::read(&value).best else {
            ignored::doubt();
            return Ok(T::unknown(value));
        };
        if !best.missed(&value).is_empty() {
            ignored::doubt();
        }
        ignored::add(best.ignored);
        Ok(best.value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut attempts: A) -> Result<T, A::Error> {
        let value = attempts.next_element()?.unwrap_or_default();
        let Some(best) = T::read(&value).best else {
            let converted = T::convert(&mut attempts, usize::MAX)?;
            return Ok(converted.unwrap_or_else(|| T::unknown(value)));
        };
        let missed = best.missed(&value);
        if !missed.is_empty() {
            if let Some(converted) = T::convert(&mut attempts, best.ignored)? {
                return Ok(converted);
            }
            attempts.next_element_seed(Missed(&missed))?;
        }
        ignored::add(best.ignored);
        Ok(best.value)
    }
}
