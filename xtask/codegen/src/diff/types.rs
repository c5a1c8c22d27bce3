//! What changed in the types.

use super::Changes;
use super::items::{Both, Part, deprecation, is_option_of, pair_by_key};
use super::rename::Renames;
use super::rules;
use crate::surface::{FieldLine, TypeLines, VariantLine};

type Types<'c> = Both<'c, TypeLines>;

/// Adds the changes of a type that is in both surfaces.
pub(super) fn compare(both: &Types<'_>, changes: &mut Changes) {
    let (old, new) = (&both.before, both.after);
    match (&old.head, &new.head) {
        (Some(before), Some(after)) if before.kind != after.kind => {
            return both.whole(&rules::TYPE_KIND_CHANGED, changes);
        }
        (Some(before), Some(after)) if before != after => {
            both.whole(&rules::TYPE_ENCODING_CHANGED, changes);
        }
        (Some(_), None) | (None, Some(_)) => both.whole(&rules::ITEM_CHANGED, changes),
        _ => {}
    }
    both.traits(&old.traits, &new.traits, changes);
    let fields = fields(both, changes);
    let variants = variants(both, changes);
    let line = |of: &TypeLines| {
        let names = of.new.as_ref()?;
        Some(format!("new ({})", names.join(", ")))
    };
    let lines = [line(both.old), line(new)];
    match (&old.new, &new.new) {
        (None, Some(_)) => both.named("", &rules::CONSTRUCTOR_ADDED, lines, changes),
        (Some(_), None) => both.named("", &rules::CONSTRUCTOR_REMOVED, lines, changes),
        (Some(before), Some(after)) if both.reordered(before, after, &fields) => {
            both.named("", &rules::ARGUMENTS_REORDERED, lines, changes);
        }
        _ => {}
    }
    if both.reordered(&old.order, &new.order, &variants) {
        let lines = [both.old, new].map(|of| Some(format!("order ({})", of.order.join(", "))));
        both.named("", &rules::VARIANT_ORDER_CHANGED, lines, changes);
    }
    both.methods(
        "method",
        [&both.old.methods, &old.methods, &new.methods],
        changes,
    );
}

fn field_part(name: &str, field: &FieldLine) -> Part {
    Part::Field(field.wire.clone().unwrap_or_else(|| name.to_owned()))
}

/// Adds the changes of the fields; gives the renamed ones.
fn fields<'c>(both: &'c Types<'_>, changes: &mut Changes) -> Renames<'c> {
    let (before, after) = (&both.before.fields, &both.after.fields);
    let wire =
        |name: &str, field: &FieldLine| field.wire.clone().unwrap_or_else(|| name.to_owned());
    let renames = pair_by_key(before, after, wire, wire);
    let both_construct = both.before.new.is_some() && both.after.new.is_some();
    for (name, old) in before {
        let side = both.side_before(
            both.old.fields[name].text(name),
            field_part(name, old),
            &[&both.old.fields[name].ty],
        );
        let new_name = renames.get(name.as_str()).copied().unwrap_or(name);
        let Some(new) = after.get(new_name) else {
            let item = format!("{} field {name}", both.item());
            changes.push(&rules::FIELD_REMOVED, item, Some(side), None);
            continue;
        };
        if name == new_name && old == new {
            continue;
        }
        let item = format!("{} field {new_name}", both.item());
        let new_side = both.side_after(new.text(new_name), field_part(new_name, new), &[&new.ty]);
        let mut push = |rule| {
            changes.push(
                rule,
                item.clone(),
                Some(side.clone()),
                Some(new_side.clone()),
            );
        };
        if name != new_name {
            push(&rules::FIELD_RENAMED);
        }
        if wire(name, old) != wire(new_name, new) {
            push(&rules::FIELD_WIRE_NAME_CHANGED);
        }
        if let Some(rule) = deprecation(old.deprecated, new.deprecated) {
            push(rule);
        }
        field(old, new, both_construct, &mut push);
    }
    let seen: Vec<&str> = before
        .keys()
        .map(|name| renames.get(name.as_str()).copied().unwrap_or(name))
        .collect();
    for (name, field) in after
        .iter()
        .filter(|(name, _)| !seen.contains(&name.as_str()))
    {
        let rule = if is(field, "argument") && both.before.new.is_some() {
            &rules::FIELD_ADDED_ARGUMENT
        } else {
            &rules::FIELD_ADDED
        };
        let side = both.side_after(field.text(name), field_part(name, field), &[&field.ty]);
        let item = format!("{} field {name}", both.item());
        changes.push(rule, item, None, Some(side));
    }
    renames
}

/// Whether an argument or a setter sets the field.
fn is(field: &FieldLine, word: &str) -> bool {
    field.role.as_ref().is_some_and(|role| role.word == word)
}

/// Type, presence and setters of a field that is in both surfaces.
fn field(
    old: &FieldLine,
    new: &FieldLine,
    both_construct: bool,
    push: &mut impl FnMut(&'static rules::Rule),
) {
    let now_optional = is_option_of(&new.ty, &old.ty);
    let now_required = is_option_of(&old.ty, &new.ty);
    let same_type = old.ty == new.ty;
    let argument = |field| both_construct && is(field, "argument");
    if now_required || (same_type && !argument(old) && argument(new)) {
        push(&rules::FIELD_NOW_REQUIRED);
    } else if now_optional || (same_type && argument(old) && !argument(new)) {
        push(&rules::FIELD_NOW_OPTIONAL);
    } else if !same_type {
        push(&rules::FIELD_TYPE_CHANGED);
    }
    // A field that becomes optional is coded so that it can be absent, and back: that goes without saying.
    if old.presence != new.presence && !now_optional && !now_required {
        push(&rules::FIELD_ENCODING_CHANGED);
    }
    match (is(old, "setter"), is(new, "setter")) {
        (false, true) => push(&rules::SETTER_ADDED),
        (true, false) => push(&rules::SETTER_REMOVED),
        // With another type of the field the setter takes another type too.
        _ => match (&old.role, &new.role) {
            (Some(before), Some(after))
                if same_type && before.word == after.word && before != after =>
            {
                push(&rules::SETTER_CHANGED);
            }
            _ => {}
        },
    }
}

/// Adds the changes of the variants; gives the renamed ones.
fn variants<'c>(both: &'c Types<'_>, changes: &mut Changes) -> Renames<'c> {
    let (before, after) = (&both.before.variants, &both.after.variants);
    let untagged = [&both.before, both.after]
        .iter()
        .all(|of| of.head.as_ref().is_some_and(|head| head.is("untagged")));
    // Without a tag a variant is known by its content, otherwise by its value.
    let key = |name: &str, variant: &VariantLine| {
        let known = if untagged { &variant.ty } else { &variant.wire };
        known.clone().unwrap_or_else(|| name.to_owned())
    };
    let renames = pair_by_key(before, after, key, key);
    let part = |variant: &VariantLine| match variant.wire {
        Some(_) => Part::Values,
        None => Part::Whole,
    };
    let types = |variant: &VariantLine| variant.ty.clone().unwrap_or_default();
    for (name, old) in before {
        let original = &both.old.variants[name];
        let side = both.side_before(original.text(name), part(old), &[&types(original)]);
        let new_name = renames.get(name.as_str()).copied().unwrap_or(name);
        let Some(new) = after.get(new_name) else {
            let item = format!("{} variant {name}", both.item());
            changes.push(&rules::VARIANT_REMOVED, item, Some(side), None);
            continue;
        };
        let item = format!("{} variant {new_name}", both.item());
        let new_side = both.side_after(new.text(new_name), part(new), &[&types(new)]);
        let mut push = |rule| {
            changes.push(
                rule,
                item.clone(),
                Some(side.clone()),
                Some(new_side.clone()),
            );
        };
        if name != new_name {
            push(&rules::VARIANT_RENAMED);
        }
        if old.ty != new.ty {
            push(&rules::VARIANT_TYPE_CHANGED);
        }
        if old.wire != new.wire {
            push(&rules::VARIANT_WIRE_CHANGED);
        }
    }
    let seen: Vec<&str> = before
        .keys()
        .map(|name| renames.get(name.as_str()).copied().unwrap_or(name))
        .collect();
    for (name, variant) in after
        .iter()
        .filter(|(name, _)| !seen.contains(&name.as_str()))
    {
        let side = both.side_after(variant.text(name), part(variant), &[&types(variant)]);
        let item = format!("{} variant {name}", both.item());
        changes.push(&rules::VARIANT_ADDED, item, None, Some(side));
    }
    renames
}
