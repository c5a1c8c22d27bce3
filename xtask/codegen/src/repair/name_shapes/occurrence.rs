//! Where a shape stands: what its names are made of, and its place in the ledger.

use serde_json::Value;

use crate::document::{last_token, parent};
use crate::names;
use crate::naming::place::{Places, without_names};
use crate::walk::{self, OperationPlace};

/// Where a shape stands: in which operation (or component), and under which fields.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    /// The name of the operation or component.
    pub(super) owner: String,
    /// What the body as a whole is called behind the owner's name: `Body`, `Response`, nothing.
    pub(super) role: &'static str,
    /// The fields that lead to it, outermost first, in the singular below an array.
    pub(super) fields: Vec<String>,
    /// Its place in the ledger, which holds nothing that upstream may write otherwise at will:
    /// `GET /a/{} response.data`.
    pub(super) place: String,
}

impl Occurrence {
    /// One step down from a schema to its subschema at `relative`.
    pub(super) fn step(&mut self, relative: &str) {
        let tokens: Vec<&str> = relative.split('/').skip(1).collect();
        match tokens.as_slice() {
            ["properties", _] => {
                let name = last_token(relative);
                self.place += &format!(".{name}");
                self.fields.push(name);
            }
            ["items"] => {
                self.place += "[]";
                match self.fields.last_mut() {
                    Some(field) => match names::singular(field) {
                        one if one == *field => field.push_str(" item"),
                        one => *field = one,
                    },
                    None => self.fields.push("item".into()),
                }
            }
            ["additionalProperties"] => {
                self.place += ".*";
                self.fields.push("value".into());
            }
            _ => {
                self.place += "|";
                self.fields.push("member".into());
            }
        }
    }

    /// Its place as ledgers had it that knew types alone: `list.Response.data`.
    pub(super) fn by_owner(&self) -> String {
        let role = Some(self.role).filter(|role| !role.is_empty());
        [self.owner.as_str()]
            .into_iter()
            .chain(role)
            .chain(self.fields.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join(".")
    }
}

/// Where the outermost schema at `pointer` stands.
pub(super) fn of_root(root: &Value, places: &Places, pointer: &str) -> Occurrence {
    let tokens: Vec<&str> = pointer.split('/').collect();
    let path = tokens.get(2).map(|token| last_token(&format!("/{token}")));
    let method = tokens.get(3).copied().unwrap_or_default();
    let method = walk::METHODS.into_iter().find(|known| *known == method);
    let (owner, place) = match (tokens.as_slice(), path, method) {
        (["", "paths", ..], Some(path), Some(method)) => {
            let operation = OperationPlace { path, method };
            let name = operation
                .of(root)
                .and_then(|operation| operation.get("operationId"));
            let name = name.and_then(Value::as_str).unwrap_or(&operation.path);
            (name.to_owned(), places.place(&operation))
        }
        (["", "paths", raw, ..], Some(path), None) => ((*raw).to_owned(), without_names(&path)),
        _ => (last_token(pointer), last_token(pointer)),
    };
    let (role, field, part) = match tokens.as_slice() {
        [.., "parameters", _, "schema"] => {
            let parameter = parent(pointer).and_then(|owner| root.pointer(owner));
            let text = |key: &str| parameter.and_then(|parameter| parameter.get(key)?.as_str());
            let name = text("name").unwrap_or("parameter");
            let part = match (text("in"), position(&tokens, name)) {
                (Some("path"), Some(position)) => format!(" path {position}"),
                (location, _) => format!(" {} {name}", location.unwrap_or("parameter")),
            };
            ("", Some(name.to_owned()), part)
        }
        [.., "requestBody", "content", _, "schema"] => ("Body", None, " body".to_owned()),
        [.., "responses", status, "content", _, "schema"] if !walk::is_success(status) => (
            "",
            Some(format!("error {status}")),
            format!(" error {status}"),
        ),
        [.., "responses", _, "content", _, "schema"] => ("Response", None, " response".to_owned()),
        _ => ("", None, String::new()),
    };
    Occurrence {
        owner,
        role,
        fields: field.into_iter().collect(),
        place: place + &part,
    }
}

/// The place of the parameter called `name` in the path of a pointer with these `tokens`, from 1 on.
fn position(tokens: &[&str], name: &str) -> Option<usize> {
    let path = last_token(&format!("/{}", tokens.get(2)?));
    let names = crate::inputs::template(&path);
    Some(1 + names.iter().position(|own| *own == name)?)
}
