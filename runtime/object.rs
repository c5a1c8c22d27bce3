//! The macro that lets a generated struct be read and written, as tolerantly as a PHP server needs it.

use std::borrow::Cow;
use std::fmt;
use std::iter;
use std::marker::PhantomData;

use serde::de::value::MapDeserializer;
use serde::de::{
    Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

pub use super::ignored::ignore;
use super::memory;
pub use super::slot::{Second, Slot};

/// Gives a struct `Serialize` and `Deserialize`: its optional fields with their names in JSON, then its required ones.
///
/// An optional field is an `Option`; `None` stands for `null` and for nothing, and is not written. PHP writes `[]` for
/// an empty object, so that is one; any other array is refused, where a derived implementation would read it by
/// position. Fields that the struct does not have are passed over.
macro_rules! object {
    (
        $name:ident { $($optional:ident = $wire:literal),* $(,)? }
        $(required { $($required:ident = $required_wire:literal),* $(,)? })?
    ) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap as _;
                #[allow(unused_mut)]
                let mut map = serializer.serialize_map(None)?;
                $($(map.serialize_entry($required_wire, &self.$required)?;)*)?
                $(if let Some(value) = &self.$optional {
                    map.serialize_entry($wire, value)?;
                })*
                map.end()
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                runtime::object::deserialize(deserializer)
            }
        }

        impl runtime::object::Object for $name {
            const NAME: &'static str = ::std::stringify!($name);

            const FIELDS: &'static [&'static str] = &[$($wire,)* $($($required_wire,)*)?];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                mut entries: A,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $optional = None;)*
                $($(let mut $required = None;)*)?
                while let Some(key) = entries.next_key::<runtime::object::Key<'de>>()? {
                    match key.as_str() {
                        // The second of two values of one name would put the first one away unseen.
                        $($wire if $optional.is_some() => {
                            entries.next_value_seed(runtime::object::Second($wire))?;
                        })*
                        $($($required_wire if $required.is_some() => {
                            entries.next_value_seed(runtime::object::Second($required_wire))?;
                        })*)?
                        $($wire => {
                            $optional = entries.next_value::<runtime::object::Slot<_>>()?.made();
                        })*
                        $($($required_wire => $required = Some(entries.next_value()?),)*)?
                        _ => runtime::object::ignore(&mut entries)?,
                    }
                }
                Ok(Self {
                    $($optional,)*
                    $($($required: $required.ok_or_else(|| {
                        <A::Error as ::serde::de::Error>::missing_field($required_wire)
                    })?,)*)?
                })
            }
        }
    };
}

pub(crate) use object;

/// What [`object!`] gives a struct.
pub trait Object: Sized {
    /// What messages call it.
    const NAME: &'static str;

    /// The names of its fields in JSON.
    const FIELDS: &'static [&'static str];

    /// The struct with these entries.
    fn read<'de, A: MapAccess<'de>>(entries: A) -> Result<Self, A::Error>;
}

/// An object, or PHP's `[]` for an empty one.
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::FIELDS, ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<T, A::Error> {
        memory::take(size_of::<T>())?;
        T::read(entries)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        empty(items, &self)?;
        memory::take(size_of::<T>())?;
        let none = iter::empty::<(&str, &str)>();
        T::read(MapDeserializer::<_, A::Error>::new(none))
    }
}

/// Refuses an array with items.
pub(super) fn empty<'de, A: SeqAccess<'de>>(
    mut items: A,
    expected: &impl Visitor<'de>,
) -> Result<(), A::Error> {
    match items.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, expected)),
    }
}

/// The name of an entry, borrowed where the text has it as it is.
pub struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Key<'de> {
    pub(super) fn into_text(self) -> Cow<'de, str> {
        self.0
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text)))
    }
}
