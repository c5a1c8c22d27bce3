//! Secrets are in no `Debug` and no error, whatever is printed.

mod support;

use onlyfansapi::{Client, Credentials, CustomProxy, Login, Secret, SecretValue, types};
use serde_json::json;
use support::{ByteServer, answer, builder, client, printed};

const SECRETS: [&str; 5] = [
    "password-5up3r",
    "cookie-5up3r",
    "xbc-5up3r",
    "code-5up3r",
    support::KEY,
];

fn assert_no_secret(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is shown in {text}");
    }
}

fn raw_data() -> Credentials {
    Credentials::raw_data("1", "cookie-5up3r", "xbc-5up3r", "UA")
}

#[test]
fn a_secret_shows_nothing_and_serialises_as_its_text() {
    let secret = Secret::from("password-5up3r");
    assert_eq!(format!("{secret:?} {secret:#?}"), "[redacted] [redacted]");
    assert_eq!(secret.expose(), "password-5up3r");
    assert_eq!(
        serde_json::to_string(&secret).unwrap(),
        "\"password-5up3r\""
    );
    assert_eq!(
        serde_json::from_str::<Secret>("\"password-5up3r\"").unwrap(),
        secret
    );
}

#[test]
fn debug_of_what_holds_secrets_shows_that_they_are_there_and_not_what_they_are() {
    let login = Login::email_password("a@example.com", "password-5up3r")
        .custom_proxy(CustomProxy::new("h", 1).credentials("u", "password-5up3r"));
    let raw = Login::from(raw_data()).proxy_country("us");
    let builder = Client::builder()
        .api_key(support::KEY)
        .base_url("https://password-5up3r@h");
    let client = Client::new(support::KEY).unwrap();
    let body = types::StartAuthenticationBody::from(login.clone());
    let code = types::Submit2faBody::new().code("code-5up3r");
    let calls = (
        client.start_authentication().body(raw.clone()),
        client.submit_2fa("auth_1", code.clone()),
    );
    let text = format!(
        "{login:#?}{raw:#?}{:#?}{body:#?}{:#?}{code:#?}{builder:#?}{client:#?}{calls:#?}",
        raw_data(),
        types::UpdateAuthenticationCredentialsBody::from(raw_data()),
    );
    assert_no_secret(&text);
    assert!(text.matches("[redacted]").count() >= 10, "{text}");
}

/// Who has the link to a phone's login or to a face check finishes the login of somebody else.
#[test]
fn links_that_sign_in_are_in_no_debug() {
    let link = "fansapiauth://auth/l1nk";
    let started = json!({"attempt_id": "auth_1", "mobile_auth_session_deeplink": link});
    let started: types::StartAuthenticationResponse = serde_json::from_value(started).unwrap();
    assert_eq!(started.deep_link(), Some(link.into()));
    let odd = json!({"attempt_id": 7, "mobile_auth_session_deeplink": link});
    let odd: types::StartAuthenticationResponse = serde_json::from_value(odd).unwrap();
    assert!(matches!(
        odd,
        types::StartAuthenticationResponse::Unknown(_)
    ));
    let status = json!({
        "mobile_auth_session_deeplink": link,
        "lastAttempt": {"needs_face_otp": true, "face_otp_verification_url": link},
    });
    let status: types::PollAuthenticationStatusResponse = serde_json::from_value(status).unwrap();
    let text = format!("{started:?} {:?} {odd:?} {status:#?}", started.deep_link());
    assert!(!text.contains("l1nk"), "{text}");
    assert_eq!(text.matches("[redacted]").count(), 4, "{text}");
    // A profile is one secret while nothing of it is described, and then each of its secrets is one.
    let account = json!({"account": {"onlyfans_data": {"csrf": "l1nk", "wsAuthToken": "l1nk"}}});
    let account: types::PollAuthenticationStatusResponse = serde_json::from_value(account).unwrap();
    let text = format!("{account:#?}");
    assert!(text.contains("[redacted]"), "{text}");
    assert!(!text.contains("l1nk"), "{text}");
}

#[test]
fn a_secret_that_is_no_text_shows_nothing_and_serialises_as_it_is() {
    for value in [
        json!(123_456),
        json!({"sess": "password-5up3r"}),
        json!(null),
    ] {
        let secret = SecretValue::from(value.clone());
        assert_eq!(format!("{secret:?} {secret:#?}"), "[redacted] [redacted]");
        assert_eq!(secret.expose(), &value);
        assert_eq!(serde_json::to_value(&secret).unwrap(), value);
        assert_eq!(
            serde_json::from_value::<SecretValue>(value).unwrap(),
            secret
        );
    }
    assert_eq!(SecretValue::from(7).expose(), 7);
}

#[tokio::test]
async fn answers_that_repeat_every_secret_show_none() {
    let echo = SECRETS.join(" ");
    let quoted = serde_json::to_string(&echo).unwrap();
    for bytes in [
        answer(
            "200 OK",
            &[("x-echo", &echo)],
            &format!(r#"{{"message": {quoted}}}"#),
        ),
        answer(
            "200 OK",
            &[("x-echo", &echo)],
            &format!(r#"{{"message": [{quoted}]}}"#),
        ),
        answer("200 OK", &[("x-echo", &echo)], &quoted),
        answer("200 OK", &[("x-echo", &echo)], &echo),
        answer("500 Oh", &[("x-echo", &echo)], &echo),
        answer("302 Oh", &[("location", "http://password-5up3r/")], ""),
    ] {
        let server = ByteServer::start(bytes).await;
        let code = types::Submit2faBody::new().code("code-5up3r");
        match client(&server.url).submit_2fa("auth_1", code).send().await {
            Ok(response) => assert_no_secret(&format!("{response:?} {response:#?}")),
            Err(error) => {
                assert_no_secret(&printed(&error));
                assert_no_secret(&format!("{:?}", error.api()));
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_that_repeats_what_was_sent_shows_none_of_it() {
    let message = "cookie-5up3r xbc-5up3r and ofapi_test_key_9f2c";
    let body = serde_json::json!({"code": "xbc-5up3r", "message": message}).to_string();
    let server = ByteServer::start(answer("422 Oh", &[], &body)).await;
    let client = builder(&server.url).build().unwrap();
    let error = client
        .update_authentication_credentials("acct_1", raw_data())
        .send()
        .await
        .unwrap_err();
    assert_no_secret(&printed(&error));
    assert_eq!(
        error.api().unwrap().message(),
        Some(message),
        "the caller can have it"
    );
}
