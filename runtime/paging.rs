//! A list that comes page by page, as a stream of its pages or of its items.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt as _};
use reqwest::Url;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::bounds::{Bounds, Progress};
use super::call::Call;
use super::error::Kind;
use super::operation::{Next, Paging};
use super::response::{Raw, Response};
use super::{Error, decode};

#[cfg(not(target_arch = "wasm32"))]
type Boxed<T> = Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>;
#[cfg(target_arch = "wasm32")]
type Boxed<T> = Pin<Box<dyn Stream<Item = Result<T, Error>>>>;

#[cfg(not(target_arch = "wasm32"))]
type Start<T> = Box<dyn FnOnce(Bounds) -> Boxed<T> + Send>;
#[cfg(target_arch = "wasm32")]
type Start<T> = Box<dyn FnOnce(Bounds) -> Boxed<T>>;

/// The pages of a list, or its items, one after the other; each page is fetched when it is asked for.
///
/// It is a [`Stream`], and [`next`](Self::next) does without a trait. A page with fewer items than asked for, or with
/// none, does not end the list; what ends it is that the answer leads to no other page. After an error there is nothing
/// more. A link to another origin, a page that leads to one that was there already, a page of the same items as one
/// before, and ten pages without an item in a row are errors, with [`Error::is_misleading`].
///
/// ```no_run
/// # async fn all(client: onlyfansapi::Client) -> Result<(), onlyfansapi::Error> {
/// use std::time::Duration;
///
/// let fans = client.list_all_fans("acct_1").items();
/// let mut fans = fans.max_items(10_000).deadline(Duration::from_secs(300));
/// while let Some(fan) = fans.next().await.transpose()? {
///     println!("{:?}", fan.name);
/// }
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent until the stream is polled"]
pub struct Pages<T> {
    bounds: Bounds,
    /// Never locked: it is what makes the stream `Sync`.
    stream: Mutex<State<T>>,
}

/// A stream, or what it is made by once its bounds are known.
enum State<T> {
    Start(Option<Start<T>>),
    Stream(Boxed<T>),
}

impl<T> Pages<T> {
    fn new(start: Start<T>) -> Self {
        Self {
            bounds: Bounds::default(),
            stream: Mutex::new(State::Start(Some(start))),
        }
    }

    pub(super) fn bounds(&mut self) -> &mut Bounds {
        &mut self.bounds
    }

    fn stream(&mut self) -> Option<&mut Boxed<T>> {
        let state = self
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let State::Start(start) = state {
            *state = State::Stream(start.take()?(self.bounds));
        }
        match state {
            State::Stream(stream) => Some(stream),
            State::Start(_) => None,
        }
    }
}

impl<T> Pages<T> {
    /// The next page or item; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        self.stream()?.next().await
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.stream() {
            Some(stream) => stream.as_mut().poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

impl<T> std::fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

// A document may have no list.
#[allow(dead_code)]
impl Call {
    /// The pages of the list that the operation gives.
    pub fn pages<T: DeserializeOwned + Send + 'static>(self) -> Pages<Response<T>> {
        let paging = self.operation.paging;
        self.pages_by(paging)
    }

    /// The items of the list that the operation gives.
    pub fn items<T: DeserializeOwned + Send + 'static>(self) -> Pages<T> {
        let paging = self.operation.paging;
        self.items_by(paging)
    }

    pub(super) fn pages_by<T: DeserializeOwned + Send + 'static>(
        self,
        paging: Option<Paging>,
    ) -> Pages<Response<T>> {
        Pages::new(Box::new(move |bounds| {
            let pages = raw_pages(self, paging, bounds);
            Box::pin(pages.map(|page| Response::decode(page?.raw)))
        }))
    }

    pub(super) fn items_by<T: DeserializeOwned + Send + 'static>(
        self,
        paging: Option<Paging>,
    ) -> Pages<T> {
        Pages::new(Box::new(move |bounds| {
            Box::pin(self.items_within(paging, bounds))
        }))
    }

    fn items_within<T: DeserializeOwned + Send + 'static>(
        self,
        paging: Option<Paging>,
        bounds: Bounds,
    ) -> impl Stream<Item = Result<T, Error>> {
        let items = paging.map_or("", |paging| paging.items);
        let all = raw_pages(self, paging, bounds).flat_map(move |page| {
            let page = page.map(|page| (page.raw, page.items));
            let (raw, found, error) = match page {
                Ok((raw, found)) => (Some(raw), found, None),
                Err(error) => (None, Vec::new(), Some(error)),
            };
            let found = found
                .into_iter()
                .enumerate()
                .filter_map(move |(index, item)| {
                    raw.as_ref()
                        .map(|raw| decode::item(raw, items, index, item))
                });
            stream::iter(error.map(Err).into_iter().chain(found))
        });
        // An item that does not decode ends the list like any other error.
        let all = all.scan(false, |over, item| {
            let before = std::mem::replace(over, item.is_err());
            std::future::ready((!before).then_some(item))
        });
        all.take(bounds.items)
    }
}

/// A page and the items on it.
struct Page {
    raw: Raw,
    items: Vec<Value>,
}

/// What comes after the page that was given last.
enum Following {
    Call(Box<Call>),
    /// What the last page led to cannot be followed; the page itself was fine.
    Misleading(&'static str, Raw),
    Nothing,
}

fn raw_pages(
    call: Call,
    paging: Option<Paging>,
    bounds: Bounds,
) -> impl Stream<Item = Result<Page, Error>> {
    let operation = call.operation;
    let misleading = move |what, raw: Raw| {
        let attempts = raw.attempts;
        Error::new(Some(operation), Kind::Misleading(what, raw)).after(attempts)
    };
    let deadline = call.own().deadline.or(call.client.defaults().deadline);
    let seen = Seen {
        progress: Progress::begin(bounds),
        pages: HashSet::new(),
        links: HashSet::new(),
        empty: false,
    };
    let first = (Following::Call(Box::new(call)), seen);
    stream::unfold(first, move |(following, mut seen)| async move {
        if seen.progress.is_over() {
            return None;
        }
        let mut call = match following {
            Following::Nothing => return None,
            Following::Misleading(what, raw) => {
                return Some((Err(misleading(what, raw)), (Following::Nothing, seen)));
            }
            Following::Call(call) => call,
        };
        if let Some(left) = seen.progress.left() {
            if left.is_zero() {
                let error = Error::new(Some(operation), Kind::Overdue(OVERDUE, None));
                return Some((Err(error), (Following::Nothing, seen)));
            }
            let deadline = deadline.map_or(left, |deadline| deadline.min(left));
            call.own_mut().deadline = Some(deadline);
        }
        let fetched = async {
            let raw = call.execute().await?;
            // As for a type that needs nothing of the body.
            let answer = match raw.body.trim_ascii() {
                [] => Value::Null,
                _ => decode::json(&raw)?,
            };
            Ok::<_, Error>((raw, answer))
        };
        let (raw, answer) = match fetched.await {
            Ok(page) => page,
            Err(error) => return Some((Err(error), (Following::Nothing, seen))),
        };
        let path = paging.map_or("", |paging| paging.items);
        let items = match items_at(&answer, path) {
            Some(items) => items,
            None => {
                let error = decode::no_list(&raw, path);
                return Some((Err(error), (Following::Nothing, seen)));
            }
        };
        if !items.is_empty() && !seen.pages.insert(hash(items.iter().map(Value::to_string))) {
            return Some((Err(misleading(SAME_PAGE, raw)), (Following::Nothing, seen)));
        }
        seen.progress.count(items.len());
        let following = match paging {
            Some(paging) => match lead(*call, paging, &answer, items.len(), &mut seen) {
                Ok(Following::Call(_)) if seen.progress.is_empty() => {
                    Following::Misleading(NO_ITEMS, raw.clone())
                }
                Ok(following) => following,
                Err(what) => Following::Misleading(what, raw.clone()),
            },
            None => Following::Nothing,
        };
        Some((Ok(Page { raw, items }), (following, seen)))
    })
}

const SAME_PAGE: &str =
    "expected another page of the list, but found the items of a page that was there already";
const SAME_LINK: &str =
    "expected a page to lead to one that was not there yet, but found one that was";
const OTHER_ORIGIN: &str = "expected the next page at the base URL's origin, but found a link to another; the key is not \
     sent there";
const NO_ITEMS: &str = "expected items, but found too many empty pages in a row that say there is more; `max_empty_pages` allows \
     for others";
const OVERDUE: &str = "the list was not over within its deadline";
const EMPTY_PAGES: &str =
    "expected items, but found two empty pages in a row that say there is more";

/// What a list has shown so far: hashes of its pages and links, which may be many and long.
struct Seen {
    progress: Progress,
    pages: HashSet<u64>,
    links: HashSet<u64>,
    empty: bool,
}

fn lead(
    mut call: Call,
    paging: Paging,
    answer: &Value,
    items: usize,
    seen: &mut Seen,
) -> Result<Following, &'static str> {
    match paging.next {
        Next::Url(field) => {
            let Some(url) = at(answer, field)
                .and_then(Value::as_str)
                .filter(|url| !url.is_empty())
            else {
                return Ok(Following::Nothing);
            };
            let call = call.follow(url).ok_or(OTHER_ORIGIN)?;
            let page = call.target().map_or("", Url::as_str);
            if !seen.links.insert(hash([page])) {
                return Err(SAME_LINK);
            }
            Ok(Following::Call(Box::new(call)))
        }
        Next::Offset { parameter, more } => {
            let more = more.map(|field| at(answer, field).and_then(Value::as_bool) == Some(true));
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
                _ => return Ok(Following::Nothing),
            };
            if !seen.links.insert(hash([&token])) {
                return Err(SAME_LINK);
            }
            call.query(parameter, &token);
            Ok(Following::Call(Box::new(call)))
        }
    }
}

/// What is at a path of names with dots between them.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.')
        .filter(|name| !name.is_empty())
        .try_fold(value, |value, name| value.get(name))
}

/// The items at a path. Nothing is an empty list in PHP's words, too, and a list that was filtered there is an object of
/// numbers; `None` when it is something else.
fn items_at(answer: &Value, path: &str) -> Option<Vec<Value>> {
    let items: Vec<Value> = match at(answer, path) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.clone(),
        Some(Value::Object(_)) if path.is_empty() => Vec::new(),
        Some(Value::Object(fields)) if fields.keys().all(|key| key.parse::<u64>().is_ok()) => {
            fields.values().cloned().collect()
        }
        Some(_) => return None,
    };
    Some(items.into_iter().filter(|item| !item.is_null()).collect())
}

fn hash(texts: impl IntoIterator<Item: Hash>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        text.hash(&mut hasher);
    }
    hasher.finish()
}
