//! Whether a call is sent again after a failure, and how long to wait before.

use std::time::Duration;

use super::operation::Repeat;
use super::{Error, random};

/// How often a failed call is sent again, and how long to wait before.
///
/// What fails without an answer (no connection, a broken one, a timeout) or with 408, 429, 500, 502, 503 or 504 is sent
/// again, but **never a request that may have taken effect**, unless to do it twice is to do it once: a GET, PUT or
/// DELETE, or a request with an idempotency key, as far as the API keeps its promise of what the key does. Any other
/// request is sent again only when it surely was not sent, or after a response that is known to come before any effect: a
/// 429, or one that the API documents so (`x-rejections`). A 503 alone proves nothing. An operation of which the document
/// knows better (`x-repeatable`) follows that.
///
/// The wait before the `n`th repetition is a random time up to `base_delay * 2^(n-1)`, and at most `max_delay`. Where the
/// answer has a `Retry-After`, that is waited for instead, the whole of it; when it is more than what is left of the
/// budget, the call fails at once.
///
/// ```
/// use std::time::Duration;
/// # use onlyfansapi::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_retries(5).retry_after_budget(Duration::from_secs(300));
/// let none = RetryPolicy::none();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a policy has an effect where it is set"]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    retry_after_budget: Duration,
}

impl Default for RetryPolicy {
    /// Two repetitions, after up to 0.5 and 1 seconds; 60 seconds for `Retry-After`.
    fn default() -> Self {
        Self {
            max_retries: 2,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            retry_after_budget: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Nothing is sent again.
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// Sets how often a call is sent again at most. The default is 2.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the longest wait before the first repetition; it doubles with each. The default is 500 ms.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest wait before any repetition, that for `Retry-After` aside. The default is 8 seconds.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets how long one call may wait in all because of `Retry-After`. The default is 60 seconds.
    pub fn retry_after_budget(mut self, budget: Duration) -> Self {
        self.retry_after_budget = budget;
        self
    }

    /// The wait before the call is sent again, `None` when it is not.
    ///
    /// `retries` is how often it was sent again already, and `waited` how long it waited for `Retry-After` so far.
    pub(super) fn wait(
        &self,
        repeat: Repeat,
        error: &Error,
        retries: u32,
        waited: &mut Duration,
    ) -> Option<Duration> {
        if retries >= self.max_retries
            || error.is_waiting()
            || !error.is_retryable()
            || !allows(repeat, error)
        {
            return None;
        }
        if let Some(wait) = error.api().and_then(|error| error.retry_after()) {
            *waited = waited.checked_add(wait)?;
            return (*waited <= self.retry_after_budget).then_some(wait);
        }
        let longest = self
            .base_delay
            .saturating_mul(1 << retries.min(20))
            .min(self.max_delay);
        Some(longest.mul_f64(random::fraction()))
    }
}

/// Whether nothing can happen twice when a call that failed so is sent again.
fn allows(repeat: Repeat, error: &Error) -> bool {
    let rejections = error
        .operation()
        .map_or(&[][..], |operation| operation.rejections);
    let refused = error.api().is_some_and(|error| {
        error.status() == 429 || rejections.iter().any(|rejection| rejection.is(error))
    });
    match repeat {
        Repeat::Always => true,
        Repeat::Refused => error.is_unsent() || refused,
        Repeat::Unsent | Repeat::ByMethod => error.is_unsent(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::error::Kind;

    #[test]
    fn the_longest_wait_doubles_up_to_its_limit_and_never_overflows() {
        let policy = RetryPolicy::default().max_retries(u32::MAX);
        let error = Error::new(None, Kind::Timeout);
        for (retries, longest) in [
            (0, 500),
            (1, 1000),
            (3, 4000),
            (4, 8000),
            (31, 8000),
            (1000, 8000),
        ] {
            let mut waits: Vec<_> = (0..200)
                .map(|_| {
                    policy
                        .wait(Repeat::Always, &error, retries, &mut Duration::default())
                        .unwrap()
                })
                .collect();
            waits.sort();
            let longest = Duration::from_millis(longest);
            assert!(waits[199] <= longest, "{waits:?}");
            // Full jitter: the whole range is used. That 200 draws miss a quarter has a chance below 1e-24.
            assert!(
                waits[0] < longest / 4 && waits[199] > longest * 3 / 4,
                "{waits:?}"
            );
        }
    }
}
