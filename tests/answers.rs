//! Answers decode into what they are, encode back unchanged, and keep what the types do not know.

mod support;

use onlyfansapi::{Response, Secret, types};
use serde_json::{Value, json};
use support::{ByteServer, answer, client};

/// The first example of the document: e-mail and password, or raw data.
fn started() -> Value {
    json!({
        "attempt_id": "auth_XXXXXXXXXXXXXXXXXXXXX",
        "message": "Authentication process started. Query the polling_url to check the progress.",
        "polling_url": "https://app.onlyfansapi.com/api/authenticate/auth_XXXXXXXXXXXXXXXXXXXXX",
    })
}

/// The second example of the document: the mobile app.
fn mobile_started() -> Value {
    let mut value = started();
    value["mobile_auth_session_deeplink"] =
        json!("fansapiauth://auth/fansapi_auth_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX");
    value
}

async fn start(body: &str) -> Response<types::StartAuthenticationResponse> {
    let json = [("content-type", "application/json")];
    let server = ByteServer::start(answer("200 OK", &json, body)).await;
    client(&server.url)
        .start_authentication()
        .send()
        .await
        .expect("the answer decodes")
}

#[tokio::test]
async fn each_documented_start_decodes_into_its_own_variant_and_back() {
    let plain = start(&started().to_string()).await;
    assert!(matches!(
        *plain,
        types::StartAuthenticationResponse::AuthenticationStarted(_)
    ));
    assert_eq!(plain.attempt_id(), Some("auth_XXXXXXXXXXXXXXXXXXXXX"));
    assert_eq!(plain.polling_url(), started()["polling_url"].as_str());
    assert_eq!(plain.deep_link(), None);
    assert_eq!(serde_json::to_value(plain.into_inner()).unwrap(), started());

    let mobile = start(&mobile_started().to_string()).await;
    assert!(matches!(
        *mobile,
        types::StartAuthenticationResponse::MobileAuthenticationStarted(_)
    ));
    assert_eq!(mobile.attempt_id(), Some("auth_XXXXXXXXXXXXXXXXXXXXX"));
    assert_eq!(
        mobile.deep_link().as_ref().map(Secret::expose),
        mobile_started()["mobile_auth_session_deeplink"].as_str()
    );
    assert_eq!(
        serde_json::to_value(mobile.into_inner()).unwrap(),
        mobile_started()
    );
}

#[tokio::test]
async fn a_start_of_another_form_is_kept_and_still_readable() {
    let odd = json!({"attempt_id": "auth_1", "message": ["odd"], "mobile_auth_session_deeplink": "x://y"});
    let answer = start(&odd.to_string()).await;
    assert!(matches!(
        *answer,
        types::StartAuthenticationResponse::Unknown(_)
    ));
    assert_eq!(answer.attempt_id(), Some("auth_1"));
    assert_eq!(answer.deep_link(), Some("x://y".into()));
    assert_eq!(answer.polling_url(), None);
    assert_eq!(format!("{:?}", *answer), "Unknown(..)");
    assert_eq!(serde_json::to_value(answer.into_inner()).unwrap(), odd);
}

#[tokio::test]
async fn fields_that_the_type_does_not_know_are_reachable() {
    let body = r#"{"state":"authenticated","new_field":{"deep":[1,2]}}"#;
    let server = ByteServer::start(answer("203 Fine", &[("x-credits", "7")], body)).await;
    let response = client(&server.url)
        .poll_authentication_status("a")
        .send()
        .await
        .unwrap();
    assert_eq!(response.state.as_deref(), Some("authenticated"));
    assert_eq!(response.status(), 203);
    assert_eq!(response.headers()["x-credits"], "7");
    assert_eq!(response.body(), body.as_bytes());
    assert_eq!(response.json().unwrap()["new_field"]["deep"][1], 2);
}

#[tokio::test]
async fn every_field_may_be_null_or_missing() {
    let body = r#"{"account":null,"lastAttempt":{"success":null,"needs_otp":true},"state":null}"#;
    let server = ByteServer::start(answer("200 OK", &[], body)).await;
    let status = client(&server.url)
        .poll_authentication_status("a")
        .send()
        .await
        .unwrap();
    assert_eq!(status.account, None);
    assert_eq!(status.last_attempt.as_ref().unwrap().needs_otp, Some(true));
}

#[tokio::test]
async fn an_empty_success_is_a_success_where_the_type_needs_nothing() {
    for bytes in [
        &b"HTTP/1.1 204 No Content\r\n\r\n"[..],
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\r\n",
    ] {
        let server = ByteServer::start(bytes).await;
        let response = client(&server.url)
            .submit_2fa("a", types::Submit2faBody::new())
            .send()
            .await
            .unwrap();
        assert_eq!(response.message, None);
        assert!(response.json().unwrap_err().is_decode());
    }
}

#[tokio::test]
async fn a_byte_order_mark_before_the_body_does_no_harm() {
    let server = ByteServer::start(answer("200 OK", &[], "\u{FEFF}{\"message\":\"m\"}")).await;
    let response = client(&server.url)
        .submit_2fa("a", types::Submit2faBody::new())
        .send()
        .await
        .unwrap();
    assert_eq!(response.message.as_deref(), Some("m"));
    assert_eq!(response.json().unwrap(), json!({"message": "m"}));
}

#[test]
fn an_enum_value_that_the_document_does_not_list_survives() {
    let body: types::StartAuthenticationBody =
        serde_json::from_value(json!({"auth_type": "passkey", "proxyCountry": "gb"})).unwrap();
    assert_eq!(
        body.auth_type,
        Some(types::AuthType::Unknown("passkey".to_owned()))
    );
    assert_eq!(
        serde_json::to_value(body).unwrap(),
        json!({"auth_type": "passkey", "proxyCountry": "gb"})
    );
}

#[test]
fn a_listed_enum_value_is_its_variant_however_it_is_made() {
    use types::AuthType;
    assert_eq!(AuthType::from("raw_data"), AuthType::RawData);
    assert_eq!(AuthType::from("raw_data".to_owned()), AuthType::RawData);
    assert_eq!("raw_data".parse::<AuthType>().unwrap(), AuthType::RawData);
    assert_eq!(
        serde_json::from_value::<AuthType>(json!("raw_data")).unwrap(),
        AuthType::RawData
    );
    assert_eq!(AuthType::RawData.as_str(), "raw_data");
    assert_eq!(format!("{:>10}", AuthType::RawData), "  raw_data");
}

#[test]
fn clients_and_errors_can_be_shared_and_sent() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    fn sent<T: Send>(_: T) {}
    shared::<onlyfansapi::Client>();
    shared::<Response<Value>>();
    error::<onlyfansapi::Error>();
    let client = client("http://localhost:1");
    sent(client.start_authentication().send());
    sent(client.poll_authentication_status("a").send());
}
