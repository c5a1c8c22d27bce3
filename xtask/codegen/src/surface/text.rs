//! How Rust is written in a surface: without documentation, with paths cut short, and spaced the same way always.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use sha2::{Digest as _, Sha256};
use syn::visit_mut::{self, VisitMut};

/// Names that mean something else without `types::` before them.
const TAKEN: &[&str] = &[
    "Box",
    "Call",
    "Client",
    "Error",
    "Operation",
    "Option",
    "Response",
    "Result",
    "Self",
    "String",
    "Vec",
];

/// Attributes that neither a user's code nor the wire can see.
const UNSEEN: &[&str] = &[
    "allow", "doc", "expect", "forbid", "inline", "must_use", "rustfmt", "warn", "deny",
];

/// Takes documentation and lint levels out and cuts paths short, everywhere in `file`.
pub(super) fn normalise(file: &mut syn::File) {
    struct Normalise;

    impl VisitMut for Normalise {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
            attributes.retain(|attribute| {
                let first = attribute.path().segments.first();
                !first.is_some_and(|first| UNSEEN.iter().any(|unseen| first.ident == unseen))
            });
            for attribute in attributes {
                self.visit_attribute_mut(attribute);
            }
        }

        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            visit_mut::visit_path_mut(self, path);
            shorten(path);
        }
    }

    Normalise.visit_file_mut(file);
}

/// `types::X` and `super::types::X` become `X`, `::std::string::String` becomes `String`.
fn shorten(path: &mut syn::Path) {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let keep = match names.as_slice() {
        ["types" | "super", .., last] if TAKEN.contains(last) && names.contains(&"types") => 2,
        ["types", _] | ["super", "types", _] => 1,
        ["std" | "core" | "alloc", "string", "String"]
        | ["std" | "core" | "alloc", "option", "Option"]
        | ["std" | "core" | "alloc", "vec", "Vec"]
        | ["std" | "core" | "alloc", "boxed", "Box"]
        | ["std" | "core" | "alloc", "result", "Result"] => 1,
        ["std" | "core" | "alloc", ..] => names.len(),
        _ => return,
    };
    path.leading_colon = None;
    let cut = names.len() - keep;
    path.segments = std::mem::take(&mut path.segments)
        .into_iter()
        .skip(cut)
        .collect();
}

/// The name without `r#`, as serde reads it.
pub(super) fn name(ident: &syn::Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// Whether code outside the crate's own generated modules can name it.
pub(super) fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// The items of an inline module.
pub(super) fn items(module: &syn::ItemMod) -> Vec<&syn::Item> {
    module.content.iter().flat_map(|(_, items)| items).collect()
}

/// A name or value from the wire as one word: as it is, or quoted.
pub(super) fn word(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        quoted(value)
    }
}

/// A path template as one word.
pub(super) fn path_word(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-/{}:@~$,".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        quoted(value)
    }
}

/// `value` as a JSON string.
pub(super) fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// A type as one word: in parentheses when it has a space outside of brackets.
pub(super) fn type_word(ty: &syn::Type) -> String {
    let text = tokens(ty);
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => return format!("({text})"),
            _ => {}
        }
    }
    text
}

/// T of `impl Into<T>`.
pub(super) fn into_target(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::ImplTrait(implementation) = ty else {
        return None;
    };
    let [syn::TypeParamBound::Trait(bound)] = Vec::from_iter(&implementation.bounds)[..] else {
        return None;
    };
    argument_of(&bound.path, "Into")
}

/// `Items<T>` of `impl IntoIterator<Item = impl Into<T>>`, `Entries<T>` where the items are pairs of a name and a T.
pub(super) fn items_target(ty: &syn::Type) -> Option<String> {
    let text = tokens(ty);
    let items = text
        .strip_prefix("impl IntoIterator<Item = ")?
        .strip_suffix('>')?;
    let target = |text: &str| -> Option<String> {
        let target = text.strip_prefix("impl Into<")?.strip_suffix('>')?;
        syn::parse_str::<syn::Type>(target).ok()?;
        Some(target.to_owned())
    };
    match items.strip_prefix("(impl Into<String>, ") {
        Some(value) => Some(format!("Entries<{}>", target(value.strip_suffix(')')?)?)),
        None => Some(format!("Items<{}>", target(items)?)),
    }
}

/// T of `Option<T>`.
pub(super) fn option_target(ty: &syn::Type) -> Option<&syn::Type> {
    match ty {
        syn::Type::Path(path) if path.qself.is_none() => argument_of(&path.path, "Option"),
        _ => None,
    }
}

/// The only argument of the path `name<…>`.
pub(super) fn argument_of<'a>(path: &'a syn::Path, name: &str) -> Option<&'a syn::Type> {
    let segment = path.segments.last().filter(|_| path.segments.len() == 1)?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    let [syn::GenericArgument::Type(ty)] = Vec::from_iter(&arguments.args)[..] else {
        return None;
    };
    (segment.ident == name).then_some(ty)
}

/// The first 12 hexadecimal digits of the text's SHA-256: for code that only has to be noticed when it changes.
pub(super) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Rust on one line, spaced by its tokens alone, so that two ways to make the same tokens print the same.
pub(super) fn tokens(value: &impl ToTokens) -> String {
    let mut printer = Printer::default();
    printer.stream(value.to_token_stream());
    printer.out
}

#[derive(Default)]
struct Printer {
    out: String,
    last: String,
}

impl Printer {
    fn stream(&mut self, stream: TokenStream) {
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(punct) => {
                    let mut text = punct.as_char().to_string();
                    if let Some(TokenTree::Punct(next)) = trees.peek() {
                        let pair = format!("{text}{}", next.as_char());
                        if ["::", "->", "=>", "..", "==", "!=", "&&", "||"].contains(&pair.as_str())
                        {
                            text = pair;
                            trees.next();
                        }
                    }
                    self.token(&text);
                }
                other => {
                    let text = other.to_string();
                    self.token(&text.replace('\r', "\\r").replace('\n', "\\n"));
                }
            }
        }
    }

    fn group(&mut self, group: &proc_macro2::Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => ("", ""),
        };
        if open.is_empty() {
            return self.stream(group.stream());
        }
        self.token(open);
        self.stream(group.stream());
        if self.last == "," {
            // A trailing comma means nothing, but a tuple of one has to keep its own.
            let inside = group.stream().into_iter().count();
            if inside > 2 || open != "(" {
                self.out.pop();
            }
        }
        if group.stream().is_empty() {
            self.out.push_str(close);
            self.last = close.to_owned();
        } else {
            self.token(close);
        }
    }

    fn token(&mut self, text: &str) {
        if self.space_before(text) {
            self.out.push(' ');
        }
        self.out.push_str(text);
        self.last = text.to_owned();
    }

    fn space_before(&self, text: &str) -> bool {
        const APART: &[&str] = &["->", "=>", "=", "+", "{", "==", "!=", "&&", "||", "|"];
        let last = self.last.as_str();
        let wordy = |text: &str| {
            text.chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || "_\"'".contains(c))
                && text != "'"
        };
        if last.is_empty() || text == "," || text == ";" {
            return false;
        }
        if APART.contains(&text) || APART.contains(&last) || [",", ";", ":"].contains(&last) {
            return true;
        }
        let starts_word = wordy(text) || text == "'" || text == "#";
        text == "}" || (starts_word && (wordy(last) || [">", ")", "]", "}"].contains(&last)))
    }
}
