//! An object whose keys are data, in an answer.

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

use super::slot::Entry;
use super::{memory, object};

/// What an entry takes besides its value, about.
const ENTRY: usize = 2 * (size_of::<String>() + memory::OVERHEAD);

/// The entries of an object whose keys are data: ids, dates and the like.
///
/// It is a `BTreeMap<String, T>` in all but name, empty when PHP sends `[]`. Entries whose value is no `T`, such as
/// `null`, are in [`others`](Self::others) as they were sent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Map<T> {
    entries: BTreeMap<String, T>,
    others: BTreeMap<String, Value>,
}

impl<T> Map<T> {
    /// The entries.
    #[must_use]
    pub fn into_map(self) -> BTreeMap<String, T> {
        self.entries
    }

    /// The entries whose value is no `T`.
    #[must_use]
    pub fn others(&self) -> &BTreeMap<String, Value> {
        &self.others
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::from(BTreeMap::new())
    }
}

impl<T> From<BTreeMap<String, T>> for Map<T> {
    fn from(entries: BTreeMap<String, T>) -> Self {
        Self {
            entries,
            others: BTreeMap::new(),
        }
    }
}

impl<T> From<Map<T>> for BTreeMap<String, T> {
    fn from(map: Map<T>) -> Self {
        map.entries
    }
}

impl<K: Into<String>, T> FromIterator<(K, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        Self::from(BTreeMap::from_iter(
            entries.map(|(key, value)| (key.into(), value)),
        ))
    }
}

impl<T> Deref for Map<T> {
    type Target = BTreeMap<String, T>;

    fn deref(&self) -> &Self::Target {
        &self.entries
    }
}

impl<T> DerefMut for Map<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.entries
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = btree_map::IntoIter<String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = btree_map::Iter<'a, String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self
            .entries
            .iter()
            .map(|(key, value)| (key, value as &dyn fmt::Debug));
        let others = self
            .others
            .iter()
            .map(|(key, value)| (key, value as &dyn fmt::Debug));
        f.debug_map().entries(entries.chain(others)).finish()
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in &self.entries {
            map.serialize_entry(key, value)?;
        }
        for (key, value) in &self.others {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Which asks for an object and takes an array as well: PHP writes `[]` for an empty one.
        deserializer.deserialize_struct("map", &[], MapVisitor(PhantomData))
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for MapVisitor<T> {
    type Value = Map<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Map<T>, A::Error> {
        let mut map = Map::default();
        while let Some((key, value)) = entries.next_entry::<String, Entry<T>>()? {
            memory::take(key.len() + ENTRY + size_of::<T>())?;
            match value {
                Entry::Made(value) => map.entries.insert(key, value).map(drop),
                Entry::Other(value) => map.others.insert(key, value).map(drop),
            };
        }
        Ok(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Map<T>, A::Error> {
        object::empty(items, &self)?;
        Ok(Map::default())
    }
}
