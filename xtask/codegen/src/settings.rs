//! What a document says of an operation that OpenAPI has no word for, and that the client goes by: `x-repeatable`,
//! `x-idempotency-key`, `x-rejections` and `x-paging`, set by a patch.

use serde_json::{Map, Value};

use crate::document::{Document, join};
use crate::finding::{Failure, Finding};
use crate::walk;

const REPEATABLE: &str = "x-repeatable";
const IDEMPOTENCY_KEY: &str = "x-idempotency-key";
const REJECTIONS: &str = "x-rejections";
const PAGING: &str = "x-paging";

/// What the client goes by when it sends a call of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether to do it twice is to do it once; none when the method says so.
    pub repeatable: Option<bool>,
    /// The header that tells the server that two requests are one call.
    pub idempotency_key: Option<String>,
    /// The responses that are known to come before any effect: the operation's own, or else those of the whole document.
    pub rejections: Vec<Rejection>,
    /// How a list comes page by page.
    pub paging: Option<Paging>,
}

/// A response that is known to come before the request has any effect. It is known by its status and by a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The status.
    pub status: u16,
    /// The field of the body that holds the text.
    pub field: String,
    /// What the text contains.
    pub contains: String,
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
pub fn read(root: &Value, operation: &Map<String, Value>) -> Settings {
    let mut settings = read_with(operation, &mut |_, _| {});
    if !operation.contains_key(REJECTIONS) {
        let everywhere = root.get(REJECTIONS).map(rejections);
        settings.rejections = everywhere.and_then(Result::ok).unwrap_or_default();
    }
    settings
}

/// That every operation's settings are of a known form.
///
/// # Errors
///
/// With a finding for each that is not.
pub fn check(document: &Document) -> Result<(), Failure> {
    let mut findings = Vec::new();
    let mut refuse = |of: &str, key: &str, problem| {
        let pointer = join(of, key);
        let at = document.places.nearest(&pointer).cloned();
        findings.push(
            Finding::error(
                "settings/form",
                problem,
                "correct it where a patch sets it; docs/patches.md has the forms",
            )
            .at(pointer, at),
        );
    };
    if let Some(Err(problem)) = document.root.get(REJECTIONS).map(rejections) {
        refuse("", REJECTIONS, problem);
    }
    for place in walk::operations(&document.root) {
        if let Some(operation) = place.of(&document.root) {
            read_with(operation, &mut |key, problem| {
                refuse(&place.pointer(), key, problem);
            });
        }
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
    if let Some(value) = operation.get(REJECTIONS) {
        match rejections(value) {
            Ok(rejections) => settings.rejections = rejections,
            Err(problem) => refuse(REJECTIONS, problem),
        }
    }
    if let Some(value) = operation.get(PAGING) {
        match paging(value) {
            Ok(paging) => settings.paging = Some(paging),
            Err(problem) => refuse(PAGING, problem),
        }
    }
    settings
}

fn rejections(value: &Value) -> Result<Vec<Rejection>, String> {
    const FORM: &str = "a list of `{ status, field, contains }`";
    let Some(items) = value.as_array() else {
        return Err(format!("expected {FORM}, but found {}", kind(value)));
    };
    let read = |item: &Value| {
        let text = |name: &str| {
            let text = item.get(name)?.as_str()?;
            (!text.trim().is_empty()).then(|| text.to_owned())
        };
        // A success is none, and the status alone proves nothing.
        let status = item.get("status")?.as_u64()?;
        let status = u16::try_from(status).ok()?;
        Some(Rejection {
            status: (400..600).contains(&status).then_some(status)?,
            field: text("field")?,
            contains: text("contains")?,
        })
    };
    let items = items.iter().enumerate();
    items
        .map(|(index, item)| {
            read(item).ok_or_else(|| {
                format!(
                    "expected {FORM}, with a status from 400 to 599 and two texts, but found another item at {index}"
                )
            })
        })
        .collect()
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
    fn rejections_are_those_of_the_operation_or_else_of_the_document() {
        let rejection =
            |contains: &str| json!([{"status": 503, "field": "message", "contains": contains}]);
        let root = json!({"x-rejections": rejection("busy")});
        let found = |operation: Value| {
            let settings = read(&root, operation.as_object().expect("a mapping"));
            let found = settings.rejections.into_iter();
            found
                .map(|found| (found.status, found.field, found.contains))
                .collect::<Vec<_>>()
        };
        let one = |contains: &str| vec![(503, "message".to_owned(), contains.to_owned())];
        assert_eq!(found(json!({})), one("busy"));
        assert_eq!(
            found(json!({"x-rejections": rejection("closed")})),
            one("closed")
        );
        assert_eq!(found(json!({"x-rejections": []})), []);
    }

    #[test]
    fn any_other_form_is_refused() {
        let problems: Vec<String> = [
            json!({"x-repeatable": "no"}),
            json!({"x-idempotency-key": "Idem Key"}),
            json!({"x-idempotency-key": ""}),
            json!({"x-rejections": {}}),
            json!({"x-rejections": [{"status": 200, "field": "message", "contains": "a"}]}),
            json!({"x-rejections": [{"status": 503, "field": "message", "contains": ""}]}),
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
x-rejections: expected a list of `{ status, field, contains }`, but found a mapping
x-rejections: expected a list of `{ status, field, contains }`, with a status from 400 to 599 and two texts, but found another item at 0
x-rejections: expected a list of `{ status, field, contains }`, with a status from 400 to 599 and two texts, but found another item at 0
x-paging: expected one of `{ items, next }`, `{ items, offset }`, `{ items, offset, more }` or `{ items, parameter, next }`, but found a boolean
x-paging: expected one of `{ items, next }`, `{ items, offset }`, `{ items, offset, more }` or `{ items, parameter, next }`, but found { `items` }
x-paging: expected a text for `next`, but found a number
x-paging: expected one of `{ items, next }`, `{ items, offset }`, `{ items, offset, more }` or `{ items, parameter, next }`, but found { `items`, `next`, `offset` }
");
    }
}
