//! What a scalar of YAML means: the core schema of YAML 1.2 as serde_yaml reads it, and the tags `!!str`, `!!int`, ….

use serde_json::{Number, Value};

/// What a plain (unquoted, untagged) scalar means.
pub(super) fn plain(text: &str) -> Value {
    if is_null(text) {
        return Value::Null;
    }
    boolean(text)
        .or_else(|| integer(text))
        .or_else(|| float(text))
        .unwrap_or_else(|| Value::String(text.to_owned()))
}

/// What a scalar with the tag `tag:yaml.org,2002:<name>` means.
///
/// # Errors
///
/// With what was expected, when the text is nothing of the kind.
pub(super) fn tagged(text: &str, name: &str) -> Result<Value, &'static str> {
    match name {
        "null" if is_null(text) => Ok(Value::Null),
        "null" => Err("null"),
        "bool" => boolean(text).ok_or("true or false"),
        "int" => integer(text).ok_or("an integer"),
        "float" => {
            let number = float(text).or_else(|| match plain(text) {
                Value::String(_) => None,
                other => other.as_f64().and_then(number),
            });
            number.ok_or("a finite number")
        }
        "str" | "binary" | "timestamp" => Ok(Value::String(text.to_owned())),
        _ => Err("one of !!str, !!int, !!float, !!bool, !!null"),
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn boolean(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => None,
    }
}

fn integer(text: &str) -> Option<Value> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = ["0x", "0o", "0b"]
        .into_iter()
        .zip([16, 8, 2])
        .find_map(|(prefix, radix)| Some((radix, digits.strip_prefix(prefix)?)))
        .unwrap_or((10, digits));
    let zero_first = radix == 10 && digits.len() > 1 && digits.starts_with('0');
    if digits.starts_with(['+', '-']) || zero_first {
        return None;
    }
    let magnitude = i128::from_str_radix(digits, radix).ok()?;
    let value = if negative { -magnitude } else { magnitude };
    if let Ok(small) = i64::try_from(value) {
        return Some(Value::from(small));
    }
    if let Ok(small) = u64::try_from(value) {
        return Some(Value::from(small));
    }
    // As serde_json reads integers that are too large for it.
    number(value as f64)
}

fn float(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let zero_first = unsigned.len() > 1
        && unsigned.starts_with('0')
        && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    if unsigned.starts_with(['+', '-']) || zero_first {
        return None;
    }
    number(text.parse().ok()?)
}

/// A number of JSON; infinities and NaN are none.
fn number(value: f64) -> Option<Value> {
    Number::from_f64(value).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_mean_what_serde_yaml_reads() {
        for text in [
            "~",
            "null",
            "Null",
            "NULL",
            "nULL",
            "true",
            "True",
            "TRUE",
            "tRue",
            "false",
            "yes",
            "no",
            "on",
            "off",
            "0",
            "-0",
            "+1",
            "-1",
            "007",
            "-007",
            "0x1F",
            "-0x1F",
            "+0x1f",
            "0o17",
            "-0o17",
            "0b101",
            "0x",
            "0xg",
            "1_000",
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "1.5",
            "-1.5",
            "+1.5",
            ".5",
            "5.",
            "1e3",
            "1E+3",
            "-1.5e-3",
            "1.",
            "1.2.3",
            "2021-01-01",
            "12:30:45",
            "++1",
            "+-1",
            "--1",
            "-+1",
            "1e400",
            "inf",
            "nan",
            "infinity",
            "é",
            "a b",
            "0.10",
            "4.990",
            "00.5",
            "1,000",
            "0.1e1",
            "-.5",
            "+.5",
            "e3",
            "0e0",
        ] {
            let expected: Value = serde_yaml::from_str(text).expect("serde_yaml reads it");
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_json_has_not_stay_text() {
        for text in [".inf", "-.inf", ".nan", ".NaN", "1e999"] {
            assert_eq!(plain(text), Value::from(text));
        }
    }

    #[test]
    fn integers_beyond_64_bits_are_what_serde_json_makes_of_them() {
        for text in [
            "18446744073709551616",
            "-9223372036854775809",
            &"9".repeat(60),
        ] {
            let expected: Value = serde_json::from_str(text).expect("serde_json reads it");
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn tags_say_what_a_scalar_is() {
        assert_eq!(tagged("200", "str"), Ok(Value::from("200")));
        assert_eq!(tagged("0x10", "int"), Ok(Value::from(16)));
        assert_eq!(tagged("3", "float"), Ok(Value::from(3.0)));
        assert_eq!(tagged("", "null"), Ok(Value::Null));
        assert_eq!(tagged("TRUE", "bool"), Ok(Value::Bool(true)));
        assert_eq!(tagged("x", "int"), Err("an integer"));
        assert_eq!(tagged("yes", "bool"), Err("true or false"));
        assert_eq!(tagged(".inf", "float"), Err("a finite number"));
    }
}
