//! The macro that lets a generated union be read and written: several forms, and no tag to tell them apart.

use serde::Deserialize;
use serde_json::Value;

use super::ignored;

/// Gives an enum whose variants hold one value each, and one `Unknown(serde_json::Value)`, its `Serialize` and
/// `Deserialize`.
///
/// The form that leaves the least of the value aside wins, the first of those that are equal. What fits none becomes
/// `Unknown`, as it was sent.
macro_rules! union {
    ($name:ident { $($variant:ident($form:ty)),* $(,)? }) => {
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
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                #[allow(unused_mut)]
                let mut best = runtime::union::Best::default();
                $(best.offer(&value, Self::$variant);)*
                Ok(best.take().unwrap_or(Self::Unknown(value)))
            }
        }
    };
}

pub(crate) use union;

/// The form that fits best so far.
pub struct Best<T>(Option<(usize, T)>);

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Best<T> {
    /// Takes the form when it fits better than those before.
    pub fn offer<'de, F: Deserialize<'de>>(&mut self, value: &'de Value, variant: fn(F) -> T) {
        let most = self.0.as_ref().map_or(usize::MAX, |(ignored, _)| *ignored);
        if most > 0
            && let Some((form, ignored)) = ignored::decode(value)
            && ignored < most
        {
            self.0 = Some((ignored, variant(form)));
        }
    }

    /// The form that fits best, if any does.
    pub fn take(self) -> Option<T> {
        let (ignored, value) = self.0?;
        ignored::add(ignored);
        Some(value)
    }
}
