//! Mutations of a document's tree: what is YAML still, and no longer what it was.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// Names and texts that mean something somewhere else.
pub const HOSTILE: &[&str] = &[
    "",
    " ",
    "a",
    "A",
    "_",
    "__",
    "-",
    ".",
    "..",
    "/",
    "0",
    "1e9",
    "-1",
    "ä",
    "日本",
    "🦀",
    "\u{202e}abc",
    "\u{feff}",
    "\0",
    "type",
    "async",
    "Self",
    "self",
    "crate",
    "super",
    "gen",
    "fn main() {}",
    "*/",
    "/*",
    "//",
    "```\npanic!()\n```",
    "#[cfg(x)]",
    "[x](y)",
    "<b>",
    "\"",
    "\\",
    "'",
    "r#\"",
    "{}",
    "{id}",
    "{id?}",
    "{",
    "}",
    "{PRICE}",
    "2025-01-01",
    "a.b.c",
    "a[]",
    "a[b][c]",
    "a[",
    "*",
    "$ref",
    "null",
    "true",
    "string",
    "integer",
    "object",
    "array",
    "file",
    "The",
    "string|null",
    "int[]",
    "default",
    "Value",
    "Option",
    "String",
    "Vec",
    "Response",
    "Error",
    "Client",
    "Unknown",
    "types",
    "runtime",
    "get",
    "post",
    "application/json",
    "multipart/form-data",
    "text/plain",
    "*/*",
    "200",
    "204",
    "2XX",
    "999",
    "99999999999999999999999999",
    "path",
    "query",
    "header",
    "cookie",
    "body",
    "properties",
    "required",
    "items",
    "oneOf",
    "3.1.0",
    "password",
    "binary",
    "date-time",
];

/// Keys whose values decide most.
const KEYS: &[&str] = &[
    "type",
    "properties",
    "items",
    "required",
    "enum",
    "oneOf",
    "anyOf",
    "allOf",
    "nullable",
    "additionalProperties",
    "format",
    "example",
    "default",
    "discriminator",
    "parameters",
    "requestBody",
    "content",
    "schema",
    "responses",
    "in",
    "name",
    "operationId",
    "summary",
    "description",
    "tags",
    "security",
    "servers",
    "$ref",
    "deprecated",
    "examples",
    "title",
    "const",
    "not",
    "x-operation-id",
    "style",
    "explode",
    "headers",
    "links",
    "callbacks",
    "minItems",
    "maximum",
    "pattern",
    "patternProperties",
    "prefixItems",
    "$defs",
    "200",
    "204",
    "default",
    "application/json",
    "multipart/form-data",
    "text/plain",
    "*/*",
    "get",
    "delete",
];

#[derive(Debug, Clone)]
pub enum Mutation {
    /// The node is gone.
    Deleted(Index),
    /// The node is this.
    Replaced(Index, Value),
    /// The node has this under a key that means something.
    Given(Index, &'static str, Value),
    /// The key is another.
    Renamed(Index, String),
    /// The node is a copy of another.
    Copied(Index, Index),
    /// The node is where another was, and that one where this was.
    Swapped(Index, Index),
    /// The node refers to itself, or to one around it.
    Circular(Index, usize),
    /// The node refers to another.
    Referring(Index, Index),
    /// The node is so deep in lists, objects or schemas.
    Wrapped(Index, usize, usize),
}

pub fn strategy() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Mutation::Deleted),
        (at(), value()).prop_map(|(at, value)| Mutation::Replaced(at, value)),
        (at(), value()).prop_map(|(at, value)| Mutation::Replaced(at, value)),
        (at(), select(KEYS), value()).prop_map(|(at, key, value)| Mutation::Given(at, key, value)),
        (at(), select(KEYS), value()).prop_map(|(at, key, value)| Mutation::Given(at, key, value)),
        (at(), name()).prop_map(|(at, name)| Mutation::Renamed(at, name)),
        (at(), at()).prop_map(|(at, from)| Mutation::Copied(at, from)),
        (at(), at()).prop_map(|(one, other)| Mutation::Swapped(one, other)),
        (at(), 0..4_usize).prop_map(|(at, up)| Mutation::Circular(at, up)),
        (at(), at()).prop_map(|(at, to)| Mutation::Referring(at, to)),
        (at(), 0..4_usize, 1..70_usize)
            .prop_map(|(at, kind, deep)| Mutation::Wrapped(at, kind, deep)),
    ]
}

fn name() -> BoxedStrategy<String> {
    prop_oneof![
        6 => select(HOSTILE).prop_map(str::to_owned),
        2 => select(KEYS).prop_map(str::to_owned),
        1 => Just("long ".repeat(60)),
        1 => "\\PC{0,12}",
    ]
    .boxed()
}

fn value() -> BoxedStrategy<Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[]])),
        Just(json!([null])),
        any::<bool>().prop_map(Value::from),
        select(&[0_i64, -1, 1, 200, i64::MIN, i64::MAX]).prop_map(Value::from),
        Just(json!(u64::MAX)),
        select(&[0.5, -1e300, 1e-7]).prop_map(Value::from),
        Just(Value::from("x".repeat(100_000))),
        name().prop_map(Value::from),
        schema(),
    ];
    let list = proptest::collection::vec(name().prop_map(Value::from), 0..4).prop_map(Value::from);
    prop_oneof![
        6 => scalar.clone(),
        1 => list,
        1 => proptest::collection::vec(scalar.clone(), 0..4).prop_map(Value::from),
        1 => (name(), scalar).prop_map(|(name, value)| json!({ name: value })),
    ]
    .boxed()
}

/// Schemas that contradict themselves, and parts that stand in the wrong place.
fn schema() -> BoxedStrategy<Value> {
    let schemas = vec![
        json!({ "type": "string", "enum": [1, null, "a", "A", "a b", {}] }),
        json!({ "type": "integer", "enum": ["a", 1.5] }),
        json!({ "type": "array" }),
        json!({ "type": "array", "items": [] }),
        json!({ "type": "object", "required": true, "properties": [{ "type": "string" }] }),
        json!({ "type": "object", "required": ["absent", "a", "a", 1], "properties": { "a": {}, "A": {}, "_a": {} } }),
        json!({ "type": ["string", "null", "object"] }),
        json!({ "type": [] }),
        json!({ "type": "null" }),
        json!({ "oneOf": [] }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "string" }, null, {}] }),
        json!({ "oneOf": [{ "oneOf": [{ "type": "object" }] }, { "type": "array", "items": { "type": "integer" } }] }),
        json!({ "anyOf": [{ "type": "object", "properties": { "a": { "type": "string" } } }, { "type": "boolean" }] }),
        json!({ "allOf": [] }),
        json!({ "allOf": [{ "type": "object", "properties": { "a": {} } }, { "type": "string" }] }),
        json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "object" } } }),
        json!({ "type": "object", "additionalProperties": false, "properties": { "*": { "type": "string" } } }),
        json!({ "type": "object", "properties": { "type": { "type": "type" }, "items": { "items": [] } } }),
        json!({ "$ref": "#/components/schemas/Nowhere" }),
        json!({ "$ref": "#/components/schemas/" }),
        json!({ "$ref": "https://example.com/x.yaml#/a" }),
        json!({ "$ref": "#" }),
        json!({ "$ref": 1 }),
        json!({ "$ref": "#/paths" }),
        json!({ "description": "", "content": { "application/json": { "schema": { "type": "string" } } } }),
        json!({ "content": { "multipart/form-data": { "schema": { "type": "array", "items": { "type": "string", "format": "binary" } } } } }),
        json!({ "content": { "application/x-www-form-urlencoded": { "schema": { "type": "integer" } } } }),
        json!([{ "in": "path", "name": "id", "schema": { "type": "array", "items": { "type": "object" } } }]),
        json!([{ "in": "query", "name": "q", "schema": { "type": "object", "properties": { "a": { "type": "array" } } } }, { "in": "cookie", "name": "c" }, 1]),
        json!([{ "in": "header", "name": "é", "required": true }, { "in": "header", "name": "a b" }, { "name": "x" }]),
        json!({ "200": { "content": { "application/json": { "schema": {} } } }, "201": { "$ref": "#/components/responses/No" } }),
    ];
    select(schemas).boxed()
}

impl Mutation {
    /// Changes `root`, and says what was done.
    pub fn apply(&self, root: &mut Value) -> String {
        match self {
            Self::Deleted(at) => {
                let at = pick(root, at);
                remove(root, &at);
                format!("{at} deleted")
            }
            Self::Replaced(at, value) => {
                let at = pick(root, at);
                put(root, &at, value.clone());
                format!("{at} = {}", short(value))
            }
            Self::Given(at, key, value) => {
                let at = pick(root, at);
                if let Some(Value::Object(node)) = root.pointer_mut(&at) {
                    node.insert((*key).to_owned(), value.clone());
                }
                format!("{at} with {key} = {}", short(value))
            }
            Self::Renamed(at, name) => {
                let at = pick(root, at);
                rename(root, &at, name);
                format!("{at} renamed to {name:?}")
            }
            Self::Copied(at, from) => {
                let (at, from) = (pick(root, at), pick(root, from));
                let copy = root.pointer(&from).cloned().unwrap_or_default();
                put(root, &at, copy);
                format!("{at} = copy of {from}")
            }
            Self::Swapped(one, other) => {
                let (one, other) = (pick(root, one), pick(root, other));
                let values = [&one, &other].map(|at| root.pointer(at).cloned().unwrap_or_default());
                let [first, second] = values;
                put(root, &one, second);
                put(root, &other, first);
                format!("{one} and {other} swapped")
            }
            Self::Circular(at, up) => {
                let at = pick(root, at);
                let mut to = at.as_str();
                for _ in 0..*up {
                    to = to.rfind('/').map_or(to, |slash| &to[..slash]);
                }
                let to = to.to_owned();
                put(root, &at, json!({ "$ref": format!("#{to}") }));
                format!("{at} = $ref to {to}")
            }
            Self::Referring(at, to) => {
                let (at, to) = (pick(root, at), pick(root, to));
                put(root, &at, json!({ "$ref": format!("#{to}") }));
                format!("{at} = $ref to {to}")
            }
            Self::Wrapped(at, kind, deep) => {
                let at = pick(root, at);
                let mut value = root.pointer(&at).cloned().unwrap_or_default();
                for _ in 0..*deep {
                    value = match kind {
                        0 => json!([value]),
                        1 => json!({ "a": value }),
                        2 => json!({ "type": "array", "items": value }),
                        _ => json!({ "type": "object", "properties": { "a": value } }),
                    };
                }
                put(root, &at, value);
                format!("{at} in {deep} of kind {kind}")
            }
        }
    }
}

/// A node's pointer. Examples are most of a document and say least, so their nodes are one in four.
fn pick(root: &Value, index: &Index) -> String {
    let (mut structure, mut examples) = (Vec::new(), Vec::new());
    collect(root, String::new(), false, &mut structure, &mut examples);
    let chosen = index.index((structure.len() * 4 / 3).max(1));
    if let Some(pointer) = structure.get(chosen) {
        return pointer.clone();
    }
    let from = if examples.is_empty() {
        &structure
    } else {
        &examples
    };
    from[(chosen - structure.len()) * from.len() / (structure.len() / 3 + 1) % from.len()].clone()
}

fn collect(
    value: &Value,
    at: String,
    example: bool,
    structure: &mut Vec<String>,
    examples: &mut Vec<String>,
) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        collect(
            child,
            pointer,
            example || key == "example",
            structure,
            examples,
        );
    }
    // The root last: a document that is nothing else says nothing.
    if example {
        examples.push(at)
    } else {
        structure.push(at)
    }
}

fn put(root: &mut Value, at: &str, value: Value) {
    if let Some(node) = root.pointer_mut(at).filter(|_| !at.is_empty()) {
        *node = value;
    }
}

fn owner<'a>(root: &'a mut Value, at: &str) -> Option<(&'a mut Value, String)> {
    let (parent, token) = at.rsplit_once('/')?;
    let key = token.replace("~1", "/").replace("~0", "~");
    Some((root.pointer_mut(parent)?, key))
}

fn remove(root: &mut Value, at: &str) {
    match owner(root, at) {
        Some((Value::Object(map), key)) => drop(map.shift_remove(&key)),
        Some((Value::Array(items), key)) => {
            if let Ok(index) = key.parse::<usize>() {
                items.remove(index);
            }
        }
        _ => {}
    }
}

/// Gives the entry another key, in its place; what had that key is gone.
fn rename(root: &mut Value, at: &str, name: &str) {
    if let Some((Value::Object(map), key)) = owner(root, at) {
        let old = std::mem::take(map);
        let renamed = old.into_iter().map(|(k, value)| {
            if k == key {
                (name.to_owned(), value)
            } else {
                (k, value)
            }
        });
        *map = renamed.collect::<Map<String, Value>>();
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    let shown: String = text.chars().take(200).collect();
    if shown.len() < text.len() {
        format!("{shown}… ({} bytes)", text.len())
    } else {
        shown
    }
}
