//! What a program's log has of its calls, and that no text of a whole run has a secret in it.

mod support;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onlyfansapi::types::{SendMessageBody, Submit2faBody, UploadMediaBody};
use onlyfansapi::{Credentials, CustomProxy, Error, Login, Method, Polling, Upload};
use support::script::{Act, Script, Seen, json};
use support::{KEY, builder, client, printed};
use tracing_subscriber::fmt::format::FmtSpan;

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Everything that is logged on this thread from now on, the HTTP client's own words included.
    fn start(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .without_time()
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_a_span_with_what_happened_to_it() {
    let server = Script::start([
        json(503, &[("retry-after", "2")], "{}"),
        json(200, &[], "{}"),
    ])
    .await;
    let log = Log::default();
    let guard = log.start();
    client(&server.url)
        .list_all_fans("acct_secret")
        .limit(3)
        .send()
        .await
        .unwrap();
    drop(guard);
    let text = log.text();
    let spans: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("onlyfansapi") && line.contains("close"))
        .collect();
    assert_eq!(spans.len(), 2, "{text}");
    for (line, attempt, status) in [
        (spans[0], "attempt=1", "status=503"),
        (spans[1], "attempt=2", "status=200"),
    ] {
        for part in [
            "operation=\"listAllFans\"",
            "method=\"GET\"",
            "path=\"/api/{account}/fans/all\"",
            "duration_ms=",
            attempt,
            status,
        ] {
            assert!(line.contains(part), "{part} in {line}");
        }
    }
    assert!(
        text.contains("sent again") && text.contains("wait_ms=2000"),
        "{text}"
    );
    assert!(!text.contains("acct_secret"), "{text}");
}

/// Texts that no other text of a run can hold by chance.
const PASSWORD: &str = "pass-hunter2-word";
const COOKIES: &str = "sess=cookie-4711-value";
const XBC: &str = "xbc-0815-token";
const CODE: &str = "918273";
const PROXY_PASSWORD: &str = "proxy-geheim-pass";
const MESSAGE: &str = "message-kept-between-us";
const FILE: &str = "file-content-of-nobody";

#[tokio::test(start_paused = true)]
async fn no_text_of_a_whole_run_has_a_secret_in_it() {
    let log = Log::default();
    let guard = log.start();
    let mut texts = Vec::new();
    // A server that repeats what it was sent, as badly as it can.
    let echo = |status: u16| {
        move |seen: &Seen| {
            let told = serde_json::json!({
                "message": seen.text(), "code": seen.header("authorization"),
                "description": seen.text(), "errors": {"field": [seen.text()]},
            });
            json(status, &[("x-echo", "1")], &told.to_string())
        }
    };
    let mut servers = Vec::new();
    for status in [200, 400, 401, 422, 429, 500, 503] {
        servers.push(Script::play(echo(status)).await);
    }
    servers.push(Script::start([Act::Drop]).await);
    servers.push(Script::start([Act::Hang]).await);
    servers.push(Script::start([Act::Say(b"garbage".to_vec())]).await);
    for server in &servers {
        let client = builder(&server.url)
            .timeout(Duration::from_secs(2))
            .build()
            .unwrap();
        texts.push(format!("{client:?} {:?}", builder(&server.url)));
        let proxy = CustomProxy::new("proxy.example", 1).credentials("u", PROXY_PASSWORD);
        let login = Login::email_password("a@example.com", PASSWORD).custom_proxy(proxy);
        let raw = Login::raw_data("1", COOKIES, XBC, "agent");
        texts.push(format!(
            "{login:?} {raw:?} {:?}",
            client.connect(raw.clone())
        ));
        let mut note = |error: Option<Error>| texts.extend(error.iter().map(printed));
        let polling = Polling::default().deadline(Duration::from_secs(30));
        note(client.connect(login).polling(polling).start().await.err());
        note(client.connect(raw).start().await.err());
        let credentials = Credentials::email_password("b@example.com", PASSWORD);
        note(
            client
                .reconnect("acct_1")
                .credentials(credentials)
                .start()
                .await
                .err(),
        );
        let mut attempt = client.resume("auth_1").polling(polling);
        note(attempt.submit_code(CODE).await.err());
        note(attempt.next().await.err());
        let body = Submit2faBody::new().code(CODE);
        let call = client.submit_2fa("auth_1", body.clone());
        let shown = format!(
            "{call:?} {:?} {body:?} {attempt:?}",
            call.clone().customize()
        );
        note(call.send().await.err());
        let message = SendMessageBody::new().text(MESSAGE);
        note(
            client
                .send_message("acct_1", "1", message)
                .send()
                .await
                .err(),
        );
        let file = UploadMediaBody::new().file(Upload::text(FILE).file_name("a"));
        let upload = client.upload_media("acct_1", file);
        note(
            upload
                .customize()
                .body_field("k", PASSWORD)
                .send()
                .await
                .err(),
        );
        let call = client
            .request(Method::POST, format!("/x?token={PASSWORD}"))
            .header("x-secret", COOKIES);
        note(
            call.json(&serde_json::json!({"p": PASSWORD}))
                .send()
                .await
                .err(),
        );
        texts.push(shown);
    }
    drop(guard);
    assert!(texts.len() > 60, "{}", texts.len());
    let log = log.text();
    assert!(
        log.lines()
            .filter(|line| line.contains("submit2FA"))
            .count()
            > 5,
        "{log}"
    );
    texts.push(log);
    for secret in [
        KEY,
        PASSWORD,
        COOKIES,
        XBC,
        CODE,
        PROXY_PASSWORD,
        MESSAGE,
        FILE,
    ] {
        for text in &texts {
            let at = text.find(secret);
            let around = at.map(|at| &text[at.saturating_sub(300)..at + secret.len()]);
            assert_eq!(around, None, "{secret}");
        }
    }
}
