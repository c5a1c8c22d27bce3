//! The type of a list's items: what the field of an answer holds many of.

use super::types::generic_argument;
use crate::calls::{self, Object};

/// The type of the items at `path`, names of the wire with dots between them, from `answer` on; none when the path leads
/// to no list of a known type.
pub(super) fn item(file: &syn::File, answer: &syn::Type, path: &str) -> Option<syn::Type> {
    let items = file.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let items = &items?.1;
    let mut ty = plain(answer);
    for name in path.split('.').filter(|name| !name.is_empty()) {
        ty = plain(&field(items, &ty, name)?);
    }
    ["Vec", "List"]
        .into_iter()
        .find_map(|list| generic_argument(&ty, list))
        .map(|ty| qualified(&plain(&ty)))
}

/// `T` of `Option<T>`, `Option<Box<T>>` and the like.
fn plain(ty: &syn::Type) -> syn::Type {
    ["Option", "Box"]
        .into_iter()
        .find_map(|wrapper| generic_argument(ty, wrapper))
        .map_or_else(|| ty.clone(), |inner| plain(&inner))
}

fn last(ty: &syn::Type) -> Option<&syn::Ident> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

/// The type of the field that JSON calls `wire`.
fn field(items: &[syn::Item], ty: &syn::Type, wire: &str) -> Option<syn::Type> {
    let name = last(ty)?;
    let object = items.iter().find_map(|item| match item {
        syn::Item::Macro(item) => {
            calls::read::<Object>(item, "object").filter(|object| object.name == *name)
        }
        _ => None,
    })?;
    let ident = &object.fields.iter().find(|field| field.wire == wire)?.ident;
    items.iter().find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == *name => item
            .fields
            .iter()
            .find(|field| field.ident.as_ref() == Some(ident))
            .map(|field| field.ty.clone()),
        _ => None,
    })
}

/// A type of the module `types` as the module of operations names it.
fn qualified(ty: &syn::Type) -> syn::Type {
    match ty {
        syn::Type::Path(path)
            if path.path.segments.len() == 1
                && path.path.segments[0].arguments.is_none()
                && !["String", "bool", "i64", "f64"]
                    .iter()
                    .any(|name| path.path.is_ident(name)) =>
        {
            syn::parse_quote!(types::#path)
        }
        syn::Type::Path(path)
            if path
                .path
                .segments
                .iter()
                .all(|segment| segment.arguments.is_none()) =>
        {
            ty.clone()
        }
        // A list of lists, say: rare enough to be looked at as JSON.
        _ => syn::parse_quote!(serde_json::Value),
    }
}
