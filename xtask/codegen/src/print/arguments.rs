//! What the methods and setters of the client take, and how it becomes what is sent: whatever a person has at hand.
//!
//! An id is a text or a number, whichever the document says; a number is one of any of Rust's types; a list is anything
//! that can be gone through.

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::quote;

use super::spelling::{self, Scope, parsed};
use crate::client::Type;

/// What a function takes in place of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    /// Anything that is `Into<T>`; whether what it becomes is only on the way to the value.
    One(String, bool),
    /// Anything that iterates over such.
    Items(String),
    /// Anything that iterates over pairs of a name and such.
    Entries(String),
}

impl Argument {
    /// For a parameter that the request calls `wire`, or for the body. All that is in a path is an id.
    pub(super) fn of_parameter(ty: &Type, wire: &str, in_path: bool, scope: Scope) -> Self {
        let is_id = in_path || names_ids(wire);
        match ty {
            // To a URL a number and its digits are the same.
            Type::Integer if is_id => Self::One("runtime::Id".into(), false),
            _ => match Self::of(ty, is_id, scope) {
                Self::One(taken, _) => Self::One(taken, false),
                several => several,
            },
        }
    }

    /// For a field of a body that JSON calls `wire`.
    pub(super) fn of_field(ty: &Type, wire: &str, scope: Scope) -> Self {
        Self::of(ty, names_ids(wire), scope)
    }

    fn of(ty: &Type, is_id: bool, scope: Scope) -> Self {
        match ty {
            Type::List {
                item,
                tolerant: false,
            } => Self::Items(scalar(item, true, scope).0),
            Type::Map {
                value,
                tolerant: false,
            } => Self::Entries(scalar(value, true, scope).0),
            Type::AnyObject => Self::Entries(scalar(&Type::Any, true, scope).0),
            ty => {
                let (taken, stands_for) = scalar(ty, is_id, scope);
                Self::One(taken, stands_for)
            }
        }
    }

    /// The type of the argument.
    pub(super) fn takes(&self) -> TokenStream {
        parsed(&self.text())
    }

    /// The type of the argument as Rust.
    pub(super) fn text(&self) -> String {
        match self {
            Self::One(taken, _) => format!("impl Into<{taken}>"),
            Self::Items(item) => format!("impl IntoIterator<Item = impl Into<{item}>>"),
            Self::Entries(value) => {
                format!("impl IntoIterator<Item = (impl Into<String>, impl Into<{value}>)>")
            }
        }
    }

    /// The type of the argument, as a surface says it.
    pub(super) fn word(&self) -> String {
        match self {
            Self::One(taken, _) => taken.clone(),
            Self::Items(item) => format!("Items<{item}>"),
            Self::Entries(value) => format!("Entries<{value}>"),
        }
    }

    /// What a parameter's argument `ident` is as it is sent.
    pub(super) fn sent(&self, ident: &syn::Ident) -> TokenStream {
        match self {
            Self::One(..) => quote! { #ident.into() },
            Self::Items(item) => {
                let item = parsed(item);
                quote! { runtime::list::<#item, #item>(#ident) }
            }
            Self::Entries(value) => {
                let value = parsed(value);
                quote! {
                    runtime::map::<#value, #value, std::collections::BTreeMap<_, _>>(#ident)
                }
            }
        }
    }

    /// What a field's argument `ident` is as it is kept.
    pub(super) fn kept(&self, ident: &syn::Ident) -> TokenStream {
        match self {
            Self::One(_, false) => quote! { #ident.into() },
            Self::One(_, true) => quote! { #ident.into().into() },
            Self::Items(item) => {
                let item = parsed(item);
                quote! { runtime::list::<#item, _>(#ident) }
            }
            Self::Entries(value) => {
                let value = parsed(value);
                quote! { runtime::map::<#value, _, _>(#ident) }
            }
        }
    }
}

/// What is taken for a value of type `ty`, and whether it is another type.
fn scalar(ty: &Type, is_id: bool, scope: Scope) -> (String, bool) {
    match ty {
        Type::String if is_id => ("runtime::Id".into(), true),
        Type::Integer => ("runtime::Integer".into(), true),
        Type::Float => ("runtime::Number".into(), true),
        other => (spelling::text(other, scope), false),
    }
}

/// Whether what is called `wire` names things.
fn names_ids(wire: &str) -> bool {
    let words = wire.to_snake_case();
    let last = words.rsplit('_').find(|word| !word.is_empty());
    last.is_some_and(|last| last == "id" || last == "ids")
}
