//! What progenitor's methods say: for each operation its parameters, with their Rust names and types.

use std::collections::{HashMap, HashSet};

use quote::ToTokens as _;
use serde_json::Value;
use syn::visit::{self, Visit};

use crate::content::{self, Form};
use crate::document::Document;
use crate::repair::OPERATION_ID;
use crate::walk;

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
    let operations: HashMap<String, walk::OperationPlace> = walk::operations(&document.root)
        .into_iter()
        .filter_map(|place| {
            let id = place.of(&document.root)?.get("operationId")?.as_str()?;
            Some((id.to_owned(), place))
        })
        .collect();
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
                let place = operations
                    .get(name.trim_start_matches("r#"))
                    .ok_or_else(|| format!("the method {name} belongs to no operation"))?;
                methods.push(method(function, place, &document.root)?);
            }
        }
    }
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
    let mut wires = Wires::default();
    wires.visit_block(&function.block);
    let template: Vec<String> = place
        .path
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
        .collect();
    if template.len() != wires.path.len() {
        return Err(format!(
            "expected {} path parameters in {}, but found {}",
            template.len(),
            function.sig.ident,
            wires.path.len()
        ));
    }
    let path: HashMap<String, String> = wires.path.iter().cloned().zip(template).collect();
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
        let (kind, wire_name) = if let Some(wire) = path.get(&name) {
            (InputKind::Path, wire.clone())
        } else if let Some(wire) = wires.query.get(&name) {
            (InputKind::Query, wire.clone())
        } else if let Some(wire) = wires.header.get(&name) {
            (InputKind::Header, wire.clone())
        } else if wires.body.contains(&name) {
            (InputKind::Body, String::new())
        } else {
            return Err(format!(
                "{} does not send its argument {name}",
                function.sig.ident
            ));
        };
        let (prose, required) = match kind {
            InputKind::Body => body_says(operation),
            _ => (parameter_says(root, place, &wire_name), !optional),
        };
        inputs.push(Input {
            ident: if name == "call" {
                // The generated methods call their request so.
                quote::format_ident!("call_value")
            } else {
                pattern.ident.clone()
            },
            kind,
            wire_name,
            ty,
            required,
            prose,
        });
    }
    let answers_bytes = content::answers_bytes(operation);
    Ok(Method {
        ident: function.sig.ident.clone(),
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
    })
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

fn body_says(operation: &serde_json::Map<String, Value>) -> (String, bool) {
    let body = operation.get("requestBody");
    let text = body
        .and_then(|body| body.get("description"))
        .and_then(Value::as_str);
    let required = body
        .and_then(|body| body.get("required"))
        .and_then(Value::as_bool);
    (text.unwrap_or_default().to_owned(), required == Some(true))
}

fn parameter_says(root: &Value, place: &walk::OperationPlace, wire_name: &str) -> String {
    let item = root.get("paths").and_then(|paths| paths.get(&place.path));
    let owners = [item.and_then(|item| item.get(place.method)), item];
    owners
        .into_iter()
        .flatten()
        .filter_map(|owner| owner.get("parameters")?.as_array())
        .flatten()
        .find(|parameter| parameter.get("name").and_then(Value::as_str) == Some(wire_name))
        .and_then(|parameter| {
            let of_schema = || parameter.get("schema")?.get("description");
            parameter
                .get("description")
                .filter(|text| text.as_str().is_some_and(|text| !text.trim().is_empty()))
                .or_else(of_schema)?
                .as_str()
        })
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

/// Under which name each argument goes out, read from the method's body.
#[derive(Default)]
struct Wires {
    /// The arguments that are put into the path, in its order.
    path: Vec<String>,
    query: HashMap<String, String>,
    header: HashMap<String, String>,
    body: HashSet<String>,
}

impl<'ast> Visit<'ast> for Wires {
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        // format!("{}/a/{}", self.baseurl, encode_path(&id.to_string()))
        if mac.path.is_ident("format") {
            let parser = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
            for expression in mac.parse_body_with(parser).into_iter().flatten() {
                if let syn::Expr::Call(call) = &expression
                    && ends_with(&call.func, "encode_path")
                {
                    self.path.extend(call.args.first().and_then(first_ident));
                }
            }
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        // QueryParam::new("limit", &limit)
        if call
            .func
            .to_token_stream()
            .to_string()
            .ends_with("QueryParam :: new")
            && let (Some(wire), Some(ident)) = (
                call.args.first().and_then(literal),
                call.args.get(1).and_then(first_ident),
            )
        {
            self.query.insert(ident, wire);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        if matches!(name.as_str(), "json" | "form_urlencoded" | "body") {
            self.body.extend(call.args.first().and_then(first_ident));
        }
        if name == "append"
            && let (Some(wire), Some(value)) =
                (call.args.first().and_then(literal), call.args.get(1))
        {
            self.header
                .extend(first_ident(value).map(|ident| (ident, wire)));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_if(&mut self, branch: &'ast syn::ExprIf) {
        // if let Some(value) = x_trace { header_map.append("X-Trace", value.to_string().try_into()?); }
        visit::visit_expr_if(self, branch);
        if let syn::Expr::Let(binding) = &*branch.cond
            && let Some(argument) = first_ident(&binding.expr)
            && let Some(wire) = self.header.remove("value")
        {
            self.header.insert(argument, wire);
        }
    }
}

fn ends_with(function: &syn::Expr, name: &str) -> bool {
    matches!(function, syn::Expr::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident == name))
}

fn literal(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

/// The variable that an expression starts from: `&id.to_string()` → `id`.
fn first_ident(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        syn::Expr::Reference(reference) => first_ident(&reference.expr),
        syn::Expr::MethodCall(call) => first_ident(&call.receiver),
        syn::Expr::Try(question) => first_ident(&question.expr),
        syn::Expr::Paren(paren) => first_ident(&paren.expr),
        _ => None,
    }
}
