//! What sounds like a secret and is not decided.

use serde_json::{Map, Value, json};

use super::super::rule::Side;
use super::super::sounds;
use super::{body, document, marked, object, secrets};

#[test]
fn names_of_secrets_are_heard_and_others_are_not() {
    let like = |name: &str, schema: Value, side| {
        let Value::Object(schema) = schema else {
            panic!("a schema")
        };
        sounds::like(name, &schema, Some(side)).is_some()
    };
    let text = || json!({"type": "string"});
    for name in [
        "password",
        "proxyPassword",
        "passwd",
        "signing_secret",
        "clientSecret",
        "token",
        "wsAuthToken",
        "accesstoken",
        "csrf",
        "XSRF-TOKEN",
        "cookies",
        "session_cookie",
        "otp",
        "totp_code",
        "twoFactorCode",
        "verificationCode",
        "pin",
        "apiKey",
        "api_key",
        "X-Api-Key",
        "apikey",
        "streamingObsKey",
        "private_key",
        "iban",
        "account_number",
        "routingNumber",
        "card_number",
        "cvv",
        "ssn",
        "taxId",
        "tax_id",
        "passport_number",
        "social_security",
        "mobile_auth_session_deeplink",
        "deepLink",
        "face_otp_verification_url",
        "magicLink",
        "reset_url",
        "sessionId",
        "signature",
        "backup_codes",
        "credentials",
        "jwt",
        "Authorization",
    ] {
        assert!(like(name, text(), Side::Response), "{name}");
    }
    for name in [
        "code",
        "country_code",
        "error_code",
        "status_code",
        "key",
        "keyword",
        "url",
        "polling_url",
        "avatar_url",
        "id",
        "account_id",
        "name",
        "otp_phone_ending",
        "token_type",
        "password_updated_at",
        "token_count",
        "has_password",
        "needs_otp",
        "isOtpEnabled",
        "hasCookies",
        "shipping",
        "spin",
        "compass",
        "bypass",
        "discount",
        "secretary_name",
        "postcode",
        "number",
        "phone_number",
        "design",
        "signed_at",
        "tokenExpiresAt",
        "primary_keyword",
        "monkey",
    ] {
        assert!(!like(name, text(), Side::Response), "{name}");
    }
    assert!(like("code", text(), Side::Body) && like("code", text(), Side::Query));
    // A yes or no, one of a list, and a number of them.
    assert!(!like("password", json!({"type": "boolean"}), Side::Body));
    assert!(!like(
        "token",
        json!({"type": "string", "enum": ["a", "b"]}),
        Side::Body
    ));
    assert!(!like("tokens", json!({"type": "integer"}), Side::Response));
    assert!(like("otp", json!({"type": "integer"}), Side::Body));
    assert!(sounds::like("token", &Map::new(), None).is_some());
}

#[test]
fn an_undecided_text_is_a_finding_with_the_rule_to_write_and_a_secret_until_then() {
    let schema = object(
        json!({"session": object(json!({"apiToken": {"type": "string"}, "name": {"type": "string"}}))}),
    );
    let document = document(json!({
        "/a": {"get": body("response", "listKeys", schema.clone())},
        "/b": {"get": body("response", "showKey", schema.clone()), "post": body("body", "makeKey", schema)},
    }));
    let before = marked(&document, "  - { plain: [session], reason: x }\n");
    let said: Vec<String> = before
        .findings
        .iter()
        .map(|finding| {
            assert_eq!(finding.code, "secrets/undecided");
            assert!(finding.place.is_some(), "{finding}");
            format!(
                "{}\n{}\n{}",
                finding.pointer, finding.problem, finding.action
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n\n"));
    assert_eq!(
        secrets(&before.document),
        [
            "a response.session.apiToken",
            "b body.session.apiToken",
            "b response.session.apiToken"
        ]
    );

    // The rule that the first of them prints decides it.
    let (_, rule) = before.findings[0].action.split_once('`').expect("a rule");
    let (rule, _) = rule.split_once('`').expect("a rule");
    let rule = rule.replace('…', "x");
    let after = marked(
        &document,
        &format!("  - {{ plain: [session], reason: x }}\n  {rule}\n"),
    );
    assert_eq!(after.findings.len(), before.findings.len() - 1);
}

#[test]
fn what_is_no_text_waits_as_it_is() {
    let schema = object(
        json!({"credentials": object(json!({"a": {"type": "string"}})), "otp": {"type": "integer"}}),
    );
    let document = document(json!({"/a": {"get": body("response", "a", schema)}}));
    let marked = marked(&document, "  []\n");
    assert_eq!(marked.findings.len(), 2);
    assert!(secrets(&marked.document).is_empty());
}
