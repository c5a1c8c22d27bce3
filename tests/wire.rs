//! What goes over the wire for each operation: the same as the vendor's Python SDK 0.2.0 sends,
//! apart from that SDK's own `X-Stainless-*` headers, its user agent and encodings, and the content
//! type that it sends without a body.

mod support;

use onlyfansapi::{Credentials, CustomProxy, Login, types};
use serde_json::{Value, json};
use support::{KEY, client};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

async fn server() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({})))
        .mount(&server)
        .await;
    server
}

/// The one request that was made, after its headers are checked.
async fn sent(server: &MockServer) -> (String, Option<Value>) {
    let requests: Vec<Request> = server
        .received_requests()
        .await
        .expect("requests are recorded");
    let [request] = requests.as_slice() else {
        panic!("expected one request, but found {}", requests.len())
    };
    let body = (!request.body.is_empty())
        .then(|| serde_json::from_slice(&request.body).expect("the body is JSON"));
    let mut expected = vec![
        ("accept", "application/json".to_owned()),
        ("authorization", format!("Bearer {KEY}")),
        ("host", server.address().to_string()),
        (
            "user-agent",
            concat!("onlyfansapi-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
        ),
    ];
    if cfg!(feature = "gzip") {
        expected.push(("accept-encoding", "gzip".to_owned()));
    }
    if body.is_some() {
        expected.push(("content-type", "application/json".to_owned()));
    }
    if body.is_some() || request.method == "POST" {
        expected.push(("content-length", request.body.len().to_string()));
    }
    expected.sort();
    let mut headers: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    assert_eq!(headers, expected);
    let query = request
        .url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    (
        format!("{} {}{query}", request.method, request.url.path()),
        body,
    )
}

async fn start(body: impl Into<types::StartAuthenticationBody>) -> (String, Option<Value>) {
    let server = server().await;
    client(&server.uri())
        .start_authentication()
        .body(body)
        .send()
        .await
        .unwrap();
    sent(&server).await
}

#[tokio::test]
async fn start_with_email_and_password() {
    let login = Login::email_password("a@example.com", "hunter2!")
        .name("N")
        .force_connect(true)
        .proxy_country("us");
    assert_eq!(
        start(login).await,
        (
            "POST /api/authenticate".to_owned(),
            Some(json!({
                "auth_type": "email_password",
                "email": "a@example.com",
                "force_connect": true,
                "name": "N",
                "password": "hunter2!",
                "proxyCountry": "us",
            }))
        )
    );
}

#[tokio::test]
async fn start_with_raw_data_and_a_custom_proxy() {
    let login = Login::raw_data("1", "a=b; c=d", "x", "UA")
        .custom_proxy(CustomProxy::new("h", 8080).credentials("u", "p"));
    assert_eq!(
        start(login).await,
        (
            "POST /api/authenticate".to_owned(),
            Some(json!({
                "auth_id": "1",
                "auth_type": "raw_data",
                "cookies": "a=b; c=d",
                "customProxy": {"host": "h", "port": 8080, "username": "u", "password": "p"},
                "user_agent": "UA",
                "xbc": "x",
            }))
        )
    );
}

#[tokio::test]
async fn start_with_the_mobile_app() {
    assert_eq!(
        start(Login::mobile_app()).await,
        (
            "POST /api/authenticate".to_owned(),
            Some(json!({"auth_type": "mobile_app"}))
        )
    );
}

#[tokio::test]
async fn an_optional_body_that_is_not_set_is_not_sent() {
    let server = server().await;
    client(&server.uri())
        .start_authentication()
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        ("POST /api/authenticate".to_owned(), None)
    );
}

#[tokio::test]
async fn poll() {
    let server = server().await;
    client(&server.uri())
        .poll_authentication_status("auth_1/2 ?é")
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        (
            "GET /api/authenticate/auth_1%2F2%20%3F%C3%A9".to_owned(),
            None
        )
    );
}

#[tokio::test]
async fn submit_a_code() {
    let server = server().await;
    let body = types::Submit2faBody::new().code("123456");
    client(&server.uri())
        .submit_2fa("auth_1", body)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        (
            "PUT /api/authenticate/auth_1".to_owned(),
            Some(json!({"code": "123456"}))
        )
    );
}

#[tokio::test]
async fn submit_a_selfie() {
    let server = server().await;
    let body = types::Submit2faBody::new().selfie_verification_completed(true);
    client(&server.uri())
        .submit_2fa("auth_1", body)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        (
            "PUT /api/authenticate/auth_1".to_owned(),
            Some(json!({"selfie_verification_completed": true}))
        )
    );
}

#[tokio::test]
async fn send_the_email() {
    let server = server().await;
    client(&server.uri())
        .send_2fa_email_to_creator("auth_1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        (
            "POST /api/authenticate/auth_1/send-email-to-creator".to_owned(),
            None
        )
    );
}

#[tokio::test]
async fn reauthenticate() {
    let server = server().await;
    client(&server.uri())
        .reauthenticate_account("acct_1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        (
            "POST /api/authenticate/acct_1/reauthenticate".to_owned(),
            None
        )
    );
}

/// The SDK has no such method; the body is that of the vendor's documentation.
#[tokio::test]
async fn replace_the_credentials() {
    let server = server().await;
    client(&server.uri())
        .update_authentication_credentials(
            "acct_1",
            Credentials::email_password("a@example.com", "hunter2!"),
        )
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        (
            "PUT /api/authenticate/acct_1/credentials".to_owned(),
            Some(json!({
                "auth_type": "email_password",
                "email": "a@example.com",
                "password": "hunter2!",
            }))
        )
    );
}

#[tokio::test]
async fn the_path_of_a_base_url_is_kept() {
    let server = server().await;
    client(&format!("{}/gateway/", server.uri()))
        .poll_authentication_status("auth_1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        sent(&server).await,
        ("GET /gateway/api/authenticate/auth_1".to_owned(), None)
    );
}

#[tokio::test]
async fn path_values_stay_one_segment() {
    for (value, path) in [
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("../x", "..%2Fx"),
        ("...", "..."),
        ("%2e%2e", "%252e%252e"),
        ("a\\b", "a%5Cb"),
        ("ü 語", "%C3%BC%20%E8%AA%9E"),
        ("{account_id}", "%7Baccount_id%7D"),
    ] {
        let server = server().await;
        client(&server.uri())
            .reauthenticate_account(value)
            .send()
            .await
            .unwrap();
        let expected = format!("POST /api/authenticate/{path}/reauthenticate");
        assert_eq!(sent(&server).await, (expected, None), "{value}");
    }
}

#[tokio::test]
async fn path_values_that_a_url_would_swallow_are_refused_before_anything_is_sent() {
    let server = server().await;
    let client = client(&server.uri());
    let mut messages = Vec::new();
    for value in ["", ".", ".."] {
        let error = client
            .reauthenticate_account(value)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_request() && !error.is_retryable() && error.status().is_none());
        messages.push(error.to_string());
    }
    insta::assert_snapshot!(messages.join("\n"), @r"
    reAuthenticateAccount (POST /api/authenticate/{account_id}/reauthenticate): expected a value for the path parameter `account_id`, but found an empty text
    reAuthenticateAccount (POST /api/authenticate/{account_id}/reauthenticate): expected a value for the path parameter `account_id` that can be part of a URL, but found `.`, which URLs read as a step in the path
    reAuthenticateAccount (POST /api/authenticate/{account_id}/reauthenticate): expected a value for the path parameter `account_id` that can be part of a URL, but found `..`, which URLs read as a step in the path
    ");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_whole_number_in_a_body_has_no_fraction() {
    for (price, written) in [
        (5.0, "5"),
        (-0.0, "0"),
        (4.99, "4.99"),
        (1e15, "1000000000000000"),
        (1e300, "1e+300"),
    ] {
        let server = server().await;
        let body = types::SendMessageBody::new().price(price);
        let call = client(&server.uri());
        call.send_message("acct_1", "1", body).send().await.unwrap();
        let requests = server.received_requests().await.unwrap();
        let sent = std::str::from_utf8(&requests[0].body).unwrap();
        assert_eq!(sent, format!(r#"{{"price":{written}}}"#));
    }
}
