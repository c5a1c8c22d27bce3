//! Every example of the document goes through the compiled types and comes back unchanged.
//!
//! The pipeline says the same of the types before they are compiled, by a model of what serde does with them. Here it is
//! serde itself, so that the model is shown to be right for this document.

use std::path::Path;

use onlyfansapi::types;
use scribe_codegen::build;
use scribe_codegen::pipeline::{self, Extent, Outcome};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A value after its way through a type, or why it has none.
type RoundTrip = fn(Value) -> Result<Value, String>;

fn through<T: Serialize + DeserializeOwned>(value: Value) -> Result<Value, String> {
    let typed: T = serde_json::from_value(value).map_err(|error| error.to_string())?;
    serde_json::to_value(typed).map_err(|error| error.to_string())
}

/// The types of what each operation sends and answers, by its id in the document.
const TYPES: &[(&str, Option<RoundTrip>, RoundTrip)] = &[
    (
        "startAuthentication",
        Some(through::<types::StartAuthenticationBody>),
        through::<types::StartAuthenticationResponse>,
    ),
    (
        "pollAuthenticationStatus",
        None,
        through::<types::PollAuthenticationStatusResponse>,
    ),
    (
        "submit2FA",
        Some(through::<types::Submit2faBody>),
        through::<types::Submit2faResponse>,
    ),
    (
        "send2FAEMailToCreator",
        None,
        through::<types::Send2faEmailToCreatorResponse>,
    ),
    (
        "reAuthenticateAccount",
        None,
        through::<types::ReauthenticateAccountResponse>,
    ),
    (
        "updateAuthenticationCredentials",
        Some(through::<types::UpdateAuthenticationCredentialsBody>),
        through::<types::StartAuthenticationResponse>,
    ),
    ("listAllFans", None, through::<types::ListAllFansResponse>),
    (
        "sendMessage",
        Some(through::<types::SendMessageBody>),
        through::<types::SendMessageResponse>,
    ),
    // A form is no JSON; what goes over the wire of one is in `tests/forms`.
    ("uploadMedia", None, through::<types::UploadMediaResponse>),
    // Bytes have no examples.
    ("downloadMedia", None, through::<Value>),
];

fn outcome() -> Outcome {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let mut input = build::input(&spec).unwrap();
    input.extent = Extent::Trial;
    pipeline::run(&input).unwrap_or_else(|failure| panic!("{failure}"))
}

/// What `schema` says, behind references.
fn resolve<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    while let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        schema = root
            .pointer(&reference[1..])
            .expect("no dangling reference");
    }
    schema
}

/// Whole values of `schema`, which hold every example in it and below it between them.
fn values(root: &Value, schema: &Value) -> Vec<Value> {
    let schema = resolve(root, schema);
    let mut values: Vec<Value> = schema.get("example").cloned().into_iter().collect();
    for key in ["oneOf", "anyOf", "allOf"] {
        for member in schema
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            values.extend(self::values(root, member));
        }
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let examples: Vec<(&String, Vec<Value>)> = properties
            .iter()
            .map(|(name, property)| (name, self::values(root, property)))
            .collect();
        // The first value has the first example of every field, the second has the second, …
        let most = examples.iter().map(|(_, examples)| examples.len()).max();
        for index in 0..most.unwrap_or(0) {
            let field = |(name, examples): &(&String, Vec<Value>)| {
                let example = examples.get(index).or(examples.last())?;
                Some(((*name).clone(), example.clone()))
            };
            values.push(Value::Object(
                examples.iter().filter_map(field).collect::<Map<_, _>>(),
            ));
        }
    }
    if let Some(items) = schema.get("items") {
        values.extend(
            self::values(root, items)
                .into_iter()
                .map(|item| json!([item])),
        );
    }
    values
}

/// `value` without the fields that are `null`: to a caller they are `None`, sent or not.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, field)| !field.is_null())
            .map(|(name, field)| (name, without_nulls(field)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// The schema of the JSON in a request body or an answer.
fn json_schema<'a>(root: &'a Value, owner: &'a Value) -> Option<&'a Value> {
    resolve(root, owner).pointer("/content/application~1json/schema")
}

#[test]
fn every_example_comes_back_unchanged_from_the_compiled_types() {
    let outcome = outcome();
    let root = &outcome.patched.root;
    let mut tried = Vec::new();
    let mut operations = 0;
    for operation in root["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|item| item.as_object().unwrap().values())
    {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            continue;
        };
        operations += 1;
        let (_, body, answer) = TYPES
            .iter()
            .find(|(of, ..)| *of == id)
            .unwrap_or_else(|| panic!("say in TYPES which types the operation {id} has"));
        let body_schema = operation
            .get("requestBody")
            .and_then(|body| json_schema(root, body));
        assert_eq!(
            body.is_some(),
            body_schema.is_some(),
            "{id} in TYPES: is there a body?"
        );
        let answer_schema = json_schema(root, &operation["responses"]["200"]);
        for (what, round_trip, schema) in [
            ("body", *body, body_schema),
            ("answer", Some(*answer), answer_schema),
        ] {
            let (Some(round_trip), Some(schema)) = (round_trip, schema) else {
                continue;
            };
            for value in values(root, schema) {
                assert_eq!(
                    round_trip(value.clone()).map(without_nulls),
                    Ok(without_nulls(value.clone())),
                    "the {what} of {id}"
                );
                tried.push((id, what));
            }
        }
    }
    assert_eq!(
        operations,
        TYPES.len(),
        "an entry of TYPES belongs to no operation"
    );
    // The two documented answers, whole, and one made of the examples of their fields each.
    let starts = tried
        .iter()
        .filter(|tried| **tried == ("startAuthentication", "answer"));
    assert!(starts.count() >= 2, "{tried:?}");
    assert!(outcome.examples >= tried.len());
    assert!(
        outcome.losses.is_empty(),
        "the model says otherwise: {:?}",
        outcome.losses
    );
}

#[test]
fn no_answer_that_a_running_server_plausibly_sends_is_rejected() {
    let outcome = outcome();
    assert!(outcome.perturbed > 50, "{}", outcome.perturbed);
    assert!(outcome.rejected.is_empty(), "{:?}", outcome.rejected);
}
