//! The lines of the types: structs, enums and aliases of the module `types`, with what is implemented for them.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Fields, ImplItem, Item};

use super::attributes::{self, Attributes};
use super::functions::{arguments, push_words, returns_self, signature, takes_value};
use super::open_enum::open_enum;
use super::{Lines, text};
use crate::calls::{Object, Union};

/// What the runtime's macros implement for a struct and for a union.
const SERDE: [&str; 2] = ["Deserialize", "Serialize"];

/// What stands apart in the module and belongs to one type.
#[derive(Default)]
struct Belongings<'a> {
    traits: BTreeSet<String>,
    blocks: Vec<&'a syn::ItemImpl>,
    open: Option<BTreeMap<String, String>>,
    object: Option<Object>,
    union: bool,
}

/// One line for everything in `items`, the module `types`.
pub(super) fn lines(items: &[&Item], lines: &mut Lines) {
    let mut owned: BTreeMap<String, Belongings<'_>> = BTreeMap::new();
    let declared: BTreeSet<String> = items.iter().filter_map(|item| declared(item)).collect();
    for item in items {
        match item {
            Item::Impl(block) => match subject(block).filter(|name| declared.contains(name)) {
                Some(name) => owned.entry(name).or_default().blocks.push(block),
                None => super::other_item("types::", item, lines),
            },
            Item::Macro(call) => {
                if let Some(open) = open_enum(call).filter(|open| declared.contains(&open.name)) {
                    owned.entry(open.name).or_default().open = Some(open.values);
                } else if let Some(object) = Object::of(call)
                    && declared.contains(&text::name(&object.name))
                {
                    let belonging = owned.entry(text::name(&object.name)).or_default();
                    belonging.traits.extend(SERDE.map(str::to_owned));
                    belonging.object = Some(object);
                } else if let Some(union) = Union::of(call)
                    && declared.contains(&text::name(&union.name))
                {
                    let belonging = owned.entry(text::name(&union.name)).or_default();
                    belonging.traits.extend(SERDE.map(str::to_owned));
                    belonging.union = true;
                } else {
                    super::other_item("types::", item, lines);
                }
            }
            _ => {}
        }
    }
    for item in items {
        match item {
            Item::Impl(_) | Item::Macro(_) => {}
            Item::Struct(item) => {
                let name = text::name(&item.ident);
                structure(item, owned.remove(&name).unwrap_or_default(), lines);
            }
            Item::Enum(item) => {
                let name = text::name(&item.ident);
                enumeration(item, owned.remove(&name).unwrap_or_default(), lines);
            }
            Item::Type(item) => {
                let name = text::name(&item.ident);
                let words = item_words(&item.vis, &Attributes::of(&item.attrs), &item.generics);
                let mut line = format!("type {name} = {}", text::type_word(&item.ty));
                push_words(&mut line, &words);
                lines.add(line);
                belongings(&name, owned.remove(&name).unwrap_or_default(), &[], lines);
            }
            other => super::other_item("types::", other, lines),
        }
    }
}

fn declared(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(text::name(&item.ident)),
        Item::Enum(item) => Some(text::name(&item.ident)),
        Item::Type(item) => Some(text::name(&item.ident)),
        _ => None,
    }
}

/// The type that a block implements something for.
fn subject(block: &syn::ItemImpl) -> Option<String> {
    match &*block.self_ty {
        syn::Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1 => path
            .path
            .segments
            .last()
            .map(|last| text::name(&last.ident)),
        _ => None,
    }
}

fn structure(item: &syn::ItemStruct, belonging: Belongings<'_>, lines: &mut Lines) {
    let name = text::name(&item.ident);
    let attributes = Attributes::of(&item.attrs);
    let kind = match item.fields {
        Fields::Named(_) => "struct",
        Fields::Unnamed(_) => "tuple",
        Fields::Unit => "unit",
    };
    head(
        &name,
        kind,
        &item.vis,
        &item.generics,
        &attributes,
        &belonging,
        lines,
    );
    let mut fields = Vec::new();
    for (index, field) in item.fields.iter().enumerate() {
        let ident = field.ident.as_ref();
        let field_name = ident.map_or_else(|| index.to_string(), text::name);
        fields.push((field_name, field));
    }
    let order: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    let compared = belongings(
        &name,
        belonging_with(belonging, &attributes),
        &fields,
        lines,
    );
    if compared && order.len() > 1 {
        lines.add(format!("type {name} order ({})", order.join(", ")));
    }
}

fn enumeration(item: &syn::ItemEnum, belonging: Belongings<'_>, lines: &mut Lines) {
    let name = text::name(&item.ident);
    let mut attributes = Attributes::of(&item.attrs);
    attributes.untagged |= belonging.union;
    head(
        &name,
        "enum",
        &item.vis,
        &item.generics,
        &attributes,
        &belonging,
        lines,
    );
    let mut values = belonging.open.clone().unwrap_or_default();
    let mut order = Vec::new();
    for variant in &item.variants {
        let variant_name = text::name(&variant.ident);
        let own = Attributes::of(&variant.attrs);
        let mut line = format!(
            "type {name} variant {variant_name}{}",
            payload(&variant.fields)
        );
        // The value of an open enum is said always: without one the variant is never read.
        let value = values.remove(&variant_name);
        let rename = own.rename.clone().filter(|wire| *wire != variant_name);
        if let Some(wire) = value.or(rename) {
            line.push_str(&format!(" wire {}", text::word(&wire)));
        }
        if let Some((_, value)) = &variant.discriminant {
            line.push_str(&format!(" discriminant {}", text::tokens(value)));
        }
        push_words(&mut line, &own.container_words());
        lines.add(line);
        order.push(variant_name);
    }
    for (variant, wire) in values {
        lines.error(format!(
            "expected every value of the open enum `{name}` to have its variant, but found none for \
             `{variant} = {wire:?}`"
        ));
    }
    let untagged = attributes.untagged;
    let compared = belongings(&name, belonging_with(belonging, &attributes), &[], lines);
    if (compared || untagged) && order.len() > 1 {
        lines.add(format!("type {name} order ({})", order.join(", ")));
    }
}

fn belonging_with<'a>(mut belonging: Belongings<'a>, attributes: &Attributes) -> Belongings<'a> {
    belonging.traits.extend(attributes.traits.iter().cloned());
    belonging
}

fn head(
    name: &str,
    kind: &str,
    visibility: &syn::Visibility,
    generics: &syn::Generics,
    attributes: &Attributes,
    belonging: &Belongings<'_>,
    lines: &mut Lines,
) {
    let mut line = format!("type {name} {kind}");
    if belonging.open.is_some() {
        line.push_str(" open");
    }
    push_words(&mut line, &item_words(visibility, attributes, generics));
    lines.add(line);
}

/// The words that any item of the module may have.
fn item_words(
    visibility: &syn::Visibility,
    attributes: &Attributes,
    generics: &syn::Generics,
) -> Vec<String> {
    let mut words = attributes.container_words();
    words.extend(
        attributes
            .skip_if
            .iter()
            .map(|function| format!("skip_if({function})")),
    );
    if attributes.flatten {
        words.push("flatten".to_owned());
    }
    if !text::is_public(visibility) {
        words.push("private".to_owned());
    }
    if !generics.params.is_empty() {
        words.push(format!("generic({})", text::tokens(&generics.params)));
    }
    if let Some(clause) = &generics.where_clause {
        words.push(format!("({})", text::tokens(clause)));
    }
    words
}

/// What is inside of a variant, as it stands after its name.
fn payload(fields: &Fields) -> String {
    let field = |field: &syn::Field| {
        let attributes = Attributes::of(&field.attrs);
        let ty = text::tokens(&field.ty);
        let mut text = match &field.ident {
            Some(ident) => format!("{}: {ty}", text::name(ident)),
            None => ty,
        };
        let mut words: Vec<String> = attributes
            .rename
            .iter()
            .map(|wire| format!("wire {}", text::word(wire)))
            .collect();
        let presence = attributes.presence_words(text::option_target(&field.ty).is_some());
        words.extend(
            presence
                .into_iter()
                .filter(|word| word != "required" && word != "nullable"),
        );
        words.extend(attributes.last_words());
        push_words(&mut text, &words);
        text
    };
    let inside: Vec<String> = fields.iter().map(field).collect();
    match fields {
        Fields::Unit => String::new(),
        Fields::Unnamed(_) => format!("({})", inside.join(", ")),
        Fields::Named(_) => format!("{{{}}}", inside.join(", ")),
    }
}

/// The lines of a type's fields and of what is implemented for it; whether its values can be put in order.
fn belongings(
    name: &str,
    mut belonging: Belongings<'_>,
    fields: &[(String, &syn::Field)],
    lines: &mut Lines,
) -> bool {
    let mut roles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let types: BTreeMap<&str, &syn::Type> = fields
        .iter()
        .map(|(name, field)| (name.as_str(), &field.ty))
        .collect();
    for block in &belonging.blocks {
        if let Some((path, _)) = &block.trait_ {
            let mut name_of_trait = attributes::trait_name(path);
            if block.modifiers.polarity.is_some() {
                name_of_trait.insert(0, '!');
            }
            trait_lines(name, &name_of_trait, block, lines);
            belonging.traits.insert(name_of_trait);
            continue;
        }
        for item in &block.items {
            let ImplItem::Fn(function) = item else {
                lines.verbatim(&format!("type {name} method"), &text::tokens(item));
                continue;
            };
            if !method(name, function, &types, &mut roles, lines) {
                lines.add(format!("type {name} method {}", signature(function)));
            }
        }
    }
    for (field_name, field) in fields {
        let mut attributes = Attributes::of(&field.attrs);
        if let (Some(object), Some(ident)) = (&belonging.object, &field.ident)
            && let Some(known) = object.fields.iter().find(|known| known.ident == *ident)
        {
            attributes.field_of_object(known);
        }
        let mut line = format!(
            "type {name} field {field_name}: {}",
            text::type_word(&field.ty)
        );
        if let Some(wire) = attributes
            .rename
            .as_ref()
            .filter(|wire| *wire != field_name)
        {
            line.push_str(&format!(" wire {}", text::word(wire)));
        }
        let mut words = attributes.presence_words(text::option_target(&field.ty).is_some());
        if field.ident.is_none() {
            // Without a name a field cannot be absent.
            words.retain(|word| word != "required" && word != "nullable");
        }
        words.extend(roles.remove(field_name).into_iter().flatten());
        if attributes.untagged || attributes.transparent {
            words.push("untagged".to_owned());
        }
        words.extend(attributes.last_words());
        if !text::is_public(&field.vis) {
            words.push("private".to_owned());
        }
        push_words(&mut line, &words);
        lines.add(line);
    }
    if !belonging.traits.is_empty() {
        let traits = Vec::from_iter(belonging.traits.iter().map(String::as_str)).join(", ");
        lines.add(format!("type {name} traits ({traits})"));
    }
    belonging.traits.contains("PartialOrd") || belonging.traits.contains("Ord")
}

/// What a hand-written implementation says beyond its name.
fn trait_lines(name: &str, name_of_trait: &str, block: &syn::ItemImpl, lines: &mut Lines) {
    let plain =
        block.attrs.is_empty() && block.unsafety.is_none() && block.generics.where_clause.is_none();
    let lifetimes_only = block.generics.type_params().next().is_none();
    if !plain || !lifetimes_only {
        let mut header = block.clone();
        header.items.clear();
        lines.add(format!(
            "type {name} implementation {}",
            text::tokens(&header)
        ));
    }
    for item in &block.items {
        if let ImplItem::Type(_) | ImplItem::Const(_) | ImplItem::Macro(_) = item {
            lines.add(format!(
                "type {name} {name_of_trait} {}",
                text::tokens(item)
            ));
        }
    }
    // These decide what goes over the wire.
    let encodes = ["Serialize", "Deserialize", "Default"]
        .iter()
        .any(|wanted| name_of_trait.starts_with(wanted));
    if encodes {
        let items: String = block.items.iter().map(text::tokens).collect();
        lines.add(format!(
            "type {name} code {name_of_trait} {}",
            text::hash(&items)
        ));
    }
}

/// Reads `new` and the setters; false when the method is neither.
fn method(
    name: &str,
    function: &syn::ImplItemFn,
    fields: &BTreeMap<&str, &syn::Type>,
    roles: &mut BTreeMap<String, BTreeSet<String>>,
    lines: &mut Lines,
) -> bool {
    let signature = &function.sig;
    let plain = text::is_public(&function.vis)
        && signature.generics.params.is_empty()
        && signature.asyncness.is_none()
        && signature.constness.is_none()
        && Attributes::of(&function.attrs).last_words().is_empty()
        && returns_self(signature, name);
    let Some(arguments) = arguments(signature).filter(|_| plain) else {
        return false;
    };
    let known = arguments
        .iter()
        .all(|(argument, _)| fields.contains_key(argument.as_str()));
    let method_name = text::name(&signature.ident);
    match (signature.receiver(), arguments.as_slice()) {
        (None, _) if method_name == "new" && known => {
            for (argument, ty) in &arguments {
                let word = role("argument", ty, fields[argument.as_str()]);
                roles.entry(argument.clone()).or_default().insert(word);
            }
            let order: Vec<&str> = arguments.iter().map(|(name, _)| name.as_str()).collect();
            lines.add(format!("type {name} new ({})", order.join(", ")));
            true
        }
        (Some(receiver), [(argument, ty)])
            if known && *argument == method_name && takes_value(receiver) =>
        {
            let word = role("setter", ty, fields[argument.as_str()]);
            roles.entry(argument.clone()).or_default().insert(word);
            true
        }
        _ => false,
    }
}

/// `word`, with the type that is taken unless it is the usual one for the field.
fn role(word: &str, taken: &syn::Type, field: &syn::Type) -> String {
    let usual = text::into_target(taken).is_some_and(|target| {
        let wanted = text::option_target(field).unwrap_or(field);
        text::tokens(target) == text::tokens(wanted)
    });
    if usual {
        word.to_owned()
    } else if let Some(target) = text::into_target(taken) {
        format!("{word}({})", text::tokens(target))
    } else if let Some(items) = text::items_target(taken) {
        format!("{word}({items})")
    } else {
        format!("{word}({} exactly)", text::tokens(taken))
    }
}
