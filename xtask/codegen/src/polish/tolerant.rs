//! The types of responses as a running server needs them: what one example had is not what all responses have.

use crate::client::Type;
use crate::wholes;

/// `ty` where it is decoded from a response, in the field `name`.
///
/// A list may hold null, an object whose keys are data may come as `[]`, and a number may have a fraction unless it
/// identifies or counts.
pub(super) fn of(ty: &Type, name: Option<&str>) -> Type {
    match ty {
        Type::Optional(inner) => of(inner, name).optional(),
        Type::Boxed(inner) => Type::Boxed(Box::new(of(inner, name))),
        Type::List { item, .. } if **item != Type::Any => Type::List {
            item: Box::new(of(item.required(), name)),
            tolerant: true,
        },
        // The keys are data: the name says nothing of the values.
        Type::Map { value, .. } => Type::Map {
            value: Box::new(of(value, None)),
            tolerant: true,
        },
        Type::AnyObject => Type::Map {
            value: Box::new(Type::Any),
            tolerant: true,
        },
        Type::Float => Type::Number,
        Type::Integer if !name.is_some_and(wholes::is_certain) => Type::Number,
        other => other.clone(),
    }
}
