//! `lint`: what the pipeline found, the unrepaired first.

use scribe_codegen::finding::{Finding, Severity};
use serde_json::json;

use crate::cli::{Format, Lint};
use crate::commands::subject;
use crate::error::Result;
use crate::output::{self, Answer, count};
use crate::pipeline;
use crate::repository::Repository;

/// Carries the command out.
///
/// # Errors
///
/// When the document cannot be read or made a client of.
pub fn run(repository: &Repository, arguments: &Lint) -> Result<Answer> {
    let (spec, overlays) = subject(repository, &arguments.subject)?;
    let name = spec.name.clone();
    let outcome = pipeline::client(spec, overlays)?;
    let mut findings: Vec<&Finding> = outcome.findings.iter().collect();
    findings.sort_by_key(|finding| {
        let place = finding.place.as_ref();
        (finding.severity, place.map(|place| place.start))
    });
    let number = |severity: Severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let ok = number(Severity::Error) == 0;
    if arguments.format == Format::Json {
        return Ok(Answer::json(
            ok,
            &json!({ "ok": ok, "document": name, "findings": findings }),
        ));
    }
    let summary = format!(
        "{name}: {}, {}, {}",
        count(number(Severity::Error), "error", "errors"),
        count(number(Severity::Warning), "warning", "warnings"),
        count(
            number(Severity::Repaired),
            "finding repaired",
            "findings repaired"
        ),
    );
    Ok(Answer {
        ok,
        text: output::verdict(ok, &summary),
        notes: output::findings(findings),
    })
}
