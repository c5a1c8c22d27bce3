//! Waiting before the server's limit of requests a minute is reached.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::future::select;
use reqwest::header::HeaderMap;

use super::clock::{Instant, sleep};
use super::error::Kind;

/// How long the server's limit counts.
const WINDOW: Duration = Duration::from_secs(60);

/// How long the others wait for the first response before one more of them asks.
const FIRST: Duration = Duration::from_secs(5);

/// How many requests the server still takes in this minute, as a response says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How many it takes in a minute.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: u64,
}

/// Counts the requests of all clones of a client against what the server says is left.
///
/// A response says what was left when the server took its request, and not which of the requests that are under way it had
/// taken by then. So as many as are under way are kept back from what is left, and are free again once their responses have
/// come, which say more.
///
/// The server does not say when its minute began. It began before the first response of it, so that a minute after that
/// response it is over for sure.
pub(super) struct Limiter {
    read: fn(&HeaderMap) -> Option<Budget>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What the responses of this minute say is left, less the requests that ended without one; unknown before the first.
    left: Option<u64>,
    /// How many requests of `left` were taken off without a response that says so.
    assumed: u64,
    limit: Option<u64>,
    /// When the server's minute is over for sure.
    ends: Option<Instant>,
    /// Whether a response of this minute has come: until then it is not known that the server's minute has begun.
    begun: bool,
    /// Which minute it is.
    minute: u64,
    /// Requests that are under way.
    pending: u64,
    /// Whether any response has come: the first request goes alone, to learn what is left, and that is when it went.
    answered: bool,
    asked: Option<Instant>,
    /// How often `left` became less, or a request ended, so that who waits may look again.
    changes: u64,
    waiting: Vec<Waker>,
}

/// Leave to send one request.
pub(super) struct Permit<'a> {
    limiter: Option<&'a Limiter>,
    minute: u64,
    /// The changes that were known when it was given.
    changes: u64,
    sent: bool,
}

/// Why no request can be sent now.
struct Wait {
    /// When there is more for sure.
    until: Instant,
    /// Whether there may be more before.
    sooner: bool,
}

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
            let now = Instant::now();
            let (wait, seen) = {
                let mut state = self.state();
                match state.take(now) {
                    Ok(()) => {
                        return Ok(Permit {
                            limiter: Some(self),
                            minute: state.minute,
                            changes: state.changes,
                            sent: false,
                        });
                    }
                    Err(wait) => (wait, state.changes),
                }
            };
            let late =
                |deadline: Instant| deadline <= now || (deadline <= wait.until && !wait.sooner);
            if deadline.is_some_and(late) {
                return Err(Kind::Waiting);
            }
            let until = deadline.into_iter().chain([wait.until]).min();
            let time = until.map_or(WINDOW, |until| until.saturating_duration_since(now));
            let changed = poll_fn(|context| self.state().changed(seen, context));
            select(pin!(changed), pin!(sleep(time))).await;
        }
    }
}

impl State {
    /// Takes one request off what is left, or says when there is more.
    fn take(&mut self, now: Instant) -> Result<(), Wait> {
        if self.ends.is_some_and(|ends| ends <= now) {
            self.ends = None;
            self.begun = false;
            self.minute += 1;
            self.left = self.limit;
            self.assumed = 0;
        }
        let wait = |until, sooner| Err(Wait { until, sooner });
        if let Some(left) = self.left {
            let ends = *self.ends.get_or_insert(now + WINDOW);
            if left <= self.pending {
                return wait(ends, left > 0);
            }
        } else if !self.answered {
            let next = self.asked.map(|asked| asked + FIRST);
            if let Some(next) = next.filter(|next| *next > now && self.pending > 0) {
                return wait(next, true);
            }
            self.asked = Some(now);
        }
        self.pending += 1;
        Ok(())
    }

    /// What the response to a request says.
    fn learn(&mut self, budget: Budget, permit: &Permit<'_>, now: Instant) {
        self.answered = true;
        self.limit = budget.limit.or(self.limit);
        if permit.minute != self.minute {
            // Of which minute it speaks is not known: it may have been taken in this one.
            return self.assume();
        }
        let known = self.left.filter(|_| self.begun);
        // A request that was sent after the last word on what is left was taken after it, too.
        let later = permit.changes == self.changes;
        self.left = Some(match self.left {
            Some(left) if !later => left.min(budget.remaining),
            _ => budget.remaining,
        });
        // More than before is left in another minute only.
        let another = later && known.is_some_and(|left| left + self.assumed < budget.remaining);
        if !std::mem::replace(&mut self.begun, true) || another {
            self.ends = Some(now + WINDOW);
        }
        self.assumed = 0;
    }

    /// A request may have been taken, and no response says so.
    fn assume(&mut self) {
        self.left = self.left.map(|left| left.saturating_sub(1));
        self.assumed += 1;
    }

    /// A request is not under way any more.
    fn end(&mut self) {
        self.pending = self.pending.saturating_sub(1);
        self.changes += 1;
        self.waiting.drain(..).for_each(Waker::wake);
    }

    /// Ready once there were more changes than were seen.
    fn changed(&mut self, seen: u64, context: &Context<'_>) -> Poll<()> {
        if self.changes != seen {
            return Poll::Ready(());
        }
        let waker = context.waker();
        if !self.waiting.iter().any(|known| known.will_wake(waker)) {
            self.waiting.push(waker.clone());
        }
        Poll::Pending
    }
}

impl Permit<'_> {
    /// For a client that watches no limits.
    pub(super) fn free() -> Self {
        Self {
            limiter: None,
            minute: 0,
            changes: 0,
            sent: false,
        }
    }

    /// The request is being sent, so that the server may take it, or was not sent after all.
    pub(super) fn sent(&mut self, sent: bool) {
        self.sent = sent;
    }

    /// The request was answered.
    pub(super) fn answered(mut self, headers: &HeaderMap) {
        if let Some(limiter) = self.limiter
            && let Some(budget) = (limiter.read)(headers)
        {
            limiter.state().learn(budget, &self, Instant::now());
            self.sent = false;
        } else if let Some(limiter) = self.limiter {
            limiter.state().answered = true;
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(limiter) = self.limiter {
            let mut state = limiter.state();
            if self.sent {
                state.assume();
            }
            state.end();
        }
    }
}
