//! S005: what OpenAPI 3.1 says in its own way is said as 3.0 does.
//!
//! # Why
//!
//! Scribe writes 3.1 when `openapi.version` in its configuration says so: `type: [string, 'null']` for `nullable`, and
//! `examples: [a]` for `example`. progenitor reads 3.0 only. Such lists of types also stand in documents that call
//! themselves 3.0.
//!
//! # What happens
//!
//! A list with one type and `null` becomes that type and `nullable`; integer with number is number; other lists are any
//! JSON. `const` becomes an `enum` of one, the first of the `examples` becomes the `example`, a `null` member of a union
//! makes it nullable, and the version becomes 3.0.3.

use serde_json::{Map, Value, json};

use super::{Mending, Repair, visit};

pub(super) const REPAIR: Repair = Repair {
    code: "S005",
    name: "openapi_3_1",
    run,
};

fn run(mending: &mut Mending<'_>) {
    let version = mending.document.root.get("openapi").and_then(Value::as_str);
    if let Some(version) = version.filter(|version| version.starts_with("3.1")) {
        let problem = format!("the document is written in OpenAPI {version}");
        mending.document.root["openapi"] = "3.0.3".into();
        mending.repaired(
            "/openapi",
            problem,
            "read it as 3.0.3, with 3.1's own words said as 3.0 does",
        );
    }
    visit::schemas(mending, &mut |noting, pointer, schema| {
        let mut done = Vec::new();
        type_list(schema, &mut done);
        if let Some(value) = schema.shift_remove("const") {
            if value.is_string() && !schema.contains_key("enum") {
                schema.insert("enum".into(), json!([value]));
            }
            done.push("`const` for an enum of one");
        }
        if let Some(Value::Array(examples)) = schema.get("examples") {
            let first = examples.iter().find(|example| !example.is_null());
            let first = first.or_else(|| examples.first()).cloned();
            schema.shift_remove("examples");
            if let Some(first) = first {
                schema.entry("example").or_insert(first);
            }
            done.push("`examples` for `example`");
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(members)) = schema.get_mut(key) {
                let before = members.len();
                members.retain(|member| member.get("type") != Some(&json!("null")));
                if members.len() < before {
                    if members.is_empty() {
                        schema.shift_remove(key);
                    }
                    schema.insert("nullable".into(), true.into());
                    done.push("a `null` member for `nullable`");
                }
            }
        }
        if !done.is_empty() {
            let problem = format!("OpenAPI 3.1 has {}", done.join(" and "));
            noting.repaired(pointer, problem, "said it as OpenAPI 3.0 does");
        }
    });
}

fn type_list(schema: &mut Map<String, Value>, done: &mut Vec<&'static str>) {
    let Some(Value::Array(list)) = schema.get("type") else {
        return;
    };
    let mut kinds: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
    let nullable = kinds.contains(&"null");
    kinds.retain(|kind| *kind != "null");
    kinds.sort_unstable();
    kinds.dedup();
    let kind = match kinds.as_slice() {
        [one] => Some((*one).to_owned()),
        ["integer", "number"] => Some("number".to_owned()),
        _ => None,
    };
    match kind {
        Some(kind) => {
            schema.insert("type".into(), kind.into());
            if nullable {
                schema.insert("nullable".into(), true.into());
            }
        }
        None => {
            schema.shift_remove("type");
            schema.shift_remove("enum");
        }
    }
    done.push("a list of types");
}
