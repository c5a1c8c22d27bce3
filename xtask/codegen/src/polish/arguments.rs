//! What the methods and setters of the client take, and how it becomes what is sent: whatever a person has at hand.
//!
//! An id is a text or a number, whichever the document says; a number is one of any of Rust's types; a list is anything
//! that can be gone through.

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::tolerant::map_value;
use super::types::generic_argument;

/// What a function takes in place of a type, and the expression that makes the value of it.
pub struct Argument {
    /// The type of the argument.
    pub takes: TokenStream,
    /// The value that is sent or kept.
    pub value: TokenStream,
}

/// The argument `ident` of a parameter that the request calls `wire`, or of the body. All that is in a path is an id.
pub fn parameter(ident: &syn::Ident, ty: &syn::Type, wire: &str, in_path: bool) -> Argument {
    if let Some((item, _)) = generic_argument(ty, "Vec").map(|item| scalar(&item, true)) {
        return Argument {
            takes: items(&item),
            value: quote! { runtime::list::<#item, #item>(#ident) },
        };
    }
    if let Some((value, _)) = map_value(ty).map(|value| scalar(&value, true)) {
        return Argument {
            takes: entries(&value),
            value: quote! {
                runtime::map::<#value, #value, std::collections::BTreeMap<_, _>>(#ident)
            },
        };
    }
    let is_id = in_path || names_ids(wire);
    let taken = match scalar(ty, is_id).0 {
        // To a URL a number and its digits are the same.
        _ if is_id && is_whole(ty) => parse_quote!(runtime::Id),
        taken => taken,
    };
    Argument {
        takes: quote! { impl Into<#taken> },
        value: quote! { #ident.into() },
    }
}

/// The argument `ident` of a field of a body that JSON calls `wire`.
pub fn field(ident: &syn::Ident, ty: &syn::Type, wire: &str) -> Argument {
    if let Some((item, _)) = generic_argument(ty, "Vec").map(|item| scalar(&item, true)) {
        return Argument {
            takes: items(&item),
            value: quote! { runtime::list::<#item, _>(#ident) },
        };
    }
    if let Some((value, _)) = map_value(ty).map(|value| scalar(&value, true)) {
        return Argument {
            takes: entries(&value),
            value: quote! { runtime::map::<#value, _, _>(#ident) },
        };
    }
    let (taken, stands_for) = scalar(ty, names_ids(wire));
    let again = stands_for.then(|| quote! { .into() });
    Argument {
        takes: quote! { impl Into<#taken> },
        value: quote! { #ident.into() #again },
    }
}

fn items(item: &syn::Type) -> TokenStream {
    quote! { impl IntoIterator<Item = impl Into<#item>> }
}

fn entries(value: &syn::Type) -> TokenStream {
    quote! { impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)> }
}

/// What is taken for a value of type `ty`, and whether it is another type.
fn scalar(ty: &syn::Type, is_id: bool) -> (syn::Type, bool) {
    let stands = |taken| (taken, true);
    match ty {
        syn::Type::Path(path) if is_id && path.path.is_ident("String") => {
            stands(parse_quote!(runtime::Id))
        }
        _ if is_whole(ty) => stands(parse_quote!(runtime::Integer)),
        syn::Type::Path(path) if path.path.is_ident("f64") => stands(parse_quote!(runtime::Number)),
        _ => (ty.clone(), false),
    }
}

fn is_whole(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident("i64"))
}

/// Whether what is called `wire` names things.
fn names_ids(wire: &str) -> bool {
    let words = wire.to_snake_case();
    let last = words.rsplit('_').find(|word| !word.is_empty());
    last.is_some_and(|last| last == "id" || last == "ids")
}
