//! A Rust type as far as serde's treatment of it goes.

use std::collections::HashMap;

use quote::ToTokens as _;

use crate::polish::types::generic_argument;

/// What a value is decoded as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Any JSON.
    Any,
    /// An object of any content.
    AnyObject,
    /// A string.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number with a sign.
    Signed,
    /// A whole number without one.
    Unsigned,
    /// A number that may lose digits.
    Float,
    /// `T` or null.
    Nullable(Box<Type>),
    /// A number as it is.
    Number,
    /// An array: `Vec`, or the runtime's `List`, which keeps nulls apart.
    Array { item: Box<Type>, tolerant: bool },
    /// An object whose keys are data: `BTreeMap`, or the runtime's `Map`, which takes `[]` and keeps what fits not.
    Map { value: Box<Type>, tolerant: bool },
    /// A generated type, by its place in the model.
    Named(usize),
    /// A type that is not known here: it takes nothing.
    Unknown(String),
}

/// What `ty` is, when the generated types are `names`.
pub(super) fn read(ty: &syn::Type, names: &HashMap<String, usize>) -> Type {
    let inner = |name: &str| generic_argument(ty, name).map(|inner| Box::new(read(&inner, names)));
    if let Some(inner) = inner("Box") {
        return *inner;
    }
    if let Some(inner) = inner("Option") {
        return Type::Nullable(inner);
    }
    for (name, tolerant) in [("Vec", false), ("List", true)] {
        if let Some(item) = inner(name) {
            return Type::Array { item, tolerant };
        }
    }
    let syn::Type::Path(path) = ty else {
        return Type::Unknown(ty.to_token_stream().to_string());
    };
    let segments = &path.path.segments;
    let is_foreign = segments.len() > 1 && segments[0].ident == "serde_json";
    if let Some(value) = inner("Map").filter(|_| !is_foreign) {
        let tolerant = true;
        return Type::Map { value, tolerant };
    }
    let Some(last) = segments.last() else {
        return Type::Unknown(String::new());
    };
    if let Some(value) = map_value(last) {
        return Type::Map {
            value: Box::new(read(&value, names)),
            tolerant: false,
        };
    }
    let name = last.ident.to_string();
    let generated = segments.len() == 1 || segments[0].ident == "types";
    if let Some(index) = names.get(&name).filter(|_| generated) {
        return Type::Named(*index);
    }
    match name.as_str() {
        // What stands for a file in an example is not its content.
        "Value" | "Upload" => Type::Any,
        "Map" => Type::AnyObject,
        "String" | "Secret" => Type::String,
        "bool" => Type::Bool,
        "i64" => Type::Signed,
        "u64" => Type::Unsigned,
        "f64" => Type::Float,
        "Number" => Type::Number,
        _ => Type::Unknown(name),
    }
}

/// `T` of `BTreeMap<String, T>`.
fn map_value(segment: &syn::PathSegment) -> Option<syn::Type> {
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.iter().nth(1)? {
        syn::GenericArgument::Type(value) if segment.ident == "BTreeMap" => Some(value.clone()),
        _ => None,
    }
}
