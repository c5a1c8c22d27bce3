//! An array in an answer.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::memory;
use super::slot::Slot;

/// The items of an array, without the `null`s that may stand between them.
///
/// It is a slice in all but name: `list.len()`, `list[0]` and `for item in &list` work, and [`into_vec`](Self::into_vec)
/// gives a `Vec`. Where the server sent `null` for an item is in [`nulls`](Self::nulls), so that a list is written as
/// it was read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct List<T> {
    items: Vec<T>,
    /// Where in the array, in order.
    nulls: Vec<usize>,
}

impl<T> List<T> {
    /// The items.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }

    /// The places in the array, as it was sent, that held `null`; in order, counted from 0.
    #[must_use]
    pub fn nulls(&self) -> &[usize] {
        &self.nulls
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            nulls: Vec::new(),
        }
    }
}

impl<T> From<List<T>> for Vec<T> {
    fn from(list: List<T>) -> Self {
        list.items
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from(Vec::from_iter(items))
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut nulls = self.nulls.iter().peekable();
        let mut items = self.items.iter();
        serializer.collect_seq((0..self.items.len() + self.nulls.len()).map(|index| {
            match nulls.next_if(|null| **null == index) {
                Some(_) => None,
                None => items.next(),
            }
        }))
    }
}

impl<'de, T: Deserialize<'de> + 'static> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

/// What is left over of a list up to this long is not worth a move of it.
const SMALL: usize = 16;

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + 'static> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
        let mut list = List::default();
        while let Some(item) = items.next_element::<Slot<T>>()? {
            match item {
                Slot::Made(item) => memory::push(&mut list.items, item)?,
                Slot::Null => {
                    let place = list.items.len() + list.nulls.len();
                    memory::push(&mut list.nulls, place)?;
                }
                Slot::LeftOut => {}
            }
        }
        if list.items.len() > SMALL {
            list.items.shrink_to_fit();
        }
        Ok(list)
    }
}
