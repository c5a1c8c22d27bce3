//! A server on the loopback interface that answers as badly as it is told to.

use std::io::{Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The server; it ends with the test's process.
pub struct Server {
    port: u16,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// One that gives each connection to `answer` once the request has been read.
    pub fn start(
        answer: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = requests.clone();
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let (counter, answer) = (counter.clone(), answer.clone());
                thread::spawn(move || {
                    let mut request = Vec::new();
                    let mut piece = [0; 1024];
                    while !request.ends_with(b"\r\n\r\n") {
                        match stream.read(&mut piece) {
                            Ok(0) | Err(_) => return,
                            Ok(read) => request.extend_from_slice(&piece[..read]),
                        }
                    }
                    counter.fetch_add(1, Ordering::SeqCst);
                    // The client hangs up in the middle of what it refuses.
                    let _ = answer(&mut stream);
                });
            }
        });
        Self { port, requests }
    }

    /// One that answers every request with the same.
    pub fn saying(status: &'static str, headers: &'static str, body: impl Into<String>) -> Self {
        let body = body.into();
        Self::start(move |stream| {
            write!(
                stream,
                "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
                body.len()
            )
        })
    }

    /// The address of the document.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/openapi.yaml", self.port)
    }

    /// `text` with `<server>` for this server's host and port, so that a snapshot can hold it.
    pub fn hide(&self, text: &str) -> String {
        text.replace(&format!("127.0.0.1:{}", self.port), "<server>")
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}
