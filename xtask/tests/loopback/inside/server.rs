//! A server that answers any request with what it was told to, and keeps the request.

use std::fmt;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers};

/// The value of a header that every answer has.
pub const PROBE: &str = "kept";

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub media_type: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            media_type: String::new(),
            body: Vec::new(),
        }
    }

    /// An answer of the plan.
    pub fn read(planned: &Value) -> Self {
        Self {
            status: 200,
            media_type: planned["media_type"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            body: match &planned["body"] {
                Value::String(text) => text.clone().into_bytes(),
                bytes => serde_json::from_value(bytes.clone()).expect("a body is text or bytes"),
            },
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: String = String::from_utf8_lossy(&self.body)
            .chars()
            .take(80)
            .collect();
        write!(f, "{} {} {body:?}", self.status, self.media_type)
    }
}

/// Answers that say no.
pub fn refusals() -> Vec<Answer> {
    let json = r#"{"message":"No.","errors":{"name":["It is taken."]}}"#;
    let html = "<!DOCTYPE html><title>No</title>";
    let mut refusals = vec![Answer::empty(302)];
    for status in [400, 401, 422, 500] {
        for (media_type, body) in [("application/json", json), ("text/html", html), ("", "")] {
            refusals.push(Answer {
                status,
                media_type: media_type.to_owned(),
                body: body.as_bytes().to_owned(),
            });
        }
    }
    refusals
}

/// The header that every answer has, among those that a client kept.
pub fn probe(headers: &reqwest::header::HeaderMap) -> Option<String> {
    Some(headers.get("x-probe")?.to_str().ok()?.to_owned())
}

#[derive(Default)]
struct State {
    next: Option<Answer>,
    request: Option<Request>,
}

pub struct Server {
    server: MockServer,
    state: Arc<Mutex<State>>,
}

struct Responder(Arc<Mutex<State>>);

impl Respond for Responder {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.0.lock().expect("nobody panicked");
        state.request = Some(request.clone());
        let answer = state.next.take().unwrap_or_else(|| Answer::empty(599));
        let template = ResponseTemplate::new(answer.status).insert_header("x-probe", PROBE);
        match answer.status {
            302 => template.insert_header("location", "/elsewhere"),
            _ if answer.body.is_empty() && answer.media_type.is_empty() => template,
            _ => template.set_body_raw(answer.body, &answer.media_type),
        }
    }
}

impl Server {
    pub async fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let server = MockServer::builder()
            .disable_request_recording()
            .start()
            .await;
        let responder = Responder(Arc::clone(&state));
        Mock::given(matchers::any())
            .respond_with(responder)
            .mount(&server)
            .await;
        Self { server, state }
    }

    pub fn uri(&self) -> String {
        self.server.uri()
    }

    /// Says what the next request is answered with.
    pub fn next(&self, answer: Answer) {
        *self.state.lock().expect("nobody panicked") = State {
            next: Some(answer),
            request: None,
        };
    }

    /// The request that came in since.
    pub fn request(&self) -> Option<Request> {
        self.state.lock().expect("nobody panicked").request.take()
    }
}
