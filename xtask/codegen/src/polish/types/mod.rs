//! The types of requests and answers: which item becomes what, and which fields must be there.

mod enums;
mod reach;
mod structs;
mod typify;

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::ToTokens as _;

use self::enums::{string_enum, union};
use self::reach::{mentioned, reached};
use self::structs::{field, is_newtype, newtype, structure};
pub use self::typify::{generic_argument, short};
use super::methods::Method;

/// The items of the module `types`.
pub fn polish(file: &syn::File, methods: &[Method]) -> Result<Vec<TokenStream>, String> {
    let items = file
        .items
        .iter()
        .find_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
            _ => None,
        })
        .map(|(_, items)| items.as_slice())
        .ok_or("progenitor's file has no module `types`")?;
    let requested = reached(
        items,
        methods
            .iter()
            .flat_map(|method| &method.inputs)
            .map(|input| &input.ty),
    );
    let answered = reached(items, methods.iter().map(|method| &method.answer));
    let distinguishing = distinguishing(items);
    let none = HashSet::new();
    let mut polished = Vec::new();
    for item in items {
        match item {
            syn::Item::Struct(item) if is_newtype(item) => {
                polished.push(newtype(item, answered.contains(&item.ident.to_string())));
            }
            syn::Item::Struct(item) => {
                let name = item.ident.to_string();
                let in_request = requested.contains(&name);
                // What a request must hold stays so where an answer has the same type.
                let own = in_request.then(|| required(item));
                let kind = match answered.contains(&name) {
                    true => Kind::Answered {
                        required: own
                            .as_ref()
                            .or_else(|| distinguishing.get(&name))
                            .unwrap_or(&none),
                    },
                    false => Kind::Requested,
                };
                polished.push(structure(item, in_request, kind)?);
            }
            syn::Item::Enum(item) if item.variants.iter().all(|v| v.fields.is_empty()) => {
                polished.push(string_enum(item)?);
            }
            syn::Item::Enum(item) => {
                polished.push(union(item, answered.contains(&item.ident.to_string()))?);
            }
            // What typify implements for its types is replaced by derives and by the runtime's macro.
            syn::Item::Impl(_) => {}
            syn::Item::Mod(module) if module.ident == "error" || module.ident == "defaults" => {}
            other => {
                return Err(format!(
                    "expected structs and enums among the types, but found {}",
                    other.to_token_stream()
                ));
            }
        }
    }
    Ok(polished)
}

/// Where a type is used.
#[derive(Clone, Copy)]
enum Kind<'a> {
    /// In requests alone: what the document says of it is what the server wants.
    Requested,
    /// In answers: what the document says of it is what one answer looked like. Only these fields must be there.
    Answered { required: &'a HashSet<String> },
}

/// The names on the wire of the fields that may not be absent.
fn required(item: &syn::ItemStruct) -> HashSet<String> {
    let fields = item.fields.iter().filter_map(|item| {
        let field = field(item, Kind::Requested).ok()?;
        (!field.optional).then_some(field.wire)
    });
    fields.collect()
}

/// For each member of a union the required fields that tell it apart: those that another member does not have.
fn distinguishing(items: &[syn::Item]) -> HashMap<String, HashSet<String>> {
    let structs: HashMap<String, &syn::ItemStruct> = items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        })
        .collect();
    let wires = |item: &syn::ItemStruct| -> HashSet<String> {
        let fields = item.fields.iter();
        fields
            .filter_map(|item| Some(field(item, Kind::Requested).ok()?.wire))
            .collect()
    };
    let mut found: HashMap<String, HashSet<String>> = HashMap::new();
    for item in items {
        let syn::Item::Enum(item) = item else {
            continue;
        };
        let members: Vec<&syn::ItemStruct> = item
            .variants
            .iter()
            .flat_map(|variant| &variant.fields)
            .flat_map(|field| mentioned(&field.ty))
            .filter_map(|name| structs.get(&name).copied())
            .collect();
        for member in &members {
            let others = members
                .iter()
                .filter(|other| other.ident != member.ident)
                .map(|other| wires(other));
            let others: Vec<HashSet<String>> = others.collect();
            let own = required(member)
                .into_iter()
                .filter(|wire| others.iter().any(|other| !other.contains(wire)));
            found
                .entry(member.ident.to_string())
                .or_default()
                .extend(own);
        }
    }
    found
}
