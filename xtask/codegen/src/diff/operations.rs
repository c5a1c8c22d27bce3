//! What changed in the operations.

use super::Changes;
use super::items::{Both, Part, deprecation, pair_by_key};
use super::rename::{Renames, template};
use super::rules;
use crate::surface::{OperationLines, ParameterLine};

type Operations<'c> = Both<'c, OperationLines>;

/// Adds the changes of an operation that is in both surfaces.
pub(super) fn compare(both: &Operations<'_>, changes: &mut Changes) {
    let (old, new) = (&both.before, both.after);
    let parameters = parameters(both, changes);
    head(both, !parameters.is_empty(), changes);
    if old.answer != new.answer {
        let side = |of: &OperationLines| {
            let ty = of.answer.clone()?;
            Some((format!("answer {ty}"), ty))
        };
        let before =
            side(both.old).map(|(line, ty)| both.side_before(line, Part::Response, &[&ty]));
        let after = side(new).map(|(line, ty)| both.side_after(line, Part::Response, &[&ty]));
        changes.push(&rules::OPERATION_ANSWER_CHANGED, both.item(), before, after);
    }
    if both.reordered(&old.arguments, &new.arguments, &parameters) {
        let lines =
            [both.old, new].map(|of| Some(format!("arguments ({})", of.arguments.join(", "))));
        both.named("", &rules::ARGUMENTS_REORDERED, lines, changes);
    }
    both.traits(&old.traits, &new.traits, changes);
    both.methods(
        "stream",
        [&both.old.streams, &old.streams, &new.streams],
        changes,
    );
    both.valued(
        "setting",
        [&both.old.settings, &old.settings, &new.settings],
        [&rules::OPERATION_SETTING_CHANGED; 3],
        |name, value| format!("setting {name}: {value}"),
        changes,
    );
}

/// Method and path, id, builder.
fn head(both: &Operations<'_>, parameter_renamed: bool, changes: &mut Changes) {
    let (old, new) = match (&both.before.head, &both.after.head) {
        (Some(old), Some(new)) => (old, new),
        (None, None) => return,
        _ => return both.whole(&rules::ITEM_CHANGED, changes),
    };
    let mut push = |rule| both.whole(rule, changes);
    if old.method != new.method || template(&old.path) != template(&new.path) {
        push(&rules::OPERATION_MOVED);
    } else if old.path != new.path && !parameter_renamed {
        push(&rules::OPERATION_TEMPLATE_CHANGED);
    }
    if old.id != new.id {
        push(&rules::OPERATION_ID_CHANGED);
    }
    if old.builder != new.builder && !both.is_renamed() {
        push(&rules::OPERATION_BUILDER_RENAMED);
    }
    if let Some(rule) = deprecation(old.deprecated, new.deprecated) {
        push(rule);
    }
}

/// The name on the wire.
fn wire<'a>(name: &'a str, parameter: &'a ParameterLine) -> &'a str {
    parameter.wire.as_deref().unwrap_or(name)
}

fn part(name: &str, parameter: &ParameterLine) -> Part {
    if parameter.is_body() {
        return Part::Body;
    }
    Part::Parameter {
        place: parameter.place.clone(),
        wire: wire(name, parameter).to_owned(),
    }
}

/// Adds the changes of the parameters; gives the renamed ones.
fn parameters<'c>(both: &'c Operations<'_>, changes: &mut Changes) -> Renames<'c> {
    let (before, after) = (&both.before.parameters, &both.after.parameters);
    let path = |of: &OperationLines| {
        of.head
            .as_ref()
            .map(|head| head.path.clone())
            .unwrap_or_default()
    };
    let paths = [path(&both.before), path(both.after)];
    let key = |path: &str, name: &str, parameter: &ParameterLine| {
        let wire = wire(name, parameter);
        let wire = match parameter.place.as_str() {
            // A placeholder is known by where it stands, since its name is not sent.
            "path" => position(path, wire).map_or(wire.to_owned(), |at| at.to_string()),
            "json" | "form" | "multipart" => String::new(),
            _ => wire.to_owned(),
        };
        format!("{} {wire}", parameter.place)
    };
    let renames = pair_by_key(
        before,
        after,
        |name, parameter| key(&paths[0], name, parameter),
        |name, parameter| key(&paths[1], name, parameter),
    );
    for (name, old) in before {
        let original = &both.old.parameters[name];
        let side = both.side_before(original.text(name), part(name, old), &[&original.ty]);
        let new_name = renames.get(name.as_str()).copied().unwrap_or(name);
        let Some(new) = after.get(new_name) else {
            let item = format!("{} parameter {name}", both.item());
            changes.push(&rules::PARAMETER_REMOVED, item, Some(side), None);
            continue;
        };
        let item = format!("{} parameter {new_name}", both.item());
        let new_side = both.side_after(new.text(new_name), part(new_name, new), &[&new.ty]);
        let mut push = |rule| {
            changes.push(
                rule,
                item.clone(),
                Some(side.clone()),
                Some(new_side.clone()),
            );
        };
        if name != new_name {
            push(if old.required && new.required {
                &rules::PARAMETER_RENAMED_ARGUMENT
            } else {
                &rules::PARAMETER_RENAMED_SETTER
            });
        }
        if old.ty != new.ty {
            push(&rules::PARAMETER_TYPE_CHANGED);
        }
        match (old.required, new.required) {
            (false, true) => push(&rules::PARAMETER_NOW_REQUIRED),
            (true, false) => push(&rules::PARAMETER_NOW_OPTIONAL),
            _ => {}
        }
        if old.place != new.place {
            push(&rules::PARAMETER_PLACE_CHANGED);
        } else if !matches!(old.place.as_str(), "path" | "json" | "form" | "multipart")
            && wire(name, old) != wire(new_name, new)
        {
            push(&rules::PARAMETER_WIRE_NAME_CHANGED);
        } else if name == new_name
            && old.wire != new.wire
            && template(&paths[0]) == template(&paths[1])
        {
            push(&rules::OPERATION_TEMPLATE_CHANGED);
        }
        if let Some(rule) = deprecation(old.deprecated, new.deprecated) {
            push(rule);
        }
    }
    let seen: Vec<&str> = before
        .keys()
        .map(|name| renames.get(name.as_str()).copied().unwrap_or(name))
        .collect();
    for (name, parameter) in after
        .iter()
        .filter(|(name, _)| !seen.contains(&name.as_str()))
    {
        let rule = if parameter.required {
            &rules::PARAMETER_ADDED_REQUIRED
        } else {
            &rules::PARAMETER_ADDED_OPTIONAL
        };
        let side = both.side_after(
            parameter.text(name),
            part(name, parameter),
            &[&parameter.ty],
        );
        let item = format!("{} parameter {name}", both.item());
        changes.push(rule, item, None, Some(side));
    }
    renames
}

/// The number of the placeholder of this name.
fn position(path: &str, name: &str) -> Option<usize> {
    crate::inputs::template(path)
        .iter()
        .position(|found| *found == name)
}
