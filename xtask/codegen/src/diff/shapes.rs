//! What changed in the types.

use std::collections::{BTreeMap, BTreeSet};

use super::Changes;
use super::items::{Both, Words, deprecation, is_option_of, pair_by_key};
use super::parse::{Item, Line, Surface};
use super::rename::Renames;
use super::rules;

/// Adds the changes of all types.
pub(super) fn compare<'a>(
    before: &Surface<'a>,
    after: &Surface<'a>,
    renames: &Renames<'a>,
    changes: &mut Changes,
) {
    let mut seen = BTreeSet::new();
    for (name, old) in &before.types {
        let new_name = renames.get(name).unwrap_or(name);
        let Some(new) = after.types.get(new_name) else {
            changes.push(
                &rules::TYPE_REMOVED,
                format!("type {name}"),
                Some(old.head()),
                None,
            );
            continue;
        };
        seen.insert(new_name);
        let both = Both {
            name: format!("type {new_name}"),
            before: old,
            after: new,
            types: renames,
        };
        if both.is_identical() {
            continue;
        }
        let found = changes.list.len();
        if name != new_name {
            let (old, new) = (Some(old.head()), Some(new.head()));
            changes.push(&rules::TYPE_RENAMED, both.name.clone(), old, new);
        }
        if kind(old) != kind(new) {
            let (old, new) = (Some(old.head()), Some(new.head()));
            changes.push(&rules::TYPE_KIND_CHANGED, both.name.clone(), old, new);
            continue;
        }
        one(&both, changes);
        both.rest(found, changes);
    }
    for (name, new) in &after.types {
        if !seen.contains(name) {
            changes.push(
                &rules::TYPE_ADDED,
                format!("type {name}"),
                None,
                Some(new.head()),
            );
        }
    }
}

/// `struct`, `enum`, … or `=` for an alias.
fn kind<'a>(item: &Item<'a>) -> Option<&'a str> {
    match item.line("") {
        Some(line) => line.words.first().copied(),
        None => item.line("=").map(|_| "="),
    }
}

fn is_non_exhaustive(item: &Item<'_>) -> bool {
    item.line("")
        .is_some_and(|line| line.words.contains(&"non_exhaustive"))
}

fn one(both: &Both<'_, '_>, changes: &mut Changes) {
    head(both, changes);
    alias(both, changes);
    both.traits(changes);
    let fields = fields(both, changes);
    let variants = variants(both, changes);

    match [both.before, both.after].map(|item| item.line("new").is_some()) {
        [false, true] => both.push_line(&rules::CONSTRUCTOR_ADDED, "new", changes),
        [true, false] => both.push_line(&rules::CONSTRUCTOR_REMOVED, "new", changes),
        _ if both.reordered("new", &fields) => {
            both.push_line(&rules::ARGUMENTS_REORDERED, "new", changes);
        }
        _ => {}
    }
    let is_enum = kind(both.after) == Some("enum");
    let names = if is_enum { &variants } else { &fields };
    if both.reordered("order", names) {
        let rule = if is_enum {
            &rules::VARIANT_ORDER_CHANGED
        } else {
            &rules::FIELD_ORDER_CHANGED
        };
        both.push_line(rule, "order", changes);
    }
    both.named(
        "method",
        [
            &rules::METHOD_ADDED,
            &rules::METHOD_REMOVED,
            &rules::METHOD_CHANGED,
        ],
        changes,
    );
    both.named("code", [&rules::TYPE_ENCODING_CHANGED; 3], changes);
    for label in ["parameter", "setting"] {
        let rules = [
            &rules::ITEM_ADDED,
            &rules::ITEM_REMOVED,
            &rules::ITEM_CHANGED,
        ];
        both.named(label, rules, changes);
    }
}

fn head(both: &Both<'_, '_>, changes: &mut Changes) {
    let (Some(old), Some(new)) = (both.before.line(""), both.after.line("")) else {
        return;
    };
    match (
        is_non_exhaustive(both.before),
        is_non_exhaustive(both.after),
    ) {
        (false, true) => both.push_line(&rules::TYPE_NOW_NON_EXHAUSTIVE, "", changes),
        (true, false) => both.push_line(&rules::TYPE_NOW_EXHAUSTIVE, "", changes),
        _ => {}
    }
    let deprecated = |line: &Line<'_>| line.words.contains(&"deprecated");
    if let Some(rule) = deprecation(deprecated(old), deprecated(new)) {
        both.push_line(rule, "", changes);
    }
    let graded = ["non_exhaustive", "deprecated"];
    let other = |line: &Line<'_>| -> Vec<String> {
        let words = line.words.iter().filter(|word| !graded.contains(word));
        words.map(|word| (*word).to_owned()).collect()
    };
    if other(old) != other(new) {
        both.push_line(&rules::TYPE_ENCODING_CHANGED, "", changes);
    }
}

fn alias(both: &Both<'_, '_>, changes: &mut Changes) {
    let (Some(old), Some(new)) = (both.before.line("="), both.after.line("=")) else {
        return;
    };
    if !both.same_words(&old.words, &new.words) {
        both.push_line(&rules::TYPE_TARGET_CHANGED, "=", changes);
    }
}

/// Adds the changes of the fields; gives the renamed ones.
fn fields<'a>(both: &Both<'_, 'a>, changes: &mut Changes) -> Renames<'a> {
    let read = |lines: BTreeMap<&'a str, &Line<'a>>| -> BTreeMap<&'a str, (&'a str, Words<'a>)> {
        lines
            .into_iter()
            .map(|(name, line)| (name, (line.text, Words::of(line))))
            .collect()
    };
    let before = read(both.before.named("field"));
    let after = read(both.after.named("field"));
    let wire = |name: &'a str, words: &Words<'a>| words.wire.unwrap_or(name).to_owned();
    let gone = before.iter().filter(|(name, _)| !after.contains_key(*name));
    let come = after.iter().filter(|(name, _)| !before.contains_key(*name));
    let renames = pair_by_key(
        gone.map(|(name, (_, words))| (*name, wire(name, words))),
        come.map(|(name, (_, words))| (*name, wire(name, words))),
    );
    let constructors = both.before.line("new").is_some() && both.after.line("new").is_some();
    let mut seen = BTreeSet::new();
    for (name, (old_text, old)) in &before {
        let new_name = renames.get(name).unwrap_or(name);
        let Some((new_text, new)) = after.get(new_name) else {
            let item = format!("{} field {name}", both.name);
            changes.push(&rules::FIELD_REMOVED, item, Some(old_text), None);
            continue;
        };
        seen.insert(*new_name);
        let item = format!("{} field {new_name}", both.name);
        let mut push = |rule| changes.push(rule, item.clone(), Some(old_text), Some(new_text));
        if name != new_name {
            push(&rules::FIELD_RENAMED);
        }
        if wire(name, old) != wire(new_name, new) {
            push(&rules::FIELD_WIRE_NAME_CHANGED);
        }
        if let Some(rule) = deprecation(old.deprecated, new.deprecated) {
            push(rule);
        }
        field(both, old, new, constructors, &mut push);
    }
    for (name, (text, words)) in &after {
        if seen.contains(name) {
            continue;
        }
        let rule = if words.argument.is_some() && both.before.line("new").is_some() {
            &rules::FIELD_ADDED_ARGUMENT
        } else if is_non_exhaustive(both.before) {
            &rules::FIELD_ADDED
        } else {
            &rules::FIELD_ADDED_EXHAUSTIVE
        };
        changes.push(
            rule,
            format!("{} field {name}", both.name),
            None,
            Some(text),
        );
    }
    renames
}

/// Type, presence and coding of a field that is in both surfaces.
fn field<'a>(
    both: &Both<'_, 'a>,
    old: &Words<'a>,
    new: &Words<'a>,
    constructors: bool,
    push: &mut impl FnMut(&'static rules::Rule),
) {
    let old_ty = both.renamed(old.ty);
    let optional = is_option_of(new.ty, &old_ty);
    let required = is_option_of(&old_ty, new.ty);
    let now_argument = constructors && old.argument.is_none() && new.argument.is_some();
    let no_argument = constructors && old.argument.is_some() && new.argument.is_none();
    if required || (old_ty == new.ty && now_argument) {
        push(&rules::FIELD_NOW_REQUIRED);
    } else if optional || (old_ty == new.ty && no_argument) {
        push(&rules::FIELD_NOW_OPTIONAL);
    } else if old_ty != new.ty {
        push(&rules::FIELD_TYPE_CHANGED);
    }
    // A field that becomes optional is coded so that it can be absent, and back: that goes without saying.
    let graded = ["optional", "nullable"];
    let other = |words: &Words<'a>| -> Vec<&'a str> {
        let presence = |word: &&&str| !((optional || required) && graded.contains(*word));
        words.rest.iter().filter(presence).copied().collect()
    };
    let (old_rest, new_rest) = (other(old), other(new));
    let needed_changed = old.required != new.required && !optional && !required;
    if old.required && !new.required && old_rest.is_empty() && new_rest == ["default"] {
        push(&rules::FIELD_DECODES_MORE);
    } else if needed_changed || !both.same_words(&old_rest, &new_rest) {
        push(&rules::FIELD_ENCODING_CHANGED);
    }
    match (old.setter, new.setter) {
        (None, Some(_)) => push(&rules::SETTER_ADDED),
        (Some(_), None) => push(&rules::SETTER_REMOVED),
        _ => {}
    }
    let form = |before: Option<&'a str>, after: Option<&str>| match (before, after) {
        (Some(before), Some(after)) => both.same(before, after),
        _ => true,
    };
    let same = form(old.setter, new.setter) && form(old.argument, new.argument);
    // With another type of the field the setter takes another type too.
    if !same && old_ty == new.ty {
        push(&rules::SETTER_CHANGED);
    }
}

/// One variant's line.
struct Variant<'a> {
    text: &'a str,
    payload: &'a str,
    wire: Option<&'a str>,
    deprecated: bool,
    rest: Vec<&'a str>,
}

impl<'a> Variant<'a> {
    fn of(name: &str, line: &Line<'a>) -> Self {
        let mut words = line.words.iter().copied();
        let mut variant = Self {
            text: line.text,
            payload: words
                .next()
                .and_then(|word| word.strip_prefix(name))
                .unwrap_or_default(),
            wire: None,
            deprecated: false,
            rest: Vec::new(),
        };
        while let Some(word) = words.next() {
            match word {
                "wire" if variant.wire.is_none() => variant.wire = words.next(),
                "deprecated" => variant.deprecated = true,
                _ => variant.rest.push(word),
            }
        }
        variant
    }
}

/// Adds the changes of the variants; gives the renamed ones.
fn variants<'a>(both: &Both<'_, 'a>, changes: &mut Changes) -> Renames<'a> {
    let read = |lines: BTreeMap<&'a str, &Line<'a>>| -> BTreeMap<&'a str, Variant<'a>> {
        lines
            .into_iter()
            .map(|(name, line)| (name, Variant::of(name, line)))
            .collect()
    };
    let before = read(both.before.named("variant"));
    let after = read(both.after.named("variant"));
    let has =
        |item: &Item<'_>, word: &str| item.line("").is_some_and(|line| line.words.contains(&word));
    let untagged = has(both.before, "untagged") && has(both.after, "untagged");
    let open = has(both.after, "open");
    // Without a tag a variant is known by its content, otherwise by its value.
    let key = |name: &'a str, variant: &Variant<'a>, payload: String| {
        if untagged {
            payload
        } else {
            variant.wire.unwrap_or(name).to_owned()
        }
    };
    let gone = before.iter().filter(|(name, _)| !after.contains_key(*name));
    let come = after.iter().filter(|(name, _)| !before.contains_key(*name));
    let renames = pair_by_key(
        gone.map(|(name, variant)| (*name, key(name, variant, both.renamed(variant.payload)))),
        come.map(|(name, variant)| (*name, key(name, variant, variant.payload.to_owned()))),
    );
    let mut seen = BTreeSet::new();
    for (name, old) in &before {
        let new_name = renames.get(name).unwrap_or(name);
        let Some(new) = after.get(new_name) else {
            let item = format!("{} variant {name}", both.name);
            changes.push(&rules::VARIANT_REMOVED, item, Some(old.text), None);
            continue;
        };
        seen.insert(*new_name);
        let item = format!("{} variant {new_name}", both.name);
        let mut push = |rule| changes.push(rule, item.clone(), Some(old.text), Some(new.text));
        if name != new_name {
            push(&rules::VARIANT_RENAMED);
        }
        if !both.same(old.payload, new.payload) {
            push(&rules::VARIANT_TYPE_CHANGED);
        }
        let wires = if open {
            // Without a value a variant of an open enum is never read.
            old.wire != new.wire
        } else {
            !untagged && old.wire.unwrap_or(name) != new.wire.unwrap_or(new_name)
        };
        if wires {
            push(&rules::VARIANT_WIRE_CHANGED);
        }
        if let Some(rule) = deprecation(old.deprecated, new.deprecated) {
            push(rule);
        }
        if old.rest != new.rest {
            push(&rules::VARIANT_ENCODING_CHANGED);
        }
    }
    for (name, new) in &after {
        if !seen.contains(name) {
            let rule = if is_non_exhaustive(both.before) {
                &rules::VARIANT_ADDED
            } else {
                &rules::VARIANT_ADDED_EXHAUSTIVE
            };
            changes.push(
                rule,
                format!("{} variant {name}", both.name),
                None,
                Some(new.text),
            );
        }
    }
    renames
}
