//! What the HTTP client can do: everything on a system, less in a browser. What differs is here, so that the rest of a
//! call is the same in both.

pub(super) use imp::{
    Connections, Incoming, Make, Pulse, has_proxy, is_connect, is_interrupted, send, take_headers,
};

/// A body that was opened, and when the connection last took some of it, where that is known.
pub(super) type Opened = (reqwest::Body, Option<Pulse>);

#[cfg(not(target_arch = "wasm32"))]
mod imp {
    use std::pin::pin;
    use std::time::Duration;

    use bytes::Bytes;
    use hyper_util::client::proxy::matcher::Matcher;
    use reqwest::header::HeaderMap;
    use reqwest::{Client, Request, Response, Url};

    use crate::runtime::client::Limits;
    use crate::runtime::clock::{self, Instant};
    use crate::runtime::error::Kind;
    use crate::runtime::stream;

    /// Whether the environment names a proxy for a URL, by the rules that the HTTP client goes by.
    pub(crate) fn has_proxy(url: &Url) -> bool {
        let url = url.as_str().parse();
        url.is_ok_and(|url| Matcher::from_system().intercept(&url).is_some())
    }

    pub(crate) use crate::runtime::connections::{Connections, Make};
    pub(crate) use crate::runtime::stream::Pulse;

    /// Sends a request and waits for the head of its answer. Where the body is sent part by part, the timeout is for each
    /// part, for the head of the answer, and for the rest of it.
    pub(crate) fn send(
        http: &Client,
        mut request: Request,
        pulse: Option<Pulse>,
        limits: &mut Limits,
    ) -> impl Future<Output = Result<Response, Kind>> + use<> {
        limits.whole &= pulse.is_none();
        let Limits {
            timeout,
            whole,
            deadline,
        } = *limits;
        if whole {
            *request.timeout_mut() = Some(timeout);
        }
        let sent = http.execute(request);
        async move {
            let answer = if whole {
                sent.await
            } else if let Some(pulse) = pulse {
                Box::pin(paced(sent, pulse, timeout, deadline)).await?
            } else {
                Box::pin(clock::timeout(timeout, sent))
                    .await
                    .map_err(|_| Kind::Timeout)?
            };
            answer.map_err(Kind::Transport)
        }
    }

    /// Waits as long as parts of the body are taken.
    async fn paced<F: Future>(
        sent: F,
        pulse: Pulse,
        timeout: Duration,
        deadline: Option<Instant>,
    ) -> Result<F::Output, Kind> {
        let mut sent = pin!(sent);
        loop {
            // A time beyond what the clock can count is no limit.
            let end = pulse.last().checked_add(timeout);
            let end = end.into_iter().chain(deadline).min();
            let left = end.map_or(Duration::MAX, |end| {
                end.saturating_duration_since(Instant::now())
            });
            if let Ok(answer) = clock::timeout(left, sent.as_mut()).await {
                return Ok(answer);
            }
            let late = |end| end <= Instant::now();
            let next = pulse.last().checked_add(timeout);
            if next.is_some_and(late) || deadline.is_some_and(late) {
                return Err(Kind::Timeout);
            }
        }
    }

    pub(crate) fn take_headers(response: &mut Response) -> HeaderMap {
        std::mem::take(response.headers_mut())
    }

    /// Whether no connection came about.
    pub(crate) fn is_connect(error: &reqwest::Error) -> bool {
        error.is_connect()
    }

    /// Whether it was the body of the request that broke off, and not the connection.
    pub(crate) fn is_interrupted(error: &reqwest::Error) -> bool {
        let first: &(dyn std::error::Error + 'static) = error;
        std::iter::successors(Some(first), |error| error.source())
            .any(|error| error.is::<stream::Interrupted>())
    }

    /// The body of an answer, piece by piece.
    pub(crate) struct Incoming(Response);

    impl Incoming {
        pub(crate) fn new(response: Response) -> Self {
            Self(response)
        }

        /// How many bytes it has, as far as that was said.
        pub(crate) fn length(&self) -> Option<u64> {
            self.0.content_length()
        }

        pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
            self.0.chunk().await
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod imp {
    use bytes::Bytes;
    use reqwest::header::HeaderMap;
    use reqwest::{Client, Request, Response, Url};

    use crate::runtime::client::Limits;
    use crate::runtime::clock::{self, Instant};
    use crate::runtime::error::Kind;

    /// Makes another HTTP client like the first, which nobody needs.
    pub(crate) type Make = Box<dyn Fn() -> Option<Client>>;

    /// The connections are the browser's own.
    pub(crate) struct Connections(Client);

    impl Connections {
        pub(crate) fn new(first: Client, _: Option<Make>) -> Self {
            Self(first)
        }

        pub(crate) async fn settle(&self) {}

        pub(crate) fn here(&self) -> Client {
            self.0.clone()
        }
    }

    /// How far a body is nobody says.
    pub(crate) type Pulse = std::convert::Infallible;

    /// A browser says nothing of its proxies.
    pub(crate) fn has_proxy(_: &Url) -> bool {
        false
    }

    /// Sends a request and waits for the head of its answer. A request that is dropped is broken off.
    pub(crate) fn send(
        http: &Client,
        request: Request,
        _: Option<Pulse>,
        limits: &mut Limits,
    ) -> impl Future<Output = Result<Response, Kind>> + use<> {
        // By the clock and not by reqwest, whose limits here end at 24 days with a panic, and count as a timeout only
        // until the head is there.
        if std::mem::take(&mut limits.whole) {
            limits.end_after(Instant::now(), limits.timeout);
        }
        let sent = clock::timeout(limits.timeout, http.execute(request));
        async move {
            let answer = sent.await.map_err(|()| Kind::Timeout)?;
            answer.map_err(Kind::Transport)
        }
    }

    /// A copy: where the body's length was said is in them.
    pub(crate) fn take_headers(response: &mut Response) -> HeaderMap {
        response.headers().clone()
    }

    /// A browser does not say why a request failed.
    pub(crate) fn is_connect(_: &reqwest::Error) -> bool {
        false
    }

    /// What is sent is in memory, so that it cannot break off.
    pub(crate) fn is_interrupted(_: &reqwest::Error) -> bool {
        false
    }

    /// The body of an answer, which a browser hands over in one piece.
    pub(crate) struct Incoming(Option<Response>);

    impl Incoming {
        pub(crate) fn new(response: Response) -> Self {
            Self(Some(response))
        }

        /// How many bytes it has, as far as that was said.
        pub(crate) fn length(&self) -> Option<u64> {
            self.0.as_ref()?.content_length()
        }

        pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
            match self.0.take() {
                Some(response) => response.bytes().await.map(Some),
                None => Ok(None),
            }
        }
    }
}
