//! A type that the client declares.

use super::Type;

/// A struct, an enum or a wrapper that the client declares.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDeclaration {
    /// What the document says about it; empty when it says nothing.
    pub documentation: String,
    /// What it is made of.
    pub shape: Shape,
    /// The JSON pointers of its schemas in the document before shapes were named: equal shapes are one type.
    pub places: Vec<String>,
}

/// What a declared type is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object of known properties.
    Struct {
        /// In the order of their names on the wire.
        fields: Vec<Field>,
        /// Whether a request sends it, so that it has a constructor and setters.
        sent: bool,
    },
    /// Another name for a type.
    Wrapper(Type),
    /// One of several texts, or another text.
    StringEnum(Vec<EnumValue>),
    /// One of several types, or any other JSON.
    Union(Vec<Member>),
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its Rust name.
    pub name: String,
    /// Its name in JSON.
    pub wire: String,
    /// Its type; optional where the field may hold nothing.
    pub ty: Type,
    /// Whether it may be absent.
    pub presence: Presence,
    /// What the document says about it; empty when it says nothing.
    pub documentation: String,
    /// A value that the document shows, as JSON.
    pub example: Option<String>,
    /// Why it should not be used any more; empty where the document only says that.
    pub deprecated: Option<String>,
}

/// Whether a field may be absent, and what is sent when it holds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// It always holds a value.
    Required,
    /// It is always there, and may be `null`.
    Nullable,
    /// It may be absent, and is not sent when it holds nothing.
    Optional,
}

/// One text of a string enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// The variant's name.
    pub name: String,
    /// The text.
    pub wire: String,
}

/// One type of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The variant's name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// What the document says about it; empty when it says nothing.
    pub documentation: String,
}

impl Shape {
    /// The types that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
            Self::Wrapper(ty) => vec![ty],
            Self::StringEnum(_) => Vec::new(),
            Self::Union(members) => members.iter().map(|member| &member.ty).collect(),
        }
    }
}
