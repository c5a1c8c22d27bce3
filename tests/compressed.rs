//! Answers that come compressed, with the feature `gzip` and without.

mod support;

use support::script::{Act, Script};
use support::{answer, client};

/// `{"data": {"list": [{"id": 1}]}}` by `gzip -n`.
const SMALL: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 73, 44, 73, 84, 178, 82, 168, 86, 202, 201, 44,
    46, 1, 50, 162, 171, 149, 50, 83, 128, 180, 97, 109, 108, 109, 45, 0, 186, 160, 174, 69, 31, 0,
    0, 0,
];

fn compressed(body: &[u8]) -> Act {
    let head = answer(
        "200 OK",
        &[
            ("content-encoding", "gzip"),
            ("content-type", "application/json"),
            ("connection", "close"),
        ],
        "",
    );
    let head = String::from_utf8(head).unwrap().replace(
        "content-length: 0",
        &format!("content-length: {}", body.len()),
    );
    Act::Say([head.as_bytes(), body].concat())
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn a_compressed_answer_is_read_and_asked_for() {
    let server = Script::start([compressed(SMALL)]).await;
    let fans = client(&server.url)
        .list_all_fans("acct_1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        fans.data.as_ref().unwrap().list.as_ref().unwrap()[0].id,
        Some(1)
    );
    assert_eq!(server.seen()[0].header("accept-encoding"), Some("gzip"));
}

/// The limit is for what comes out.
#[cfg(feature = "gzip")]
#[tokio::test]
async fn a_little_that_becomes_a_lot_is_refused_at_the_limit() {
    let mut bomb = Vec::new();
    let mut writer = flate2::write::GzEncoder::new(&mut bomb, flate2::Compression::best());
    for _ in 0..64 {
        std::io::Write::write_all(&mut writer, &vec![b'0'; 1 << 20]).unwrap();
    }
    writer.finish().unwrap();
    assert!(bomb.len() < 1 << 17);
    let server = Script::start([compressed(&bomb)]).await;
    let client = support::builder(&server.url)
        .max_response_bytes(1 << 20)
        .build()
        .unwrap();
    let error = client.list_all_fans("acct_1").send().await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("at most 1048576 bytes"),
        "{error:?}"
    );
}

#[cfg(not(feature = "gzip"))]
#[tokio::test]
async fn without_the_feature_nothing_compressed_is_asked_for() {
    let server = Script::start([compressed(SMALL)]).await;
    let error = client(&server.url)
        .list_all_fans("acct_1")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.body().unwrap().as_ref(), SMALL);
    assert_eq!(server.seen()[0].header("accept-encoding"), None);
}
