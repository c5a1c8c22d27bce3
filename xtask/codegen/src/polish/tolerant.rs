//! The types of answers as a running server needs them: what one example had is not what all answers have.

use syn::parse_quote;

use super::types::generic_argument;
use crate::wholes;

/// `ty` where it is decoded from an answer, in the field `name`.
///
/// A list may hold null, an object whose keys are data may come as `[]`, and a number may have a fraction unless it
/// identifies or counts.
pub fn of(ty: &syn::Type, name: Option<&str>) -> syn::Type {
    for wrapper in ["Option", "Box"] {
        if let Some(inner) = generic_argument(ty, wrapper) {
            let inner = of(&inner, name);
            let wrapper = quote::format_ident!("{wrapper}");
            return parse_quote!(#wrapper<#inner>);
        }
    }
    if let Some(item) = generic_argument(ty, "Vec") {
        if is_any(&item) {
            return ty.clone();
        }
        let item = of(&generic_argument(&item, "Option").unwrap_or(item), name);
        return parse_quote!(runtime::List<#item>);
    }
    if let Some(value) = map_value(ty) {
        // The keys are data: the name says nothing of the values.
        let value = of(&value, None);
        return parse_quote!(runtime::Map<#value>);
    }
    let syn::Type::Path(path) = ty else {
        return ty.clone();
    };
    match path.path.get_ident().map(ToString::to_string).as_deref() {
        Some("f64") => parse_quote!(runtime::Number),
        Some("i64") if !name.is_some_and(wholes::is_certain) => parse_quote!(runtime::Number),
        _ => ty.clone(),
    }
}

/// Whether `ty` is any JSON, null included; a generated type may be called `Value`, too.
fn is_any(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.len() == 2
        && path.path.segments[0].ident == "serde_json"
        && path.path.segments[1].ident == "Value")
}

/// `T` of `BTreeMap<String, T>`, and of typify's own word for a map of any JSON.
pub(super) fn map_value(ty: &syn::Type) -> Option<syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let segment = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.iter().nth(1)? {
        syn::GenericArgument::Type(value)
            if segment.ident == "BTreeMap" || segment.ident == "Map" =>
        {
            Some(value.clone())
        }
        _ => None,
    }
}
