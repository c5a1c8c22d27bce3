//! The type of a value, as far as it decides what a program holds and what goes over the wire.

/// The name under which the client's code knows the module of hand-written types.
pub(crate) const RUNTIME: &str = "runtime";

/// The type of a parameter, a body, a response, a field or a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// Any JSON.
    Any,
    /// An object of any content.
    AnyObject,
    /// A text.
    String,
    /// A text that is not shown.
    Secret,
    /// Any JSON that is not shown.
    SecretValue,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number that may lose digits.
    Float,
    /// A number as it was sent.
    Number,
    /// The content of a file that is sent.
    Upload,
    /// The body of a response as it was sent.
    Bytes,
    /// `T`, or nothing.
    Optional(Box<Type>),
    /// `T`, behind a pointer: a type that contains itself has no size otherwise.
    Boxed(Box<Type>),
    /// A JSON array. A tolerant one keeps `null` among its items.
    List {
        /// The type of its items.
        item: Box<Type>,
        /// Whether the runtime's own list is used.
        tolerant: bool,
    },
    /// A JSON object whose keys are data. A tolerant one takes `[]` for `{}` and keeps values of other types.
    Map {
        /// The type of its values.
        value: Box<Type>,
        /// Whether the runtime's own map is used.
        tolerant: bool,
    },
    /// A type that the client declares.
    Named(String),
}

impl Type {
    /// `T`, or nothing.
    #[must_use]
    pub fn optional(self) -> Self {
        Self::Optional(Box::new(self))
    }

    /// `T` of an optional type, and any other type itself.
    pub fn required(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner,
            other => other,
        }
    }

    /// Whether a value may be nothing.
    pub fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// The name of the declared type in it, none when it has none.
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Optional(inner) | Self::Boxed(inner) => inner.declared(),
            Self::List { item, .. } => item.declared(),
            Self::Map { value, .. } => value.declared(),
            _ => None,
        }
    }
}
