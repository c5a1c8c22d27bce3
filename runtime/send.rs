//! The one way on which every call of every operation goes out: build, wait for the limits, transmit, check the answer,
//! and do it again where that is safe.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use tracing::{Instrument as _, Span};

use super::call::{Call, Check};
use super::client::Limits;
use super::clock::{Instant, sleep};
use super::error::Kind;
use super::exchange::Exchange;
use super::refusal;
use super::response::Raw;
use super::said::{self, Reported};
use super::{ApiError, Error, random, redact};

/// Where the body of a success goes.
pub(super) trait Sink {
    /// Takes the body as it arrives. Gives whether that was all of it.
    async fn take(&mut self, exchange: &mut Exchange, limit: usize) -> Result<bool, Kind>;

    /// Whether something of an answer is where it cannot be taken back.
    fn is_spent(&self) -> bool {
        false
    }

    /// Whether the time limit is one for each piece of the body, and not for the whole.
    fn streams(&self) -> bool {
        false
    }
}

/// The body is kept in memory.
pub(super) struct Memory;

impl Sink for Memory {
    async fn take(&mut self, exchange: &mut Exchange, limit: usize) -> Result<bool, Kind> {
        exchange.read(limit).await
    }
}

impl Call {
    /// Sends the call, again where that is safe, and gives a success as it came.
    ///
    /// It borrows the call, so that the call can be sent again.
    pub(super) async fn execute(&self) -> Result<Raw, Error> {
        self.execute_into(&mut Memory).await
    }

    pub(super) async fn execute_into(&self, sink: &mut impl Sink) -> Result<Raw, Error> {
        let defaults = self.client.defaults();
        let deadline = self.own().deadline.or(defaults.deadline);
        // A deadline beyond what the clock can count is none.
        let deadline = deadline.and_then(|deadline| Instant::now().checked_add(deadline));
        let key = self.idempotency_key();
        let mut waited = Duration::ZERO;
        let mut retries = 0;
        loop {
            // In a box, since it is large: all that waits for it would be moved about with it.
            let attempt = Box::pin(self.attempt(key.as_ref(), deadline, sink));
            let span = self.span(retries + 1);
            let result = if span.is_disabled() {
                attempt.await
            } else {
                let began = Instant::now();
                let result = attempt.instrument(span.clone()).await;
                record(&span, began, &result);
                result
            };
            let error = match result {
                Ok(mut raw) => {
                    raw.attempts = retries + 1;
                    return Ok(raw);
                }
                Err(error) => error.after(retries + 1),
            };
            let spent = sink.is_spent();
            let wait = self.wait_after(&error, deadline, spent, retries, &mut waited);
            let Some(wait) = wait else {
                return Err(error);
            };
            tracing::debug!(target: super::TARGET, parent: &span, wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), "sent again");
            Box::pin(sleep(wait)).await;
            retries += 1;
        }
    }

    /// What is recorded of an attempt.
    fn span(&self, attempt: u32) -> Span {
        tracing::debug_span!(
            target: super::TARGET,
            "request",
            operation = self.operation.id,
            method = self.operation.method,
            path = self.operation.path,
            attempt,
            status = tracing::field::Empty,
            duration_ms = tracing::field::Empty,
        )
    }

    /// The wait before the call is sent again after a failure, `None` when it is not.
    #[cold]
    fn wait_after(
        &self,
        error: &Error,
        deadline: Option<Instant>,
        spent: bool,
        retries: u32,
        waited: &mut Duration,
    ) -> Option<Duration> {
        let replayable = self.body.iter().flatten().all(|body| body.is_replayable());
        if spent || !replayable {
            return None;
        }
        let retry = self.own().retry.unwrap_or(self.client.defaults().retry);
        let repeat = self.own().repeat.unwrap_or(self.operation.repeat());
        let wait = retry.wait(repeat, error, retries, waited)?;
        let in_time = |end| {
            Instant::now()
                .checked_add(wait)
                .is_some_and(|then| then < end)
        };
        deadline.is_none_or(in_time).then_some(wait)
    }

    /// One request and its answer.
    async fn attempt(
        &self,
        key: Option<&(HeaderName, HeaderValue)>,
        deadline: Option<Instant>,
        sink: &mut impl Sink,
    ) -> Result<Raw, Error> {
        let failed = |kind| Error::new(Some(self.operation), kind);
        let refused = |message| failed(Kind::Request(message));
        // In a box, since it is large as well, and this future would hold it.
        let mut request = Box::new(self.request().map_err(refused)?);
        // To the server a blank key is none.
        let is_blank = |value: &HeaderValue| value.as_bytes().trim_ascii().is_empty();
        if let Some((name, value)) = key
            && request.headers().get(name).is_none_or(is_blank)
        {
            request.headers_mut().insert(name, value.clone());
        }
        let mut timeout = self.own().timeout.unwrap_or(self.client.defaults().timeout);
        // Who gives a call a time of its own wants to hear of it by then. The client's is for the request alone: with it
        // nobody could wait for the next minute.
        let began = self.own().timeout.map(|_| Instant::now());
        let own = began.and_then(|began| began.checked_add(timeout));
        let until = deadline.into_iter().chain(own).min();
        let mut permit = self.client.permit(until).await.map_err(failed)?;
        timeout = timeout.saturating_sub(began.map_or(Duration::ZERO, |began| began.elapsed()));
        let mut pulse = None;
        if let Some(Ok(body)) = &self.body {
            let opened = match body.small() {
                Some(bytes) => Ok((bytes.clone().into(), None)),
                None => Box::pin(body.open()).await,
            };
            let (body, beat) = opened.map_err(refused)?;
            *request.body_mut() = Some(body);
            pulse = beat;
        }
        let left = deadline.map_or(timeout, |end| {
            end.saturating_duration_since(Instant::now()).min(timeout)
        });
        if left.is_zero() && deadline.is_some() {
            return Err(failed(Kind::Waiting));
        }
        let limits = Limits {
            timeout: left,
            deadline,
            whole: !sink.streams(),
        };
        self.client.settle().await;
        permit.sent(true);
        let sent = self
            .client
            .transmit(self.operation, *request, pulse, limits);
        let mut exchange = sent
            .await
            .inspect_err(|error| permit.sent(!error.is_unsent()))?;
        permit.answered(exchange.headers());
        let limit = self.client.max_response_bytes();
        if !exchange.status().is_success() {
            let raw = Box::pin(exchange.refusal(limit)).await;
            return Err(failed(Kind::Api(self.denial(raw, Reported::Error))));
        }
        let complete = sink.take(&mut exchange, limit).await.map_err(failed)?;
        let raw = exchange.into_raw();
        if !complete {
            let raw = Raw {
                body: Bytes::new(),
                ..raw
            };
            return Err(failed(Kind::TooLarge { raw, limit }));
        }
        match self.reported(&raw) {
            None => Ok(raw),
            Some(reported) => Err(failed(Kind::Api(self.denial(raw, reported)))),
        }
    }

    /// What in the body of a success says that it is none.
    fn reported(&self, raw: &Raw) -> Option<Reported> {
        match self.own().check {
            // What is documented to be in a success is no sign of a failure.
            Check::Success => said::reported(&raw.body)
                .filter(|reported| !(self.operation.answers_error && *reported == Reported::Error)),
            Check::File if refusal::may_be(&raw.headers) => {
                refusal::is(&raw.body).then_some(Reported::NoSuccess)
            }
            Check::File | Check::Nothing => None,
        }
    }

    /// The error that a success stands for which says that it is none.
    #[cold]
    fn denial(&self, raw: Raw, reported: Reported) -> ApiError {
        let error = ApiError::new(raw, &self.sent_texts());
        match reported {
            Reported::Error => error,
            Reported::NoSuccess => error.into_said(),
        }
    }

    /// The texts of this call that an answer may repeat, and that must not be printed then.
    fn sent_texts(&self) -> Vec<String> {
        let body = self.body.iter().flatten().next();
        redact::sent_texts(self.client.api_key(), self.values(), body)
    }

    /// The header that tells the server that all requests of this call are one, for an operation that knows one. A value
    /// that the caller set comes first.
    fn idempotency_key(&self) -> Option<(HeaderName, HeaderValue)> {
        let name = HeaderName::from_bytes(self.operation.idempotency_key?.as_bytes()).ok()?;
        let value = HeaderValue::from_str(&random::token()).ok()?;
        Some((name, value))
    }
}

/// Writes into the span of an attempt how it ended.
fn record(span: &Span, began: Instant, result: &Result<Raw, Error>) {
    let status = match result {
        Ok(raw) => Some(raw.status),
        Err(error) => error.status(),
    };
    if let Some(status) = status {
        span.record("status", status.as_u16());
    }
    let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.record("duration_ms", took);
}
