//! How words of the document become Rust names.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// Names that generated code must not redefine: they would shadow what it uses.
const TAKEN_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// The longest name, in characters.
pub const LONGEST: usize = 60;

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

/// `words` as one `snake_case` name, at most [`LONGEST`] long: of a longer one the first words are kept.
pub fn snake(words: &str) -> String {
    let name = ascii(words).to_snake_case();
    if name.len() <= LONGEST {
        return name;
    }
    let mut end = LONGEST;
    while end > 0 && !name[end..].starts_with('_') {
        end -= 1;
    }
    name[..if end == 0 { LONGEST } else { end }].to_owned()
}

/// `words` as the name of a field or of an argument.
pub fn field_name(words: &str) -> String {
    let name = snake(words);
    match name.chars().next() {
        None => "value".into(),
        Some(first) if first.is_ascii_digit() => format!("value_{name}"),
        Some(_) if is_keyword(&name) => format!("{name}_"),
        Some(_) => name,
    }
}

/// `words` as the name of a variant.
pub fn variant_name(words: &str) -> String {
    if words.trim().is_empty() {
        return "Empty".into();
    }
    let name = pascal(words);
    match name.chars().next() {
        None => "Value".into(),
        Some(first) if first.is_ascii_digit() => format!("Value{name}"),
        Some(_) if name == "Self" => "SelfValue".into(),
        Some(_) => name,
    }
}

/// `words` as one name for a type. Digits stay with the letters after them: `submit_2fa` → `Submit2fa`.
pub fn type_name(words: &str) -> String {
    let name = pascal(words);
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

/// `words` as letters and digits, each word with a capital, at most [`LONGEST`] long.
fn pascal(words: &str) -> String {
    let mut name: String = ascii(words).to_upper_camel_case();
    // `Plan`, `B`, `C` → `PlanBC`, which reads as `PlanBc` from then on.
    loop {
        let again = name.to_upper_camel_case();
        if again == name {
            break;
        }
        name = again;
    }
    if name.len() <= LONGEST {
        return name;
    }
    let mut end = LONGEST;
    while end > 0 && !name.as_bytes()[end].is_ascii_uppercase() {
        end -= 1;
    }
    name[..if end == 0 { LONGEST } else { end }].to_owned()
}

/// `words` in Latin letters and digits; everything else parts words.
fn ascii(words: &str) -> String {
    // What does not fit into a name need not be read.
    let words: String = words
        .chars()
        .take(4 * LONGEST)
        .filter(|c| *c != '\'')
        .collect();
    deunicode::deunicode_with_tofu(&words, " ")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect()
}

/// `wanted`, or with a number where it is taken, which it is from now on.
pub fn unique(wanted: String, taken: &mut std::collections::HashSet<String>) -> String {
    let mut name = wanted.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        // The number must fit in as well.
        let stem = &wanted[..wanted.len().min(LONGEST - 4)];
        let stem = stem.trim_end_matches('_');
        let separator = if wanted.starts_with(|c: char| c.is_ascii_uppercase()) {
            ""
        } else {
            "_"
        };
        name = format!("{stem}{separator}{number}");
        number += 1;
    }
    name
}

/// Whether Rust has the word for itself, in any edition.
pub fn is_keyword(word: &str) -> bool {
    !typify_impl::accept_as_ident(word)
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
