//! Where the fields of a document are: every parameter and every body of every operation, and the components that none
//! of them uses.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::decide::Visit;
use super::rule::{Owner, Side};
use crate::content;
use crate::document::join;
use crate::inputs;
use crate::walk;

/// Visits every schema of the document that a field can be in.
pub(super) fn visit_all(root: &Value, visit: &mut Visit<'_>) {
    for place in walk::operations(root) {
        let item = join("/paths", &place.path);
        let pointer = place.pointer();
        let owner = Rc::new(Owner::of(root, place));
        for list in [&item, &pointer].map(|owner| join(owner, "parameters")) {
            parameters(root, &list, &owner, visit);
        }
        let (body, at) = resolve(root, join(&pointer, "requestBody"));
        visit.at(Some(&owner), Some(Side::Body));
        contents(body, &at, visit);
        let responses = join(&pointer, "responses");
        for status in keys(root.pointer(&responses)) {
            let (response, at) = resolve(root, join(&responses, status));
            visit.at(Some(&owner), Some(Side::Response));
            contents(response, &at, visit);
        }
    }
    for name in keys(root.pointer("/components/schemas")) {
        let pointer = join("/components/schemas", name);
        if !visit.has_seen(&pointer) {
            visit.at(None, None);
            visit.schema(&root["components"]["schemas"][name], &pointer, false, &[]);
        }
    }
}

fn parameters(root: &Value, list: &str, owner: &Rc<Owner>, visit: &mut Visit<'_>) {
    let count = root
        .pointer(list)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    for index in 0..count {
        let (parameter, at) = resolve(root, join(list, &index.to_string()));
        let text = |key: &str| parameter?.get(key)?.as_str();
        let side = Side::ALL.iter().find(|(word, _)| text("in") == Some(word));
        let (Some(parameter), Some(name), Some((_, side))) = (parameter, text("name"), side) else {
            continue;
        };
        // The client sends its own, and never prints them.
        if *side == Side::Header && inputs::is_own_header(name) {
            continue;
        }
        visit.at(Some(owner), Some(*side));
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        visit.field(
            name,
            schema,
            &join(&at, "schema"),
            false,
            &content::examples(parameter),
        );
    }
}

fn contents(owner: Option<&Value>, at: &str, visit: &mut Visit<'_>) {
    let content = owner.and_then(|owner| owner.get("content"));
    for (media_type, media) in content.and_then(Value::as_object).into_iter().flatten() {
        if let Some(schema) = media.get("schema") {
            visit.takes_files = media_type.trim().to_lowercase().starts_with("multipart/");
            let pointer = join(&join(&join(at, "content"), media_type), "schema");
            visit.schema(schema, &pointer, false, &content::examples(media));
        }
    }
}

/// The node at `pointer`, or what it refers to, with its own pointer.
pub(super) fn resolve(root: &Value, pointer: String) -> (Option<&Value>, String) {
    let mut pointer = pointer;
    // A reference to itself ends.
    for _ in 0..16 {
        let node = root.pointer(&pointer);
        match node.and_then(target) {
            Some(target) => pointer = target,
            None => return (node, pointer),
        }
    }
    (None, pointer)
}

/// The pointer that a reference within the document leads to.
pub(super) fn target(node: &Value) -> Option<String> {
    let reference = node.get("$ref")?.as_str()?.strip_prefix('#')?;
    Some(reference.to_owned())
}

fn keys(node: Option<&Value>) -> impl Iterator<Item = &String> {
    node.and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
}
