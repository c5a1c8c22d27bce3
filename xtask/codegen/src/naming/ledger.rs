//! The ledger of names: what is called how, by its place, when the client was last made.

use std::collections::{BTreeMap, BTreeSet};

/// The names of every place.
///
/// What upstream takes away stays in it, marked as gone, so that an operation that comes back has the name that it had.
/// Nothing is reserved by what is gone: when something else takes the name, the entry goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Names that no operation may have, because the hand-written code has a method of that name.
    pub reserved: BTreeSet<String>,
    /// The names of each operation and of its parameters, by place: `GET /a/{}`.
    pub operations: BTreeMap<String, OperationNames>,
    /// The places of each type: `GET /a/{} response.data`.
    pub types: BTreeMap<String, BTreeSet<String>>,
}

/// The names of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationNames {
    /// The method of the client; the builder is called the same in capitals.
    pub name: String,
    /// The operationId that the document had, by which an operation is found again that moved.
    pub id: String,
    /// The names of the parameters in the path, in their order there.
    pub path: Vec<String>,
    /// The names of the query's parameters, by their names in the request.
    pub query: BTreeMap<String, String>,
    /// The names of the headers, by their names in the request.
    pub header: BTreeMap<String, String>,
    /// Whether the document has no such operation any more.
    pub gone: bool,
}

impl Ledger {
    /// Makes the places of types in the operation at `from` those of the operation at `to`.
    pub(crate) fn moved(&mut self, from: &str, to: &str) {
        for places in self.types.values_mut() {
            let old = std::mem::take(places).into_iter();
            *places = old
                .map(|place| match place.strip_prefix(from) {
                    Some(rest) if rest.starts_with(' ') => format!("{to}{rest}"),
                    _ => place,
                })
                .collect();
        }
    }

    /// Whether `place` of a type is one of an operation that is gone.
    pub(crate) fn is_gone(&self, place: &str) -> bool {
        // Neither a method nor a role has a space in it, and the path in between hardly ever.
        let mut spaces = place.match_indices(' ');
        spaces.any(|(end, _)| {
            self.operations
                .get(&place[..end])
                .is_some_and(|operation| operation.gone)
        })
    }
}
