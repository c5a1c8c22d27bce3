//! The part of a program that is the same for every client: it calls each method for each answer, and prints each call
//! that did not come out as it should. It is compiled in the program's crate, beside the runtime.

mod compare;
pub mod perturb;
mod server;
mod wire;

use std::pin::Pin;
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::{Bytes, Client, ClientBuilder, Error, Response, RetryPolicy};
use perturb::Decode;
use server::{Answer, Server};

/// The key that the client is given.
pub const KEY: &str = "loopback-key";
/// How many failures of an operation are printed.
const SHOWN: usize = 3;

/// A successful answer as the client gives it back.
pub struct Got {
    status: u16,
    probe: Option<String>,
    body: Bytes,
    json: Option<Value>,
    /// The value, encoded again; none where it is the body itself.
    value: Option<Result<Value, String>>,
    /// The bytes, where they are the value.
    bytes: Option<Bytes>,
}

impl Got {
    fn of<T>(answer: &Response<T>) -> Self {
        Self {
            status: answer.status().as_u16(),
            probe: server::probe(answer.headers()),
            body: answer.body().clone(),
            json: answer.json().ok(),
            value: None,
            bytes: None,
        }
    }
}

pub type Pending<'a> = Pin<Box<dyn Future<Output = Result<Got, Error>> + 'a>>;

/// A call that can be sent again and again; or why there is none.
pub type Call<'a> = Result<Box<dyn Fn() -> Pending<'a> + 'a>, String>;

/// The calls of an operation, one for each pass.
type Calls = for<'a> fn(&'a Client, &[Value]) -> Vec<Call<'a>>;

pub fn call<'a, C: Clone + 'a>(made: Result<C, String>, send: fn(C) -> Pending<'a>) -> Call<'a> {
    made.map(|call| Box::new(move || send(call.clone())) as Box<_>)
}

pub fn decoded<T: Serialize>(answer: Result<Response<T>, Error>) -> Result<Got, Error> {
    answer.map(|answer| Got {
        value: Some(serde_json::to_value(&*answer).map_err(|error| error.to_string())),
        ..Got::of(&answer)
    })
}

pub fn bytes(answer: Result<Response<Bytes>, Error>) -> Result<Got, Error> {
    answer.map(|answer| Got {
        bytes: Some((*answer).clone()),
        ..Got::of(&answer)
    })
}

/// The body that the document shows, as the type that is sent.
pub fn body<T: DeserializeOwned>(bodies: &[Value], index: usize) -> Result<T, String> {
    serde_json::from_value(bodies[index].clone())
        .map_err(|error| format!("the documented body does not fit its type: {error}"))
}

/// Calls everything, and says what failed.
pub fn run(all: &[Calls], decode: &[Option<Decode>], plan: &str) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime starts");
    let plan: Value = serde_json::from_str(plan).expect("the plan is JSON");
    let (calls, failures) = runtime.block_on(everything(all, &plan));
    let (changed, lost) = perturbed(decode, &plan);
    println!("{calls} calls, {failures} failures, {changed} changed responses, {lost} refused or with a loss");
    ExitCode::from(u8::from(failures + lost > 0))
}

/// Every response with every node changed to every other kind of JSON.
fn perturbed(decode: &[Option<Decode>], plan: &Value) -> (usize, usize) {
    let operations = plan["operations"].as_array().expect("there is a list");
    let mut tally = (0, 0);
    for (operation, decode) in operations.iter().zip(decode) {
        let Some(decode) = decode else {
            continue;
        };
        let mut failures = Vec::new();
        let answers = operation["answers"].as_array().expect("there is a list");
        let answers = answers.iter().filter_map(|answer| answer["body"].as_str());
        for answer in answers.filter_map(|body| serde_json::from_str(body).ok()) {
            tally.0 += perturb::check(*decode, &answer, &mut failures);
        }
        tally.1 += failures.len();
        show(operation, &failures);
    }
    tally
}

/// Prints the first failures of an operation.
fn show(operation: &Value, failures: &[String]) {
    let name = operation["name"].as_str().unwrap_or_default();
    for failure in failures.iter().take(SHOWN) {
        println!("failed: {name}: {failure}");
    }
    if failures.len() > SHOWN {
        println!("failed: {name}: {} more", failures.len() - SHOWN);
    }
}

async fn everything(all: &[Calls], plan: &Value) -> (usize, usize) {
    let server = Server::start().await;
    let client = ClientBuilder::new(&server.uri(), "loopback")
        .api_key(KEY)
        .retry(RetryPolicy::none())
        .build();
    let client = client.expect("the client is made");
    let bodies = plan["bodies"].as_array().expect("there is a list");
    let operations = plan["operations"].as_array().expect("there is a list");
    assert_eq!(operations.len(), all.len());
    let mut tally = (0, 0);
    for (operation, calls) in operations.iter().zip(all) {
        let mut failures = Vec::new();
        let passes = operation["passes"].as_array().expect("there is a list");
        for (index, (call, pass)) in calls(&client, bodies).iter().zip(passes).enumerate() {
            let what = &pass["name"];
            match call {
                Err(problem) => failures.push(format!("{what}: {problem}")),
                Ok(send) => {
                    let mut seen = successes(&server, operation, pass, send, &mut tally.0).await;
                    if index == 0 {
                        seen.extend(errors(&server, operation, send, &mut tally.0).await);
                    }
                    failures.extend(seen.iter().map(|problem| format!("{what}: {problem}")));
                }
            }
        }
        tally.1 += failures.len();
        show(operation, &failures);
    }
    tally
}

/// Every success with every body.
async fn successes<'a>(
    server: &Server,
    operation: &Value,
    pass: &Value,
    send: &(dyn Fn() -> Pending<'a> + 'a),
    count: &mut usize,
) -> Vec<String> {
    let mut failures = Vec::new();
    let answers = operation["answers"].as_array().expect("there is a list");
    let documented = answers.iter().map(Answer::read);
    let mut answers: Vec<Answer> = documented
        .flat_map(|answer| {
            [200, 201, 202].map(|status| Answer {
                status,
                ..answer.clone()
            })
        })
        .collect();
    answers.push(Answer::empty(204));
    for mut answer in answers {
        server.next(answer.clone());
        *count += 1;
        if operation["method"] == "HEAD" {
            // The server leaves it out.
            answer.body.clear();
        }
        let got = send().await;
        let request = server.request();
        let problem = match (got, &request) {
            (Err(error), _) => Err(format!("it failed: {error}")),
            (Ok(_), None) => Err("no request came in".to_owned()),
            (Ok(got), Some(request)) => {
                let sent = wire::check(operation, pass, request).await;
                sent.and_then(|()| compare::check(operation, &answer, &got))
            }
        };
        failures.extend(problem.err().map(|problem| format!("{answer}: {problem}")));
    }
    failures
}

/// Every refusal in every form is one error that keeps what came.
async fn errors<'a>(
    server: &Server,
    operation: &Value,
    send: &(dyn Fn() -> Pending<'a> + 'a),
    count: &mut usize,
) -> Vec<String> {
    let mut failures = Vec::new();
    for mut answer in server::refusals() {
        server.next(answer.clone());
        *count += 1;
        if operation["method"] == "HEAD" {
            answer.body.clear();
        }
        let problem = match send().await {
            Ok(_) => Some("it is no error".to_owned()),
            Err(error) => {
                let kept = error
                    .status()
                    .is_some_and(|status| status.as_u16() == answer.status)
                    && error.headers().and_then(server::probe).as_deref() == Some(server::PROBE)
                    && error.body().is_some_and(|body| *body == answer.body)
                    && error.api().is_some();
                (!kept).then(|| format!("it lost status, headers or body: {error}"))
            }
        };
        failures.extend(problem.map(|problem| format!("{answer}: {problem}")));
    }
    failures
}
