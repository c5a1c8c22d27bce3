//! A list that comes page by page, as a stream of its pages or of its items.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt as _};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::bounds::{Bounds, Progress};
use super::call::Call;
use super::error::Kind;
use super::lead::{Following, SAME_PAGE, Seen, hash, lead};
use super::operation::Paging;
use super::response::{Raw, Response};
use super::{Error, Mismatch, decode, mismatch, page};

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
    mismatches: Arc<Noted>,
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
            mismatches: Arc::default(),
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

    /// What of the items did not have the documented form, since this was asked last: each such value was converted or
    /// left out, as [`Response::mismatches`] says, and an item of which nothing could be made was passed over. The first
    /// 1,000 are kept. Of a stream of pages each page has its own.
    pub fn take_mismatches(&mut self) -> Vec<Mismatch> {
        let noted = self.mismatches.0.lock();
        std::mem::take(&mut *noted.unwrap_or_else(PoisonError::into_inner))
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
        let noted = Arc::new(Noted::default());
        let mismatches = Arc::clone(&noted);
        Pages {
            mismatches,
            ..Pages::new(Box::new(move |bounds| {
                Box::pin(self.items_within(paging, bounds, noted))
            }))
        }
    }

    fn items_within<T: DeserializeOwned + Send + 'static>(
        self,
        paging: Option<Paging>,
        bounds: Bounds,
        noted: Arc<Noted>,
    ) -> impl Stream<Item = Result<T, Error>> {
        let items = paging.map_or("", |paging| paging.items);
        let all = raw_pages(self, paging, bounds).flat_map(move |page| {
            let page = page.map(|page| (page.raw, page.items));
            let (raw, found, error) = match page {
                Ok((raw, found)) => (Some(raw), found, None),
                Err(error) => (None, Vec::new(), Some(error)),
            };
            let noted = Arc::clone(&noted);
            let found = found
                .into_iter()
                .enumerate()
                .filter(|(_, item)| !item.is_null())
                .filter_map(move |(index, item)| {
                    let raw = raw.as_ref()?;
                    let (item, mismatches) = match decode::item(raw, items, index, item) {
                        Ok(decoded) => decoded,
                        Err(error) => return Some(Err(error)),
                    };
                    noted.add(raw, mismatches);
                    item.map(Ok)
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

/// How many mismatches are kept for a caller that does not take them.
const NOTED: usize = 1_000;

/// What of the items that were given did not have the documented form.
#[derive(Default)]
struct Noted(Mutex<Vec<Mismatch>>);

impl Noted {
    fn add(&self, raw: &Raw, mismatches: Vec<Mismatch>) {
        if mismatches.is_empty() {
            return;
        }
        mismatch::record(raw, &mismatches);
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let more = NOTED.saturating_sub(noted.len());
        noted.extend(mismatches.into_iter().take(more));
    }
}

/// A page and the items on it, with the `null`s between them.
struct Page {
    raw: Raw,
    items: Vec<Value>,
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
            page::check(&raw, paging)?;
            Ok::<_, Error>((raw, answer))
        };
        let (raw, mut answer) = match fetched.await {
            Ok(page) => page,
            Err(error) => return Some((Err(error), (Following::Nothing, seen))),
        };
        let path = paging.map_or("", |paging| paging.items);
        let items = match take_items(&mut answer, path) {
            Some(items) => items,
            None => {
                let error = decode::no_page(&raw, path, "an array", "an object");
                return Some((Err(error), (Following::Nothing, seen)));
            }
        };
        let count = items.iter().filter(|item| !item.is_null()).count();
        if count > 0 && !seen.pages.insert(hash(items.iter().map(Value::to_string))) {
            return Some((Err(misleading(SAME_PAGE, raw)), (Following::Nothing, seen)));
        }
        seen.progress.count(count);
        let following = match paging {
            Some(paging) => match lead(*call, paging, &answer, count, &mut seen) {
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

const NO_ITEMS: &str = "expected items, but found too many empty pages in a row that say there is more; `max_empty_pages` allows \
     for others";
const OVERDUE: &str = "the list was not over within its deadline";

/// The items at a path, with the `null`s between them. Nothing is an empty list in PHP's words, too, and a list that was
/// filtered there is an object of numbers; `None` when it is something else.
fn take_items(answer: &mut Value, path: &str) -> Option<Vec<Value>> {
    let items = path
        .split('.')
        .filter(|name| !name.is_empty())
        .try_fold(answer, |value, name| value.get_mut(name));
    let is_number = |key: &String| key.parse::<u64>().is_ok();
    match items {
        None => Some(Vec::new()),
        // A page without items, which has what leads on.
        Some(Value::Object(fields)) if path.is_empty() && !fields.keys().all(is_number) => {
            Some(Vec::new())
        }
        Some(items) => match items.take() {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => Some(items),
            Value::Object(fields) if fields.keys().all(is_number) => {
                Some(fields.into_iter().map(|(_, item)| item).collect())
            }
            _ => None,
        },
    }
}
