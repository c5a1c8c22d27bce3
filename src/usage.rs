//! What a call cost and what is left: credits, cache and limits, as this API says them.

use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::runtime::{ApiError, Budget, Number, Response};

/// What a call cost and what is left. Each figure is of the answer's headers or, where those lack it, of its `_meta`; one
/// that neither has is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Usage {
    /// Credits that the call cost: `x-ofapi-credits-used`.
    pub credits_used: Option<Number>,
    /// Credits that are left: `x-ofapi-credits-balance`.
    pub credits_balance: Option<Number>,
    /// Whether the answer was kept from an earlier call: `x-ofapi-is-cached`.
    pub is_cached: Option<bool>,
    /// When the answer was kept, as the API writes it: `cached_at` of `_meta`, which no header has.
    pub cached_at: Option<String>,
    /// How many calls a minute may have: `x-rate-limit-limit-minute`.
    pub limit_minute: Option<u64>,
    /// How many calls are left in this minute: `x-rate-limit-remaining-minute`.
    pub remaining_minute: Option<u64>,
    /// How many calls a day may have, `None` also where there is no such limit: `x-rate-limit-limit-day`.
    pub limit_day: Option<u64>,
    /// How many calls are left on this day: `x-rate-limit-remaining-day`.
    pub remaining_day: Option<u64>,
}

impl Usage {
    /// The header of [`credits_used`](Self::credits_used).
    pub const CREDITS_USED_HEADER: &'static str = "x-ofapi-credits-used";
    /// The header of [`credits_balance`](Self::credits_balance).
    pub const CREDITS_BALANCE_HEADER: &'static str = "x-ofapi-credits-balance";
    /// The header of [`is_cached`](Self::is_cached).
    pub const IS_CACHED_HEADER: &'static str = "x-ofapi-is-cached";
    /// The header of [`limit_minute`](Self::limit_minute).
    pub const LIMIT_MINUTE_HEADER: &'static str = "x-rate-limit-limit-minute";
    /// The header of [`remaining_minute`](Self::remaining_minute).
    pub const REMAINING_MINUTE_HEADER: &'static str = "x-rate-limit-remaining-minute";
    /// The header of [`limit_day`](Self::limit_day).
    pub const LIMIT_DAY_HEADER: &'static str = "x-rate-limit-limit-day";
    /// The header of [`remaining_day`](Self::remaining_day).
    pub const REMAINING_DAY_HEADER: &'static str = "x-rate-limit-remaining-day";

    fn of(headers: &HeaderMap, body: &[u8]) -> Self {
        let header = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
        let count = |name: &str| header(name)?.parse().ok();
        let number = |name: &str| serde_json::from_str(header(name)?).ok();
        let mut usage = Self {
            credits_used: number(Self::CREDITS_USED_HEADER),
            credits_balance: number(Self::CREDITS_BALANCE_HEADER),
            is_cached: header(Self::IS_CACHED_HEADER).and_then(truth),
            cached_at: None,
            limit_minute: count(Self::LIMIT_MINUTE_HEADER),
            remaining_minute: count(Self::REMAINING_MINUTE_HEADER),
            limit_day: count(Self::LIMIT_DAY_HEADER),
            remaining_day: count(Self::REMAINING_DAY_HEADER),
        };
        let meta = meta(body);
        // PHP may send any of them as a text.
        let at = |group: &str, name: &str| match meta.get(group)?.get(name)? {
            Value::Null => None,
            Value::String(text) => Some(text.trim().to_owned()),
            other => Some(other.to_string()),
        };
        let count = |name: &str| at("_rate_limits", name)?.parse().ok();
        let number = |name: &str| serde_json::from_str(&at("_credits", name)?).ok();
        usage.credits_used = usage.credits_used.or_else(|| number("used"));
        usage.credits_balance = usage.credits_balance.or_else(|| number("balance"));
        usage.is_cached = usage
            .is_cached
            .or_else(|| truth(&at("_cache", "is_cached")?));
        usage.cached_at = at("_cache", "cached_at");
        usage.limit_minute = usage.limit_minute.or_else(|| count("limit_minute"));
        usage.remaining_minute = usage.remaining_minute.or_else(|| count("remaining_minute"));
        usage.limit_day = usage.limit_day.or_else(|| count("limit_day"));
        usage.remaining_day = usage.remaining_day.or_else(|| count("remaining_day"));
        usage
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

fn meta(body: &[u8]) -> Value {
    #[derive(serde::Deserialize)]
    struct Answer {
        _meta: Value,
    }
    serde_json::from_slice(body).map_or(Value::Null, |answer: Answer| answer._meta)
}

impl<T> Response<T> {
    /// What the call cost and what is left. It is read from the answer when it is asked for.
    #[must_use]
    pub fn usage(&self) -> Usage {
        Usage::of(self.headers(), self.body())
    }
}

impl ApiError {
    /// What the call cost and what is left.
    #[must_use]
    pub fn usage(&self) -> Usage {
        Usage::of(self.headers(), self.body())
    }
}

/// What the headers say that is left of this minute, for the client to wait by.
pub(crate) fn budget(headers: &HeaderMap) -> Option<Budget> {
    let usage = Usage::of(headers, b"");
    // No limit, and not a limit that nothing passes.
    if usage.limit_minute == Some(0) {
        return None;
    }
    Some(Budget {
        limit: usage.limit_minute,
        remaining: usage.remaining_minute?,
    })
}
