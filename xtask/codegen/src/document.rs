//! A parsed document: its JSON value, and the place of every node in the text it came from.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::source::{Place, Source};

/// A document as the stages hand it on.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text that it was read from.
    pub source: Arc<Source>,
    /// The value; mappings keep the text's order.
    pub root: Value,
    /// Where each node stands.
    pub places: Places,
}

/// The place of each node, by JSON pointer.
///
/// A node that a later stage made has no place of its own; [`Places::nearest`] answers with that of its closest
/// ancestor.
// A tree and not a map of pointers: a long key would be copied into the pointer of everything below it.
#[derive(Debug, Clone)]
pub struct Places {
    /// Shared by the copies of a document until one of them changes its own: most stages change none.
    nodes: Arc<Vec<Node>>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    place: Option<Place>,
    value: Option<Place>,
    children: HashMap<Box<str>, NodeId>,
}

/// A node of the tree of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

impl Default for Places {
    fn default() -> Self {
        Self {
            nodes: Arc::new(vec![Node::default()]),
        }
    }
}

impl Places {
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// Records where the node at `pointer` stands: its key in a mapping, itself in a sequence.
    pub fn insert(&mut self, pointer: String, place: Place) {
        let node = self.make(&pointer);
        self.set_place(node, place);
    }

    /// Records where the value of the node at `pointer` stands.
    pub fn insert_value(&mut self, pointer: &str, place: Place) {
        let node = self.make(pointer);
        self.set_value(node, place);
    }

    /// The place of the node at `pointer`, or of the closest ancestor that has one.
    pub fn nearest(&self, pointer: &str) -> Option<&Place> {
        let mut node = self.node(Self::ROOT);
        let mut nearest = node.place.as_ref();
        for token in tokens(pointer) {
            let Some(child) = node.children.get(&*token) else {
                break;
            };
            node = self.node(*child);
            nearest = node.place.as_ref().or(nearest);
        }
        nearest
    }

    /// The place of the value of the node at `pointer`, or else what [`Places::nearest`] answers: for messages about
    /// a value that is wrong.
    pub fn value(&self, pointer: &str) -> Option<&Place> {
        let node = self.find(pointer);
        node.and_then(|id| self.node(id).value.as_ref())
            .or_else(|| self.nearest(pointer))
    }

    /// Records for `pointer` and everything below it the places that `other` has for `other_pointer` and below.
    pub fn graft(&mut self, pointer: &str, other: &Places, other_pointer: &str) {
        let Some(from) = other.find(other_pointer) else {
            return;
        };
        let to = self.make(pointer);
        let mut open = vec![(from, to)];
        while let Some((from, to)) = open.pop() {
            let from = other.node(from);
            if let Some(place) = &from.place {
                self.set_place(to, place.clone());
            }
            if let Some(value) = &from.value {
                self.set_value(to, value.clone());
            }
            for (token, child) in &from.children {
                let made = self.child(to, token);
                open.push((*child, made));
            }
        }
    }

    /// Makes each of the pointers `to` stand where its `from` stood before, with everything below it.
    pub fn alias<'a>(&mut self, moves: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let found: Vec<(&str, NodeId)> = moves
            .into_iter()
            .filter_map(|(to, from)| Some((to, self.find(from)?)))
            .collect();
        for (to, node) in found {
            if let Some(owner) = parent(to) {
                let owner = self.make(owner);
                // Shared and not copied: a shape that stands in many places would be copied into all of them.
                self.nodes_mut()[owner.0 as usize]
                    .children
                    .insert(last_token(to).into(), node);
            }
        }
    }

    /// Calls `visit` with the pointer and place of each node that has one, parents first.
    pub(crate) fn each(&self, visit: &mut dyn FnMut(&str, &Place)) {
        let mut open = vec![(String::new(), Self::ROOT)];
        while let Some((pointer, id)) = open.pop() {
            let node = self.node(id);
            if let Some(place) = &node.place {
                visit(&pointer, place);
            }
            for (token, child) in &node.children {
                open.push((join(&pointer, token), *child));
            }
        }
    }

    /// The child of `parent` for `token` (not escaped), made when there is none.
    pub(crate) fn child(&mut self, parent: NodeId, token: &str) -> NodeId {
        if let Some(child) = self.existing_child(parent, token) {
            return child;
        }
        let id =
            NodeId(u32::try_from(self.nodes.len()).expect("fewer nodes than the loader's limit"));
        self.nodes_mut().push(Node::default());
        self.nodes_mut()[parent.0 as usize]
            .children
            .insert(token.into(), id);
        id
    }

    pub(crate) fn existing_child(&self, parent: NodeId, token: &str) -> Option<NodeId> {
        self.node(parent).children.get(token).copied()
    }

    pub(crate) fn place(&self, id: NodeId) -> Option<&Place> {
        self.node(id).place.as_ref()
    }

    pub(crate) fn set_place(&mut self, id: NodeId, place: Place) {
        self.nodes_mut()[id.0 as usize].place = Some(place);
    }

    pub(crate) fn set_value(&mut self, id: NodeId, place: Place) {
        self.nodes_mut()[id.0 as usize].value = Some(place);
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    fn nodes_mut(&mut self) -> &mut Vec<Node> {
        Arc::make_mut(&mut self.nodes)
    }

    fn make(&mut self, pointer: &str) -> NodeId {
        tokens(pointer).fold(Self::ROOT, |node, token| self.child(node, &token))
    }

    fn find(&self, pointer: &str) -> Option<NodeId> {
        tokens(pointer).try_fold(Self::ROOT, |node, token| self.existing_child(node, &token))
    }
}

/// The tokens of `pointer`, unescaped; none for the root.
pub(crate) fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// `pointer` with `token` appended, escaped as RFC 6901 asks.
pub fn join(pointer: &str, token: &str) -> String {
    let mut joined = String::with_capacity(pointer.len() + 1 + token.len());
    joined.push_str(pointer);
    joined.push('/');
    // Every node of the document comes through here, and hardly a name has either.
    if !token.contains('~') && !token.contains('/') {
        joined.push_str(token);
        return joined;
    }
    for part in token.split_inclusive(['~', '/']) {
        match part.as_bytes().last() {
            Some(b'~') => joined.extend([&part[..part.len() - 1], "~0"]),
            Some(b'/') => joined.extend([&part[..part.len() - 1], "~1"]),
            _ => joined.push_str(part),
        }
    }
    joined
}

/// The last token of `pointer`, unescaped.
pub fn last_token(pointer: &str) -> String {
    unescape(pointer.rsplit('/').next().unwrap_or_default()).into_owned()
}

/// The parent's pointer, none for the root.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|slash| &pointer[..slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &Arc<Source>, start: usize) -> Place {
        Place {
            source: source.clone(),
            start,
            end: start + 1,
        }
    }

    #[test]
    fn a_node_without_a_place_has_that_of_its_closest_ancestor() {
        let source = Source::new("t", "abcdef");
        let mut places = Places::default();
        assert_eq!(places.nearest("/a"), None);
        places.insert(String::new(), place(&source, 0));
        places.insert("/paths/~1a~1b".to_owned(), place(&source, 1));
        assert_eq!(places.nearest("/paths").map(|p| p.start), Some(0));
        assert_eq!(
            places.nearest("/paths/~1a~1b/get/x").map(|p| p.start),
            Some(1)
        );
        assert_eq!(places.nearest("/paths/~1a").map(|p| p.start), Some(0));
    }

    #[test]
    fn a_value_has_its_own_place_and_else_that_of_the_key() {
        let source = Source::new("t", "abcdef");
        let mut places = Places::default();
        places.insert("/a".to_owned(), place(&source, 1));
        assert_eq!(places.value("/a").map(|p| p.start), Some(1));
        places.insert_value("/a", place(&source, 4));
        assert_eq!(places.value("/a").map(|p| p.start), Some(4));
        assert_eq!(places.nearest("/a").map(|p| p.start), Some(1));
        assert_eq!(places.value("/a/b").map(|p| p.start), Some(1));
    }

    #[test]
    fn grafting_brings_the_places_of_a_subtree() {
        let source = Source::new("t", "abcdef");
        let mut other = Places::default();
        other.insert("/update".to_owned(), place(&source, 1));
        other.insert("/update/x~0y".to_owned(), place(&source, 2));
        other.insert_value("/update/x~0y", place(&source, 3));
        other.insert("/updates".to_owned(), place(&source, 5));
        let mut places = Places::default();
        places.graft("/paths/0", &other, "/update");
        assert_eq!(places.nearest("/paths/0").map(|p| p.start), Some(1));
        assert_eq!(places.nearest("/paths/0/x~0y").map(|p| p.start), Some(2));
        assert_eq!(places.value("/paths/0/x~0y").map(|p| p.start), Some(3));
        assert_eq!(places.nearest("/paths"), None);
        places.graft("/elsewhere", &other, "/absent");
        assert_eq!(places.nearest("/elsewhere"), None);
    }

    #[test]
    fn an_alias_stands_where_its_origin_stood() {
        let source = Source::new("t", "abcdef");
        let mut places = Places::default();
        places.insert("/a/0/x".to_owned(), place(&source, 1));
        places.insert("/a/1/x".to_owned(), place(&source, 2));
        places.alias([("/a/0", "/a/1"), ("/a/1", "/a/0"), ("/b", "/absent")]);
        assert_eq!(places.nearest("/a/0/x").map(|p| p.start), Some(2));
        assert_eq!(places.nearest("/a/1/x").map(|p| p.start), Some(1));
        assert_eq!(places.nearest("/b"), None);
    }

    #[test]
    fn pointers_are_escaped_and_unescaped() {
        assert_eq!(join("/paths", "/a~b"), "/paths/~1a~0b");
        assert_eq!(last_token("/paths/~1a~0b"), "/a~b");
        assert_eq!(last_token("/x/~01"), "~1");
        assert_eq!(parent("/paths/~1a"), Some("/paths"));
        assert_eq!(parent(""), None);
    }
}
