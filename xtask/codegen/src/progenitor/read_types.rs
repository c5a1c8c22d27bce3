//! typify's structs and enums → the types of the model.

use std::collections::{BTreeMap, HashSet};

use quote::ToTokens as _;
use serde_json::{Map, Value};

use super::attributes::{SerdeOptions, documentation};
use super::deprecation;
use super::{keys, read_type};
use crate::client::{EnumValue, Field, Member, Presence, Shape, Type, TypeDeclaration};
use crate::document::{Document, join};
use crate::names;
use crate::repair::{self, Named};

/// The types that `file` declares, by their names.
pub(super) fn read(
    file: &syn::File,
    inline: &Document,
    named: &Named,
) -> Result<BTreeMap<String, TypeDeclaration>, String> {
    let items = file
        .items
        .iter()
        .find_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
            _ => None,
        })
        .map(|(_, items)| items.as_slice())
        .ok_or("progenitor's file has no module `types`")?;
    let mut places = repair::places(inline, named);
    let mut types = BTreeMap::new();
    for item in items {
        let (ident, attributes, shape) = match item {
            syn::Item::Struct(item) => (&item.ident, &item.attrs, structure(item)?),
            syn::Item::Enum(item) if item.variants.iter().all(|v| v.fields.is_empty()) => {
                (&item.ident, &item.attrs, string_enum(item)?)
            }
            syn::Item::Enum(item) => (&item.ident, &item.attrs, union(item)?),
            // What typify implements for its types is replaced by derives and by the runtime's macros.
            syn::Item::Impl(_) => continue,
            syn::Item::Mod(module) if module.ident == "error" || module.ident == "defaults" => {
                continue;
            }
            other => {
                return Err(format!(
                    "expected structs and enums among the types, but found {}",
                    other.to_token_stream()
                ));
            }
        };
        let name = ident.to_string();
        let mut declaration = TypeDeclaration {
            documentation: documentation(attributes),
            shape,
            places: places.remove(&name).unwrap_or_default(),
        };
        join_with_document(&mut declaration, &inline.root);
        types.insert(name, declaration);
    }
    Ok(types)
}

/// Adds what typify leaves out: what the schemas of the fields say beside their types.
fn join_with_document(declaration: &mut TypeDeclaration, root: &Value) {
    let Shape::Struct { fields, .. } = &mut declaration.shape else {
        return;
    };
    for field in fields {
        let schemas: Vec<&Map<String, Value>> = declaration
            .places
            .iter()
            .filter_map(|place| {
                let pointer = join(&join(place, "properties"), &field.wire);
                root.pointer(&pointer)?.as_object()
            })
            .collect();
        field.example = match field.ty.required() {
            Type::Secret | Type::SecretValue => None,
            _ => schemas.iter().find_map(|schema| example(schema)),
        };
        // Equal shapes are one type: it is deprecated only where it is so everywhere.
        let reasons = schemas.iter().map(|schema| deprecation::read(schema));
        let reasons: Option<Vec<String>> = reasons.collect();
        field.deprecated = reasons.and_then(|reasons| reasons.into_iter().next());
    }
}

/// The example of a schema, where one line shows it.
fn example(schema: &Map<String, Value>) -> Option<String> {
    const LONGEST: usize = 60;
    match schema.get("example")? {
        Value::String(text) if text.trim().is_empty() || text.contains('`') => None,
        value @ (Value::String(_) | Value::Number(_)) => {
            Some(value.to_string()).filter(|text| text.chars().count() <= LONGEST)
        }
        _ => None,
    }
}

fn structure(item: &syn::ItemStruct) -> Result<Shape, String> {
    if let syn::Fields::Unnamed(fields) = &item.fields {
        let field = fields.unnamed.first().filter(|_| fields.unnamed.len() == 1);
        let field = field.ok_or_else(|| format!("expected one value in {}", item.ident))?;
        return Ok(Shape::Wrapper(read_type::read(&field.ty)?));
    }
    Ok(Shape::Struct {
        fields: item.fields.iter().map(field).collect::<Result<_, _>>()?,
        sent: false,
    })
}

fn field(field: &syn::Field) -> Result<Field, String> {
    let serde = SerdeOptions::read(&field.attrs);
    let (name, wire) = serde
        .rename
        .as_deref()
        .and_then(keys::read)
        .ok_or_else(|| {
            let field = field.to_token_stream();
            format!("expected a field with a key of ours, but found {field}")
        })?;
    let ty = read_type::read(&field.ty)?;
    let (ty, presence) = match (ty.is_optional(), serde.skips) {
        (true, true) => (ty, Presence::Optional),
        (true, false) => (ty, Presence::Nullable),
        (false, true) => (ty.optional(), Presence::Optional),
        (false, false) => (ty, Presence::Required),
    };
    Ok(Field {
        name: name.to_owned(),
        wire: wire.to_owned(),
        ty,
        presence,
        documentation: documentation(&field.attrs),
        example: None,
        deprecated: None,
    })
}

fn string_enum(item: &syn::ItemEnum) -> Result<Shape, String> {
    let values = item.variants.iter().map(|variant| {
        let serde = SerdeOptions::read(&variant.attrs);
        let (name, wire) = serde
            .rename
            .as_deref()
            .and_then(keys::read)
            .ok_or_else(|| format!("expected {} to have keys of ours", item.ident))?;
        Ok(EnumValue {
            name: name.to_owned(),
            wire: wire.to_owned(),
        })
    });
    values.collect::<Result<_, String>>().map(Shape::StringEnum)
}

fn union(item: &syn::ItemEnum) -> Result<Shape, String> {
    let name = &item.ident;
    if !SerdeOptions::read(&item.attrs).untagged {
        return Err(format!(
            "expected {name} to be an untagged enum or one of strings"
        ));
    }
    let mut members = Vec::new();
    let mut taken = HashSet::from(["Unknown".to_owned()]);
    for variant in &item.variants {
        let fields = &variant.fields;
        let Some(field) = fields.iter().next().filter(|_| fields.len() == 1) else {
            return Err(format!("expected one value in {name}::{}", variant.ident));
        };
        let ty = read_type::read(&field.ty)?;
        let wanted = member_name(&variant.ident.to_string(), &ty);
        members.push(Member {
            name: names::unique(wanted, &mut taken),
            ty,
            documentation: documentation(&variant.attrs),
        });
    }
    Ok(Shape::Union(members))
}

/// typify calls members `Variant0` when it finds no names; the member's type has one.
fn member_name(given: &str, ty: &Type) -> String {
    let numbered = given
        .strip_prefix("Variant")
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    if !numbered {
        return given.to_owned();
    }
    let name = match ty {
        Type::Any => "Value",
        Type::AnyObject | Type::Map { .. } => "Map",
        Type::String => "String",
        Type::Secret | Type::SecretValue => "Secret",
        Type::Boolean => "Boolean",
        Type::Integer => "Integer",
        Type::Float | Type::Number => "Number",
        Type::Upload => "Upload",
        Type::Bytes => "Bytes",
        Type::Optional(_) => "Option",
        Type::Boxed(_) => "Box",
        Type::List { .. } => "List",
        Type::Named(name) => name,
    };
    name.to_owned()
}
