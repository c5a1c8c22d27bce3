//! What goes over the wire, compared with the vendor's SDK for Python, call by call. Without Python or the SDK (PyPI
//! `onlyfans` 0.2.0, Python from `PYTHON` or `python3`) it is skipped.

mod support;

use std::process::Command;

use onlyfansapi::types::{SendMessageBody, Submit2faBody, UploadMediaBody};
use onlyfansapi::{CustomProxy, Login, Upload};
use serde_json::Value;
use support::script::{Script, Seen, json};
use support::{KEY, client};

/// What matters of a request: no order, no boundary, no word on who sends it.
fn plain(seen: &Seen) -> String {
    let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
    let mut query: Vec<&str> = query.split('&').collect();
    query.sort_unstable();
    let header = |name: &str| seen.header(name).unwrap_or("-").to_owned();
    let media_type = header("content-type");
    // Of a body that is not there they say what it would be.
    let media_type = if seen.body.is_empty() {
        "-".to_owned()
    } else {
        media_type
    };
    let (media_type, boundary) = media_type
        .split_once("; boundary=")
        .unwrap_or((&media_type, ""));
    let body = match serde_json::from_slice::<Value>(&seen.body) {
        Ok(mut body) => {
            body.sort_all_objects();
            body.to_string()
        }
        Err(_) if boundary.is_empty() => seen.text(),
        Err(_) => {
            let text = seen.text();
            let mut parts: Vec<&str> = text.split(&format!("--{boundary}")).collect();
            parts.sort_unstable();
            parts.join("\n")
        }
    };
    format!(
        "{} {path} {query:?}\nauthorization: {}\naccept: {}\ncontent-type: {media_type}\nidempotency-key: {}\n{body}",
        seen.method,
        header("authorization"),
        header("accept"),
        header("idempotency-key"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_those_of_the_vendors_sdk() {
    let python = std::env::var("PYTHON").unwrap_or("python3".into());
    let knows = Command::new(&python)
        .args(["-c", "import onlyfansapi"])
        .output();
    if !knows.is_ok_and(|ran| ran.status.success()) {
        println!("skipped: the vendor's SDK for Python (PyPI `onlyfans`) is not installed");
        return;
    }
    let answer = r#"{"attempt_id": "auth_1", "message": "m", "polling_url": "/x", "data": {}}"#;
    let theirs = Script::start([json(200, &[], answer)]).await;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/vendor_sdk.py");
    let mut command = Command::new(&python);
    command.args([script, &theirs.url, KEY]);
    let ran = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );

    let ours = Script::start([json(200, &[], answer)]).await;
    let client = client(&ours.url);
    let login = Login::email_password("a@example.com", "p w")
        .proxy_country("us")
        .force_connect(true);
    client
        .start_authentication()
        .body(login)
        .send()
        .await
        .unwrap();
    let proxy = CustomProxy::new("proxy.example.com", 8080).credentials("u", "p");
    let login = Login::raw_data("1", "a=b; c=d", "x", "agent").custom_proxy(proxy);
    client
        .start_authentication()
        .body(login)
        .send()
        .await
        .unwrap();
    client
        .poll_authentication_status("auth_1")
        .send()
        .await
        .unwrap();
    client
        .submit_2fa("auth_1", Submit2faBody::new().code("123456"))
        .send()
        .await
        .unwrap();
    let done = Submit2faBody::new().selfie_verification_completed(true);
    client.submit_2fa("auth_1", done).send().await.unwrap();
    client
        .send_2fa_email_to_creator("auth_1")
        .send()
        .await
        .unwrap();
    client
        .reauthenticate_account("acct_1")
        .send()
        .await
        .unwrap();
    let filter = std::collections::BTreeMap::from([("online".to_owned(), "1".to_owned())]);
    let fans = client
        .list_all_fans("acct_1")
        .limit(50)
        .offset(100)
        .query("ä b")
        .type_("all");
    fans.filter(filter).send().await.unwrap();
    let message = SendMessageBody::new()
        .text("hi")
        .price(4.99)
        .media_files(vec!["ofapi_media_1".to_owned()]);
    // A whole number is one, whatever its type.
    let whole = SendMessageBody::new().text("hi").price(5);
    for message in [message, whole] {
        let call = client.send_message("acct_1", "123", message);
        call.idempotency_key("k").send().await.unwrap();
    }
    let file = Upload::bytes("content")
        .file_name("a.txt")
        .media_type("text/plain");
    client
        .upload_media("acct_1", UploadMediaBody::new().file(file).type_("avatar"))
        .send()
        .await
        .unwrap();

    let (theirs, ours) = (theirs.seen(), ours.seen());
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(plain(ours), plain(theirs));
    }
}
