//! The examples work on any machine, without anybody to ask.

mod support;

use std::process::{Command, Output, Stdio};

use support::script::{Script, Seen, json};

/// An example, built by `cargo test` beside the tests.
fn example(name: &str) -> Command {
    let test = std::env::current_exe().expect("the path of this test");
    let example = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("a target directory");
    let example = example
        .join("examples")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        example.exists(),
        "build the example first: cargo build --example {name}"
    );
    let mut command = Command::new(example);
    command
        .env_remove("ONLYFANSAPI_API_KEY")
        .stdin(Stdio::null());
    command
}

/// What it printed, once it has ended well.
async fn ends(mut command: Command) -> String {
    let ran = tokio::task::spawn_blocking(move || command.output());
    let Output {
        status,
        stdout,
        stderr,
    } = ran.await.unwrap().expect("the example starts");
    let text = String::from_utf8_lossy(&stdout).into_owned();
    assert!(
        status.success(),
        "{text}{}",
        String::from_utf8_lossy(&stderr)
    );
    text
}

#[tokio::test]
async fn connect_connects_and_ends_by_itself() {
    let text = ends(example("connect")).await;
    assert!(text.ends_with("Connected Demo.\n"), "{text}");
    for secret in ["correct horse", "ofapi_demo"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fans_lists_all_pages() {
    let server = Script::play(|seen: &Seen| {
        let (id, next) = if seen.target.contains("offset=") { (2, "null") } else { (1, "\"/api/acct_1/fans/all?offset=1\"") };
        let body = format!(
            r#"{{"data": {{"list": [{{"id": {id}, "name": "Fan {id}"}}]}}, "_pagination": {{"next_page": {next}}}}}"#
        );
        json(200, &[("x-ofapi-credits-balance", "41"), ("x-rate-limit-remaining-minute", "9")], &body)
    })
    .await;
    let mut command = example("fans");
    command
        .arg("acct_1")
        .env("ONLYFANSAPI_API_KEY", support::KEY)
        .env("ONLYFANSAPI_BASE_URL", &server.url);
    let text = ends(command).await;
    assert_eq!(
        text,
        "           1 Fan 1\n           2 Fan 2\n2 fans\ncredits left: 41, calls left in this minute: 9\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn upload_sends_the_file_and_then_the_message() {
    let server = Script::play(|seen: &Seen| {
        if seen.target.ends_with("/upload") {
            json(200, &[], r#"{"prefixed_id": "ofapi_media_1"}"#)
        } else {
            json(200, &[], r#"{"data": {"id": 7}}"#)
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, "some content").unwrap();
    let mut command = example("upload");
    command.args(["acct_1", "9"]).arg(file);
    command
        .env("ONLYFANSAPI_API_KEY", support::KEY)
        .env("ONLYFANSAPI_BASE_URL", &server.url);
    let text = ends(command).await;
    assert!(
        text.contains("100 %") && text.ends_with("sent: Some(7)\n"),
        "{text}"
    );
    let seen = server.seen();
    assert!(
        seen[0].text().contains("filename=\"a.txt\"") && seen[0].text().contains("some content")
    );
    assert_eq!(seen[1].json()["mediaFiles"][0], "ofapi_media_1");
}

#[cfg(feature = "webhooks")]
#[tokio::test(flavor = "multi_thread")]
async fn the_webhook_receiver_takes_signed_deliveries_and_each_once() {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};

    let mut command = example("webhook_receiver");
    command
        .arg("127.0.0.1:0")
        .env("ONLYFANSAPI_WEBHOOK_SECRET", "whsec")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut receiver = command.spawn().expect("the example starts");
    let mut lines = BufReader::new(receiver.stdout.take().unwrap()).lines();
    let said = lines.next().unwrap().unwrap();
    let address = said.rsplit(' ').next().unwrap().to_owned();
    let deliver = |secret: &[u8]| {
        let body = r#"{"event": "tips.received", "account_id": "acct_1", "payload": []}"#;
        let mac = Hmac::<sha2::Sha256>::new_from_slice(secret)
            .unwrap()
            .chain_update(body);
        let signature = hex::encode(mac.finalize().into_bytes());
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        let (length, key) = (body.len(), "X-OFAPI-Idempotency-Key: evt_1");
        let head = format!(
            "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nSignature: {signature}\r\n{key}\r\n"
        );
        write!(stream, "{head}content-length: {length}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(deliver(b"another"), "401");
    assert_eq!(deliver(b"whsec"), "200");
    assert_eq!(deliver(b"whsec"), "200");
    receiver.kill().unwrap();
    receiver.wait().unwrap();
    let rest: Vec<_> = lines.map(Result::unwrap).collect();
    assert_eq!(rest, ["tips.received"], "the second was dealt with already");
}
