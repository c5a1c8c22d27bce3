//! What an attempt keeps of the API's words, and how soon it ends when they make no sense.

use std::time::Duration;

use onlyfansapi::{Polling, Step};
use tokio::time::Instant;

use super::support::script::{Act, Script, json};
use super::support::{answer, client};
use super::{STARTED, login, looks, ok, start, vendor, vendor_with};

#[tokio::test(start_paused = true)]
async fn what_is_no_status_ends_the_attempt_soon_and_is_kept() {
    for garbage in [
        "<html>Down for maintenance</html>",
        "{\"state\": \"authen",
        "\"authenticated\"",
        "[1, 2]",
        "true",
        r#"{"message": "Down for maintenance"}"#,
    ] {
        let server = vendor(&[garbage]).await;
        let client = client(&server.url);
        let mut attempt = start(&client).await.unwrap();
        let began = Instant::now();
        let error = attempt.next().await.unwrap_err();
        assert!(error.is_decode(), "{garbage}: {error:?}");
        assert_eq!(error.body().unwrap().as_ref(), garbage.as_bytes());
        assert_eq!((looks(&server), error.attempts()), (4, 1), "{garbage}");
        assert!(began.elapsed() < Duration::from_secs(30));
        assert_eq!(attempt.id(), "auth_1", "it can be looked at again");
    }
    // Once, among what makes sense, it does not matter.
    let html = Act::Say(answer("200 OK", &[("connection", "close")], "<html>"));
    let pending = ok(r#"{"state": "authenticating"}"#);
    let mut acts: Vec<Act> = (0..5)
        .flat_map(|_| [html.clone(), pending.clone()])
        .collect();
    acts.push(ok(r#"{"state": "authenticated"}"#));
    let server = vendor_with(STARTED, acts).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));
}

#[tokio::test(start_paused = true)]
async fn a_failure_without_an_end_is_one_soon_with_its_code_and_message() {
    let words = r#""error_code": "INVALID_CREDENTIALS", "error_message": "Wrong password""#;
    for failed in [
        format!(r#"{{"state": "failed", "lastAttempt": {{"success": false, {words}}}}}"#),
        format!(r#"{{"state": "failed", "lastAttempt": {{{words}, "completed_at": null}}}}"#),
        format!(r#"{{"state": "failed", {words}}}"#),
        format!(r#"{{"lastAttempt": {{"success": false, {words}}}}}"#),
        r#"{"state": "failed", "code": "INVALID_CREDENTIALS", "message": "Wrong password"}"#.into(),
    ] {
        let server = vendor(&[&failed]).await;
        let client = client(&server.url);
        let mut attempt = start(&client).await.unwrap();
        let began = Instant::now();
        let error = attempt.next().await.unwrap_err();
        assert!(error.is_attempt_failed(), "{failed}: {error:?}");
        let api = error.api().unwrap();
        assert_eq!(
            (api.code(), api.message()),
            (Some("INVALID_CREDENTIALS"), Some("Wrong password")),
            "{failed}"
        );
        assert_eq!(looks(&server), 4);
        assert!(began.elapsed() < Duration::from_secs(30));
    }
    // It may have been said too early.
    let failed = r#"{"state": "failed"}"#;
    let server = vendor(&[failed, failed, r#"{"state": "authenticated"}"#]).await;
    let client = client(&server.url);
    let mut attempt = start(&client).await.unwrap();
    assert!(matches!(attempt.next().await, Ok(Step::Connected(_))));
}

#[tokio::test(start_paused = true)]
async fn when_the_deadline_is_over_the_last_status_is_kept() {
    let status = r#"{"state": "authenticating", "lastAttempt": {"error_code": "SLOW"}}"#;
    let server = vendor_with(STARTED, vec![json(500, &[], "{}"), ok(status)]).await;
    let client = client(&server.url);
    let polling = Polling::default().deadline(Duration::from_secs(60));
    let mut attempt = client
        .connect(login())
        .polling(polling)
        .start()
        .await
        .unwrap();
    let error = attempt.next().await.unwrap_err();
    assert!(error.is_timeout() && error.api().is_none(), "{error:?}");
    assert_eq!(error.body().unwrap().as_ref(), status.as_bytes());
    assert_eq!(error.attempts() as usize, looks(&server));
}

#[tokio::test(start_paused = true)]
async fn why_a_code_was_wrong_is_said_wherever_it_stands() {
    let wanted = r#"{"state": "needs-otp", "lastAttempt": {"error_message": "of the status"}}"#;
    let refusals = [
        (422, r#"{"message": "Too short."}"#, "Too short."),
        (
            422,
            r#"{"errors": {"code": ["Not a number."]}}"#,
            "Not a number.",
        ),
        (400, r#"{"error": "Expired."}"#, "Expired."),
        (
            200,
            r#"{"success": false, "message": "Unknown."}"#,
            "Unknown.",
        ),
        (422, "<html>", "of the status"),
        (200, r#"{"message": "taken"}"#, "of the status"),
    ];
    for (status, body, expected) in refusals {
        let server = Script::play(move |request| match request.method.as_str() {
            "GET" => ok(wanted),
            "PUT" => json(status, &[], body),
            _ => ok(STARTED),
        })
        .await;
        let client = client(&server.url);
        let mut attempt = start(&client).await.unwrap();
        match attempt.next().await.unwrap() {
            Step::NeedsCode {
                again: false,
                reason: None,
                ..
            } => {}
            other => panic!("{body}: {other:?}"),
        }
        attempt.submit_code("123").await.unwrap();
        match attempt.next().await.unwrap() {
            Step::NeedsCode {
                again: true,
                reason,
                ..
            } => {
                assert_eq!(reason.as_deref(), Some(expected), "{body}");
            }
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_without_an_end_is_no_panic() {
    let busy = json(429, &[("retry-after", "1e19")], "{}");
    let server = vendor_with(STARTED, vec![busy]).await;
    let client = client(&server.url);
    let polling = Polling::default()
        .deadline(Duration::MAX)
        .interval(Duration::MAX)
        .max_interval(Duration::MAX);
    let attempt = client.connect(login()).polling(polling).start().await;
    assert!(attempt.unwrap().next().await.unwrap_err().is_rate_limited());
}
