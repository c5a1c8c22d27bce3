//! A value of any type of the client: as Rust, and as the JSON that it stands for.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use crate::client::{Client, argument, last_segment};
use crate::types::Shape;

/// The key of what stands for a file; the program knows it, too.
const FILE: &str = "\u{0}file";

/// How deep optional fields are set: a type may contain itself.
const DEPTH: usize = 4;

/// A value as Rust and as JSON.
pub type Sample = (TokenStream, Value);

/// Makes values, each text and number another one, so that none is taken for its neighbour.
pub struct Sampler<'a> {
    client: &'a Client,
    /// Whether optional fields are set as well.
    all: bool,
    count: u32,
}

impl<'a> Sampler<'a> {
    pub fn new(client: &'a Client, all: bool) -> Self {
        Self {
            client,
            all,
            count: 0,
        }
    }

    /// A value for a place that holds a text, a number or a boolean.
    pub fn scalar(&mut self, ty: &syn::Type) -> Sample {
        if is(ty, "Value") {
            let (tokens, text) = self.text("any");
            return (quote! { serde_json::Value::from(#tokens) }, text);
        }
        self.value(ty, 0)
    }

    /// A value of `ty`.
    pub fn any(&mut self, ty: &syn::Type) -> Sample {
        self.value(ty, 0)
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count
    }

    /// A text with what has a meaning in a URL, a form or a part of one.
    fn text(&mut self, word: &str) -> Sample {
        let text = format!("{word} é/{}&=+\"", self.next());
        (quote! { String::from(#text) }, text.into())
    }

    fn value(&mut self, ty: &syn::Type, depth: usize) -> Sample {
        let segment = last_segment(ty).unwrap_or_else(|| panic!("a type without a name"));
        let inner = argument(segment, 0);
        let name = segment.ident.to_string();
        if inner.is_none()
            && !is_foreign(ty)
            && let Some(shape) = self.client.types.get(&name)
        {
            return self.shape(&segment.ident, shape, depth);
        }
        match (name.as_str(), inner) {
            ("String", _) => self.text("text"),
            ("Secret", _) => {
                let (tokens, text) = self.text("secret");
                (quote! { runtime::Secret::new(#tokens) }, text)
            }
            ("Id", _) => self.text("id"),
            ("SecretValue", _) => {
                let (tokens, text) = self.text("secret");
                (quote! { runtime::SecretValue::from(#tokens) }, text)
            }
            ("bool", _) => (quote! { true }, json!(true)),
            ("i64" | "Integer", _) => {
                let number = i64::from(self.next());
                (quote! { #number }, json!(number))
            }
            ("u64", _) => {
                let number = u64::from(self.next());
                (quote! { #number }, json!(number))
            }
            ("f64", _) => {
                let number = f64::from(self.next()) + 0.5;
                (quote! { #number }, json!(number))
            }
            ("Number", _) => {
                let number = f64::from(self.next()) + 0.5;
                (quote! { runtime::Number::from(#number) }, json!(number))
            }
            ("Value", _) => {
                let (tokens, text) = self.text("any");
                (
                    quote! { serde_json::json!({ "any": [#tokens] }) },
                    json!({ "any": [text] }),
                )
            }
            ("Upload", _) => {
                let number = self.next();
                let bytes = [
                    0,
                    255,
                    b'\r',
                    b'\n',
                    b'-',
                    b'-',
                    u8::try_from(number).unwrap_or(0),
                ];
                let tokens = quote! { runtime::Upload::bytes(vec![#(#bytes),*]) };
                (tokens, json!({ FILE: bytes }))
            }
            ("Option", Some(inner)) => {
                let (tokens, value) = self.value(inner, depth);
                (quote! { Some(#tokens) }, value)
            }
            ("Box", Some(inner)) => {
                let (tokens, value) = self.value(inner, depth);
                (quote! { Box::new(#tokens) }, value)
            }
            ("Vec" | "List", Some(inner)) => {
                let (tokens, value) = match depth > DEPTH {
                    true => (quote! { vec![] }, json!([])),
                    false => {
                        let (tokens, value) = self.value(inner, depth + 1);
                        (quote! { vec![#tokens] }, json!([value]))
                    }
                };
                match name.as_str() {
                    "List" => (quote! { runtime::List::from(#tokens) }, value),
                    _ => (tokens, value),
                }
            }
            ("BTreeMap" | "Map", Some(first)) => {
                let inner = argument(segment, 1).unwrap_or(first);
                let (tokens, value) = self.value(inner, depth + 1);
                let tokens = quote! {
                    std::collections::BTreeMap::from([(String::from("key"), #tokens)])
                };
                let value = json!({ "key": value });
                match name.as_str() {
                    // A map of any JSON in a request.
                    "Map" if argument(segment, 1).is_some() => {
                        (quote! { serde_json::Map::from_iter(#tokens) }, value)
                    }
                    "Map" => (quote! { runtime::Map::from(#tokens) }, value),
                    _ => (tokens, value),
                }
            }
            _ => panic!("no value is known for the type {name}"),
        }
    }

    fn shape(&mut self, name: &syn::Ident, shape: &Shape, depth: usize) -> Sample {
        match shape {
            Shape::Newtype(inner) => {
                let (tokens, value) = self.value(inner, depth);
                (quote! { types::#name(#tokens) }, value)
            }
            Shape::Texts(variants) => match variants.first() {
                Some((variant, text)) => (quote! { types::#name::#variant }, json!(text)),
                None => {
                    let (tokens, text) = self.text("unknown");
                    (quote! { types::#name::Unknown(#tokens) }, text)
                }
            },
            Shape::Union(variants) => {
                let (variant, inner) = variants.first().expect("a union has a form");
                let (tokens, value) = self.value(inner, depth + 1);
                (quote! { types::#name::#variant(#tokens) }, value)
            }
            Shape::Struct { required, optional } => {
                let mut object = Map::new();
                let mut arguments = Vec::new();
                for (wire, ty) in required {
                    let (tokens, value) = self.value(ty, depth + 1);
                    arguments.push(tokens);
                    object.insert(wire.clone(), value);
                }
                let mut tokens = quote! { types::#name::new(#(#arguments),*) };
                if self.all && depth < DEPTH {
                    for (setter, wire, ty) in optional {
                        let (argument, value) = self.value(ty, depth + 1);
                        tokens = quote! { #tokens.#setter(#argument) };
                        object.insert(wire.clone(), value);
                    }
                }
                (tokens, Value::Object(object))
            }
        }
    }
}

/// Whether a type is written with a path that leads out of the client's own types.
fn is_foreign(ty: &syn::Type) -> bool {
    let syn::Type::Path(path) = ty else {
        return false;
    };
    let first = path
        .path
        .segments
        .first()
        .map(|segment| segment.ident.to_string());
    path.path.segments.len() > 1 && first.is_none_or(|first| first != "types")
}

/// Whether `ty` is `serde_json::Value`.
pub fn is(ty: &syn::Type, foreign: &str) -> bool {
    is_foreign(ty) && last_segment(ty).is_some_and(|segment| segment.ident == foreign)
}
