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
    /// What the responses of this minute say is left, and after which change that became so; unknown before the first.
    left: Option<u64>,
    since: u64,
    /// Requests that ended without a response, each with the change that this was: the server may have taken them, and no
    /// response to a request that was sent before says so.
    lost: Vec<u64>,
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
    /// How many requests have ended, after which who waits may look again.
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
            self.since = self.changes;
            self.lost.clear();
        }
        let wait = |until, sooner| Err(Wait { until, sooner });
        if let Some(left) = self.left {
            let ends = *self.ends.get_or_insert(now + WINDOW);
            if left <= self.pending + self.lost.len() as u64 {
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
            return self.lose();
        }
        let remaining = budget.remaining;
        // A request that was sent after the last word on what is left was taken after it, too, and then more is left in
        // another minute only.
        let later = permit.changes > self.since;
        let another = later && self.left.is_some_and(|left| left < remaining);
        if self.left.is_none_or(|left| remaining < left || another) {
            self.left = Some(remaining);
            self.since = self.changes;
        }
        if !std::mem::replace(&mut self.begun, true) || another {
            self.ends = Some(now + WINDOW);
        }
        self.lost.retain(|lost| *lost >= permit.changes);
    }

    /// A request may have been taken, and no response says so.
    fn lose(&mut self) {
        if self.left.is_some() {
            self.lost.push(self.changes);
        }
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
                state.lose();
            }
            state.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::random;

    /// A server whose minute begins with its first request, and that says what was left when it took one.
    #[derive(Default)]
    struct Server {
        began: Option<Instant>,
        taken: u64,
    }

    impl Server {
        fn take(&mut self, limit: u64, now: Instant) -> Option<u64> {
            if self.began.is_none_or(|began| now >= began + WINDOW) {
                (self.began, self.taken) = (Some(now), 0);
            }
            self.taken += 1;
            limit.checked_sub(self.taken)
        }
    }

    fn below(end: usize) -> usize {
        usize::try_from(random::bits() % end as u64).unwrap()
    }

    #[test]
    fn in_whatever_order_responses_come_no_minute_has_too_many_and_all_are_used() {
        for _ in 0..200 {
            // With fewer the limit may be reached before any response has said what it is.
            let limit = 10 + random::bits() % 30;
            let limiter = Limiter::new(|_| None);
            let mut server = Server::default();
            let mut now = Instant::now();
            // What is under way: not taken yet, or taken with so many left.
            let mut under_way: Vec<(Permit<'_>, Option<u64>)> = Vec::new();
            let (mut sent, mut unsaid) = (0, 0);
            for _ in 0..600 {
                now += Duration::from_millis(random::bits() % 40);
                match below(3) {
                    0 => {
                        let mut state = limiter.state();
                        if state.take(now).is_ok() {
                            let (minute, changes) = (state.minute, state.changes);
                            let limiter = Some(&limiter);
                            let permit = Permit {
                                limiter,
                                minute,
                                changes,
                                sent: true,
                            };
                            under_way.push((permit, None));
                            sent += 1;
                        }
                    }
                    1 if !under_way.is_empty() => {
                        let index = below(under_way.len());
                        let (_, left) = &mut under_way[index];
                        if left.is_none() {
                            *left = Some(server.take(limit, now).unwrap_or_else(|| {
                                panic!("{sent} sent of {limit}, {unsaid} unsaid")
                            }));
                        }
                    }
                    _ if !under_way.is_empty() => {
                        let index = below(under_way.len());
                        let (_, Some(remaining)) = under_way[index] else {
                            continue;
                        };
                        let (mut permit, _) = under_way.swap_remove(index);
                        if below(20) == 0 {
                            // It broke off before its response came.
                            unsaid += 1;
                            continue;
                        }
                        let budget = Budget {
                            limit: Some(limit),
                            remaining,
                        };
                        limiter.state().learn(budget, &permit, now);
                        permit.sent = false;
                    }
                    _ => {}
                }
            }
            // The steps take about 12 seconds: one minute, in which each slot is used that no failure may have taken.
            assert!(
                sent <= limit && sent + unsaid >= limit,
                "{sent} of {limit}, {unsaid} unsaid"
            );
        }
    }
}
