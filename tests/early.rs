//! Responses that come before the request is over.

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use onlyfansapi::Upload;
use onlyfansapi::types::UploadMediaBody;
use support::{answer, builder};

/// How many uploads are made.
const ROUNDS: usize = 200;

#[tokio::test]
async fn a_refusal_before_the_end_of_an_upload_is_the_response() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (round, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut some = vec![0; 1 << (10 + round % 12)];
            let _ = stream.read(&mut some);
            if round % 2 == 1 {
                let _ = stream.read_exact(&mut some);
            }
            let body = r#"{"message": "100 MB at most"}"#;
            let refusal = answer("413 Content Too Large", &[("connection", "close")], body);
            let _ = stream.write_all(&refusal);
            if round % 3 == 2 {
                std::thread::sleep(Duration::from_millis(2));
            }
            // The rest is not read: closing now resets the connection.
        }
    });
    let client = builder(&url).build().unwrap();
    let mut lost = 0;
    for round in 0..ROUNDS {
        let file = match round % 2 {
            0 => Upload::bytes(vec![0; 8 << 20]),
            _ => Upload::reader(std::io::Cursor::new(vec![0; 8 << 20])),
        };
        let body = UploadMediaBody::new().file(file);
        let error = client
            .upload_media("acct_1", body)
            .send()
            .await
            .unwrap_err();
        match error.api() {
            Some(api) => assert_eq!(api.message(), Some("100 MB at most")),
            None => lost += 1,
        }
    }
    // Where response and reset both come between a look at the connection and the next write, the system refuses the write
    // before anybody can look. Without the rests that is so for every other upload and more.
    assert!(lost * 10 < ROUNDS, "{lost} of {ROUNDS}");
}
