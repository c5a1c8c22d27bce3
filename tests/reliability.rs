//! Many calls at once against a server where one request in five fails, in every way that there is: each effect happens
//! exactly once. `docs/reliability.md` has the figures.

mod support;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use onlyfansapi::types::SendMessageBody;
use onlyfansapi::{Client, RetryPolicy};
use support::script::{self, Seen};
use support::{answer, builder};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

const CALLS: usize = 10_000;
const TASKS: usize = 64;

/// What the server did, and how.
#[derive(Default)]
struct World {
    /// How often each effect happened, by what was asked for.
    effects: Mutex<HashMap<String, usize>>,
    /// The idempotency keys that were dealt with.
    keys: Mutex<HashMap<String, String>>,
    requests: AtomicUsize,
    failures: AtomicUsize,
    connections: AtomicUsize,
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    Refused(u16),
    DroppedBefore,
    FailedAfter(u16),
    DroppedAfter,
    CutAfter,
}

impl Fault {
    /// One in five, each kind in its turn.
    fn of(request: usize) -> Self {
        if request % 5 != 4 {
            return Self::None;
        }
        [
            Self::Refused(503),
            Self::Refused(429),
            Self::DroppedBefore,
            Self::FailedAfter(500),
            Self::FailedAfter(503),
            Self::FailedAfter(504),
            Self::DroppedAfter,
            Self::CutAfter,
        ][request / 5 % 8]
    }
}

impl World {
    fn effect(&self, seen: &Seen) {
        let what = match seen.method.as_str() {
            "POST" if seen.target.ends_with("/messages") => {
                seen.json()["text"].as_str().unwrap().to_owned()
            }
            _ => format!("{} {}", seen.method, seen.target),
        };
        if let Some(key) = seen.header("idempotency-key") {
            // As the API promises: a second request with the same key does nothing.
            let before = self
                .keys
                .lock()
                .unwrap()
                .insert(key.to_owned(), what.clone());
            if let Some(before) = before {
                assert_eq!(before, what, "a key is of one call");
                return;
            }
        }
        *self.effects.lock().unwrap().entry(what).or_default() += 1;
    }

    async fn serve(self: Arc<Self>, mut stream: TcpStream) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        while let Some((connection, seen)) = script::read(stream).await {
            stream = connection;
            let fault = Fault::of(self.requests.fetch_add(1, Ordering::SeqCst));
            if !matches!(fault, Fault::None) {
                self.failures.fetch_add(1, Ordering::SeqCst);
            }
            let done = answer(
                "200 OK",
                &[],
                r#"{"data": {"id": 1, "list": []}, "success": true}"#,
            );
            let bytes = match fault {
                Fault::Refused(status) => {
                    let body = r#"{"message": "This account is currently re-authenticating."}"#;
                    answer(&format!("{status} No"), &[("retry-after", "0")], body)
                }
                Fault::DroppedBefore => break,
                _ => {
                    self.effect(&seen);
                    match fault {
                        Fault::FailedAfter(status) => {
                            answer(&format!("{status} No"), &[], "<html>")
                        }
                        Fault::DroppedAfter => break,
                        Fault::CutAfter => done[..done.len() - 5].to_vec(),
                        _ => done,
                    }
                }
            };
            if stream.write_all(&bytes).await.is_err() || matches!(fault, Fault::CutAfter) {
                break;
            }
        }
        self.connections.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What the caller was told of each call.
#[derive(Default)]
struct Told {
    done: Vec<String>,
    failed: Vec<String>,
}

async fn call(client: &Client, number: usize, told: &Mutex<Told>) {
    let account = format!("acct_{number}");
    let (what, result) = match number % 4 {
        0 => {
            let text = format!("message {number}");
            let body = SendMessageBody::new().text(text.as_str());
            let sent = client.send_message(account, "1", body).send().await;
            (text, sent.map(|_| ()))
        }
        1 => {
            let what = format!("POST /api/authenticate/{account}/reauthenticate");
            let sent = client.reauthenticate_account(account).send().await;
            (what, sent.map(|_| ()))
        }
        2 => {
            let what = format!("PUT /api/authenticate/{account}");
            let body = onlyfansapi::types::Submit2faBody::new().code("1");
            let sent = client.submit_2fa(account, body).send().await;
            (what, sent.map(|_| ()))
        }
        _ => {
            let what = format!("GET /api/{account}/fans/all");
            let sent = client.list_all_fans(account).send().await;
            (what, sent.map(|_| ()))
        }
    };
    let mut told = told.lock().unwrap();
    match result {
        Ok(()) => told.done.push(what),
        Err(_) => told.failed.push(what),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_effect_happens_exactly_once_though_one_request_in_five_fails() {
    let world = Arc::new(World::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = Arc::clone(&world);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(Arc::clone(&server).serve(stream));
        }
    });
    let policy = RetryPolicy::default()
        .max_retries(8)
        .base_delay(Duration::from_millis(1));
    let client = builder(&url)
        .retry(policy)
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    let told = Arc::new(Mutex::new(Told::default()));
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (client, told, next) = (client.clone(), Arc::clone(&told), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= CALLS {
                        break;
                    }
                    call(&client, number, &told).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let took = began.elapsed();
    let effects = world.effects.lock().unwrap().clone();
    let told = std::mem::take(&mut *told.lock().unwrap());
    let count = |what: &String| effects.get(what).copied().unwrap_or(0);
    let reads = |what: &&String| what.starts_with("GET");

    assert_eq!(told.done.len() + told.failed.len(), CALLS);
    for what in told.done.iter().filter(|what| !reads(what)) {
        assert_eq!(count(what), 1, "{what}: it was said to be done");
    }
    for what in told.failed.iter().filter(|what| !reads(what)) {
        assert!(count(what) <= 1, "{what}: it was said to have failed");
    }
    // What can be sent again always comes through: nine failures in a row do not happen here.
    let lost = told
        .failed
        .iter()
        .filter(|what| reads(what) || what.starts_with("message"));
    assert_eq!(lost.count(), 0);
    assert!(world.failures.load(Ordering::SeqCst) >= CALLS / 5);

    // Nothing is left: no connection beyond the client's own life.
    drop(client);
    for _ in 0..100 {
        if world.connections.load(Ordering::SeqCst) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(world.connections.load(Ordering::SeqCst), 0);
    println!(
        "{CALLS} calls over {TASKS} tasks: {} requests, {} of them failed, {} calls failed, none of their effects \
         happened twice; {:.1} s",
        world.requests.load(Ordering::SeqCst),
        world.failures.load(Ordering::SeqCst),
        told.failed.len(),
        took.as_secs_f64()
    );
}
