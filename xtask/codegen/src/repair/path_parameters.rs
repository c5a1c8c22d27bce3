//! S012: the parameters of a path are those of its template.
//!
//! # Why
//!
//! `@urlParam` takes any name: one that the route has not (`@urlParam page`, meant for the query; `@urlParam user` where
//! Scribe wrote `{user_id}` into the path). And a route parameter may have been hidden, or renamed in one place only.
//!
//! # What happens
//!
//! A declared parameter that is not in the template takes the place of the one that is there undeclared, when both are
//! alone; is left out when the template has it under another spelling (`user`, `user_id`); and becomes an optional query
//! parameter otherwise, unless the query has one of that name. What is in the template undeclared is a string.

use serde_json::{Value, json};

use super::{Mending, Repair};
use crate::document::join;
use crate::inputs;
use crate::names;
use crate::walk;

pub(super) const REPAIR: Repair = Repair {
    code: "S012",
    name: "path_parameters",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let mut root = std::mem::take(&mut mending.document.root);
    let mut done = std::collections::HashSet::new();
    for place in walk::operations(&root) {
        if !done.insert(place.path.clone()) {
            continue;
        }
        let pointer = join("/paths", &place.path);
        let methods: Vec<&str> = walk::METHODS
            .into_iter()
            .filter(|method| {
                root.pointer(&join(&pointer, method))
                    .is_some_and(Value::is_object)
            })
            .collect();
        let of_item = list(&mut root, &pointer);
        for method in &methods {
            let pointer = join(&pointer, method);
            let mut own = list(&mut root, &pointer);
            let inherited = names_of(&of_item, "path");
            mend(mending, &pointer, &place.path, &mut own, &inherited);
            put(&mut root, &pointer, own);
        }
        let mut of_item = of_item;
        let own: Vec<Vec<String>> = methods
            .iter()
            .map(|method| {
                let pointer = join(&join(&pointer, method), "parameters");
                let own = root.pointer(&pointer).and_then(Value::as_array).cloned();
                names_of(&own.unwrap_or_default(), "path")
            })
            .collect();
        // What every operation declares for itself need not be declared for all.
        let template = inputs::template(&place.path);
        let everywhere: Vec<String> = template
            .iter()
            .filter(|name| {
                !own.is_empty() && own.iter().all(|own| own.iter().any(|own| own == *name))
            })
            .map(|name| (*name).to_owned())
            .collect();
        mend(mending, &pointer, &place.path, &mut of_item, &everywhere);
        put(&mut root, &pointer, of_item);
    }
    mending.document.root = root;
}

fn list(root: &mut Value, owner: &str) -> Vec<Value> {
    match root.pointer(&join(owner, "parameters")) {
        Some(Value::Array(parameters)) => parameters.clone(),
        _ => Vec::new(),
    }
}

fn put(root: &mut Value, owner: &str, parameters: Vec<Value>) {
    if let Some(Value::Object(owner)) = root.pointer_mut(owner)
        && (owner.contains_key("parameters") || !parameters.is_empty())
    {
        owner.insert("parameters".into(), parameters.into());
    }
}

fn names_of(parameters: &[Value], location: &str) -> Vec<String> {
    parameters
        .iter()
        .filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some(location))
        .filter_map(|parameter| parameter.get("name")?.as_str().map(str::to_owned))
        .collect()
}

/// Mends one list of parameters. `elsewhere` are the path parameters that another list declares.
fn mend(
    mending: &mut Mending<'_>,
    owner: &str,
    path: &str,
    parameters: &mut Vec<Value>,
    elsewhere: &[String],
) {
    let template = inputs::template(path);
    let declared = names_of(parameters, "path");
    let of_item = !owner
        .rsplit('/')
        .next()
        .is_some_and(|last| walk::METHODS.contains(&last));
    let mut undeclared: Vec<&str> = Vec::new();
    for name in &template {
        let is_declared = declared
            .iter()
            .chain(elsewhere)
            .any(|declared| declared == name);
        if of_item && !is_declared && !undeclared.contains(name) {
            undeclared.push(name);
        }
    }
    let extra: Vec<String> = declared
        .into_iter()
        .filter(|name| !template.contains(&name.as_str()))
        .collect();
    let pointer = join(owner, "parameters");
    for name in &extra {
        let Some(index) = parameters.iter().position(|parameter| {
            parameter.get("in") == Some(&json!("path"))
                && parameter.get("name") == Some(&json!(name))
        }) else {
            continue;
        };
        let problem = format!("`{name}` is no parameter of the path `{path}`");
        let place = join(&pointer, &index.to_string());
        if let ([only], 1) = (undeclared.as_slice(), extra.len()) {
            mending.repaired(
                &place,
                problem,
                format!("took it for `{only}`, which is not declared"),
            );
            parameters[index]["name"] = (*only).into();
            undeclared.clear();
        } else if let Some(same) = template.iter().find(|other| stem(other) == stem(name)) {
            mending.repaired(
                &place,
                problem,
                format!("left it out, since it says again what `{same}` is"),
            );
            parameters.remove(index);
        } else if names_of(parameters, "query").contains(name) {
            mending.repaired(
                &place,
                problem,
                "left it out, since the query has one of that name",
            );
            parameters.remove(index);
        } else {
            mending.repaired(
                &place,
                problem,
                "made it an optional parameter of the query",
            );
            parameters[index]["in"] = "query".into();
            parameters[index]["required"] = false.into();
        }
    }
    for name in undeclared {
        mending.repaired(
            owner,
            format!("the path has `{{{name}}}`, which is not declared"),
            "declared it as a string",
        );
        parameters.push(
            json!({ "in": "path", "name": name, "required": true, "schema": { "type": "string" } }),
        );
    }
}

/// The name without what tells the column: `deliveryRequest`, `delivery_request_id` → `delivery_request`.
fn stem(name: &str) -> String {
    let name = names::snake(name);
    ["_id", "_slug", "_uuid"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .map_or_else(|| name.clone(), str::to_owned)
}
