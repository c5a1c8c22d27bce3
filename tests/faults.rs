//! What becomes of a call when the network, or the server, misbehaves.

mod support;

use std::time::{Duration, Instant};

use onlyfansapi::{Client, Error};
use support::{ByteServer, KEY, answer, builder, client, printed};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn poll(client: &Client) -> Result<(), Error> {
    client
        .poll_authentication_status("auth_1")
        .send()
        .await
        .map(|_| ())
}

#[tokio::test]
async fn a_server_that_hangs_is_a_timeout() {
    let server = ByteServer::start_with(|stream| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
    })
    .await;
    let client = builder(&server.url)
        .timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let started = Instant::now();
    let error = poll(&client).await.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(
        error.is_timeout() && error.is_retryable() && !error.is_connect(),
        "{error:?}"
    );
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the time was over before the whole answer was there");
}

#[tokio::test]
async fn the_timeout_covers_a_body_that_drips() {
    let server = ByteServer::start_with(|mut stream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
            .await;
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let client = builder(&server.url)
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    assert!(poll(&client).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = poll(&client(&url)).await.unwrap_err();
    assert!(
        error.is_connect() && error.is_retryable() && !error.is_timeout(),
        "{error:?}"
    );
    assert!(error.status().is_none() && error.body().is_none());
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): no connection to the server");
    assert!(
        !printed(&error).contains("auth_1"),
        "the URL is not printed: {error:?}"
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_broken_connection() {
    let whole = answer("200 OK", &[], r#"{"state":"authenticated"}"#);
    let server = ByteServer::start(&whole[..whole.len() - 4]).await;
    let error = poll(&client(&server.url)).await.unwrap_err();
    assert!(
        error.is_retryable() && !error.is_decode() && !error.is_connect(),
        "{error:?}"
    );
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): the connection broke before the whole answer was there");
}

#[tokio::test]
async fn a_refusal_whose_body_breaks_off_is_still_a_refusal() {
    let whole = answer("422 Unprocessable Content", &[], r#"{"message":"wrong"}"#);
    let server = ByteServer::start(&whole[..whole.len() - 4]).await;
    let error = poll(&client(&server.url)).await.unwrap_err();
    assert!(error.is_validation());
    assert_eq!(&error.body().unwrap()[..], br#"{"message":"wro"#);
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read_however_it_is_announced() {
    for (head, piece) in [
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 314572800\r\n\r\n",
            vec![b' '; 1 << 16],
        ),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", {
            let mut piece = b"10000\r\n".to_vec();
            piece.extend(vec![b' '; 1 << 16]);
            piece.extend(b"\r\n");
            piece
        }),
    ] {
        let server = ByteServer::start_with(move |mut stream| {
            let piece = piece.clone();
            async move {
                let _ = stream.write_all(head.as_bytes()).await;
                while stream.write_all(&piece).await.is_ok() {}
            }
        })
        .await;
        let client = builder(&server.url)
            .max_response_bytes(1 << 20)
            .build()
            .unwrap();
        let error = poll(&client).await.unwrap_err();
        assert!(error.is_decode() && !error.is_retryable(), "{error:?}");
        assert_eq!(error.status().unwrap(), 200);
        assert!(
            error.to_string().contains("at most 1048576 bytes"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let body = r#"{"state":"authenticated"}"#;
    for (limit, fits) in [(body.len(), true), (body.len() - 1, false)] {
        let server = ByteServer::start(answer("200 OK", &[], body)).await;
        let client = builder(&server.url)
            .max_response_bytes(limit)
            .build()
            .unwrap();
        assert_eq!(poll(&client).await.is_ok(), fits, "{limit}");
    }
}

#[tokio::test]
async fn the_body_of_a_refusal_is_cut_at_a_mebibyte() {
    let server = ByteServer::start(answer(
        "500 Internal Server Error",
        &[],
        &" ".repeat(3 << 20),
    ))
    .await;
    let error = poll(&client(&server.url)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.body().unwrap().len(), 1 << 20);
}

/// A server that records requests, and one that redirects to it.
async fn redirecting(status: u16) -> (MockServer, MockServer) {
    let target = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("{}"))
        .mount(&target)
        .await;
    let server = MockServer::start().await;
    let location = format!("{}/elsewhere", target.uri());
    for verb in ["GET", "POST"] {
        Mock::given(method(verb))
            .respond_with(ResponseTemplate::new(status).insert_header("location", &*location))
            .mount(&server)
            .await;
    }
    (server, target)
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let (server, target) = redirecting(status).await;
        let client = client(&server.uri());
        for error in [
            poll(&client).await.unwrap_err(),
            client
                .reauthenticate_account("acct_1")
                .send()
                .await
                .unwrap_err(),
        ] {
            assert_eq!(error.status().unwrap(), status);
            assert!(
                error.to_string().ends_with("redirects are not followed"),
                "{error}"
            );
            assert!(error.headers().unwrap().contains_key("location"));
        }
        assert!(target.received_requests().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_http_client_built_here_follows_no_redirect_whatever_its_builder_says() {
    let (server, target) = redirecting(302).await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(9));
    let client = builder(&server.uri())
        .http_client_builder(http)
        .build()
        .unwrap();
    let error = client
        .poll_authentication_status("auth_1")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert!(target.received_requests().await.unwrap().is_empty());
    let both = builder(&server.uri())
        .http_client(reqwest::Client::new())
        .http_client_builder(reqwest::Client::builder());
    assert!(both.build().unwrap_err().is_configuration());
}

#[tokio::test]
async fn the_key_does_not_follow_a_redirect_of_a_client_that_follows() {
    let (server, target) = redirecting(302).await;
    let following = reqwest::Client::new();
    let client = builder(&server.uri())
        .http_client(following)
        .build()
        .unwrap();
    let error = poll(&client).await.unwrap_err();
    insta::assert_snapshot!(error, @"pollAuthenticationStatus (GET /api/authenticate/{attempt_id}): expected an answer from the base URL's origin, but found one from another: the HTTP client followed a redirect; give it a redirect policy of `none`");
    let requests = target.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    let headers = format!("{:?}", requests[0].headers);
    assert!(
        !headers.contains(KEY) && !headers.contains("authorization"),
        "{headers}"
    );
}

/// A resolver that finds no address for ever.
struct Nowhere;

impl reqwest::dns::Resolve for Nowhere {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_takes_too_long_says_so() {
    let http = reqwest::Client::builder().dns_resolver(std::sync::Arc::new(Nowhere));
    let client = builder("https://api.example.com")
        .http_client_builder(http)
        .timeout(Duration::from_secs(60))
        .connect_timeout(Duration::from_secs(2))
        .retry(onlyfansapi::RetryPolicy::default().max_retries(1))
        .build()
        .unwrap();
    let began = tokio::time::Instant::now();
    let error = client
        .reauthenticate_account("acct_1")
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_timeout() && error.is_connect() && error.is_unsent(),
        "{error:?}"
    );
    assert_eq!(
        error.attempts(),
        2,
        "nothing was sent, so that it is tried again"
    );
    assert!(began.elapsed() < Duration::from_secs(10));
    insta::assert_snapshot!(error, @"reAuthenticateAccount (POST /api/authenticate/{account_id}/reauthenticate): no connection to the server within the time for connecting");
}
