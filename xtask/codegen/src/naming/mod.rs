//! What operations, their parameters and the types are called in Rust, and the ledger that keeps it.
//!
//! A name that users have written down must not change because upstream edits a title, an operationId or a placeholder.
//! So each name belongs to a place, a place is a method and a path whose parameter names are left out, and the ledger
//! (`spec/names.toml`) keeps the name of each place. The rules name only what the ledger does not know.
//!
//! The names are given by the repairs `operation_names` and `name_shapes`.

mod file;
mod ledger;
mod note;
mod operations;
mod parameters;
pub(crate) mod place;

pub use ledger::{Ledger, OperationNames};
pub use note::{Note, What, sentences};
pub(crate) use operations::{Asked, Named, after_path, name};
pub(crate) use parameters::{given, parameters, read, write};
