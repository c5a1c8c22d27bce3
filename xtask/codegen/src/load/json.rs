//! JSON that the YAML parser refuses although YAML 1.2 means to hold all of it.

use serde_json::Value;

/// The value of `text` as JSON, and `text` so respelled that the YAML parser accepts it: of the same length, and
/// every node in the same place. None when `text` is no JSON.
///
/// The parser refuses tabs in some places, and the pairs of escapes that JSON (and so PHP's `json_encode`) writes for
/// characters such as emoji.
pub(super) fn respelled(text: &str) -> Option<(Value, String)> {
    let json = text.trim_start_matches('\u{feff}');
    if !json.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let value = serde_json::from_str(json).ok()?;
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            // In valid JSON a tab is never part of a string.
            b'\t' => bytes[at] = b' ',
            b'\\' => {
                if matches!(bytes.get(at + 1), Some(b'u'))
                    && matches!(bytes.get(at + 2), Some(b'd' | b'D'))
                    && matches!(
                        bytes.get(at + 3),
                        Some(b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F')
                    )
                {
                    bytes[at] = b'_';
                }
                at += 1;
            }
            _ => {}
        }
        at += 1;
    }
    let respelled = String::from_utf8(bytes).ok()?;
    (respelled != text).then_some((value, respelled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_surrogate_pairs_are_respelled_in_place() {
        let text = "{\n\t\"a\":\t\"\\ud83d\\uDE00 \\\\ud83d \\u00e9\"}";
        let (value, respelled) = respelled(text).expect("JSON");
        assert_eq!(value["a"], "😀 \\ud83d é");
        assert_eq!(respelled, "{\n \"a\": \"_ud83d_uDE00 \\\\ud83d \\u00e9\"}");
    }

    #[test]
    fn what_is_no_json_stays() {
        assert_eq!(respelled("{a:\t1}"), None);
        assert_eq!(respelled("a:\t1"), None);
        assert_eq!(respelled("{\"a\": 1}"), None);
    }
}
