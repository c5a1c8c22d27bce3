//! progenitor's methods → the operations of the model, joined with what the document says of each.

use serde_json::{Map, Value};

use super::read_type::{self, argument_of};
use super::{deprecation, lower};
use crate::client::{Body, Operation, Parameter, Type};
use crate::content;
use crate::document::Document;
use crate::repair::OPERATION_ID;
use crate::{inputs, names, naming, settings, walk};

/// Every operation, in the order of paths and methods.
pub(super) fn read(file: &syn::File, document: &Document) -> Result<Vec<Operation>, String> {
    let places = walk::operations(&document.root);
    let mut operations = Vec::new();
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
                    .and_then(|index| places.get(index))
                    .ok_or_else(|| format!("the method {name} belongs to no operation"))?;
                operations.push(operation(&function.sig, place, &document.root)?);
            }
        }
    }
    // The order in which a document lists its paths means nothing.
    operations.sort_by_cached_key(|operation| {
        let mut methods = walk::METHODS.iter();
        let method = methods.position(|method| operation.method.eq_ignore_ascii_case(method));
        (operation.path.clone(), method)
    });
    Ok(operations)
}

fn operation(
    signature: &syn::Signature,
    place: &walk::OperationPlace,
    root: &Value,
) -> Result<Operation, String> {
    let says = place.of(root).ok_or("the operation is gone")?;
    let text = |key: &str| says.get(key).and_then(Value::as_str).unwrap_or_default();
    let declared = naming::parameters(root, place);
    let mut parameters = Vec::new();
    let mut body = None;
    for argument in &signature.inputs {
        let syn::FnArg::Typed(argument) = argument else {
            continue;
        };
        let syn::Pat::Ident(pattern) = &*argument.pat else {
            return Err(format!(
                "{} has an argument without a name",
                signature.ident
            ));
        };
        let name = pattern.ident.to_string();
        let parameter = inputs::index(&name).and_then(|index| declared.get(index));
        if let Some(parameter) = parameter {
            let optional = argument_of(&argument.ty, "Option");
            parameters.push(Parameter {
                name: parameter.ident.clone(),
                wire: parameter.wire.to_owned(),
                location: parameter.location,
                ty: read_type::read(optional.unwrap_or(&argument.ty))?,
                required: optional.is_none(),
                documentation: parameter_says(parameter.says),
                deprecated: deprecation::read(parameter.says),
            });
        } else if let Some(sent) = content::request(root, says).filter(|_| name == "body") {
            let (documentation, required) = body_says(says);
            body = Some(Body {
                form: sent.form,
                media_type: sent.media_type(),
                ty: read_type::read(&argument.ty)?,
                required,
                documentation,
            });
        } else {
            let method = &signature.ident;
            return Err(format!("{method} does not send its argument {name}"));
        }
    }
    Ok(Operation {
        name: method_name(text("operationId"), &signature.ident),
        id: text(OPERATION_ID).to_owned(),
        method: place.method.to_uppercase(),
        path: place.path.clone(),
        documentation: prose(text("summary"), text("description")),
        deprecated: deprecation::read(says),
        parameters,
        body,
        response: if content::answers_bytes(says) {
            Type::Bytes
        } else {
            response(signature)?
        },
        response_has_error: content::answers_field(root, says, &["error", "errors"]),
        settings: settings::read(root, says),
        item: None,
    })
}

/// The name that the repairs gave the operation, as an identifier.
fn method_name(name: &str, otherwise: &syn::Ident) -> String {
    let suffix = if names::is_keyword(name) { "_" } else { "" };
    let name = format!("{name}{suffix}");
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        name
    } else {
        otherwise.to_string()
    }
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

/// `T` of `Result<ResponseValue<T>, _>`.
fn response(signature: &syn::Signature) -> Result<Type, String> {
    let value = match &signature.output {
        syn::ReturnType::Type(_, ty) => {
            argument_of(ty, "Result").and_then(|ty| argument_of(ty, "ResponseValue"))
        }
        syn::ReturnType::Default => None,
    };
    let value = value
        .ok_or_else(|| format!("{} does not respond with a ResponseValue", signature.ident))?;
    read_type::read(value)
}
