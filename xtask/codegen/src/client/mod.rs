//! The model of the client: what is said of it, as data. Every stage after `progenitor` takes it, and none of them reads
//! the Rust that is printed of it.

mod operation;
mod round_trip;
mod rust_type;
mod type_declaration;

use std::collections::{BTreeMap, BTreeSet};

pub use operation::{Body, Operation, Parameter};
pub use round_trip::Refusal;
pub(crate) use rust_type::RUNTIME;
pub use rust_type::Type;
pub use type_declaration::{EnumValue, Field, Member, Presence, Shape, TypeDeclaration};

/// A client: its operations, and the types of what they send and receive.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Client {
    /// In the order of their paths.
    pub operations: Vec<Operation>,
    /// By their names.
    pub types: BTreeMap<String, TypeDeclaration>,
}

impl Client {
    /// The operation of `method`, in any case, at `path`.
    pub fn operation(&self, path: &str, method: &str) -> Option<&Operation> {
        let mut operations = self.operations.iter();
        operations.find(|it| it.path == path && it.method.eq_ignore_ascii_case(method))
    }

    /// `ty` without what only says that it may be absent, stands elsewhere in memory, or is another name for it.
    pub fn bare<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        loop {
            ty = match ty {
                Type::Optional(inner) | Type::Boxed(inner) => inner,
                Type::Named(name) => match self.shape(name) {
                    Some(Shape::Wrapper(inner)) => inner,
                    _ => return ty,
                },
                _ => return ty,
            };
        }
    }

    /// What the type of that name is made of.
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        self.types.get(name).map(|declaration| &declaration.shape)
    }

    /// What the type behind `ty` is made of, none when it is not declared here.
    pub fn shape_of(&self, ty: &Type) -> Option<&Shape> {
        match self.bare(ty) {
            Type::Named(name) => self.shape(name),
            _ => None,
        }
    }

    /// The type of what lies one JSON step below a value of type `ty`: a property, or an item. None when the type says
    /// nothing of it.
    pub fn step<'a>(&'a self, ty: &'a Type, property: Option<&str>) -> Option<&'a Type> {
        match (self.bare(ty), property) {
            (Type::Named(name), Some(wire)) => match self.shape(name)? {
                Shape::Struct { fields, .. } => fields
                    .iter()
                    .find(|field| field.wire == wire)
                    .map(|field| &field.ty),
                _ => None,
            },
            (Type::Map { value, .. }, Some(_)) => Some(value),
            (Type::List { item, .. }, None) => Some(item),
            _ => None,
        }
    }

    /// Whether something in it is deprecated.
    pub fn has_deprecated(&self) -> bool {
        let of_operation = |operation: &Operation| {
            let mut parameters = operation.parameters.iter();
            operation.deprecated.is_some() || parameters.any(|it| it.deprecated.is_some())
        };
        let of_type = |declaration: &TypeDeclaration| match &declaration.shape {
            Shape::Struct { fields, .. } => fields.iter().any(|it| it.deprecated.is_some()),
            _ => false,
        };
        self.operations.iter().any(of_operation) || self.types.values().any(of_type)
    }

    /// The names of the types that are met from `roots` on.
    pub fn reached<'a>(&'a self, roots: impl IntoIterator<Item = &'a Type>) -> BTreeSet<&'a str> {
        let mut open: Vec<&Type> = roots.into_iter().collect();
        let mut found = BTreeSet::new();
        while let Some(ty) = open.pop() {
            if let Some((name, declaration)) = ty
                .declared()
                .and_then(|name| self.types.get_key_value(name))
                && found.insert(name.as_str())
            {
                open.extend(declaration.shape.types());
            }
        }
        found
    }
}
