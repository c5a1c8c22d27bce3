//! What changed in the operations.

use std::collections::BTreeMap;

use super::Changes;
use super::items::{Both, Words, deprecation, pair_by_key};
use super::parse::{Line, Surface};
use super::rename::{Renames, template};
use super::rules;

/// Adds the changes of all operations.
pub(super) fn compare<'a>(
    before: &Surface<'a>,
    after: &Surface<'a>,
    renames: &Renames<'a>,
    types: &Renames<'a>,
    changes: &mut Changes,
) {
    let mut seen = std::collections::BTreeSet::new();
    for (name, old) in &before.operations {
        let new_name = renames.get(name).unwrap_or(name);
        let Some(new) = after.operations.get(new_name) else {
            changes.push(
                &rules::OPERATION_REMOVED,
                format!("operation {name}"),
                Some(old.head()),
                None,
            );
            continue;
        };
        seen.insert(new_name);
        let both = Both {
            name: format!("operation {new_name}"),
            before: old,
            after: new,
            types,
        };
        if both.is_identical() {
            continue;
        }
        let found = changes.list.len();
        if name != new_name {
            let (old, new) = (Some(old.head()), Some(new.head()));
            changes.push(&rules::OPERATION_RENAMED, both.name.clone(), old, new);
        }
        operation(&both, name != new_name, changes);
        both.rest(found, changes);
    }
    for (name, new) in &after.operations {
        if !seen.contains(name) {
            changes.push(
                &rules::OPERATION_ADDED,
                format!("operation {name}"),
                None,
                Some(new.head()),
            );
        }
    }
}

fn operation(both: &Both<'_, '_>, renamed: bool, changes: &mut Changes) {
    let parameters = parameters(both, changes);
    head(both, renamed, !parameters.is_empty(), changes);
    let answers = [both.before, both.after].map(|item| item.line("answer"));
    let same = match answers {
        [Some(old), Some(new)] => both.same(old.rest, new.rest),
        [None, None] => true,
        _ => false,
    };
    if !same {
        both.push_line(&rules::OPERATION_ANSWER_CHANGED, "answer", changes);
    }
    if both.reordered("arguments", &parameters) {
        both.push_line(&rules::ARGUMENTS_REORDERED, "arguments", changes);
    }
    both.traits(changes);
    let setting = &rules::OPERATION_SETTING_CHANGED;
    both.named("setting", [setting; 3], changes);
    let [added, removed, changed] = [
        &rules::METHOD_ADDED,
        &rules::METHOD_REMOVED,
        &rules::METHOD_CHANGED,
    ];
    both.named("method", [added, removed, changed], changes);
    let changed = &rules::ITEM_CHANGED;
    for label in ["code", "field", "variant"] {
        both.named(
            label,
            [&rules::ITEM_ADDED, &rules::ITEM_REMOVED, changed],
            changes,
        );
    }
}

/// Method and path, id, builder.
fn head(both: &Both<'_, '_>, renamed: bool, parameter_renamed: bool, changes: &mut Changes) {
    let (Some(old), Some(new)) = (both.before.line(""), both.after.line("")) else {
        return;
    };
    let word = |line: &Line<'_>, key: &str| {
        let at = line.words.iter().position(|word| *word == key);
        at.and_then(|at| line.words.get(at + 1))
            .map(|word| (*word).to_owned())
    };
    let mut push = |rule| both.push_line(rule, "", changes);
    let [method_before, path_before, ..] = old.words[..] else {
        return;
    };
    let [method_after, path_after, ..] = new.words[..] else {
        return;
    };
    if method_before != method_after || template(path_before) != template(path_after) {
        push(&rules::OPERATION_MOVED);
    } else if path_before != path_after && !parameter_renamed {
        push(&rules::OPERATION_TEMPLATE_CHANGED);
    }
    if word(old, "id") != word(new, "id") {
        push(&rules::OPERATION_ID_CHANGED);
    }
    if word(old, "builder") != word(new, "builder") && !renamed {
        push(&rules::OPERATION_BUILDER_RENAMED);
    }
    let deprecated = |line: &Line<'_>| line.words.contains(&"deprecated");
    if let Some(rule) = deprecation(deprecated(old), deprecated(new)) {
        push(rule);
    }
    let others = |line: &Line<'_>| -> Vec<String> {
        let words = line
            .words
            .iter()
            .skip(6)
            .filter(|word| **word != "deprecated");
        words.map(|word| (*word).to_owned()).collect()
    };
    if others(old) != others(new) {
        push(&rules::ITEM_CHANGED);
    }
}

/// Adds the changes of the parameters; gives the renamed ones.
fn parameters<'a>(both: &Both<'_, 'a>, changes: &mut Changes) -> Renames<'a> {
    let read = |lines: BTreeMap<&'a str, &Line<'a>>| -> BTreeMap<&'a str, (&'a str, Words<'a>)> {
        lines
            .into_iter()
            .map(|(name, line)| (name, (line.text, Words::of(line))))
            .collect()
    };
    let before = read(both.before.named("parameter"));
    let after = read(both.after.named("parameter"));
    let gone = before.iter().filter(|(name, _)| !after.contains_key(*name));
    let come = after.iter().filter(|(name, _)| !before.contains_key(*name));
    let key = |path: &str, name: &str, words: &Words<'_>| {
        let wire = wire(name, words);
        let wire = match words.place {
            // A placeholder is known by where it stands, since its name is not sent.
            "path" => position(path, &wire).map_or(wire, |at| at.to_string()),
            "json" | "form" | "multipart" => String::new(),
            _ => wire,
        };
        format!("{} {wire}", words.place)
    };
    let path = |item: &super::parse::Item<'a>| {
        item.line("")
            .and_then(|line| line.words.get(1))
            .copied()
            .unwrap_or_default()
    };
    let (path_before, path_after) = (path(both.before), path(both.after));
    let renames = pair_by_key(
        gone.map(|(name, (_, words))| (*name, key(path_before, name, words))),
        come.map(|(name, (_, words))| (*name, key(path_after, name, words))),
    );
    let mut seen = std::collections::BTreeSet::new();
    for (name, (old_text, old)) in &before {
        let new_name = renames.get(name).unwrap_or(name);
        let Some((new_text, new)) = after.get(new_name) else {
            let item = format!("{} parameter {name}", both.name);
            changes.push(&rules::PARAMETER_REMOVED, item, Some(old_text), None);
            continue;
        };
        seen.insert(*new_name);
        let item = format!("{} parameter {new_name}", both.name);
        let mut push = |rule| changes.push(rule, item.clone(), Some(old_text), Some(new_text));
        if name != new_name {
            let argument = old.required && new.required;
            push(if argument {
                &rules::PARAMETER_RENAMED_ARGUMENT
            } else {
                &rules::PARAMETER_RENAMED_SETTER
            });
        }
        if !both.same(old.ty, new.ty) || old.exactly != new.exactly {
            push(&rules::PARAMETER_TYPE_CHANGED);
        }
        match (old.required, new.required) {
            (false, true) => push(&rules::PARAMETER_NOW_REQUIRED),
            (true, false) => push(&rules::PARAMETER_NOW_OPTIONAL),
            _ => {}
        }
        if old.place != new.place {
            push(&rules::PARAMETER_PLACE_CHANGED);
        } else if old.place != "path"
            && !matches!(old.place, "json" | "form" | "multipart")
            && wire(name, old) != wire(new_name, new)
        {
            push(&rules::PARAMETER_WIRE_NAME_CHANGED);
        } else if name == new_name
            && old.wire != new.wire
            && template(path_before) == template(path_after)
        {
            push(&rules::OPERATION_TEMPLATE_CHANGED);
        }
        if let Some(rule) = deprecation(old.deprecated, new.deprecated) {
            push(rule);
        }
        if !same_coding(name, new_name, &old.rest, &new.rest) {
            push(&rules::PARAMETER_ENCODING_CHANGED);
        }
    }
    for (name, (text, words)) in &after {
        if !seen.contains(name) {
            let rule = if words.required {
                &rules::PARAMETER_ADDED_REQUIRED
            } else {
                &rules::PARAMETER_ADDED_OPTIONAL
            };
            changes.push(
                rule,
                format!("{} parameter {name}", both.name),
                None,
                Some(text),
            );
        }
    }
    renames
}

/// Whether the other words are the same once the parameter's name is.
fn same_coding(old_name: &str, new_name: &str, old: &[&str], new: &[&str]) -> bool {
    old == new
        || (old_name != new_name
            && old.len() == new.len()
            && old
                .iter()
                .zip(new)
                .all(|(old, new)| old.replace(old_name, new_name) == **new))
}

/// The name on the wire as it stands in the line.
fn wire(name: &str, words: &Words<'_>) -> String {
    words.wire.unwrap_or(name).to_owned()
}

/// The number of the placeholder of this name.
fn position(path: &str, name: &str) -> Option<usize> {
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next());
    names.into_iter().position(|found| found == name)
}
