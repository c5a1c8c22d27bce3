//! The attributes that typify writes, as far as they say something.

/// What typify says with `#[serde(…)]`.
#[derive(Default)]
pub(super) struct SerdeOptions {
    pub(super) rename: Option<String>,
    /// The field is left out when it holds nothing: it is optional.
    pub(super) skips: bool,
    pub(super) untagged: bool,
}

impl SerdeOptions {
    pub(super) fn read(attributes: &[syn::Attribute]) -> Self {
        let mut options = Self::default();
        for attribute in attributes {
            if !attribute.path().is_ident("serde") {
                continue;
            }
            // A form that is not understood here says nothing; what it would have said is checked by the lossless test.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    options.rename = Some(meta.value()?.parse::<syn::LitStr>()?.value());
                } else if meta.path.is_ident("skip_serializing_if") {
                    meta.value()?.parse::<syn::LitStr>()?;
                    options.skips = true;
                } else if meta.path.is_ident("untagged") {
                    options.untagged = true;
                } else if meta.input.peek(syn::Token![=]) {
                    meta.value()?.parse::<syn::Expr>()?;
                }
                Ok(())
            });
        }
        options
    }
}

/// The text of the `#[doc]` attributes; typify's stand-in for a missing description (the name alone) is none.
pub(super) fn documentation(attributes: &[syn::Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let syn::Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) = &pair.value
        {
            lines.push(text.value());
        }
    }
    let text = lines.join("\n");
    let bare = text.trim();
    let name_alone = bare.len() > 2
        && bare.starts_with('`')
        && bare.ends_with('`')
        && bare[1..bare.len() - 1]
            .chars()
            .all(|c| c.is_ascii_alphanumeric());
    if name_alone || bare.is_empty() {
        String::new()
    } else {
        text
    }
}
