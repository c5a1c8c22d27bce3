//! The vendor's part of the connect flow, on loopback: it wants a code, and takes only one.

use std::sync::Mutex;

use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// The key that the server takes.
pub const KEY: &str = "ofapi_demo";
/// The code that the server takes.
pub const CODE: &str = "424242";

const ATTEMPT: &str = "auth_demo";

/// Where the attempt stands, and for how many polls it stays there.
enum Stage {
    SigningIn { polls_left: u32 },
    NeedsCode,
    CheckingCode { polls_left: u32, right: bool },
    Connected,
}

/// Starts the server.
pub async fn start() -> MockServer {
    let server = MockServer::start().await;
    let stage: &'static Mutex<Stage> =
        Box::leak(Box::new(Mutex::new(Stage::SigningIn { polls_left: 2 })));
    let authorised = || header("authorization", format!("Bearer {KEY}").as_str());
    let attempt = format!("/api/authenticate/{ATTEMPT}");
    let polling_url = format!("{}{attempt}", server.uri());

    Mock::given(method("POST"))
        .and(path("/api/authenticate"))
        .and(authorised())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "attempt_id": ATTEMPT,
            "message": "Authentication process started.",
            "polling_url": polling_url,
        })))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path(attempt.as_str()))
        .and(authorised())
        .respond_with(move |_: &Request| ResponseTemplate::new(200).set_body_json(poll(stage)))
        .mount(&server)
        .await;
    Mock::given(method("PUT"))
        .and(path(attempt.as_str()))
        .and(authorised())
        .respond_with(move |request: &Request| submit(stage, request))
        .mount(&server)
        .await;
    server
}

fn poll(stage: &Mutex<Stage>) -> Value {
    let mut stage = stage.lock().expect("no poll has panicked");
    let (next, answer) = match *stage {
        Stage::SigningIn { polls_left } => (
            if polls_left > 1 {
                Stage::SigningIn {
                    polls_left: polls_left - 1,
                }
            } else {
                Stage::NeedsCode
            },
            json!({"state": "authenticating", "progress": "filling_out_login", "lastAttempt": null}),
        ),
        Stage::NeedsCode => (
            Stage::NeedsCode,
            json!({
                "state": "needs-otp",
                "twoFactorPending": true,
                "lastAttempt": {"needs_otp": true, "otp_phone_ending": "17"},
            }),
        ),
        Stage::CheckingCode { polls_left, right } => (
            match (polls_left, right) {
                (2.., _) => Stage::CheckingCode {
                    polls_left: polls_left - 1,
                    right,
                },
                (_, true) => Stage::Connected,
                (_, false) => Stage::NeedsCode,
            },
            json!({"state": "authenticating", "progress": "checking_code"}),
        ),
        Stage::Connected => (
            Stage::Connected,
            json!({
                "state": "authenticated",
                "progress": "signed_in",
                "account": {"id": "acct_demo", "display_name": "Demo"},
                "lastAttempt": {"success": true, "completed_at": "2026-01-01T00:00:00Z"},
            }),
        ),
    };
    *stage = next;
    answer
}

/// Takes any code: whether it is the right one shows in the polls that follow.
fn submit(stage: &Mutex<Stage>, request: &Request) -> ResponseTemplate {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let Some(code) = body["code"].as_str() else {
        return ResponseTemplate::new(422).set_body_json(json!({
            "message": "The code field is required.",
            "errors": {"code": ["The code field is required."]},
        }));
    };
    *stage.lock().expect("no poll has panicked") = Stage::CheckingCode {
        polls_left: 2,
        right: code == CODE,
    };
    ResponseTemplate::new(200).set_body_json(json!({"message": "Code submitted."}))
}
