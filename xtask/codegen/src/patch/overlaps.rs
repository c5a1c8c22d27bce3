//! Operations that a patch adds and that upstream has by now, in other words: the patch is not retired, because its path
//! is still absent, and the client would have the operation twice.

use std::collections::HashMap;

use serde_json::Value;

use crate::document::Document;
use crate::finding::Finding;
use crate::inputs;
use crate::walk::{self, OperationPlace};

/// A finding for each operation of `patched` that is not in `document` and is like another one: of the same operationId,
/// or of the same method and path but for the parameters' names.
pub fn overlaps(document: &Document, patched: &Document) -> Vec<Finding> {
    let operations = walk::operations(&patched.root);
    let (upstream, added): (Vec<OperationPlace>, Vec<OperationPlace>) = operations
        .into_iter()
        .partition(|place| place.of(&document.root).is_some());
    if added.is_empty() {
        return Vec::new();
    }
    let mut known: HashMap<String, OperationPlace> = HashMap::new();
    let mut findings = Vec::new();
    for place in upstream {
        for mark in marks(&place, &patched.root) {
            known.entry(mark).or_insert_with(|| place.clone());
        }
    }
    for place in added {
        let marks = marks(&place, &patched.root);
        if let Some(other) = marks.iter().find_map(|mark| known.get(mark)) {
            let pointer = place.pointer();
            let mut finding = Finding::error(
                "patch/overlap",
                format!(
                    "expected a patch to add operations that the document does not have, but `{} {}` is like `{} {}`",
                    place.method.to_uppercase(),
                    crate::printable::shorten(&place.path),
                    other.method.to_uppercase(),
                    crate::printable::shorten(&other.path),
                ),
                "compare the two: delete the patch if upstream has its operation by now, or give it another operationId",
            )
            .at(pointer.clone(), patched.places.nearest(&pointer).cloned());
            if let Some(other) = patched.places.nearest(&other.pointer()) {
                finding = finding.related(other.clone(), "the other operation");
            }
            findings.push(finding);
        }
        for mark in marks {
            known.entry(mark).or_insert_with(|| place.clone());
        }
    }
    findings
}

/// What no two operations have in common.
fn marks(place: &OperationPlace, root: &Value) -> Vec<String> {
    let id = place
        .of(root)
        .and_then(|operation| operation.get("operationId")?.as_str());
    let mut marks: Vec<String> = id.map(|id| format!("id {id}")).into_iter().collect();
    marks.push(format!(
        "{} {}",
        place.method,
        inputs::without_names(&place.path)
    ));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;
    use crate::source::Source;

    fn document(operations: &str) -> Document {
        let text = format!("openapi: 3.0.3\npaths:\n{operations}");
        load::load(&Source::new("openapi.yaml", text)).unwrap()
    }

    const UPSTREAM: &str = "  /beds/{bed}: {get: {operationId: showBed}}\n";

    fn problems(added: &str) -> Vec<String> {
        overlaps(
            &document(UPSTREAM),
            &document(&format!("{UPSTREAM}{added}")),
        )
        .into_iter()
        .map(|finding| finding.problem)
        .collect()
    }

    #[test]
    fn what_upstream_has_in_other_words_is_found() {
        insta::assert_debug_snapshot!(problems(
            "  /beds/{id}: {get: {operationId: readBed}, put: {operationId: writeBed}}\n  \
             /v2/beds: {get: {operationId: showBed}}\n"
        ), @r#"
        [
            "expected a patch to add operations that the document does not have, but `GET /beds/{id}` is like `GET /beds/{bed}`",
            "expected a patch to add operations that the document does not have, but `GET /v2/beds` is like `GET /beds/{bed}`",
        ]
        "#);
    }

    #[test]
    fn another_operation_is_no_overlap() {
        assert!(problems("  /beds/{bed}/plants: {get: {operationId: listPlants}}\n").is_empty());
        assert!(problems("  /beds: {get: {}, post: {}}\n").is_empty());
    }
}
