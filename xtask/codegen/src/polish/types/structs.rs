//! Structs: their fields, how they are read and written, and how a request sets them.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

use super::Kind;
use super::typify::{SerdeOptions, docs, documentation, generic_argument, short};
use crate::keys;
use crate::polish::arguments::{self, Argument};
use crate::polish::{prose, tolerant};

pub(super) fn is_newtype(item: &syn::ItemStruct) -> bool {
    matches!(item.fields, syn::Fields::Unnamed(_))
}

pub(super) fn newtype(item: &syn::ItemStruct, answered: bool) -> TokenStream {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    let ty = item.fields.iter().next().map(|field| {
        let ty = short(&field.ty);
        if answered {
            tolerant::of(&ty, None)
        } else {
            ty
        }
    });
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct #name(pub #ty);

        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }
    }
}

/// A field as it is written.
pub(super) struct Field {
    ident: syn::Ident,
    doc: TokenStream,
    /// The type without its `Option`.
    inner: syn::Type,
    pub(super) optional: bool,
    /// Whether it is left out when it holds nothing.
    skipped: bool,
    pub(super) wire: String,
    prose: String,
}

pub(super) fn field(field: &syn::Field, kind: Kind<'_>) -> Result<Field, String> {
    let serde = SerdeOptions::read(&field.attrs);
    let (ident, wire) = serde
        .rename
        .as_deref()
        .and_then(keys::read)
        .ok_or_else(|| {
            let field = field.to_token_stream();
            format!("expected a field with a key of ours, but found {field}")
        })?;
    let (ident, wire) = (format_ident!("{ident}"), wire.to_owned());
    let (mut optional, mut inner) = match generic_argument(&field.ty, "Option") {
        Some(inner) => (true, short(&inner)),
        None => (serde.skips, short(&field.ty)),
    };
    let mut skipped = optional && serde.skips;
    if let Kind::Answered { required } = kind {
        inner = tolerant::of(&inner, Some(&wire));
        optional |= !required.contains(&wire);
        skipped = optional;
    }
    let prose = documentation(&field.attrs);
    let doc = if prose.trim().is_empty() {
        prose::attributes(&format!("`{}`", wire.replace('`', "'")))
    } else {
        prose::attributes(&prose)
    };
    Ok(Field {
        ident,
        doc,
        inner,
        optional,
        skipped,
        wire,
        prose,
    })
}

pub(super) fn structure(
    item: &syn::ItemStruct,
    with_setters: bool,
    kind: Kind<'_>,
) -> Result<TokenStream, String> {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    let fields: Vec<Field> = item
        .fields
        .iter()
        .map(|item| field(item, kind))
        .collect::<Result<_, _>>()?;
    let default = fields
        .iter()
        .all(|field| field.optional)
        .then(|| quote! { , Default });
    let declarations = fields.iter().map(|field| {
        let Field {
            ident, doc, inner, ..
        } = field;
        let ty = if field.optional {
            quote! { Option<#inner> }
        } else {
            quote! { #inner }
        };
        quote! { #doc pub #ident: #ty, }
    });
    let pair = |field: &Field| {
        let Field { ident, wire, .. } = field;
        quote! { #ident = #wire }
    };
    let optional = fields.iter().filter(|field| field.skipped).map(pair);
    let mut required = fields
        .iter()
        .filter(|field| !field.skipped)
        .map(pair)
        .peekable();
    let required = required
        .peek()
        .is_some()
        .then(|| quote! { required { #(#required),* } });
    let setters = with_setters.then(|| setters(name, &fields));
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#declarations)*
        }

        runtime::object!(#name { #(#optional),* } #required);

        #setters
    })
}

/// What is taken for a field.
fn argument(field: &Field) -> Argument {
    match generic_argument(&field.inner, "Box") {
        Some(boxed) => {
            let Argument { takes, value } = arguments::field(&field.ident, &boxed, &field.wire);
            Argument {
                takes,
                value: quote! { Box::new(#value) },
            }
        }
        None => arguments::field(&field.ident, &field.inner, &field.wire),
    }
}

/// Functions that a type has beside its setters.
const SETTERS_TAKEN: &[&str] = &["new", "default", "clone", "from", "into"];

fn setters(name: &syn::Ident, fields: &[Field]) -> TokenStream {
    let required: Vec<&Field> = fields.iter().filter(|field| !field.optional).collect();
    let constructor = if required.is_empty() {
        quote! {
            /// A value with no field set.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        }
    } else {
        let arguments = required.iter().map(|field| {
            let ident = &field.ident;
            let Argument { takes, .. } = argument(field);
            quote! { #ident: #takes }
        });
        let values = fields.iter().map(|field| {
            let ident = &field.ident;
            if field.optional {
                quote! { #ident: None }
            } else {
                let Argument { value, .. } = argument(field);
                quote! { #ident: #value }
            }
        });
        quote! {
            /// A value with the required fields set.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    };
    let setters = fields.iter().filter(|field| field.optional).map(|field| {
        let ident = &field.ident;
        let setter = if SETTERS_TAKEN.iter().any(|taken| ident == taken) {
            format_ident!("set_{ident}")
        } else {
            ident.clone()
        };
        let doc = prose::attributes(&format!(
            "Sets `{}`.\n\n{}",
            field.wire.replace('`', "'"),
            field.prose
        ));
        let Argument { takes, value } = argument(field);
        quote! {
            #doc
            #[must_use]
            pub fn #setter(mut self, #ident: #takes) -> Self {
                self.#ident = Some(#value);
                self
            }
        }
    });
    quote! {
        impl #name {
            #constructor
            #(#setters)*
        }
    }
}
