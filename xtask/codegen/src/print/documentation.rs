//! Upstream's text as documentation that can be nothing but text: no doctest, no link to an item, no HTML.

use proc_macro2::TokenStream;
use quote::quote;

/// The longest text that becomes documentation, in characters; upstream may write any amount.
const LONGEST: usize = 20_000;

/// `#[doc]` attributes for `text`, a line each.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = lines(text).into_iter().map(|line| {
        let line = if line.is_empty() {
            line
        } else {
            format!(" {line}")
        };
        quote! { #[doc = #line] }
    });
    quote! { #(#lines)* }
}

/// `documentation` with `lines` of ours as a paragraph of their own.
pub(super) fn followed_by(documentation: TokenStream, lines: &[String]) -> TokenStream {
    let border = (!documentation.is_empty() && !lines.is_empty()).then(|| quote! { #[doc = ""] });
    let lines = lines.iter().map(|line| {
        let line = format!(" {line}");
        quote! { #[doc = #line] }
    });
    quote! { #documentation #border #(#lines)* }
}

/// The attribute of what should not be used any more, with the reason where there is one.
pub(super) fn deprecated(reason: Option<&String>) -> TokenStream {
    match reason.map(|reason| lines(reason).join(" ")) {
        None => quote! {},
        Some(reason) if reason.is_empty() => quote! { #[deprecated] },
        Some(reason) => quote! { #[deprecated = #reason] },
    }
}

/// The lines of `text`, each safe to stand behind `///`.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let short: String = text.chars().take(LONGEST).collect();
    for line in short.lines() {
        let clean: String = line
            .chars()
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| !c.is_control() && !changes_direction(*c))
            .collect();
        // Four spaces before a line, or behind the mark of a list, would make it code, and code in Rust documentation is
        // compiled and run.
        let words: Vec<&str> = clean.split_whitespace().collect();
        let safe = escape(&words.join(" "));
        if !safe.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(safe);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Marks that turn text around on a screen, so that it reads otherwise than it is; rustc refuses them in comments.
fn changes_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// One line with everything escaped that Markdown or rustdoc could take for more than text, except code between
/// backticks, which is nothing but text.
fn escape(line: &str) -> String {
    let fence = line.starts_with("```") || line.starts_with("~~~");
    let paired = !fence && !line.contains("``") && line.matches('`').count().is_multiple_of(2);
    let mut safe = String::with_capacity(line.len());
    let mut in_code = false;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '`' && paired {
            in_code = !in_code;
            safe.push(c);
        } else if in_code {
            safe.push(c);
        } else if let Some(address) = web_address(rest) {
            safe.push('<');
            safe.push_str(address);
            safe.push('>');
            rest = &rest[address.len()..];
            continue;
        } else {
            if is_markup(c, &safe, &rest[c.len_utf8()..]) {
                safe.push('\\');
            }
            safe.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    safe
}

/// Whether Markdown could take `c`, between `before` and `after`, for more than itself.
fn is_markup(c: char, before: &str, after: &str) -> bool {
    match c {
        '\\' | '`' | '[' | ']' | '<' | '>' | '*' | '~' | '|' => true,
        // Within a word an underscore is nothing but one.
        '_' => {
            !before.ends_with(|c: char| c.is_alphanumeric())
                || !after.starts_with(|c: char| c.is_alphanumeric())
        }
        '&' => !after.starts_with(' '),
        '#' | '=' => before.is_empty(),
        '+' | '-' => before.is_empty() && !after.starts_with(' '),
        _ => false,
    }
}

/// The web address that `text` starts with, if it has nothing in it that could end a link early.
fn web_address(text: &str) -> Option<&str> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c)))
        .unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '\'', '*']);
    (address.len() > "https://".len()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> String {
        lines(text).join("\n")
    }

    #[test]
    fn prose_stays_readable() {
        assert_eq!(
            one("Use `mobile_app`, or not."),
            "Use `mobile_app`, or not."
        );
        assert_eq!(one("cookies & the auth_id"), "cookies & the auth_id");
        assert_eq!(one("_x_ and 2 * 3"), "\\_x\\_ and 2 \\* 3");
        assert_eq!(
            one("Get it at https://example.com/keys."),
            "Get it at <https://example.com/keys>."
        );
        assert_eq!(one("- one\n- two"), "- one\n- two");
    }

    #[test]
    fn nothing_becomes_code() {
        assert_eq!(one("    let x = 1;"), "let x = 1;");
        assert_eq!(one("```\npanic!()\n```"), "\\`\\`\\`\npanic!()\n\\`\\`\\`");
        assert_eq!(one("~~~rust"), "\\~\\~\\~rust");
        assert_eq!(one("a */ b"), "a \\*/ b");
        // Behind the mark of a list, five spaces begin code.
        for mark in ["-", "+", "1.", "2)"] {
            assert_eq!(
                one(&format!("{mark}     panic!()")),
                format!("{mark} panic!()")
            );
            assert_eq!(
                one(&format!("{mark} \t\tpanic!()")),
                format!("{mark} panic!()")
            );
            assert_eq!(
                one(&format!("{mark}\u{3000}     panic!()")),
                format!("{mark} panic!()")
            );
        }
    }

    #[test]
    fn nothing_becomes_a_link_or_html() {
        assert_eq!(one("[`Client`](x)"), "\\[`Client`\\](x)");
        assert_eq!(one("<script>x</script>"), "\\<script\\>x\\</script\\>");
        assert_eq!(one("&lt;b&gt;"), "\\&lt;b\\&gt;");
        assert_eq!(one("an odd ` backtick [x]"), "an odd \\` backtick \\[x\\]");
    }

    #[test]
    fn nothing_turns_the_text_around() {
        assert_eq!(one("a\u{202e}b\u{2066}c\rd\u{0}"), "abcd");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert!(one(&"x".repeat(1_000_000)).len() <= LONGEST);
    }
}
