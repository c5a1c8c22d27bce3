//! How often an attempt is looked at, and for how long.

use std::time::Duration;

use crate::runtime::random;

/// How often an attempt is looked at, and for how long. The API documents neither.
///
/// The wait between two looks grows from `interval` by half each time, up to `max_interval`, and starts over whenever
/// the attempt moves. Each is shortened by a random time of up to a quarter, so that many attempts do not look at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "it has an effect where it is set"]
pub struct Polling {
    pub(super) interval: Duration,
    pub(super) max_interval: Duration,
    pub(super) deadline: Duration,
}

impl Default for Polling {
    /// From 2 to 10 seconds apart, for 15 minutes.
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(2),
            max_interval: Duration::from_secs(10),
            deadline: Duration::from_secs(15 * 60),
        }
    }
}

impl Polling {
    /// Sets the first wait between two looks. The default is 2 seconds; less than 100 milliseconds counts as that.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets the longest wait between two looks. The default is 10 seconds.
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.max_interval = interval;
        self
    }

    /// Sets how long the attempt may take in all, from its start, people's part in it included. The default is 15 minutes. When it is
    /// over, [`Attempt::next`](super::Attempt::next) fails with [`Error::is_timeout`](crate::Error::is_timeout).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The wait after `looks` looks at an attempt that did not move.
    pub(super) fn wait(&self, looks: u32) -> Duration {
        let interval = self.interval.max(Duration::from_millis(100));
        let grown = interval.as_secs_f64() * 1.5_f64.powi(looks.min(64).cast_signed());
        let longest = self.max_interval.max(interval);
        let wait = Duration::try_from_secs_f64(grown).map_or(longest, |wait| wait.min(longest));
        let shortened = wait.as_secs_f64() * (1.0 - random::fraction() / 4.0);
        Duration::try_from_secs_f64(shortened).unwrap_or(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortenedgrows_by_half_up_to_its_limit_less_a_quarter_at_most() {
        let polling = Polling::default();
        for (looks, longest) in [(0, 2.0), (1, 3.0), (2, 4.5), (9, 10.0), (u32::MAX, 10.0)] {
            for _ in 0..50 {
                let wait = polling.wait(looks).as_secs_f64();
                assert!(wait <= longest && wait >= longest * 0.75, "{looks}: {wait}");
            }
        }
    }
}
