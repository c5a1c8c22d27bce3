//! Forms with files.

use super::*;

/// A part of a form as a receiver reads it.
#[derive(Debug, PartialEq)]
struct Part {
    name: String,
    file: Option<(String, String)>,
    content: Vec<u8>,
}

fn text(name: &str, content: &str) -> Part {
    Part {
        name: name.into(),
        file: None,
        content: content.into(),
    }
}

fn file(name: &str, file_name: &str, media_type: &str, content: impl Into<Vec<u8>>) -> Part {
    Part {
        name: name.into(),
        file: Some((file_name.into(), media_type.into())),
        content: content.into(),
    }
}

async fn parts(request: &Request) -> Vec<Part> {
    let boundary =
        multer::parse_boundary(header(request, "content-type")).expect("there is a boundary");
    let body = request.body.clone();
    let stream = futures_util::stream::once(async { Ok::<_, std::io::Error>(body) });
    let mut form = multer::Multipart::new(stream, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.expect("the form is well formed") {
        let name = field.name().expect("a field has a name").to_owned();
        let media_type = field
            .content_type()
            .map(ToString::to_string)
            .unwrap_or_default();
        let file = field.file_name().map(|name| (name.to_owned(), media_type));
        let content = field.bytes().await.expect("the field is whole").to_vec();
        parts.push(Part {
            name,
            file,
            content,
        });
    }
    parts
}

#[tokio::test]
async fn a_form_has_files_and_nested_values_in_the_form_that_php_reads() {
    let (server, client) = server().await;
    let mut settings = UpdateProfileSettings::new().theme("dark");
    settings.sizes = Some(vec![1, 2]);
    let body = UpdateProfileBody::new(
        Upload::bytes("\x00\r\n--")
            .file_name("a.png")
            .media_type("image/png"),
    )
    .name("Zoë\r\nx")
    .active(true)
    .tags(["a".to_owned(), "b".to_owned()])
    .photos([Upload::bytes("1"), Upload::text("2").file_name("2.txt")])
    .documents([
        UpdateProfileDocument::new().title("t"),
        UpdateProfileDocument::new().scan(vec![3]),
    ])
    .settings(settings);
    client
        .update_profile(body)
        .send()
        .await
        .expect("it is sent");
    let request = request(&server).await;
    assert_eq!(
        parts(&request).await,
        [
            file("avatar", "a.png", "image/png", "\x00\r\n--"),
            text("active", "1"),
            text("documents[0][title]", "t"),
            file(
                "documents[1][scan]",
                "file",
                "application/octet-stream",
                "\x03"
            ),
            text("name", "Zoë\r\nx"),
            file("photos[]", "file", "application/octet-stream", "1"),
            file("photos[]", "2.txt", "text/plain; charset=utf-8", "2"),
            text("settings[sizes][]", "1"),
            text("settings[sizes][]", "2"),
            text("settings[theme]", "dark"),
            text("tags[]", "a"),
            text("tags[]", "b"),
        ]
    );
    assert_eq!(
        header(&request, "content-length"),
        request.body.len().to_string()
    );
    assert_eq!(header(&request, "transfer-encoding"), "");
}

#[tokio::test]
async fn each_form_has_a_boundary_of_its_own() {
    let (server, client) = server().await;
    for _ in 0..2 {
        client
            .update_profile(UpdateProfileBody::new(vec![]))
            .send()
            .await
            .expect("it is sent");
    }
    let boundaries: Vec<String> = requests(&server)
        .await
        .iter()
        .map(|request| {
            multer::parse_boundary(header(request, "content-type")).expect("there is one")
        })
        .collect();
    assert_eq!(boundaries[0].len(), 32);
    assert_ne!(boundaries[0], boundaries[1]);
}

#[tokio::test]
async fn a_name_stays_within_its_quotes() {
    let (server, client) = server().await;
    for name in ["weird \"; name=\"x\r\nX-Evil: 1\r\n\r\n\\", "päth/日本.png"] {
        let body = UpdateProfileBody::new(Upload::bytes("").file_name(name));
        client
            .update_profile(body)
            .send()
            .await
            .expect("it is sent");
    }
    let requests = requests(&server).await;
    assert_eq!(
        parts(&requests[0]).await,
        [file(
            "avatar",
            "weird %22; name=%22x%0D%0AX-Evil: 1%0D%0A%0D%0A%5C",
            "application/octet-stream",
            ""
        )]
    );
    // PHP reads no `filename*`, so the name is sent in UTF-8.
    assert_eq!(
        parts(&requests[1]).await,
        [file(
            "avatar",
            "päth/日本.png",
            "application/octet-stream",
            ""
        )]
    );
    let body = String::from_utf8(requests[1].body.clone()).expect("it is text");
    assert!(body.contains("; filename=\"päth/日本.png\"\r\n"));
}

#[tokio::test]
async fn a_media_type_that_would_end_its_line_is_refused() {
    let (server, client) = server().await;
    let upload = Upload::bytes("x").media_type("image/png\r\nX-Evil: 1");
    let error = client
        .update_profile(UpdateProfileBody::new(upload.clone()))
        .send()
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"updateProfile (POST /profile): expected a media type, but found a text that no header can hold");
    assert!(error.is_request());
    assert!(
        client
            .put_file("a", upload)
            .send()
            .await
            .unwrap_err()
            .is_request()
    );
    assert!(requests(&server).await.is_empty());
}

/// Gives its bytes a few at a time, and then an error if it has one.
struct Slow(Vec<u8>, Option<std::io::ErrorKind>);

impl tokio::io::AsyncRead for Slow {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        if let (true, Some(error)) = (self.0.is_empty(), self.1) {
            return std::task::Poll::Ready(Err(error.into()));
        }
        let some = self.0.len().min(3);
        buffer.put_slice(&self.0.drain(..some).collect::<Vec<u8>>());
        std::task::Poll::Ready(Ok(()))
    }
}

fn reader(text: &str) -> Upload {
    Upload::reader(Slow(text.into(), None)).file_name("r")
}

#[tokio::test]
async fn a_reader_is_streamed_with_its_size_known_or_not() {
    let (server, client) = server().await;
    for upload in [
        reader("0123456789"),
        reader("0123456789").size(10),
        reader("").size(0),
    ] {
        client
            .update_profile(UpdateProfileBody::new(upload.clone()))
            .send()
            .await
            .expect("it is sent");
    }
    let requests = requests(&server).await;
    for (request, content) in requests.iter().zip(["0123456789", "0123456789", ""]) {
        assert_eq!(
            parts(request).await,
            [file("avatar", "r", "application/octet-stream", content)]
        );
    }
    assert_eq!(header(&requests[0], "transfer-encoding"), "chunked");
    assert_eq!(
        header(&requests[1], "content-length"),
        requests[1].body.len().to_string()
    );
    assert_eq!(
        header(&requests[2], "content-length"),
        requests[2].body.len().to_string()
    );
}

#[tokio::test]
async fn an_upload_of_another_size_than_was_said_breaks_the_call_off() {
    let (_server, client) = server().await;
    for size in [9, 11] {
        for error in [
            client
                .put_file("a", reader("0123456789").size(size))
                .send()
                .await
                .unwrap_err(),
            client
                .update_profile(UpdateProfileBody::new(reader("0123456789").size(size)))
                .send()
                .await
                .unwrap_err(),
        ] {
            assert_interrupted(&error);
        }
    }
    let broken = Upload::reader(Slow(b"012".to_vec(), Some(std::io::ErrorKind::Other)));
    assert_interrupted(&client.put_file("a", broken).send().await.unwrap_err());
}

fn assert_interrupted(error: &Error) {
    let message =
        "what was to be sent could not be read to its end, or has another size than was said";
    assert!(error.to_string().ends_with(message), "{error}");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_stream_is_sent_once_and_a_path_and_bytes_again() {
    let (server, client) = server().await;
    let folder = tempfile::tempdir().expect("a folder is made");
    let path = folder.path().join("päth.bin");
    let large: Vec<u8> = (0..300_000_u32).map(|number| number as u8).collect();
    std::fs::write(&path, &large).expect("the file is written");
    let again = client.update_profile(UpdateProfileBody::new(Upload::path(&path)));
    again.clone().send().await.expect("it is sent");
    again.send().await.expect("it is sent again");
    let requests = requests(&server).await;
    for request in &requests {
        assert_eq!(
            parts(request).await,
            [file(
                "avatar",
                "päth.bin",
                "application/octet-stream",
                large.clone()
            )]
        );
        assert_eq!(
            header(request, "content-length"),
            request.body.len().to_string()
        );
    }

    let once = client.put_file("a", reader("x"));
    once.clone().send().await.expect("it is sent");
    let error = once.send().await.unwrap_err();
    insta::assert_snapshot!(error, @"putFile (PUT /files/{name}): expected a stream that was not sent before, but found one that was: make a new one, or send bytes or a path, which can be sent again");
    assert!(error.is_request());
    let body = client.put_file("a", Upload::body(reqwest::Body::from("again")));
    body.clone().send().await.expect("it is sent");
    assert!(body.send().await.unwrap_err().is_request());
}

#[tokio::test]
async fn a_path_that_cannot_be_read_fails_before_anything_is_sent() {
    let (server, client) = server().await;
    let error = client
        .put_file("a", Upload::path("no/such.file"))
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the file no/such.file cannot be read: "),
        "{error}"
    );
    assert!(error.is_request() && error.is_unsent() && !error.is_retryable());
    assert_eq!(error.attempts(), 0);
    let folder = Upload::path(std::env::temp_dir());
    assert!(
        client
            .put_file("a", folder)
            .send()
            .await
            .unwrap_err()
            .is_request()
    );
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn what_a_form_sent_is_not_printed_when_an_error_repeats_it() {
    let server = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(
            ResponseTemplate::new(422).set_body_json(json!({"message": "hunter2! is weak"})),
        )
        .mount(&server)
        .await;
    let client = ClientBuilder::new(&server.uri(), "test")
        .api_key("key")
        .build()
        .expect("the client is made");
    let form = client
        .create_token()
        .body(CreateTokenBody::new().grant_type("hunter2!"));
    let multipart = client.update_profile(UpdateProfileBody::new(vec![]).name("hunter2!"));
    for error in [
        form.send().await.unwrap_err(),
        multipart.send().await.unwrap_err(),
    ] {
        assert!(error.is_validation());
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}

#[test]
fn an_upload_outside_of_a_form_is_a_text_or_refused() {
    let text: Upload = serde_json::from_value(json!("é")).expect("a text is one");
    assert_eq!(
        serde_json::to_value(&text).expect("it is a text"),
        json!("é")
    );
    for upload in [Upload::bytes(vec![255]), Upload::path("a"), reader("a")] {
        assert!(serde_json::to_value(&upload).is_err());
        assert_eq!(upload, upload.clone());
        assert!(!format!("{upload:?}").contains("255"));
    }
    assert_ne!(reader("a"), reader("a"));
}
