//! What is sent again after a failure, and what never is. The clock stands still but for the waits.

mod support;

use std::time::Duration;

use onlyfansapi::types::{
    SendMessageBody, StartAuthenticationBody, Submit2faBody, UploadMediaBody,
};
use onlyfansapi::{Client, Error, Login, Method, RetryPolicy, Upload};
use support::script::{Act, Script, Seen, json};
use support::{answer, builder, client};
use tokio::time::Instant;

const DONE: &str = r#"{"data": {}}"#;
/// The response that the API documents as one before any effect.
const SIGNING_IN: &str = r#"{"error": "SERVICE_UNAVAILABLE",
    "message": "This account is currently re-authenticating. Please try again shortly."}"#;

async fn get(client: &Client) -> Result<(), Error> {
    client.list_all_fans("acct_1").send().await.map(|_| ())
}

async fn post(client: &Client) -> Result<(), Error> {
    client
        .reauthenticate_account("acct_1")
        .send()
        .await
        .map(|_| ())
}

async fn upload(client: &Client) -> Result<(), Error> {
    let body = UploadMediaBody::new().file_url("https://example.com/a.png");
    client.upload_media("acct_1", body).send().await.map(|_| ())
}

async fn code(client: &Client) -> Result<(), Error> {
    let body = Submit2faBody::new().code("123456");
    client.submit_2fa("auth_1", body).send().await.map(|_| ())
}

async fn message(client: &Client) -> Result<(), Error> {
    let body = SendMessageBody::new().text("hi");
    client
        .send_message("acct_1", "1", body)
        .send()
        .await
        .map(|_| ())
}

/// The failures after which a request may have taken effect, each before an answer that says that it is done.
fn failures() -> Vec<(&'static str, Act)> {
    let broken = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    vec![
        ("408", json(408, &[], "{}")),
        ("503", json(503, &[], "{}")),
        (
            "503 of the API",
            json(
                503,
                &[("retry-after", "0")],
                r#"{"error": "SERVICE_UNAVAILABLE", "message": "Too busy."}"#,
            ),
        ),
        (
            "503 of a gateway",
            Act::Say(answer(
                "503 Service Unavailable",
                &[("connection", "close")],
                "<html>re-authenticating",
            )),
        ),
        ("another status", json(500, &[], SIGNING_IN)),
        ("500", json(500, &[], "{}")),
        (
            "502",
            Act::Say(answer(
                "502 Bad Gateway",
                &[("connection", "close")],
                "<html>",
            )),
        ),
        ("504", json(504, &[], "{}")),
        ("no answer", Act::Drop),
        ("a hang", Act::Hang),
        ("a body that breaks off", Act::Say(broken)),
    ]
}

#[tokio::test(start_paused = true)]
async fn a_get_is_sent_again_after_any_failure_that_may_pass() {
    let refusals = [
        ("429", json(429, &[], "{}")),
        ("503", json(503, &[], SIGNING_IN)),
    ];
    for (name, failure) in failures().into_iter().chain(refusals) {
        let server = Script::start([failure.clone(), failure, json(200, &[], DONE)]).await;
        get(&client(&server.url))
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(server.count(), 3, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_have_taken_effect_is_not_sent_again() {
    for (name, failure) in failures() {
        let server = Script::start([failure]).await;
        let client = client(&server.url);
        let error = post(&client).await.expect_err(name);
        assert_eq!((server.count(), error.attempts()), (1, 1), "{name}");
        assert!(error.is_retryable() && !error.is_unsent(), "{name}");
        let error = upload(&client).await.expect_err(name);
        assert_eq!((server.count(), error.attempts()), (2, 1), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_sent_again_when_it_was_refused() {
    for (status, body) in [(429, "{}"), (429, "<html>"), (503, SIGNING_IN)] {
        let server = Script::start([json(status, &[], body), json(200, &[], DONE)]).await;
        upload(&client(&server.url))
            .await
            .expect("the second is taken");
        assert_eq!(server.count(), 2, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_may_be_signing_in_because_of_the_request_itself() {
    let server = Script::start([json(503, &[], SIGNING_IN), json(200, &[], DONE)]).await;
    post(&client(&server.url)).await.unwrap_err();
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_acts_and_then_says_503_acts_once() {
    let acted = json(
        503,
        &[("retry-after", "1")],
        r#"{"message": "Service Unavailable"}"#,
    );
    let server = Script::start([acted]).await;
    let client = client(&server.url);
    let start = StartAuthenticationBody::from(Login::email_password("a@example.com", "x"));
    client
        .start_authentication()
        .body(start)
        .send()
        .await
        .unwrap_err();
    client
        .send_2fa_email_to_creator("auth_1")
        .send()
        .await
        .unwrap_err();
    upload(&client).await.unwrap_err();
    client
        .request(Method::POST, "/api/x")
        .send()
        .await
        .unwrap_err();
    let mut targets: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
    let all = targets.len();
    targets.dedup();
    assert_eq!((all, targets.len()), (4, 4));
}

#[tokio::test(start_paused = true)]
async fn a_code_is_not_sent_again_once_it_was_sent() {
    let refusals = [
        ("429", json(429, &[], "{}")),
        ("503", json(503, &[], SIGNING_IN)),
    ];
    for (name, failure) in failures().into_iter().chain(refusals) {
        let server = Script::start([failure, json(200, &[], DONE)]).await;
        let error = code(&client(&server.url)).await.expect_err(name);
        assert_eq!((server.count(), error.attempts()), (1, 1), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_will_not_pass_is_not_sent_again() {
    for status in [302, 400, 401, 403, 404, 409, 422, 501] {
        let server = Script::start([json(status, &[], "{}"), json(200, &[], DONE)]).await;
        let error = get(&client(&server.url)).await.expect_err("a refusal");
        assert_eq!(server.count(), 1, "{status}");
        assert!(!error.is_retryable(), "{status}");
    }
    let server = Script::start([json(200, &[], "{\"data\": 1}"), json(200, &[], DONE)]).await;
    assert!(get(&client(&server.url)).await.unwrap_err().is_decode());
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_sent_again_whatever_it_is() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = client(&url);
    for error in [get(&client).await, post(&client).await, code(&client).await] {
        let error = error.unwrap_err();
        assert!(error.is_connect() && error.is_unsent(), "{error:?}");
        assert_eq!(error.attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_with_an_idempotency_key_is_sent_again_with_the_same() {
    let server = Script::start([Act::Drop, json(500, &[], "{}"), json(200, &[], DONE)]).await;
    let client = client(&server.url);
    message(&client).await.expect("the third is taken");
    message(&client).await.expect("the fourth is taken");
    let key = |seen: &Seen| seen.header("idempotency-key").expect("a key").to_owned();
    let keys: Vec<String> = server.seen().iter().map(key).collect();
    assert_eq!(keys.len(), 4);
    assert!(keys[0].len() >= 32, "{keys:?}");
    assert!(
        keys[0] == keys[1] && keys[1] == keys[2],
        "one call, one key: {keys:?}"
    );
    assert_ne!(keys[2], keys[3], "another call, another key");

    let own = client.send_message("acct_1", "1", SendMessageBody::new().text("hi"));
    own.idempotency_key("invoice-17").send().await.unwrap();
    assert_eq!(key(&server.seen()[4]), "invoice-17");
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_for_the_whole_call() {
    let server = Script::start([json(500, &[], "{}"), Act::Hang]).await;
    let client = builder(&server.url)
        .timeout(Duration::from_secs(60))
        .deadline(Duration::from_secs(10))
        .build()
        .unwrap();
    let began = Instant::now();
    let error = get(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    let waited = began.elapsed().as_secs_f64();
    assert!((9.9..10.1).contains(&waited), "{waited}");

    // A wait that would outlast the deadline is not begun.
    let server = Script::start([json(429, &[("retry-after", "11")], "{}")]).await;
    let began = Instant::now();
    let call = support::client(&server.url);
    let call = call
        .list_all_fans("acct_1")
        .customize()
        .deadline(Duration::from_secs(10));
    assert!(call.send().await.unwrap_err().is_rate_limited());
    assert_eq!((server.count(), began.elapsed().as_secs()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_call_may_have_a_policy_and_a_timeout_of_its_own() {
    let server = Script::start([Act::Hang]).await;
    let client = client(&server.url);
    let began = Instant::now();
    let call = client.list_all_fans("acct_1").customize();
    let call = call
        .timeout(Duration::from_secs(2))
        .retry(RetryPolicy::none());
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((server.count(), error.attempts()), (1, 1));
    assert_eq!(began.elapsed().as_secs(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_upload_is_sent_again_only_when_it_can_be_read_again() {
    let refusals = || [json(503, &[], SIGNING_IN), json(200, &[], "{}")];
    let server = Script::start(refusals()).await;
    let body = UploadMediaBody::new().file(Upload::bytes("some bytes"));
    client(&server.url)
        .upload_media("acct_1", body)
        .send()
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen[1].text().contains("some bytes"));
    assert_eq!(seen[0].body.len(), seen[1].body.len());

    let server = Script::start(refusals()).await;
    let body = UploadMediaBody::new().file(Upload::reader(&b"some bytes"[..]));
    let sent = client(&server.url)
        .upload_media("acct_1", body)
        .send()
        .await;
    let error = sent.unwrap_err();
    assert_eq!((server.count(), error.attempts()), (1, 1));
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(503),
        "the refusal is what is reported"
    );
}

#[tokio::test(start_paused = true)]
async fn a_blank_idempotency_key_is_replaced() {
    let server = Script::start([json(500, &[], "{}"), json(200, &[], DONE)]).await;
    let client = client(&server.url);
    let call = client.send_message("acct_1", "1", SendMessageBody::new().text("hi"));
    call.idempotency_key("  ").send().await.unwrap();
    let keys: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("idempotency-key").unwrap().to_owned())
        .collect();
    assert!(keys[0].len() >= 32 && keys[0] == keys[1], "{keys:?}");
}

#[tokio::test(start_paused = true)]
async fn of_what_nobody_documented_only_reading_is_repeatable() {
    for (method, requests) in [
        (Method::GET, 2),
        (Method::PUT, 1),
        (Method::DELETE, 1),
        (Method::POST, 1),
    ] {
        let server = Script::start([json(500, &[], "{}"), json(200, &[], DONE)]).await;
        let client = client(&server.url);
        let sent = client
            .request(method.clone(), "/api/authenticate/auth_1")
            .send()
            .await;
        assert_eq!(
            (server.count(), sent.is_ok()),
            (requests, requests == 2),
            "{method}"
        );
    }
    // Unless it is said.
    let server = Script::start([json(500, &[], "{}"), json(200, &[], DONE)]).await;
    let client_ = client(&server.url);
    client_
        .request(Method::PUT, "/x")
        .repeatable(true)
        .send()
        .await
        .unwrap();
    let server = Script::start([json(500, &[], "{}"), json(200, &[], DONE)]).await;
    let client_ = client(&server.url);
    client_
        .list_all_fans("acct_1")
        .customize()
        .repeatable(false)
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_is_over_sends_nothing() {
    let server = Script::start([json(200, &[], DONE)]).await;
    let client = client(&server.url);
    let error = client
        .list_all_fans("acct_1")
        .customize()
        .deadline(Duration::ZERO)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.is_unsent(), "{error:?}");
    assert_eq!((server.count(), error.attempts()), (0, 0));
}
