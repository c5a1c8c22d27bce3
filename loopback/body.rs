//! The body of a response as it goes out: at once, piece by piece, or not to its end.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// How many pieces a body has that comes slowly.
const PIECES: usize = 10;

/// A body that goes out.
pub struct Outgoing {
    pieces: VecDeque<Bytes>,
    /// How much is said to come.
    length: u64,
    /// Whether the connection breaks behind the last piece.
    cut: bool,
    pause: Option<Duration>,
    pausing: Option<Pin<Box<Sleep>>>,
}

impl Outgoing {
    /// All of it at once.
    pub fn whole(bytes: Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            pieces: Some(bytes)
                .filter(|bytes| !bytes.is_empty())
                .into_iter()
                .collect(),
            cut: false,
            pause: None,
            pausing: None,
        }
    }

    /// The first half of it, and then nothing more.
    pub fn cut(bytes: &Bytes) -> Self {
        Self {
            length: bytes.len().max(1) as u64,
            cut: true,
            ..Self::whole(bytes.slice(..bytes.len() / 2))
        }
    }

    /// All of it in pieces, with a pause before each.
    pub fn trickle(bytes: &Bytes, pause: Duration) -> Self {
        let size = bytes.len().div_ceil(PIECES).max(1);
        Self {
            pieces: bytes.chunks(size).map(Bytes::copy_from_slice).collect(),
            pause: Some(pause),
            ..Self::whole(bytes.clone())
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let (Some(pause), false) = (self.pause, self.pieces.is_empty()) {
            let pausing = self.pausing.get_or_insert_with(|| Box::pin(sleep(pause)));
            std::task::ready!(pausing.as_mut().poll(context));
            self.pausing = None;
        }
        Poll::Ready(match self.pieces.pop_front() {
            Some(piece) => Some(Ok(Frame::data(piece))),
            None if self.cut => Some(Err(io::ErrorKind::ConnectionAborted.into())),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
