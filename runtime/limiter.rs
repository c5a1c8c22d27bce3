//! Waiting before the server's limit of requests a minute is reached.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;

use super::clock::{Instant, sleep};
use super::error::Kind;

/// How long the server's limit counts.
const WINDOW: Duration = Duration::from_secs(60);

/// How often those who wait for the first answer look for it.
const LOOK: Duration = Duration::from_millis(10);

/// How many requests the server still takes in this minute, as an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How many it takes in a minute.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: u64,
}

/// Counts the requests of all clones of a client against what the server says is left.
///
/// The server does not say when its minute began. It began before the first answer of it, so that a minute after that
/// answer it is over for sure.
pub(super) struct Limiter {
    read: fn(&HeaderMap) -> Option<Budget>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// How many requests may be sent before the minute is over; unknown before the first answer.
    left: Option<u64>,
    limit: Option<u64>,
    /// When the server's minute is over for sure.
    ends: Option<Instant>,
    /// Whether an answer of this minute has come: until then it is not known that the server's minute has begun.
    begun: bool,
    /// Requests that are under way. The server may not have counted them when it says what is left.
    pending: u64,
    /// Whether any answer has come: the first request goes alone, to learn what is left.
    answered: bool,
}

/// Leave to send one request.
pub(super) struct Permit<'a>(Option<&'a Limiter>);

impl Limiter {
    pub(super) fn new(read: fn(&HeaderMap) -> Option<Budget>) -> Self {
        Self {
            read,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the server takes another request; an error when that is after `deadline`.
    pub(super) async fn permit(&self, deadline: Option<Instant>) -> Result<Permit<'_>, Kind> {
        loop {
            let until = match self.state().take(Instant::now()) {
                Ok(()) => return Ok(Permit(Some(self))),
                Err(until) => until,
            };
            if deadline.is_some_and(|deadline| deadline <= until) {
                return Err(Kind::Waiting);
            }
            sleep(until.saturating_duration_since(Instant::now())).await;
        }
    }
}

impl State {
    /// Takes one request off what is left, or says when there is more.
    fn take(&mut self, now: Instant) -> Result<(), Instant> {
        if self.ends.is_some_and(|ends| ends <= now) {
            self.ends = None;
            self.begun = false;
            self.left = self.limit;
        }
        if self.left.is_none() && !self.answered && self.pending > 0 {
            return Err(now + LOOK);
        }
        if let Some(left) = self.left {
            let ends = *self.ends.get_or_insert(now + WINDOW);
            self.left = Some(left.checked_sub(1).ok_or(ends)?);
        }
        self.pending += 1;
        Ok(())
    }

    fn learn(&mut self, budget: Budget, now: Instant) {
        self.limit = budget.limit.or(self.limit);
        // The request that was answered is no longer pending, but those that are may not be counted.
        let left = budget
            .remaining
            .saturating_sub(self.pending.saturating_sub(1));
        self.left = Some(self.left.map_or(left, |known| known.min(left)));
        if !std::mem::replace(&mut self.begun, true) {
            self.ends = Some(now + WINDOW);
        }
    }
}

impl Permit<'_> {
    /// For a client that watches no limits.
    pub(super) fn free() -> Self {
        Self(None)
    }

    /// The request was answered.
    pub(super) fn answered(self, headers: &HeaderMap) {
        if let Some(limiter) = self.0 {
            let budget = (limiter.read)(headers);
            let mut state = limiter.state();
            state.answered = true;
            if let Some(budget) = budget {
                state.learn(budget, Instant::now());
            }
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(limiter) = self.0 {
            let mut state = limiter.state();
            state.pending = state.pending.saturating_sub(1);
        }
    }
}
