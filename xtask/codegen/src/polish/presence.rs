//! Which fields of a response must be there: those that a request must hold, where both have one type, and else those
//! that tell the members of a union apart.

use std::collections::BTreeSet;

use super::tolerant;
use crate::client::{Client, Field, Presence, Shape};

/// The names on the wire of the fields of the type `name` that a response must have.
pub(super) fn required(client: &Client, name: &str, sent: &BTreeSet<String>) -> BTreeSet<String> {
    let Some(Shape::Struct { fields, .. }) = client.shape(name) else {
        return BTreeSet::new();
    };
    let always = fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .map(|field| field.wire.as_str());
    let required: BTreeSet<&str> = if sent.contains(name) {
        always.collect()
    } else {
        always
            .filter(|wire| distinguishes(client, name, wire))
            .collect()
    };
    required.into_iter().map(str::to_owned).collect()
}

/// Whether another member of a union that `name` is a member of does not have the field `wire`.
fn distinguishes(client: &Client, name: &str, wire: &str) -> bool {
    client.types.values().any(|declaration| {
        let Shape::Union(members) = &declaration.shape else {
            return false;
        };
        let members: Vec<&str> = members
            .iter()
            .filter_map(|member| member.ty.declared())
            .collect();
        members.contains(&name)
            && members.iter().any(|other| match client.shape(other) {
                Some(Shape::Struct { fields, .. }) => {
                    *other != name && fields.iter().all(|field| field.wire != wire)
                }
                _ => false,
            })
    })
}

/// Makes a field of a response what a running server may send.
pub(super) fn widen(field: &mut Field, required: bool) {
    let inner = tolerant::of(field.ty.required(), Some(&field.wire));
    let optional = field.presence != Presence::Required || !required;
    (field.ty, field.presence) = if optional {
        (inner.optional(), Presence::Optional)
    } else {
        (inner, Presence::Required)
    };
}
