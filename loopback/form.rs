//! Queries and forms as PHP reads them: brackets are lists and objects.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

/// The value of named texts.
pub fn read<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Value {
    let mut fields = Value::Object(Map::new());
    for (name, text) in pairs {
        put(&mut fields, &name, Value::String(text.into_owned()));
    }
    lists(&mut fields);
    fields
}

/// The fields of a form with files; null where it is none.
pub fn multipart(media_type: &str, body: &[u8]) -> Value {
    let Some((_, boundary)) = media_type.split_once("boundary=") else {
        return Value::Null;
    };
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let mut fields = Value::Object(Map::new());
    for part in split(body, boundary.as_bytes()).skip(1) {
        let Some(part) = part.strip_prefix(b"\r\n") else {
            // What is behind the last boundary.
            break;
        };
        let Some(end) = find(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&part[..end]).into_owned();
        let content = &part[end + 4..];
        let content = content.strip_suffix(b"\r\n").unwrap_or(content);
        let Some(name) = quoted(&head, " name=\"") else {
            continue;
        };
        let value = match quoted(&head, "filename=\"") {
            Some(file) => json!({ "file": file, "bytes": content.len() }),
            None => String::from_utf8_lossy(content).into_owned().into(),
        };
        put(&mut fields, &name, value);
    }
    lists(&mut fields);
    fields
}

/// The text in quotes behind `key`.
fn quoted(head: &str, key: &str) -> Option<String> {
    let rest = &head[head.find(key)? + key.len()..];
    Some(rest.split('"').next()?.to_owned())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|some| some == wanted)
}

fn split<'b>(mut bytes: &'b [u8], boundary: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        match find(bytes, boundary) {
            Some(at) => {
                let part = &bytes[..at];
                bytes = &bytes[at + boundary.len()..];
                Some(part)
            }
            None => {
                over = true;
                Some(bytes)
            }
        }
    })
}

/// Puts `value` where `a[b][]` says. What stands in the way is replaced, as PHP does.
fn put(fields: &mut Value, name: &str, value: Value) {
    let (first, mut rest) = match name.split_once('[') {
        Some((first, rest)) => (first, rest),
        None => (name, ""),
    };
    let mut place = entry(fields, first);
    while let Some((key, after)) = rest.split_once(']') {
        let key = match key {
            "" => place.as_object().map_or(0, Map::len).to_string(),
            key => key.to_owned(),
        };
        place = entry(place, &key);
        rest = after.strip_prefix('[').unwrap_or_default();
    }
    *place = value;
}

fn entry<'v>(value: &'v mut Value, key: &str) -> &'v mut Value {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    &mut value[key]
}

/// Makes lists of objects whose keys count from 0.
fn lists(value: &mut Value) {
    let Value::Object(fields) = value else {
        return;
    };
    fields.values_mut().for_each(lists);
    let counted = fields.keys().enumerate();
    let is_list = !fields.is_empty()
        && counted
            .into_iter()
            .all(|(index, key)| *key == index.to_string());
    if is_list {
        let items = std::mem::take(fields).into_iter().map(|(_, item)| item);
        *value = Value::Array(items.collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_lists_and_objects() {
        let read = |text: &str| read(form_urlencoded::parse(text.as_bytes()));
        assert_eq!(read("a=1&b=x+y"), json!({"a": "1", "b": "x y"}));
        assert_eq!(read("a[]=1&a[]=2"), json!({"a": ["1", "2"]}));
        assert_eq!(
            read("f[online]=1&f[tags][]=x"),
            json!({"f": {"online": "1", "tags": ["x"]}})
        );
        assert_eq!(
            read("a[0][k]=1&a[1][k]=2"),
            json!({"a": [{"k": "1"}, {"k": "2"}]})
        );
        assert_eq!(read("a=1&a[b]=2"), json!({"a": {"b": "2"}}));
        assert_eq!(read(""), json!({}));
    }

    #[test]
    fn a_file_of_a_form_is_its_name_and_length() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"a[]\"\r\n\r\none\r\n\
            --x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\nab\r\ncd\r\n--x--\r\n";
        assert_eq!(
            multipart("multipart/form-data; boundary=x", body),
            json!({"a": ["one"], "f": {"file": "a.txt", "bytes": 6}})
        );
        assert_eq!(multipart("multipart/form-data", body), Value::Null);
    }
}
