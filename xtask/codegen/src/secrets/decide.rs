//! What the rules say of each field, and what follows from it for what is in the field.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::name::{parts, plain};
use super::places::{self, target};
use super::rule::{Asked, Owner, Rules, Side};
use super::sounds;
use crate::document::join;

/// What became of the fields of a document.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// The pointers of the schemas of which every value is secret.
    pub(super) secret: BTreeSet<String>,
    /// Secrets that only an example shows: the schemas that they shall have, by pointer.
    pub(super) shown: BTreeMap<String, Value>,
    /// The fields that sound like a secret and that no rule is about.
    pub(super) undecided: Vec<Undecided>,
}

/// A field that nobody decided on.
#[derive(Debug)]
pub(super) struct Undecided {
    /// Its name as the document has it.
    pub(super) name: String,
    pub(super) pointer: String,
    /// What it sounds like.
    pub(super) sounds: &'static str,
    pub(super) owner: Option<Rc<Owner>>,
    pub(super) side: Option<Side>,
    /// Whether it is kept secret until somebody decides.
    pub(super) kept: bool,
}

/// What the rules say of each field below `root`.
pub(super) fn decide(root: &Value, rules: &Rules) -> Decided {
    let mut visit = Visit {
        root,
        rules,
        owner: None,
        side: None,
        takes_files: false,
        under: Vec::new(),
        seen: HashSet::new(),
        targets: HashSet::new(),
        decided: Decided::default(),
    };
    places::visit_all(root, &mut visit);
    visit.decided
}

/// The way through a document.
pub(super) struct Visit<'a> {
    root: &'a Value,
    rules: &'a Rules,
    owner: Option<Rc<Owner>>,
    side: Option<Side>,
    /// Whether a file in the body at hand is sent as one.
    pub(super) takes_files: bool,
    /// The names of the fields around, as rules compare them.
    under: Vec<String>,
    /// What references led to from the body at hand, with what rules may ask of the way there.
    seen: HashSet<(String, Vec<bool>)>,
    /// All that references led to.
    targets: HashSet<String>,
    decided: Decided,
}

impl Visit<'_> {
    /// Says whose fields come next, and where they are sent.
    pub(super) fn at(&mut self, owner: Option<&Rc<Owner>>, side: Option<Side>) {
        self.owner = owner.cloned();
        self.side = side;
        self.takes_files = false;
        self.under.clear();
        self.seen.clear();
    }

    /// Whether a reference led to the node at `pointer`.
    pub(super) fn has_seen(&self, pointer: &str) -> bool {
        self.targets.contains(pointer)
    }

    /// A field with its schema at `pointer`, and the values that examples show for it. `around` says whether it is in a
    /// secret.
    pub(super) fn field(
        &mut self,
        name: &str,
        schema: &Value,
        pointer: &str,
        around: bool,
        shown: &[&Value],
    ) {
        let depth = self.under.len();
        let (own, outer) = match parts(name).split_last() {
            Some((own, outer)) => (plain(own), outer.iter().map(|part| plain(part)).collect()),
            None => (plain(name), Vec::new()),
        };
        self.under.extend(outer);
        let empty = Map::new();
        let says = schema.as_object().unwrap_or(&empty);
        let mut decision = self.rules.decide(self.asked(&own, is_untyped(says)));
        if decision == Some(true) && says.get("type").and_then(Value::as_str) == Some("boolean") {
            // `has_password` is not what a rule on `*password` means, and a yes or no is no secret.
            decision = Some(false);
        }
        let mut is_secret = decision.unwrap_or(around);
        if decision.is_none() && !around {
            let last = parts(name).last().copied().unwrap_or(name).to_owned();
            if let Some(sounds) = sounds::like(&last, says, self.side) {
                is_secret = is_text(says);
                self.decided.undecided.push(Undecided {
                    name: last,
                    pointer: pointer.to_owned(),
                    sounds,
                    owner: self.owner.clone(),
                    side: self.side,
                    kept: is_secret,
                });
            }
        }
        self.under.push(own);
        self.schema(schema, pointer, is_secret, shown);
        self.under.truncate(depth);
    }

    /// A schema at `pointer`, and the values that examples show for it.
    pub(super) fn schema(
        &mut self,
        schema: &Value,
        pointer: &str,
        is_secret: bool,
        shown: &[&Value],
    ) {
        if let Some(target) = target(schema) {
            if is_secret {
                self.decided.secret.insert(pointer.to_owned());
            }
            self.reference(&target, shown);
            return;
        }
        let empty = Map::new();
        let object = schema.as_object().unwrap_or(&empty);
        let mut shown = shown.to_vec();
        shown.extend(object.get("example"));
        let nodes = |key: &str| object.get(key).and_then(Value::as_object);
        let properties = nodes("properties").filter(|properties| !properties.is_empty());
        let items = nodes("items");
        if is_secret && properties.is_none() && items.is_none() {
            if !(self.takes_files && is_file(object)) {
                self.decided.secret.insert(pointer.to_owned());
            }
            return;
        }
        if let Some(properties) = properties {
            let at = join(pointer, "properties");
            for (name, property) in properties {
                let values: Vec<&Value> =
                    shown.iter().filter_map(|value| value.get(name)).collect();
                self.field(name, property, &join(&at, name), is_secret, &values);
            }
        }
        if nodes("additionalProperties").is_none_or(Map::is_empty) {
            self.only_shown(properties, pointer, is_secret, &shown);
        }
        if items.is_some() {
            let values: Vec<&Value> = shown
                .iter()
                .filter_map(|value| value.as_array())
                .flatten()
                .collect();
            self.schema(
                &object["items"],
                &join(pointer, "items"),
                is_secret,
                &values,
            );
        }
        for key in ["additionalProperties", "not"] {
            if nodes(key).is_some() {
                self.schema(&object[key], &join(pointer, key), is_secret, &[]);
            }
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            let members = object.get(key).and_then(Value::as_array);
            for (index, member) in members.into_iter().flatten().enumerate() {
                let at = join(&join(pointer, key), &index.to_string());
                self.schema(member, &at, is_secret, &[]);
            }
        }
    }

    /// What `$ref` leads to. A secret does not come here: it is put in the reference's place first.
    fn reference(&mut self, target: &str, shown: &[&Value]) {
        let around = self.rules.all.iter().flat_map(|rule| &rule.under);
        let around = around.map(|outer| self.under.iter().any(|name| outer.fits(name)));
        if self.seen.insert((target.to_owned(), around.collect())) {
            self.targets.insert(target.to_owned());
            let root = self.root;
            if let Some(schema) = root.pointer(target) {
                self.schema(schema, target, false, shown);
            }
        }
    }

    /// Fields that an example has and that no property says: the object's types are made from its examples, too.
    fn only_shown(
        &mut self,
        properties: Option<&Map<String, Value>>,
        pointer: &str,
        is_secret: bool,
        shown: &[&Value],
    ) {
        for (name, value) in shown.iter().filter_map(|value| value.as_object()).flatten() {
            if properties.is_some_and(|properties| properties.contains_key(name)) {
                continue;
            }
            let own = plain(parts(name).last().copied().unwrap_or(name));
            let decision = self.rules.decide(self.asked(&own, false));
            let sounds =
                || value.is_string() && sounds::like(name, &Map::new(), self.side).is_some();
            if !decision.unwrap_or_else(|| is_secret || sounds()) {
                continue;
            }
            if properties.is_none() {
                // As any JSON it would be printed.
                self.decided.secret.insert(pointer.to_owned());
                return;
            }
            let at = join(&join(pointer, "properties"), name);
            let schema = match value {
                Value::String(_) | Value::Null => {
                    json!({ "type": "string", "nullable": value.is_null() })
                }
                _ => json!({}),
            };
            self.decided.secret.insert(at.clone());
            self.decided.shown.insert(at, schema);
        }
    }

    fn asked<'q>(&'q self, name: &'q str, untyped: bool) -> Asked<'q> {
        Asked {
            name,
            side: self.side,
            owner: self.owner.as_deref(),
            under: &self.under,
            untyped,
        }
    }
}

/// Whether a schema says nothing of the value, but perhaps that it is an object or a list.
fn is_untyped(schema: &Map<String, Value>) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    let says = |key: &&str| match schema.get(*key) {
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(Value::Array(members)) => !members.is_empty(),
        Some(Value::String(_)) => true,
        _ => false,
    };
    matches!(kind, None | Some("object" | "array")) && !PARTS.iter().any(says)
}

/// What says of a value what is in it.
const PARTS: [&str; 7] = [
    "properties",
    "additionalProperties",
    "items",
    "$ref",
    "oneOf",
    "anyOf",
    "allOf",
];

/// Whether a schema is of a text, or says nothing else.
fn is_text(schema: &Map<String, Value>) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => true,
        None => !PARTS.iter().any(|key| schema.contains_key(*key)),
        Some(_) => false,
    }
}

/// Whether a schema stands for the content of a file, which nothing prints.
fn is_file(schema: &Map<String, Value>) -> bool {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    text("type") == Some("file") || matches!(text("format"), Some("binary" | "file"))
}
