//! The macro that makes an enum open: which value on the wire is which variant.

use std::collections::BTreeMap;

use syn::Token;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;

use super::text;

/// `open_enum!(Name { Variant = "value", … })`.
pub(super) struct OpenEnum {
    pub(super) name: String,
    /// The values on the wire by the names of their variants.
    pub(super) values: BTreeMap<String, String>,
}

impl Parse for OpenEnum {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        struct Value(syn::Ident, syn::LitStr);

        impl Parse for Value {
            fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
                let name = input.parse()?;
                input.parse::<Token![=]>()?;
                Ok(Self(name, input.parse()?))
            }
        }

        let name: syn::Ident = input.parse()?;
        let inside;
        syn::braced!(inside in input);
        let values = Punctuated::<Value, Token![,]>::parse_terminated(&inside)?;
        Ok(Self {
            name: text::name(&name),
            values: values
                .into_iter()
                .map(|Value(name, value)| (text::name(&name), value.value()))
                .collect(),
        })
    }
}

/// The open enum that `item` declares, none when it is another macro or has another form.
pub(super) fn open_enum(item: &syn::ItemMacro) -> Option<OpenEnum> {
    let named = item
        .mac
        .path
        .segments
        .last()
        .is_some_and(|last| last.ident == "open_enum");
    let plain = named && item.attrs.is_empty();
    plain
        .then(|| syn::parse2(item.mac.tokens.clone()).ok())
        .flatten()
}
