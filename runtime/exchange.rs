//! An answer whose head is there, and how its body is read.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::client::Limits;
use super::clock::{self, Instant};
use super::error::Kind;
use super::platform::Incoming;
use super::response::Raw;
use super::send::Answer;

/// How much memory is taken for a body before it has come, in bytes: what a server announces it need not send.
const ANNOUNCED_LIMIT: u64 = 8 << 20;
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

    /// The answer without its body.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn head(&self) -> Raw {
        self.head.clone()
    }

    /// The next piece of the body.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Kind> {
        let chunk = if self.limits.whole {
            self.incoming.chunk().await
        } else {
            let left = self.limits.deadline.map_or(Duration::MAX, |end| {
                end.saturating_duration_since(Instant::now())
            });
            clock::timeout(self.limits.timeout.min(left), self.incoming.chunk())
                .await
                .map_err(|_| Kind::Timeout)?
        };
        chunk.map_err(Kind::Transport)
    }

    /// The body of a success, of at most `limit` bytes.
    pub(super) async fn read(self, limit: usize) -> Result<Answer, Kind> {
        // A longer success is of no use, so it need not be read at all.
        let announced = self.incoming.length();
        if announced.is_some_and(|length| length > limit as u64) {
            return Ok(Answer {
                raw: self.head,
                complete: false,
            });
        }
        let (raw, end) = self.collect(limit).await;
        end.map(|complete| Answer { raw, complete })
    }

    /// An answer that says no, with as much of its body as arrives.
    pub(super) async fn refusal(mut self, limit: usize) -> Raw {
        // However a success may be read, a refusal has one time for all of it.
        self.limits.end_after(Instant::now(), self.limits.timeout);
        self.collect(limit.min(ERROR_BODY_LIMIT)).await.0
    }

    /// Reads the body up to `limit` bytes, chunk by chunk: a longer one is never held in memory. Gives what there was, and
    /// whether that is all.
    async fn collect(mut self, limit: usize) -> (Raw, Result<bool, Kind>) {
        // The announced length is a hint from outside: take it for what is common, and grow for more.
        let announced = self.incoming.length().unwrap_or(0);
        let announced = usize::try_from(announced.min(ANNOUNCED_LIMIT)).unwrap_or(0);
        // A body that comes in one piece, as small ones do, is that piece.
        let first = match self.chunk().await {
            Ok(Some(first)) if first.len() == announced && announced <= limit => first,
            Ok(Some(first)) => {
                let mut body = BytesMut::with_capacity(announced.min(limit));
                let end = self.rest(&mut body, first, limit).await;
                self.head.body = body.freeze();
                return (self.head, end);
            }
            Ok(None) => return (self.head, Ok(true)),
            Err(error) => return (self.head, Err(error)),
        };
        let end = match self.chunk().await {
            Ok(chunk) => Ok(chunk.is_none()),
            Err(error) => Err(error),
        };
        self.head.body = first;
        (self.head, end)
    }

    /// Adds what follows a piece, and the piece itself, to `body`; gives whether that is all.
    async fn rest(
        &mut self,
        body: &mut BytesMut,
        first: Bytes,
        limit: usize,
    ) -> Result<bool, Kind> {
        let mut chunk = first;
        loop {
            if chunk.len() > limit - body.len() {
                body.extend_from_slice(&chunk[..limit - body.len()]);
                return Ok(false);
            }
            body.extend_from_slice(&chunk);
            chunk = match self.chunk().await? {
                Some(chunk) => chunk,
                None => return Ok(true),
            };
        }
    }
}
