//! progenitor's file → the client's file: what progenitor cannot be told.
//!
//! From progenitor come the types, the methods' names and their parameters; the form in which a user meets them is made
//! here. A call is data ([`operations`]), so that it is sent in one place of the hand-written runtime; string enums stay
//! open, every optional field says so, and documentation is made safe ([`prose`]).

mod arguments;
pub(crate) mod methods;
mod operations;
mod paging;
mod prose;
mod tolerant;
pub(crate) mod types;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};
use syn::parse_quote;

use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::lossless::model::Model;

/// What the stage makes.
pub struct Polished {
    /// The client.
    pub file: syn::File,
    /// Its operations.
    pub methods: Vec<methods::Method>,
}

impl Polished {
    /// How many types of requests and answers it declares.
    pub fn types(&self) -> usize {
        let items = self.file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
            _ => None,
        });
        items
            .flat_map(|(_, items)| items)
            .filter(|item| matches!(item, syn::Item::Struct(_) | syn::Item::Enum(_)))
            .count()
    }
}

/// The client, as it is rendered.
///
/// # Errors
///
/// When progenitor's output has a form that is not known here: it is pinned, so that only comes with another version.
pub fn polish(file: &syn::File, document: &Document) -> Result<Polished, Failure> {
    let mut methods = methods::read(file, document).map_err(unknown_form)?;
    let types = types::polish(file, &methods).map_err(unknown_form)?;
    let mut file = parsed(quote! {
        /// Types of requests and answers.
        pub mod types {
            #[allow(unused_imports)]
            use super::runtime;

            #(#types)*
        }
    })?;
    let model = Model::read(&file);
    for method in methods.iter_mut().filter(|method| !method.answers_bytes) {
        let answer = tolerant::of(&method.answer, None);
        method.answer = if comes_of_nothing(&model, &answer) {
            answer
        } else {
            // A 204 is a success as well, whatever the document shows for a 200.
            parse_quote!(Option<#answer>)
        };
    }
    for method in &mut methods {
        if let Some(paging) = &method.settings.paging {
            let item = paging::item(&file, &method.answer, &paging.items);
            method.item = Some(item.unwrap_or_else(|| parse_quote!(serde_json::Value)));
        }
    }
    file.items
        .extend(parsed(operations::write(&methods))?.items);
    Ok(Polished { file, methods })
}

/// Whether an empty body is a value of `answer`: the runtime takes it for `null`, `{}` or `[]`.
fn comes_of_nothing(model: &Model, answer: &syn::Type) -> bool {
    let ty = model.read_type(answer);
    let nothing = [Value::Null, json!({}), json!([])];
    nothing
        .iter()
        .any(|value| model.round_trip(&ty, value).is_ok())
}

fn parsed(tokens: TokenStream) -> Result<syn::File, Failure> {
    syn::parse2(tokens).map_err(|error| unknown_form(error.to_string()))
}

fn unknown_form(message: String) -> Failure {
    Failure::from(Finding::error(
        "polish/form",
        message,
        "teach the polish stage the form that the pinned version of progenitor prints",
    ))
}
