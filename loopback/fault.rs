//! What goes wrong on demand.

use std::time::Duration;

use serde_json::json;

use super::reply::Reply;

/// What goes wrong with a request, on demand.
///
/// A refusal, a connection that closes and a server that hangs come before the request has any effect, unless
/// [`after_effect`](Self::after_effect) says otherwise. Whatever is wrong with a response comes after.
#[derive(Debug, Clone)]
#[must_use = "it happens where it is given to"]
pub struct Fault {
    pub(crate) how: How,
    pub(crate) after_effect: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum How {
    Say(Reply),
    Disconnect,
    Reset,
    Hang,
    Slow(Duration),
    Trickle(Duration),
    Cut,
}

impl Fault {
    fn of(how: How) -> Self {
        let after_effect = matches!(how, How::Slow(_) | How::Trickle(_) | How::Cut);
        Self { how, after_effect }
    }

    /// The server says this.
    pub fn reply(reply: impl Into<Reply>) -> Self {
        Self::of(How::Say(reply.into()))
    }

    /// The server says this status, and nothing that helps.
    pub fn status(status: u16) -> Self {
        Self::reply(Reply::json(json!({ "message": "Server Error" })).status(status))
    }

    /// 429: too many requests; the next may come after `retry_after`.
    pub fn rate_limited(retry_after: Duration) -> Self {
        let reply = Reply::json(json!({ "message": "Too Many Attempts." })).status(429);
        Self::reply(reply.header("retry-after", retry_after.as_secs()))
    }

    /// 503 from a gateway, as a web page.
    pub fn unavailable() -> Self {
        let page = "<html><body><h1>503 Service Unavailable</h1></body></html>";
        Self::reply(Reply::bytes("text/html", page).status(503))
    }

    /// The connection closes without a response.
    pub fn disconnect() -> Self {
        Self::of(How::Disconnect)
    }

    /// The connection is reset without a response.
    pub fn reset() -> Self {
        Self::of(How::Reset)
    }

    /// The server takes the request and never responds.
    pub fn hang() -> Self {
        Self::of(How::Hang)
    }

    /// The response comes after `delay`.
    pub fn slow(delay: Duration) -> Self {
        Self::of(How::Slow(delay))
    }

    /// The head of the response comes at once, and its body in ten pieces with `pause` before each.
    pub fn trickle(pause: Duration) -> Self {
        Self::of(How::Trickle(pause))
    }

    /// The connection closes in the middle of the body.
    pub fn cut() -> Self {
        Self::of(How::Cut)
    }

    /// The request has its effect before this goes wrong: the message is sent, and the caller does not hear of it.
    pub fn after_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }
}
