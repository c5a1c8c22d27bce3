//! The generated types as data, and what serde does with a JSON value and such a type.

use std::collections::HashMap;

use quote::ToTokens as _;
use serde_json::{Map, Value};

use crate::document::join;
use crate::polish::types::generic_argument;

/// The generated types by name.
pub struct Model {
    types: HashMap<String, Shape>,
}

enum Shape {
    Struct(Vec<Field>),
    Newtype(syn::Type),
    /// A string of any content.
    OpenEnum,
    /// The members in order; what fits none is kept.
    Union(Vec<syn::Type>),
}

struct Field {
    wire: String,
    /// Whether the field may be absent.
    optional: bool,
    /// Whether `None` is left out.
    skips: bool,
    ty: syn::Type,
}

/// Why a value does not decode.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the value.
    pub pointer: String,
    /// What the type wants there.
    pub expected: String,
    /// What is there.
    pub found: &'static str,
}

impl Model {
    /// The types of a client's module `types`.
    pub fn read(file: &syn::File) -> Self {
        let items = file.items.iter().find_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
            _ => None,
        });
        let mut types = HashMap::new();
        for item in items.into_iter().flat_map(|(_, items)| items) {
            match item {
                syn::Item::Struct(item) => {
                    let shape = match &item.fields {
                        syn::Fields::Unnamed(fields) => {
                            Shape::Newtype(fields.unnamed[0].ty.clone())
                        }
                        fields => Shape::Struct(fields.iter().map(Field::read).collect()),
                    };
                    types.insert(item.ident.to_string(), shape);
                }
                syn::Item::Enum(item) => {
                    let untagged = item.attrs.iter().any(|attribute| {
                        attribute.path().is_ident("serde")
                            && attribute
                                .meta
                                .to_token_stream()
                                .to_string()
                                .contains("untagged")
                    });
                    let shape = if untagged {
                        let members = item.variants.iter().flat_map(|variant| &variant.fields);
                        Shape::Union(members.map(|field| field.ty.clone()).collect())
                    } else {
                        Shape::OpenEnum
                    };
                    types.insert(item.ident.to_string(), shape);
                }
                _ => {}
            }
        }
        Self { types }
    }

    /// The type of what lies one JSON step below a value of type `ty`, none when the type says nothing of it.
    pub fn step(&self, ty: &syn::Type, property: Option<&str>) -> Option<syn::Type> {
        if let Some(inner) = ["Option", "Box"]
            .iter()
            .find_map(|name| generic_argument(ty, name))
        {
            return self.step(&inner, property);
        }
        match (property, self.named(ty)) {
            (_, Some(Shape::Newtype(inner))) => self.step(inner, property),
            (Some(name), Some(Shape::Struct(fields))) => fields
                .iter()
                .find(|field| field.wire == name)
                .map(|field| field.ty.clone()),
            (Some(_), None) => map_value(ty),
            (None, None) => generic_argument(ty, "Vec"),
            _ => None,
        }
    }

    fn named(&self, ty: &syn::Type) -> Option<&Shape> {
        let syn::Type::Path(path) = ty else {
            return None;
        };
        let segment = path.path.segments.last()?;
        let of_types = path.path.segments.len() == 1 || path.path.segments[0].ident == "types";
        self.types
            .get(&segment.ident.to_string())
            .filter(|_| of_types && segment.arguments.is_none())
    }

    /// `value` decoded as `ty` and encoded again.
    ///
    /// # Errors
    ///
    /// Where it does not decode.
    pub fn round_trip(&self, ty: &syn::Type, value: &Value) -> Result<Value, Refusal> {
        self.convert(ty, value, "")
    }

    fn convert(&self, ty: &syn::Type, value: &Value, pointer: &str) -> Result<Value, Refusal> {
        let refuse = |expected: &str| {
            Err(Refusal {
                pointer: pointer.to_owned(),
                expected: expected.to_owned(),
                found: kind(value),
            })
        };
        if let Some(inner) = generic_argument(ty, "Option") {
            return if value.is_null() {
                Ok(Value::Null)
            } else {
                self.convert(&inner, value, pointer)
            };
        }
        if let Some(inner) = generic_argument(ty, "Box") {
            return self.convert(&inner, value, pointer);
        }
        if let Some(item) = generic_argument(ty, "Vec") {
            let Value::Array(items) = value else {
                return refuse("an array");
            };
            let converted = items.iter().enumerate().map(|(index, value)| {
                self.convert(&item, value, &join(pointer, &index.to_string()))
            });
            return Ok(Value::Array(converted.collect::<Result<_, _>>()?));
        }
        if let Some(item) = map_value(ty) {
            let Value::Object(entries) = value else {
                return refuse("an object");
            };
            let converted = entries.iter().map(|(key, value)| {
                Ok((
                    key.clone(),
                    self.convert(&item, value, &join(pointer, key))?,
                ))
            });
            return Ok(Value::Object(converted.collect::<Result<_, _>>()?));
        }
        match self.named(ty) {
            Some(Shape::Newtype(inner)) => return self.convert(inner, value, pointer),
            Some(Shape::OpenEnum) => {
                return match value {
                    Value::String(_) => Ok(value.clone()),
                    _ => refuse("a string"),
                };
            }
            Some(Shape::Union(members)) => {
                let fits = members
                    .iter()
                    .find_map(|member| self.convert(member, value, pointer).ok());
                return Ok(fits.unwrap_or_else(|| value.clone()));
            }
            Some(Shape::Struct(fields)) => return self.convert_struct(fields, value, pointer),
            None => {}
        }
        match (last_segment(ty).as_str(), value) {
            ("Value", _)
            | ("String" | "Secret" | "Upload", Value::String(_))
            | ("bool", Value::Bool(_)) => Ok(value.clone()),
            ("i64", Value::Number(number)) if number.is_i64() => Ok(value.clone()),
            ("u64", Value::Number(number)) if number.is_u64() => Ok(value.clone()),
            ("f64", Value::Number(number)) => Ok(number.as_f64().into()),
            ("Map", Value::Object(_)) => Ok(value.clone()),
            ("String" | "Secret" | "Upload", _) => refuse("a string"),
            ("bool", _) => refuse("a boolean"),
            ("i64" | "u64", _) => refuse("a whole number"),
            ("f64", _) => refuse("a number"),
            ("Map", _) => refuse("an object"),
            (other, _) => refuse(other),
        }
    }

    fn convert_struct(
        &self,
        fields: &[Field],
        value: &Value,
        pointer: &str,
    ) -> Result<Value, Refusal> {
        let refuse = |expected: String, found| {
            Err(Refusal {
                pointer: pointer.to_owned(),
                expected,
                found,
            })
        };
        let mut encoded = Map::new();
        for (index, field) in fields.iter().enumerate() {
            let found = match value {
                Value::Object(object) => object.get(&field.wire),
                // serde takes an array for a struct, field by field.
                Value::Array(items) => items.get(index),
                _ => return refuse("an object".into(), kind(value)),
            };
            let converted = match found {
                Some(found) => self.convert(&field.ty, found, &join(pointer, &field.wire))?,
                None if field.optional => Value::Null,
                None => return refuse(format!("the field `{}`", field.wire), "none"),
            };
            if !(converted.is_null() && field.skips) {
                encoded.insert(field.wire.clone(), converted);
            }
        }
        match value {
            Value::Array(items) if items.len() > fields.len() => {
                refuse("an object".into(), kind(value))
            }
            _ => Ok(Value::Object(encoded)),
        }
    }
}

impl Field {
    fn read(field: &syn::Field) -> Self {
        let mut wire = field
            .ident
            .as_ref()
            .map(|ident| ident.to_string().trim_start_matches("r#").to_owned())
            .unwrap_or_default();
        let mut skips = false;
        let mut default = false;
        for attribute in &field.attrs {
            if attribute.path().is_ident("serde") {
                // The attributes are written by the polish stage, in forms that this understands.
                let _ = attribute.parse_nested_meta(|meta| {
                    if meta.path.is_ident("rename") {
                        wire = meta.value()?.parse::<syn::LitStr>()?.value();
                    } else if meta.path.is_ident("skip_serializing_if") {
                        meta.value()?.parse::<syn::LitStr>()?;
                        skips = true;
                    } else if meta.path.is_ident("default") {
                        default = true;
                    }
                    Ok(())
                });
            }
        }
        Self {
            wire,
            optional: default || generic_argument(&field.ty, "Option").is_some(),
            skips,
            ty: field.ty.clone(),
        }
    }
}

fn last_segment(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default(),
        _ => ty.to_token_stream().to_string(),
    }
}

/// `T` of `BTreeMap<String, T>`.
fn map_value(ty: &syn::Type) -> Option<syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let segment = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.iter().nth(1)? {
        syn::GenericArgument::Type(value) if segment.ident == "BTreeMap" => Some(value.clone()),
        _ => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "a whole number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
