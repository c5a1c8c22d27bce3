//! The generated types as data, read from the client's syntax.

use std::collections::{HashMap, HashSet};

use super::types::{self, Type};
use crate::calls::{Object, Union};

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
    /// The members in order: the one that leaves the least aside wins, and what fits none is kept.
    Union(Vec<Type>),
}

pub(super) struct Field {
    pub(super) wire: String,
    /// Whether the field may be absent, and is left out when it holds nothing.
    pub(super) optional: bool,
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
        let mut objects = HashMap::new();
        let mut unions = HashSet::new();
        for item in items {
            match item {
                syn::Item::Struct(syn::ItemStruct { ident, .. })
                | syn::Item::Enum(syn::ItemEnum { ident, .. }) => {
                    names.insert(ident.to_string(), names.len());
                }
                syn::Item::Macro(item) => {
                    if let Some(object) = Object::of(item) {
                        objects.insert(object.name.to_string(), object);
                    }
                    unions.extend(Union::of(item).map(|union| union.name.to_string()));
                }
                _ => {}
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
                        let object = objects.get(&item.ident.to_string());
                        Shape::Struct(model.read_fields(fields, object))
                    }
                },
                syn::Item::Enum(item) if unions.contains(&item.ident.to_string()) => {
                    let variants = item.variants.iter();
                    let members = variants
                        .filter(|variant| variant.ident != "Unknown")
                        .flat_map(|variant| &variant.fields);
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
            (Type::Map { value, .. }, Some(_)) => Some(value),
            (Type::Array { item, .. }, None) => Some(item),
            _ => None,
        }
    }

    /// What an array of type `ty` takes for an item, none when it is no array.
    pub fn item(&self, ty: &Type) -> Option<Type> {
        match self.bare(ty) {
            Type::Array { item, tolerant } if *tolerant => Some(Type::Nullable(item.clone())),
            Type::Array { item, .. } => Some(Type::clone(item)),
            _ => None,
        }
    }

    /// The fields that the runtime's macro is told of; a struct without it is decoded by nobody.
    fn read_fields(&self, fields: &syn::Fields, object: Option<&Object>) -> Vec<Field> {
        let known = object.into_iter().flat_map(|object| &object.fields);
        known
            .filter_map(|known| {
                let field = fields
                    .iter()
                    .find(|field| field.ident.as_ref() == Some(&known.ident))?;
                Some(Field {
                    wire: known.wire.clone(),
                    optional: known.optional,
                    ty: self.read_type(&field.ty),
                })
            })
            .collect()
    }
}
