//! S011: a path template that is written as Laravel does, or wrongly, is written as OpenAPI does.
//!
//! # Why
//!
//! Routes come as they were typed: `/users/{id?}` with an optional parameter, `/posts/{post:slug}` with the column that
//! finds it, `/discussion/{id` with a brace forgotten.
//!
//! # What happens
//!
//! `?` and the column are left out and the brace is closed at the end of its segment. The parameter is required then: a
//! URL without it is another path. Where another path reads the same, the parameter's name gets a `_` at its end.

use serde_json::{Map, Value};

use super::{Mending, Repair};
use crate::document::join;
use crate::inputs;

pub(super) const REPAIR: Repair = Repair {
    code: "S011",
    name: "path_templates",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let Some(Value::Object(paths)) = mending.document.root.get_mut("paths").map(Value::take) else {
        return;
    };
    let mut mended: Map<String, Value> = Map::new();
    let mut moves: Vec<(String, String)> = Vec::new();
    let untouched: Vec<&String> = paths
        .keys()
        .filter(|path| template(path, "") == **path)
        .collect();
    let mut taken: std::collections::HashSet<String> = untouched.into_iter().cloned().collect();
    for (path, mut item) in paths {
        let mut template = template(&path, "");
        if template != path {
            let mut suffix = String::new();
            while !taken.insert(template.clone()) {
                suffix.push('_');
                template = self::template(&path, &suffix);
                if suffix.len() > 20 {
                    break;
                }
            }
            rename(&mut item, &path, &template);
            let from = join("/paths", &path);
            let problem = format!(
                "expected a path such as `/users/{{id}}`, but found `{}`",
                crate::printable::shorten(&path)
            );
            mending.repaired(
                &from,
                problem,
                format!("read it as `{}`", crate::printable::shorten(&template)),
            );
            moves.push((join("/paths", &template), from));
        }
        mended.insert(template, item);
    }
    mending.document.root["paths"] = Value::Object(mended);
    let moves = moves.iter().map(|(to, from)| (to.as_str(), from.as_str()));
    mending.document.places.alias(moves);
}

/// `path` as OpenAPI writes it, with `suffix` behind the name of each parameter that is changed.
fn template(path: &str, suffix: &str) -> String {
    let mut template = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        template.push_str(before);
        let end = after.find(['}', '/', '{']).unwrap_or(after.len());
        let name = &after[..end];
        let is_closed = after[end..].starts_with('}');
        let plain = name.split([':', '?']).next().unwrap_or_default().trim();
        let plain = if plain.is_empty() { "value" } else { plain };
        template.push('{');
        template.push_str(plain);
        if !is_closed || plain != name {
            template.push_str(suffix);
        }
        template.push('}');
        rest = &after[end + usize::from(is_closed)..];
    }
    template.push_str(rest);
    template
}

/// Gives the path parameters of `item` the names that they have in the new template.
fn rename(item: &mut Value, from: &str, to: &str) {
    let names: Vec<(String, String)> = from
        .split('{')
        .skip(1)
        .map(|rest| rest.split(['}', '/']).next().unwrap_or_default().to_owned())
        .zip(inputs::template(to).into_iter().map(str::to_owned))
        .collect();
    let Some(item) = item.as_object_mut() else {
        return;
    };
    for (key, value) in item.iter_mut() {
        let parameters = if key == "parameters" {
            Some(value)
        } else {
            value.get_mut("parameters")
        };
        for parameter in parameters
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if parameter.get("in").and_then(Value::as_str) != Some("path") {
                continue;
            }
            let plain = |name: &str| {
                name.split([':', '?'])
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            };
            let name = parameter
                .get("name")
                .and_then(Value::as_str)
                .map(str::to_owned)
                .unwrap_or_default();
            let new = names
                .iter()
                .find(|(old, _)| *old == name || plain(old) == plain(&name));
            if let Some((_, new)) = new {
                parameter["name"] = new.as_str().into();
            }
        }
    }
}
