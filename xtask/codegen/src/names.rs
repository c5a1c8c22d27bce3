//! How words of the document become Rust names.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// Names that generated code must not redefine: they would shadow what it uses.
const TAKEN_TYPES: &[&str] = &[
    "Box", "Default", "Err", "None", "Ok", "Option", "Self", "Some", "String", "Vec",
];

/// The words of a title such as `Send 2FA E-mail to Creator`: `send`, `2fa`, `email`, `to`, `creator`.
///
/// A hyphen joins a prefix (`E-mail`, `Re-authenticate`) and parts two words elsewhere (`DRM-protected`).
pub fn title_words(title: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in title.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'') {
        let word = word.replace('\'', "").to_lowercase();
        match word.split_once('-') {
            Some((prefix @ ("e" | "re" | "un"), rest)) if !rest.is_empty() => {
                words.push(format!("{prefix}{}", rest.replace('-', "")));
            }
            _ => words.extend(word.split('-').map(str::to_owned)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `words` as one `snake_case` name.
pub fn snake(words: &str) -> String {
    words.to_snake_case()
}

/// `words` as one name for a type. Digits stay with the letters after them: `submit_2fa` → `Submit2fa`.
pub fn type_name(words: &str) -> String {
    let name: String = words
        .to_upper_camel_case()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        format!("Value{name}")
    } else {
        name
    };
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}Value")
    } else {
        name
    }
}

/// The name of one element of what `plural` names: `accounts` → `account`.
pub fn singular(plural: &str) -> String {
    let lower = plural.to_lowercase();
    let cut = |n: usize| plural[..plural.len() - n].to_owned();
    if !plural.is_ascii() || plural.len() < 4 {
        plural.to_owned()
    } else if lower.ends_with("ies") {
        format!("{}y", cut(3))
    } else if ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        cut(2)
    } else if lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) {
        cut(1)
    } else {
        plural.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_the_words_that_a_person_would_say() {
        let words = |title| title_words(title).join(" ");
        assert_eq!(
            words("Send 2FA E-mail to Creator"),
            "send 2fa email to creator"
        );
        assert_eq!(words("Re-authenticate Account"), "reauthenticate account");
        assert_eq!(
            words("Download DRM-protected Media"),
            "download drm protected media"
        );
        assert_eq!(words("Saved For Later (Posts)"), "saved for later posts");
        assert_eq!(words("Mark Fan's Chat / Read"), "mark fans chat read");
    }

    #[test]
    fn type_names_are_identifiers_and_shadow_nothing() {
        assert_eq!(type_name("submit_2fa body"), "Submit2faBody");
        assert_eq!(type_name("2025-01-01"), "Value20250101");
        assert_eq!(type_name("option"), "OptionValue");
        assert_eq!(type_name("{PRICE}"), "Price");
        assert_eq!(type_name("…"), "Value");
    }

    #[test]
    fn one_of_many_is_singular() {
        for (plural, one) in [
            ("accounts", "account"),
            ("categories", "category"),
            ("boxes", "box"),
            ("status", "status"),
            ("address", "address"),
            ("media", "media"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
