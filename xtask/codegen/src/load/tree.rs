//! The parser's events → value and places.

mod refuse;

use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, ScalarStyle, Tag};
use serde_json::{Map, Value};

use crate::document::{NodeId, Places, join};
use crate::finding::{Failure, Finding};
use crate::source::{Place, Source};

use super::{Reading, scalar, twice, yaml};

pub(super) use refuse::MAX_DEPTH;

pub(super) struct Tree<'s> {
    source: &'s Arc<Source>,
    places: Places,
    open: Vec<Collection>,
    root: Option<Value>,
    /// By the parser's number; none while the anchored node is still open.
    anchors: HashMap<usize, Option<(Value, Size)>>,
    findings: Vec<Finding>,
    findings_left_out: usize,
    reading: Reading,
    nodes: usize,
    copied: Size,
    /// Where the last event ended, as a byte offset.
    end: usize,
}

/// A sequence or mapping whose end was not seen yet.
struct Collection {
    content: Content,
    node: NodeId,
    anchor: usize,
    start: usize,
    /// Where its last node ended so far.
    end: usize,
    /// Where its bracket stands, none in block style.
    bracket: Option<usize>,
    size: Size,
}

enum Content {
    Sequence(Vec<Value>),
    Mapping(Map<String, Value>, Option<Key>),
}

struct Key {
    text: String,
    node: NodeId,
    end: usize,
}

/// A finished node on its way into the collection that holds it.
struct Finished {
    value: Value,
    start: usize,
    end: usize,
    anchor: usize,
    size: Size,
}

#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
    depth: usize,
}

impl<'s> Tree<'s> {
    pub(super) fn new(source: &'s Arc<Source>, reading: Reading) -> Self {
        Self {
            source,
            reading,
            places: Places::default(),
            open: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            findings: Vec::new(),
            findings_left_out: 0,
            nodes: 0,
            copied: Size::default(),
            end: 0,
        }
    }

    /// Takes the parser's next event, which spans these bytes.
    ///
    /// # Errors
    ///
    /// When the document cannot be read on. A key twice is kept for [`Tree::finish`].
    pub(super) fn event(
        &mut self,
        event: Event<'_>,
        start: usize,
        end: usize,
    ) -> Result<(), Failure> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), start, end)?;
            }
            Event::Alias(anchor) => self.alias(anchor, start, end)?,
            Event::SequenceStart(anchor, tag) => {
                self.check_collection_tag(tag.as_deref(), &["seq", "set", "omap"], start, end)?;
                self.start(Content::Sequence(Vec::new()), anchor, start, end)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.check_collection_tag(tag.as_deref(), &["map", "set", "omap"], start, end)?;
                self.start(Content::Mapping(Map::new(), None), anchor, start, end)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(end)?,
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => return Ok(()),
        }
        self.end = end;
        Ok(())
    }

    /// The root, none when there was no node, the places, and what a lenient reading found.
    ///
    /// # Errors
    ///
    /// With every key that stands twice, when the reading is strict.
    pub(super) fn finish(mut self) -> Result<(Option<Value>, Places, Vec<Finding>), Failure> {
        if self.findings_left_out > 0 {
            self.findings.push(Finding::error(
                "load/duplicate-key",
                format!(
                    "found {} more keys that stand twice",
                    self.findings_left_out
                ),
                "mend the first ones and run again",
            ));
        }
        if self.findings.is_empty() || self.reading == Reading::Lenient {
            Ok((self.root, self.places, self.findings))
        } else {
            Err(self.findings.into())
        }
    }

    /// The text that is read, for messages.
    pub(super) fn source(&self) -> &'s Arc<Source> {
        self.source
    }

    /// Where the last event ended.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Where the bracket of the innermost open collection in flow style stands.
    pub(super) fn open_bracket(&self) -> Option<usize> {
        self.open.last().and_then(|collection| collection.bracket)
    }

    /// The pointer of the node that is read at the moment.
    pub(super) fn pointer(&self) -> String {
        self.open.iter().fold(String::new(), |pointer, collection| {
            match &collection.content {
                Content::Sequence(items) => join(&pointer, &items.len().to_string()),
                Content::Mapping(_, Some(key)) => join(&pointer, &key.text),
                Content::Mapping(_, None) => pointer,
            }
        })
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        start: usize,
        end: usize,
    ) -> Result<(), Failure> {
        let size = Size {
            nodes: 1,
            bytes: text.len(),
            depth: 0,
        };
        if self.awaits_key() {
            if anchor > 0 {
                let value = Value::from(text);
                self.anchors.insert(anchor, Some((value, size)));
            }
            self.key(text.to_owned(), start, end);
            return Ok(());
        }
        let value = match tag.map(|tag| format!("{}{}", tag.handle, tag.suffix)) {
            None if style == ScalarStyle::Plain => scalar::plain(text),
            None => Value::from(text),
            Some(tag) if tag == "!" => Value::from(text),
            Some(tag) => {
                let name = tag.strip_prefix("tag:yaml.org,2002:");
                match name.map_or(Err("a tag of YAML (!!str, !!int, …)"), |name| {
                    scalar::tagged(text, name)
                }) {
                    Ok(value) => value,
                    Err(expected) => {
                        let found = self.excerpt(start, end);
                        return Err(self.bad_tag(expected, &found, start, end));
                    }
                }
            }
        };
        let (start, end) = if text.is_empty() && style == ScalarStyle::Plain && anchor == 0 {
            // Nothing is written: the parser gives the place of whatever comes next.
            let end = self
                .open
                .last()
                .map_or(start, |collection| match &collection.content {
                    Content::Mapping(_, Some(key)) => key.end,
                    _ => start,
                });
            (end, end)
        } else {
            (start, end)
        };
        self.add(Finished {
            value,
            start,
            end,
            anchor,
            size,
        })
    }

    fn alias(&mut self, anchor: usize, start: usize, end: usize) -> Result<(), Failure> {
        let Some(Some((value, size))) = self.anchors.get(&anchor) else {
            return Err(self.failure(
                "load/alias",
                "expected an alias of a node that has ended, but found one of a node around it: it would contain itself",
                "write the inner value out, or use `$ref` for a schema that contains itself",
                start,
                end,
            ));
        };
        let size = *size;
        if self.awaits_key() {
            let Value::String(text) = value else {
                return Err(self.complex_key("an alias of one", start, end));
            };
            self.key(text.clone(), start, end);
            return Ok(());
        }
        self.copied.nodes += size.nodes;
        self.copied.bytes += size.bytes;
        self.check_copied(start, end)?;
        self.check_depth(self.open.len() + size.depth, start, end)?;
        let value = value.clone();
        self.add(Finished {
            value,
            start,
            end,
            anchor: 0,
            size,
        })
    }

    fn start(
        &mut self,
        content: Content,
        anchor: usize,
        start: usize,
        end: usize,
    ) -> Result<(), Failure> {
        if self.awaits_key() {
            return Err(self.complex_key("a mapping or list", start, end));
        }
        self.check_depth(self.open.len() + 1, start, end)?;
        if anchor > 0 {
            self.anchors.insert(anchor, None);
        }
        let node = self.current_node();
        let in_sequence = matches!(
            self.open.last(),
            Some(Collection {
                content: Content::Sequence(_),
                ..
            })
        );
        if in_sequence {
            self.places.set_place(node, self.place(start, end));
        }
        let last = self.source.text.as_bytes().get(end.wrapping_sub(1));
        self.open.push(Collection {
            content,
            node,
            anchor,
            start,
            end,
            bracket: matches!(last, Some(b'{' | b'[')).then(|| end - 1),
            size: Size::default(),
        });
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Failure> {
        let Some(collection) = self.open.pop() else {
            return Ok(());
        };
        let value = match collection.content {
            Content::Sequence(items) => Value::Array(items),
            Content::Mapping(entries, _) => Value::Object(entries),
        };
        self.add(Finished {
            value,
            start: collection.start,
            // In block style the parser sees the end only where the next node begins.
            end: if collection.bracket.is_some() {
                end
            } else {
                collection.end
            },
            anchor: collection.anchor,
            size: Size {
                nodes: collection.size.nodes + 1,
                bytes: collection.size.bytes,
                depth: collection.size.depth + 1,
            },
        })
    }

    fn awaits_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Collection {
                content: Content::Mapping(_, None),
                ..
            })
        )
    }

    fn key(&mut self, text: String, start: usize, end: usize) {
        let place = self.place(start, end);
        let Some(collection) = self.open.last_mut() else {
            return;
        };
        let Content::Mapping(entries, key) = &mut collection.content else {
            return;
        };
        let twice = entries.contains_key(&text);
        let node = self.places.child(collection.node, &text);
        collection.end = collection.end.max(end);
        collection.size.bytes += text.len();
        *key = Some(Key { text, node, end });
        if twice {
            self.duplicate(node, place);
        } else {
            self.places.set_place(node, place);
        }
    }

    /// The node of the places that the next value belongs to.
    fn current_node(&mut self) -> NodeId {
        match self.open.last() {
            None => Places::ROOT,
            Some(collection) => match &collection.content {
                Content::Sequence(items) => {
                    self.places.child(collection.node, &items.len().to_string())
                }
                Content::Mapping(_, Some(key)) => key.node,
                Content::Mapping(_, None) => collection.node,
            },
        }
    }

    fn add(&mut self, finished: Finished) -> Result<(), Failure> {
        let Finished {
            value,
            start,
            end,
            anchor,
            size,
        } = finished;
        let end = end.min(self.source.text.len()).max(start);
        // Block scalars end with their line breaks.
        let end = start + self.source.text[start..end].trim_end().len();
        self.nodes += if value.is_array() || value.is_object() {
            1
        } else {
            size.nodes
        };
        self.check_nodes(start)?;
        let node = self.current_node();
        let place = self.place(start, end);
        if anchor > 0 {
            self.anchors.insert(anchor, Some((value.clone(), size)));
        }
        let mut united = None;
        match self.open.last_mut() {
            None => {
                self.places.set_place(node, self.place(start, start));
                self.root = Some(value);
            }
            Some(collection) => {
                collection.end = collection.end.max(end);
                collection.size.nodes += size.nodes;
                collection.size.bytes += size.bytes;
                collection.size.depth = collection.size.depth.max(size.depth);
                match &mut collection.content {
                    Content::Sequence(items) => {
                        items.push(value);
                        self.places.set_place(node, place.clone());
                    }
                    Content::Mapping(entries, key) => {
                        if let Some(key) = key.take() {
                            let text = key.text.clone();
                            united = twice::insert(entries, key.text, value)
                                .map(|united| (text, united));
                        }
                    }
                }
            }
        }
        self.places.set_value(node, place);
        if let (Some((key, united)), Reading::Lenient) = (united, self.reading) {
            let pointer = join(&self.pointer(), &key);
            let mut findings = self.findings.iter_mut().rev();
            if let Some(finding) = findings.find(|finding| finding.pointer == pointer) {
                united.describe(finding);
            }
        }
        Ok(())
    }

    fn place(&self, start: usize, end: usize) -> Place {
        yaml::place(self.source, start, end)
    }
}
