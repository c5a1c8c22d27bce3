//! The server: connections, requests and responses.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::body::Outgoing;
use super::fault::How;
use super::received::Received;
use super::reply::Reply;
use super::state::{Character, State};

/// A server on loopback. It ends when this is dropped.
#[derive(Debug)]
pub struct Server<C> {
    url: String,
    state: Arc<State<C>>,
    task: AbortHandle,
}

impl<C: Character + 'static> Server<C> {
    /// Starts a server on the tokio runtime that this is called in.
    ///
    /// # Errors
    ///
    /// When the system gives no port.
    pub async fn start(state: State<C>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(state);
        let (shared, base) = (Arc::clone(&state), Arc::<str>::from(url.as_str()));
        let task = tokio::spawn(async move {
            // They end with this task.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&shared), Arc::clone(&base)));
                while connections.try_join_next().is_some() {}
            }
        });
        Ok(Self {
            url,
            state,
            task: task.abort_handle(),
        })
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What it knows.
    pub fn state(&self) -> &State<C> {
        &self.state
    }
}

impl<C> Drop for Server<C> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve<C: Character>(stream: TcpStream, state: Arc<State<C>>, base: Arc<str>) {
    let reset = AtomicBool::new(false);
    let service = service_fn(|request| respond(request, &state, &base, &reset));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // A client that hangs up in the middle is none of the server's business.
    let _ = (&mut connection).await;
    if reset.load(Ordering::Relaxed) {
        // What closes without a wait for what is still to be sent is reset.
        #[allow(
            deprecated,
            reason = "no time is no wait, and older versions of tokio know no other way"
        )]
        let _ = connection
            .into_parts()
            .io
            .inner()
            .set_linger(Some(Duration::ZERO));
    }
}

/// An error closes the connection.
async fn respond<C: Character>(
    request: Request<Incoming>,
    state: &State<C>,
    base: &str,
    reset: &AtomicBool,
) -> io::Result<Response<Outgoing>> {
    let (head, body) = request.into_parts();
    let body = read(body).await.map_err(io::Error::other)?;
    let received = Received {
        operation: None,
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        parameters: Default::default(),
        headers: head.headers,
        body,
        status: None,
    };
    let (reply, how) = state.respond(received, base);
    match (reply, how) {
        (Some(reply), Some(How::Slow(delay))) => {
            tokio::time::sleep(delay).await;
            said(&reply, Outgoing::whole)
        }
        (Some(reply), Some(How::Trickle(pause))) => {
            said(&reply, |bytes| Outgoing::trickle(&bytes, pause))
        }
        (Some(reply), Some(How::Cut)) => said(&reply, |bytes| Outgoing::cut(&bytes)),
        (Some(reply), _) => said(&reply, Outgoing::whole),
        (None, Some(How::Hang)) => {
            std::future::pending::<Infallible>().await;
            Err(io::ErrorKind::ConnectionAborted.into())
        }
        (None, how) => {
            reset.store(matches!(how, Some(How::Reset)), Ordering::Relaxed);
            Err(io::ErrorKind::ConnectionAborted.into())
        }
    }
}

fn said(reply: &Reply, body: impl FnOnce(Bytes) -> Outgoing) -> io::Result<Response<Outgoing>> {
    let mut response = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(name, value);
    }
    response.body(body(reply.body())).map_err(io::Error::other)
}

async fn read(mut body: Incoming) -> Result<Bytes, hyper::Error> {
    let mut all = Vec::new();
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        match frame {
            Some(frame) => {
                if let Ok(data) = frame?.into_data() {
                    all.extend_from_slice(&data);
                }
            }
            None => return Ok(all.into()),
        }
    }
}
