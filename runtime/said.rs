//! What in the body of a success says that it is none, and what in it failed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::decode::without_byte_order_mark;
use super::{json, object};

/// How long a body can be that is searched whole for what says that it is no success, in bytes.
const SHORT: usize = 64 << 10;
/// How much of the beginning and of the end of a longer one is searched.
const WINDOW: usize = 4 << 10;

/// Fields that say how a call failed, or come with every response: beside `errors` they are no result.
const NO_RESULT: &[&str] = &[
    "_meta",
    "code",
    "description",
    "detail",
    "details",
    "documentation_url",
    "exception",
    "file",
    "line",
    "message",
    "request_id",
    "status",
    "statusCode",
    "status_code",
    "success",
    "timestamp",
    "title",
    "trace",
    "type",
];

/// What in the body of a success says that it is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reported {
    /// `error` or `errors` with something in it.
    Error,
    /// `success: false`.
    NoSuccess,
}

/// Whether a success says that it is none, by `success: false`; or holds what only a failure holds, and no result.
pub(super) fn reported(body: &[u8]) -> Option<Reported> {
    static ERROR: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"error"));
    // Most successes begin with their data, and no error beside it matters.
    let has_data = matches!(
        body.strip_prefix(b"{\"data\":"),
        Some([b'{', b'"', ..] | [b'[', b'{' | b'"', ..])
    );
    // Finding nothing is what happens with most others, and costs little.
    if (has_data || ERROR.find(body).is_none()) && !may_deny(body) {
        return None;
    }
    let said = Said::read(body)?;
    if said.denies {
        return Some(Reported::NoSuccess);
    }
    // Errors beside a result are partial failures.
    let failed = !said.data && (said.error || said.errors && !said.result);
    failed.then_some(Reported::Error)
}

/// Whether there may be a `success` in a body that is false.
fn may_deny(body: &[u8]) -> bool {
    static SUCCESS: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"success\""));
    let is_false = |text: &[u8]| {
        SUCCESS.find_iter(text).any(|start| {
            let rest = text[start + SUCCESS.needle().len()..].trim_ascii_start();
            let rest = rest
                .strip_prefix(b":")
                .unwrap_or_default()
                .trim_ascii_start();
            matches!(rest.first(), Some(b'f' | b'"'))
        })
    };
    if body.len() <= SHORT {
        return is_false(body);
    }
    is_false(&body[..WINDOW]) || is_false(&body[body.len() - WINDOW..])
}

/// What failed within a success, by the name of what it was: the `errors` beside its result.
pub(super) fn partial(body: &[u8]) -> BTreeMap<String, Vec<String>> {
    let errors = |body| {
        let mut text = serde_json::Deserializer::from_slice(body);
        let errors = Pick("errors").deserialize(&mut text).ok()??;
        text.end().ok()?;
        Some(field_errors(errors))
    };
    errors(without_byte_order_mark(body)).unwrap_or_default()
}

/// The names under which a list of errors says what each is about, and what is wrong with it.
const NAMES: &[&str] = &[
    "field",
    "name",
    "param",
    "parameter",
    "attribute",
    "path",
    "pointer",
    "loc",
    "id",
    "user_id",
];
const TEXTS: &[&str] = &["message", "msg", "error", "detail", "description", "reason"];

/// Laravel sends `{field: [message, …]}`; other forms are read as far as they go.
pub(super) fn field_errors(errors: Value) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::<String, Vec<String>>::new();
    let mut add = |field: &str, value: Value| match value {
        Value::Null => {}
        Value::String(text) => all.entry(field.to_owned()).or_default().push(text),
        other => match named(&other).filter(|_| field.is_empty()) {
            Some((field, text)) => all.entry(field).or_default().push(text),
            None => all
                .entry(field.to_owned())
                .or_default()
                .push(other.to_string()),
        },
    };
    let mut add_all = |field: &str, value: Value| match value {
        Value::Array(items) => items.into_iter().for_each(|item| add(field, item)),
        other => add(field, other),
    };
    match errors {
        Value::Object(fields) if named(&Value::Object(fields.clone())).is_none() => {
            for (field, value) in fields {
                add_all(&field, value);
            }
        }
        other => add_all("", other),
    }
    all
}

/// What an error is about and what is wrong with it, of one that says both: `{"field": …, "message": …}`.
fn named(error: &Value) -> Option<(String, String)> {
    let text = |names: &[&str]| names.iter().find_map(|name| words(error.get(name)?));
    Some((text(NAMES)?, text(TEXTS)?))
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        // The steps to a field.
        Value::Array(steps) if !steps.is_empty() => {
            let steps: Option<Vec<String>> = steps.iter().map(words).collect();
            Some(steps?.join("."))
        }
        _ => None,
    }
}

/// What the fields at the top of a body say.
#[derive(Default)]
struct Said {
    denies: bool,
    error: bool,
    errors: bool,
    data: bool,
    /// Whether there is anything else.
    result: bool,
}

impl Said {
    fn read(body: &[u8]) -> Option<Self> {
        let mut text = serde_json::Deserializer::from_slice(without_byte_order_mark(body));
        let said = text.deserialize_map(SaidVisitor).ok()?;
        text.end().ok()?;
        Some(said)
    }
}

struct SaidVisitor;

impl<'de> Visitor<'de> for SaidVisitor {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Said, A::Error> {
        let mut said = Said::default();
        while let Some(key) = entries.next_key::<object::Key<'de>>()? {
            let found = entries.next_value_seed(Something)?;
            match key.as_str() {
                "success" => said.denies |= found == Is::False,
                "error" => said.error |= found == Is::Something,
                "errors" => said.errors |= found == Is::Something,
                "data" => said.data |= found == Is::Something,
                name => said.result |= found == Is::Something && !NO_RESULT.contains(&name),
            }
        }
        Ok(said)
    }
}

/// Whether there is anything in a value: PHP has many words for nothing.
struct Something;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Nothing,
    False,
    Something,
}

impl<'de> DeserializeSeed<'de> for Something {
    type Value = Is;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Is, D::Error> {
        deserializer.deserialize_any(self)
    }
}

fn something(is: bool) -> Is {
    if is { Is::Something } else { Is::Nothing }
}

impl<'de> Visitor<'de> for Something {
    type Value = Is;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Is, E> {
        Ok(Is::Nothing)
    }

    fn visit_bool<E: Error>(self, is: bool) -> Result<Is, E> {
        Ok(if is { Is::Something } else { Is::False })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Is, E> {
        Ok(something(number != 0))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Is, E> {
        Ok(something(number != 0))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Is, E> {
        Ok(something(number != 0.0))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Is, E> {
        Ok(match text.eq_ignore_ascii_case("false") {
            true => Is::False,
            false => something(!text.is_empty()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Is, A::Error> {
        let mut is = Is::Nothing;
        while items.next_element::<IgnoredAny>()?.is_some() {
            is = Is::Something;
        }
        Ok(is)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Is, A::Error> {
        let mut is = Is::Nothing;
        while entries.next_key::<IgnoredAny>()?.is_some() {
            entries.next_value::<IgnoredAny>()?;
            is = Is::Something;
        }
        Ok(is)
    }
}

/// One field of an object.
struct Pick(&'static str);

impl<'de> DeserializeSeed<'de> for Pick {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Pick {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Option<Value>, A::Error> {
        let mut picked = None;
        while let Some(key) = entries.next_key::<object::Key<'de>>()? {
            if key.as_str() == self.0 {
                picked = Some(entries.next_value_seed(json::Json)?);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(picked)
    }
}
