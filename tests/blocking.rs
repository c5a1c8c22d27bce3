//! The client without async.
#![cfg(feature = "blocking")]

mod support;

use onlyfansapi::blocking::Wait as _;
use onlyfansapi::{Login, Step};
use support::script::{Script, json};

/// A server on a runtime of its own, as a real one is.
fn server(body: &'static str) -> (tokio::runtime::Runtime, Script) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Script::play(move |_| json(200, &[], body)));
    (runtime, server)
}

#[test]
fn calls_attempts_and_lists_are_waited_for() {
    let body = r#"{"attempt_id": "auth_1", "state": "authenticated", "data": {"list": [{"id": 1}, {"id": 2}]}}"#;
    let (_runtime, server) = server(body);
    let client = support::client(&server.url);
    let mut attempt = client
        .connect(Login::email_password("a@example.com", "x"))
        .start()
        .wait()
        .unwrap();
    assert!(matches!(attempt.next().wait(), Ok(Step::Connected(_))));
    let fans = client.list_all_fans("acct_1").items().wait_each();
    let ids: Vec<_> = fans.map(|fan| fan.unwrap().id).collect();
    assert_eq!(ids, [Some(1), Some(2)]);
    // Threads share the client and the thread that sends.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                client
                    .poll_authentication_status("auth_1")
                    .send()
                    .wait()
                    .unwrap()
            });
        }
    });
    assert_eq!(server.count(), 11);
}

#[tokio::test]
async fn waiting_within_async_code_is_refused() {
    assert!(std::panic::catch_unwind(|| std::future::ready(()).wait()).is_err());
    let held_up = tokio::task::spawn_blocking(|| std::future::ready(7).wait());
    assert_eq!(held_up.await.unwrap(), 7);
}
