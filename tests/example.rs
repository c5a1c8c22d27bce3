//! The examples work on any machine, without anybody to ask.

use std::process::{Command, Output, Stdio};

use onlyfansapi::testing::Vendor;
use serde_json::json;

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
    for secret in ["correct horse", "ofapi_testing_key"] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// The example, told of the vendor in the box.
fn told(name: &str, vendor: &Vendor) -> Command {
    let mut command = example(name);
    command
        .env("ONLYFANSAPI_API_KEY", vendor.key())
        .env("ONLYFANSAPI_BASE_URL", vendor.url());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn fans_lists_all_pages() {
    let vendor = Vendor::start().await;
    let fans = [1, 2].map(|id| json!({"id": id, "name": format!("Fan {id}")}));
    vendor.list("list_all_fans", fans).page(1);
    vendor.credits(44);
    vendor.limit_minute(12);
    let mut command = told("fans", &vendor);
    command.arg("acct_1");
    let text = ends(command).await;
    assert_eq!(
        text,
        "           1 Fan 1\n           2 Fan 2\n2 fans\ncredits left: 41, calls left in this minute: 9\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn upload_sends_the_file_and_then_the_message() {
    let vendor = Vendor::start().await;
    vendor
        .on("upload_media")
        .reply(json!({"prefixed_id": "ofapi_media_1"}));
    vendor.on("send_message").reply(json!({"data": {"id": 7}}));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, "some content").unwrap();
    let mut command = told("upload", &vendor);
    command.args(["acct_1", "9"]).arg(file);
    let text = ends(command).await;
    assert!(
        text.contains("100 %") && text.ends_with("sent: Some(7)\n"),
        "{text}"
    );
    let requests = vendor.requests();
    assert_eq!(requests[0].json()["file"]["file"], "a.txt");
    assert!(requests[0].text().contains("some content"));
    assert_eq!(requests[1].json()["mediaFiles"], json!(["ofapi_media_1"]));
}

#[cfg(feature = "webhooks")]
#[tokio::test(flavor = "multi_thread")]
async fn the_webhook_receiver_takes_signed_deliveries_and_each_once() {
    use std::io::{BufRead as _, BufReader};

    use onlyfansapi::testing::TestDelivery;

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
    let url = format!("http://{address}/");
    let delivery = TestDelivery::new("tips.received")
        .account("acct_1")
        .payload(json!([]));
    for (secret, status) in [("another", 401), ("whsec", 200), ("whsec", 200)] {
        let delivery = delivery.clone().sign(secret);
        assert_eq!(delivery.post(&url).await.unwrap(), status);
    }
    receiver.kill().unwrap();
    receiver.wait().unwrap();
    let rest: Vec<_> = lines.map(Result::unwrap).collect();
    assert_eq!(rest, ["tips.received"], "the second was dealt with already");
}
