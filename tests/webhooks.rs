//! Deliveries of webhooks: whose they are, and what they say.
#![cfg(feature = "webhooks")]

use http::HeaderMap;
use onlyfansapi::webhooks::{Event, Webhook, WebhookError};
use serde_json::json;

/// Signed with `whsec_test` by `openssl dgst -sha256 -hmac whsec_test`, and not by what is tested here.
const BODY: &[u8] = br#"{"event":"messages.received","account_id":"acct_1","payload":{"id":9007199254740993,"text":"hi"}}"#;
const SIGNATURE: &str = "98697f29934565095f69dff2ccd9430823fe81fa91a932d6f1cb90f1bfe6b709";

fn headers(signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("Signature", signature.parse().unwrap());
    headers.insert("X-OFAPI-Idempotency-Key", "evt_1".parse().unwrap());
    headers
}

#[test]
fn a_signed_delivery_is_an_event() {
    let mut redelivered = headers(SIGNATURE);
    redelivered.insert("X-OFAPI-Redelivery-Of", "evt_0".parse().unwrap());
    let delivery = Webhook::new("whsec_test")
        .verify(&redelivered, BODY)
        .unwrap();
    let Event::MessagesReceived(payload) = &delivery.event else {
        panic!("{delivery:?}");
    };
    assert_eq!(payload["id"], json!(9_007_199_254_740_993_u64));
    assert_eq!(delivery.account_id.as_deref(), Some("acct_1"));
    assert_eq!(delivery.idempotency_key.as_deref(), Some("evt_1"));
    assert_eq!(delivery.redelivery_of.as_deref(), Some("evt_0"));
    let upper = headers(&SIGNATURE.to_uppercase());
    Webhook::new("whsec_test").verify(&upper, BODY).unwrap();
    let printed = format!("{delivery:?} {:?}", Webhook::new("whsec_test"));
    assert!(
        !printed.contains("hi") && !printed.contains("whsec"),
        "{printed}"
    );
}

#[test]
fn any_of_several_secrets_may_have_signed() {
    let rotating = Webhook::new("new").secret("whsec_test");
    rotating.verify(&headers(SIGNATURE), BODY).unwrap();
    let gone = Webhook::new("new").secret("newer");
    assert_eq!(
        gone.verify(&headers(SIGNATURE), BODY),
        Err(WebhookError::WrongSignature)
    );
}

#[test]
fn what_is_not_signed_so_is_refused() {
    let webhook = Webhook::new("whsec_test");
    let changed: Vec<u8> = BODY
        .iter()
        .map(|byte| if *byte == b'h' { b'H' } else { *byte })
        .collect();
    assert_eq!(
        webhook.verify(&headers(SIGNATURE), &changed),
        Err(WebhookError::WrongSignature)
    );
    let spaced = [BODY, b" "].concat();
    assert_eq!(
        webhook.verify(&headers(SIGNATURE), &spaced),
        Err(WebhookError::WrongSignature)
    );
    for wrong in [
        "",
        "00",
        &SIGNATURE[2..],
        &SIGNATURE[..62],
        "zz",
        &"0".repeat(64),
        &format!("{SIGNATURE}00"),
    ] {
        assert_eq!(
            webhook.verify(&headers(wrong), BODY),
            Err(WebhookError::WrongSignature),
            "{wrong}"
        );
    }
    assert_eq!(
        webhook.verify(&HeaderMap::new(), BODY),
        Err(WebhookError::Unsigned)
    );
}

#[test]
fn an_empty_secret_verifies_nothing() {
    // An empty key gives a signature, too, and anybody can make it.
    for webhook in [Webhook::new(""), Webhook::new("whsec_test").secret("")] {
        assert_eq!(
            webhook.verify(&headers(SIGNATURE), BODY),
            Err(WebhookError::NoSecret)
        );
    }
}

/// What becomes of a body that the API signed.
fn signed(body: &[u8]) -> Result<onlyfansapi::webhooks::Delivery, WebhookError> {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mac = Hmac::<sha2::Sha256>::new_from_slice(b"whsec_test").unwrap();
    let signature = hex::encode(mac.chain_update(body).finalize().into_bytes());
    let header = |name: &str| (name == "signature").then_some(signature.as_bytes());
    Webhook::new("whsec_test").verify_by(header, body)
}

#[test]
fn each_listed_event_is_known_and_any_other_keeps_its_json() {
    assert_eq!(Event::NAMES.len(), 32);
    for name in Event::NAMES {
        let body = json!({"event": name, "payload": {"a": 1}}).to_string();
        let delivery = signed(body.as_bytes()).unwrap();
        assert!(!matches!(delivery.event, Event::Unknown { .. }), "{name}");
        assert_eq!(
            (delivery.event.name(), delivery.event.payload()),
            (*name, &json!({"a": 1}))
        );
    }
    let body = json!({"event": "tips.refunded", "account_id": null, "payload": [1], "more": true});
    let delivery = signed(body.to_string().as_bytes()).unwrap();
    assert!(matches!(delivery.event, Event::Unknown { .. }));
    assert_eq!(
        (delivery.event.name(), delivery.event.payload()),
        ("tips.refunded", &json!([1]))
    );
    assert_eq!(
        (delivery.account_id, delivery.idempotency_key),
        (None, None)
    );
    assert_eq!(delivery.body, body);
}

#[test]
fn a_signed_body_that_is_no_event_says_so_without_the_body() {
    for body in [
        &b""[..],
        b"hunter2",
        b"[]",
        b"{\"event\": 1}",
        b"{\"event\": \"x\"",
        b"\xff\xfe",
    ] {
        let error = signed(body).unwrap_err();
        assert!(matches!(error, WebhookError::NoEvent(_)), "{error:?}");
        assert!(
            !format!("{error}{error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
    assert_eq!(
        signed(br#"{"event": "users.online", "payload": []}"#)
            .unwrap()
            .event
            .payload(),
        &json!({})
    );
    assert_eq!(
        signed(br#"{"event": "users.online"}"#)
            .unwrap()
            .event
            .payload(),
        &json!(null)
    );
}
