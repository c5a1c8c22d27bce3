//! Whether a request is the one that was asked for, as a PHP server reads it.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::Value;
use wiremock::Request;

use super::{KEY, compare};

/// The key of what stands for a file; its bytes are the value.
const FILE: &str = "\u{0}file";

/// A name and what is sent under it, bytes for a file.
type Pair = (String, Vec<u8>);

pub async fn check(operation: &Value, pass: &Value, request: &Request) -> Result<(), String> {
    if Some(request.method.as_str()) != operation["method"].as_str() {
        return Err(format!("the method is {}", request.method));
    }
    let header = |name: &str| {
        request
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if header("authorization") != Some(&format!("Bearer {KEY}")) {
        return Err("the key is not sent".to_owned());
    }
    let inputs = pass["inputs"].as_array().expect("there is a list");
    let asked = |name: &str| {
        inputs
            .iter()
            .any(|input| input["place"] == "header" && header_name(input) == name)
    };
    if header("api-version").is_some() && !asked("api-version") {
        return Err("there is a header `api-version`".to_owned());
    }
    path(operation, inputs, request)?;
    let mut query = Vec::new();
    let mut body = None;
    for input in inputs {
        let (name, value) = (input["name"].as_str().unwrap_or_default(), &input["value"]);
        match input["place"].as_str().unwrap_or_default() {
            "path" => {}
            "query" => flatten(name.to_owned(), value, &mut query),
            "header" if header(name) == text(value).as_deref() => {}
            "header" => return Err(format!("the header `{name}` is {:?}", header(name))),
            form => body = Some((form, name, value)),
        }
    }
    let sent = request.url.query_pairs();
    let sent = sent.map(|(name, value)| (name.into_owned(), value.into_owned().into_bytes()));
    all_there("query", query, sent.collect())?;
    let media_type = header("content-type").unwrap_or_default();
    match body {
        None if request.body.is_empty() && media_type.is_empty() => Ok(()),
        None => Err("there is a body".to_owned()),
        Some((form, name, value)) => {
            // A documented body holds a text where a file goes.
            let files = if pass["example"] == true { "" } else { FILE };
            content(form, name, value, media_type, &request.body, files).await
        }
    }
}

fn header_name(input: &Value) -> String {
    input["name"].as_str().unwrap_or_default().to_lowercase()
}

/// The segments of the path are those of the template, with each parameter's value in its place.
fn path(operation: &Value, inputs: &[Value], request: &Request) -> Result<(), String> {
    let template = operation["path"].as_str().unwrap_or_default();
    let mut values = inputs.iter().filter(|input| input["place"] == "path");
    let mut expected = String::new();
    let mut rest = template;
    let mut segments = Vec::new();
    while let Some(index) = rest.find(['{', '/']) {
        expected.push_str(&rest[..index]);
        if rest[index..].starts_with('/') {
            segments.push(std::mem::take(&mut expected));
            rest = &rest[index + 1..];
        } else {
            // The arguments are in the order of the template.
            let value = values.next().and_then(|input| text(&input["value"]));
            expected.push_str(&value.ok_or("a parameter of the path is no argument")?);
            rest = rest[index..].split_once('}').map_or("", |(_, rest)| rest);
        }
    }
    expected.push_str(rest);
    segments.push(expected);
    let sent: Vec<String> = request
        .url
        .path()
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    // A template may lack its first slash.
    let expected: Vec<&str> = segments
        .iter()
        .map(String::as_str)
        .skip_while(|text| text.is_empty())
        .collect();
    if sent[1..] == expected[..] || sent[1..] == [""] && expected.is_empty() {
        return Ok(());
    }
    Err(format!("the path is {}", request.url.path()))
}

async fn content(
    form: &str,
    name: &str,
    value: &Value,
    media_type: &str,
    body: &[u8],
    files: &str,
) -> Result<(), String> {
    let expected = match form {
        "json" => "application/json",
        "form" => "application/x-www-form-urlencoded",
        "multipart" => "multipart/form-data",
        _ => name,
    };
    if media_type != expected && !media_type.starts_with(&format!("{expected};")) {
        return Err(format!("the body's media type is {media_type}"));
    }
    let mut pairs = Vec::new();
    match form {
        "json" | "json_as" => {
            let sent = serde_json::from_slice(body).map_err(|_| "the body is no JSON")?;
            return compare::same(value, &sent, "")
                .map_err(|problem| format!("in the body {problem}"));
        }
        "form" | "multipart" => {
            for (name, field) in value.as_object().into_iter().flatten() {
                flatten(name.clone(), field, &mut pairs);
            }
        }
        _ => pairs.push((String::new(), bytes(value).unwrap_or_default())),
    }
    let sent = match form {
        "form" => {
            let url = format!("form:?{}", String::from_utf8_lossy(body));
            let url = reqwest::Url::parse(&url).map_err(|error| error.to_string())?;
            let sent = url.query_pairs();
            sent.map(|(name, value)| (name.into_owned(), value.into_owned().into_bytes()))
                .collect()
        }
        "multipart" => parts(media_type, body, files).await?,
        _ => vec![(String::new(), body.to_owned())],
    };
    all_there("body", pairs, sent)
}

async fn parts(media_type: &str, body: &[u8], files: &str) -> Result<Vec<Pair>, String> {
    let refused = |error: multer::Error| format!("the form is not well formed: {error}");
    let boundary = multer::parse_boundary(media_type).map_err(refused)?;
    let body = body.to_owned();
    let stream = futures_util::stream::once(async { Ok::<_, std::io::Error>(body) });
    let mut form = multer::Multipart::new(stream, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let file = if field.file_name().is_some() {
            files
        } else {
            ""
        };
        let name = format!("{}{file}", field.name().unwrap_or_default());
        parts.push((name, field.bytes().await.map_err(refused)?.to_vec()));
    }
    Ok(parts)
}

fn all_there(what: &str, expected: Vec<Pair>, sent: Vec<Pair>) -> Result<(), String> {
    let count = |pairs: Vec<Pair>| {
        let mut counts = BTreeMap::new();
        pairs
            .into_iter()
            .for_each(|pair| *counts.entry(pair).or_insert(0) += 1);
        counts
    };
    let (expected, sent) = (count(expected), count(sent));
    let shown = |(name, value): &Pair| format!("{name}={}", String::from_utf8_lossy(value));
    match expected
        .iter()
        .find(|(pair, times)| sent.get(pair) != Some(times))
    {
        Some((pair, _)) => Err(format!("the {what} lacks {}", shown(pair))),
        None => match sent.keys().find(|pair| !expected.contains_key(pair)) {
            Some(pair) => Err(format!("the {what} has {}", shown(pair))),
            None => Ok(()),
        },
    }
}

/// What PHP makes such a value of: `a[]=1` for a list, `a[k]=1` for an object, `a[0][k]=1` for a list of those.
fn flatten(name: String, value: &Value, pairs: &mut Vec<Pair>) {
    if let Some(file) = value.get(FILE) {
        pairs.push((format!("{name}{FILE}"), bytes(file).unwrap_or_default()));
        return;
    }
    match value {
        Value::Array(items) => {
            let name = name.trim_end_matches("[]");
            let nested = items
                .iter()
                .any(|item| item.get(FILE).is_none() && (item.is_array() || item.is_object()));
            for (index, item) in items.iter().enumerate() {
                let index = if nested {
                    index.to_string()
                } else {
                    String::new()
                };
                flatten(format!("{name}[{index}]"), item, pairs);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                flatten(format!("{name}[{key}]"), field, pairs);
            }
        }
        scalar => pairs.extend(text(scalar).map(|text| (name, text.into_bytes()))),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // `2.0` is `2` to whoever writes it by hand.
        Value::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned()),
        Value::Bool(yes) => Some(u8::from(*yes).to_string()),
        _ => None,
    }
}

/// The bytes of a body that is sent as it is.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Array(_) => serde_json::from_value(value.clone()).ok(),
        Value::Object(file) => bytes(file.get(FILE)?),
        value => Some(text(value)?.into_bytes()),
    }
}
