//! Whether a body is a page of a list at all: what is none must not look like an empty one.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::decode::{no_page, without_byte_order_mark};
use super::operation::{Next, Paging};
use super::response::Raw;
use super::{Error, object};

/// What is at the place of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// An array, or what PHP makes of one.
    Items,
    /// Nothing, in one of PHP's words.
    Nothing,
    /// Nothing of that name, in an object of others.
    Absent,
    /// Another kind of value.
    Other(&'static str),
}

/// Refuses the body of a success of an operation with pages that is none.
pub(super) fn check(raw: &Raw, paging: Option<Paging>) -> Result<(), Error> {
    let Some(paging) = paging else {
        return Ok(());
    };
    let body = without_byte_order_mark(&raw.body).trim_ascii();
    if begins_with_items(body, paging.items) {
        return Ok(());
    }
    let (found, below) = find(body, paging.items);
    match found {
        Found::Items | Found::Nothing => Ok(()),
        // What leads on says that it is a page.
        Found::Absent if leads_on(body, paging.next) => Ok(()),
        Found::Absent => Err(no_page(raw, paging.items, "an array", "none")),
        Found::Other(kind) => {
            let place = &paging.items[..paging.items.len() - below.len()];
            let expected = if below.is_empty() {
                "an array"
            } else {
                "an object"
            };
            Err(no_page(raw, place.trim_end_matches('.'), expected, kind))
        }
    }
}

/// Whether the items are the first thing in the body, as they are mostly.
fn begins_with_items(mut body: &[u8], path: &str) -> bool {
    let mut skip = |text: &[u8]| match body.strip_prefix(text) {
        Some(rest) => {
            body = rest;
            true
        }
        None => false,
    };
    for name in path.split('.').filter(|name| !name.is_empty()) {
        if !(skip(b"{\"") && skip(name.as_bytes()) && skip(b"\":")) {
            return false;
        }
    }
    skip(b"[")
}

fn leads_on(body: &[u8], next: Next) -> bool {
    let field = match next {
        Next::Url(field) | Next::Token { field, .. } => field,
        Next::Offset { more, .. } => match more {
            Some(field) => field,
            None => return false,
        },
    };
    find(body, field).0 != Found::Absent
}

/// What is at a path of names with dots between them; and what of the path is left where that was found out.
fn find<'p>(body: &[u8], path: &'p str) -> (Found, &'p str) {
    if matches!(body, b"" | b"null") {
        return (Found::Nothing, path);
    }
    let found = Cell::new(None);
    let seed = Walk {
        path,
        found: &found,
    };
    // It ends with an error where it has seen enough.
    let _ = seed.deserialize(&mut serde_json::Deserializer::from_slice(body));
    let broken = Found::Other("text that is not JSON");
    found.get().unwrap_or((broken, path))
}

#[derive(Clone, Copy)]
struct Walk<'a, 'p> {
    path: &'p str,
    found: &'a Cell<Option<(Found, &'p str)>>,
}

impl Walk<'_, '_> {
    fn is<E: serde::de::Error>(self, found: Found) -> Result<(), E> {
        self.found.set(Some((found, self.path)));
        Err(E::custom("seen"))
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.is(Found::Nothing)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<(), E> {
        self.is(Found::Other("a boolean"))
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<(), E> {
        self.is(Found::Other("a number"))
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<(), E> {
        self.is(Found::Other("a number"))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<(), E> {
        self.is(Found::Other("a number"))
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<(), E> {
        self.is(Found::Other("a string"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if self.path.is_empty() {
            return self.is(Found::Items);
        }
        match items.next_element::<IgnoredAny>()? {
            None => self.is(Found::Nothing),
            Some(_) => self.is(Found::Other("an array")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let (name, below) = self.path.split_once('.').unwrap_or((self.path, ""));
        let mut is_empty = true;
        while let Some(key) = entries.next_key::<object::Key<'de>>()? {
            is_empty = false;
            if self.path.is_empty() {
                // What PHP makes of a list that it took items out of.
                return match key.as_str().parse::<u64>() {
                    Ok(_) => self.is(Found::Items),
                    Err(_) => self.is(Found::Absent),
                };
            }
            if key.as_str() == name {
                return entries.next_value_seed(Walk {
                    path: below,
                    ..self
                });
            }
            entries.next_value::<IgnoredAny>()?;
        }
        match is_empty {
            true => self.is(Found::Nothing),
            false => self.is(Found::Absent),
        }
    }
}
