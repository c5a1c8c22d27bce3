//! The types of requests and responses: their declarations, how they are read and written, and how a request sets them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::Argument;
use super::documentation;
use super::spelling::{self, Scope, ident};
use crate::client::{Client, EnumValue, Field, Member, Presence, Shape, Type};

/// Functions that a struct has beside its setters.
pub(super) const METHODS: &[&str] = &["new", "default", "clone", "from", "into"];

/// The traits of structs, wrappers and unions.
pub(super) const STRUCT_TRAITS: &[&str] =
    &["Clone", "Debug", "Deserialize", "PartialEq", "Serialize"];

/// The traits of string enums.
pub(super) const STRING_ENUM_TRAITS: &[&str] = &["Clone", "Debug", "Eq", "Hash", "PartialEq"];

/// The module of types.
pub(super) fn module(client: &Client) -> TokenStream {
    let users = Users::of(client);
    let types = client.types.iter().map(|(name, declaration)| {
        let text = documentation::attributes(&declaration.documentation);
        let doc = documentation::followed_by(text, &users.lines(name));
        let name = ident(name);
        match &declaration.shape {
            Shape::Struct { fields, sent } => structure(&name, &doc, fields, *sent),
            Shape::Wrapper(ty) => wrapper(&name, &doc, ty),
            Shape::StringEnum(values) => string_enum(&name, &doc, values),
            Shape::Union(members) => union(&name, &doc, members),
        }
    });
    let allow = spelling::allowed(client);
    quote! {
        /// Types of requests and responses.
        // A field that the document says nothing about has a name, and no line that repeats it.
        #allow
        pub mod types {
            #[allow(unused_imports)]
            use super::runtime;

            #(#types)*
        }
    }
}

/// The operations that use each type.
struct Users<'a> {
    sent: BTreeMap<&'a str, Vec<&'a str>>,
    received: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Users<'a> {
    /// How many are named.
    const SHOWN: usize = 3;

    fn of(client: &'a Client) -> Self {
        let (mut sent, mut received) = (BTreeMap::new(), BTreeMap::new());
        for operation in &client.operations {
            let add = |types: &mut BTreeMap<&'a str, Vec<&'a str>>, name| {
                types.entry(name).or_default().push(operation.name.as_str());
            };
            for name in client.reached(operation.sent()) {
                add(&mut sent, name);
            }
            for name in client.reached([&operation.response]) {
                add(&mut received, name);
            }
        }
        Self { sent, received }
    }

    /// A line each for who sends and who receives it.
    fn lines(&self, name: &str) -> Vec<String> {
        let line = |verb: &str, users: &BTreeMap<&str, Vec<&str>>| {
            let users = users.get(name)?;
            let links = users.iter().take(Self::SHOWN);
            let links: Vec<String> = links
                .map(|user| format!("[`{user}`](super::Client::{user})"))
                .collect();
            let more = match users.len().saturating_sub(Self::SHOWN) {
                0 => String::new(),
                1 => " and one more operation".to_owned(),
                more => format!(" and {more} more operations"),
            };
            Some(format!("{verb} by {}{more}.", links.join(", ")))
        };
        let lines = [line("Sent", &self.sent), line("Received", &self.received)];
        lines.into_iter().flatten().collect()
    }
}

fn tokens(ty: &Type) -> TokenStream {
    spelling::tokens(ty, Scope::Types)
}

/// `text` between backticks.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

fn wrapper(name: &syn::Ident, doc: &TokenStream, ty: &Type) -> TokenStream {
    let ty = tokens(ty);
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

fn string_enum(name: &syn::Ident, doc: &TokenStream, values: &[EnumValue]) -> TokenStream {
    let declarations = values.iter().map(|value| {
        let doc = documentation::attributes(&code(&value.wire));
        let variant = ident(&value.name);
        quote! { #doc #variant, }
    });
    let pairs = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.name), &value.wire);
        quote! { #variant = #wire }
    });
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations)*
            /// A value that the document does not list, as it was sent.
            Unknown(String),
        }

        runtime::open_enum!(#name { #(#pairs),* });
    }
}

/// A `oneOf` whose payload carries no tag: the member that fits best wins, and what fits none is kept.
fn union(name: &syn::Ident, doc: &TokenStream, members: &[Member]) -> TokenStream {
    let declarations = members.iter().map(|member| {
        let (variant, ty) = (ident(&member.name), tokens(&member.ty));
        let doc = documentation::attributes(&member.documentation);
        quote! { #doc #variant(#ty), }
    });
    let pairs = members.iter().map(|member| {
        let (variant, ty) = (ident(&member.name), tokens(&member.ty));
        quote! { #variant(#ty) }
    });
    quote! {
        #doc
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations)*
            /// None of the documented forms, as it was sent.
            Unknown(serde_json::Value),
        }

        runtime::union!(#name { #(#pairs),* });
    }
}

fn structure(name: &syn::Ident, doc: &TokenStream, fields: &[Field], sent: bool) -> TokenStream {
    let default = has_default(fields).then(|| quote! { , Default });
    let declarations = fields.iter().map(|field| {
        let (ident, ty) = (ident(&field.name), tokens(&field.ty));
        let doc = field_documentation(field, sent);
        let deprecated = documentation::deprecated(field.deprecated.as_ref());
        quote! { #doc #deprecated pub #ident: #ty, }
    });
    let pair = |field: &Field| {
        let (ident, wire) = (ident(&field.name), &field.wire);
        quote! { #ident = #wire }
    };
    let (optional, required): (Vec<&Field>, Vec<&Field>) = fields
        .iter()
        .partition(|field| field.presence == Presence::Optional);
    let optional = optional.into_iter().map(pair);
    let required: Vec<TokenStream> = required.into_iter().map(pair).collect();
    let required = (!required.is_empty()).then(|| quote! { required { #(#required),* } });
    let setters = sent.then(|| setters(name, fields));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#declarations)*
        }

        runtime::object!(#name { #(#optional),* } #required);

        #setters
    }
}

/// What the document says of a field, a value that it shows of a response, and else the name in JSON where it is another.
fn field_documentation(field: &Field, sent: bool) -> TokenStream {
    let mut text = field.documentation.trim().to_owned();
    // Of a request Scribe shows random words where nobody wrote an example.
    let example = field.example.as_ref().filter(|_| !sent);
    if let Some(example) = example.filter(|example| !text.contains(example.as_str())) {
        text.push_str(&format!("\n\nFor example `{example}`."));
    }
    if text.is_empty() && field.wire != field.name {
        text = format!("{} in JSON.", code(&field.wire));
    }
    documentation::attributes(text.trim())
}

/// Whether a struct has a value with no field set.
pub(super) fn has_default(fields: &[Field]) -> bool {
    fields
        .iter()
        .all(|field| field.presence != Presence::Required)
}

fn setters(name: &syn::Ident, fields: &[Field]) -> TokenStream {
    let constructor = if has_default(fields) {
        quote! {
            /// A value with no field set.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        }
    } else {
        let required = fields
            .iter()
            .filter(|field| field.presence == Presence::Required);
        let arguments = required.map(|field| {
            let (ident, takes) = (ident(&field.name), argument(field).takes());
            quote! { #ident: #takes }
        });
        let values = fields.iter().map(|field| {
            let ident = ident(&field.name);
            match field.presence {
                Presence::Required => {
                    let value = kept(field);
                    quote! { #ident: #value }
                }
                _ => quote! { #ident: None },
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
    let optional = fields
        .iter()
        .filter(|field| field.presence != Presence::Required);
    let setters = optional.map(|field| {
        let ident = ident(&field.name);
        let setter = spelling::ident(&spelling::setter(&field.name, METHODS));
        let doc = documentation::attributes(&field.documentation);
        let deprecated = documentation::deprecated(field.deprecated.as_ref());
        let (takes, value) = (argument(field).takes(), kept(field));
        quote! {
            #doc
            #deprecated
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

/// What the constructor or a setter takes for a field.
pub(super) fn argument(field: &Field) -> Argument {
    let ty = match field.ty.required() {
        Type::Boxed(inner) => inner,
        other => other,
    };
    Argument::of_field(ty, &field.wire, Scope::Types)
}

/// The argument of a field as the field keeps it.
fn kept(field: &Field) -> TokenStream {
    let value = argument(field).kept(&ident(&field.name));
    match field.ty.required() {
        Type::Boxed(_) => quote! { Box::new(#value) },
        _ => value,
    }
}
