//! Every operation of a document, called as the document says.

use scribe_codegen::load;
use scribe_codegen::pipeline::{self, Input};
use serde_json::json;

use super::*;
use crate::Method;
use crate::runtime::CustomCall;

/// The call that a description has an example of.
fn documented(client: &Client, operation: &Operation) -> CustomCall<Value> {
    let mut path = operation.path.clone();
    for parameter in operation
        .parameters
        .iter()
        .filter(|one| one.place == "path")
    {
        let value = match parameter.schema["type"].as_str() {
            Some("integer" | "number") => "7",
            _ => "x",
        };
        path = path.replace(&format!("{{{}}}", parameter.name), value);
    }
    let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
    let mut call = client.request(method, path);
    for parameter in operation.parameters.iter().filter(|one| one.required) {
        if parameter.place == "query" {
            let value = match parameter.schema["enum"].get(0) {
                Some(choice) => choice.clone(),
                None => match parameter.schema["type"].as_str() {
                    Some("array") => json!([1]),
                    Some("object") => json!({"a": 1}),
                    Some("boolean") => json!(true),
                    _ => json!(1),
                },
            };
            call = call.query(parameter.name.clone(), value);
        }
    }
    match &operation.body {
        Some(body) if body.form == "multipart" => call.multipart(&body.example),
        Some(body) => call.json(&body.example),
        None => call,
    }
}

/// What goes wrong with the documented calls, and with those that lack a required field.
async fn problems(vendor: &Vendor) -> (usize, usize, Vec<String>) {
    let client = vendor.client();
    let (mut fields, mut problems) = (0, Vec::new());
    let operations = &vendor.server.state().description.operations;
    for operation in operations {
        // These are about an attempt that was started.
        if [
            "pollAuthenticationStatus",
            "submit2FA",
            "send2FAEMailToCreator",
        ]
        .contains(&operation.id.as_str())
        {
            continue;
        }
        let sent = documented(&client, operation).send_raw().await;
        if let Err(error) = sent {
            let said = error
                .body()
                .map(|body| String::from_utf8_lossy(body).into_owned());
            problems.push(format!("{}: {error} {said:?}", operation.name));
        }
        let Some(body) = operation.body.as_ref().filter(|body| body.form == "json") else {
            continue;
        };
        for field in body.schema["required"].as_array().into_iter().flatten() {
            let field = field.as_str().unwrap();
            let mut lacking = body.example.clone();
            lacking.as_object_mut().unwrap().remove(field);
            fields += 1;
            let call = documented(&client, operation).json(&lacking);
            match call.await {
                Err(error) if error.is_validation() => {
                    let said: Value = serde_json::from_slice(error.body().unwrap()).unwrap();
                    assert!(said["errors"].get(field).is_some(), "{said}");
                }
                other => problems.push(format!("{} without {field}: {other:?}", operation.name)),
            }
        }
    }
    (operations.len(), fields, problems)
}

/// A vendor that plays the API of another document.
async fn playing(name: &str, bytes: Vec<u8>) -> Vendor {
    let spec = load::decode(name, bytes).expect("the document is text");
    let outcome = pipeline::run(&Input::of(spec)).unwrap_or_else(|failure| panic!("{failure}"));
    let description = Description::parse(&outcome.description);
    assert_eq!(description.operations.len(), outcome.operations);
    let state = State::new(description, OnlyFansApi::default());
    let server = Server::start(state).await;
    Vendor {
        server: server.expect("a port is free"),
    }
}

#[tokio::test]
async fn every_documented_call_is_taken() {
    let vendor = Vendor::start().await;
    let (_, _, problems) = problems(&vendor).await;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[tokio::test]
async fn bodies_of_every_form_are_taken_and_none_that_lacks_a_field() {
    let document = include_bytes!("../../tests/fixtures/forms.yaml");
    let vendor = playing("forms.yaml", document.to_vec()).await;
    let (operations, fields, problems) = problems(&vendor).await;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert_eq!((operations, fields), (10, 2));
}

#[tokio::test]
async fn so_are_those_of_a_document_of_all_operations() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/upstream/full.yaml");
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: the document of all operations is not in ../shared/upstream");
        return;
    };
    let vendor = playing("full.yaml", bytes).await;
    let (operations, _, problems) = problems(&vendor).await;
    assert!(operations > 250, "{operations}");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
