//! Where the items of a surface stand in the document that their client was made of.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::Made;
use crate::document::{Document, join, parent};

/// The places of a client's items.
pub(super) struct Homes<'a> {
    made: Made<'a>,
    /// The pointer of each operation by its Rust name.
    operations: BTreeMap<&'a str, String>,
    /// The pointers of each type, in the order of their text.
    types: BTreeMap<&'a str, Vec<String>>,
    /// The pointer of what stands at each place of a text; made when it is first needed.
    by_place: OnceCell<HashMap<(String, usize), String>>,
    /// The operations and types whose lines mention a type; made when it is first needed.
    owners: OnceCell<Owners<'a>>,
}

/// Class and name of the items that mention a type, by the type.
type Owners<'a> = HashMap<&'a str, BTreeSet<(&'a str, &'a str)>>;

impl<'a> Homes<'a> {
    /// The places of what was made.
    pub(super) fn of(made: Made<'a>) -> Self {
        let mut homes = Self {
            made,
            operations: operations(made.surface),
            types: BTreeMap::new(),
            by_place: OnceCell::new(),
            owners: OnceCell::new(),
        };
        let mut types: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (pointer, name) in made.named {
            let pointer = homes.in_document(pointer);
            types.entry(name).or_default().push(pointer);
        }
        let schemas = made.inline.root.pointer("/components/schemas");
        for name in schemas
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|map| map.keys())
        {
            let pointer = homes.in_document(&join("/components/schemas", name));
            types.entry(name).or_default().push(pointer);
        }
        for pointers in types.values_mut() {
            pointers.sort();
            pointers.dedup();
        }
        homes.types = types;
        homes
    }

    /// The document.
    pub(super) fn document(&self) -> &'a Document {
        self.made.patched
    }

    /// The pointer of the operation with this Rust name.
    pub(super) fn operation(&self, name: &str) -> Option<&str> {
        self.operations.get(name).map(String::as_str)
    }

    /// The nodes that `line` of the surface is about, the closest first.
    pub(super) fn of_line(&self, line: &str) -> Vec<String> {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["operation", name, rest @ ..] => self
                .operation(name)
                .map(|operation| self.of_operation(operation, rest))
                .into_iter()
                .collect(),
            ["type", name, rest @ ..] => self
                .types
                .get(name)
                .into_iter()
                .flatten()
                .map(|home| self.of_type(home, rest))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The operations that lead to a type that `line` mentions, be it through other types.
    pub(super) fn users(&self, line: &str) -> Vec<String> {
        let owners = self.owners.get_or_init(|| {
            let mut owners = Owners::new();
            for line in self.made.surface.lines() {
                let mut words = line.splitn(3, ' ');
                if let (Some(class), Some(owner), Some(rest)) =
                    (words.next(), words.next(), words.next())
                {
                    let mentioned = rest.split(|c: char| !c.is_alphanumeric() && c != '_');
                    for word in mentioned.filter(|word| self.types.contains_key(word)) {
                        owners.entry(word).or_default().insert((class, owner));
                    }
                }
            }
            owners
        });
        let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        let mut pending: Vec<&str> = words.filter(|word| self.types.contains_key(word)).collect();
        let (mut seen, mut users) = (BTreeSet::new(), BTreeSet::new());
        while let Some(name) = pending.pop() {
            for (class, owner) in owners.get(name).into_iter().flatten() {
                match *class {
                    "operation" => users.extend(self.operation(owner).map(str::to_owned)),
                    _ if seen.insert(*owner) => pending.push(owner),
                    _ => {}
                }
            }
        }
        users.into_iter().collect()
    }

    /// The nodes of the types that `line` mentions.
    pub(super) fn of_mentioned(&self, line: &str) -> Vec<String> {
        let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        words
            .filter_map(|word| self.types.get(word))
            .flatten()
            .cloned()
            .collect()
    }

    fn of_operation(&self, operation: &str, words: &[&str]) -> String {
        let below = |keys: &str| {
            let pointer = format!("{operation}/{keys}");
            let found = self.document().root.pointer(&pointer).is_some();
            if found { pointer } else { operation.to_owned() }
        };
        match words {
            ["answer", ..] => below("responses"),
            ["parameter", ..] => match word_after(words, "in") {
                Some("path" | "query" | "header") => self.parameter(operation, words),
                _ => below("requestBody"),
            },
            _ => operation.to_owned(),
        }
    }

    /// The parameter that a line is about: that of the operation goes before that of all of its path.
    fn parameter(&self, operation: &str, words: &[&str]) -> String {
        let name = words.get(1).unwrap_or(&"").trim_end_matches(':');
        let wire = word_after(words, "wire").unwrap_or(name);
        let place = word_after(words, "in").unwrap_or_default();
        for owner in [operation, parent(operation).unwrap_or_default()] {
            let list = format!("{owner}/parameters");
            let parameters = self
                .document()
                .root
                .pointer(&list)
                .and_then(Value::as_array);
            let mut parameters = parameters.into_iter().flatten();
            if let Some(index) =
                parameters.position(|found| found["name"] == wire && found["in"] == place)
            {
                return format!("{list}/{index}");
            }
        }
        operation.to_owned()
    }

    fn of_type(&self, home: &str, words: &[&str]) -> String {
        let below = |pointer: String| {
            let found = self.document().root.pointer(&pointer).is_some();
            if found { pointer } else { home.to_owned() }
        };
        match words {
            ["field", name, ..] => {
                let name = name.trim_end_matches(':');
                let wire = word_after(words, "wire").unwrap_or(name);
                below(join(&format!("{home}/properties"), wire))
            }
            ["variant", ..] if word_after(words, "wire").is_some() => below(format!("{home}/enum")),
            _ => home.to_owned(),
        }
    }

    /// The pointer in the document of what the repairs have at `pointer`: the same where they left it there, else what
    /// stands at the same place of the text, else the closest node above.
    fn in_document(&self, pointer: &str) -> String {
        let root = &self.made.patched.root;
        if root.pointer(pointer).is_some() {
            return pointer.to_owned();
        }
        let place = self.made.inline.places.nearest(pointer);
        let by_place = self.by_place.get_or_init(|| {
            let mut pointers = HashMap::new();
            self.made.patched.places.each(&mut |pointer, place| {
                let key = (place.source.name.clone(), place.start);
                pointers.entry(key).or_insert_with(|| pointer.to_owned());
            });
            pointers
        });
        let found = place.and_then(|place| by_place.get(&(place.source.name.clone(), place.start)));
        if let Some(found) = found.filter(|found| !found.is_empty()) {
            return found.clone();
        }
        let mut pointer = pointer;
        while let Some(above) = parent(pointer) {
            if root.pointer(above).is_some() {
                return above.to_owned();
            }
            pointer = above;
        }
        String::new()
    }
}

/// The word behind `key`.
fn word_after<'a>(words: &[&'a str], key: &str) -> Option<&'a str> {
    let at = words.iter().rposition(|word| *word == key)?;
    words.get(at + 1).copied()
}

/// The pointer of each operation, read from the lines `operation NAME METHOD PATH id …`.
pub(super) fn operations(surface: &str) -> BTreeMap<&str, String> {
    surface
        .lines()
        .filter_map(|line| {
            let mut words = line.strip_prefix("operation ")?.split(' ');
            let (name, method, path) = (words.next()?, words.next()?, words.next()?);
            let pointer = join(&join("/paths", path), &method.to_lowercase());
            path.starts_with('/').then_some((name, pointer))
        })
        .collect()
}
