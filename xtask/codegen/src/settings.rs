//! What a document says of an operation that OpenAPI has no word for, and that the client goes by: `x-repeatable`,
//! `x-idempotency-key` and `x-paging`, set by a patch.

use serde_json::{Map, Value};

use crate::document::{Document, join};
use crate::finding::{Failure, Finding};
use crate::walk;

const REPEATABLE: &str = "x-repeatable";
const IDEMPOTENCY_KEY: &str = "x-idempotency-key";
const PAGING: &str = "x-paging";

/// What the client goes by when it sends a call of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether to do it twice is to do it once; none when the method says so.
    pub repeatable: Option<bool>,
    /// The header that tells the server that two requests are one call.
    pub idempotency_key: Option<String>,
    /// How a list comes page by page.
    pub paging: Option<Paging>,
}

/// Where the items of a list are, and what leads to the next page. Fields are names with dots between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// The field with the items; the whole answer when it is empty.
    pub items: String,
    /// What leads to the next page.
    pub next: Next,
}

/// What leads from a page to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A field with its URL.
    Url(String),
    /// A query parameter that counts items, and a field that says whether there is more.
    Offset {
        /// The query parameter.
        parameter: String,
        /// The field.
        more: Option<String>,
    },
    /// A query parameter, and the field with its next value.
    Token {
        /// The query parameter.
        parameter: String,
        /// The field.
        field: String,
    },
}

/// The settings of an operation. What is wrong is left out: [`check`] has said so.
pub fn read(operation: &Map<String, Value>) -> Settings {
    read_with(operation, &mut |_, _| {})
}

/// That every operation's settings are of a known form.
///
/// # Errors
///
/// With a finding for each that is not.
pub fn check(document: &Document) -> Result<(), Failure> {
    let mut findings = Vec::new();
    for place in walk::operations(&document.root) {
        let Some(operation) = place.of(&document.root) else {
            continue;
        };
        read_with(operation, &mut |key, problem| {
            let pointer = join(&place.pointer(), key);
            let at = document.places.nearest(&pointer).cloned();
            findings.push(
                Finding::error(
                    "settings/form",
                    problem,
                    "correct it where a patch sets it; docs/patches.md has the forms",
                )
                .at(pointer, at),
            );
        });
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Failure::from(findings))
    }
}

fn read_with(operation: &Map<String, Value>, refuse: &mut dyn FnMut(&str, String)) -> Settings {
    let mut settings = Settings::default();
    match operation.get(REPEATABLE) {
        None => {}
        Some(Value::Bool(repeatable)) => settings.repeatable = Some(*repeatable),
        Some(other) => refuse(
            REPEATABLE,
            format!("expected `true` or `false`, but found {}", kind(other)),
        ),
    }
    match operation.get(IDEMPOTENCY_KEY) {
        None => {}
        Some(Value::String(name)) if is_header_name(name) => {
            settings.idempotency_key = Some(name.clone());
        }
        Some(other) => refuse(
            IDEMPOTENCY_KEY,
            format!("expected the name of a header, but found {}", kind(other)),
        ),
    }
    if let Some(value) = operation.get(PAGING) {
        match paging(value) {
            Ok(paging) => settings.paging = Some(paging),
            Err(problem) => refuse(PAGING, problem),
        }
    }
    settings
}

fn paging(value: &Value) -> Result<Paging, String> {
    const FORMS: &str = "`{ items, next }`, `{ items, offset }`, `{ items, offset, more }` or `{ items, parameter, next }`";
    let Some(fields) = value.as_object() else {
        return Err(format!(
            "expected one of {FORMS}, but found {}",
            kind(value)
        ));
    };
    let mut found: Vec<(&str, &str)> = Vec::new();
    for (name, field) in fields {
        match field.as_str() {
            Some(text) if !text.is_empty() || name == "items" => found.push((name, text)),
            _ => {
                return Err(format!(
                    "expected a text for `{name}`, but found {}",
                    kind(field)
                ));
            }
        }
    }
    found.sort_unstable();
    let owned = |text: &str| text.to_owned();
    let (items, next) = match found.as_slice() {
        [("items", items), ("next", field)] => (items, Next::Url(owned(field))),
        [("items", items), ("offset", parameter)] => (
            items,
            Next::Offset {
                parameter: owned(parameter),
                more: None,
            },
        ),
        [("items", items), ("more", more), ("offset", parameter)] => (
            items,
            Next::Offset {
                parameter: owned(parameter),
                more: Some(owned(more)),
            },
        ),
        [("items", items), ("next", field), ("parameter", parameter)] => (
            items,
            Next::Token {
                parameter: owned(parameter),
                field: owned(field),
            },
        ),
        _ => {
            let names: Vec<String> = found.iter().map(|(name, _)| format!("`{name}`")).collect();
            return Err(format!(
                "expected one of {FORMS}, but found {{ {} }}",
                names.join(", ")
            ));
        }
    };
    Ok(Paging {
        items: owned(items),
        next,
    })
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "a boolean".into(),
        Value::Number(_) => "a number".into(),
        Value::String(text) if text.is_empty() => "an empty text".into(),
        Value::String(_) => "a text".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "a mapping".into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn all(value: Value) -> (Settings, Vec<String>) {
        let mut problems = Vec::new();
        let operation = value.as_object().expect("a mapping").clone();
        let settings = read_with(&operation, &mut |key, problem| {
            problems.push(format!("{key}: {problem}"));
        });
        (settings, problems)
    }

    #[test]
    fn each_form_is_read() {
        let next = |value| {
            all(json!({ "x-paging": value }))
                .0
                .paging
                .map(|paging| paging.next)
        };
        assert_eq!(
            next(json!({"items": "data", "next": "_pagination.next_page"})),
            Some(Next::Url("_pagination.next_page".into()))
        );
        assert_eq!(
            next(json!({"items": "", "offset": "offset", "more": "data.hasMore"})),
            Some(Next::Offset {
                parameter: "offset".into(),
                more: Some("data.hasMore".into())
            })
        );
        assert_eq!(
            next(json!({"items": "data", "parameter": "cursor", "next": "next_cursor"})),
            Some(Next::Token {
                parameter: "cursor".into(),
                field: "next_cursor".into()
            })
        );
        let (settings, problems) =
            all(json!({"x-repeatable": false, "x-idempotency-key": "Idempotency-Key"}));
        assert_eq!(settings.repeatable, Some(false));
        assert_eq!(settings.idempotency_key.as_deref(), Some("Idempotency-Key"));
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn any_other_form_is_refused() {
        let problems: Vec<String> = [
            json!({"x-repeatable": "no"}),
            json!({"x-idempotency-key": "Idem Key"}),
            json!({"x-idempotency-key": ""}),
            json!({"x-paging": true}),
            json!({"x-paging": {"items": "data"}}),
            json!({"x-paging": {"items": "data", "next": 1}}),
            json!({"x-paging": {"items": "data", "next": "a", "offset": "b"}}),
        ]
        .into_iter()
        .flat_map(|value| all(value).1)
        .collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
x-repeatable: expected `true` or `false`, but found a text
x-idempotency-key: expected the name of a header, but found a text
x-idempotency-key: expected the name of a header, but found an empty text
x-paging: expected one of `{ items, next }`, `{ items, offset }`, `{ items, offset, more }` or `{ items, parameter, next }`, but found a boolean
x-paging: expected one of `{ items, next }`, `{ items, offset }`, `{ items, offset, more }` or `{ items, parameter, next }`, but found { `items` }
x-paging: expected a text for `next`, but found a number
x-paging: expected one of `{ items, next }`, `{ items, offset }`, `{ items, offset, more }` or `{ items, parameter, next }`, but found { `items`, `next`, `offset` }
");
    }
}
