//! A client that is used from several runtimes of tokio.

mod support;

use std::time::{Duration, Instant};

use onlyfansapi::{Client, Error};
use support::{answer, builder};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::{Builder, Runtime};

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A server that keeps its connections open, on a runtime of its own.
fn server() -> (Runtime, String) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut some = vec![0; 64 << 10];
                while matches!(stream.read(&mut some).await, Ok(read) if read > 0) {
                    let _ = stream.write_all(&answer("200 OK", &[], "{}")).await;
                }
            });
        }
    });
    (runtime, url)
}

async fn post(client: &Client) -> Result<(), Error> {
    client
        .reauthenticate_account("acct_1")
        .send()
        .await
        .map(drop)
}

#[test]
fn a_runtime_that_stands_still_holds_up_no_call_of_another() {
    let (_server, url) = server();
    let client = builder(&url)
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let runtimes: Vec<Runtime> = (0..3).map(|_| current_thread()).collect();
    let began = Instant::now();
    for _ in 0..2 {
        for runtime in &runtimes {
            runtime.block_on(post(&client)).unwrap();
        }
    }
    let threads = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    for _ in 0..2 {
        threads.block_on(post(&client)).unwrap();
        runtimes[0].block_on(post(&client)).unwrap();
    }
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_connection_that_was_closed_while_the_runtime_stood_still_is_not_used() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut vec![0; 64 << 10]);
            let _ = stream.write_all(&answer("200 OK", &[], "{}"));
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let client = builder(&url)
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let runtime = current_thread();
    let began = Instant::now();
    for call in 0..20 {
        runtime
            .block_on(post(&client))
            .unwrap_or_else(|error| panic!("{call} after {:?}: {error:?}", began.elapsed()));
        std::thread::sleep(Duration::from_millis(60));
    }
}
