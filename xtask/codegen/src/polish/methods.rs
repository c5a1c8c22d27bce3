//! What progenitor's methods say: for each operation its parameters, with their Rust names and types.

use quote::{ToTokens as _, format_ident};
use serde_json::{Map, Value};

use crate::content::{self, Form};
use crate::document::Document;
use crate::repair::OPERATION_ID;
use crate::settings::{self, Settings};
use crate::{inputs, lower, names, walk};

/// One operation of the client.
pub struct Method {
    /// The method's name.
    pub ident: syn::Ident,
    /// The operation's id in the upstream document.
    pub operation_id: String,
    /// The HTTP method, in capitals.
    pub http_method: String,
    /// The path template.
    pub path: String,
    /// What the document says about it.
    pub prose: String,
    /// Its parameters and body, in the order of the method's arguments.
    pub inputs: Vec<Input>,
    /// The form of its body, and the media type, for those that have one.
    pub body: Option<(Form, String)>,
    /// The type of its answer.
    pub answer: syn::Type,
    /// Whether the answer is what its body holds, whatever that is.
    pub answers_bytes: bool,
    /// Whether the documented answer has a field `error`.
    pub answers_error: bool,
    /// What OpenAPI has no word for.
    pub settings: Settings,
    /// The type of the items when the answer is a page of a list.
    pub item: Option<syn::Type>,
}

impl Method {
    /// The parameter that is called `name` in the request.
    pub fn input(&self, name: &str, kind: InputKind) -> Option<&Input> {
        let mut inputs = self.inputs.iter();
        inputs.find(|input| input.wire_name == name && input.kind == kind)
    }
}

/// A parameter or the body of an operation.
pub struct Input {
    /// Its Rust name.
    pub ident: syn::Ident,
    /// Where it goes.
    pub kind: InputKind,
    /// Its name in the request; empty for a body.
    pub wire_name: String,
    /// Its type, owned.
    pub ty: syn::Type,
    /// Whether a call without it is refused.
    pub required: bool,
    /// What the document says about it.
    pub prose: String,
}

/// Where an input goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into the body.
    Body,
}

/// Every method of progenitor's client, joined with what the document says of its operation.
pub fn read(file: &syn::File, document: &Document) -> Result<Vec<Method>, String> {
    let operations = walk::operations(&document.root);
    let mut methods = Vec::new();
    for item in &file.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        for item in &item.items {
            if let syn::ImplItem::Fn(function) = item
                && function.sig.asyncness.is_some()
            {
                let name = function.sig.ident.to_string();
                let place = lower::operation_index(&name)
                    .and_then(|index| operations.get(index))
                    .ok_or_else(|| format!("the method {name} belongs to no operation"))?;
                methods.push(method(function, place, &document.root)?);
            }
        }
    }
    // The order in which a document lists its paths means nothing.
    methods.sort_by_cached_key(|method| {
        let verb = walk::METHODS
            .iter()
            .position(|verb| method.http_method.eq_ignore_ascii_case(verb));
        (method.path.clone(), verb)
    });
    Ok(methods)
}

fn method(
    function: &syn::ImplItemFn,
    place: &walk::OperationPlace,
    root: &Value,
) -> Result<Method, String> {
    let operation = place.of(root).ok_or("the operation is gone")?;
    let text = |key: &str| {
        operation
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let parameters = inputs::parameters(root, place);
    let mut inputs = Vec::new();
    for argument in &function.sig.inputs {
        let syn::FnArg::Typed(argument) = argument else {
            continue;
        };
        let syn::Pat::Ident(pattern) = &*argument.pat else {
            return Err(format!(
                "{} has an argument without a name",
                function.sig.ident
            ));
        };
        let name = pattern.ident.to_string();
        let (optional, ty) = owned(&argument.ty);
        let parameter = inputs::index(&name).and_then(|index| parameters.get(index));
        inputs.push(match parameter {
            Some(parameter) => Input {
                ident: format_ident!("{}", parameter.ident),
                kind: match parameter.location {
                    inputs::Location::Path => InputKind::Path,
                    inputs::Location::Query => InputKind::Query,
                    inputs::Location::Header => InputKind::Header,
                },
                wire_name: parameter.wire.to_owned(),
                ty,
                required: !optional,
                prose: parameter_says(parameter.says),
            },
            None if name == "body" => {
                let (prose, required) = body_says(operation);
                Input {
                    ident: pattern.ident.clone(),
                    kind: InputKind::Body,
                    wire_name: String::new(),
                    ty,
                    required,
                    prose,
                }
            }
            None => {
                return Err(format!(
                    "{} does not send its argument {name}",
                    function.sig.ident
                ));
            }
        });
    }
    let answers_bytes = content::answers_bytes(operation);
    Ok(Method {
        ident: method_ident(text("operationId"), &function.sig.ident),
        operation_id: text(OPERATION_ID).to_owned(),
        http_method: place.method.to_uppercase(),
        path: place.path.clone(),
        prose: prose(text("summary"), text("description")),
        inputs,
        body: content::request(root, operation).map(|body| (body.form, body.media_type())),
        answer: if answers_bytes {
            syn::parse_quote!(runtime::Bytes)
        } else {
            answer(&function.sig)?
        },
        answers_bytes,
        answers_error: content::answers_field(root, operation, &["error", "errors"]),
        settings: settings::read(root, operation),
        item: None,
    })
}

/// The name that the repairs gave the operation, as an identifier.
fn method_ident(name: &str, otherwise: &syn::Ident) -> syn::Ident {
    let suffix = if names::is_keyword(name) { "_" } else { "" };
    syn::parse_str(&format!("{name}{suffix}")).unwrap_or_else(|_| otherwise.clone())
}

fn prose(summary: &str, description: &str) -> String {
    let summary = summary.trim();
    let stop = if summary.is_empty() || summary.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{summary}{stop}\n\n{}", description.trim())
}

fn body_says(operation: &Map<String, Value>) -> (String, bool) {
    let body = operation.get("requestBody");
    let text = body
        .and_then(|body| body.get("description"))
        .and_then(Value::as_str);
    let required = body
        .and_then(|body| body.get("required"))
        .and_then(Value::as_bool);
    (text.unwrap_or_default().to_owned(), required == Some(true))
}

fn parameter_says(parameter: &Map<String, Value>) -> String {
    let of_schema = || parameter.get("schema")?.get("description");
    parameter
        .get("description")
        .filter(|text| text.as_str().is_some_and(|text| !text.trim().is_empty()))
        .or_else(of_schema)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Whether an argument's type is an `Option`, and the type that a caller owns: `Option<&'a str>` → `String`.
fn owned(ty: &syn::Type) -> (bool, syn::Type) {
    if let Some(inner) = crate::polish::types::generic_argument(ty, "Option") {
        return (true, owned(&inner).1);
    }
    if let syn::Type::Reference(reference) = ty {
        if reference.elem.to_token_stream().to_string() == "str" {
            return (false, syn::parse_quote!(String));
        }
        return (false, crate::polish::types::short(&reference.elem));
    }
    (false, crate::polish::types::short(ty))
}

/// `T` of `Result<ResponseValue<T>, _>`.
fn answer(signature: &syn::Signature) -> Result<syn::Type, String> {
    let unknown = || format!("{} does not answer with a ResponseValue", signature.ident);
    let syn::ReturnType::Type(_, ty) = &signature.output else {
        return Err(unknown());
    };
    crate::polish::types::generic_argument(ty, "Result")
        .and_then(|ty| crate::polish::types::generic_argument(&ty, "ResponseValue"))
        .map(|ty| crate::polish::types::short(&ty))
        .ok_or_else(unknown)
}
