//! Two places that belong to one type: what holds at either of them.

use std::collections::BTreeMap;

use super::tree::{Kind, Known};

/// What holds at places of `a` or of `b`; none when no one type holds both.
pub(super) fn join(a: &Known, b: &Known) -> Option<Known> {
    Some(Known {
        kind: join_kinds(&a.kind, &b.kind)?,
        null: a.null || b.null,
    })
}

fn join_kinds(a: &Kind, b: &Kind) -> Option<Kind> {
    Some(match (a, b) {
        (Kind::Nothing, other) | (other, Kind::Nothing) => other.clone(),
        (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Kind::Number,
        (Kind::Array(a), Kind::Array(b)) => Kind::Array(Box::new(join(a, b)?)),
        (Kind::Map(a), Kind::Map(b)) => Kind::Map(Box::new(join(a, b)?)),
        // PHP's empty array stands for an empty object as well.
        (Kind::Array(items), object @ (Kind::Object(_) | Kind::OpenObject | Kind::Map(_)))
        | (object @ (Kind::Object(_) | Kind::OpenObject | Kind::Map(_)), Kind::Array(items))
            if items.kind == Kind::Nothing =>
        {
            object.clone()
        }
        (Kind::Object(a), Kind::Object(b)) if a.keys().eq(b.keys()) => {
            let mut joined = BTreeMap::new();
            for ((name, a), b) in a.iter().zip(b.values()) {
                joined.insert(name.clone(), join(a, b)?);
            }
            Kind::Object(joined)
        }
        (a, b) if a == b => a.clone(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::Side;
    use super::*;
    use serde_json::{Value, json};

    fn known(schema: &Value) -> Known {
        Known::of(schema, &[], Side::Answer)
    }

    fn joined(a: &Value, b: &Value) -> Option<Known> {
        let (a, b) = (known(a), known(b));
        assert_eq!(join(&a, &b), join(&b, &a), "the order must not matter");
        join(&a, &b)
    }

    #[test]
    fn integer_with_number_is_number() {
        let both = joined(
            &json!({"type": "integer", "example": 0}),
            &json!({"type": "number", "example": 4.99}),
        );
        assert_eq!(both.unwrap().kind, Kind::Number);
    }

    #[test]
    fn null_with_a_type_is_that_type_or_null() {
        let both = joined(
            &json!({"type": "string", "nullable": true, "example": null}),
            &json!({"type": "integer", "example": 3}),
        );
        assert_eq!(
            both.unwrap(),
            Known {
                kind: Kind::Integer,
                null: true
            }
        );
    }

    #[test]
    fn an_empty_array_with_an_object_is_the_object() {
        let object =
            json!({"type": "object", "properties": {"a": {"type": "string", "example": "x"}}});
        let both = joined(&json!({"type": "array", "example": []}), &object);
        assert_eq!(both.unwrap(), known(&object));
    }

    #[test]
    fn a_string_and_an_object_are_no_one_type() {
        assert_eq!(
            joined(
                &json!({"type": "string", "example": "x"}),
                &json!({"type": "object"})
            ),
            None
        );
    }

    #[test]
    fn objects_of_other_properties_stay_apart() {
        let object =
            |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        assert_eq!(joined(&object("a"), &object("b")), None);
    }
}
