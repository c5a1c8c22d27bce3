//! What makes a mapping an OpenAPI 3.0 document that a client can be made of.

use serde_json::{Map, Value};

use crate::document::{Document, join};
use crate::finding::{Finding, Severity};
use crate::printable::shorten;

use super::Reading;
use super::yaml::kind;
use crate::walk::METHODS;

/// How many paths without operations are written out.
const MAX_FINDINGS: usize = 50;

/// Everything that keeps `document` from being an OpenAPI 3.0 document with operations.
pub(super) fn errors(document: &Document, reading: Reading) -> Vec<Finding> {
    let Some(root) = document.root.as_object() else {
        return Vec::new();
    };
    if let Some(finding) = version(document, root, reading) {
        // In a document of another kind, paths mean something else.
        return vec![finding];
    }
    let Some(paths) = root.get("paths") else {
        return vec![
            Finding::error(
                "load/no-paths",
                "expected `paths` with at least one operation, but found no `paths`",
                "check that the document was written or downloaded to its end",
            )
            .at("", document.places.nearest("").cloned()),
        ];
    };
    let Some(paths) = paths.as_object() else {
        return vec![
            Finding::error(
                "load/no-paths",
                format!(
                    "expected `paths` to be a mapping, but found {}",
                    kind(paths)
                ),
                "write `paths:` and below it `/path:` with its operations",
            )
            .at("/paths", document.places.value("/paths").cloned()),
        ];
    };
    let bad = no_mappings(document, paths);
    if !bad.is_empty() {
        return bad;
    }
    let (bare, others) = paths_without_operations(paths);
    if others > 0 {
        return Vec::new();
    }
    if bare.is_empty() {
        return vec![
            Finding::error(
                "load/no-operations",
                "expected at least one operation, but found empty `paths`",
                "check which routes the document was generated for",
            )
            .at("/paths", document.places.nearest("/paths").cloned()),
        ];
    }
    describe(document, &bare, Severity::Error)
}

/// What stands where an operation belongs and is none: it would be left out, and nobody would know.
fn no_mappings(document: &Document, paths: &Map<String, Value>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
        for method in METHODS {
            let Some(found) = item.get(method).filter(|operation| !operation.is_object()) else {
                continue;
            };
            let pointer = join(&join("/paths", path), method);
            let place = document.places.value(&pointer).cloned();
            findings.push(
                Finding::error(
                    "load/operation",
                    format!(
                        "expected an operation to be a mapping, but found {}",
                        kind(found)
                    ),
                    "write the operation's `responses` below it, or remove it",
                )
                .at(pointer, place),
            );
        }
    }
    findings.truncate(MAX_FINDINGS);
    findings
}

/// The paths without operations in a document that has others.
pub(super) fn warnings(document: &Document) -> Vec<Finding> {
    let paths = document.root.get("paths").and_then(Value::as_object);
    let (bare, _) = paths.map(paths_without_operations).unwrap_or_default();
    describe(document, &bare, Severity::Warning)
}

/// The paths without operations, and how many paths have some.
fn paths_without_operations(paths: &Map<String, Value>) -> (Vec<(&str, &Value)>, usize) {
    let items = paths.iter().filter(|(path, _)| !path.starts_with("x-"));
    let (bare, others): (Vec<_>, Vec<_>) = items
        .map(|(path, item)| (path.as_str(), item))
        .partition(|(_, item)| {
            METHODS
                .iter()
                .chain(&["$ref"])
                .all(|member| item.get(member).is_none())
        });
    (bare, others.len())
}

fn describe(document: &Document, bare: &[(&str, &Value)], severity: Severity) -> Vec<Finding> {
    let mut findings: Vec<_> = bare
        .iter()
        .take(MAX_FINDINGS)
        .map(|(path, item)| {
            let found = match item.as_object() {
                Some(item) if item.is_empty() => "nothing".to_owned(),
                Some(item) => {
                    let members: Vec<_> = item
                        .keys()
                        .take(5)
                        .map(|key| format!("`{}`", shorten(key)))
                        .collect();
                    format!("only {}", members.join(", "))
                }
                None => kind(item).to_owned(),
            };
            let pointer = join("/paths", path);
            let place = document.places.nearest(&pointer).cloned();
            Finding::error(
                "load/path-without-operations",
                format!(
                    "expected an operation (`get`, `post`, …) under `{}`, but found {found}",
                    shorten(path)
                ),
                "add the operation or remove the path; method names are in lower case",
            )
            .severity(severity)
            .at(pointer, place)
        })
        .collect();
    if bare.len() > MAX_FINDINGS {
        findings.push(
            Finding::error(
                "load/path-without-operations",
                format!(
                    "found {} more paths without operations",
                    bare.len() - MAX_FINDINGS
                ),
                "mend the first ones and run again",
            )
            .severity(severity),
        );
    }
    findings
}

/// What is wrong with the version that the document says it has.
fn version(document: &Document, root: &Map<String, Value>, reading: Reading) -> Option<Finding> {
    let at = |finding: Finding, pointer: &str| {
        finding.at(pointer, document.places.value(pointer).cloned())
    };
    let Some(version) = root.get("openapi") else {
        return Some(match root.get("swagger") {
            Some(swagger) => at(
                Finding::error(
                    "load/openapi-2",
                    format!(
                        "expected OpenAPI 3.0.x, but found Swagger {}",
                        written(swagger)
                    ),
                    "convert it to OpenAPI 3.0 (for example with swagger2openapi), or export 3.0 from the tool that wrote it",
                ),
                "/swagger",
            ),
            None => {
                let keys: Vec<_> = root
                    .keys()
                    .take(5)
                    .map(|key| format!("`{}`", shorten(key)))
                    .collect();
                let found = if keys.is_empty() {
                    "an empty mapping".to_owned()
                } else {
                    format!("a mapping of {}", keys.join(", "))
                };
                Finding::error(
                    "load/no-openapi",
                    format!(
                        "expected an OpenAPI document with `openapi: 3.0.x`, but found {found}"
                    ),
                    "check that this is the OpenAPI document; `openapi` belongs at its top level",
                )
                .at("", document.places.nearest("").cloned())
            }
        });
    };
    let text = match version {
        Value::String(text) => text.as_str(),
        other => {
            return Some(at(
                Finding::error(
                    "load/openapi-version",
                    format!(
                        "expected `openapi` to be a text such as 3.0.3, but found {} ({})",
                        kind(other),
                        written(other)
                    ),
                    "write `openapi: 3.0.3`",
                ),
                "/openapi",
            ));
        }
    };
    let is_release = |release: &str| {
        text.strip_prefix(release)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    // Everything that differs in 3.1 is said in 3.0's words by a repair.
    if is_release("3.0") || (reading == Reading::Lenient && is_release("3.1")) {
        return None;
    }
    let finding = if is_release("3.1") {
        Finding::error(
            "load/openapi-3.1",
            format!("expected OpenAPI 3.0.x, but found {}", shorten(text)),
            "let Scribe write 3.0 (`openapi.version` in config/scribe.php), convert the document down to 3.0, or ask \
             for 3.1 support",
        )
    } else {
        Finding::error(
            "load/openapi-version",
            format!(
                "expected OpenAPI 3.0.x, but found the version `{}`",
                shorten(text)
            ),
            "convert the document to OpenAPI 3.0",
        )
    };
    Some(at(finding, "/openapi"))
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => shorten(text),
        other => shorten(&other.to_string()),
    }
}
