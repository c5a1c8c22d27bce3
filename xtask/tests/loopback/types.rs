//! The types of a client as data.

use std::collections::HashMap;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;

use crate::client::{Calls, functions, inputs};

/// What a type is made of.
pub enum Shape {
    Struct {
        /// What `new` takes: wire name and type.
        required: Vec<(String, syn::Type)>,
        /// The setters with the wire name and type of what they set.
        optional: Vec<(syn::Ident, String, syn::Type)>,
    },
    Newtype(syn::Type),
    /// The variants of an enum of texts.
    Texts(Vec<(syn::Ident, String)>),
    /// The forms of a union.
    Union(Vec<(syn::Ident, syn::Type)>),
}

/// The types among `items`, by name.
pub fn read(items: &[syn::Item]) -> HashMap<String, Shape> {
    let pairs: HashMap<String, HashMap<String, Option<String>>> = items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Macro(item) => syn::parse2::<Pairs>(item.mac.tokens.clone()).ok(),
            _ => None,
        })
        .map(|Pairs(name, pairs)| (name.to_string(), pairs))
        .collect();
    let none = HashMap::new();
    let of = |name: &syn::Ident| pairs.get(&name.to_string()).unwrap_or(&none);
    items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Struct(item) => {
                let shape = match &item.fields {
                    syn::Fields::Unnamed(fields) => Shape::Newtype(fields.unnamed[0].ty.clone()),
                    _ => structure(&functions(items, &item.ident), of(&item.ident)),
                };
                Some((item.ident.to_string(), shape))
            }
            syn::Item::Enum(item) => Some((item.ident.to_string(), choice(item, of(&item.ident)))),
            _ => None,
        })
        .collect()
}

fn structure(functions: &[&syn::ImplItemFn], wires: &HashMap<String, Option<String>>) -> Shape {
    let wire = |field: &syn::Ident| {
        let wire = wires.get(&field.to_string()).cloned().flatten();
        wire.unwrap_or_else(|| panic!("`object!` is not told of {field}"))
    };
    let (new, setters): (Vec<_>, Vec<_>) = functions
        .iter()
        .partition(|function| function.sig.ident == "new");
    Shape::Struct {
        required: new
            .into_iter()
            .flat_map(inputs)
            .map(|(ident, ty)| (wire(&ident), ty))
            .collect(),
        optional: setters
            .into_iter()
            .filter_map(|setter| {
                let field = Calls::of(setter).field?;
                let (_, ty) = inputs(setter).into_iter().next()?;
                Some((setter.sig.ident.clone(), wire(&field), ty))
            })
            .collect(),
    }
}

fn choice(item: &syn::ItemEnum, texts: &HashMap<String, Option<String>>) -> Shape {
    let variants = item
        .variants
        .iter()
        .filter(|variant| variant.ident != "Unknown");
    let text = |variant: &syn::Variant| texts.get(&variant.ident.to_string()).cloned().flatten();
    if item
        .variants
        .iter()
        .all(|variant| text(variant).is_some() || variant.ident == "Unknown")
        && !texts.values().any(Option::is_none)
    {
        return Shape::Texts(
            variants
                .filter_map(|variant| Some((variant.ident.clone(), text(variant)?)))
                .collect(),
        );
    }
    Shape::Union(
        variants
            .filter_map(|variant| {
                Some((
                    variant.ident.clone(),
                    variant.fields.iter().next()?.ty.clone(),
                ))
            })
            .collect(),
    )
}

/// `Name { a = "wire", … } required { … }`, or `Name { A(Type), … }`, which has no texts.
struct Pairs(syn::Ident, HashMap<String, Option<String>>);

impl Parse for Pairs {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        struct Pair(syn::Ident, Option<String>);
        impl Parse for Pair {
            fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
                let ident = input.parse()?;
                if input.peek(syn::token::Paren) {
                    let inside;
                    syn::parenthesized!(inside in input);
                    inside.parse::<syn::Type>()?;
                    return Ok(Self(ident, None));
                }
                input.parse::<syn::Token![=]>()?;
                Ok(Self(ident, Some(input.parse::<syn::LitStr>()?.value())))
            }
        }
        let name = input.parse()?;
        let mut pairs = HashMap::new();
        while !input.is_empty() {
            if input.peek(syn::Ident) {
                input.parse::<syn::Ident>()?;
            }
            let inside;
            syn::braced!(inside in input);
            let found = Punctuated::<Pair, syn::Token![,]>::parse_terminated(&inside)?;
            pairs.extend(
                found
                    .into_iter()
                    .map(|Pair(ident, text)| (ident.to_string(), text)),
            );
        }
        Ok(Self(name, pairs))
    }
}
