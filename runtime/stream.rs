//! Bodies that are read while they are sent: files, readers, and several contents one after the
//! other. They say when the connection last took some of them.

use std::collections::VecDeque;
use std::error::Error;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use std::{fmt, io};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::Sleep;

use super::clock::{Instant, sleep};
use super::upload::{Content, Piece, Progress};

/// How much is read at a time.
pub(super) const CHUNK: usize = 64 << 10;

/// How long nothing is sent, after so much was. A connection that is always written to is never looked at for a response, and
/// that of a server that refuses the rest of a body and hangs up is lost with the next write.
const REST: Duration = Duration::from_millis(1);
const UNRESTED: usize = 256 << 10;

/// A body that can be sent once. Clones share it: whoever sends first has it.
#[derive(Clone)]
pub(super) struct Stream(Arc<Mutex<Option<reqwest::Body>>>);

impl Stream {
    pub(super) fn new(body: reqwest::Body) -> Self {
        Self(Arc::new(Mutex::new(Some(body))))
    }

    pub(super) fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::new(reqwest::Body::wrap(Reader::new(reader)))
    }

    fn take(&self) -> Result<reqwest::Body, String> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.take().ok_or_else(|| {
            "expected a stream that was not sent before, but found one that was: \
             make a new one, or send bytes or a path, which can be sent again"
                .to_owned()
        })
    }
}

impl PartialEq for Stream {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What an [`AsyncRead`] gives.
struct Reader {
    /// Never locked: it is what makes the reader `Sync`.
    reader: Mutex<Pin<Box<dyn AsyncRead + Send>>>,
    buffer: Box<[u8]>,
}

impl Reader {
    fn new(reader: impl AsyncRead + Send + 'static) -> Self {
        Self {
            reader: Mutex::new(Box::pin(reader)),
            buffer: vec![0; CHUNK].into(),
        }
    }
}

impl http_body::Body for Reader {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Self { reader, buffer } = &mut *self;
        let reader = reader.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut buffer = ReadBuf::new(buffer);
        ready!(reader.as_mut().poll_read(context, &mut buffer))?;
        let read = Bytes::copy_from_slice(buffer.filled());
        Poll::Ready((!read.is_empty()).then(|| Ok(Frame::data(read))))
    }
}

/// Bytes, in small parts: between them the connection can see that the server has answered already.
struct Parts(Bytes);

impl http_body::Body for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let next = self.0.len().min(CHUNK);
        let part = self.0.split_to(next);
        Poll::Ready((!part.is_empty()).then(|| Ok(Frame::data(part))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// When the connection last took some of a body.
#[derive(Clone)]
pub(crate) struct Pulse(Arc<Mutex<Instant>>);

impl Pulse {
    fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    pub(super) fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Contents one after the other, each of exactly the size that was said, if one was.
pub(super) struct Chain {
    links: VecDeque<Link>,
    pulse: Pulse,
    /// How much was sent since the last rest, and the rest that is taken now.
    unrested: usize,
    rest: Option<Pin<Box<Sleep>>>,
}

struct Link {
    body: reqwest::Body,
    /// How many bytes are still to come.
    left: Option<u64>,
    size: Option<u64>,
    sent: u64,
    progress: Option<Progress>,
    /// What completes the size. It is held back until nothing follows it: once a body of known size
    /// is complete, nobody asks for more of it.
    last: Option<Frame<Bytes>>,
}

/// What was to be sent could not be read to its end.
#[derive(Debug)]
pub(super) struct Interrupted(Box<dyn Error + Send + Sync>);

impl Chain {
    /// Opens each content, which can fail for a path and for a stream that was sent before.
    pub(super) async fn open(pieces: &[Piece]) -> Result<Self, String> {
        let mut links = VecDeque::with_capacity(pieces.len());
        for piece in pieces {
            let (body, known) = match &piece.content {
                Content::Bytes(bytes) => (reqwest::Body::wrap(Parts(bytes.clone())), None),
                Content::Stream(stream) => (stream.take()?, None),
                Content::Path(path) => open(path).await.map_err(|error| {
                    format!("the file {} cannot be read: {error}", path.display())
                })?,
            };
            let size = piece.size.or(known).or(body.size_hint().exact());
            let progress = piece.progress.clone();
            if let Some(progress) = &progress {
                progress.tell(0, size);
            }
            links.push_back(Link {
                left: size,
                size,
                sent: 0,
                progress,
                body,
                last: None,
            });
        }
        Ok(Self {
            links,
            pulse: Pulse(Arc::new(Mutex::new(Instant::now()))),
            unrested: 0,
            rest: None,
        })
    }

    pub(super) fn pulse(&self) -> Pulse {
        self.pulse.clone()
    }

    /// The next part of the content that is sent now, and of those behind it.
    fn poll_part(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Interrupted>>> {
        let broken =
            |error: Box<dyn Error + Send + Sync>| Poll::Ready(Some(Err(Interrupted(error))));
        while let Some(link) = self.links.front_mut() {
            match ready!(Pin::new(&mut link.body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    let size = frame.data_ref().map_or(0, |data| data.len() as u64);
                    link.left = match link.left.map(|left| left.checked_sub(size)) {
                        Some(None) => return broken("it is longer than was said".into()),
                        left => left.flatten(),
                    };
                    link.sent += size;
                    if let Some(progress) = link.progress.as_ref().filter(|_| size > 0) {
                        progress.tell(link.sent, link.size);
                    }
                    if link.left != Some(0) {
                        return Poll::Ready(Some(Ok(frame)));
                    }
                    if size > 0 {
                        link.last = Some(frame);
                    }
                }
                Some(Err(error)) => return broken(error.into()),
                None if link.left.is_some_and(|left| left > 0) => {
                    return broken("it is shorter than was said".into());
                }
                None => {
                    let last = self.links.pop_front().and_then(|link| link.last);
                    if last.is_some() {
                        return Poll::Ready(last.map(Ok));
                    }
                }
            }
        }
        Poll::Ready(None)
    }
}

/// The content of a file, and its size; of a pipe or a device the size says nothing.
async fn open(path: &Path) -> io::Result<(reqwest::Body, Option<u64>)> {
    let file = tokio::fs::File::open(path).await?;
    let found = file.metadata().await?;
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let body = reqwest::Body::wrap(Reader::new(file));
    Ok((body, found.is_file().then_some(found.len())))
}

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = Interrupted;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Interrupted>>> {
        if let Some(rest) = &mut self.rest {
            ready!(rest.as_mut().poll(context));
            self.rest = None;
        }
        let part = ready!(self.poll_part(context));
        self.pulse.beat();
        if let Some(Ok(frame)) = &part {
            self.unrested += frame.data_ref().map_or(0, Bytes::len);
        }
        if self.unrested >= UNRESTED {
            self.unrested = 0;
            self.rest = Some(Box::pin(sleep(REST)));
        }
        Poll::Ready(part)
    }

    fn size_hint(&self) -> SizeHint {
        let sizes = self.links.iter().map(|link| {
            let held = link.last.as_ref().and_then(Frame::data_ref);
            Some(link.left? + held.map_or(0, |data| data.len() as u64))
        });
        let size = sizes.sum::<Option<u64>>();
        size.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "what was to be sent could not be read: {}", self.0)
    }
}

impl Error for Interrupted {}
