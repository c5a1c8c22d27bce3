//! The texts of a call that an answer may repeat, and that must not be printed then.

use std::cmp::Reverse;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::Secret;
use super::body::Body;
use super::error::printable;

/// How much of the API's message is printed, in characters.
const MESSAGE_LIMIT: usize = 200;

/// How much of a text is looked for, in characters.
const HEAD: usize = 256;

/// How much of what an answer says is searched: room for all that may be printed of it, and for a text that begins there,
/// of whose characters a form may make twelve.
const WINDOW: usize = MESSAGE_LIMIT + 12 * HEAD;

/// The texts that an error answer may repeat and that nobody should print: the key
/// and what the body holds. A text of three characters or fewer says little and is in many words. Of one that is longer
/// than what is looked for, there is one character more than that.
pub(super) fn sent_texts(
    api_key: &Secret,
    others: impl IntoIterator<Item = String>,
    body: Option<&Body>,
) -> Vec<String> {
    fn add(text: &str, texts: &mut Vec<String>) {
        if text.chars().nth(3).is_some() {
            texts.push(text.chars().take(HEAD + 1).collect());
        }
    }
    fn collect(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => add(text, texts),
            Value::Number(number) => add(&number.to_string(), texts),
            Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
            Value::Object(fields) => fields.values().for_each(|field| collect(field, texts)),
            Value::Null | Value::Bool(_) => {}
        }
    }
    let mut texts = vec![api_key.expose().to_owned()];
    for text in others {
        // A key is what comes after the word for its kind.
        if let Some((_, key)) = text.split_once(' ') {
            add(key, &mut texts);
        }
        add(&text, &mut texts);
    }
    if let Some(body) = body {
        body.texts.iter().for_each(|text| add(text, &mut texts));
        if let Some(Ok(value)) = body.bytes().map(|bytes| serde_json::from_slice(bytes)) {
            collect(&value, &mut texts);
        }
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// What can be printed of a text of an answer, without the texts that were sent.
pub(super) fn redacted(text: &str, sent: &[String]) -> String {
    const INSTEAD: &str = "[redacted]";
    let mut text: String = text.chars().take(WINDOW).collect();
    let mut forms = Vec::new();
    for sent in sent {
        let end = sent.char_indices().nth(HEAD).map(|(index, _)| index);
        let head = &sent[..end.unwrap_or(sent.len())];
        // No form is shorter than the text itself.
        if head.len() <= text.len() {
            forms.push((head.to_owned(), end.is_some()));
            // Letters and digits, of which there may be thousands of ids, are the same in every form.
            if !head.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                forms.extend(escaped(head).into_iter().map(|form| (form, end.is_some())));
            }
        }
    }
    // The longest first, or a text that another one holds would leave the rest of it.
    forms.sort_by_key(|(form, _)| Reverse(form.len()));
    for (form, goes_on) in forms {
        match text.find(&form) {
            None => {}
            Some(_) if !goes_on => text = text.replace(&form, INSTEAD),
            // Where it ends is not known.
            Some(start) => text.replace_range(start.., INSTEAD),
        }
    }
    printable(&text, MESSAGE_LIMIT)
}

/// `text` in the forms in which PHP repeats it within other text: as part of a URL, as JSON, whose slashes and letters
/// beyond ASCII may be escaped, each or both, and as HTML, where frameworks differ in the apostrophe.
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
