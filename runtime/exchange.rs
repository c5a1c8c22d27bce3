//! An answer whose head is there, and how its body is read.

use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::client::Limits;
use super::clock::{self, Instant};
use super::error::Kind;
use super::platform::Incoming;
use super::response::Raw;

/// How much of the body of an answer that is not a success is kept.
const ERROR_BODY_LIMIT: usize = 1 << 20;

/// An answer whose head is there.
pub(super) struct Exchange {
    incoming: Incoming,
    head: Raw,
    limits: Limits,
}

impl Exchange {
    pub(super) fn new(response: reqwest::Response, head: Raw, limits: Limits) -> Self {
        Self {
            incoming: Incoming::new(response),
            head,
            limits,
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.head.status
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// How many bytes the body has, as far as that was said.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn length(&self) -> Option<u64> {
        self.incoming.length()
    }

    /// The answer, with as much of its body as was read into it.
    pub(super) fn into_raw(self) -> Raw {
        self.head
    }

    /// Keeps a body that was read elsewhere.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn keep(&mut self, body: Vec<u8>) {
        self.head.body = body.into();
    }

    /// How much time is left of that for all of it, if there is a limit.
    pub(super) fn left(&self) -> Option<Duration> {
        let end = self.limits.deadline?;
        Some(end.saturating_duration_since(Instant::now()))
    }

    /// The next piece of the body.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Kind> {
        let chunk = if self.limits.whole {
            self.incoming.chunk().await
        } else {
            let left = self.left().unwrap_or(Duration::MAX);
            let chunk = clock::timeout(self.limits.timeout.min(left), self.incoming.chunk());
            Box::pin(chunk).await.map_err(|_| Kind::Timeout)?
        };
        chunk.map_err(Kind::Transport)
    }

    /// Reads the body of a success, of at most `limit` bytes. Gives whether that is all of it.
    pub(super) async fn read(&mut self, limit: usize) -> Result<bool, Kind> {
        // A longer success is of no use, so it need not be read at all.
        let announced = self.incoming.length();
        if announced.is_some_and(|length| length > limit as u64) {
            return Ok(false);
        }
        self.collect(limit).await
    }

    /// The answer that says no, with as much of its body as arrives.
    pub(super) async fn refusal(mut self, limit: usize) -> Raw {
        // However a success may be read, a refusal has one time for all of it.
        self.limits.end_after(Instant::now(), self.limits.timeout);
        // A refusal is one however much of its reason arrived.
        let _ = self.collect(limit.min(ERROR_BODY_LIMIT)).await;
        self.head
    }

    /// Reads the body up to `limit` bytes, chunk by chunk: a longer one is never held in memory. Gives whether that is all,
    /// and leaves what there is in the answer, also where it fails.
    async fn collect(&mut self, limit: usize) -> Result<bool, Kind> {
        let mut body = Vec::new();
        let end = self.collect_into(&mut body, limit).await;
        body.shrink_to_fit();
        self.head.body = body.into();
        end
    }

    /// Copies, since a piece keeps a buffer of the HTTP client's alive that may be many times as large.
    async fn collect_into(&mut self, body: &mut Vec<u8>, limit: usize) -> Result<bool, Kind> {
        let announced = self.incoming.length();
        let announced = announced.and_then(|length| usize::try_from(length).ok());
        let most = announced.unwrap_or(limit).min(limit);
        // The piece is gone before the next one is waited for.
        while let Some(chunk) = self.chunk().await? {
            let taken = &chunk[..chunk.len().min(limit - body.len())];
            let needed = body.len() + taken.len();
            if needed > body.capacity() {
                // What a server announces it need not send, so no more is taken than came before.
                let wanted = (2 * body.len()).min(most).max(needed);
                body.reserve_exact(wanted - body.len());
            }
            body.extend_from_slice(taken);
            if taken.len() < chunk.len() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
