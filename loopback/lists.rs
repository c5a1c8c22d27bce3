//! Lists that come page by page.

use serde_json::Value;

use super::description::{Next, Operation, Paging};
use super::received::Received;

/// How many items a page has unless the request says.
const PAGE: usize = 10;

/// The items of a list, and how many of them a page has at most.
#[derive(Debug, Clone)]
pub struct Listing {
    pub items: Vec<Value>,
    pub page: Option<usize>,
}

/// The page of `listing` that a request asks for, in the form of the documented response.
pub fn page(
    operation: &Operation,
    paging: &Paging,
    listing: &Listing,
    request: &Received,
    base: &str,
) -> Value {
    let query = request.query();
    let number = |name: &str| query.get(name)?.as_str()?.parse::<usize>().ok();
    let (parameter, at) = match &paging.next {
        Next::Url { .. } => ("offset", number("offset")),
        Next::Offset { offset, .. } => (offset.as_str(), number(offset)),
        Next::Token { token, .. } => (token.as_str(), number(token)),
    };
    let from = at.unwrap_or(0).min(listing.items.len());
    let most = listing.page.unwrap_or(usize::MAX);
    let limit = number("limit").unwrap_or(PAGE).min(most).max(1);
    let to = from.saturating_add(limit).min(listing.items.len());
    let more = (to < listing.items.len()).then_some(to);
    let mut body = operation.response.body.clone();
    put(
        &mut body,
        &paging.items,
        Value::Array(listing.items[from..to].to_vec()),
    );
    let link = |to: usize| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(request.query.as_bytes()) {
            if name != parameter {
                query.append_pair(&name, &value);
            }
        }
        query.append_pair(parameter, &to.to_string());
        format!("{base}{}?{}", request.path, query.finish())
    };
    lead(&mut body, &paging.next, more, link);
    body
}

/// The documented response as the only page of its list.
pub fn only(operation: &Operation, paging: &Paging) -> Value {
    let mut body = operation.response.body.clone();
    lead(&mut body, &paging.next, None, |_| String::new());
    body
}

/// Writes what leads to the page that begins with the item `more`.
fn lead(body: &mut Value, next: &Next, more: Option<usize>, link: impl FnOnce(usize) -> String) {
    match next {
        Next::Url { url } => put(body, url, more.map(link).into()),
        Next::Offset { more: field, .. } => {
            if let Some(field) = field {
                put(body, field, more.is_some().into());
            }
        }
        Next::Token { field, .. } => put(body, field, more.map(|more| more.to_string()).into()),
    }
}

/// Sets the field at a path of names with dots between them.
pub fn put(body: &mut Value, path: &str, value: Value) {
    let mut place = body;
    for name in path.split('.').filter(|name| !name.is_empty()) {
        if !place.is_object() {
            *place = Value::Object(Default::default());
        }
        place = &mut place[name];
    }
    *place = value;
}
