//! The model of the client → its Rust. Nothing outside of this folder knows how Rust is spelled.
//!
//! A call is data ([`operations`]), so that it is sent in one place of the hand-written runtime; string enums stay open,
//! every optional field says so ([`types`]), and the document's text is made safe ([`documentation`]).

mod arguments;
mod documentation;
mod operations;
mod render;
mod spelling;
mod surface;
mod types;

use quote::quote;

use crate::client::Client;
use crate::finding::{Failure, Finding};

pub use surface::surface;

/// The client's Rust text. `fingerprint` is that of the specification that it was made from.
///
/// # Errors
///
/// When what is printed is no Rust.
pub fn client(client: &Client, fingerprint: &str) -> Result<String, Failure> {
    let types = types::module(client);
    let operations = operations::module(client);
    let file = syn::parse2(quote! { #types #operations }).map_err(|error| {
        Failure::from(Finding::error(
            "print/form",
            format!("expected the printed client to be Rust, but found an error: {error}"),
            "mend the folder `print`",
        ))
    })?;
    Ok(render::render(&file, fingerprint))
}
