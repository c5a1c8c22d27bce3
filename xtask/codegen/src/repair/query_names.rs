//! S014: the name of a query parameter is the one that PHP reads.
//!
//! # Why
//!
//! `@queryParam` takes any text as a name: `ids[]`, where the list's brackets belong to how it is sent; `filter['type']`,
//! with the quotes of PHP's own syntax; `way.cost`, as validation rules say it, where PHP reads `way[cost]`.
//!
//! # What happens
//!
//! Quotes in brackets go, dots become brackets, and `[]` at the end makes the parameter a list.

use serde_json::{Value, json};

use super::{Mending, Repair, visit};
use crate::document::join;

pub(super) const REPAIR: Repair = Repair {
    code: "S014",
    name: "query_names",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::parameter_lists(mending, &mut |noting, pointer, parameters| {
        for index in 0..parameters.len() {
            let text = |index: usize, key: &str| parameters[index].get(key).and_then(Value::as_str);
            let (Some("query"), Some(name)) = (text(index, "in"), text(index, "name")) else {
                continue;
            };
            let (read, is_list) = as_php_reads(name);
            let is_taken = (0..parameters.len()).any(|other| {
                other != index
                    && text(other, "in") == Some("query")
                    && text(other, "name") == Some(&read)
            });
            if read == name || read.is_empty() || is_taken {
                continue;
            }
            let place = join(pointer, &index.to_string());
            let list = if is_list { ", a list" } else { "" };
            noting.repaired(
                &place,
                format!(
                    "PHP does not read the name `{}` as it is written",
                    crate::printable::shorten(name)
                ),
                format!("called it `{}`{list}", crate::printable::shorten(&read)),
            );
            let parameter = &mut parameters[index];
            parameter["name"] = read.into();
            if is_list && parameter.pointer("/schema/type") != Some(&json!("array")) {
                let items = parameter
                    .get("schema")
                    .cloned()
                    .unwrap_or_else(|| json!({ "type": "string" }));
                parameter["schema"] = json!({ "type": "array", "items": items });
                if let Some(example) = parameter
                    .get_mut("example")
                    .filter(|example| !example.is_array() && !example.is_null())
                {
                    *example = json!([example.take()]);
                }
            }
        }
    });
}

/// The name under which PHP finds the value, and whether that is a list.
fn as_php_reads(name: &str) -> (String, bool) {
    let (name, is_list) = match name.strip_suffix("[]").or_else(|| name.strip_suffix(".*")) {
        Some(name) => (name, true),
        None => (name, false),
    };
    let mut parts = name.split('.').map(|part| part.trim_end_matches(':'));
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if part.is_empty() || part.contains(['[', ']']) {
            return (name.to_owned(), false);
        }
        read.push_str(&format!("[{part}]"));
    }
    for quote in ["'", "\""] {
        read = read
            .replace(&format!("[{quote}"), "[")
            .replace(&format!("{quote}]"), "]");
    }
    (read, is_list)
}
