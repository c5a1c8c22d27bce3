//! What an answer that is not a success, or not what the document says, becomes.

mod support;

use std::time::Duration;

use onlyfansapi::{Error, Login, Method, RetryPolicy, types};
use serde_json::json;
use support::script::Script;
use support::{ByteServer, answer, client, printed};

const JSON: (&str, &str) = ("content-type", "application/json");

/// The error of a poll that is answered with these bytes.
async fn poll(bytes: Vec<u8>) -> Error {
    let server = ByteServer::start(bytes).await;
    client(&server.url)
        .poll_authentication_status("auth_1")
        .customize()
        .retry(RetryPolicy::none())
        .send()
        .await
        .unwrap_err()
}

/// The predicates that are true, in one line.
fn predicates(error: &Error) -> String {
    [
        ("auth", error.is_auth()),
        ("configuration", error.is_configuration()),
        ("connect", error.is_connect()),
        ("decode", error.is_decode()),
        ("not_found", error.is_not_found()),
        ("rate_limited", error.is_rate_limited()),
        ("request", error.is_request()),
        ("retryable", error.is_retryable()),
        ("session_expired", error.is_session_expired()),
        ("timeout", error.is_timeout()),
        ("validation", error.is_validation()),
    ]
    .into_iter()
    .filter_map(|(name, is)| is.then_some(name))
    .collect::<Vec<_>>()
    .join(" ")
}

#[tokio::test]
async fn the_key_is_refused() {
    let body = r#"{"error": "Unauthorized. Go to the console."}"#;
    let error = poll(answer(
        "401 Unauthorized",
        &[JSON, ("cf-ray", "8f-AMS")],
        body,
    ))
    .await;
    assert_eq!(predicates(&error), "auth");
    let api = error.api().unwrap();
    assert_eq!(api.error(), Some("Unauthorized. Go to the console."));
    assert_eq!(
        (api.code(), api.message(), api.description()),
        (None, None, None)
    );
    assert_eq!(api.request_id(), Some("8f-AMS"));
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.body().unwrap(), body.as_bytes());
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 401 Unauthorized: Unauthorized. Go to the console.");
}

#[tokio::test]
async fn the_session_of_the_account_is_over() {
    let body = json!({
        "error": "SESSION_EXPIRED:NEEDS_REAUTHENTICATION",
        "message": "The session is over.",
        "description": "Connect the account again.",
    });
    let error = poll(answer("401 Unauthorized", &[JSON], &body.to_string())).await;
    assert_eq!(predicates(&error), "auth session_expired");
    assert_eq!(
        error.api().unwrap().description(),
        Some("Connect the account again.")
    );
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 401 Unauthorized: SESSION_EXPIRED:NEEDS_REAUTHENTICATION: The session is over.");
}

#[tokio::test]
async fn a_session_that_is_over_is_a_401_only() {
    let body = r#"{"error": "SESSION_EXPIRED:NEEDS_REAUTHENTICATION"}"#;
    assert!(
        !poll(answer("403 Forbidden", &[JSON], body))
            .await
            .is_session_expired()
    );
}

#[tokio::test]
async fn there_is_no_such_account() {
    let body = r#"{"code": "account_not_found", "message": "No such account."}"#;
    let error = poll(answer("404 Not Found", &[JSON], body)).await;
    assert_eq!(predicates(&error), "not_found");
    assert_eq!(error.api().unwrap().code(), Some("account_not_found"));
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 404 Not Found: account_not_found: No such account.");
}

#[tokio::test]
async fn a_value_is_refused() {
    let body = json!({
        "message": "The given data was invalid.",
        "errors": {"email": ["must be an e-mail address", "is taken"], "name": "is long", "x": [1, null]},
    });
    let error = poll(answer(
        "422 Unprocessable Content",
        &[JSON],
        &body.to_string(),
    ))
    .await;
    assert_eq!(predicates(&error), "validation");
    let fields = error.api().unwrap().field_errors();
    assert_eq!(fields["email"], ["must be an e-mail address", "is taken"]);
    assert_eq!(fields["name"], ["is long"]);
    assert_eq!(fields["x"], ["1"]);
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 422 Unprocessable Entity: The given data was invalid. (fields: `email`, `name`, `x`)");
}

#[tokio::test]
async fn field_errors_in_any_other_form_are_read_as_far_as_they_go() {
    for (errors, unnamed) in [
        (json!(["a", "b"]), vec!["a", "b"]),
        (json!("a"), vec!["a"]),
        (json!([{"field": "x"}]), vec![r#"{"field":"x"}"#]),
        (json!(null), vec![]),
        (json!([]), vec![]),
    ] {
        let body = json!({"errors": errors}).to_string();
        let error = poll(answer("422 Unprocessable Content", &[JSON], &body)).await;
        let fields = error.api().unwrap().field_errors();
        assert_eq!(
            fields.get("").cloned().unwrap_or_default(),
            unnamed,
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_error_object_and_a_numeric_code_are_read() {
    let body = r#"{"error": {"code": 17, "message": "inner"}}"#;
    let error = poll(answer("409 Conflict", &[JSON], body)).await;
    assert_eq!(error.api().unwrap().code(), Some("17"));
    assert_eq!(error.api().unwrap().message(), Some("inner"));
    assert_eq!(predicates(&error), "");
}

#[tokio::test]
async fn too_many_requests_say_how_long_to_wait() {
    let date = ("date", "Wed, 21 Oct 2026 07:28:00 GMT");
    for (value, seconds) in [
        ("7", Some(7)),
        (" 7 ", Some(7)),
        ("Wed, 21 Oct 2026 07:29:30 GMT", Some(90)),
        ("Wed, 21 Oct 2026 07:27:00 GMT", Some(0)),
        ("-1", None),
        ("soon", None),
    ] {
        let bytes = answer("429 Too Many Requests", &[("retry-after", value), date], "");
        let error = poll(bytes).await;
        assert_eq!(predicates(&error), "rate_limited retryable");
        assert_eq!(
            error.api().unwrap().retry_after(),
            seconds.map(Duration::from_secs),
            "{value}"
        );
    }
    assert_eq!(
        poll(answer("429 Slow", &[], ""))
            .await
            .api()
            .unwrap()
            .retry_after(),
        None
    );
}

#[tokio::test]
async fn answers_without_json_keep_status_and_body() {
    let page = "<html><body>Bad gateway</body></html>";
    let mut shown = Vec::new();
    for (status, headers, body, expected) in [
        (
            "503 Service Unavailable",
            vec![JSON],
            r#"{"message":"later"}"#,
            "retryable",
        ),
        (
            "502 Bad Gateway",
            vec![("content-type", "text/html")],
            page,
            "retryable",
        ),
        ("500 Internal Server Error", vec![], "", "retryable"),
        ("400 Bad Request", vec![JSON], r#"{"message": "cut"#, ""),
        ("403 Forbidden", vec![JSON], r#"["list"]"#, "auth"),
        ("304 Not Modified", vec![], "", ""),
    ] {
        let error = poll(answer(status, &headers, body)).await;
        assert_eq!(predicates(&error), expected, "{status}");
        assert_eq!(error.body().unwrap(), body.as_bytes());
        assert_eq!(
            error.headers().unwrap().contains_key("content-type"),
            !headers.is_empty()
        );
        shown.push(error.to_string());
    }
    insta::assert_snapshot!(shown.join("\n"), @r"
    pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 503 Service Unavailable: later
    pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 502 Bad Gateway
    pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 500 Internal Server Error
    pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 400 Bad Request
    pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 403 Forbidden
    pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 304 Not Modified
    ");
}

#[tokio::test]
async fn a_message_is_shown_on_one_short_line() {
    let message = format!("line\u{1b}[2J\nnext\u{202e}{}", "x".repeat(300));
    let body = json!({"message": message}).to_string();
    let error = poll(answer("400 Bad Request", &[JSON], &body)).await;
    assert_eq!(error.api().unwrap().message(), Some(message.as_str()));
    insta::assert_snapshot!(error, @r"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the API answered 400 Bad Request: line\u{1b}[2J\nnext\u{202e}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…");
}

#[tokio::test]
async fn a_message_that_repeats_the_request_is_redacted() {
    let body = json!({
        "code": support::KEY,
        "message": "bad password hunter2!! for key ofapi_test_key_9f2c, and hunter2!",
    });
    let server = ByteServer::start(answer(
        "422 Unprocessable Content",
        &[JSON],
        &body.to_string(),
    ))
    .await;
    let login = Login::email_password("hunter2!", "hunter2!!");
    let error = client(&server.url)
        .start_authentication()
        .body(login)
        .send()
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"startAuthentication (POST /api/authenticate): the API answered 422 Unprocessable Entity: [redacted]: bad password [redacted] for key [redacted], and [redacted]");
    let text = printed(&error);
    assert!(
        !text.contains("hunter2") && !text.contains(support::KEY),
        "{text}"
    );
}

#[tokio::test]
async fn a_message_that_repeats_what_is_no_text_of_a_typed_body_is_redacted() {
    let post = |message: String| async move {
        let body = json!({ "message": message }).to_string();
        let server = Script::start([support::script::json(422, &[], &body)]).await;
        let long = format!("s3cret{}", "é/".repeat(2_000_000));
        let body = json!({"code": 987_654, "price": 19.75, "image": long, "sizes": [1, 20]});
        let client = client(&server.url);
        let call = client.request(Method::POST, "/api/users/anna77/login");
        call.json(&body).send().await.unwrap_err().to_string()
    };
    for (message, shown) in [
        ("no 987654, nor 19.75", "no [redacted], nor [redacted]"),
        (
            "The route api/users/anna77/login is gone.",
            "The route [redacted] is gone.",
        ),
        ("No user anna77 (20).", "No user [redacted] (20)."),
    ] {
        let error = post(message.to_owned()).await;
        assert!(error.ends_with(&format!(": {shown}")), "{error}");
    }
    // Of a long text the end is not looked for, so nothing of what may be it is shown.
    let repeated = format!("is s3cret{}, and so on", "é/".repeat(2_000));
    let error = post(repeated.clone()).await;
    assert!(error.ends_with(": is [redacted]"), "{error}");
    let error = post(repeated.replace('é', "\\u00e9").replace('/', "\\/")).await;
    assert!(error.ends_with(": is [redacted]"), "{error}");
    let error = post("is s3cret".to_owned()).await;
    assert!(error.ends_with(": is s3cret"), "{error}");
}

#[tokio::test]
async fn a_message_that_repeats_a_secret_in_an_escaped_form_is_redacted() {
    let secret = "pä\"/<&'word";
    for repeated in [
        r#"pä\"/<&'word"#,
        r#"pä\"\/<&'word"#,
        r#"p\u00e4\"/<&'word"#,
        r#"p\u00e4\"\/<&'word"#,
        "pä&quot;/&lt;&amp;'word",
        "pä&quot;/&lt;&amp;&#039;word",
        "pä&quot;/&lt;&amp;&#39;word",
    ] {
        let body = json!({ "message": format!("refused: {repeated}!") }).to_string();
        let server = ByteServer::start(answer("422 Oh", &[JSON], &body)).await;
        let login = Login::email_password("creator@example.com", secret);
        let error = client(&server.url)
            .start_authentication()
            .body(login)
            .send()
            .await
            .unwrap_err();
        let text = printed(&error);
        assert!(text.contains("refused: [redacted]!"), "{text}");
        assert!(!text.contains("word"), "{text}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_decode_says_where_and_what_but_not_the_value() {
    let mut shown = Vec::new();
    for body in [
        r#"{"lastAttempt": {"success": "hunter2, expected `hunter2`"}}"#,
        r#"{"lastAttempt": {"success": 4711}}"#,
        r#"{"account": {"id": ["hunter2"]}}"#,
        r#"{"account": "hunter2"}"#,
        r#"{"account": {"id": {"hunter2": 1}}}"#,
        r#"{"state": "a", "state": "hunter2"}"#,
        r#"{"state": 1.5}"#,
        r#""hunter2""#,
        r#"{"state": "hunter2"#,
        r#"{"state": "hunter2"} hunter2"#,
        "<html>hunter2</html>",
    ] {
        let server = ByteServer::start(answer("200 OK", &[JSON], body)).await;
        let strict = support::builder(&server.url).strict(true).build().unwrap();
        let sent = strict.poll_authentication_status("auth_1").send().await;
        let error = sent.unwrap_err();
        assert_eq!(predicates(&error), "decode", "{body}");
        assert_eq!(error.body().unwrap(), body.as_bytes());
        assert_eq!(error.status().unwrap(), 200);
        let text = printed(&error);
        assert!(
            !text.contains("hunter2") && !text.contains("4711"),
            "{text}"
        );
        shown.push(error.to_string().replace(
            "pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): ",
            "",
        ));
    }
    insta::assert_snapshot!(shown.join("\n"), @r#"
    the answer (200) does not have the documented form at `lastAttempt.success`: expected a boolean, but found a string
    the answer (200) does not have the documented form at `lastAttempt.success`: expected a boolean, but found an integer
    the answer (200) does not have the documented form at `account.id`: expected a string, but found an array
    the answer (200) does not have the documented form at `account`: expected an object (`PollAuthenticationStatusAccount`), but found a string
    the answer (200) does not have the documented form at `account.id`: expected a string, but found an object
    the answer (200) does not have the documented form at `state`: expected one `state`, but found a second one
    the answer (200) does not have the documented form at `state`: expected a string, but found a number with a fraction
    the answer (200) does not have the documented form: expected an object (`PollAuthenticationStatusResponse`), but found a string
    the answer (200) does not have the documented form at line 1 column 18: expected JSON, but found the end of the body
    the answer (200) does not have the documented form at line 1 column 22: expected JSON, but found text that is not JSON
    the answer (200) does not have the documented form at line 1 column 1: expected JSON, but found text that is not JSON
    "#);
}

#[test]
fn a_body_is_sent_again_as_it_was_read() {
    let text = r#"{"auth_type":"raw_data","cookies":"a=b","customProxy":{"host":"h","port":1}}"#;
    let body: types::StartAuthenticationBody = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), text);
}
