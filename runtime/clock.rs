//! Time: tokio's clock, which tests can stop and turn, or the browser's.

pub(crate) use imp::{Instant, sleep};
pub(super) use imp::{date, timeout};

#[cfg(not(target_arch = "wasm32"))]
mod imp {
    use std::time::SystemTime;

    pub(crate) use tokio::time::{Instant, sleep, timeout};

    /// What the calendar says.
    pub(crate) fn date() -> SystemTime {
        SystemTime::now()
    }
}

#[cfg(target_arch = "wasm32")]
mod imp {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use futures_util::future::{Either, select};
    pub(crate) use web_time::Instant;

    /// What the calendar says; the standard library has none here.
    pub(crate) fn date() -> SystemTime {
        let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH);
        UNIX_EPOCH + since.unwrap_or_default()
    }

    pub(crate) async fn sleep(time: Duration) {
        // A browser's timer ends at once when it is to wait longer than this.
        const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);
        let mut left = time;
        while !left.is_zero() {
            let now = left.min(LONGEST);
            gloo_timers::future::sleep(now).await;
            left -= now;
        }
    }

    /// `Err` when the time is over first.
    pub(crate) async fn timeout<F: Future>(time: Duration, future: F) -> Result<F::Output, ()> {
        match select(std::pin::pin!(future), std::pin::pin!(sleep(time))).await {
            Either::Left((output, _)) => Ok(output),
            Either::Right(_) => Err(()),
        }
    }
}
