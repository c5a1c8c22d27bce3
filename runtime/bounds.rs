//! How far a list is gone through: until when, over how many pages, for how many items.

use std::time::Duration;

use super::clock::Instant;
use super::paging::Pages;

/// How many pages without an item may follow each other.
const EMPTY_PAGES: usize = 10;

/// How far a list is gone through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    deadline: Option<Duration>,
    pages: usize,
    pub(super) items: usize,
    empty: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            deadline: None,
            pages: usize::MAX,
            items: usize::MAX,
            empty: EMPTY_PAGES,
        }
    }
}

/// How far a list is gone through. It is set before the first page is asked for; later it changes nothing.
impl<T> Pages<T> {
    /// Sets how long the list may take in all, from when its first page is asked for; what is done with its items counts as
    /// well. When it is over, the next page is an error with [`Error::is_timeout`](super::Error::is_timeout). There is no
    /// such limit by default: a deadline of the client, or of the call, is one for each page.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.bounds().deadline = Some(deadline);
        self
    }

    /// Sets how many pages are fetched at most. After them the list ends as if there were no more.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.bounds().pages = pages;
        self
    }

    /// Sets how many items there are at most. After them the list ends as if there were no more; of a stream of pages the
    /// last is given whole.
    pub fn max_items(mut self, items: usize) -> Self {
        self.bounds().items = items;
        self
    }

    /// Sets how many pages without an item may follow each other before the next is an error, with
    /// [`Error::is_misleading`](super::Error::is_misleading). The default is 10.
    pub fn max_empty_pages(mut self, pages: usize) -> Self {
        self.bounds().empty = pages;
        self
    }
}

/// How far a list was gone through.
pub(super) struct Progress {
    bounds: Bounds,
    ends: Option<Instant>,
    pages: usize,
    items: usize,
    empty: usize,
}

impl Progress {
    /// The list is asked for now.
    pub(super) fn begin(bounds: Bounds) -> Self {
        Self {
            bounds,
            // A deadline beyond what the clock can count is none.
            ends: bounds
                .deadline
                .and_then(|deadline| Instant::now().checked_add(deadline)),
            pages: 0,
            items: 0,
            empty: 0,
        }
    }

    /// How much time is left, if there is a limit.
    pub(super) fn left(&self) -> Option<Duration> {
        let left = self.ends?.saturating_duration_since(Instant::now());
        Some(left)
    }

    /// Whether there is no more to fetch.
    pub(super) fn is_over(&self) -> bool {
        self.pages >= self.bounds.pages || self.items >= self.bounds.items
    }

    /// Counts a page with so many items.
    pub(super) fn count(&mut self, items: usize) {
        self.pages = self.pages.saturating_add(1);
        self.items = self.items.saturating_add(items);
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
    }

    /// Whether too many pages in a row had no item.
    pub(super) fn is_empty(&self) -> bool {
        self.empty > 0 && self.empty >= self.bounds.empty
    }
}
