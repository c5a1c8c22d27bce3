//! The operations' builders and the client's methods.

use heck::ToShoutySnakeCase as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::arguments::{self, Argument};
use super::methods::{Input, InputKind, Method};
use super::prose;
use crate::content::Form;
use crate::names;
use crate::settings::{Next, Paging, Rejection, Settings};

/// The module of builders, and the client's methods that start them.
pub fn write(methods: &[Method]) -> TokenStream {
    let builders = methods.iter().map(builder);
    let starts = methods.iter().map(start);
    quote! {
        /// One builder for each operation: what [`Client`]'s methods return.
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

fn type_ident(method: &Method) -> syn::Ident {
    format_ident!("{}", names::type_name(&method.ident.to_string()))
}

fn constant(method: &Method) -> syn::Ident {
    format_ident!("{}", method.ident.to_string().to_shouty_snake_case())
}

fn builder(method: &Method) -> TokenStream {
    let Method {
        operation_id,
        http_method,
        path,
        answer,
        answers_bytes,
        ..
    } = method;
    let send = if *answers_bytes {
        format_ident!("send_bytes")
    } else {
        format_ident!("send")
    };
    let customize = if *answers_bytes {
        format_ident!("customize_bytes")
    } else {
        format_ident!("customize")
    };
    let name = type_ident(method);
    let constant = constant(method);
    let settings = settings(method);
    let pages = pages(method);
    let line = prose::attributes(&format!("`{http_method} {path}`"));
    let setters = method
        .inputs
        .iter()
        .filter(|input| !input.required)
        .map(|input| {
            let ident = setter_ident(method, input);
            let doc = prose::attributes(&input_prose(input));
            let Argument { takes, value } = argument(input, &ident);
            let set = set(method, input, &value, &quote! { self.call });
            quote! {
                #doc
                pub fn #ident(mut self, #ident: #takes) -> Self {
                    #set
                    self
                }
            }
        });
    quote! {
        #line
        pub(super) const #constant: Operation = Operation {
            id: #operation_id,
            method: #http_method,
            path: #path,
            #(#settings)*
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
            /// the raw answer.
            pub fn customize(self) -> CustomCall<#answer> {
                self.call.#customize()
            }

            #pages

            /// Sends the request.
            ///
            /// # Errors
            ///
            /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
            pub async fn send(self) -> Result<Response<#answer>, Error> {
                self.call.#send().await
            }
        }

        impl IntoFuture for #name {
            type Output = Result<Response<#answer>, Error>;
            type IntoFuture = runtime::Sending<#answer>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    }
}

fn start(method: &Method) -> TokenStream {
    let name = &method.ident;
    let builder = type_ident(method);
    let constant = constant(method);
    let required: Vec<&Input> = method
        .inputs
        .iter()
        .filter(|input| input.required)
        .collect();
    let mut text = format!(
        "{}\n\n`{} {}`",
        method.prose.trim(),
        method.http_method,
        method.path
    );
    for input in &required {
        if !input.prose.trim().is_empty() {
            text.push_str(&format!("\n\n`{}`: {}", input.ident, input.prose.trim()));
        }
    }
    let doc = prose::attributes(text.trim());
    let (arguments, sets): (Vec<_>, Vec<_>) = required
        .iter()
        .map(|input| {
            let ident = &input.ident;
            let Argument { takes, value } = argument(input, ident);
            let set = set(method, input, &value, &quote! { call });
            (quote! { #ident: #takes }, set)
        })
        .unzip();
    let mutable = (!required.is_empty()).then(|| quote! { mut });
    quote! {
        #doc
        pub fn #name(&self, #(#arguments),*) -> operations::#builder {
            let #mutable call = Call::new(self, &operations::#constant);
            #(#sets)*
            operations::#builder { call }
        }
    }
}

/// What the constant of an operation says besides its id, method and path.
fn settings(method: &Method) -> Vec<TokenStream> {
    let Settings {
        repeatable,
        idempotency_key,
        rejections,
        paging,
    } = &method.settings;
    let mut fields = Vec::new();
    // Any other call may be sent again whatever the response was, or never is.
    let by_rejection = repeatable.is_none()
        && idempotency_key.is_none()
        && !["GET", "HEAD", "OPTIONS", "PUT", "DELETE"].contains(&method.http_method.as_str());
    if let Some(repeatable) = repeatable {
        let repeat = format_ident!("{}", if *repeatable { "Always" } else { "Unsent" });
        fields.push(quote! { repeat: runtime::Repeat::#repeat, });
    }
    if let Some(header) = idempotency_key {
        fields.push(quote! { idempotency_key: Some(#header), });
    }
    if by_rejection && !rejections.is_empty() {
        let rejections = rejections.iter().map(|rejection| {
            let Rejection {
                status,
                field,
                contains,
            } = rejection;
            let status = proc_macro2::Literal::u16_unsuffixed(*status);
            quote! { runtime::Rejection { status: #status, field: #field, contains: #contains } }
        });
        fields.push(quote! { rejections: &[#(#rejections),*], });
    }
    if method.answers_error {
        fields.push(quote! { answers_error: true, });
    }
    if let Some(Paging { items, next }) = paging {
        let next = match next {
            Next::Url(field) => quote! { Url(#field) },
            Next::Offset { parameter, more } => {
                let more = match more {
                    Some(field) => quote! { Some(#field) },
                    None => quote! { None },
                };
                quote! { Offset { parameter: #parameter, more: #more } }
            }
            Next::Token { parameter, field } => {
                quote! { Token { parameter: #parameter, field: #field } }
            }
        };
        fields.push(quote! {
            paging: Some(runtime::Paging { items: #items, next: runtime::Next::#next }),
        });
    }
    fields
}

/// The streams of an operation that gives a list page by page.
fn pages(method: &Method) -> Option<TokenStream> {
    let (answer, item) = (&method.answer, method.item.as_ref()?);
    Some(quote! {
        /// The pages of the list, from this one on; each is fetched when it is asked for.
        pub fn pages(self) -> runtime::Pages<Response<#answer>> {
            self.call.pages()
        }

        /// The items of the list, of this page and all that follow; each page is fetched when it is asked for.
        pub fn items(self) -> runtime::Pages<#item> {
            self.call.items()
        }
    })
}

/// The builder has methods of its own, so a parameter of such a name is set by another one.
fn setter_ident(method: &Method, input: &Input) -> syn::Ident {
    let listing = method.item.is_some();
    if ["send", "customize"].iter().any(|name| input.ident == name)
        || (listing && ["pages", "items"].iter().any(|name| input.ident == name))
    {
        format_ident!("set_{}", input.ident)
    } else {
        input.ident.clone()
    }
}

fn input_prose(input: &Input) -> String {
    match (input.kind, input.prose.trim()) {
        (InputKind::Body, "") => "Sets the body.".into(),
        (InputKind::Body, text) => format!("Sets the body.\n\n{text}"),
        (_, "") => format!("Sets the parameter `{}`.", input.wire_name),
        (_, text) => format!("Sets the parameter `{}`.\n\n{text}", input.wire_name),
    }
}

/// What is taken for an input, in an argument or a setter that is called `ident`.
fn argument(input: &Input, ident: &syn::Ident) -> Argument {
    let in_path = input.kind == InputKind::Path;
    arguments::parameter(ident, &input.ty, &input.wire_name, in_path)
}

fn set(method: &Method, input: &Input, value: &TokenStream, call: &TokenStream) -> TokenStream {
    let wire = &input.wire_name;
    let body = method.body.as_ref();
    match (
        input.kind,
        body.map(|(form, media)| (*form, media.as_str())),
    ) {
        (InputKind::Path, _) => quote! { #call.path(#wire, &#value); },
        (InputKind::Query, _) => quote! { #call.query(#wire, &#value); },
        (InputKind::Header, _) => quote! { #call.header(#wire, &#value); },
        (InputKind::Body, None | Some((Form::Json, "application/json"))) => {
            quote! { #call.json(&#value); }
        }
        (InputKind::Body, Some((Form::Json, media))) => {
            quote! { #call.json_as(#media, &#value); }
        }
        (InputKind::Body, Some((Form::Urlencoded, _))) => quote! { #call.form(&#value); },
        (InputKind::Body, Some((Form::Multipart, _))) => {
            quote! { #call.multipart(&#value); }
        }
        (InputKind::Body, Some((Form::Text, media))) => {
            quote! { #call.text(#media, &#value); }
        }
        (InputKind::Body, Some((Form::Bytes, media))) => {
            quote! { #call.raw(#media, &#value); }
        }
    }
}
