//! Credits and limits: how many are left, and how that is said.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use crate::Usage;
use crate::loopback::Reply;

/// What is left of credits and requests.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) balance: u64,
    pub(super) limit_minute: u64,
    pub(super) limit_day: Option<u64>,
    began: Option<Instant>,
    in_minute: u64,
    in_day: u64,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            balance: 10_000,
            limit_minute: 1_000,
            limit_day: None,
            began: None,
            in_minute: 0,
            in_day: 0,
        }
    }
}

const MINUTE: Duration = Duration::from_secs(60);

impl Figures {
    /// Counts a request; or says why there is none left.
    pub(super) fn count(&mut self) -> Result<(), Reply> {
        let began = *self.began.get_or_insert_with(Instant::now);
        let mut left = MINUTE.saturating_sub(began.elapsed());
        if left.is_zero() {
            self.began = Some(Instant::now());
            self.in_minute = 0;
            left = MINUTE;
        }
        let over = self.in_minute >= self.limit_minute
            || self.limit_day.is_some_and(|limit| self.in_day >= limit);
        if over {
            let mut reply = Reply::json(json!({ "message": "Too Many Attempts." })).status(429);
            reply.set_header("retry-after", left.as_secs_f64().ceil());
            self.limits(&mut reply);
            return Err(reply);
        }
        self.in_minute += 1;
        self.in_day += 1;
        Ok(())
    }

    /// Says what a reply costs and what is left, in its headers and in the `_meta` that it has.
    pub(super) fn say(&mut self, reply: &mut Reply) {
        let used = u64::from(reply.status < 300).min(self.balance);
        self.balance -= used;
        reply.set_header(Usage::CREDITS_USED_HEADER, used);
        reply.set_header(Usage::CREDITS_BALANCE_HEADER, self.balance);
        reply.set_header(Usage::IS_CACHED_HEADER, "false");
        self.limits(reply);
        let [minute, day] = self.left();
        if let Some(meta) = reply.json_field("_meta") {
            *meta = json!({
                "_credits": { "used": used, "balance": self.balance, "note": "1 credit for a call" },
                "_cache": { "is_cached": false, "cached_at": null, "note": "Not cached" },
                "_rate_limits": {
                    "limit_minute": self.limit_minute, "remaining_minute": minute,
                    "limit_day": self.limit_day, "remaining_day": self.limit_day.map(|_| day), "notice": null,
                },
            });
        }
    }

    fn left(&self) -> [u64; 2] {
        let day = self.limit_day.unwrap_or(0);
        [
            self.limit_minute.saturating_sub(self.in_minute),
            day.saturating_sub(self.in_day),
        ]
    }

    fn limits(&self, reply: &mut Reply) {
        let [minute, day] = self.left();
        reply.set_header(Usage::LIMIT_MINUTE_HEADER, self.limit_minute);
        reply.set_header(Usage::REMAINING_MINUTE_HEADER, minute);
        if let Some(limit) = self.limit_day {
            reply.set_header(Usage::LIMIT_DAY_HEADER, limit);
            reply.set_header(Usage::REMAINING_DAY_HEADER, day);
        }
    }
}
