//! The HTTP clients of one client: its connections belong to the runtime on which they were made.
//!
//! What moves a connection's bytes is a task of that runtime. A runtime of one thread stands still while nobody waits for
//! anything on it, and a request from elsewhere on one of its connections would wait as long. So each such runtime has
//! connections of its own. Those of several threads go on by themselves, and share theirs.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Instant;

use tokio::runtime::{Handle, Id, RuntimeFlavor};

/// How many runtimes have connections that are kept, beside the first.
const KEPT: usize = 8;

/// After how many milliseconds a runtime may have stood still.
const IDLE: u64 = 10;

/// A runtime of one thread; none stands for those of several.
type Place = Option<Id>;

/// Makes another HTTP client like the first.
pub(crate) type Make = Box<dyn Fn() -> Option<reqwest::Client> + Send + Sync>;

pub(crate) struct Connections {
    first: reqwest::Client,
    /// Where the first is used.
    home: OnceLock<Place>,
    others: Mutex<VecDeque<(Place, reqwest::Client)>>,
    /// Makes another; none where the first was given and cannot be made again.
    make: Option<Make>,
    /// When it was made, by the true clock, and how many milliseconds later it was used last.
    made: Instant,
    used: AtomicU64,
}

impl Connections {
    pub(crate) fn new(first: reqwest::Client, make: Option<Make>) -> Self {
        Self {
            first,
            home: OnceLock::new(),
            others: Mutex::default(),
            make,
            made: Instant::now(),
            used: AtomicU64::new(0),
        }
    }

    /// Lets a runtime of one thread that stood still see which of its connections were closed meanwhile: a request on one
    /// of them would fail, and nobody could say whether it was received.
    pub(crate) async fn settle(&self) {
        let is_one = |runtime: Handle| runtime.runtime_flavor() != RuntimeFlavor::MultiThread;
        if !Handle::try_current().is_ok_and(is_one) {
            return;
        }
        let now = u64::try_from(self.made.elapsed().as_millis()).unwrap_or(u64::MAX);
        let last = self.used.swap(now, Ordering::Relaxed);
        if now.saturating_sub(last) >= IDLE {
            // Events come with the first, the tasks of the connections take note of them before the second ends.
            for _ in 0..2 {
                tokio::task::yield_now().await;
            }
        }
    }

    /// The HTTP client for the runtime that this is called on.
    pub(crate) fn here(&self) -> reqwest::Client {
        let (Some(make), Ok(runtime)) = (&self.make, Handle::try_current()) else {
            return self.first.clone();
        };
        let here = match runtime.runtime_flavor() {
            RuntimeFlavor::MultiThread => None,
            _ => Some(runtime.id()),
        };
        if *self.home.get_or_init(|| here) == here {
            return self.first.clone();
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = others.iter().find(|(place, _)| *place == here) {
            return known.clone();
        }
        let made = make().unwrap_or_else(|| self.first.clone());
        if others.len() == KEPT {
            others.pop_front();
        }
        others.push_back((here, made.clone()));
        made
    }
}
