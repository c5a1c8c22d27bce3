//! The body of an answer that goes to a writer while it arrives.

use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::clock;
use super::error::Kind;
use super::exchange::Exchange;
use super::refusal;
use super::send::Sink;

pub(super) struct Download<W, P> {
    writer: W,
    progress: P,
    written: u64,
}

impl<W, P> Download<W, P> {
    pub(super) fn new(writer: W, progress: P) -> Self {
        Self {
            writer,
            progress,
            written: 0,
        }
    }

    pub(super) fn written(&self) -> u64 {
        self.written
    }
}

impl<W: AsyncWrite + Send + Unpin, P: FnMut(u64, Option<u64>) + Send> Sink for Download<W, P> {
    async fn take(&mut self, exchange: &mut Exchange, _: usize) -> Result<bool, Kind> {
        // A writer may take longer than the body, and a deadline is for both.
        match exchange.left() {
            Some(left) => clock::timeout(left, self.copy(exchange))
                .await
                .map_err(|_| Kind::Timeout)??,
            None => self.copy(exchange).await?,
        }
        Ok(true)
    }

    fn is_spent(&self) -> bool {
        self.written > 0
    }

    fn streams(&self) -> bool {
        true
    }
}

impl<W: AsyncWrite + Send + Unpin, P: FnMut(u64, Option<u64>) + Send> Download<W, P> {
    async fn copy(&mut self, exchange: &mut Exchange) -> Result<(), Kind> {
        let total = exchange.length();
        // What may be a refusal is written when it turns out to be none.
        let mut held = refusal::may_be(exchange.headers()).then(Vec::new);
        while let Some(chunk) = exchange.chunk().await? {
            match &mut held {
                Some(start) if start.len() + chunk.len() <= refusal::LONGEST => {
                    start.extend_from_slice(&chunk);
                    if refusal::may_begin(start) {
                        continue;
                    }
                }
                Some(start) => start.extend_from_slice(&chunk),
                None => self.write(&chunk, total).await?,
            }
            if let Some(start) = held.take() {
                self.write(&start, total).await?;
            }
        }
        match held {
            Some(start) if refusal::is(&start) => exchange.keep(start),
            Some(start) if !start.is_empty() => self.write(&start, total).await?,
            _ => {}
        }
        self.writer.flush().await.map_err(Kind::Write)
    }

    async fn write(&mut self, chunk: &[u8], total: Option<u64>) -> Result<(), Kind> {
        // Where writing fails, some of the chunk may be there.
        self.written += chunk.len() as u64;
        self.writer.write_all(chunk).await.map_err(Kind::Write)?;
        (self.progress)(self.written, total);
        Ok(())
    }
}
