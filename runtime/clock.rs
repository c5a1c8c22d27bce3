//! Time: tokio's clock, which tests can stop and turn, or the browser's.

pub(super) use imp::{Instant, sleep, timeout};

#[cfg(not(target_arch = "wasm32"))]
mod imp {
    pub(in super::super) use tokio::time::{Instant, sleep, timeout};
}

#[cfg(target_arch = "wasm32")]
mod imp {
    use std::time::Duration;

    use futures_util::future::{Either, select};
    pub(in super::super) use web_time::Instant;

    pub(in super::super) async fn sleep(time: Duration) {
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
    pub(in super::super) async fn timeout<F: Future>(
        time: Duration,
        future: F,
    ) -> Result<F::Output, ()> {
        match select(std::pin::pin!(future), std::pin::pin!(sleep(time))).await {
            Either::Left((output, _)) => Ok(output),
            Either::Right(_) => Err(()),
        }
    }
}
