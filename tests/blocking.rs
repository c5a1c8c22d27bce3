//! The client without async.
#![cfg(feature = "blocking")]

use onlyfansapi::blocking::Wait as _;
use onlyfansapi::testing::{Vendor, polling};
use onlyfansapi::{Login, Step};
use serde_json::json;

#[test]
fn calls_attempts_and_lists_are_waited_for() {
    let vendor = Vendor::start().wait();
    let client = vendor.client();
    let login = Login::email_password("a@example.com", "x");
    let connect = client.connect(login).polling(polling());
    let mut attempt = connect.wait().unwrap();
    assert!(matches!(attempt.next().wait(), Ok(Step::Connected(_))));
    let fans = [json!({"id": 1}), json!({"id": 2})];
    vendor.list("list_all_fans", fans).page(1);
    let fans = client.list_all_fans("acct_1").items().wait_each();
    let ids: Vec<_> = fans.map(|fan| fan.unwrap().id).collect();
    assert_eq!(ids, [Some(1), Some(2)]);
    vendor.forget_requests();
    // Threads share the client and the thread that sends.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.list_all_fans("acct_1").wait().unwrap());
        }
    });
    assert_eq!(vendor.requests_of("list_all_fans").len(), 8);
}

#[tokio::test]
async fn waiting_within_async_code_is_refused() {
    assert!(std::panic::catch_unwind(|| std::future::ready(()).wait()).is_err());
    let held_up = tokio::task::spawn_blocking(|| std::future::ready(7).wait());
    assert_eq!(held_up.await.unwrap(), 7);
}
