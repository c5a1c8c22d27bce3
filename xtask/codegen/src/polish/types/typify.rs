//! What typify wrote, as far as it says something: attributes, documentation, and types in full.

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;

use crate::polish::prose;

/// The argument of a generic type by its last segment: `Option` of `::std::option::Option<T>` gives `T`.
pub fn generic_argument(ty: &syn::Type, name: &str) -> Option<syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let segment = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) if segment.ident == name => Some(inner.clone()),
        _ => None,
    }
}

/// `ty` as a person writes it: `::std::option::Option<::std::string::String>` → `Option<String>`.
pub fn short(ty: &syn::Type) -> syn::Type {
    struct Short;
    impl VisitMut for Short {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            syn::visit_mut::visit_path_mut(self, path);
            let segments: Vec<String> = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
            let keep = match segments.as_slice() {
                ["std", "option", "Option"]
                | ["std", "string", "String"]
                | ["std", "vec", "Vec"]
                | ["std", "boxed", "Box"] => 1,
                _ => path.segments.len(),
            };
            if path.leading_colon.is_some() {
                path.leading_colon = None;
                let skip = path.segments.len() - keep;
                path.segments = path.segments.iter().skip(skip).cloned().collect();
            }
        }
    }
    let mut ty = ty.clone();
    Short.visit_type_mut(&mut ty);
    ty
}

/// What typify says with `#[serde(…)]`.
#[derive(Default)]
pub(super) struct SerdeOptions {
    pub(super) rename: Option<String>,
    /// The field is left out when it holds nothing: it is optional.
    pub(super) skips: bool,
    pub(super) untagged: bool,
}

impl SerdeOptions {
    pub(super) fn read(attributes: &[syn::Attribute]) -> Self {
        let mut options = Self::default();
        for attribute in attributes {
            if !attribute.path().is_ident("serde") {
                continue;
            }
            // A form that is not understood here says nothing; what it would have said is checked by the lossless test.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    options.rename = Some(meta.value()?.parse::<syn::LitStr>()?.value());
                } else if meta.path.is_ident("skip_serializing_if") {
                    meta.value()?.parse::<syn::LitStr>()?;
                    options.skips = true;
                } else if meta.path.is_ident("untagged") {
                    options.untagged = true;
                } else if meta.input.peek(syn::Token![=]) {
                    meta.value()?.parse::<syn::Expr>()?;
                }
                Ok(())
            });
        }
        options
    }
}

/// The text of the `#[doc]` attributes; typify's stand-in for a missing description (the name alone) is none.
pub(super) fn documentation(attributes: &[syn::Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let syn::Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) = &pair.value
        {
            lines.push(text.value());
        }
    }
    let text = lines.join("\n");
    let bare = text.trim();
    let name_alone = bare.len() > 2
        && bare.starts_with('`')
        && bare.ends_with('`')
        && bare[1..bare.len() - 1]
            .chars()
            .all(|c| c.is_ascii_alphanumeric());
    if name_alone { String::new() } else { text }
}

pub(super) fn docs(attributes: &[syn::Attribute], name: &str) -> TokenStream {
    let text = documentation(attributes);
    if text.trim().is_empty() {
        let words = heck::ToSnakeCase::to_snake_case(name).replace('_', " ");
        prose::attributes(&format!("{}{}.", words[..1].to_uppercase(), &words[1..]))
    } else {
        prose::attributes(&text)
    }
}
