//! Enums: those of strings, and unions of forms.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

use super::typify::{SerdeOptions, docs, documentation, short};
use crate::polish::{prose, tolerant};
use crate::{keys, names};

pub(super) fn string_enum(item: &syn::ItemEnum) -> Result<TokenStream, String> {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    let variants: Vec<(syn::Ident, String)> = item
        .variants
        .iter()
        .map(|variant| {
            let serde = SerdeOptions::read(&variant.attrs);
            let (ident, wire) = serde
                .rename
                .as_deref()
                .and_then(keys::read)
                .ok_or_else(|| format!("expected {name} to have keys of ours"))?;
            Ok((format_ident!("{ident}"), wire.to_owned()))
        })
        .collect::<Result<_, String>>()?;
    let declarations = variants.iter().map(|(ident, wire)| {
        let doc = prose::attributes(&format!("`{}`", wire.replace('`', "'")));
        quote! { #doc #ident, }
    });
    let pairs = variants
        .iter()
        .map(|(ident, wire)| quote! { #ident = #wire });
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations)*
            /// A value that the document does not list, as it was sent.
            Unknown(String),
        }

        runtime::open_enum!(#name { #(#pairs),* });
    })
}

/// A `oneOf` whose payload carries no tag: the member that fits best wins, and what fits none is kept.
pub(super) fn union(item: &syn::ItemEnum, answered: bool) -> Result<TokenStream, String> {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    if !SerdeOptions::read(&item.attrs).untagged {
        return Err(format!(
            "expected {name} to be an untagged enum or one of strings"
        ));
    }
    let mut declarations = Vec::new();
    let mut pairs = Vec::new();
    let mut taken = HashSet::from(["Unknown".to_owned()]);
    for variant in &item.variants {
        let Some(field) = variant
            .fields
            .iter()
            .next()
            .filter(|_| variant.fields.len() == 1)
        else {
            return Err(format!("expected one value in {name}::{}", variant.ident));
        };
        let mut ty = short(&field.ty);
        let wanted = variant_ident(&variant.ident, &ty).to_string();
        let ident = format_ident!("{}", names::unique(wanted, &mut taken));
        if answered {
            ty = tolerant::of(&ty, None);
        }
        let text = documentation(&variant.attrs);
        let text = if text.trim().is_empty() {
            prose::attributes(&format!(
                "The form `{}`.",
                ty.to_token_stream().to_string().replace(' ', "")
            ))
        } else {
            prose::attributes(&text)
        };
        declarations.push(quote! { #text #ident(#ty), });
        pairs.push(quote! { #ident(#ty) });
    }
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations)*
            /// None of the documented forms, as it was sent.
            Unknown(serde_json::Value),
        }

        runtime::union!(#name { #(#pairs),* });
    })
}

/// typify calls members `Variant0` when it finds no names; the member's type has one.
fn variant_ident(ident: &syn::Ident, ty: &syn::Type) -> syn::Ident {
    let name = ident.to_string();
    let numbered = name
        .strip_prefix("Variant")
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    let syn::Type::Path(path) = ty else {
        return ident.clone();
    };
    match path.path.segments.last() {
        Some(segment) if numbered => match segment.ident.to_string().as_str() {
            "bool" => format_ident!("Boolean"),
            "f64" => format_ident!("Number"),
            "i64" | "u64" => format_ident!("Integer"),
            "BTreeMap" => format_ident!("Map"),
            "Vec" => format_ident!("List"),
            _ => segment.ident.clone(),
        },
        _ => ident.clone(),
    }
}
