//! A document as YAML that every reader understands alike.
//!
//! Other tools read what `effective` prints, many of them by the rules of YAML 1.1, to which `yes`, `12:30`,
//! `2025-01-01` and `1e3` are no strings. The writers at hand leave some of these without quotes, as keys above all,
//! and property names like these do occur. So a string is written plain here only when it cannot be anything else.

use serde_json::{Number, Value};

/// `value` in block style; the order of keys stays.
pub fn to_string(value: &Value) -> String {
    let mut text = String::new();
    node(value, 0, &mut text);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Writes a node whose first line is already indented.
fn node(value: &Value, indent: usize, text: &mut String) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (index, (key, value)) in object.iter().enumerate() {
                if index > 0 {
                    pad(indent, text);
                }
                *text += &string(key);
                text.push(':');
                if is_block(value) {
                    text.push('\n');
                    pad(indent + 2, text);
                } else {
                    text.push(' ');
                }
                node(value, indent + 2, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    pad(indent, text);
                }
                *text += "- ";
                node(item, indent + 2, text);
            }
        }
        _ => {
            *text += &scalar(value);
            text.push('\n');
        }
    }
}

fn is_block(value: &Value) -> bool {
    match value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn pad(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => self::number(number),
        Value::String(text) => string(text),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
    }
}

/// A number with an exponent needs a point and a sign to be one in YAML 1.1.
fn number(number: &Number) -> String {
    let text = number.to_string();
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return text;
    };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['+', '-']) {
        ""
    } else {
        "+"
    };
    format!("{mantissa}{point}e{sign}{exponent}")
}

fn string(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    // A JSON string is one of YAML too, but for the characters that YAML does not count as printable.
    let quoted = Value::from(text).to_string();
    let mut escaped = String::with_capacity(quoted.len());
    for character in quoted.chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                escaped += &format!("\\u{:04x}", u32::from(character));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Whether `text` without quotes is the string `text` to every reader.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '$' | '_'))
        && !text.ends_with(' ')
        && text.chars().all(|character| {
            character.is_ascii_alphanumeric() || " _-./{}()$,;+='".contains(character)
        })
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_could_be_another_type_is_quoted() {
        let strings = [
            "yes",
            "y",
            "on",
            "OFF",
            "TRUE",
            "false",
            "No",
            "n",
            "~",
            "null",
            "1.0.0",
            "1.0",
            "2025-01-01",
            "",
            " x",
            "x ",
            "a: b",
            "a #b",
            "0x1f",
            "1e3",
            "-",
            "#",
            "12:30",
            "1_000",
            "=",
            "<<",
            ".5",
            "+1",
            "017",
            ".inf",
            "2025-01-01T00:00:00Z",
            "two\nlines\n",
            "tab\there",
            "\u{7f}\u{85}\u{feff}\u{2028}",
            "\"",
            "\\",
            "é",
            "🙂",
            "*a",
            "&a",
            "!a",
            "- a",
            "{a}",
            "[a]",
            "%a",
            "@a",
            "`a`",
        ];
        let mut document = json!({ "values": strings.as_slice(), "keys": {} });
        for key in strings {
            document["keys"][key] = Value::Null;
        }
        let text = to_string(&document);
        let plain: Vec<&str> = text.lines().filter(|line| !line.contains('"')).collect();
        assert_eq!(plain, ["values:", "keys:"]);
        assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), document);
    }

    #[test]
    fn a_document_reads_as_one_was_written() {
        let document = json!({
            "openapi": "3.0.3",
            "paths": { "/api/{id}": { "get": {
                "tags": ["A B", "C"],
                "parameters": [{ "name": "id", "in": "path", "required": true }, {}],
                "responses": { "200": { "description": "it's, well, fine", "headers": {} } },
            } } },
            "x": [[], [1, [2.5, -3]], null, { "a": [] }, 1e100, 1.5e-9],
        });
        let text = to_string(&document);
        insta::assert_snapshot!(text, @r#"
        openapi: "3.0.3"
        paths:
          /api/{id}:
            get:
              tags:
                - A B
                - C
              parameters:
                - name: id
                  in: path
                  required: true
                - {}
              responses:
                "200":
                  description: it's, well, fine
                  headers: {}
        x:
          - []
          - - 1
            - - 2.5
              - -3
          - null
          - a: []
          - 1.0e+100
          - 1.5e-9
        "#);
        assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), document);
    }

    #[test]
    fn a_document_that_is_no_mapping_ends_with_a_line_end() {
        assert_eq!(to_string(&json!({})), "{}\n");
        assert_eq!(to_string(&json!(["a"])), "- a\n");
        assert_eq!(to_string(&json!("a")), "a\n");
    }
}
