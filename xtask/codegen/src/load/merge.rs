//! Several excerpts of one API → one document.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::document::{Document, Places, join};
use crate::finding::{Failure, Finding};
use crate::printable::shorten;
use crate::source::Source;

use super::yaml::yaml;

/// Excerpts of one API as one document: paths, components and tags of all of them, in order.
///
/// A single text is handed on byte for byte; of several, YAML is written anew. What two of them say must be the same:
/// of a path, each member; of the components and tags, each by its name; anything else as a whole.
///
/// # Errors
///
/// When a text is no YAML, with all its findings, and when two contradict each other: each contradiction with both
/// places.
pub fn merge(documents: &[Arc<Source>]) -> Result<Arc<Source>, Failure> {
    match documents {
        [] => {
            return Err(Finding::error(
                "load/nothing-to-merge",
                "expected at least one document, but found none",
                "name the files or addresses to read",
            )
            .into());
        }
        [only] => return Ok(only.clone()),
        _ => {}
    }
    let mut findings = Vec::new();
    let mut merged: Option<Document> = None;
    for source in documents {
        match (yaml(source), &mut merged) {
            (Err(failure), _) => findings.extend(failure.findings),
            (Ok(document), None) => merged = Some(document),
            (Ok(document), Some(merged)) => {
                let mut merge = Merge {
                    places: &mut merged.places,
                    other: &document,
                    findings: &mut findings,
                };
                merge.mapping(&mut merged.root, &document.root, "", members_of_root);
            }
        }
    }
    let Some(merged) = merged.filter(|_| findings.is_empty()) else {
        return Err(findings.into());
    };
    let text = serde_yaml::to_string(&merged.root).map_err(|error| {
        Finding::error(
            "load/merge",
            format!("expected the merged document to be written as YAML, but found {error}"),
            "merge the files by hand",
        )
    })?;
    let names: Vec<_> = documents
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    Ok(Source::new(names.join(" + "), text))
}

/// How a member that both documents have is merged.
#[derive(Clone, Copy)]
enum Rule {
    /// It must be the same.
    Same,
    /// A mapping, whose members are merged as the function says.
    Mapping(fn(&str) -> Rule),
    /// A list of mappings that are told apart by their `name`.
    Named,
}

fn members_of_root(key: &str) -> Rule {
    match key {
        // Of an item of `paths`, each method must be the same.
        "paths" | "components" => Rule::Mapping(|_| Rule::Mapping(|_| Rule::Same)),
        "tags" => Rule::Named,
        _ => Rule::Same,
    }
}

struct Merge<'a> {
    places: &'a mut Places,
    other: &'a Document,
    findings: &'a mut Vec<Finding>,
}

impl Merge<'_> {
    fn mapping(&mut self, into: &mut Value, from: &Value, pointer: &str, rule: fn(&str) -> Rule) {
        let (Value::Object(into), Value::Object(from)) = (&mut *into, from) else {
            return self.same(into, from, pointer, pointer);
        };
        for (key, value) in from {
            let pointer = join(pointer, key);
            match into.get_mut(key) {
                None => self.take(into, key, value, &pointer),
                Some(existing) => match rule(key) {
                    Rule::Same => self.same(existing, value, &pointer, &pointer),
                    Rule::Mapping(rule) => self.mapping(existing, value, &pointer, rule),
                    Rule::Named => self.named(existing, value, &pointer),
                },
            }
        }
    }

    fn take(&mut self, into: &mut Map<String, Value>, key: &str, value: &Value, pointer: &str) {
        into.insert(key.to_owned(), value.clone());
        self.places.graft(pointer, &self.other.places, pointer);
    }

    fn named(&mut self, into: &mut Value, from: &Value, pointer: &str) {
        let (Value::Array(into), Value::Array(from)) = (&mut *into, from) else {
            return self.same(into, from, pointer, pointer);
        };
        for (index, item) in from.iter().enumerate() {
            let other_pointer = join(pointer, &index.to_string());
            let same_name = |existing: &Value| {
                existing == item
                    || (item.get("name").is_some() && existing.get("name") == item.get("name"))
            };
            match into.iter().position(same_name) {
                Some(position) => {
                    let pointer = join(pointer, &position.to_string());
                    self.same(&into[position], item, &pointer, &other_pointer);
                }
                None => {
                    let pointer = join(pointer, &into.len().to_string());
                    into.push(item.clone());
                    self.places
                        .graft(&pointer, &self.other.places, &other_pointer);
                }
            }
        }
    }

    fn same(&mut self, existing: &Value, value: &Value, pointer: &str, other_pointer: &str) {
        if existing == value {
            return;
        }
        let (pointer, other_pointer) = difference(existing, value, pointer, other_pointer);
        let finding = Finding::error(
            "load/contradiction",
            format!(
                "expected the documents to say the same, but found another `{}` here",
                shorten(&other_pointer)
            ),
            "merge excerpts of one version of the API only, or leave one of the two files out",
        )
        .at(
            other_pointer.as_str(),
            self.other.places.nearest(&other_pointer).cloned(),
        );
        self.findings.push(match self.places.nearest(&pointer) {
            Some(place) => finding.related(place.clone(), "the other document says this"),
            None => finding,
        });
    }
}

/// The pointers of the first node in which two different values differ.
fn difference(one: &Value, other: &Value, pointer: &str, other_pointer: &str) -> (String, String) {
    let inner = match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() => one
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), value, other.get(key)?)))
            .find(|(_, one, other)| one != other),
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .map(|(index, (one, other))| (index.to_string(), one, other))
            .find(|(_, one, other)| one != other),
        _ => None,
    };
    match inner {
        Some((token, one, other)) => difference(
            one,
            other,
            &join(pointer, &token),
            &join(other_pointer, &token),
        ),
        None => (pointer.to_owned(), other_pointer.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    fn excerpt(name: &str, rest: &str) -> Arc<Source> {
        Source::new(
            name,
            format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{rest}"),
        )
    }

    #[test]
    fn one_document_is_handed_on_byte_for_byte() {
        let source = excerpt("a.yaml", "x:   1 # as it is\n");
        let merged = merge(std::slice::from_ref(&source)).expect("one document");
        assert!(Arc::ptr_eq(&merged, &source));
    }

    #[test]
    fn paths_components_and_tags_are_united() {
        let a = excerpt(
            "a.yaml",
            "tags: [{name: A}, {name: B, description: b}]\npaths:\n  /a:\n    parameters: []\n    get: {responses: {200: {description: ok}}}\ncomponents: {schemas: {S: {type: string}}}\n",
        );
        let b = excerpt(
            "b.yaml",
            "paths:\n  /a:\n    post: {responses: {200: {description: ok}}}\n    parameters: []\n  /b:\n    get: {responses: {200: {description: ok}}}\ntags: [{name: B, description: b}, {name: C}]\ncomponents: {schemas: {S: {type: string}}, securitySchemes: {default: {type: http, scheme: bearer}}}\n",
        );
        let merged = merge(&[a, b]).expect("no contradiction");
        assert_eq!(merged.name, "a.yaml + b.yaml");
        load(&merged).expect("a document again");
        insta::assert_snapshot!(merged.text, @r#"
        openapi: 3.0.3
        info:
          title: T
          version: '1'
        tags:
        - name: A
        - name: B
          description: b
        - name: C
        paths:
          /a:
            parameters: []
            get:
              responses:
                '200':
                  description: ok
            post:
              responses:
                '200':
                  description: ok
          /b:
            get:
              responses:
                '200':
                  description: ok
        components:
          schemas:
            S:
              type: string
          securitySchemes:
            default:
              type: http
              scheme: bearer
        "#);
    }

    #[test]
    fn contradictions_are_reported_together_with_both_places() {
        let a = excerpt(
            "a.yaml",
            "servers: [{url: https://a.example}]\npaths:\n  /a:\n    get: {responses: {200: {description: ok}}}\n",
        );
        let b = excerpt(
            "b.yaml",
            "servers: [{url: https://b.example}]\npaths:\n  /a:\n    get: {responses: {200: {description: fine}}}\n",
        );
        insta::assert_snapshot!(merge(&[a, b]).expect_err("two contradictions"), @r#"
        error[load/contradiction]: expected the documents to say the same, but found another `/servers/0/url` here
         --> b.yaml:3:12
          |
        3 | servers: [{url: https://b.example}]
          |            ^^^
          |
         ::: a.yaml:3:12
          |
        3 | servers: [{url: https://a.example}]
          |            --- the other document says this
          |
          = help: merge excerpts of one version of the API only, or leave one of the two files out
        error[load/contradiction]: expected the documents to say the same, but found another `/paths/~1a/get/responses/200/description` here
         --> b.yaml:6:29
          |
        6 |     get: {responses: {200: {description: fine}}}
          |                             ^^^^^^^^^^^
          |
         ::: a.yaml:6:29
          |
        6 |     get: {responses: {200: {description: ok}}}
          |                             ----------- the other document says this
          |
          = help: merge excerpts of one version of the API only, or leave one of the two files out
        "#);
    }

    #[test]
    fn findings_of_all_texts_are_reported() {
        let bad = |name: &str| Source::new(name, "a: 1\na: 2\n");
        let failure = merge(&[bad("a.yaml"), bad("b.yaml")]).expect_err("two bad texts");
        assert_eq!(failure.findings.len(), 2);
        assert!(merge(&[]).is_err());
    }
}
