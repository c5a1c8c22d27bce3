//! The runtime's macros as the client calls them: what a struct or a union is to serde, for the stages that read the
//! client.

use syn::Token;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;

/// `object!(Name { field = "wire", … } required { field = "wire", … })`.
pub(crate) struct Object {
    pub(crate) name: syn::Ident,
    pub(crate) fields: Vec<Field>,
}

/// A field of an [`Object`].
pub(crate) struct Field {
    pub(crate) ident: syn::Ident,
    /// Its name in JSON.
    pub(crate) wire: String,
    /// Whether it may be absent, and is then left out.
    pub(crate) optional: bool,
}

/// `union!(Name { Variant(Type), … })`.
pub(crate) struct Union {
    pub(crate) name: syn::Ident,
}

/// What `item` calls, none when it is another macro or has another form.
pub(crate) fn read<T: Parse>(item: &syn::ItemMacro, name: &str) -> Option<T> {
    let last = item.mac.path.segments.last()?;
    let plain = last.ident == name && item.attrs.is_empty();
    plain
        .then(|| syn::parse2(item.mac.tokens.clone()).ok())
        .flatten()
}

impl Object {
    /// What `item` declares, none when it is no `object!`.
    pub(crate) fn of(item: &syn::ItemMacro) -> Option<Self> {
        read(item, "object")
    }
}

impl Union {
    /// What `item` declares, none when it is no `union!`.
    pub(crate) fn of(item: &syn::ItemMacro) -> Option<Self> {
        read(item, "union")
    }
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let mut fields = fields(input, true)?;
        if !input.is_empty() {
            let word: syn::Ident = input.parse()?;
            if word != "required" {
                return Err(syn::Error::new(word.span(), "expected `required`"));
            }
            fields.extend(self::fields(input, false)?);
        }
        Ok(Self { name, fields })
    }
}

fn fields(input: ParseStream<'_>, optional: bool) -> syn::Result<Vec<Field>> {
    struct Pair(syn::Ident, syn::LitStr);

    impl Parse for Pair {
        fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
            let ident = syn::Ident::parse(input)?;
            input.parse::<Token![=]>()?;
            Ok(Self(ident, input.parse()?))
        }
    }

    let inside;
    syn::braced!(inside in input);
    let pairs = Punctuated::<Pair, Token![,]>::parse_terminated(&inside)?;
    Ok(pairs
        .into_iter()
        .map(|Pair(ident, wire)| Field {
            ident,
            wire: wire.value(),
            optional,
        })
        .collect())
}

impl Parse for Union {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let inside;
        syn::braced!(inside in input);
        inside.parse::<proc_macro2::TokenStream>()?;
        Ok(Self { name })
    }
}
