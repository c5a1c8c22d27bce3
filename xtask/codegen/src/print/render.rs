//! `syn::File` → the text of the client, with the header that says where it comes from.

/// The text of the client. `fingerprint` is that of the specification it was made from.
pub fn render(file: &syn::File, fingerprint: &str) -> String {
    format!(
        "// Made by `cargo xtask regen` from spec/, with scribe-codegen {} and progenitor {}. Do not edit.\n\
         // spec: {fingerprint}\n\n{}",
        env!("CARGO_PKG_VERSION"),
        PROGENITOR,
        spaced(&prettyplease::unparse(file)),
    )
}

/// The version that Cargo.toml pins; a test compares the two.
const PROGENITOR: &str = "0.15.1";

/// A blank line between items and methods: prettyplease puts none.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 20);
    let mut ended = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let closes = line.trim_start().starts_with(['}', ')']);
        if ended == Some(indent) && !closes && indent <= 8 {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        let is_prose = line.trim_start().starts_with("//");
        let ends_item = !is_prose
            && (line.ends_with('}')
                || line.ends_with("};")
                || line.ends_with(");")
                || line.trim_start().starts_with("use "));
        ended = (ends_item && (indent == 0 || indent == 4 || line.trim() == "}")).then_some(indent);
    }
    spaced
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_header_names_the_version_that_is_pinned() {
        let manifest = include_str!("../../Cargo.toml");
        let pinned = format!("progenitor = {{ version = \"={}\"", super::PROGENITOR);
        assert!(
            manifest.contains(&pinned),
            "set PROGENITOR to the pinned version"
        );
    }
}
