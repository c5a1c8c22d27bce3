//! The texts of a call that an answer may repeat, and that must not be printed then.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::Secret;
use super::body::Body;

/// The texts that an error answer may repeat and that nobody should print: the key
/// and what the body holds. A text of three characters or fewer says little and is in many words.
pub(super) fn sent_texts(
    api_key: &Secret,
    others: impl IntoIterator<Item = String>,
    body: Option<&Body>,
) -> Vec<String> {
    fn collect(value: Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) if text.chars().count() > 3 => texts.push(text),
            Value::Array(items) => items.into_iter().for_each(|item| collect(item, texts)),
            Value::Object(fields) => {
                fields
                    .into_iter()
                    .for_each(|(_, field)| collect(field, texts));
            }
            _ => {}
        }
    }
    let mut texts = vec![api_key.expose().to_owned()];
    for text in others {
        // A key is what comes after the word for its kind.
        let parts = text.split_once(' ').map(|(_, key)| key.to_owned());
        for text in parts.into_iter().chain([text]) {
            collect(Value::from(text), &mut texts);
        }
    }
    if let Some(body) = body {
        for text in &body.texts {
            collect(Value::from(text.as_str()), &mut texts);
        }
        if let Some(Ok(value)) = body.bytes().map(|bytes| serde_json::from_slice(bytes)) {
            collect(value, &mut texts);
        }
    }
    let escaped: Vec<String> = texts.iter().flat_map(|text| escaped(text)).collect();
    texts.extend(escaped);
    // The longest first, or a text that another one holds would leave the rest of it.
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

/// `text` in the forms in which PHP repeats it within other text: as part of a URL, as JSON, whose slashes and letters beyond ASCII may be
/// escaped, each or both, and as HTML, where frameworks differ in the apostrophe.
fn escaped(text: &str) -> Vec<String> {
    let json = Value::from(text).to_string();
    let json = &json[1..json.len() - 1];
    let mut units = [0; 2];
    let ascii: String = json
        .chars()
        .map(|c| match c.is_ascii() {
            true => c.to_string(),
            false => c
                .encode_utf16(&mut units)
                .iter()
                .map(|unit| format!("\\u{unit:04x}"))
                .collect(),
        })
        .collect();
    let html = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let percent = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let form: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let mut forms = vec![
        percent,
        form,
        json.replace('/', "\\/"),
        ascii.replace('/', "\\/"),
        json.to_owned(),
        ascii,
        html.replace('\'', "&#039;"),
        html.replace('\'', "&#39;"),
        html,
    ];
    forms.sort();
    forms.dedup();
    forms.retain(|form| form != text);
    forms
}
