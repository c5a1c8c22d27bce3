//! Repaired document → the model of the client, by way of progenitor's Rust. Nothing outside of this folder reads what
//! progenitor and typify print.

mod attributes;
mod deprecation;
mod files;
mod generate;
mod keys;
mod lower;
mod read_operations;
mod read_type;
mod read_types;

use crate::client::Client;
use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::repair::Named;

/// The client of `document`, as progenitor makes it and joined with what the document says. `inline` is the document
/// before its shapes got the names in `named`.
///
/// # Errors
///
/// When something in the document is no OpenAPI 3.0 or is refused by progenitor; and when progenitor's output has a form
/// that is not known here: it is pinned, so that only comes with another version.
pub fn client(document: &Document, inline: &Document, named: &Named) -> Result<Client, Failure> {
    let file = generate::generate(&lower::lower(document)?, document)?;
    let read = || -> Result<Client, String> {
        Ok(Client {
            operations: read_operations::read(&file, document)?,
            types: read_types::read(&file, inline, named)?,
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
