//! S028: a boolean or a number whose listed values and examples are texts has values.
//!
//! # Why
//!
//! The parameters of Laravel's `in:` rule are texts, whatever the field is: `boolean|in:true` becomes `type: boolean` with
//! `enum: ['true']`, and the example is drawn from that list. A program that goes by the type sends `true`, one that goes by
//! the list sends a text.
//!
//! # What happens
//!
//! When every value of the list is a text of the type (`true`, `false`, `1` and `0` for a boolean), the type counts: the list
//! and the examples become values, and a boolean needs no list. When one is not, as `auto` is no boolean, the list counts,
//! since nothing else could send that one: the type becomes `string`. Without a list, the example `'true'` of a boolean in a
//! request is its value; that of a number is left to what the examples tell.

use serde_json::{Map, Value};

use super::{Mending, Repair, visit};
use crate::document::{parent, tokens};

pub(super) const REPAIR: Repair = Repair {
    code: "S028",
    name: "quoted_values",
    run,
};

/// A type whose values are no texts.
#[derive(Clone, Copy)]
enum Kind {
    Boolean,
    Integer,
    Number,
}

impl Kind {
    fn of(schema: &Map<String, Value>) -> Option<Self> {
        match schema.get("type")?.as_str()? {
            "boolean" => Some(Self::Boolean),
            "integer" => Some(Self::Integer),
            "number" => Some(Self::Number),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
        }
    }

    /// The value that `text` is a text of. A number that reads otherwise when it is written, such as `007`, is a text.
    fn value(self, text: &str) -> Option<Value> {
        match (self, text) {
            (Self::Boolean, "true" | "1") => Some(true.into()),
            (Self::Boolean, "false" | "0") => Some(false.into()),
            (Self::Boolean, _) => None,
            (Self::Integer, _) => {
                let number: i64 = text.parse().ok()?;
                (number.to_string() == text).then(|| number.into())
            }
            (Self::Number, _) => serde_json::from_str::<serde_json::Number>(text)
                .ok()
                .map(Value::Number),
        }
    }
}

fn run(mending: &mut Mending<'_>) {
    let mut unquoted = Vec::new();
    visit::schemas(mending, &mut |noting, pointer, schema| {
        let Some(kind) = Kind::of(schema) else {
            return;
        };
        let values = schema.get("enum").and_then(Value::as_array);
        let values = values.map_or(&[][..], Vec::as_slice);
        let name = kind.name();
        if values.iter().any(Value::is_string) {
            let is_text_of =
                |value: &Value| value.as_str().is_none_or(|text| kind.value(text).is_some());
            if values.iter().all(is_text_of) {
                noting.repaired(
                    pointer,
                    format!("the type is {name}, but the values that are listed are texts"),
                    format!("took them as those of {name}, which they are texts of"),
                );
                if matches!(kind, Kind::Boolean) {
                    schema.shift_remove("enum");
                } else {
                    each(schema.get_mut("enum"), &mut |value| unquote(kind, value));
                }
                unquoted.push((pointer.to_owned(), kind));
            } else {
                schema.insert("type".into(), "string".into());
                noting.repaired(
                    pointer,
                    format!("the type is {name}, but texts are listed that are none"),
                    "took it as a string, or those could not be sent",
                );
            }
        } else if matches!(kind, Kind::Boolean)
            && matches!(
                schema.get("example").and_then(Value::as_str),
                Some("true" | "false")
            )
            && !pointer.contains("/responses/")
        {
            noting.repaired(
                pointer,
                "the type is boolean, but the example is a text of one",
                "took it as a boolean",
            );
            unquoted.push((pointer.to_owned(), kind));
        }
    });
    for (pointer, kind) in unquoted {
        examples(&mut mending.document.root, &pointer, kind);
    }
}

/// Makes values of the texts that examples have for the schema at `pointer`: its own, and those of what it is in.
fn examples(root: &mut Value, pointer: &str, kind: Kind) {
    let mut owner = Some(pointer);
    while let Some(at) = owner {
        if let Some(Value::Object(node)) = root.pointer_mut(at)
            && let Some(steps) = steps(&pointer[at.len()..])
        {
            follow(node.get_mut("example"), &steps, kind);
            if let Some(Value::Object(named)) = node.get_mut("examples") {
                for example in named.values_mut() {
                    follow(example.get_mut("value"), &steps, kind);
                }
            }
        }
        owner = parent(at);
    }
}

/// A step from a value to a part of it.
enum Step {
    Field(String),
    Items,
}

/// The steps that lead from a schema, or from what has a schema, to what `below` it describes; none when other keywords
/// are on the way.
fn steps(below: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut keys = tokens(below);
    while let Some(key) = keys.next() {
        match &*key {
            "properties" => steps.push(Step::Field(keys.next()?.into_owned())),
            "items" => steps.push(Step::Items),
            "schema" if steps.is_empty() => {}
            _ => return None,
        }
    }
    Some(steps)
}

fn follow(value: Option<&mut Value>, steps: &[Step], kind: Kind) {
    let Some(value) = value else {
        return;
    };
    match steps {
        [] => unquote(kind, value),
        [Step::Field(name), rest @ ..] => follow(value.get_mut(name), rest, kind),
        [Step::Items, rest @ ..] => each(Some(value), &mut |item| follow(Some(item), rest, kind)),
    }
}

fn each(list: Option<&mut Value>, change: &mut dyn FnMut(&mut Value)) {
    if let Some(Value::Array(items)) = list {
        items.iter_mut().for_each(change);
    }
}

fn unquote(kind: Kind, value: &mut Value) {
    if let Some(unquoted) = value.as_str().and_then(|text| kind.value(text)) {
        *value = unquoted;
    }
}
