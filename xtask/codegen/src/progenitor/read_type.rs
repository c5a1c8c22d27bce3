//! A type as progenitor and typify write it → the model's.

use quote::ToTokens as _;

use crate::client::{RUNTIME, Type};

/// What `ty` is.
pub(super) fn read(ty: &syn::Type) -> Result<Type, String> {
    let unknown = || format!("expected a known type, but found {}", ty.to_token_stream());
    let path = match ty {
        // An argument is borrowed; the client owns it.
        syn::Type::Reference(reference) => return read(&reference.elem),
        syn::Type::Path(path) if path.qself.is_none() => &path.path,
        _ => return Err(unknown()),
    };
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let arguments = arguments(path);
    let boxed = |ty: &syn::Type| read(ty).map(Box::new);
    Ok(match (names.as_slice(), arguments.as_slice()) {
        (["std", "option", "Option"] | ["Option"], [inner]) => Type::Optional(boxed(inner)?),
        (["std", "boxed", "Box"], [inner]) => Type::Boxed(boxed(inner)?),
        (["std", "vec", "Vec"], [item]) => Type::List {
            item: boxed(item)?,
            tolerant: false,
        },
        (["std", "collections", "BTreeMap"], [_, value]) => Type::Map {
            value: boxed(value)?,
            tolerant: false,
        },
        (["serde_json", "Map"], [_, _]) => Type::AnyObject,
        (["serde_json", "Value"], []) => Type::Any,
        (["std", "string", "String"] | ["str"], []) => Type::String,
        (["bool"], []) => Type::Boolean,
        (["i64"], []) => Type::Integer,
        (["f64"], []) => Type::Float,
        ([RUNTIME, "Secret"], []) => Type::Secret,
        ([RUNTIME, "SecretValue"], []) => Type::SecretValue,
        ([RUNTIME, "Upload"], []) => Type::Upload,
        ([name] | ["types", name], []) => Type::Named((*name).to_owned()),
        _ => return Err(unknown()),
    })
}

/// The argument of the generic type `name`.
pub(super) fn argument_of<'a>(ty: &'a syn::Type, name: &str) -> Option<&'a syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    arguments(&path.path)
        .into_iter()
        .next()
        .filter(|_| last.ident == name)
}

/// The types in the angle brackets of the last segment.
fn arguments(path: &syn::Path) -> Vec<&syn::Type> {
    let Some(syn::PathArguments::AngleBracketed(arguments)) =
        path.segments.last().map(|segment| &segment.arguments)
    else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}
