//! What the server knows, and how it comes to what it says.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde_json::{Value, json};

use super::description::{Body, Description, Operation};
use super::fault::{Fault, How};
use super::lists::{self, Listing};
use super::received::Received;
use super::reply::Reply;
use super::rules::Rules;
use super::schema::{self, Origin, Problems};

/// What an API has of its own.
pub trait Character: Send + Sync + fmt::Debug {
    /// Lets a request in, or says why not: its key, the limits.
    fn admit(&self, operation: Option<&Operation>, request: &Received) -> Result<(), Reply>;

    /// How the API says no.
    fn refuse(&self, refused: Refused) -> Reply;

    /// What it says to a request where that is no matter of the documented example.
    fn reply(&self, operation: &Operation, request: &Received, base: &str) -> Option<Reply>;

    /// The last touch on what is said: figures and headers.
    fn finish(&self, operation: &Operation, reply: &mut Reply);
}

/// Why a request is refused.
#[derive(Debug)]
pub enum Refused {
    /// There is nothing at the path.
    Path,
    /// There is something at the path, for another method.
    Method,
    /// It is not what the operation takes.
    Invalid(Problems),
}

/// What the server knows.
#[derive(Debug)]
pub struct State<C> {
    pub description: Description,
    pub character: C,
    rules: Mutex<Rules>,
    listings: Mutex<HashMap<String, Listing>>,
    replays: Mutex<HashMap<(String, String), Reply>>,
    requests: Mutex<Vec<Received>>,
}

impl<C: Character> State<C> {
    pub fn new(description: Description, character: C) -> Self {
        Self {
            description,
            character,
            rules: Mutex::default(),
            listings: Mutex::default(),
            replays: Mutex::default(),
            requests: Mutex::default(),
        }
    }

    pub fn rules(&self) -> MutexGuard<'_, Rules> {
        lock(&self.rules)
    }

    pub fn listings(&self) -> MutexGuard<'_, HashMap<String, Listing>> {
        lock(&self.listings)
    }

    pub fn requests(&self) -> MutexGuard<'_, Vec<Received>> {
        lock(&self.requests)
    }

    /// What becomes of a request: what is said, and what goes wrong with it. It is recorded either way.
    pub(super) fn respond(
        &self,
        mut request: Received,
        base: &str,
    ) -> (Option<Reply>, Option<How>) {
        let found = self.description.find(&request.method, &request.path);
        if let Ok((operation, parameters)) = &found {
            request.operation = Some(operation.name.clone());
            request.parameters = parameters.clone();
        }
        let operation = found.map(|(operation, _)| operation);
        let name = operation.map_or("", |operation| operation.name.as_str());
        let fault = self.rules().fault(name);
        let (reply, how) = match fault {
            None => (Some(self.effect(operation, &request, base)), None),
            Some(Fault { how, after_effect }) => {
                let reply = after_effect.then(|| self.effect(operation, &request, base));
                match how {
                    How::Say(reply) => (Some(reply), None),
                    How::Disconnect | How::Reset | How::Hang => (None, Some(how)),
                    how => (reply, Some(how)),
                }
            }
        };
        request.status = reply.as_ref().map(|reply| reply.status);
        self.requests().push(request);
        (reply, how)
    }

    fn effect(&self, operation: Result<&Operation, bool>, request: &Received, base: &str) -> Reply {
        if let Err(reply) = self.character.admit(operation.ok(), request) {
            return reply;
        }
        let operation = match operation {
            Ok(operation) => operation,
            Err(true) => return self.character.refuse(Refused::Method),
            Err(false) => return self.character.refuse(Refused::Path),
        };
        let problems = check(operation, request);
        if !problems.is_empty() {
            return self.character.refuse(Refused::Invalid(problems));
        }
        let key = operation.idempotency_key.as_ref();
        let key = key.and_then(|name| request.header(name));
        let key = key.map(|key| (operation.name.clone(), key.to_owned()));
        if let Some(reply) = key
            .as_ref()
            .and_then(|key| lock(&self.replays).get(key).cloned())
        {
            return reply.header("idempotent-replayed", "true");
        }
        let mut reply = self.said(operation, request, base);
        self.character.finish(operation, &mut reply);
        if let Some(key) = key.filter(|_| reply.status < 300) {
            lock(&self.replays).insert(key, reply.clone());
        }
        reply
    }

    fn said(&self, operation: &Operation, request: &Received, base: &str) -> Reply {
        let by_rule = self.rules().reply(&operation.name, request);
        if let Some(reply) = by_rule.or_else(|| self.character.reply(operation, request, base)) {
            return reply;
        }
        let response = &operation.response;
        let body = match &operation.paging {
            Some(paging) => match self.listings().get(&operation.name) {
                Some(listing) => lists::page(operation, paging, listing, request, base),
                None => lists::only(operation, paging),
            },
            None => response.body.clone(),
        };
        match response.media_type.as_deref() {
            None => Reply::empty(response.status),
            Some(media_type) if media_type.contains("json") => {
                let body = if body.is_null() { json!({}) } else { body };
                Reply::json(body).status(response.status)
            }
            Some(media_type) => {
                let body = match body {
                    Value::String(text) => Bytes::from(text),
                    _ => Bytes::from_static(b"the content of a file"),
                };
                Reply::bytes(media_type, body).status(response.status)
            }
        }
    }
}

/// What of a request is not what the operation takes.
fn check(operation: &Operation, request: &Received) -> Problems {
    let mut problems = Problems::new();
    let query = request.query();
    for parameter in &operation.parameters {
        // `a[b]` and `a[]` are names of what is inside of `a`.
        let name = parameter.name.trim_end_matches("[]");
        let value = match parameter.place.as_str() {
            "query" => query.get(name).cloned(),
            "header" => request.header(name).map(Value::from),
            _ => continue,
        };
        match value {
            Some(value) => schema::check(
                &parameter.schema,
                &value,
                name,
                Origin::Texts,
                &mut problems,
            ),
            None if parameter.required && !name.contains('[') => {
                let problem = format!("The {} field is required.", name.replace('_', " "));
                problems.insert(name.to_owned(), vec![problem]);
            }
            None => {}
        }
    }
    if let Some(body) = &operation.body {
        check_body(body, request, &mut problems);
    }
    problems
}

fn check_body(body: &Body, request: &Received, problems: &mut Problems) {
    let origin = match body.form.as_str() {
        "json" => Origin::Json,
        "urlencoded" | "multipart" => Origin::Texts,
        _ => return,
    };
    if request.body.is_empty() && !body.required {
        return;
    }
    let value = match request.json() {
        // What cannot be read has no fields.
        Value::Null => json!({}),
        value => value,
    };
    schema::check(&body.schema, &value, "", origin, problems);
}

/// A list or a count is whole even when a test has panicked.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The problems as a Laravel validator says them.
pub fn validation(problems: &BTreeMap<String, Vec<String>>) -> Value {
    let count = problems.values().map(Vec::len).sum::<usize>();
    let first = problems.values().flatten().next();
    let mut message = first.cloned().unwrap_or_default();
    match count {
        0 | 1 => {}
        2 => message += " (and 1 more error)",
        count => message += &format!(" (and {} more errors)", count - 1),
    }
    json!({ "message": message, "errors": problems })
}
