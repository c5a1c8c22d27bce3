//! What names a resource: a text or a number, whichever the caller has.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, Serializer};

use super::Number;

/// An id, made of whatever a program has it as: a text or a whole number.
///
/// A document says of one id that it is a number and of another that it is a text, and the same id is both in two of its
/// operations. To a URL both are the same, so that whatever takes an id takes either. It is made by `into`; types of one's
/// own can be `From`s of it.
///
/// ```
/// use onlyfansapi::Id;
///
/// struct FanId(u64);
///
/// impl From<FanId> for Id {
///     fn from(fan: FanId) -> Self {
///         fan.0.into()
///     }
/// }
///
/// assert_eq!(Id::from(FanId(12)).as_str(), "12");
/// assert_eq!(Id::from("acct_1").as_str(), "acct_1");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The id as it goes over the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

macro_rules! from {
    ($($type:ty)*: $convert:ident) => {$(
        impl From<$type> for Id {
            fn from(id: $type) -> Self {
                Self(id.$convert())
            }
        }
    )*};
}

from!(String Box<str> Cow<'_, str>: into);
from!(&str &&str &String &Cow<'_, str> char: to_string);
from!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize: to_string);
from!(&i8 &i16 &i32 &i64 &i128 &isize &u8 &u16 &u32 &u64 &u128 &usize: to_string);
from!(&Id: to_string);

/// A whole number has no fraction here, whatever it was sent as: `5.0` is 5.
impl From<Number> for Id {
    fn from(id: Number) -> Self {
        let whole = id.as_i64().map(|whole| whole.to_string());
        Self(whole.unwrap_or_else(|| id.to_string()))
    }
}

impl From<&Number> for Id {
    fn from(id: &Number) -> Self {
        (*id).into()
    }
}
