//! What a server, or a caller, does badly: wrong links, lost answers, secrets repeated, impatience.

use std::time::Duration;

use onlyfansapi::{Polling, RetryPolicy, Secret, Step};
use tokio::time::Instant;

use super::support::script::{Act, Script, json};
use super::support::{self, KEY, client, printed};
use super::{STARTED, login, looks, ok, start, vendor, vendor_with};

#[tokio::test(start_paused = true)]
async fn a_link_to_another_origin_is_refused_and_never_sees_the_key() {
    let other = Script::start([ok("{}")]).await;
    let link = format!("{}/api/authenticate/auth_1", other.url);
    let answer = format!(r#"{{"success": true, "message": "m", "polling_url": "{link}"}}"#);
    let server = Script::play(move |_| ok(&answer)).await;
    let client = client(&server.url);
    for error in [
        client.connect(login()).start().await.unwrap_err(),
        client.reconnect("acct_1").start().await.unwrap_err(),
    ] {
        assert!(error.is_misleading(), "{error:?}");
        assert!(!printed(&error).contains(&other.url), "{error:?}");
    }
    for link in [
        "https://app.onlyfansapi.com.evil.example/api/authenticate/auth_1",
        "https://user@app.onlyfansapi.com/api/authenticate/auth_1",
        "//evil.example/api/authenticate/auth_1",
        "http://app.onlyfansapi.com/api/authenticate/auth_1",
        "ftp://app.onlyfansapi.com/api/authenticate/auth_1",
        "https://[bad",
    ] {
        let answer = format!(r#"{{"attempt_id": "", "polling_url": "{link}"}}"#);
        let server = Script::play(move |_| ok(&answer)).await;
        let client = support::client(&server.url);
        assert!(start(&client).await.unwrap_err().is_misleading(), "{link}");
    }
    assert_eq!(other.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_link_to_another_origin_does_not_matter_where_the_attempt_is_named() {
    let other = Script::start([ok("{}")]).await;
    for link in [other.url.as_str(), "https://[bad", "//evil.example/x"] {
        let started = format!(
            r#"{{"success": true, "attempt_id": "auth_7", "message": "m", "polling_url": "{link}"}}"#
        );
        let server = Script::play(move |request| match request.method.as_str() {
            "GET" => ok(r#"{"state": "authenticated"}"#),
            _ => ok(&started),
        })
        .await;
        let client = client(&server.url);
        for started in [
            client.connect(login()).start().await,
            client.reconnect("acct_1").start().await,
        ] {
            let mut attempt = started.unwrap();
            assert_eq!(attempt.id(), "auth_7");
            assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));
        }
        let last = server.seen().pop().unwrap();
        assert_eq!(last.target, "/api/authenticate/auth_7");
    }
    assert_eq!(other.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_starts_nothing_is_an_error() {
    for answer in [
        "{}",
        "[]",
        r#"{"attempt_id": ""}"#,
        r#"{"attempt_id": null, "polling_url": "/api/other/1"}"#,
    ] {
        let server = Script::play(move |_| ok(answer)).await;
        let client = client(&server.url);
        let error = start(&client).await.unwrap_err();
        assert!(error.is_misleading(), "{answer}: {error:?}");
        assert_eq!(error.body().unwrap().as_ref(), answer.as_bytes());
    }
    let server = vendor_with(
        r#"{"success": false, "message": "No credentials are stored"}"#,
        vec![],
    )
    .await;
    let client = client(&server.url);
    let error = client.reconnect("acct_1").start().await.unwrap_err();
    assert_eq!(
        error.api().unwrap().message(),
        Some("No credentials are stored")
    );
}

#[tokio::test(start_paused = true)]
async fn a_start_whose_answer_is_lost_is_not_sent_again() {
    let server = Script::start([Act::Drop]).await;
    let client = support::builder(&server.url)
        .retry(RetryPolicy::default().max_retries(9))
        .build()
        .unwrap();
    start(&client).await.unwrap_err();
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_code_is_in_no_text_of_a_failure() {
    let server = Script::play(|request| match request.method.as_str() {
        "PUT" => json(500, &[], r#"{"message": "the code 918273 was lost"}"#),
        _ => ok(STARTED),
    })
    .await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    let error = attempt
        .submit_code(Secret::from(" 918273\n"))
        .await
        .unwrap_err();
    let text = format!("{}{attempt:?}", printed(&error));
    assert!(!text.contains("918273") && !text.contains(KEY), "{text}");
    assert_eq!(
        server.seen()[1].json()["code"],
        "918273",
        "white space around it is not sent"
    );
}

#[tokio::test(start_paused = true)]
async fn an_attempt_keeps_its_pace_however_it_is_called() {
    let server = vendor(&[r#"{"state": "needs-otp"}"#]).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    let began = Instant::now();
    for _ in 0..20 {
        // What is wanted is not handed in.
        assert!(matches!(
            attempt.next().await,
            Ok(Step::NeedsCode { again: false, .. })
        ));
    }
    assert!(
        began.elapsed() > Duration::from_secs(100),
        "{:?}",
        began.elapsed()
    );

    let server = vendor(&["{}"]).await;
    let client = support::client(&server.url);
    let polling = Polling::default()
        .interval(Duration::ZERO)
        .max_interval(Duration::ZERO);
    let mut attempt = start(&client).await.unwrap().polling(polling);
    for _ in 0..100 {
        let _ = tokio::time::timeout(Duration::from_millis(10), attempt.next()).await;
    }
    assert!(looks(&server) <= 15, "{}", looks(&server));
}

#[tokio::test(start_paused = true)]
async fn a_failed_attempt_prints_nothing_of_what_was_sent() {
    let answer = format!(
        r#"{{"state": "needs-otp", "lastAttempt": {{"success": false, "completed_at": "x", "error_code": "bad",
        "error_message": "wrong: correct horse, 918273, {KEY}"}}}}"#
    );
    let failed = answer.replace("needs-otp", "failed");
    let acts = vec![
        ok(r#"{"state": "needs-otp"}"#),
        Act::Say(answer_of(&failed)),
    ];
    let server = vendor_with(STARTED, acts).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    attempt.next().await.unwrap();
    attempt.submit_code("918273").await.unwrap();
    let error = attempt.next().await.unwrap_err();
    let text = printed(&error);
    for secret in ["correct horse", "918273", KEY] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(
        text.contains("bad: wrong: [redacted], [redacted], [redacted]"),
        "{text}"
    );
    let step = Step::OpenOnPhone {
        deep_link: "fansapiauth://auth/x".into(),
    };
    assert!(!format!("{step:?}{attempt:?}").contains("fansapiauth"));
}

fn answer_of(body: &str) -> Vec<u8> {
    support::answer("200 OK", &[("connection", "close")], body)
}

#[tokio::test(start_paused = true)]
async fn another_kind_of_code_is_another_code() {
    let server = vendor(&[r#"{"state": "needs-otp"}"#, r#"{"state": "needs-app-otp"}"#]).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    attempt.next().await.unwrap();
    attempt.submit_code("1").await.unwrap();
    assert!(matches!(
        attempt.next().await,
        Ok(Step::NeedsCode {
            again: false,
            from_app: true,
            ..
        })
    ));
    assert_eq!(looks(&server), 2);
}

#[tokio::test(start_paused = true)]
async fn a_busy_server_is_left_alone_as_long_as_it_says() {
    let busy = json(429, &[("retry-after", "100")], "{}");
    let server = vendor_with(STARTED, vec![busy, ok(r#"{"state": "authenticated"}"#)]).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    let began = Instant::now();
    assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));
    assert_eq!((looks(&server), began.elapsed().as_secs()), (2, 100));
}

#[tokio::test(start_paused = true)]
async fn a_look_that_is_dropped_before_its_answer_counts() {
    let server = vendor_with(STARTED, vec![Act::Hang]).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    for _ in 0..100 {
        let _ = tokio::time::timeout(Duration::from_millis(10), attempt.next()).await;
    }
    assert_eq!(
        looks(&server),
        1,
        "the second is due after 1.5 seconds at the earliest"
    );
}
