//! How a type of ours lets a lenient decoding go on where a value does not fit.
//!
//! A type wraps the values that it can do without, by which it asks its deserializer for a struct of a name that only
//! [`Lenient`](super::lenient::Lenient) knows. Any other deserializer gives it the value itself, at no cost. The lenient one
//! gives a sequence of attempts to decode it, of which each gives a value, or nothing where the value does not fit: that
//! is on record then.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde_json::Value;

use super::object::Key;
use super::{ignored, json};

/// Asks for one attempt, after which the value is gone.
pub(super) const SLOT: &str = "$runtime::slot";
/// Asks for any number of attempts at the same value.
pub(super) const ENTRY: &str = "$runtime::entry";
/// Asks for any number of attempts in which nothing may be left out.
pub(super) const UNION: &str = "$runtime::union";
/// Asks to forget what is found.
pub(super) const TRIAL: &str = "$runtime::trial";
/// Asks to leave the value out: it is the second of its name.
pub(super) const SECOND: &str = "$runtime::second";
/// Asks to leave the value out: it is of a form of a union that the others do not fit.
pub(super) const MISSED: &str = "$runtime::missed";

/// A value that its owner can do without: that of an optional field, or an item of a list.
pub enum Slot<T> {
    /// It fits.
    Made(T),
    /// It is `null`.
    Null,
    /// It does not fit, which is on record.
    LeftOut,
}

impl<T> Slot<T> {
    /// The value, if there is one.
    pub fn made(self) -> Option<T> {
        match self {
            Self::Made(value) => Some(value),
            Self::Null | Self::LeftOut => None,
        }
    }

    fn of(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Made)
    }
}

impl<'de, T: Deserialize<'de> + 'static> Deserialize<'de> for Slot<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(SLOT, SlotVisitor(PhantomData))
    }
}

struct SlotVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + 'static> Visitor<'de> for SlotVisitor<T> {
    type Value = Slot<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Slot<T>, D::Error> {
        Bounded(PhantomData).deserialize(deserializer).map(Slot::of)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut attempts: A) -> Result<Slot<T>, A::Error> {
        let attempt = attempts.next_element_seed(Bounded(PhantomData))?;
        Ok(attempt.map_or(Slot::LeftOut, Slot::of))
    }

    fn visit_unit<E: Error>(self) -> Result<Slot<T>, E> {
        Ok(Slot::Null)
    }
}

/// A `T`, or nothing for `null`. JSON of any form is read within the memory that there is, which its own type knows
/// nothing of.
pub(super) struct Bounded<T>(pub(super) PhantomData<T>);

impl<'de, T: Deserialize<'de> + 'static> DeserializeSeed<'de> for Bounded<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        let mut slot: Option<T> = None;
        // Which of the three it is is known when this is compiled.
        let any = &mut slot as &mut dyn Any;
        if let Some(slot) = any.downcast_mut::<Option<Value>>() {
            *slot = Some(json::read(deserializer)?).filter(|value| !value.is_null());
        } else if let Some(slot) = any.downcast_mut::<Option<Vec<Value>>>() {
            *slot = match json::read(deserializer)? {
                Value::Null => None,
                Value::Array(items) => Some(items),
                Value::Object(_) => {
                    return Err(D::Error::invalid_type(Unexpected::Map, &"a sequence"));
                }
                other => {
                    let found = Unexpected::Other(json::kind(&other));
                    return Err(D::Error::invalid_type(found, &"a sequence"));
                }
            };
        } else {
            slot = Deserialize::deserialize(deserializer)?;
        }
        Ok(slot)
    }
}

/// A value that is kept as it was sent where it does not fit.
pub(super) enum Entry<T> {
    /// It fits.
    Made(T),
    /// It does not.
    Other(Value),
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Entry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(ENTRY, EntryVisitor(PhantomData))
    }
}

struct EntryVisitor<T>(PhantomData<T>);

impl<'de, T: serde::de::DeserializeOwned> Visitor<'de> for EntryVisitor<T> {
    type Value = Entry<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Entry<T>, D::Error> {
        let value = json::read(deserializer)?;
        if let Some((made, ignored)) = ignored::decode(&value) {
            ignored::add(ignored);
            return Ok(Entry::Made(made));
        }
        if !value.is_null() {
            ignored::doubt();
        }
        Ok(Entry::Other(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut attempts: A) -> Result<Entry<T>, A::Error> {
        if let Some(made) = attempts.next_element()? {
            return Ok(Entry::Made(made));
        }
        let value = attempts.next_element()?;
        Ok(Entry::Other(value.unwrap_or_default()))
    }
}

/// An attempt of which nothing is kept but whether it succeeds, and how many fields it passes over.
pub struct Trial<T>(pub usize, PhantomData<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Trial<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TRIAL, TrialVisitor(PhantomData))
    }
}

struct TrialVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TrialVisitor<T> {
    type Value = Trial<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Trial<T>, D::Error> {
        let (decoded, ignored) = ignored::counted(|| T::deserialize(deserializer));
        decoded.map(|_| Trial(ignored, PhantomData))
    }
}

/// The second value of the name, which would put the first one away unseen.
pub struct Second(pub &'static str);

impl<'de> DeserializeSeed<'de> for Second {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct(SECOND, self)
    }
}

impl<'de> Visitor<'de> for Second {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one `{}`", self.0)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, _: D) -> Result<(), D::Error> {
        Err(D::Error::duplicate_field(self.0))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// The fields of an object that are of another form of a union than the one it is.
pub(super) struct Missed<'n>(pub(super) &'n [&'n str]);

impl<'de> DeserializeSeed<'de> for Missed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Missed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key::<Key<'de>>()? {
            match self.0.contains(&key.as_str()) {
                true => entries.next_value_seed(MissedField)?,
                false => entries.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(())
    }
}

struct MissedField;

impl<'de> DeserializeSeed<'de> for MissedField {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct(MISSED, self)
    }
}

impl Visitor<'_> for MissedField {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what fits the form that has it")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
