//! Which operation of the document a fragment is about: by method and path, whatever the path's parameters are called,
//! else by its operationId.

use std::collections::HashMap;

use serde_json::Value;

use crate::inputs;
use crate::walk::{self, OperationPlace};

/// The operations of a document, to be found by path or id.
#[derive(Debug)]
pub(super) struct Operations {
    /// The paths as the document writes them, by the path without the names of its parameters.
    paths: HashMap<String, String>,
    by_place: HashMap<(String, &'static str), OperationPlace>,
    by_id: HashMap<String, OperationPlace>,
}

/// Where an operation belongs.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) place: OperationPlace,
    /// Whether it was found by its id alone.
    pub(super) moved: bool,
}

impl Operations {
    pub(super) fn of(root: &Value) -> Self {
        let mut operations = Self {
            paths: HashMap::new(),
            by_place: HashMap::new(),
            by_id: HashMap::new(),
        };
        let paths = root.get("paths").and_then(Value::as_object);
        for path in paths.into_iter().flat_map(serde_json::Map::keys) {
            operations.add_path(path);
        }
        for place in walk::operations(root) {
            let operation = place.of(root);
            let id = operation.and_then(|operation| operation.get("operationId")?.as_str());
            if let Some(id) = id {
                let known = operations.by_id.entry(folded(id));
                known.or_insert_with(|| place.clone());
            }
            let key = (inputs::without_names(&place.path), place.method);
            operations.by_place.entry(key).or_insert(place);
        }
        operations
    }

    /// A path that a supplement has brought.
    pub(super) fn add_path(&mut self, path: &str) {
        let bare = inputs::without_names(path);
        self.paths.entry(bare).or_insert_with(|| path.to_owned());
    }

    /// Where the operation `place` of this id belongs.
    pub(super) fn locate(&self, place: &OperationPlace, id: Option<&str>) -> Target {
        let bare = inputs::without_names(&place.path);
        let here = self.by_place.get(&(bare.clone(), place.method));
        let elsewhere = || self.by_id.get(&folded(id?));
        let here = here.map(|place| (place.clone(), false));
        let found = here.or_else(|| elsewhere().map(|place| (place.clone(), true)));
        let (place, moved) = found.unwrap_or_else(|| {
            let path = self.paths.get(&bare).unwrap_or(&place.path).clone();
            let method = place.method;
            (OperationPlace { path, method }, false)
        });
        Target { place, moved }
    }
}

/// What each parameter of `path` is called in `other`; none for one that `other` has not.
pub(super) fn renamed(path: &str, other: &str) -> HashMap<String, Option<String>> {
    let (ours, theirs) = (inputs::template(path), inputs::template(other));
    let is_same_length = ours.len() == theirs.len();
    let renamed = ours.iter().enumerate().map(|(index, name)| {
        let same = theirs.contains(name).then(|| (*name).to_owned());
        let at_the_same_position = || Some((*theirs.get(index)?).to_owned());
        let other = same.or_else(|| at_the_same_position().filter(|_| is_same_length));
        ((*name).to_owned(), other)
    });
    renamed.collect()
}

/// Scribe derives ids from titles, where case is the first thing to change.
fn folded(id: &str) -> String {
    id.to_ascii_lowercase()
}
