//! Connecting an account, against a server that plays the vendor's part well and badly.

mod hostile;
#[path = "../support/mod.rs"]
mod support;
mod words;

use std::time::Duration;

use onlyfansapi::{Attempt, AttemptKind, Client, Credentials, Error, Login, Polling, Step};
use support::client;
use support::script::{Act, Script, Seen, json};
use tokio::time::Instant;

const STARTED: &str =
    r#"{"attempt_id": "auth_1", "message": "m", "polling_url": "/api/authenticate/auth_1"}"#;

fn login() -> Login {
    Login::email_password("a@example.com", "correct horse")
}

fn ok(body: &str) -> Act {
    json(200, &[], body)
}

/// A server that answers the start, takes whatever is handed in, and answers each look with the next of `looks`.
async fn vendor(looks: &[&str]) -> Script {
    vendor_with(STARTED, looks.iter().map(|look| ok(look)).collect()).await
}

async fn vendor_with(started: &'static str, looks: Vec<Act>) -> Script {
    let mut looks = std::collections::VecDeque::from(looks);
    Script::play(move |request: &Seen| match request.method.as_str() {
        "GET" if looks.len() > 1 => looks.pop_front().expect("a look"),
        "GET" => looks.front().cloned().expect("a look"),
        "PUT" => ok(r#"{"message": "taken"}"#),
        _ => ok(started),
    })
    .await
}

async fn start(client: &Client) -> Result<Attempt, Error> {
    client.connect(login()).start().await
}

fn looks(server: &Script) -> usize {
    server
        .seen()
        .iter()
        .filter(|seen| seen.method == "GET")
        .count()
}

#[tokio::test(start_paused = true)]
async fn the_loop_of_the_manual_connects() {
    let server = vendor(&[
        r#"{"state": "authenticating", "progress": "started"}"#,
        r#"{"state": "needs-otp", "lastAttempt": {"needs_otp": true, "otp_phone_ending": "42"}}"#,
        r#"{"state": "authenticating"}"#,
        r#"{"lastAttempt": {"needs_face_otp": true, "face_otp_verification_url": "https://v.example/1"}}"#,
        r#"{"state": "authenticating", "mobile_auth_session_deeplink": "fansapiauth://auth/x"}"#,
        r#"{"state": "authenticated", "account": {"id": "acct_1", "display_name": "D"}}"#,
    ])
    .await;
    let client = client(&server.url);
    let mut said = Vec::new();
    let mut attempt = client
        .connect(login())
        .proxy_country("us")
        .start()
        .await
        .unwrap();
    assert_eq!(
        (attempt.id(), attempt.kind()),
        ("auth_1", AttemptKind::Credentials)
    );
    let account = loop {
        match attempt.next().await.unwrap() {
            Step::NeedsCode { hint, again, .. } => {
                said.push(format!("code to {hint:?}, again: {again}"));
                attempt.submit_code("123456").await.unwrap();
            }
            Step::NeedsSelfie { url } => {
                said.push(url.expose().to_owned());
                attempt.selfie_done().await.unwrap();
            }
            Step::OpenOnPhone { deep_link } => said.push(deep_link.expose().to_owned()),
            Step::Connected(account) => break account,
            _ => {}
        }
    };
    assert_eq!(account.id.as_deref(), Some("acct_1"));
    assert_eq!(
        said,
        [
            "code to Some(\"42\"), again: false",
            "https://v.example/1",
            "fansapiauth://auth/x"
        ]
    );
    let seen = server.seen();
    assert_eq!(seen[0].json()["proxyCountry"], "us");
    let handed_in: Vec<_> = seen
        .iter()
        .filter(|seen| seen.method == "PUT")
        .map(Seen::json)
        .collect();
    assert_eq!(
        handed_in,
        [
            serde_json::json!({"code": "123456"}),
            serde_json::json!({"selfie_verification_completed": true})
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_code_is_asked_for_once_while_the_status_lags_and_again_when_it_was_wrong() {
    let wanted = r#"{"state": "needs-otp"}"#;
    // It lags for two looks, then moves.
    let server = vendor(&[wanted, wanted, wanted, r#"{"state": "authenticated"}"#]).await;
    let client_ = client(&server.url);
    let mut attempt = start(&client_).await.unwrap();
    assert!(matches!(
        attempt.next().await,
        Ok(Step::NeedsCode { again: false, .. })
    ));
    attempt.submit_code("1").await.unwrap();
    assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));

    // It stays: the code was wrong.
    let server = vendor(&[wanted]).await;
    let client_ = client(&server.url);
    let mut attempt = start(&client_).await.unwrap();
    attempt.next().await.unwrap();
    attempt.submit_code("1").await.unwrap();
    assert!(matches!(
        attempt.next().await,
        Ok(Step::NeedsCode { again: true, .. })
    ));

    // It moves and comes back: the code was wrong, and nothing is waited for.
    let server = vendor(&[wanted, r#"{"state": "authenticating"}"#, wanted]).await;
    let client_ = client(&server.url);
    let mut attempt = start(&client_).await.unwrap();
    attempt.next().await.unwrap();
    attempt.submit_code("1").await.unwrap();
    assert!(matches!(
        attempt.next().await,
        Ok(Step::NeedsCode { again: true, .. })
    ));
    assert_eq!(looks(&server), 3);
}

#[tokio::test(start_paused = true)]
async fn a_code_that_is_refused_is_asked_for_again() {
    let server = Script::play(|request| match request.method.as_str() {
        "GET" => ok(r#"{"state": "needs-otp"}"#),
        "PUT" => json(422, &[], r#"{"message": "The code is invalid."}"#),
        _ => ok(STARTED),
    })
    .await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    attempt.next().await.unwrap();
    attempt.submit_code("1").await.unwrap();
    assert!(matches!(
        attempt.next().await,
        Ok(Step::NeedsCode { again: true, .. })
    ));
}

#[tokio::test(start_paused = true)]
async fn a_failed_attempt_is_an_error_with_the_vendors_words() {
    let server = vendor(&[
        r#"{"state": "failed", "lastAttempt": {"success": false, "completed_at": "2026-01-01",
        "error_code": "INVALID_CREDENTIALS", "error_message": "Wrong email or password"}}"#,
    ])
    .await;
    let client = client(&server.url);
    let error = start(&client).await.unwrap().next().await.unwrap_err();
    assert!(error.is_attempt_failed() && !error.is_retryable());
    let api = error.api().unwrap();
    assert_eq!(
        (api.code(), api.message()),
        (Some("INVALID_CREDENTIALS"), Some("Wrong email or password"))
    );
    assert!(
        error
            .to_string()
            .contains("INVALID_CREDENTIALS: Wrong email or password"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn unknown_states_are_waited_for_until_the_deadline_with_growing_waits() {
    let server = vendor(&[r#"{"state": "something-new"}"#]).await;
    let client = client(&server.url);
    let polling = Polling::default().deadline(Duration::from_secs(120));
    let began = Instant::now();
    let mut attempt = client
        .connect(login())
        .polling(polling)
        .start()
        .await
        .unwrap();
    let error = attempt.next().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(began.elapsed().as_secs(), 120);
    // Waits of 1.5 to 2 seconds, growing to 7.5 to 10.
    assert!((14..=22).contains(&looks(&server)), "{}", looks(&server));
}

#[tokio::test(start_paused = true)]
async fn looks_that_fail_for_a_while_do_not_end_the_attempt() {
    let busy = json(503, &[], "{}");
    let mut acts = vec![busy; 7];
    acts.push(ok(r#"{"state": "authenticated"}"#));
    let server = vendor_with(STARTED, acts).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));

    // For ever is too long, but the attempt is still there.
    let server = vendor_with(STARTED, vec![json(500, &[], "{}")]).await;
    let client = support::client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    assert_eq!(attempt.next().await.unwrap_err().status().unwrap(), 500);
    assert!(attempt.next().await.is_err());
    assert_eq!(attempt.id(), "auth_1");
}

#[tokio::test(start_paused = true)]
async fn the_mobile_app_gets_its_link_at_once_and_only_once() {
    let started = r#"{"attempt_id": "auth_2", "message": "m", "polling_url": "/api/authenticate/auth_2",
        "mobile_auth_session_deeplink": "fansapiauth://auth/x"}"#;
    let pending =
        r#"{"state": "authenticating", "mobile_auth_session_deeplink": "fansapiauth://auth/x"}"#;
    let acts = vec![
        ok(pending),
        ok(pending),
        ok(r#"{"state": "authenticated"}"#),
    ];
    let server = vendor_with(started, acts).await;
    let client = client(&server.url);
    let mut attempt = client.connect(Login::mobile_app()).start().await.unwrap();
    assert_eq!(attempt.kind(), AttemptKind::MobileApp);
    let deep_link = "fansapiauth://auth/x".into();
    assert_eq!(
        attempt.next().await.unwrap(),
        Step::OpenOnPhone { deep_link }
    );
    assert_eq!(looks(&server), 0);
    assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));
}

#[tokio::test(start_paused = true)]
async fn another_process_goes_on_with_an_attempt() {
    let server = vendor(&[r#"{"state": "authenticated"}"#]).await;
    let client = client(&server.url);
    let id = start(&client).await.unwrap().id().to_owned();
    let mut attempt = client.resume(id);
    assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));
    assert_eq!(server.seen()[1].target, "/api/authenticate/auth_1");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_is_dropped_is_not_looked_at_any_more() {
    let server = vendor(&["{}"]).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    let cut = tokio::time::timeout(Duration::from_secs(30), attempt.next()).await;
    assert!(cut.is_err());
    let before = looks(&server);
    assert!(before > 2);
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(looks(&server), before);
}

#[tokio::test(start_paused = true)]
async fn signing_in_again_takes_the_attempt_from_the_link() {
    let answer = r#"{"success": true, "message": "m", "polling_url": "https://app.onlyfansapi.com/api/authenticate/auth_9"}"#;
    let server = vendor_with(answer, vec![ok(r#"{"state": "authenticated"}"#)]).await;
    let client = client(&server.url);
    let mut attempt = client.reconnect("acct_1").start().await.unwrap();
    assert_eq!(attempt.id(), "auth_9");
    attempt.next().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].target, "/api/authenticate/acct_1/reauthenticate");
    assert_eq!(seen[1].target, "/api/authenticate/auth_9");

    let credentials = Credentials::email_password("b@example.com", "x");
    let server = Script::start([ok(STARTED)]).await;
    let client = support::client(&server.url);
    let attempt = client
        .reconnect("acct_1")
        .credentials(credentials)
        .start()
        .await
        .unwrap();
    assert_eq!(attempt.id(), "auth_1");
    assert_eq!(server.seen()[0].method, "PUT");
}
