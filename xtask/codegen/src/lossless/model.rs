//! The generated types as data, read from the client's syntax.

use std::collections::HashMap;

use quote::ToTokens as _;

use super::types::{self, Type};
use crate::polish::types::generic_argument;

/// The generated types.
pub struct Model {
    names: HashMap<String, usize>,
    shapes: Vec<Shape>,
}

/// What a generated type is to serde.
pub(super) enum Shape {
    Struct(Vec<Field>),
    Newtype(Type),
    /// A string of any content.
    OpenEnum,
    /// The members in order; what fits none is kept.
    Union(Vec<Type>),
}

pub(super) struct Field {
    pub(super) wire: String,
    /// Whether the field may be absent.
    pub(super) optional: bool,
    /// Whether `None` is left out.
    pub(super) skips: bool,
    pub(super) ty: Type,
}

impl Model {
    /// The types of a client's module `types`.
    pub fn read(file: &syn::File) -> Self {
        let items = file.items.iter().find_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
            _ => None,
        });
        Self::of_items(items.map_or(&[][..], |(_, items)| items))
    }

    /// The types among `items`.
    pub(super) fn of_items(items: &[syn::Item]) -> Self {
        let mut names = HashMap::new();
        for item in items {
            if let syn::Item::Struct(syn::ItemStruct { ident, .. })
            | syn::Item::Enum(syn::ItemEnum { ident, .. }) = item
            {
                names.insert(ident.to_string(), names.len());
            }
        }
        let mut model = Self {
            names,
            shapes: Vec::new(),
        };
        for item in items {
            let shape = match item {
                syn::Item::Struct(item) => match &item.fields {
                    syn::Fields::Unnamed(fields) => {
                        Shape::Newtype(model.read_type(&fields.unnamed[0].ty))
                    }
                    fields => {
                        Shape::Struct(fields.iter().map(|field| model.read_field(field)).collect())
                    }
                },
                syn::Item::Enum(item) if is_untagged(item) => {
                    let members = item.variants.iter().flat_map(|variant| &variant.fields);
                    Shape::Union(members.map(|field| model.read_type(&field.ty)).collect())
                }
                syn::Item::Enum(_) => Shape::OpenEnum,
                _ => continue,
            };
            model.shapes.push(shape);
        }
        model
    }

    /// The type that `ty` names.
    pub fn read_type(&self, ty: &syn::Type) -> Type {
        types::read(ty, &self.names)
    }

    /// The generated type of that name.
    pub fn named(&self, name: &str) -> Option<Type> {
        self.names.get(name).map(|index| Type::Named(*index))
    }

    pub(super) fn shape(&self, index: usize) -> &Shape {
        &self.shapes[index]
    }

    /// `ty` without what only says that it may be absent, or is another name for it.
    pub(super) fn bare<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        loop {
            ty = match ty {
                Type::Nullable(inner) => inner,
                Type::Named(index) => match self.shape(*index) {
                    Shape::Newtype(inner) => inner,
                    _ => return ty,
                },
                _ => return ty,
            };
        }
    }

    /// The type of what lies one JSON step below a value of type `ty`, none when the type says nothing of it.
    pub fn step<'a>(&'a self, ty: &'a Type, property: Option<&str>) -> Option<&'a Type> {
        match (self.bare(ty), property) {
            (Type::Named(index), Some(name)) => match self.shape(*index) {
                Shape::Struct(fields) => fields
                    .iter()
                    .find(|field| field.wire == name)
                    .map(|field| &field.ty),
                _ => None,
            },
            (Type::Map(value), Some(_)) => Some(value),
            (Type::List(item), None) => Some(item),
            _ => None,
        }
    }

    fn read_field(&self, field: &syn::Field) -> Field {
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
        Field {
            wire,
            optional: default || generic_argument(&field.ty, "Option").is_some(),
            skips,
            ty: self.read_type(&field.ty),
        }
    }
}

fn is_untagged(item: &syn::ItemEnum) -> bool {
    item.attrs.iter().any(|attribute| {
        attribute.path().is_ident("serde")
            && attribute
                .meta
                .to_token_stream()
                .to_string()
                .contains("untagged")
    })
}
