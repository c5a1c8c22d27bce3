//! The type of a list's items: what the field of a response holds many of.

use crate::client::{Client, Type};

/// The type of the items at `path`, names of the wire with dots between them, from `response` on; none when the path
/// leads to no list of a known type.
pub(super) fn item(client: &Client, response: &Type, path: &str) -> Option<Type> {
    let mut ty = response;
    for name in path.split('.').filter(|name| !name.is_empty()) {
        ty = client.step(ty, Some(name))?;
    }
    let item = plain(client.step(ty, None)?);
    Some(match item {
        // A list of lists, say: rare enough to be looked at as JSON.
        Type::List { .. } | Type::Map { .. } => Type::Any,
        item => item.clone(),
    })
}

fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Optional(inner) | Type::Boxed(inner) => plain(inner),
        other => other,
    }
}
