//! Schemas, node by node.

use serde_json::{Map, Value, json};

use super::fact::State;
use super::merge::Merger;
use super::node::Says;
use super::{silence, union};
use crate::document::join;

/// How deep a schema may be: one that refers to itself has no end.
const DEPTH: usize = 200;

impl<'a> Merger<'a> {
    /// Merges what `says` has beneath the schema `node`. `beside` is the example that stands beside it. Returns whether
    /// the schema said nothing, so that what the supplement says took its place.
    pub(super) fn schema(
        &mut self,
        node: &mut Value,
        at: &str,
        says: &Says<'a>,
        beside: Option<&Value>,
    ) -> bool {
        let Some(says) = self.resolve(says) else {
            return false;
        };
        if at.len() > DEPTH * 100 || at.matches('/').count() > DEPTH {
            return false;
        }
        if let Some(target) = self.target(node) {
            self.referred(node, target, at, &says);
            return false;
        }
        let Value::Object(schema) = node else {
            self.contradict(at, &says, node);
            return false;
        };
        let Some(words) = says.value.as_object() else {
            return false;
        };
        let states_a_type = words.contains_key("type") || silence::is_composed(words);
        let differs = schema.get("type") != words.get("type");
        if states_a_type
            && silence::says_no_type(schema, beside)
            && (differs || silence::saw_null_only(schema, beside))
        {
            self.replace(schema, at, &says, beside);
            return true;
        }
        if silence::is_composed(words) || silence::is_composed(schema) {
            union::merge(self, schema, at, &says);
        } else {
            self.plain(schema, at, &says);
        }
        false
    }

    /// What upstream's schema refers to, when it is a reference.
    pub(super) fn target(&self, node: &Value) -> Option<Value> {
        let reference = node.get("$ref")?.as_str()?;
        let pointer = reference.strip_prefix('#')?;
        self.upstream.root.pointer(pointer).cloned()
    }

    /// A schema that upstream shares: what is known of this place only goes into a copy of it.
    fn referred(&mut self, node: &mut Value, mut target: Value, at: &str, says: &Says<'a>) {
        let before = target.clone();
        self.schema(&mut target, at, says, None);
        if target != before {
            *node = target;
        }
    }

    /// The supplement's schema in place of one that says nothing.
    fn replace(
        &mut self,
        schema: &mut Map<String, Value>,
        at: &str,
        says: &Says<'a>,
        beside: Option<&Value>,
    ) {
        let saw_null = silence::saw_null_only(schema, beside);
        let before = std::mem::take(schema);
        let mut new = Map::new();
        for (key, says) in says.entries() {
            let is_upstreams = matches!(key.as_str(), "description" | "title")
                && before
                    .get(key)
                    .is_some_and(|words| !silence::is_empty(words));
            let at = join(at, key);
            if is_upstreams {
                self.judge(&at, &says, State::Confirmed);
            } else {
                new.insert(key.clone(), self.supply(&at, &says));
            }
        }
        let may_be_null = saw_null && !at.contains("/parameters/");
        if may_be_null || before.get("nullable") == Some(&Value::Bool(true)) {
            new.insert("nullable".into(), true.into());
        }
        for (key, value) in before {
            let is_of_the_type = matches!(
                key.as_str(),
                "type" | "example" | "enum" | "items" | "properties" | "nullable" | "required"
            );
            if !is_of_the_type && !silence::is_empty(&value) {
                new.insert(key, value);
            }
        }
        *schema = new;
    }

    /// A schema of one type with another.
    fn plain(&mut self, schema: &mut Map<String, Value>, at: &str, says: &Says<'a>) {
        if self.types_clash(schema, at, says) {
            return;
        }
        for (key, says) in says.entries() {
            let at = join(at, key);
            match (key.as_str(), schema.get_mut(key)) {
                ("type", Some(_)) => self.judge(&at, &says, State::Confirmed),
                ("properties", Some(properties)) if !silence::is_empty(properties) => {
                    self.properties(properties, &at, &says);
                }
                ("properties", Some(properties)) => *properties = self.supply(&at, &says),
                ("items" | "additionalProperties", Some(known))
                    if known.is_object() && says.value.is_object() =>
                {
                    self.schema(known, &at, &says, None);
                }
                ("enum" | "required", Some(Value::Array(known))) => {
                    self.append(known, &at, &says);
                }
                _ => self.entry(schema, key, &at, &says),
            }
        }
    }

    /// Whether the two say different types; a response's `integer` does not contradict `number`, since the one value
    /// that Scribe saw may have been whole.
    fn types_clash(&mut self, schema: &mut Map<String, Value>, at: &str, says: &Says<'a>) -> bool {
        let known = schema.get("type").and_then(Value::as_str);
        let wanted = says.value.get("type").and_then(Value::as_str);
        let wanted = wanted.or_else(|| says.value.get("properties").map(|_| "object"));
        let (Some(known), Some(wanted)) = (known, wanted) else {
            return false;
        };
        if known == wanted {
            return false;
        }
        let Some(of_type) = says.child("type") else {
            self.contradict(at, says, &json!({ "type": known }));
            return true;
        };
        let at = join(at, "type");
        if self.is_response && known == "integer" && wanted == "number" {
            // What is compared next is that the types are the same.
            let wider = self.supply(&at, &of_type);
            schema.insert("type".into(), wider);
            return false;
        }
        let known = json!(known);
        self.contradict(&at, &of_type, &known);
        true
    }

    fn properties(&mut self, properties: &mut Value, at: &str, says: &Says<'a>) {
        let Value::Object(properties) = properties else {
            return self.contradict(at, says, properties);
        };
        for (name, says) in says.entries() {
            let at = join(at, name);
            match properties.get_mut(name) {
                Some(property) => {
                    self.schema(property, &at, &says, None);
                }
                None => {
                    let supplied = self.supply(&at, &says);
                    properties.insert(name.clone(), supplied);
                }
            }
        }
    }

    /// Appends the values that upstream's list has not.
    fn append(&mut self, known: &mut Vec<Value>, at: &str, says: &Says<'a>) {
        let values = says.value.as_array().into_iter().flatten();
        let new: Vec<Value> = values
            .filter(|value| !known.iter().any(|known| crate::patch::equal(known, value)))
            .cloned()
            .collect();
        let state = if new.is_empty() {
            State::Confirmed
        } else {
            State::Supplied
        };
        known.extend(new);
        self.judge(at, says, state);
    }
}
