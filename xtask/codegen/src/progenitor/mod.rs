//! progenitor's Rust → the model of the client. Nothing outside of this folder reads what progenitor and typify print.

mod attributes;
mod deprecation;
mod read_operations;
mod read_type;
mod read_types;

use crate::client::Client;
use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::repair::Named;

pub(crate) use crate::lower::RUNTIME;

/// The client in progenitor's `file`, which was made of `document`, joined with what the document says. `inline` is the
/// document before its shapes got the names in `named`.
///
/// # Errors
///
/// When progenitor's output has a form that is not known here: it is pinned, so that only comes with another version.
pub fn read(
    file: &syn::File,
    document: &Document,
    inline: &Document,
    named: &Named,
) -> Result<Client, Failure> {
    let read = || -> Result<Client, String> {
        Ok(Client {
            operations: read_operations::read(file, document)?,
            types: read_types::read(file, inline, named)?,
        })
    };
    read().map_err(|message| {
        Failure::from(Finding::error(
            "progenitor/form",
            message,
            "teach the folder `progenitor` the form that the pinned version of progenitor prints",
        ))
    })
}
