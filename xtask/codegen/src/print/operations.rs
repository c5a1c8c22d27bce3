//! The operations' builders and the client's methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::Argument;
use super::documentation;
use super::spelling::{self, Scope, ident};
use crate::client::{Body, Client, Operation, Parameter, Type};
use crate::content::Form;
use crate::inputs::Location;
use crate::settings::{Next, Paging, Rejection, Settings};

/// The module of builders, and the client's methods that start them.
pub(super) fn module(client: &Client) -> TokenStream {
    let builders = client.operations.iter().map(builder);
    let starts = client.operations.iter().map(start);
    let allow = spelling::allowed(client);
    quote! {
        /// One builder for each operation: what [`Client`]'s methods return.
        #allow
        pub mod operations {
            #[allow(unused_imports)]
            use super::{runtime::{self, Call, CustomCall, Error, Operation, Response}, types};

            #(#builders)*
        }

        /// One method for each operation. Nothing is sent until the builder, or its `send`, is awaited.
        impl Client {
            #(#starts)*
        }
    }
}

/// A parameter or the body, as a value that a call is given.
pub(super) struct Input<'a> {
    /// Its Rust name.
    pub(super) name: &'a str,
    pub(super) ty: &'a Type,
    pub(super) required: bool,
    documentation: &'a str,
    /// What its setter sets, where the document says nothing about it.
    what: String,
    pub(super) deprecated: Option<&'a String>,
    /// The method of a call that takes it, and what goes before it.
    pub(super) sent_by: &'static str,
    pub(super) sent_as: Option<&'a str>,
    /// Its name on the wire; empty for a body.
    wire: &'a str,
}

/// What a call of `operation` is given, in the order of the method's arguments.
pub(super) fn inputs(operation: &Operation) -> Vec<Input<'_>> {
    let parameters = operation.parameters.iter().map(parameter);
    parameters
        .chain(operation.body.as_ref().map(body))
        .collect()
}

fn parameter(parameter: &Parameter) -> Input<'_> {
    Input {
        name: &parameter.name,
        ty: &parameter.ty,
        required: parameter.required,
        documentation: parameter.documentation.trim(),
        what: match parameter.wire == parameter.name {
            true => String::new(),
            false => format!("The parameter `{}`.", parameter.wire),
        },
        deprecated: parameter.deprecated.as_ref(),
        sent_by: match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        },
        sent_as: Some(&parameter.wire),
        wire: &parameter.wire,
    }
}

fn body(body: &Body) -> Input<'_> {
    let (sent_by, sent_as) = match body.form {
        Form::Json if body.media_type == "application/json" => ("json", None),
        Form::Json => ("json_as", Some(body.media_type.as_str())),
        Form::Urlencoded => ("form", None),
        Form::Multipart => ("multipart", None),
        Form::Text => ("text", Some(body.media_type.as_str())),
        Form::Bytes => ("raw", Some(body.media_type.as_str())),
    };
    Input {
        name: "body",
        ty: &body.ty,
        required: body.required,
        documentation: body.documentation.trim(),
        what: "The body of the request.".into(),
        deprecated: None,
        sent_by,
        sent_as,
        wire: "",
    }
}

impl Input<'_> {
    /// What a method or a setter takes for it.
    pub(super) fn argument(&self, scope: Scope) -> Argument {
        Argument::of_parameter(self.ty, self.wire, self.sent_by == "path", scope)
    }

    /// The type of the argument called `name`, and the statement that puts it into `call`.
    fn taken(&self, call: &TokenStream, name: &syn::Ident) -> (TokenStream, TokenStream) {
        let method = ident(self.sent_by);
        let sent_as = self.sent_as.map(|name| quote! { #name, });
        let argument = self.argument(Scope::Operations);
        let value = argument.sent(name);
        let set = quote! { #call.#method(#sent_as &#value); };
        (argument.takes(), set)
    }
}

/// The methods of a builder beside its setters.
pub(super) fn methods(operation: &Operation) -> &'static [&'static str] {
    match operation.item {
        Some(_) => &["send", "customize", "pages", "items"],
        None => &["send", "customize"],
    }
}

fn tokens(ty: &Type) -> TokenStream {
    spelling::tokens(ty, Scope::Operations)
}

fn builder(operation: &Operation) -> TokenStream {
    let (send, customize) = match operation.response {
        Type::Bytes => ("send_bytes", "customize_bytes"),
        _ => ("send", "customize"),
    };
    let (send, customize) = (ident(send), ident(customize));
    let Operation {
        id, method, path, ..
    } = operation;
    let response = tokens(&operation.response);
    let name = ident(&spelling::builder(operation));
    let constant = ident(&spelling::constant(operation));
    let settings = settings(operation);
    let pages = pages(operation);
    let line = documentation::attributes(&format!("`{method} {path}`"));
    let inputs = inputs(operation);
    let optional = inputs.iter().filter(|input| !input.required);
    let setters = optional.map(|input| {
        let ident = ident(&spelling::setter(input.name, methods(operation)));
        let doc = documentation::attributes(match input.documentation {
            "" => &input.what,
            text => text,
        });
        let deprecated = documentation::deprecated(input.deprecated);
        let (takes, set) = input.taken(&quote! { self.call }, &ident);
        quote! {
            #doc
            #deprecated
            pub fn #ident(mut self, #ident: #takes) -> Self {
                #set
                self
            }
        }
    });
    quote! {
        #line
        pub(super) const #constant: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            #(#settings,)*
            ..Operation::DEFAULT
        };

        #line
        #[derive(Debug, Clone)]
        #[must_use = "nothing is sent until it is awaited"]
        pub struct #name {
            pub(super) call: Call,
        }

        impl #name {
            #(#setters)*

            /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
            /// the raw response.
            pub fn customize(self) -> CustomCall<#response> {
                self.call.#customize()
            }

            #pages

            /// Sends the request.
            ///
            /// # Errors
            ///
            /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
            pub async fn send(self) -> Result<Response<#response>, Error> {
                self.call.#send().await
            }
        }

        impl IntoFuture for #name {
            type Output = Result<Response<#response>, Error>;
            type IntoFuture = runtime::Sending<#response>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    }
}

fn start(operation: &Operation) -> TokenStream {
    let name = ident(&operation.name);
    let builder = ident(&spelling::builder(operation));
    let constant = ident(&spelling::constant(operation));
    let mut required = inputs(operation);
    required.retain(|input| input.required);
    let mut text = format!(
        "{}\n\n`{} {}`",
        operation.documentation.trim(),
        operation.method,
        operation.path
    );
    for input in required.iter().filter(|it| !it.documentation.is_empty()) {
        text.push_str(&format!("\n\n`{}`: {}", input.name, input.documentation));
    }
    let doc = documentation::attributes(text.trim());
    let (arguments, sets): (Vec<_>, Vec<_>) = required
        .iter()
        .map(|input| {
            let ident = ident(input.name);
            let (takes, set) = input.taken(&quote! { call }, &ident);
            (quote! { #ident: #takes }, set)
        })
        .unzip();
    let mutable = (!required.is_empty()).then(|| quote! { mut });
    let deprecated = documentation::deprecated(operation.deprecated.as_ref());
    quote! {
        #doc
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> operations::#builder {
            let #mutable call = Call::new(self, &operations::#constant);
            #(#sets)*
            operations::#builder { call }
        }
    }
}

/// What the constant of an operation says besides its id, method and path.
fn settings(operation: &Operation) -> Vec<TokenStream> {
    let settings = settings_by_name(operation).into_iter();
    settings
        .map(|(name, value)| {
            let (name, value) = (ident(name), spelling::parsed(&value));
            quote! { #name: #value }
        })
        .collect()
}

/// The settings of an operation that are not the usual ones, as fields of its constant.
pub(super) fn settings_by_name(operation: &Operation) -> Vec<(&'static str, String)> {
    let Settings {
        repeatable,
        idempotency_key,
        rejections,
        paging,
    } = &operation.settings;
    let mut fields = Vec::new();
    // Any other call may be sent again whatever the response was, or never is.
    let by_rejection = repeatable.is_none()
        && idempotency_key.is_none()
        && !["GET", "HEAD", "OPTIONS", "PUT", "DELETE"].contains(&operation.method.as_str());
    if let Some(repeatable) = repeatable {
        let repeat = if *repeatable { "Always" } else { "Unsent" };
        fields.push(("repeat", format!("runtime::Repeat::{repeat}")));
    }
    if let Some(header) = idempotency_key {
        fields.push(("idempotency_key", format!("Some({header:?})")));
    }
    if by_rejection && !rejections.is_empty() {
        let rejections: Vec<String> = rejections
            .iter()
            .map(|Rejection { status, field, contains }| {
                format!("runtime::Rejection {{ status: {status}, field: {field:?}, contains: {contains:?} }}")
            })
            .collect();
        fields.push(("rejections", format!("&[{}]", rejections.join(", "))));
    }
    if operation.response_has_error {
        fields.push(("answers_error", "true".to_owned()));
    }
    if let Some(Paging { items, next }) = paging {
        let next = match next {
            Next::Url(field) => format!("Url({field:?})"),
            Next::Offset { parameter, more } => {
                format!("Offset {{ parameter: {parameter:?}, more: {more:?} }}")
            }
            Next::Token { parameter, field } => {
                format!("Token {{ parameter: {parameter:?}, field: {field:?} }}")
            }
        };
        let paging = format!("runtime::Paging {{ items: {items:?}, next: runtime::Next::{next} }}");
        fields.push(("paging", format!("Some({paging})")));
    }
    fields
}

/// The streams of an operation that gives a list page by page.
fn pages(operation: &Operation) -> Option<TokenStream> {
    let (response, item) = (
        tokens(&operation.response),
        tokens(operation.item.as_ref()?),
    );
    Some(quote! {
        /// The pages of the list, from this one on; each is fetched when it is asked for.
        pub fn pages(self) -> runtime::Pages<Response<#response>> {
            self.call.pages()
        }

        /// The items of the list, of this page and all that follow; each page is fetched when it is asked for.
        pub fn items(self) -> runtime::Pages<#item> {
            self.call.items()
        }
    })
}
