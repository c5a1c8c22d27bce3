//! The client as the document says → the client that a running server and a user need: model to model.
//!
//! What a document says of a request is what the server wants. What it says of a response is what one response looked
//! like, so that the types of responses take more ([`tolerant`]), and hardly a field of theirs must be there
//! ([`presence`]).

mod paging;
mod presence;
mod tolerant;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::client::{Client, Shape, Type};

/// Makes `client` what is printed.
pub fn polish(client: &mut Client) {
    let owned = |names: BTreeSet<&str>| -> BTreeSet<String> {
        names.into_iter().map(str::to_owned).collect()
    };
    let operations = &client.operations;
    let sent = owned(client.reached(operations.iter().flat_map(|operation| operation.sent())));
    let received = owned(client.reached(operations.iter().map(|operation| &operation.response)));
    let required: BTreeMap<String, BTreeSet<String>> = received
        .iter()
        .map(|name| (name.clone(), presence::required(client, name, &sent)))
        .collect();
    for (name, declaration) in &mut client.types {
        match (&mut declaration.shape, required.get(name)) {
            (Shape::Struct { fields, sent: of }, required) => {
                *of = sent.contains(name);
                if let Some(required) = required {
                    for field in fields {
                        presence::widen(field, required.contains(&field.wire));
                    }
                }
            }
            (Shape::Wrapper(ty), Some(_)) => *ty = tolerant::of(ty, None),
            (Shape::Union(members), Some(_)) => {
                for member in members {
                    member.ty = tolerant::of(&member.ty, None);
                }
            }
            _ => {}
        }
    }
    let responses: Vec<Type> = client
        .operations
        .iter()
        .map(|operation| response(client, &operation.response))
        .collect();
    for (operation, response) in client.operations.iter_mut().zip(responses) {
        operation.response = response;
    }
    let items: Vec<Option<Type>> = client
        .operations
        .iter()
        .map(|operation| {
            let paging = operation.settings.paging.as_ref()?;
            let item = paging::item(client, &operation.response, &paging.items);
            Some(item.unwrap_or(Type::Any))
        })
        .collect();
    for (operation, item) in client.operations.iter_mut().zip(items) {
        operation.item = item;
    }
}

/// A 204 is a success as well, whatever the document shows for a 200.
fn response(client: &Client, documented: &Type) -> Type {
    if *documented == Type::Bytes {
        return Type::Bytes;
    }
    let response = tolerant::of(documented, None);
    // The runtime takes an empty body for one of these.
    let nothing = [Value::Null, json!({}), json!([])];
    let comes_of_nothing = nothing
        .iter()
        .any(|value| client.round_trip(&response, value).is_ok());
    if comes_of_nothing {
        response
    } else {
        response.optional()
    }
}
