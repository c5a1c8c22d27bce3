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
    let fans = client
        .list_all_fans("acct_1")
        .limit(50)
        .offset(100)
        .query("ä b")
        .type_("all");
    fans.filter([("online", 1)]).send().await.unwrap();
    let message = SendMessageBody::new()
        .text("hi")
        .price(4.99)
        .media_files(["ofapi_media_1"]);
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

    // A boolean of a form goes out as they send it where the call says so.
    let file = Upload::bytes("content")
        .file_name("a.txt")
        .media_type("text/plain");
    let upload = UploadMediaBody::new().file(file).async_(true);
    let upload = client.upload_media("acct_1", upload).customize();
    upload.boolean_words().await.unwrap();
    let message = SendMessageBody::new()
        .text("hi")
        .giphy_id("g1")
        .rf_tag([1, 2])
        .rf_guest([3])
        .rf_partner([4])
        .block_banned_words("risky");
    let call = client.send_message("acct_1", 123, message);
    call.idempotency_key("k").await.unwrap();

    client
        .poll_authentication_status("a&=:@ é/b")
        .await
        .unwrap();
    let url = "https://cdn.example.com/a?b=c&d";
    client.download_media("acct_1", url).await.unwrap();

    let (theirs, ours) = (theirs.seen(), ours.seen());
    assert_eq!(ours.len(), theirs.len());
    let same = ours.len() - 2;
    for (ours, theirs) in ours.iter().zip(&theirs).take(same) {
        assert_eq!(plain(ours), plain(theirs));
    }
    differences(&ours, &theirs);
}

/// What docs/wire.md says that goes out in another way, and means the same.
fn differences(ours: &[Seen], theirs: &[Seen]) {
    let decoded = |seen: &Seen| {
        let target = percent_encoding::percent_decode_str(&seen.target);
        target.decode_utf8_lossy().into_owned()
    };
    let [.., our_poll, our_file] = ours else {
        panic!("there are more");
    };
    let [.., their_poll, their_file] = theirs else {
        panic!("there are more");
    };
    assert_eq!(decoded(our_poll), decoded(their_poll));
    assert!(our_poll.target.ends_with("/a%26%3D%3A%40%20%C3%A9%2Fb"));
    assert!(their_poll.target.ends_with("/a&=:@%20%C3%A9%2Fb"));
    assert_eq!(decoded(our_file), decoded(their_file));
    let accept = |seen: &Seen| seen.header("accept").map(str::to_owned);
    assert_eq!(
        accept(our_file).as_deref(),
        Some("application/json, */*;q=0.8")
    );
    assert_eq!(accept(their_file).as_deref(), Some("*/*"));
    let without_body = |all: &[Seen]| {
        let mut all = all.iter();
        let found = all.find(|seen| seen.method == "POST" && seen.body.is_empty());
        let found = found.expect("a POST without a body");
        let header = |name| found.header(name).map(str::to_owned);
        (header("content-type"), header("content-length"))
    };
    assert_eq!(without_body(ours), (None, Some("0".into())));
    assert_eq!(
        without_body(theirs),
        (Some("application/json".into()), Some("0".into()))
    );
}
