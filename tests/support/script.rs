//! A server that follows a script: an act for each request, in their order. It runs on the test's own runtime, so that
//! tests can stop the clock.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::answer;

/// What the server does with a request.
#[derive(Clone)]
pub enum Act {
    /// Sends these bytes and closes the connection.
    Say(Vec<u8>),
    /// Says nothing, and keeps the connection open.
    Hang,
    /// Closes the connection without an answer.
    Drop,
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    pub target: String,
    head: String,
    pub body: Vec<u8>,
}

impl Seen {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// An answer of JSON.
pub fn json(status: u16, headers: &[(&str, &str)], body: &str) -> Act {
    let mut all = vec![
        ("content-type", "application/json"),
        ("connection", "close"),
    ];
    all.extend(headers);
    Act::Say(answer(&format!("{status} Status"), &all, body))
}

pub struct Script {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Script {
    /// A server that plays `acts`, the last of them for all further requests.
    pub async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let mut acts: VecDeque<Act> = acts.into_iter().collect();
        Self::play(move |_| {
            if acts.len() > 1 {
                acts.pop_front()
            } else {
                acts.front().cloned()
            }
            .expect("an act")
        })
        .await
    }

    /// A server that asks `act` what to do with each request.
    pub async fn play(act: impl FnMut(&Seen) -> Act + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let act = Arc::new(Mutex::new(act));
        let all = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (all, act) = (Arc::clone(&all), Arc::clone(&act));
                tokio::spawn(async move {
                    if let Some((mut stream, request)) = read(stream).await {
                        let act = (act.lock().expect("the script"))(&request);
                        all.lock().expect("the list").push(request);
                        match act {
                            Act::Say(bytes) => {
                                let _ = stream.write_all(&bytes).await;
                                let _ = stream.shutdown().await;
                            }
                            Act::Hang => tokio::time::sleep(Duration::from_secs(86_400)).await,
                            Act::Drop => {}
                        }
                    }
                });
            }
        });
        Self { url, seen }
    }

    /// What came in so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("the list").clone()
    }

    pub fn count(&self) -> usize {
        self.seen().len()
    }
}

pub async fn read(mut stream: TcpStream) -> Option<(TcpStream, Seen)> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 << 10];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    };
    let mut body = bytes.split_off(end + 4);
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let mut line = head.lines().next().unwrap_or_default().split(' ');
    let request = Seen {
        method: line.next().unwrap_or_default().to_owned(),
        target: line.next().unwrap_or_default().to_owned(),
        head: head.clone(),
        body: Vec::new(),
    };
    let length: Option<usize> = request
        .header("content-length")
        .and_then(|text| text.parse().ok());
    let chunked = request.header("transfer-encoding").is_some();
    let complete = |body: &[u8]| match length {
        Some(length) => body.len() >= length,
        None => !chunked || body.ends_with(b"0\r\n\r\n"),
    };
    while !complete(&body) {
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => body.extend_from_slice(&chunk[..read]),
        }
    }
    Some((stream, Seen { body, ..request }))
}
