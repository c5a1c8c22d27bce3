//! A whole number, of whichever of Rust's types the caller has.

use serde::ser::{Serialize, Serializer};

/// A whole number of any of Rust's types, as an argument: `50`, `list.len()`, `u64::from(page)`.
///
/// It is written as it is into a URL. A field of a body is an `i64`, as JSON's readers have it: what that cannot hold
/// becomes its nearest value, which no count or id reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(i128);

macro_rules! from {
    ($($type:ty)*) => {$(
        impl From<$type> for Integer {
            fn from(number: $type) -> Self {
                // Every one of these types fits.
                Self(number as i128)
            }
        }

        impl From<&$type> for Integer {
            fn from(number: &$type) -> Self {
                (*number).into()
            }
        }
    )*};
}

from!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl From<Integer> for i64 {
    fn from(number: Integer) -> Self {
        number.0.clamp(Self::MIN.into(), Self::MAX.into()) as Self
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u64::try_from(self.0) {
            Ok(number) => serializer.serialize_u64(number),
            Err(_) => serializer.serialize_i64((*self).into()),
        }
    }
}
