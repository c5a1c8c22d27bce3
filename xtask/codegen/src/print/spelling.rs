//! How types and names are spelled in Rust.

use heck::ToShoutySnakeCase as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::client::{Client, Operation, RUNTIME, Type};
use crate::names;

/// From where a type is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// From the module of types.
    Types,
    /// From anywhere else in the client.
    Operations,
    /// From nowhere: as a person calls it, with `types::` only where the name means something else without it.
    Surface,
}

/// Names that mean something else without `types::` before them.
const TAKEN: &[&str] = &[
    "Box",
    "Call",
    "Client",
    "Error",
    "Operation",
    "Option",
    "Response",
    "Result",
    "Self",
    "String",
    "Vec",
];

/// `ty` as Rust.
pub(super) fn text(ty: &Type, scope: Scope) -> String {
    let of = |ty: &Type| text(ty, scope);
    let runtime = |name: &str| format!("{RUNTIME}::{name}");
    match ty {
        Type::Any => "serde_json::Value".into(),
        Type::AnyObject => "serde_json::Map<String, serde_json::Value>".into(),
        Type::String => "String".into(),
        Type::Secret => runtime("Secret"),
        Type::SecretValue => runtime("SecretValue"),
        Type::Boolean => "bool".into(),
        Type::Integer => "i64".into(),
        Type::Float => "f64".into(),
        Type::Number => runtime("Number"),
        Type::Upload => runtime("Upload"),
        Type::Bytes => runtime("Bytes"),
        Type::Optional(inner) => format!("Option<{}>", of(inner)),
        Type::Boxed(inner) => format!("Box<{}>", of(inner)),
        Type::List { item, tolerant } if *tolerant => runtime(&format!("List<{}>", of(item))),
        Type::List { item, .. } => format!("Vec<{}>", of(item)),
        Type::Map { value, tolerant } if *tolerant => runtime(&format!("Map<{}>", of(value))),
        Type::Map { value, .. } => format!("std::collections::BTreeMap<String, {}>", of(value)),
        Type::Named(name) if scope == Scope::Operations => format!("types::{name}"),
        Type::Named(name) if scope == Scope::Surface && TAKEN.contains(&name.as_str()) => {
            format!("types::{name}")
        }
        Type::Named(name) => name.clone(),
    }
}

/// `ty` as tokens.
pub(super) fn tokens(ty: &Type, scope: Scope) -> TokenStream {
    parsed(&text(ty, scope))
}

/// Rust that is spelled here as tokens.
pub(super) fn parsed(text: &str) -> TokenStream {
    text.parse().expect("what is spelled here is Rust")
}

/// The name of an operation's builder.
pub(super) fn builder(operation: &Operation) -> String {
    names::type_name(&operation.name)
}

/// The name of an operation's constant.
pub(super) fn constant(operation: &Operation) -> String {
    operation.name.to_shouty_snake_case()
}

/// The name of the method that sets the field or parameter `name`, where the owner has methods called `taken`.
pub(super) fn setter(name: &str, taken: &[&str]) -> String {
    if taken.contains(&name) {
        format!("set_{name}")
    } else {
        name.to_owned()
    }
}

/// The lints that the modules of `client` are free of.
pub(super) fn allowed(client: &Client) -> TokenStream {
    let deprecated = client.has_deprecated().then(|| quote! { deprecated, });
    quote! { #[allow(#deprecated missing_docs)] }
}

/// `name` as an identifier.
pub(super) fn ident(name: &str) -> syn::Ident {
    format_ident!("{name}")
}
