//! What leads from a page of a list to the next.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use reqwest::Url;
use serde_json::Value;

use super::bounds::Progress;
use super::call::Call;
use super::convert;
use super::operation::{Next, Paging};
use super::response::Raw;

/// What comes after the page that was given last.
pub(super) enum Following {
    Call(Box<Call>),
    /// What the last page led to cannot be followed; the page itself was fine.
    Misleading(&'static str, Raw),
    Nothing,
}

const SAME_LINK: &str =
    "expected a page to lead to one that was not there yet, but found one that was";
const NO_LINK: &str =
    "expected what leads to the next page, or null, but found another kind of value";
const OTHER_ORIGIN: &str = "expected the next page at the base URL's origin, but found a link to another; the key is not \
     sent there";
const EMPTY_PAGES: &str =
    "expected items, but found two empty pages in a row that say there is more";

pub(super) const SAME_PAGE: &str =
    "expected another page of the list, but found the items of a page that was there already";

/// What a list has shown so far: hashes of its pages and links, which may be many and long.
pub(super) struct Seen {
    pub(super) progress: Progress,
    pub(super) pages: HashSet<u64>,
    pub(super) links: HashSet<u64>,
    pub(super) empty: bool,
}

/// What comes after a page.
pub(super) fn lead(
    mut call: Call,
    paging: Paging,
    answer: &Value,
    items: usize,
    seen: &mut Seen,
) -> Result<Following, &'static str> {
    match paging.next {
        Next::Url(field) => {
            let url = match at(answer, field) {
                Some(Value::String(url)) if !url.is_empty() => url,
                found => return nowhere(found),
            };
            let call = call.follow(url).ok_or(OTHER_ORIGIN)?;
            let page = call.target().map_or("", Url::as_str);
            if !seen.links.insert(hash([page])) {
                return Err(SAME_LINK);
            }
            Ok(Following::Call(Box::new(call)))
        }
        Next::Offset { parameter, more } => {
            let more = more.map(|field| at(answer, field).and_then(convert::boolean) == Some(true));
            if more == Some(false) || (more.is_none() && items == 0) {
                return Ok(Following::Nothing);
            }
            if items == 0 && std::mem::replace(&mut seen.empty, true) {
                return Err(EMPTY_PAGES);
            }
            seen.empty = items == 0;
            let number = |name: &str| {
                call.query_value(name)
                    .and_then(|text| text.parse::<u64>().ok())
            };
            // By what came, and not by what was asked for: a server that gives fewer at once than asked for would be asked
            // to leave some out.
            let step = match items {
                0 => number("limit").unwrap_or(1),
                items => items as u64,
            };
            let Some(offset) = number(parameter).unwrap_or(0).checked_add(step) else {
                return Err(SAME_PAGE);
            };
            call.query(parameter, &offset);
            Ok(Following::Call(Box::new(call)))
        }
        Next::Token { parameter, field } => {
            let token = match at(answer, field) {
                Some(Value::String(token)) if !token.is_empty() => token.clone(),
                Some(Value::Number(token)) => token.to_string(),
                found => return nowhere(found),
            };
            if !seen.links.insert(hash([&token])) {
                return Err(SAME_LINK);
            }
            call.query(parameter, &token);
            Ok(Following::Call(Box::new(call)))
        }
    }
}

/// That there is no other page, in one of PHP's words. Another value means something else: the list must not seem to be
/// over.
fn nowhere(found: Option<&Value>) -> Result<Following, &'static str> {
    match found {
        None | Some(Value::Null | Value::Bool(false)) => Ok(Following::Nothing),
        Some(Value::String(text)) if text.is_empty() => Ok(Following::Nothing),
        Some(Value::Array(items)) if items.is_empty() => Ok(Following::Nothing),
        Some(_) => Err(NO_LINK),
    }
}

/// What is at a path of names with dots between them.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.')
        .filter(|name| !name.is_empty())
        .try_fold(value, |value, name| value.get(name))
}

/// One number for several texts.
pub(super) fn hash(texts: impl IntoIterator<Item: Hash>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        text.hash(&mut hasher);
    }
    hasher.finish()
}
