//! What two JSON values differ in, where a difference means that something is lost.
//!
//! Not lost: a `null` that is left out (both are `None` to the caller), the form of a number (`5` and `5.0`), and an
//! empty PHP array in place of an empty object.

use serde_json::{Number, Value};

use crate::document::join;

/// Where `after` no longer says what `before` said.
pub fn differences(before: &Value, after: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(before, after, String::new(), &mut found);
    found
}

fn collect(before: &Value, after: &Value, pointer: String, found: &mut Vec<(String, String)>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                let pointer = join(&pointer, key);
                match after.get(key) {
                    Some(other) => collect(value, other, pointer, found),
                    None if value.is_null() => {}
                    None => found.push((pointer, "the value is dropped".into())),
                }
            }
            for (key, value) in after {
                if !before.contains_key(key) && !value.is_null() {
                    found.push((join(&pointer, key), "a value is added".into()));
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (value, other)) in before.iter().zip(after).enumerate() {
                collect(value, other, join(&pointer, &index.to_string()), found);
            }
        }
        (Value::Array(before), Value::Object(after)) if before.is_empty() && after.is_empty() => {}
        (Value::Number(before), Value::Number(after)) if same_number(before, after) => {}
        _ if before == after => {}
        _ => found.push((pointer, "the value comes back changed".into())),
    }
}

fn same_number(before: &Number, after: &Number) -> bool {
    match (before.as_i128(), after.as_i128()) {
        (Some(before), Some(after)) => before == after,
        // A whole number that came back as a float: equal when no digit was lost.
        (Some(whole), None) => after.as_f64().is_some_and(|float| float as i128 == whole),
        (None, Some(whole)) => before.as_f64().is_some_and(|float| float as i128 == whole),
        (None, None) => before.as_f64() == after.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointers(before: &Value, after: &Value) -> Vec<String> {
        differences(before, after)
            .into_iter()
            .map(|(pointer, _)| pointer)
            .collect()
    }

    #[test]
    fn what_means_the_same_is_no_loss() {
        assert!(
            pointers(
                &json!({"a": null, "b": 5, "c": []}),
                &json!({"b": 5.0, "c": {}})
            )
            .is_empty()
        );
    }

    #[test]
    fn every_loss_is_named_by_its_pointer() {
        assert_eq!(
            pointers(
                &json!({"a": 1, "b": [1, {"c/d": "x"}], "e": [1]}),
                &json!({"b": [1, {"c/d": "y"}], "e": [1, 2], "f": 1}),
            ),
            ["/a", "/b/1/c~1d", "/e", "/f"]
        );
    }

    #[test]
    fn a_number_too_large_for_a_float_is_lost() {
        let large = 9_007_199_254_740_993_i64;
        assert_eq!(pointers(&json!(large), &json!(large as f64)), [""]);
    }
}
