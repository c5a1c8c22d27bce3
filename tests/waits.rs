//! How long is waited before a call is sent again, and how often it was sent. The clock stands still but for the waits.

mod support;

use std::time::Duration;

use onlyfansapi::{Client, Error, RetryPolicy};
use support::script::{Act, Script, json};
use support::{builder, client};
use tokio::time::Instant;

const DONE: &str = r#"{"data": {}}"#;

async fn get(client: &Client) -> Result<(), Error> {
    client.list_all_fans("acct_1").send().await.map(|_| ())
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_waited_for_in_both_forms() {
    let seconds = json(429, &[("retry-after", "20")], "{}");
    // From the server's own clock, whatever the time is here.
    let until = [
        ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("retry-after", "Thu, 01 Jan 2026 00:00:30 GMT"),
    ];
    let server = Script::start([seconds, json(503, &until, "{}"), json(200, &[], DONE)]).await;
    let began = Instant::now();
    get(&client(&server.url)).await.expect("the third is taken");
    let waited = began.elapsed().as_secs_f64();
    assert!((50.0..50.5).contains(&waited), "{waited}");
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_budget_fails_at_once() {
    let refusal = || json(429, &[("retry-after", "40")], "{}");
    let server = Script::start([refusal(), refusal(), json(200, &[], DONE)]).await;
    let began = Instant::now();
    let error = get(&client(&server.url)).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(
        error.api().unwrap().retry_after(),
        Some(Duration::from_secs(40))
    );
    assert_eq!(server.count(), 2, "the second would make it 80 seconds");
    assert_eq!(began.elapsed().as_secs(), 40);

    let patient = RetryPolicy::default().retry_after_budget(Duration::from_secs(80));
    let server = Script::start([refusal(), refusal(), json(200, &[], DONE)]).await;
    let client = builder(&server.url).retry(patient).build().unwrap();
    get(&client).await.expect("the third is taken");
}

#[tokio::test(start_paused = true)]
async fn without_retry_after_the_waits_are_random_and_bounded() {
    let policy = RetryPolicy::default()
        .max_retries(4)
        .base_delay(Duration::from_secs(1));
    let server = Script::start([json(500, &[], "{}")]).await;
    let client = builder(&server.url).retry(policy).build().unwrap();
    let mut all = Vec::new();
    for _ in 0..20 {
        let began = Instant::now();
        assert_eq!(get(&client).await.unwrap_err().attempts(), 5);
        all.push(began.elapsed().as_secs_f64());
    }
    // 1 + 2 + 4 + 8 seconds at most; the middle of twenty sums is far from both ends.
    assert!(all.iter().all(|waited| *waited <= 15.1), "{all:?}");
    all.sort_by(f64::total_cmp);
    assert!(
        (2.0..13.0).contains(&all[10]) && all[0] != all[19],
        "{all:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_understood_in_odd_forms_too() {
    let too_long = [
        "99999999999999999999999999",
        "Fri, 01 Jan 2100 00:00:00 GMT",
    ];
    for wait in too_long {
        let server = Script::start([json(429, &[("retry-after", wait)], "{}")]).await;
        get(&client(&server.url)).await.unwrap_err();
        assert_eq!(server.count(), 1, "{wait}");
    }
    let server = Script::start([
        json(429, &[("retry-after", "2.5")], "{}"),
        json(200, &[], DONE),
    ])
    .await;
    let began = Instant::now();
    get(&client(&server.url)).await.unwrap();
    assert_eq!(began.elapsed().as_secs(), 3);
    for none in ["-1", "soon", "", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let server = Script::start([
            json(429, &[("retry-after", none)], "{}"),
            json(200, &[], DONE),
        ])
        .await;
        get(&client(&server.url))
            .await
            .unwrap_or_else(|error| panic!("{none}: {error}"));
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_says_how_many_requests_were_made_whatever_it_is() {
    let busy = || json(503, &[], "{}");
    let long = format!("[{}1]", "1,".repeat(1000));
    let last = [
        ("refused", json(404, &[], "{}")),
        ("said no", json(200, &[], r#"{"error": "no"}"#)),
        ("another form", json(200, &[], r#"{"data": 1}"#)),
        ("too long", json(200, &[], &long)),
        (
            "cut",
            Act::Say(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
        ),
        ("no response", Act::Drop),
        ("a hang", Act::Hang),
    ];
    for (name, last) in last {
        let server = Script::start([busy(), busy(), last]).await;
        let client = builder(&server.url)
            .max_response_bytes(1000)
            .build()
            .unwrap();
        let error = get(&client).await.expect_err(name);
        assert_eq!(
            (server.count(), error.attempts()),
            (3, 3),
            "{name}: {error:?}"
        );
    }
    // What leads nowhere, and an attempt that failed.
    let circle =
        r#"{"data": {"list": [{"id": 1}]}, "_pagination": {"next_page": "https://evil.example"}}"#;
    let server = Script::start([busy(), json(200, &[], circle)]).await;
    let client_ = client(&server.url);
    let mut fans = client_.list_all_fans("acct_1").items();
    fans.next().await.unwrap().unwrap();
    let error = fans.next().await.unwrap().unwrap_err();
    assert!(error.is_misleading() && error.attempts() == 2, "{error:?}");
    let failed = r#"{"state": "failed", "lastAttempt": {"success": false, "completed_at": "x"}}"#;
    let server = Script::start([busy(), busy(), json(200, &[], failed)]).await;
    let error = client(&server.url)
        .resume("auth_1")
        .next()
        .await
        .unwrap_err();
    assert!(
        error.is_attempt_failed() && error.attempts() == 3,
        "{error:?}"
    );
}
