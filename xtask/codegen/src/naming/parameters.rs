//! The Rust names of an operation's parameters: kept ones first, then the rule.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use super::OperationNames;
use super::file::is_identifier;
use crate::inputs::{self, Location, Parameter};
use crate::names;
use crate::walk::OperationPlace;

/// The extension of an operation that holds the names of its parameters once they are decided.
const EXTENSION: &str = "x-parameter-names";

/// Names that generated code gives to other things in the same scope.
pub(super) const TAKEN: &[&str] = &["body", "call", "set_send"];

/// The names in `kept` of the parameters in the order of the path, and by name of those elsewhere.
type Kept<'a> = (
    &'a [String],
    &'a BTreeMap<String, String>,
    &'a BTreeMap<String, String>,
);

/// The names that an operation of the document says for its parameters; none when they are not decided yet.
pub(crate) fn read(operation: &Map<String, Value>) -> Option<OperationNames> {
    let names = operation.get(EXTENSION)?;
    let map = |key: &str| -> BTreeMap<String, String> {
        let names = names.get(key).and_then(Value::as_object);
        let names = names.into_iter().flatten();
        names
            .filter_map(|(wire, name)| Some((wire.clone(), name.as_str()?.to_owned())))
            .collect()
    };
    let path = names.get("path").and_then(Value::as_array);
    let path = path.into_iter().flatten();
    Some(OperationNames {
        path: path
            .map(|name| name.as_str().unwrap_or_default().to_owned())
            .collect(),
        query: map("query"),
        header: map("header"),
        ..OperationNames::default()
    })
}

/// Writes the names of the parameters into `operation`.
pub(crate) fn write(operation: &mut Map<String, Value>, names: &OperationNames) {
    let map = |names: &BTreeMap<String, String>| -> Value {
        let names = names.iter();
        Value::Object(
            names
                .map(|(wire, name)| (wire.clone(), name.as_str().into()))
                .collect(),
        )
    };
    let OperationNames {
        path,
        query,
        header,
        ..
    } = names;
    let value = json!({ "path": path, "query": map(query), "header": map(header) });
    operation.insert(EXTENSION.into(), value);
}

/// The parameters of an operation with their Rust names, always in the same order.
pub(crate) fn parameters<'a>(root: &'a Value, place: &OperationPlace) -> Vec<Parameter<'a>> {
    let mut found = inputs::declared(root, place);
    given(&mut found, place.of(root).and_then(read).as_ref());
    found
}

/// Names the `parameters` of one operation, which come in the order of its path, with the names of `kept` where it has
/// some: `id` of the path is `id`, and of the query then `query_id`.
pub(crate) fn given(parameters: &mut [Parameter<'_>], kept: Option<&OperationNames>) {
    let empty = OperationNames::default();
    let kept = kept.unwrap_or(&empty);
    let kept: Kept<'_> = (&kept.path, &kept.query, &kept.header);
    let mut taken: HashSet<String> = TAKEN.iter().map(ToString::to_string).collect();
    let mut open = Vec::new();
    let mut position = 0;
    for parameter in parameters {
        let name = match parameter.location {
            Location::Path => {
                position += 1;
                kept.0.get(position - 1)
            }
            Location::Query => kept.1.get(parameter.wire),
            Location::Header => kept.2.get(parameter.wire),
        };
        match name.filter(|name| is_identifier(name) && taken.insert((*name).clone())) {
            Some(name) => parameter.ident = name.clone(),
            None => open.push(parameter),
        }
    }
    for parameter in open {
        let mut wanted = names::field_name(parameter.wire);
        if wanted == "call" {
            // The generated methods call their request so.
            wanted = "call_value".into();
        }
        if taken.contains(&wanted) {
            let word = parameter.location.word();
            wanted = format!("{word}_{}", wanted.trim_end_matches('_'));
        }
        parameter.ident = names::unique(wanted, &mut taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_several_places_is_several_arguments() {
        let parameter =
            |location: &str, name: &str| json!({"in": location, "name": name, "required": false});
        let root = json!({"paths": {"/a/{to}/{id}": {
            "parameters": [parameter("path", "id"), parameter("path", "to")],
            "get": {"parameters": [
                parameter("header", "id"), parameter("query", "id"), parameter("query", "call"),
                parameter("query", "filter['type']"), parameter("query", "type_ids[]"), parameter("query", "body"),
                parameter("header", "Accept"), parameter("path", "elsewhere"), parameter("cookie", "c"),
            ]},
        }}});
        let place = OperationPlace {
            path: "/a/{to}/{id}".into(),
            method: "get",
        };
        let found: Vec<String> = parameters(&root, &place)
            .iter()
            .map(|p| format!("{} {} → {}", p.location.word(), p.wire, p.ident))
            .collect();
        insta::assert_snapshot!(found.join("\n"), @r"
        path to → to
        path id → id
        query body → query_body
        query call → call_value
        query filter['type'] → filter_type
        query id → query_id
        query type_ids[] → type_ids
        header id → header_id
        ");
    }
}
