//! Scalars as another kind of scalar, where nothing is lost by that.

use serde_json::{Number, Value};

/// How many decimal digits a float keeps, whatever they are.
const DIGITS: usize = 15;

/// A truth, from the number 0 or 1 and from its words.
pub(super) fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(is) => Some(*is),
        Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
        Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
        Value::String(text) => match text.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A number, from its text.
pub(super) fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => exact(text),
        _ => None,
    }
}

/// A whole number, from its text or from one whose fraction is zero.
pub(super) fn integer(value: &Value) -> Option<Number> {
    let number = number(value)?;
    if !number.is_f64() {
        return Some(number);
    }
    // Beyond that a float stands for several whole numbers.
    let float = number
        .as_f64()
        .filter(|float| float.abs() <= 2f64.powi(53))?;
    (float.fract() == 0.0).then(|| Number::from(float as i64))
}

/// A text, from a number or a truth.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

/// The number that a text is, if it keeps all of its digits.
fn exact(text: &str) -> Option<Number> {
    // JSON's grammar, but for the white space around it.
    if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        || !text.ends_with(|last: char| last.is_ascii_digit())
    {
        return None;
    }
    let number: Number = serde_json::from_str(text).ok()?;
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.trim_start_matches(['-', '0', '.']);
    let digits = digits.bytes().filter(u8::is_ascii_digit).count();
    (!number.is_f64() || digits <= DIGITS).then_some(number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_says_the_same_is_converted() {
        for (value, expected) in [
            (json!("12"), Some(12)),
            (json!("-3"), Some(-3)),
            (json!(1.0), Some(1)),
            (json!("1.00"), Some(1)),
            (json!("1e3"), Some(1000)),
            (json!(1.5), None),
            (json!("012"), None),
            (json!(" 12"), None),
            (json!("12 "), None),
            (json!("12a"), None),
            (json!(""), None),
            (json!("-"), None),
            (json!(1e17), None),
            (json!(true), None),
            (json!(null), None),
        ] {
            assert_eq!(
                integer(&value).map(|number| number.as_i64().unwrap()),
                expected,
                "{value}"
            );
        }
        for (value, expected) in [
            (json!("4.90"), Some(4.9)),
            (json!("0.00000000000000000012"), Some(1.2e-19)),
            (json!("1.2345678901234567"), None),
            (json!("123456789012345678901"), None),
            (json!("NaN"), None),
            (json!("1e999"), None),
            (json!([]), None),
        ] {
            assert_eq!(
                number(&value).and_then(|number| number.as_f64()),
                expected,
                "{value}"
            );
        }
        for (value, expected) in [
            (json!(1), Some(true)),
            (json!(0.0), Some(false)),
            (json!("1"), Some(true)),
            (json!("false"), Some(false)),
            (json!(2), None),
            (json!("yes"), None),
            (json!(""), None),
        ] {
            assert_eq!(boolean(&value), expected, "{value}");
        }
        assert_eq!(text(&json!(12)).as_deref(), Some("12"));
        assert_eq!(text(&json!(false)).as_deref(), Some("false"));
        assert_eq!(text(&json!({})), None);
    }
}
