//! The types of requests and answers.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

use super::methods::Method;
use super::{prose, tolerant};
use crate::{keys, names};

/// The items of the module `types`.
pub fn polish(file: &syn::File, methods: &[Method]) -> Result<Vec<TokenStream>, String> {
    let items = file
        .items
        .iter()
        .find_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
            _ => None,
        })
        .map(|(_, items)| items.as_slice())
        .ok_or("progenitor's file has no module `types`")?;
    let requested = reached(
        items,
        methods
            .iter()
            .flat_map(|method| &method.inputs)
            .map(|input| &input.ty),
    );
    let answered = reached(items, methods.iter().map(|method| &method.answer));
    let distinguishing = distinguishing(items);
    let none = HashSet::new();
    let mut polished = Vec::new();
    for item in items {
        match item {
            syn::Item::Struct(item) if is_newtype(item) => {
                polished.push(newtype(item, answered.contains(&item.ident.to_string())));
            }
            syn::Item::Struct(item) => {
                let name = item.ident.to_string();
                let in_request = requested.contains(&name);
                // What a request must hold stays so where an answer has the same type.
                let own = in_request.then(|| required(item));
                let kind = match answered.contains(&name) {
                    true => Kind::Answered {
                        required: own
                            .as_ref()
                            .or_else(|| distinguishing.get(&name))
                            .unwrap_or(&none),
                    },
                    false => Kind::Requested,
                };
                polished.push(structure(item, in_request, kind)?);
            }
            syn::Item::Enum(item) if item.variants.iter().all(|v| v.fields.is_empty()) => {
                polished.push(string_enum(item)?);
            }
            syn::Item::Enum(item) => {
                polished.push(union(item, answered.contains(&item.ident.to_string()))?);
            }
            // What typify implements for its types is replaced by derives and by the runtime's macro.
            syn::Item::Impl(_) => {}
            syn::Item::Mod(module) if module.ident == "error" || module.ident == "defaults" => {}
            other => {
                return Err(format!(
                    "expected structs and enums among the types, but found {}",
                    other.to_token_stream()
                ));
            }
        }
    }
    Ok(polished)
}

/// Where a type is used.
#[derive(Clone, Copy)]
enum Kind<'a> {
    /// In requests alone: what the document says of it is what the server wants.
    Requested,
    /// In answers: what the document says of it is what one answer looked like. Only these fields must be there.
    Answered { required: &'a HashSet<String> },
}

/// The names on the wire of the fields that may not be absent.
fn required(item: &syn::ItemStruct) -> HashSet<String> {
    let fields = item.fields.iter().filter_map(|item| {
        let field = field(item, Kind::Requested).ok()?;
        (!field.optional).then_some(field.wire)
    });
    fields.collect()
}

/// For each member of a union the required fields that tell it apart: those that another member does not have.
fn distinguishing(items: &[syn::Item]) -> HashMap<String, HashSet<String>> {
    let structs: HashMap<String, &syn::ItemStruct> = items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        })
        .collect();
    let wires = |item: &syn::ItemStruct| -> HashSet<String> {
        let fields = item.fields.iter();
        fields
            .filter_map(|item| Some(field(item, Kind::Requested).ok()?.wire))
            .collect()
    };
    let mut found: HashMap<String, HashSet<String>> = HashMap::new();
    for item in items {
        let syn::Item::Enum(item) = item else {
            continue;
        };
        let members: Vec<&syn::ItemStruct> = item
            .variants
            .iter()
            .flat_map(|variant| &variant.fields)
            .flat_map(|field| mentioned(&field.ty))
            .filter_map(|name| structs.get(&name).copied())
            .collect();
        for member in &members {
            let others = members
                .iter()
                .filter(|other| other.ident != member.ident)
                .map(|other| wires(other));
            let others: Vec<HashSet<String>> = others.collect();
            let own = required(member)
                .into_iter()
                .filter(|wire| others.iter().any(|other| !other.contains(wire)));
            found
                .entry(member.ident.to_string())
                .or_default()
                .extend(own);
        }
    }
    found
}

/// The names of the types that are met from `roots` on.
fn reached<'a>(items: &[syn::Item], roots: impl Iterator<Item = &'a syn::Type>) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut next: Vec<String> = roots.flat_map(mentioned).collect();
    while let Some(name) = next.pop() {
        if !found.insert(name.clone()) {
            continue;
        }
        for item in items {
            match item {
                syn::Item::Struct(item) if item.ident == name => {
                    next.extend(item.fields.iter().flat_map(|field| mentioned(&field.ty)));
                }
                syn::Item::Enum(item) if item.ident == name => next.extend(
                    item.variants
                        .iter()
                        .flat_map(|variant| &variant.fields)
                        .flat_map(|field| mentioned(&field.ty)),
                ),
                _ => {}
            }
        }
    }
    found
}

/// Every name in a type.
fn mentioned(ty: &syn::Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
            self.0.push(segment.ident.to_string());
            syn::visit::visit_path_segment(self, segment);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_type(ty);
    names.0
}

/// The argument of a generic type by its last segment: `Option` of `::std::option::Option<T>` gives `T`.
pub fn generic_argument(ty: &syn::Type, name: &str) -> Option<syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let segment = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) if segment.ident == name => Some(inner.clone()),
        _ => None,
    }
}

/// `ty` as a person writes it: `::std::option::Option<::std::string::String>` → `Option<String>`.
pub fn short(ty: &syn::Type) -> syn::Type {
    struct Short;
    impl VisitMut for Short {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            syn::visit_mut::visit_path_mut(self, path);
            let segments: Vec<String> = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
            let keep = match segments.as_slice() {
                ["std", "option", "Option"]
                | ["std", "string", "String"]
                | ["std", "vec", "Vec"]
                | ["std", "boxed", "Box"] => 1,
                _ => path.segments.len(),
            };
            if path.leading_colon.is_some() {
                path.leading_colon = None;
                let skip = path.segments.len() - keep;
                path.segments = path.segments.iter().skip(skip).cloned().collect();
            }
        }
    }
    let mut ty = ty.clone();
    Short.visit_type_mut(&mut ty);
    ty
}

fn is_newtype(item: &syn::ItemStruct) -> bool {
    matches!(item.fields, syn::Fields::Unnamed(_))
}

fn newtype(item: &syn::ItemStruct, answered: bool) -> TokenStream {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    let ty = item.fields.iter().next().map(|field| {
        let ty = short(&field.ty);
        if answered {
            tolerant::of(&ty, None)
        } else {
            ty
        }
    });
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct #name(pub #ty);

        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }
    }
}

/// A field as it is written.
struct Field {
    ident: syn::Ident,
    doc: TokenStream,
    /// The type without its `Option`.
    inner: syn::Type,
    optional: bool,
    /// Whether it is left out when it holds nothing.
    skipped: bool,
    wire: String,
    prose: String,
}

fn field(field: &syn::Field, kind: Kind<'_>) -> Result<Field, String> {
    let serde = SerdeOptions::read(&field.attrs);
    let (ident, wire) = serde
        .rename
        .as_deref()
        .and_then(keys::read)
        .ok_or("expected a field with a key of ours")?;
    let (ident, wire) = (format_ident!("{ident}"), wire.to_owned());
    let (mut optional, mut inner) = match generic_argument(&field.ty, "Option") {
        Some(inner) => (true, short(&inner)),
        None => (serde.skips, short(&field.ty)),
    };
    let mut skipped = optional && serde.skips;
    if let Kind::Answered { required } = kind {
        inner = tolerant::of(&inner, Some(&wire));
        optional |= !required.contains(&wire);
        skipped = optional;
    }
    let prose = documentation(&field.attrs);
    let doc = if prose.trim().is_empty() {
        prose::attributes(&format!("`{}`", wire.replace('`', "'")))
    } else {
        prose::attributes(&prose)
    };
    Ok(Field {
        ident,
        doc,
        inner,
        optional,
        skipped,
        wire,
        prose,
    })
}

fn structure(
    item: &syn::ItemStruct,
    with_setters: bool,
    kind: Kind<'_>,
) -> Result<TokenStream, String> {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    let fields: Vec<Field> = item
        .fields
        .iter()
        .map(|item| field(item, kind))
        .collect::<Result<_, _>>()?;
    let default = fields
        .iter()
        .all(|field| field.optional)
        .then(|| quote! { , Default });
    let declarations = fields.iter().map(|field| {
        let Field {
            ident, doc, inner, ..
        } = field;
        let ty = if field.optional {
            quote! { Option<#inner> }
        } else {
            quote! { #inner }
        };
        quote! { #doc pub #ident: #ty, }
    });
    let pair = |field: &Field| {
        let Field { ident, wire, .. } = field;
        quote! { #ident = #wire }
    };
    let optional = fields.iter().filter(|field| field.skipped).map(pair);
    let mut required = fields
        .iter()
        .filter(|field| !field.skipped)
        .map(pair)
        .peekable();
    let required = required
        .peek()
        .is_some()
        .then(|| quote! { required { #(#required),* } });
    let setters = with_setters.then(|| setters(name, &fields));
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#declarations)*
        }

        runtime::object!(#name { #(#optional),* } #required);

        #setters
    })
}

/// Functions that a type has beside its setters.
const SETTERS_TAKEN: &[&str] = &["new", "default", "clone", "from", "into"];

fn setters(name: &syn::Ident, fields: &[Field]) -> TokenStream {
    let required: Vec<&Field> = fields.iter().filter(|field| !field.optional).collect();
    let constructor = if required.is_empty() {
        quote! {
            /// A value with no field set.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        }
    } else {
        let arguments = required.iter().map(|field| {
            let (ident, inner) = (&field.ident, &field.inner);
            quote! { #ident: impl Into<#inner> }
        });
        let values = fields.iter().map(|field| {
            let ident = &field.ident;
            if field.optional {
                quote! { #ident: None }
            } else {
                quote! { #ident: #ident.into() }
            }
        });
        quote! {
            /// A value with the required fields set.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    };
    let setters = fields.iter().filter(|field| field.optional).map(|field| {
        let ident = &field.ident;
        let setter = if SETTERS_TAKEN.iter().any(|taken| ident == taken) {
            format_ident!("set_{ident}")
        } else {
            ident.clone()
        };
        let doc = prose::attributes(&format!(
            "Sets `{}`.\n\n{}",
            field.wire.replace('`', "'"),
            field.prose
        ));
        let (inner, value) = match generic_argument(&field.inner, "Box") {
            Some(boxed) => (boxed, quote! { Box::new(#ident.into()) }),
            None => (field.inner.clone(), quote! { #ident.into() }),
        };
        quote! {
            #doc
            #[must_use]
            pub fn #setter(mut self, #ident: impl Into<#inner>) -> Self {
                self.#ident = Some(#value);
                self
            }
        }
    });
    quote! {
        impl #name {
            #constructor
            #(#setters)*
        }
    }
}

fn string_enum(item: &syn::ItemEnum) -> Result<TokenStream, String> {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    let variants: Vec<(syn::Ident, String)> = item
        .variants
        .iter()
        .map(|variant| {
            let serde = SerdeOptions::read(&variant.attrs);
            let (ident, wire) = serde
                .rename
                .as_deref()
                .and_then(keys::read)
                .ok_or_else(|| format!("expected {name} to have keys of ours"))?;
            Ok((format_ident!("{ident}"), wire.to_owned()))
        })
        .collect::<Result<_, String>>()?;
    let declarations = variants.iter().map(|(ident, wire)| {
        let doc = prose::attributes(&format!("`{}`", wire.replace('`', "'")));
        quote! { #doc #ident, }
    });
    let pairs = variants
        .iter()
        .map(|(ident, wire)| quote! { #ident = #wire });
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations)*
            /// A value that the document does not list, as it was sent.
            Unknown(String),
        }

        runtime::open_enum!(#name { #(#pairs),* });
    })
}

/// A `oneOf` whose payload carries no tag: the member that fits best wins, and what fits none is kept.
fn union(item: &syn::ItemEnum, answered: bool) -> Result<TokenStream, String> {
    let name = &item.ident;
    let doc = docs(&item.attrs, &name.to_string());
    if !SerdeOptions::read(&item.attrs).untagged {
        return Err(format!(
            "expected {name} to be an untagged enum or one of strings"
        ));
    }
    let mut declarations = Vec::new();
    let mut pairs = Vec::new();
    let mut taken = HashSet::from(["Unknown".to_owned()]);
    for variant in &item.variants {
        let Some(field) = variant
            .fields
            .iter()
            .next()
            .filter(|_| variant.fields.len() == 1)
        else {
            return Err(format!("expected one value in {name}::{}", variant.ident));
        };
        let mut ty = short(&field.ty);
        let wanted = variant_ident(&variant.ident, &ty).to_string();
        let ident = format_ident!("{}", names::unique(wanted, &mut taken));
        if answered {
            ty = tolerant::of(&ty, None);
        }
        let text = documentation(&variant.attrs);
        let text = if text.trim().is_empty() {
            prose::attributes(&format!(
                "The form `{}`.",
                ty.to_token_stream().to_string().replace(' ', "")
            ))
        } else {
            prose::attributes(&text)
        };
        declarations.push(quote! { #text #ident(#ty), });
        pairs.push(quote! { #ident(#ty) });
    }
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declarations)*
            /// None of the documented forms, as it was sent.
            Unknown(serde_json::Value),
        }

        runtime::union!(#name { #(#pairs),* });
    })
}

/// typify calls members `Variant0` when it finds no names; the member's type has one.
fn variant_ident(ident: &syn::Ident, ty: &syn::Type) -> syn::Ident {
    let name = ident.to_string();
    let numbered = name
        .strip_prefix("Variant")
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    let syn::Type::Path(path) = ty else {
        return ident.clone();
    };
    match path.path.segments.last() {
        Some(segment) if numbered => match segment.ident.to_string().as_str() {
            "bool" => format_ident!("Boolean"),
            "f64" => format_ident!("Number"),
            "i64" | "u64" => format_ident!("Integer"),
            "BTreeMap" => format_ident!("Map"),
            "Vec" => format_ident!("List"),
            _ => segment.ident.clone(),
        },
        _ => ident.clone(),
    }
}

/// What typify says with `#[serde(…)]`.
#[derive(Default)]
struct SerdeOptions {
    rename: Option<String>,
    /// The field is left out when it holds nothing: it is optional.
    skips: bool,
    untagged: bool,
}

impl SerdeOptions {
    fn read(attributes: &[syn::Attribute]) -> Self {
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
fn documentation(attributes: &[syn::Attribute]) -> String {
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
    if name_alone { String::new() } else { text }
}

fn docs(attributes: &[syn::Attribute], name: &str) -> TokenStream {
    let text = documentation(attributes);
    if text.trim().is_empty() {
        let words = heck::ToSnakeCase::to_snake_case(name).replace('_', " ");
        prose::attributes(&format!("{}{}.", words[..1].to_uppercase(), &words[1..]))
    } else {
        prose::attributes(&text)
    }
}
