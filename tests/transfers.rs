//! Files in both directions: downloads to a writer, and the progress of an upload.

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onlyfansapi::Upload;
use onlyfansapi::types::UploadMediaBody;
use support::script::{Act, Script, json as answer};
use support::{answer as bytes, builder, client};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn a_file_goes_to_a_writer_while_it_arrives_and_has_no_limit() {
    const PIECE: usize = 1 << 20;
    const PIECES: usize = 64;
    let server = support::ByteServer::start_with(|mut stream| async move {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: {}\r\n\r\n",
            PIECE * PIECES
        );
        let _ = stream.write_all(head.as_bytes()).await;
        for _ in 0..PIECES {
            let _ = stream.write_all(&vec![7; PIECE]).await;
        }
    })
    .await;
    // Far less may be in memory than the file has.
    let client = builder(&server.url)
        .max_response_bytes(PIECE)
        .build()
        .unwrap();
    let path = "https://cdn2.onlyfans.com/files/a b.png?Policy=x/y";
    let mut last = (0, None);
    let mut tells = 0;
    let mut file = tokio::io::sink();
    let response = client
        .download_media("acct_1", path)
        .customize()
        .send_to_with(&mut file, |written, total| {
            assert!(written > last.0);
            last = (written, total);
            tells += 1;
        })
        .await
        .unwrap();
    let size = (PIECE * PIECES) as u64;
    assert_eq!(*response, size);
    assert_eq!(last, (size, Some(size)));
    assert!(tells > 10, "{tells}");
    assert_eq!(response.headers()["content-type"], "image/png");
    assert!(response.body().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_download_is_sent_again_until_something_is_written_and_never_after() {
    let whole = Act::Say(bytes("200 OK", &[("connection", "close")], "whole"));
    let server = Script::start([answer(500, &[], "{}"), Act::Drop, whole.clone()]).await;
    let client_ = client(&server.url);
    let mut written = Vec::new();
    client_
        .download_media("acct_1", "x")
        .customize()
        .send_to(&mut written)
        .await
        .unwrap();
    assert_eq!((written.as_slice(), server.count()), (&b"whole"[..], 3));

    let cut = Act::Say(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart".to_vec());
    let server = Script::start([cut, whole]).await;
    let client_ = client(&server.url);
    let mut written = Vec::new();
    let error = client_
        .download_media("acct_1", "x")
        .customize()
        .send_to(&mut written)
        .await
        .unwrap_err();
    assert_eq!((written.as_slice(), server.count()), (&b"part"[..], 1));
    assert!(error.status().is_none(), "{error:?}");

    // A refusal is not written.
    let server = Script::start([answer(404, &[], r#"{"message": "gone"}"#)]).await;
    let client_ = client(&server.url);
    let mut written = Vec::new();
    let error = client_
        .download_media("acct_1", "x")
        .customize()
        .send_to(&mut written)
        .await
        .unwrap_err();
    assert!(error.is_not_found() && written.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_download_has_its_timeout_for_each_piece() {
    let drip = |pause: u64| {
        support::ByteServer::start_with(move |mut stream| async move {
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n")
                .await;
            for _ in 0..5 {
                tokio::time::sleep(Duration::from_secs(pause)).await;
                let _ = stream.write_all(b"x").await;
            }
        })
    };
    // The whole takes 20 seconds, each piece 4 of the 5 that are allowed.
    let server = drip(4).await;
    let client_ = client(&server.url);
    client_
        .download_media("acct_1", "x")
        .customize()
        .send_to(tokio::io::sink())
        .await
        .unwrap();
    let server = drip(6).await;
    let client_ = client(&server.url);
    let sent = client_
        .download_media("acct_1", "x")
        .customize()
        .send_to(tokio::io::sink())
        .await;
    assert!(sent.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_deadline_holds_for_a_writer_that_takes_nothing() {
    let server = Script::start([answer(200, &[], &"x".repeat(1 << 20))]).await;
    let (writer, _reader) = tokio::io::duplex(1024);
    let began = std::time::Instant::now();
    let sent = client(&server.url)
        .download_media("acct_1", "x")
        .customize()
        .deadline(Duration::from_millis(200))
        .send_to(writer)
        .await;
    let error = sent.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 1, "{error:?}");
    assert!(began.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn an_upload_tells_how_far_it_is() {
    let server = Script::start([answer(200, &[], "{}")]).await;
    let client = client(&server.url);
    let told = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&told);
    let file = Upload::bytes(vec![1; 1 << 20])
        .progress(move |sent, total| all.lock().unwrap().push((sent, total)));
    client
        .upload_media("acct_1", UploadMediaBody::new().file(file))
        .send()
        .await
        .unwrap();
    let told = told.lock().unwrap();
    assert_eq!(told.first(), Some(&(0, Some(1 << 20))));
    assert_eq!(told.last(), Some(&(1 << 20, Some(1 << 20))));
    assert!(told.len() > 10 && told.is_sorted(), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_in_place_of_a_file_is_an_error_and_not_written() {
    let refusals = [
        (Some("application/json"), r#"{"error": "File is gone"}"#),
        (
            Some("application/json; charset=utf-8"),
            r#"{"message": "File is gone", "code": "gone"}"#,
        ),
        (Some("application/problem+json"), r#"{"success": false}"#),
        (None, r#" {"success": false, "message": "File is gone"}"#),
    ];
    for (media_type, body) in refusals {
        let headers: Vec<_> = media_type
            .map(|text| ("content-type", text))
            .into_iter()
            .collect();
        let server = support::ByteServer::start(bytes("200 OK", &headers, body)).await;
        let client = client(&server.url);
        let download = || client.download_media("acct_1", "x");
        let mut written = Vec::new();
        let error = download()
            .customize()
            .send_to(&mut written)
            .await
            .unwrap_err();
        assert!(
            written.is_empty() && error.api().is_some(),
            "{body}: {error:?}"
        );
        assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
        assert!(
            download().send().await.unwrap_err().api().is_some(),
            "{body}"
        );
        // Who wants to have it as it is gets it.
        let raw = download().customize().send_raw().await.unwrap();
        assert_eq!(raw.as_ref(), body.as_bytes());
    }
    let long = format!(r#"{{"message": "{}"}}"#, "x".repeat(200_000));
    let files = [
        ("image/png", r#"{"error": "as a picture"}"#),
        (
            "application/json",
            r#"{"error": "a chart", "points": [1, 2]}"#,
        ),
        ("application/json", r#"[{"error": "a list"}]"#),
        ("application/json", "cut: {"),
        ("application/json", long.as_str()),
        ("application/json", ""),
    ];
    for (media_type, body) in files {
        let headers = [("content-type", media_type)];
        let server = support::ByteServer::start(bytes("200 OK", &headers, body)).await;
        let client = client(&server.url);
        let mut written = Vec::new();
        let download = client.download_media("acct_1", "x").customize();
        let response = download.send_to(&mut written).await.unwrap();
        assert_eq!(written, body.as_bytes());
        assert_eq!(*response, body.len() as u64);
    }
}

/// A reader that gives `pieces` of a KiB, each after `pause` seconds.
fn dripping(pieces: usize, pause: u64) -> Upload {
    let (mut writer, reader) = tokio::io::duplex(1024);
    tokio::spawn(async move {
        for _ in 0..pieces {
            tokio::time::sleep(Duration::from_secs(pause)).await;
            let _ = writer.write_all(&[7; 1024]).await;
        }
    });
    Upload::reader(reader)
}

#[tokio::test(start_paused = true)]
async fn an_upload_has_its_timeout_for_each_piece() {
    let upload = async |url: &str, file: Upload, deadline: Duration| {
        let client = builder(url)
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        let body = UploadMediaBody::new().file(file);
        let call = client.upload_media("acct_1", body).customize();
        let began = tokio::time::Instant::now();
        let sent = call.deadline(deadline).send().await.map(drop);
        (sent, began.elapsed().as_secs())
    };
    let long = Duration::from_secs(10_000);
    let server = Script::start([answer(200, &[], "{}")]).await;
    let (sent, took) = upload(&server.url, dripping(20, 50), long).await;
    assert!(sent.is_ok() && took >= 1000, "{sent:?} after {took}");

    let (sent, took) = upload(&server.url, dripping(20, 70), long).await;
    let error = sent.unwrap_err();
    assert!(error.is_timeout() && !error.is_unsent(), "{error:?}");
    assert_eq!(took, 60);

    // A deadline is for all of it.
    let (sent, took) = upload(&server.url, dripping(20, 50), Duration::from_secs(130)).await;
    assert!(sent.unwrap_err().is_timeout());
    assert_eq!(took, 130);

    // Once it is sent the response has as long.
    let server = Script::start([Act::Hang]).await;
    let (sent, took) = upload(&server.url, dripping(3, 50), long).await;
    assert!(sent.unwrap_err().is_timeout());
    assert_eq!(took, 210);
}

// In true time, since the system takes its own between the two.
#[tokio::test]
async fn a_server_may_take_a_file_as_slowly_as_it_likes() {
    const PIECE: usize = 1 << 20;
    const PIECES: usize = 24;
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    // What the system keeps between the two arrives when nobody can see it any more.
    socket.set_recv_buffer_size(64 << 10).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut piece = vec![0; PIECE];
        for _ in 0..PIECES {
            tokio::time::sleep(Duration::from_millis(100)).await;
            stream.read_exact(&mut piece).await.unwrap();
        }
        // And what is around the file.
        let _ = stream.read(&mut piece).await;
        let done = bytes("200 OK", &[("connection", "close")], "{}");
        let _ = stream.write_all(&done).await;
    });
    let timeout = Duration::from_millis(1500);
    let client = builder(&url).timeout(timeout).build().unwrap();
    let body = UploadMediaBody::new().file(Upload::bytes(vec![0; PIECE * PIECES]));
    let began = std::time::Instant::now();
    client.upload_media("acct_1", body).send().await.unwrap();
    assert!(began.elapsed() > timeout, "{:?}", began.elapsed());
}
