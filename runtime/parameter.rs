//! How values are written into a path, a query, a header or a form.
//!
//! Values of queries and forms take the form that PHP reads, since Laravel is what answers: `name[]=1` for a list,
//! `name[key]=v` for an object, `name[0][key]=v` for a list of objects. A boolean is `1` or `0`:
//! Laravel's `boolean` rule accepts those two, and refuses the words `true` and `false`.
//! A whole number has no fraction, whatever its type: `2.0` is refused where PHP wants an integer, and names another
//! resource in a path. `null` and an empty list say nothing and are left out.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use super::scalar::{plain, scalar, scalar_of};

/// Everything but RFC 3986's unreserved characters, so that a value stays one segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What in a path's template would end the path, or be dropped or taken for a slash.
const LITERAL: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'?').add(b'\\');

/// Adds a part of a path's template that stands for itself.
pub(super) fn push_literal(path: &mut String, part: &str) {
    if part.bytes().all(|byte| byte == b'/' || is_unreserved(byte)) {
        path.push_str(part);
    } else {
        path.extend(utf8_percent_encode(part, LITERAL));
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// One path segment, percent-encoded; or what is wrong with the value.
///
/// URLs drop `.` and `..` even when they are percent-encoded, and an empty segment names another
/// resource (often the list instead of the item), so neither can be sent.
pub(super) fn segment(name: &str, value: &impl Serialize) -> Result<String, String> {
    let text = scalar(value).ok_or_else(|| {
        format!(
            "expected a text, a number or a boolean for the path parameter `{name}`, \
             but found another kind of value"
        )
    })?;
    match text.as_str() {
        "" => Err(format!(
            "expected a value for the path parameter `{name}`, but found an empty text"
        )),
        "." | ".." => Err(format!(
            "expected a value for the path parameter `{name}` that can be part of a URL, \
             but found `{text}`, which URLs read as a step in the path"
        )),
        // Most ids need no encoding.
        plain if plain.bytes().all(is_unreserved) => Ok(text),
        _ => Ok(utf8_percent_encode(&text, SEGMENT).to_string()),
    }
}

/// A query parameter as it is sent, `a[]=1&a[]=2`; or what is wrong with the value.
pub(super) fn query(name: &str, value: &impl Serialize) -> Result<String, String> {
    if let Some(text) = plain(value) {
        let query = String::with_capacity(name.len() + 1 + text.len());
        let mut query = form_urlencoded::Serializer::new(query);
        return Ok(query.append_pair(name, &text).finish());
    }
    let value = serde_json::to_value(value).map_err(|_| {
        format!("the value of the query parameter `{name}` cannot be written as JSON")
    })?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    flatten(name, value, &mut |name, text| {
        query.append_pair(name, &text);
    });
    Ok(query.finish())
}

/// Gives `add` the name and the text of each scalar in a value.
pub(super) fn flatten(name: &str, value: Value, add: &mut impl FnMut(&str, String)) {
    match value {
        Value::Array(items) => {
            // Documents say the brackets in a list's name, or leave them out.
            let name = name.strip_suffix("[]").unwrap_or(name);
            // `a[][b]=1&a[][c]=2` would be two items: only an index keeps the fields of one together.
            let indexed = items.iter().any(|item| item.is_array() || item.is_object());
            for (index, item) in items.into_iter().enumerate() {
                let name = if indexed {
                    format!("{name}[{index}]")
                } else {
                    format!("{name}[]")
                };
                flatten(&name, item, add);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                flatten(&format!("{name}[{key}]"), field, add);
            }
        }
        scalar => {
            if let Some(text) = scalar_of(scalar) {
                add(name, text);
            }
        }
    }
}
