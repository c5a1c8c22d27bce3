//! What a document says of things that should not be used any more.

use serde_json::{Map, Value};

/// Why the thing is deprecated that `says` is about, an operation, a parameter or a schema; empty where the document only
/// says that it is, none where it is not.
pub(super) fn read(says: &Map<String, Value>) -> Option<String> {
    match says.get("deprecated")? {
        Value::Bool(true) => {
            let texts = ["summary", "description"].into_iter();
            let mut texts = texts.filter_map(|key| says.get(key)?.as_str());
            Some(texts.find_map(sentence).unwrap_or_default())
        }
        Value::String(reason) => Some(reason.trim().to_owned()),
        _ => None,
    }
}

/// The first sentence of `text` that speaks of it.
fn sentence(text: &str) -> Option<String> {
    let sentences = text.lines().flat_map(|line| line.split_inclusive(". "));
    let mut sentences = sentences.map(str::trim);
    let found = sentences.find(|sentence| sentence.to_lowercase().contains("deprecated"))?;
    Some(found.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn the_reason_is_the_sentence_that_speaks_of_it() {
        let read = |value: serde_json::Value| super::read(value.as_object().expect("a mapping"));
        assert_eq!(read(json!({})), None);
        assert_eq!(read(json!({ "deprecated": false })), None);
        assert_eq!(read(json!({ "deprecated": true })).as_deref(), Some(""));
        let described =
            json!({ "deprecated": true, "description": "Lists. Deprecated: use `/b`. Soon." });
        assert_eq!(read(described).as_deref(), Some("Deprecated: use `/b`."));
        let scribe = json!({ "deprecated": "Use `/b` instead" });
        assert_eq!(read(scribe).as_deref(), Some("Use `/b` instead"));
    }
}
