//! An operation of the client: what a call of it sends, and what comes back.

use super::Type;
use crate::content::Form;
use crate::inputs::Location;
use crate::settings::Settings;

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The name of the client's method.
    pub name: String,
    /// Its id in the upstream document.
    pub id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// What the document says about it.
    pub documentation: String,
    /// Why it should not be used any more; empty where the document only says that.
    pub deprecated: Option<String>,
    /// Its parameters, in the order of the method's arguments.
    pub parameters: Vec<Parameter>,
    /// The body of its request, if it has one.
    pub body: Option<Body>,
    /// The type of a successful response.
    pub response: Type,
    /// Whether the documented response has a field for an error.
    pub response_has_error: bool,
    /// What OpenAPI has no word for.
    pub settings: Settings,
    /// The type of the items when the response is a page of a list.
    pub item: Option<Type>,
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its Rust name.
    pub name: String,
    /// Its name in the request.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Its type.
    pub ty: Type,
    /// Whether a call without it is refused.
    pub required: bool,
    /// What the document says about it; empty when it says nothing.
    pub documentation: String,
    /// Why it should not be used any more; empty where the document only says that.
    pub deprecated: Option<String>,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Its form.
    pub form: Form,
    /// The media type that goes over the wire, unless the form decides it.
    pub media_type: String,
    /// Its type.
    pub ty: Type,
    /// Whether a call without it is refused.
    pub required: bool,
    /// What the document says about it; empty when it says nothing.
    pub documentation: String,
}

impl Operation {
    /// The types of what a request sends.
    pub fn sent(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(self.body.iter().map(|body| &body.ty))
    }

    /// The parameter that is called `wire` in the request.
    pub fn parameter(&self, wire: &str, location: Location) -> Option<&Parameter> {
        let mut parameters = self.parameters.iter();
        parameters.find(|parameter| parameter.wire == wire && parameter.location == location)
    }
}
