//! Operations, their parameters, bodies and responses, node by node: what upstream says stays, what it leaves out is
//! filled in.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Supplemented;
use super::fact::{self, Contradiction, Fact, State, SupplementReport};
use super::locate::{self, Operations};
use super::read::{Files, Fragment, META, Subject};
use super::silence;
use crate::document::{Document, join, last_token};
use crate::walk::{self, OperationPlace};

/// What people read and what is made up: upstream has its own words and its own examples, and they are no contradiction.
const LABELS: [&str; 8] = [
    "summary",
    "description",
    "operationId",
    "tags",
    "title",
    "example",
    "examples",
    "externalDocs",
];

/// A node of a supplement.
#[derive(Debug, Clone)]
pub(super) struct Says<'a> {
    /// The number of its file.
    pub(super) file: usize,
    /// Where it stands there, as a JSON pointer.
    pub(super) pointer: String,
    pub(super) value: &'a Value,
}

impl<'a> Says<'a> {
    pub(super) fn child(&self, key: &str) -> Option<Self> {
        let value = match self.value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            value => value.get(key)?,
        };
        Some(Self {
            file: self.file,
            pointer: join(&self.pointer, key),
            value,
        })
    }

    /// What it says by key, without what it says about itself.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'a String, Self)> + use<'a> {
        let (file, pointer) = (self.file, self.pointer.clone());
        let entries = self.value.as_object().into_iter().flatten();
        entries
            .filter(|(key, _)| !META.contains(&key.as_str()))
            .map(move |(key, value)| {
                let pointer = join(&pointer, key);
                (
                    key,
                    Self {
                        file,
                        pointer,
                        value,
                    },
                )
            })
    }
}

/// Merges fragments into a document. The document's root is taken out meanwhile.
#[derive(Debug)]
pub(super) struct Merger<'a> {
    pub(super) upstream: &'a Document,
    files: &'a Files,
    /// The components that supplements bring, by their reference.
    components: HashMap<String, Says<'a>>,
    /// The references to them that the document has by now.
    wanted: Vec<String>,
    /// The nodes that supplements brought.
    supplied: HashSet<String>,
    /// Nodes of the document and where they stand in which file.
    grafts: Vec<(String, usize, String)>,
    facts: Vec<Fact>,
    /// Whether responses are merged: Scribe guessed the types from one example.
    pub(super) is_response: bool,
}

/// `document` with the fragments of `files` beneath it.
pub(super) fn apply(document: &Document, files: &Files, without: &[String]) -> Supplemented {
    let mut root = document.root.clone();
    let mut merger = Merger::new(document, files, without);
    let mut operations = Operations::of(&root);
    let mut reports: Vec<SupplementReport> = Vec::new();
    let is_wanted = |fragment: &&Fragment| !without.contains(&fragment.id);
    let mut every = Vec::new();
    for fragment in files.fragments.iter().filter(is_wanted) {
        let mut moved = None;
        match &fragment.subject {
            Subject::Operation(place) => {
                moved = merger.operation(&mut root, &mut operations, fragment, place);
            }
            Subject::EveryOperation => every.push(reports.len()),
            Subject::Extension => {
                let says = merger.says(fragment.file, &fragment.pointer);
                if let (Some(says), Some(root)) = (says, root.as_object_mut()) {
                    let key = last_token(&fragment.pointer);
                    merger.entry(root, &key, &fragment.pointer, &says);
                }
            }
            Subject::Component => {}
        }
        reports.push(SupplementReport {
            id: fragment.id.clone(),
            place: fragment.place.clone(),
            source: fragment.source.clone(),
            reason: fragment.reason.clone(),
            moved,
            facts: std::mem::take(&mut merger.facts),
        });
    }
    for index in every {
        let fragment = files.fragments.iter().filter(is_wanted).nth(index);
        let says = fragment.and_then(|fragment| merger.says(fragment.file, &fragment.pointer));
        for place in walk::operations(&root) {
            if let (Some(Value::Object(operation)), Some(says)) =
                (root.pointer_mut(&place.pointer()), &says)
            {
                merger.entries_of_operation(operation, &place.pointer(), says);
            }
        }
        reports[index].facts = std::mem::take(&mut merger.facts);
    }
    merger.bring_components(&mut root);
    let of_components = std::mem::take(&mut merger.facts);
    share(&mut reports, files, is_wanted, of_components);

    let mut places = document.places.clone();
    for (pointer, file, from) in &merger.grafts {
        places.graft(pointer, &files.documents[*file].places, from);
    }
    let findings = fact::findings(&reports);
    Supplemented {
        document: Document {
            source: document.source.clone(),
            root,
            places,
        },
        reports,
        findings,
    }
}

/// Gives each component the facts that stand in it, wherever they were needed.
fn share(
    reports: &mut [SupplementReport],
    files: &Files,
    is_wanted: impl Fn(&&Fragment) -> bool,
    brought: Vec<Fact>,
) {
    let used = reports.iter().flat_map(|report| report.facts.clone());
    let all: Vec<Fact> = used.chain(brought).collect();
    let fragments = files.fragments.iter().filter(is_wanted);
    for (report, fragment) in reports.iter_mut().zip(fragments) {
        if matches!(fragment.subject, Subject::Component) {
            let below = format!("{}/", fragment.pointer);
            let own = all
                .iter()
                .filter(|fact| fact.file == fragment.file && fact.from.starts_with(&below));
            report.facts = fact::worst(own).into_values().cloned().collect();
        }
    }
}

impl<'a> Merger<'a> {
    fn new(upstream: &'a Document, files: &'a Files, without: &[String]) -> Self {
        let mut merger = Self {
            upstream,
            files,
            components: HashMap::new(),
            wanted: Vec::new(),
            supplied: HashSet::new(),
            grafts: Vec::new(),
            facts: Vec::new(),
            is_response: false,
        };
        for fragment in &files.fragments {
            if matches!(fragment.subject, Subject::Component)
                && !without.contains(&fragment.id)
                && let Some(says) = merger.says(fragment.file, &fragment.pointer)
            {
                let reference = format!("#{}", fragment.pointer);
                merger.components.insert(reference, says);
            }
        }
        merger
    }

    fn says(&self, file: usize, pointer: &str) -> Option<Says<'a>> {
        let value = self.files.documents[file].root.pointer(pointer)?;
        let pointer = pointer.to_owned();
        Some(Says {
            file,
            pointer,
            value,
        })
    }

    /// What the supplement says where it refers to a component of its own; none where it refers to one of upstream's.
    pub(super) fn resolve(&self, says: &Says<'a>) -> Option<Says<'a>> {
        let mut says = says.clone();
        for _ in 0..16 {
            let Some(reference) = says.value.get("$ref").and_then(Value::as_str) else {
                return Some(says);
            };
            says = self.components.get(reference)?.clone();
        }
        None
    }

    /// Merges one operation; where upstream has it when it is elsewhere.
    fn operation(
        &mut self,
        root: &mut Value,
        operations: &mut Operations,
        fragment: &Fragment,
        place: &OperationPlace,
    ) -> Option<String> {
        let says = self.says(fragment.file, &fragment.pointer)?;
        let id = says.value.get("operationId").and_then(Value::as_str);
        let target = operations.locate(place, id);
        operations.add_path(&target.place.path);
        let item_pointer = join("/paths", &target.place.path);
        let item = object(object(root.as_object_mut()?, "paths")?, &target.place.path)?;
        if item.is_empty() {
            let from = crate::document::parent(&fragment.pointer)?.to_owned();
            self.grafts
                .push((item_pointer.clone(), fragment.file, from));
        }
        let pointer = target.place.pointer();
        if !item.contains_key(target.place.method) {
            let from = fragment.pointer.clone();
            self.grafts.push((pointer.clone(), fragment.file, from));
        }
        let operation = item.get_mut(target.place.method);
        let operation = operation.and_then(Value::as_object_mut);
        let mut operation = operation.map(std::mem::take).unwrap_or_default();
        let names = locate::renamed(&place.path, &target.place.path);
        if let Some(shared) = &fragment.shared
            && let Some(shared) = self.says(fragment.file, shared)
        {
            self.parameters(
                item,
                &mut operation,
                [&item_pointer, &pointer],
                true,
                &shared,
                &names,
            );
        }
        if let Some(own) = says.child("parameters") {
            self.parameters(
                item,
                &mut operation,
                [&item_pointer, &pointer],
                false,
                &own,
                &names,
            );
        }
        self.entries_of_operation(&mut operation, &pointer, &says);
        item.insert(target.place.method.to_owned(), Value::Object(operation));
        target.moved.then(|| {
            let OperationPlace { path, method } = &target.place;
            format!("{} {path}", method.to_uppercase())
        })
    }

    /// Everything of an operation but its parameters.
    fn entries_of_operation(
        &mut self,
        operation: &mut Map<String, Value>,
        at: &str,
        says: &Says<'a>,
    ) {
        for (key, says) in says.entries().filter(|(key, _)| *key != "parameters") {
            let at = join(at, key);
            match (key.as_str(), operation.get_mut(key)) {
                ("requestBody", Some(Value::Object(body))) => self.request_body(body, &at, &says),
                ("responses", Some(responses)) if !silence::is_empty(responses) => {
                    self.responses(responses, &at, &says);
                }
                _ => self.entry(operation, key, &at, &says),
            }
        }
    }

    /// The parameters of an operation and of its path: each goes into the one that upstream has, or beside them.
    fn parameters(
        &mut self,
        item: &mut Map<String, Value>,
        operation: &mut Map<String, Value>,
        [item_pointer, pointer]: [&String; 2],
        is_shared: bool,
        says: &Says<'a>,
        names: &HashMap<String, Option<String>>,
    ) {
        let count = says.value.as_array().map_or(0, Vec::len);
        for says in (0..count).filter_map(|index| says.child(&index.to_string())) {
            let Some(says) = self.resolve(&says) else {
                continue;
            };
            let text = |key: &str| says.value.get(key).and_then(Value::as_str);
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            let name = match names.get(name).filter(|_| location == "path") {
                Some(Some(renamed)) => renamed,
                // The path has no such parameter.
                Some(None) => continue,
                None => name,
            };
            let is_it =
                |parameter: &Value| parameter["name"] == name && parameter["in"] == location;
            let mut lists = [(&mut *operation, pointer), (&mut *item, item_pointer)];
            let known = lists.iter_mut().find_map(|(owner, pointer)| {
                let list = owner.get_mut("parameters")?.as_array_mut()?;
                let index = list.iter().position(is_it)?;
                let at = join(&join(pointer, "parameters"), &index.to_string());
                Some((list[index].as_object_mut()?, at))
            });
            if let Some((parameter, at)) = known {
                self.parameter(parameter, &at, &says);
                continue;
            }
            let [of_operation, of_item] = lists;
            let (owner, pointer) = if is_shared { of_item } else { of_operation };
            let at = join(pointer, "parameters");
            let list = owner.entry("parameters").or_insert_with(|| json!([]));
            let Value::Array(list) = list else { continue };
            let at = join(&at, &list.len().to_string());
            let mut parameter = self.supply(&at, &says);
            parameter["name"] = name.into();
            list.push(parameter);
        }
    }

    fn parameter(&mut self, parameter: &mut Map<String, Value>, at: &str, says: &Says<'a>) {
        let beside = parameter.get("example").cloned();
        for (key, says) in says.entries() {
            let at = join(at, key);
            match (key.as_str(), parameter.get_mut(key)) {
                // They say which parameter it is.
                ("name" | "in", _) => {}
                ("schema", Some(schema)) => {
                    if self.schema(schema, &at, &says, beside.as_ref()) {
                        parameter.shift_remove("example");
                    }
                }
                _ => self.entry(parameter, key, &at, &says),
            }
        }
    }

    fn request_body(&mut self, body: &mut Map<String, Value>, at: &str, says: &Says<'a>) {
        for (key, says) in says.entries() {
            let at = join(at, key);
            match (key.as_str(), body.get_mut(key)) {
                ("content", Some(Value::Object(content))) => self.content(content, &at, &says),
                // Scribe asks for a body only where it knows a field that every call must have: `false` is no word.
                ("required", Some(required)) if required == &Value::Bool(false) => {
                    body.shift_remove(key);
                    self.entry(body, key, &at, &says);
                }
                _ => self.entry(body, key, &at, &says),
            }
        }
    }

    fn responses(&mut self, responses: &mut Value, at: &str, says: &Says<'a>) {
        let Value::Object(responses) = responses else {
            return self.contradict(at, says, responses);
        };
        for (status, says) in says.entries() {
            let successes = || responses.keys().filter(|status| walk::is_success(status));
            // Another success is the one that the supplement means: the call has one, whatever its status.
            let other = (walk::is_success(status) && !responses.contains_key(status))
                .then(|| successes().next().filter(|_| successes().count() == 1))
                .flatten()
                .cloned();
            let key = other.as_ref().unwrap_or(status);
            let at = join(at, key);
            if key != status {
                self.contradict(
                    &at,
                    &Says {
                        value: &Value::Null,
                        ..says.clone()
                    },
                    &key.as_str().into(),
                );
            }
            let Some(response) = responses.get_mut(key) else {
                let supplied = self.supply(&at, &says);
                responses.insert(status.clone(), supplied);
                continue;
            };
            let (Some(says), Value::Object(response)) = (self.resolve(&says), response) else {
                continue;
            };
            if response.contains_key("$ref") {
                continue;
            }
            self.is_response = true;
            for (key, says) in says.entries() {
                let at = join(&at, key);
                match (key.as_str(), response.get_mut(key)) {
                    ("content", Some(Value::Object(content))) if !content.is_empty() => {
                        self.content(content, &at, &says);
                    }
                    _ => self.entry(response, key, &at, &says),
                }
            }
            self.is_response = false;
        }
    }

    /// Media types: one and one are the same body, whatever they are called.
    fn content(&mut self, content: &mut Map<String, Value>, at: &str, says: &Says<'a>) {
        let is_alone = content.len() == 1 && says.entries().count() == 1;
        for (media, says) in says.entries() {
            let json = |media: &str| media.contains("json");
            let same = content.keys().find(|other| *other == media);
            let like = || content.keys().find(|other| json(other) && json(media));
            let found = same.or_else(like).cloned();
            if found.is_none() && self.is_response && silence::is_empty_text(content) {
                content.clear();
            } else if found.is_none()
                && is_alone
                && let Some((other, _)) = content.iter().next()
            {
                let other = Value::from(other.as_str());
                self.contradict(
                    at,
                    &Says {
                        value: &Value::Null,
                        ..says.clone()
                    },
                    &other,
                );
                continue;
            }
            let key = found.as_ref().unwrap_or(media);
            let at = join(at, key);
            let Some(Value::Object(body)) = content.get_mut(key) else {
                let supplied = self.supply(&at, &says);
                content.insert(media.clone(), supplied);
                continue;
            };
            for (key, says) in says.entries() {
                let at = join(&at, key);
                match (key.as_str(), body.get_mut(key)) {
                    ("schema", Some(schema)) => {
                        self.schema(schema, &at, &says, None);
                    }
                    _ => self.entry(body, key, &at, &says),
                }
            }
        }
    }

    /// An entry that has no rules of its own: filled in where upstream has none, and compared where it has one.
    pub(super) fn entry(
        &mut self,
        owner: &mut Map<String, Value>,
        key: &str,
        at: &str,
        says: &Says<'a>,
    ) {
        let is_default =
            matches!(key, "nullable" | "deprecated") && says.value != &Value::Bool(false);
        let known = owner.get_mut(key).filter(|known| {
            let is_label = LABELS.contains(&key);
            !(is_label || key == "responses" || key == "content") || !silence::is_empty(known)
        });
        match known {
            None => {
                let supplied = self.supply(at, says);
                owner.insert(key.to_owned(), supplied);
            }
            Some(known) if is_default && known == &Value::Bool(false) => {
                *known = self.supply(at, says);
            }
            Some(_) if self.is_supplied(at) => self.judge(at, says, State::Confirmed),
            // By its id an operation is found that has moved.
            Some(_) if key == "operationId" => {}
            Some(_) if LABELS.contains(&key) => self.judge(at, says, State::Confirmed),
            Some(known) => self.compare(known, at, says),
        }
    }

    fn compare(&mut self, known: &mut Value, at: &str, says: &Says<'a>) {
        match (known, says.value) {
            (Value::Object(known), Value::Object(_)) => {
                for (key, says) in says.entries() {
                    self.entry(known, key, &join(at, key), &says);
                }
            }
            (known, value) if crate::patch::equal(known, value) => {
                self.judge(at, says, State::Confirmed);
            }
            (known, _) => self.contradict(at, says, known),
        }
    }

    /// The node as the supplement has it, noted as supplied. Schemas stand in their places, as Scribe writes them: a
    /// component of a supplement is a way to write a shape once, and is brought only where a schema refers to itself.
    pub(super) fn supply(&mut self, at: &str, says: &Says<'a>) -> Value {
        self.supplied.insert(at.to_owned());
        self.copy(at, says, &mut Vec::new())
    }

    fn copy(&mut self, at: &str, says: &Says<'a>, within: &mut Vec<String>) -> Value {
        self.grafts
            .push((at.to_owned(), says.file, says.pointer.clone()));
        let reference = says.value.get("$ref").and_then(Value::as_str);
        if let Some(reference) = reference {
            let is_schema = reference.starts_with("#/components/schemas/");
            if let Some(schema) = self
                .components
                .get(reference)
                .cloned()
                .filter(|_| is_schema)
                && !within.iter().any(|outer| outer == reference)
            {
                within.push(reference.to_owned());
                let copy = self.copy(at, &schema, within);
                within.pop();
                return copy;
            }
            self.wanted.push(reference.to_owned());
        }
        match says.value {
            Value::Object(entries) if !entries.is_empty() => {
                let is_parameter = entries.contains_key("in") && entries.contains_key("name");
                let entries = says.entries().map(|(key, says)| {
                    let value = if is_parameter && matches!(key.as_str(), "in" | "name") {
                        says.value.clone()
                    } else {
                        self.copy(&join(at, key), &says, within)
                    };
                    (key.clone(), value)
                });
                entries.collect()
            }
            Value::Array(items) if !is_list_of_values(items) => {
                let items = (0..items.len()).map(|index| index.to_string());
                let items = items.filter_map(|index| {
                    let says = says.child(&index)?;
                    Some(self.copy(&join(at, &index), &says, within))
                });
                items.collect()
            }
            value => {
                self.note(at, says, State::Supplied, None);
                value.clone()
            }
        }
    }

    /// Brings the components that are referred to, and those that they refer to.
    fn bring_components(&mut self, root: &mut Value) {
        let mut done = HashSet::new();
        while let Some(reference) = self.wanted.pop() {
            let Some(says) = self.components.get(&reference).cloned() else {
                continue;
            };
            if !done.insert(reference.clone()) {
                continue;
            }
            let at = reference.trim_start_matches('#');
            let Some(section) = crate::document::parent(at) else {
                continue;
            };
            let name = last_token(at);
            let owner = root.as_object_mut();
            let owner = owner.and_then(|root| object(root, "components"));
            let owner = owner.and_then(|components| object(components, &last_token(section)));
            let Some(owner) = owner else { continue };
            self.is_response = true;
            match owner.get_mut(&name) {
                Some(known) if last_token(section) == "schemas" => {
                    self.schema(known, at, &says, None);
                }
                Some(known) => self.compare(known, at, &says),
                None => {
                    let supplied = self.supply(at, &says);
                    owner.insert(name, supplied);
                }
            }
            self.is_response = false;
        }
    }

    /// Whether a supplement brought the node at `pointer`, or one above it.
    fn is_supplied(&self, pointer: &str) -> bool {
        let mut at = Some(pointer);
        while let Some(node) = at {
            if self.supplied.contains(node) {
                return true;
            }
            at = crate::document::parent(node);
        }
        false
    }

    /// Notes the state of every fact at and below `says`.
    pub(super) fn judge(&mut self, at: &str, says: &Says<'a>, state: State) {
        // What another part of the supplements brought is not what upstream says.
        let state = match state {
            State::Confirmed if self.is_supplied(at) => State::Supplied,
            state => state,
        };
        match says.value {
            Value::Object(entries) if !entries.is_empty() => {
                let is_parameter = entries.contains_key("in") && entries.contains_key("name");
                for (key, says) in says.entries() {
                    if !(is_parameter && matches!(key.as_str(), "in" | "name")) {
                        self.judge(&join(at, key), &says, state);
                    }
                }
            }
            Value::Array(items) if !is_list_of_values(items) => {
                for index in (0..items.len()).map(|index| index.to_string()) {
                    if let Some(says) = says.child(&index) {
                        self.judge(&join(at, &index), &says, state);
                    }
                }
            }
            _ => self.note(at, says, state, None),
        }
    }

    /// How many facts are noted by now.
    pub(super) fn facts(&self) -> usize {
        self.facts.len()
    }

    /// What a member of a union has in common with upstream's says which member it is, and is a fact only when the whole
    /// union is confirmed.
    pub(super) fn forget_what_tells_members_apart(&mut self, from: usize) {
        let facts = self.facts.split_off(from);
        let is_confirmed = |fact: &Fact| fact.state == State::Confirmed;
        let all = facts.iter().all(is_confirmed);
        let kept = facts.into_iter().filter(|fact| all || !is_confirmed(fact));
        self.facts.extend(kept);
    }

    /// Notes that upstream says otherwise than the supplement.
    pub(super) fn contradict(&mut self, at: &str, says: &Says<'a>, upstream: &Value) {
        // The status or media type itself is what differs, which is a key.
        let supplement = match says.value {
            Value::Null => last_token(&says.pointer).into(),
            value => value.clone(),
        };
        let contradiction = Contradiction {
            supplement,
            upstream: upstream.clone(),
            place: self.upstream.places.nearest(at).cloned(),
        };
        self.note(at, says, State::Contradicted, Some(contradiction));
    }

    fn note(
        &mut self,
        at: &str,
        says: &Says<'a>,
        state: State,
        contradiction: Option<Contradiction>,
    ) {
        let places = &self.files.documents[says.file].places;
        self.facts.push(Fact {
            from: says.pointer.clone(),
            file: says.file,
            pointer: at.to_owned(),
            place: places.nearest(&says.pointer).cloned(),
            state,
            contradiction,
        });
    }
}

/// The mapping at `key` of `owner`, made when there is none.
fn object<'v>(owner: &'v mut Map<String, Value>, key: &str) -> Option<&'v mut Map<String, Value>> {
    let entry = owner.entry(key).or_insert_with(|| json!({}));
    if silence::is_empty(entry) {
        *entry = json!({});
    }
    entry.as_object_mut()
}

/// Whether a list is one fact and not several.
fn is_list_of_values(items: &[Value]) -> bool {
    items.iter().all(|item| !item.is_object())
}
