//! The program that calls every method of a client, and the plan of what it is to see.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Value, json};
use syn::visit_mut::VisitMut;

use crate::client::{self, Client, Input};
use crate::document;
use crate::sample::{self, Sample, Sampler};

/// The calls as Rust, the plan of what goes over the wire, and what of the document is not in the client.
pub struct Program {
    pub calls: String,
    pub plan: String,
    pub operations: usize,
    pub missing: Vec<String>,
}

/// The program for `client`, made of the document `root`. `losses` are the places of the examples that are known not to
/// fit their own schema: a body with one of them is not sent.
pub fn write(client: &Client, root: &Value, losses: &[&str]) -> Program {
    let mut functions = Vec::new();
    let mut names = Vec::new();
    let mut decodes = Vec::new();
    let mut plan = Vec::new();
    let mut bodies = Vec::new();
    let mut missing = Vec::new();
    for (index, operation) in client.operations.iter().enumerate() {
        let found = document::Operation::find(root, &operation.http_method, &operation.path);
        let Some(found) = found else {
            missing.push(format!("{}: it is not in the document", operation.id));
            continue;
        };
        missing.extend(unsaid(operation, &found));
        let passes = [
            Some(pass(client, operation, None, false)),
            Some(pass(client, operation, None, true)),
            found
                .request()
                .filter(|_| has_body(operation) && !contradicts(&found, losses))
                .map(|example| {
                    bodies.push(example.clone());
                    pass(client, operation, Some((bodies.len() - 1, example)), false)
                }),
        ];
        let (calls, sent): (Vec<TokenStream>, Vec<Value>) = passes.into_iter().flatten().unzip();
        let (name, send) = (format_ident!("call_{index}"), format_ident!("send_{index}"));
        let builder = &operation.builder;
        let bytes = sample::is(&operation.answer, "Bytes");
        let got = if bytes {
            quote! { bytes }
        } else {
            quote! { decoded }
        };
        functions.push(quote! {
            fn #send(call: operations::#builder) -> inside::Pending<'static> {
                Box::pin(async move { inside::#got(call.send().await) })
            }

            fn #name<'a>(client: &'a Client, bodies: &[Value]) -> Vec<inside::Call<'a>> {
                vec![#(inside::call(#calls, #send)),*]
            }
        });
        names.push(name);
        let answer = &operation.answer;
        decodes.push(match bytes {
            true => quote! { None },
            false => quote! { Some(inside::perturb::decode::<#answer>) },
        });
        plan.push(json!({
            "name": format!("{} ({} {})", operation.id, operation.http_method, found.path),
            "method": operation.http_method,
            "path": found.path,
            "answer": match (bytes, sample::is(&operation.answer, "Value")) {
                (true, _) => "bytes",
                (_, true) => "any",
                _ => "typed",
            },
            "answers": found.answers().iter().map(|answer| json!({
                "media_type": answer.media_type,
                "body": String::from_utf8(answer.body.clone()).map_or(json!(answer.body), Value::from),
            })).collect::<Vec<_>>(),
            "passes": sent,
        }));
    }
    let file = quote! {
        use serde_json::Value;

        use crate::generated::{operations, types};
        use crate::inside;
        use crate::runtime::{self, Client};

        pub const ALL: &[for<'a> fn(&'a Client, &[Value]) -> Vec<inside::Call<'a>>] = &[#(#names),*];

        pub const DECODE: &[Option<inside::perturb::Decode>] = &[#(#decodes),*];

        #(#functions)*
    };
    let file = syn::parse2(file).expect("the calls are Rust");
    Program {
        calls: prettyplease::unparse(&file),
        operations: plan.len(),
        plan: json!({ "operations": plan, "bodies": bodies }).to_string(),
        missing,
    }
}

/// Whether an example of the request is known not to fit its own schema.
fn contradicts(operation: &document::Operation<'_>, losses: &[&str]) -> bool {
    let body = operation.pointer() + "/requestBody/";
    losses.iter().any(|pointer| pointer.starts_with(&body))
}

fn has_body(operation: &client::Operation) -> bool {
    let inputs = operation.required.iter().chain(&operation.optional);
    inputs.filter_map(form).next().is_some()
}

/// The form of the body that an input is; none when it is a parameter.
fn form(input: &Input) -> Option<&str> {
    let place = input.place.as_str();
    (!matches!(place, "path" | "query" | "header")).then_some(place)
}

/// One call, as an expression, and what is to be seen of it. With the body from an example, if there is one.
fn pass(
    client: &Client,
    operation: &client::Operation,
    example: Option<(usize, Value)>,
    all: bool,
) -> (TokenStream, Value) {
    let mut sampler = Sampler::new(client, all);
    let mut inputs = Vec::new();
    let mut value = |input: &Input| {
        let (tokens, value) = match (form(input), &example) {
            (Some("json" | "json_as" | "form" | "multipart"), Some((index, example))) => {
                let ty = typed(&input.ty);
                (
                    quote! { inside::body::<#ty>(bodies, #index)? },
                    example.clone(),
                )
            }
            _ => sampled(&mut sampler, input),
        };
        inputs.push(json!({ "place": input.place, "name": input.name, "value": value }));
        tokens
    };
    let method = &operation.method;
    let arguments: Vec<TokenStream> = operation.required.iter().map(&mut value).collect();
    let mut call = quote! { client.#method(#(#arguments),*) };
    for input in &operation.optional {
        if all || example.is_some() && form(input).is_some() {
            let argument = value(input);
            let setter = &input.ident;
            call = quote! { #call.#setter(#argument) };
        }
    }
    let name = match (&example, all) {
        (Some(_), _) => "the documented body",
        (None, true) => "all that can be set",
        (None, false) => "what is required",
    };
    (
        quote! { (|| Ok(#call))() },
        json!({ "name": name, "inputs": inputs, "example": example.is_some() }),
    )
}

fn sampled(sampler: &mut Sampler<'_>, input: &Input) -> Sample {
    match input.place.as_str() {
        "path" => sampler.scalar(&input.ty),
        "header" => {
            let (tokens, value) = sampler.scalar(&input.ty);
            match value {
                // A header holds ASCII.
                Value::String(text) if text.contains('é') => {
                    let ty = typed(&input.ty);
                    (
                        quote! { <#ty>::from("visible text") },
                        json!("visible text"),
                    )
                }
                value => (tokens, value),
            }
        }
        _ => sampler.any(&input.ty),
    }
}

/// A type as it is written outside of the client, and what is decoded in place of what only takes an argument.
fn typed(ty: &syn::Type) -> TokenStream {
    struct Plain;
    impl VisitMut for Plain {
        fn visit_type_mut(&mut self, ty: &mut syn::Type) {
            if sample::is(ty, "Id") {
                *ty = syn::parse_quote!(String);
            } else if sample::is(ty, "Integer") {
                *ty = syn::parse_quote!(i64);
            }
            syn::visit_mut::visit_type_mut(self, ty);
        }
    }
    let mut ty = ty.clone();
    Plain.visit_type_mut(&mut ty);
    quote! { #ty }
}

/// The parameters that the document has and the client lacks, or does not ask for.
fn unsaid(operation: &client::Operation, found: &document::Operation<'_>) -> Vec<String> {
    // Quotes, brackets and dots are ways to write a nested name.
    let plain = |name: &str| name.replace(['[', ']', '\'', '"', '.'], "");
    let has = |inputs: &[Input], parameter: &document::Parameter<'_>| {
        inputs.iter().any(|input| {
            let name = input.name.as_deref().unwrap_or_default();
            input.place == parameter.place && plain(name) == plain(parameter.name)
        })
    };
    let parameters = found.parameters().into_iter().filter(|parameter| {
        let required = has(&operation.required, parameter);
        match parameter.place {
            "path" => found.path.contains(&format!("{{{}}}", parameter.name)) && !required,
            _ if parameter.required => !required,
            _ => !required && !has(&operation.optional, parameter),
        }
    });
    parameters
        .map(|parameter| {
            format!(
                "{}: the client has no {} parameter `{}`{}",
                operation.id,
                parameter.place,
                parameter.name,
                if parameter.required {
                    " among its arguments"
                } else {
                    ""
                }
            )
        })
        .collect()
}
