//! One text for every JSON value that means the same: the base of `equals` and `sha256` in conditions.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Integers up to this size are exact as floating-point numbers too.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The SHA-256 of `value` in lowercase hexadecimal digits, taken over its canonical JSON.
///
/// Canonical means: keys sorted by their characters, no spaces, and a number without a fraction written as an
/// integer, so that neither the order of keys nor `1.0` for `1` makes a difference. This is what `sha256` in a
/// patch's condition compares.
pub fn canonical_sha256(value: &Value) -> String {
    Sha256::digest(canonical(value).as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether two values mean the same: numbers by value, objects whatever the order of their keys.
pub(crate) fn equal(one: &Value, other: &Value) -> bool {
    canonical(one) == canonical(other)
}

fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => match number.as_f64() {
            // As text, since an integer may be larger than a floating-point number holds exactly.
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                text.push_str(&format!("{:.0}", float + 0.0));
            }
            _ => text.push_str(&number.to_string()),
        },
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (index, (key, entry)) in entries.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::String(key.clone()).to_string());
                text.push(':');
                write(entry, text);
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_and_nothing_is_spaced() {
        let value = json!({"b": [1, {"d": null, "c": "é\n"}], "a": true});
        assert_eq!(
            canonical(&value),
            r#"{"a":true,"b":[1,{"c":"é\n","d":null}]}"#
        );
    }

    #[test]
    fn the_hash_is_that_of_the_canonical_text() {
        // printf '{"a":1,"b":2}' | sha256sum
        assert_eq!(
            canonical_sha256(&json!({"b": 2, "a": 1})),
            "43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777"
        );
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(equal(&json!([1, -0.0, 1e3]), &json!([1.0, 0, 1000])));
        assert!(!equal(&json!(1), &json!(1.5)));
        assert!(!equal(&json!(1), &json!("1")));
        assert!(!equal(
            &json!(9_007_199_254_740_993_u64),
            &json!(9_007_199_254_740_992_u64)
        ));
    }
}
