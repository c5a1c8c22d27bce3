//! Whether a value is what a schema wants, in the words of a Laravel validator.

use std::collections::BTreeMap;

use serde_json::Value;

/// What is wrong with each field.
pub type Problems = BTreeMap<String, Vec<String>>;

/// Where a value comes from: texts of a URL or a form stand for numbers and booleans.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Json,
    Texts,
}

/// Adds what is wrong with `value` at `place`.
pub fn check(schema: &Value, value: &Value, place: &str, origin: Origin, problems: &mut Problems) {
    let mut refuse = |what: String| {
        let words = place.replace('_', " ");
        problems
            .entry(place.to_owned())
            .or_default()
            .push(format!("The {words} {what}."));
    };
    // Laravel takes null for nothing at all.
    if value.is_null() {
        return;
    }
    if let Some(members) = schema.get("oneOf").and_then(Value::as_array) {
        let fits = members.iter().any(|member| {
            let mut found = Problems::new();
            check(member, value, place, origin, &mut found);
            found.is_empty()
        });
        if !fits {
            refuse("field is of no known form".into());
        }
        return;
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
        let same = |choice: &Value| choice == value || text(choice) == text(value);
        if !choices.iter().any(same) {
            let words = place.replace('_', " ");
            let problem = format!("The selected {words} is invalid.");
            problems.entry(place.to_owned()).or_default().push(problem);
        }
        return;
    }
    let is_text = origin == Origin::Texts;
    let parsed = value.as_str().filter(|_| is_text);
    if schema.get("format").is_some() {
        if !(value.get("file").is_some() || value.is_string()) {
            refuse("field must be a file".into());
        }
        return;
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") if value.is_object() => object(schema, value, place, origin, problems),
        // PHP writes an empty object as a list.
        Some("object") if *value != Value::Array(Vec::new()) => {
            refuse("field must be an object".into())
        }
        Some("array") => match value.as_array() {
            Some(items) => {
                let schema = schema.get("items").unwrap_or(&Value::Null);
                for (index, item) in items.iter().enumerate() {
                    check(schema, item, &format!("{place}.{index}"), origin, problems);
                }
            }
            None => refuse("field must be an array".into()),
        },
        Some("integer") => {
            let whole = value.is_i64() || value.is_u64();
            if !(whole || parsed.is_some_and(|text| text.parse::<i128>().is_ok())) {
                refuse("field must be an integer".into());
            }
        }
        Some("number")
            if !(value.is_number() || parsed.is_some_and(|text| text.parse::<f64>().is_ok())) =>
        {
            refuse("field must be a number".into());
        }
        // Of texts Laravel takes these two, and not the words.
        Some("boolean")
            if !(value.is_boolean() || parsed.is_some_and(|text| ["0", "1"].contains(&text))) =>
        {
            refuse("field must be true or false".into());
        }
        Some("string") if !value.is_string() => refuse("field must be a string".into()),
        _ => {}
    }
}

fn object(schema: &Value, value: &Value, place: &str, origin: Origin, problems: &mut Problems) {
    let within = |name: &str| match place {
        "" => name.to_owned(),
        place => format!("{place}.{name}"),
    };
    let required = schema.get("required").and_then(Value::as_array);
    for name in required.into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none_or(Value::is_null) {
            let place = within(name);
            let words = place.replace('_', " ");
            let problem = format!("The {words} field is required.");
            problems.entry(place).or_default().push(problem);
        }
    }
    let properties = schema.get("properties");
    let others = schema.get("additionalProperties");
    for (name, value) in value.as_object().into_iter().flatten() {
        let schema = properties.and_then(|properties| properties.get(name));
        if let Some(schema) = schema.or(others) {
            check(schema, value, &within(name), origin, problems);
        }
    }
}

/// A scalar as text.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problems(schema: &Value, value: &Value, origin: Origin) -> Vec<String> {
        let mut problems = Problems::new();
        check(schema, value, "", origin, &mut problems);
        problems.into_values().flatten().collect()
    }

    #[test]
    fn each_kind_of_value_is_told_from_the_others() {
        let schema = json!({"type": "object", "required": ["text", "media"], "properties": {
            "text": {"type": "string"}, "count": {"type": "integer"}, "price": {"type": "number"},
            "locked": {"type": "boolean"}, "media": {"type": "array", "items": {"type": "string"}},
            "kind": {"type": "string", "enum": ["a", "b"]}, "file": {"type": "string", "format": "binary"},
            "any": {}, "one": {"oneOf": [{"type": "integer"}, {"type": "boolean"}]},
        }});
        let right = json!({"text": "", "count": 1, "price": 1, "locked": false, "media": [], "kind": "b", "any": {}, "one": true});
        assert!(problems(&schema, &right, Origin::Json).is_empty());
        let texts = json!({"text": "1", "count": "1", "price": "1.5", "locked": "0", "media": ["1"], "file": {"file": "a"}, "one": "1"});
        assert!(problems(&schema, &texts, Origin::Texts).is_empty());
        let wrong = json!({"count": 1.5, "price": "1", "locked": 1, "media": [1], "kind": "c", "file": 1, "one": "x", "unknown": 1});
        insta::assert_snapshot!(problems(&schema, &wrong, Origin::Json).join("\n"), @r"
        The count field must be an integer.
        The file field must be a file.
        The selected kind is invalid.
        The locked field must be true or false.
        The media.0 field must be a string.
        The one field is of no known form.
        The price field must be a number.
        The text field is required.
        ");
        let words = json!({"text": "a", "media": [], "locked": "true"});
        assert_eq!(
            problems(&schema, &words, Origin::Texts),
            ["The locked field must be true or false."]
        );
    }
}
