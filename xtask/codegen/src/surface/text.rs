//! The words of a line: how values and lists are written as one, and how a line is taken apart again.

/// A name or value from the wire as one word: as it is, or quoted.
pub(super) fn word(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    plain_or_quoted(value, plain)
}

/// A path template as one word.
pub(super) fn path_word(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-/{}:@~$,".contains(c);
    plain_or_quoted(value, plain)
}

fn plain_or_quoted(value: &str, plain: impl Fn(char) -> bool) -> String {
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        serde_json::Value::from(value).to_string()
    }
}

/// What `word` or `path_word` wrote.
pub(super) fn value(word: &str) -> String {
    serde_json::from_str(word).unwrap_or_else(|_| word.to_owned())
}

/// `(a, b)`.
pub(super) fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<T> = items.into_iter().collect();
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    format!("({})", items.join(", "))
}

/// `a` and `b` of `(a, b)`.
pub(super) fn items(word: &str) -> Vec<String> {
    let inside = word
        .strip_prefix('(')
        .and_then(|word| word.strip_suffix(')'))
        .unwrap_or(word);
    let parts = split(inside, ',').into_iter().map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The parts between `separator`s that stand outside of brackets and quotes.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    if !text.contains(['"', '(', '[', '{', '<']) {
        return text
            .split(separator)
            .filter(|part| !part.is_empty())
            .collect();
    }
    let mut parts = Vec::new();
    let (mut depth, mut quoted, mut start, mut last) = (0_usize, false, 0, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '"' if last != '\\' => quoted = !quoted,
            // A backslash that is itself escaped escapes nothing.
            '\\' if quoted && last == '\\' => {
                last = ' ';
                continue;
            }
            _ if quoted => {}
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if last == '-' || last == '=' => {}
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ if c == separator && depth == 0 => {
                if start < at {
                    parts.push(&text[start..at]);
                }
                start = at + c.len_utf8();
            }
            _ => {}
        }
        last = c;
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

/// `text` with every identifier for which `other` knows another put in its place.
pub(crate) fn substitute<'n>(text: &str, other: &dyn Fn(&str) -> Option<&'n str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, name) in identifiers(text) {
        if let Some(new) = other(name) {
            out.push_str(&text[copied..start]);
            out.push_str(new);
            copied = start + name.len();
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// The identifiers outside of quotes that can be a generated type's name, with where they start: with `types::` or
/// nothing before them.
pub(crate) fn identifiers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut quoted, mut escaped, mut rest) = (false, false, 0);
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        let wordy = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        while rest < bytes.len() {
            let at = rest;
            if quoted || !wordy(bytes[at]) {
                match bytes[at] {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = quoted,
                    b'"' => quoted = !quoted,
                    _ => {}
                }
                rest += 1;
                continue;
            }
            while rest < bytes.len() && wordy(bytes[rest]) {
                rest += 1;
            }
            let before = &text[..at];
            if !before.ends_with("::") || before.ends_with("types::") {
                return Some((at, &text[at..rest]));
            }
        }
        None
    })
}
