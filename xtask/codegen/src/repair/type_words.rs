//! S007: a `type` that is a word of PHP or of a validation rule becomes the type that it means.
//!
//! # Why
//!
//! What stands behind `@bodyParam name` or `@queryParam name` is taken as the type whatever it is: a rule
//! (`numeric`, `date_format:Y-m-d`), a PHP type (`string|null`), or the first word of the description (`The`,
//! `required`). OpenAPI knows six words, and progenitor stops at any other.
//!
//! # What happens
//!
//! A word that names a kind of value becomes its type, `null` makes it nullable. A word that says nothing about the value
//! is dropped: then the example decides, and without one the value is any JSON. A schema without a type that has
//! properties is an object, one that has items is an array; so is one with a type that cannot have them.

use serde_json::{Map, Value, json};

use super::{Mending, Noting, Repair, visit};

pub(super) const REPAIR: Repair = Repair {
    code: "S007",
    name: "type_words",
    run,
};

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

fn run(mending: &mut Mending<'_>) {
    visit::schemas(mending, &mut |noting, pointer, schema| {
        match schema.get("type") {
            Some(Value::String(word)) if TYPES.contains(&word.as_str()) => {}
            Some(Value::String(word)) => {
                let word = word.clone();
                let action = mend(schema, &word);
                let problem = format!(
                    "`{}` is no type of OpenAPI",
                    crate::printable::shorten(&word)
                );
                noting.repaired(pointer, problem, action);
            }
            Some(other) => {
                let problem = format!("expected `type` to be a word, but found {other}");
                let problem = crate::printable::shorten(&problem);
                schema.shift_remove("type");
                let action = guess(schema);
                noting.repaired(pointer, problem, action);
            }
            None => missing(noting, pointer, schema),
        }
        structure(noting, pointer, schema);
    });
}

/// A type that is only said by what stands beside it.
fn missing(noting: &mut Noting<'_>, pointer: &str, schema: &mut Map<String, Value>) {
    let Some(kind) = read_like(schema) else {
        return;
    };
    schema.insert("type".into(), kind.into());
    noting.repaired(
        pointer,
        "the schema has no type",
        format!("took it as {kind}, which it reads like"),
    );
}

/// The type of a schema that says none, as far as what else it says tells it.
fn read_like(schema: &Map<String, Value>) -> Option<&'static str> {
    let is_object = |key: &str| schema.get(key).is_some_and(Value::is_object);
    let values = schema.get("enum").and_then(Value::as_array);
    if is_object("properties") {
        Some("object")
    } else if is_object("items") {
        Some("array")
    } else if values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string))
    {
        Some("string")
    } else {
        None
    }
}

/// A type that what stands beside it contradicts.
fn structure(noting: &mut Noting<'_>, pointer: &str, schema: &mut Map<String, Value>) {
    let has_properties = schema
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|properties| !properties.is_empty());
    match schema.get("type").and_then(Value::as_str) {
        Some("object") | None => {}
        // Fields have an owner, and a list of texts or numbers has none; neither has an example that is an object.
        Some("array") if has_properties && (lists_values(schema) || shows_object(schema)) => {
            schema.shift_remove("items");
            schema.insert("type".into(), "object".into());
            let problem = "the type is array, but there are properties and no objects in it";
            noting.repaired(pointer, problem, "took it as an object");
        }
        Some("array") if has_properties && !says_fields(schema.get("items")) => {
            let properties = schema.shift_remove("properties").unwrap_or_default();
            schema.insert(
                "items".into(),
                json!({ "type": "object", "properties": properties }),
            );
            noting.repaired(
                pointer,
                "an array has no properties",
                "took them as those of its items",
            );
        }
        Some(kind) if has_properties && kind != "array" => {
            let problem = format!("the type is {kind}, but there are properties");
            schema.insert("type".into(), "object".into());
            noting.repaired(pointer, problem, "took it as an object");
        }
        Some(kind) if kind != "array" && has_items(schema) && shows_list(schema) => {
            let problem = format!("the type is {kind}, but it says what its items are");
            schema.insert("type".into(), "array".into());
            noting.repaired(pointer, problem, "took it as an array");
        }
        Some(_) => {}
    }
}

fn has_items(schema: &Map<String, Value>) -> bool {
    let items = schema.get("items").and_then(Value::as_object);
    items.is_some_and(|items| !items.is_empty())
}

/// Whether `items` has properties of its own.
fn says_fields(items: Option<&Value>) -> bool {
    items.is_some_and(|items| items.get("properties").is_some() || items.get("$ref").is_some())
}

/// Whether the items are said to be texts, numbers or booleans.
fn lists_values(schema: &Map<String, Value>) -> bool {
    let kind = schema
        .get("items")
        .and_then(|items| items.get("type")?.as_str());
    kind.is_some_and(|kind| !matches!(kind, "object" | "array"))
}

fn shows_object(schema: &Map<String, Value>) -> bool {
    schema.get("example").is_some_and(Value::is_object)
}

/// Whether the example is a list, or there is none.
fn shows_list(schema: &Map<String, Value>) -> bool {
    match schema.get("example") {
        None | Some(Value::Null | Value::Array(_)) => true,
        Some(_) => false,
    }
}

fn mend(schema: &mut Map<String, Value>, words: &str) -> String {
    let mut found = None;
    let mut nullable = false;
    for word in words.split(['|', ',']) {
        let word = word
            .trim()
            .trim_start_matches('?')
            .trim_end_matches(['.', ';']);
        nullable |= words.trim().starts_with('?');
        let word = word
            .split([':', '(', '<', ' '])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        match word.as_str() {
            "null" | "nullable" => nullable = true,
            _ => found = found.or_else(|| Some((meaning(&word)?, is_file(&word)))),
        }
    }
    schema.shift_remove("type");
    if nullable {
        schema.insert("nullable".into(), true.into());
    }
    match found {
        Some(((kind, items), is_file)) => {
            schema.insert("type".into(), kind.into());
            let mut value = Some(&mut *schema);
            if let Some(items) = items {
                let node = value.take().map(|list| list.entry("items"));
                let node = node.map(|node| node.or_insert_with(|| json!({ "type": items })));
                value = node.and_then(Value::as_object_mut);
            }
            if let Some(value) = value.filter(|_| is_file) {
                value.insert("format".into(), "binary".into());
            }
            let or_null = if nullable { " or null" } else { "" };
            format!("took it as {kind}{or_null}, which it means")
        }
        None => guess(schema),
    }
}

/// Whether a word, or that of a list's items, says that the value is a file. It is one in a form; elsewhere it is a text.
fn is_file(word: &str) -> bool {
    let word = word.trim_end_matches("[]");
    matches!(word, "binary" | "file" | "image" | "video" | "audio")
}

/// What a word says about the value: its type, and that of its items.
fn meaning(word: &str) -> Option<(&'static str, Option<&'static str>)> {
    if let Some(item) = word.strip_suffix("[]") {
        let item = meaning(item).map(|(kind, _)| kind);
        return Some(("array", item));
    }
    let kind = match word.replace(['-', '_'], "").as_str() {
        "string" | "str" | "text" | "char" | "varchar" | "date" | "datetime" | "dateformat"
        | "dateequals" | "time" | "email" | "mail" | "uuid" | "ulid" | "guid" | "url" | "uri"
        | "link" | "activeurl" | "ip" | "ipaddress" | "ipv4" | "ipv6" | "macaddress"
        | "password" | "currentpassword" | "slug" | "phone" | "tel" | "hex" | "hexcolor"
        | "color" | "timezone" | "alpha" | "alphanum" | "alphadash" | "ascii" | "lowercase"
        | "uppercase" | "longtext" | "mediumtext" | "base64" | "binary" | "file" | "image"
        | "video" | "audio" | "byte" | "regex" | "startswith" | "endswith" | "carbon" => "string",
        "numeric" | "number" | "decimal" | "float" | "double" | "real" | "money" => "number",
        "int" | "integer" | "bigint" | "biginteger" | "smallint" | "tinyint" | "mediumint"
        | "unsignedint" | "unsignedinteger" | "unsignedbigint" | "unsignedbiginteger" | "long"
        | "digits" | "digitsbetween" => "integer",
        "bool" | "boolean" | "accepted" | "declined" => "boolean",
        "array" | "list" | "collection" | "iterable" => "array",
        "object" | "map" | "dict" | "hash" | "stdclass" => "object",
        _ => return None,
    };
    Some((kind, None))
}

/// The type of the example, when there is one.
fn guess(schema: &mut Map<String, Value>) -> String {
    let kind = match schema.get("example") {
        Some(Value::String(_)) => "string",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(number)) if number.is_f64() => "number",
        Some(Value::Number(_)) => "integer",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
        Some(Value::Null) | None => {
            if let Some(kind) = read_like(schema) {
                schema.insert("type".into(), kind.into());
                return format!("took it as {kind}, which it reads like");
            }
            schema.shift_remove("nullable");
            return "took it as any JSON, since there is no example either".into();
        }
    };
    schema.insert("type".into(), kind.into());
    format!("took it as {kind}, like its example")
}
