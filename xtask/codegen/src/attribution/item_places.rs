//! Where the items of a surface stand in the document that their client was made of.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::Made;
use crate::diff::{Class, Part, Side};
use crate::document::{Document, join, parent};
use crate::repair;
use crate::surface::Lines;

/// The places of a client's items.
pub(super) struct ItemPlaces<'a> {
    made: Made<'a>,
    /// The pointer of each operation by its Rust name.
    operations: BTreeMap<&'a str, String>,
    /// The pointers of each type, in the order of their text.
    types: BTreeMap<String, Vec<String>>,
    /// The pointer of what stands at each place of a text; made when it is first needed.
    by_place: OnceCell<HashMap<(String, usize), String>>,
    /// The operations and types whose lines mention a type; made when it is first needed.
    owners: OnceCell<Owners<'a>>,
}

/// The names of the operations and of the types that mention a type, by the type.
type Owners<'a> = HashMap<String, (BTreeSet<&'a str>, BTreeSet<&'a str>)>;

impl<'a> ItemPlaces<'a> {
    /// The places of what was made.
    pub(super) fn of(made: Made<'a>) -> Self {
        let operations = made.surface.operations.iter().filter_map(|(name, lines)| {
            let head = lines.head.as_ref()?;
            let path = join("/paths", &head.path);
            Some((name.as_str(), join(&path, &head.method.to_lowercase())))
        });
        let mut places = Self {
            made,
            operations: operations.collect(),
            types: BTreeMap::new(),
            by_place: OnceCell::new(),
            owners: OnceCell::new(),
        };
        let mut types = repair::places(made.inline, made.named);
        for pointers in types.values_mut() {
            for pointer in pointers.iter_mut() {
                *pointer = places.in_document(pointer);
            }
            pointers.sort();
            pointers.dedup();
        }
        places.types = types;
        places
    }

    /// The document.
    pub(super) fn document(&self) -> &'a Document {
        self.made.patched
    }

    /// The pointer of the operation with this Rust name.
    pub(super) fn operation(&self, name: &str) -> Option<&str> {
        self.operations.get(name).map(String::as_str)
    }

    /// The nodes that a line of the surface is about, the closest first.
    pub(super) fn of_side(&self, side: &Side) -> Vec<String> {
        match &side.item {
            Some((Class::Operation, name)) => {
                let operation = self.operation(name).into_iter();
                operation
                    .map(|operation| self.of_operation(operation, &side.part))
                    .collect()
            }
            Some((Class::Type, name)) => {
                let places = self.types.get(name).into_iter().flatten();
                places
                    .map(|place| self.of_type(place, &side.part))
                    .collect()
            }
            None => Vec::new(),
        }
    }

    /// The operations that lead to a type that a line mentions, be it through other types.
    pub(super) fn users(&self, side: &Side) -> Vec<String> {
        let owners = self.owners.get_or_init(|| {
            let mut owners = Owners::new();
            let surface = self.made.surface;
            for (name, lines) in &surface.operations {
                for mentioned in lines.mentioned() {
                    owners.entry(mentioned).or_default().0.insert(name);
                }
            }
            for (name, lines) in &surface.types {
                for mentioned in lines.mentioned() {
                    owners.entry(mentioned).or_default().1.insert(name);
                }
            }
            owners
        });
        let mut pending: Vec<&str> = side.mentions.iter().map(String::as_str).collect();
        let (mut seen, mut users) = (BTreeSet::new(), BTreeSet::new());
        while let Some(name) = pending.pop() {
            if !self.types.contains_key(name) {
                continue;
            }
            if let Some((operations, types)) = owners.get(name) {
                users.extend(operations.iter().filter_map(|name| self.operation(name)));
                pending.extend(types.iter().filter(|name| seen.insert(**name)));
            }
        }
        users.into_iter().map(str::to_owned).collect()
    }

    /// The nodes of the types that a line mentions.
    pub(super) fn of_mentioned(&self, side: &Side) -> Vec<String> {
        let mentioned = side.mentions.iter();
        mentioned
            .filter_map(|name| self.types.get(name))
            .flatten()
            .cloned()
            .collect()
    }

    fn of_operation(&self, operation: &str, part: &Part) -> String {
        let below = |keys: &str| {
            let pointer = format!("{operation}/{keys}");
            let found = self.document().root.pointer(&pointer).is_some();
            if found { pointer } else { operation.to_owned() }
        };
        match part {
            Part::Response => below("responses"),
            Part::Body => below("requestBody"),
            Part::Parameter { place, wire } => self.parameter(operation, place, wire),
            _ => operation.to_owned(),
        }
    }

    /// The parameter that a line is about: that of the operation goes before that of all of its path.
    fn parameter(&self, operation: &str, place: &str, wire: &str) -> String {
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

    fn of_type(&self, place: &str, part: &Part) -> String {
        let below = |pointer: String| {
            let found = self.document().root.pointer(&pointer).is_some();
            if found { pointer } else { place.to_owned() }
        };
        match part {
            Part::Field(wire) => below(join(&format!("{place}/properties"), wire)),
            Part::Values => below(format!("{place}/enum")),
            _ => place.to_owned(),
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
