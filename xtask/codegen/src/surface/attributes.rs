//! The attributes of an item: which of them a user or the wire can see, and in which words.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

use super::text;
use crate::calls::Field;

/// What the attributes of a type, a field, a variant or a function say.
#[derive(Default)]
pub(super) struct Attributes {
    /// The derived traits, without their paths.
    pub(super) traits: Vec<String>,
    pub(super) non_exhaustive: bool,
    pub(super) deprecated: bool,
    pub(super) untagged: bool,
    pub(super) transparent: bool,
    pub(super) flatten: bool,
    /// The name on the wire, when one is given for both directions.
    pub(super) rename: Option<String>,
    /// `default` without a function of its own.
    pub(super) default: bool,
    /// The function of `skip_serializing_if`.
    pub(super) skip_if: Option<String>,
    /// Everything else, each in a word of its own.
    pub(super) other: Vec<String>,
}

impl Attributes {
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let mut found = Self::default();
        for attribute in attributes {
            found.attribute(attribute);
        }
        found.traits.sort();
        found.other.sort();
        found
    }

    /// What the runtime's macro says of a field, in place of attributes.
    pub(super) fn field_of_object(&mut self, field: &Field) {
        self.rename = Some(field.wire.clone());
        if field.optional {
            self.default = true;
            self.skip_if = Some("Option::is_none".to_owned());
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let path = attribute.path();
        if path.is_ident("non_exhaustive") {
            self.non_exhaustive = true;
        } else if path.is_ident("deprecated") {
            self.deprecated = true;
        } else if path.is_ident("derive")
            && let Ok(traits) =
                attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)
        {
            self.traits.extend(traits.iter().map(trait_name));
        } else if path.is_ident("serde")
            && let Ok(metas) =
                attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        {
            for meta in &metas {
                self.serde(meta);
            }
        } else if let Some(text) = other(attribute) {
            self.other.push(text);
        }
    }

    fn serde(&mut self, meta: &Meta) {
        let name = meta.path().get_ident().map(ToString::to_string);
        match (name.as_deref().unwrap_or_default(), meta, string(meta)) {
            ("untagged", Meta::Path(_), _) => self.untagged = true,
            ("transparent", Meta::Path(_), _) => self.transparent = true,
            ("flatten", Meta::Path(_), _) => self.flatten = true,
            ("default", Meta::Path(_), _) => self.default = true,
            ("rename", _, Some(name)) => self.rename = Some(name),
            ("skip_serializing_if", _, Some(function)) => self.skip_if = Some(function),
            _ => self.other.push(format!("serde({})", text::tokens(meta))),
        }
    }

    /// The words for the container of fields or variants.
    pub(super) fn container_words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for (flag, word) in [
            (self.untagged, "untagged"),
            (self.transparent, "transparent"),
            (self.non_exhaustive, "non_exhaustive"),
        ] {
            if flag {
                words.push(word.to_owned());
            }
        }
        if self.default {
            words.push("serde(default)".to_owned());
        }
        if let Some(name) = &self.rename {
            words.push(format!("serde(rename = {})", text::quoted(name)));
        }
        words.extend(self.last_words());
        words
    }

    /// How a field is decoded when it is absent, and encoded when it is empty.
    pub(super) fn presence_words(&self, optional: bool) -> Vec<String> {
        let mut words = Vec::new();
        if self.flatten {
            words.push("flatten".to_owned());
        }
        match (&self.skip_if, self.default, optional) {
            (Some(function), true, true) if function == "Option::is_none" => {
                words.push("optional".to_owned());
            }
            (None, false, true) => words.push("nullable".to_owned()),
            (None, false, false) if !self.flatten => words.push("required".to_owned()),
            (skip, default, _) => {
                if default {
                    words.push("default".to_owned());
                }
                if let Some(function) = skip {
                    words.push(format!("skip_if({function})"));
                }
            }
        }
        words
    }

    /// `deprecated` and all that has no words of its own.
    pub(super) fn last_words(&self) -> Vec<String> {
        let mut words = self.other.clone();
        if self.deprecated {
            words.push("deprecated".to_owned());
        }
        words
    }
}

/// An attribute that has no meaning here, as it stands.
pub(super) fn other(attribute: &Attribute) -> Option<String> {
    Some(text::tokens(attribute)).filter(|text| !text.is_empty())
}

/// A trait as a user names it in a bound: without the path before it.
pub(super) fn trait_name(path: &syn::Path) -> String {
    path.segments.last().map(text::tokens).unwrap_or_default()
}

fn string(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            syn::Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
