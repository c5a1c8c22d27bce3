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
    let input = subject(repository, &arguments.subject)?;
    let name = input.spec.name.clone();
    let outcome = pipeline::client(&input)?;
    let mut findings: Vec<&Finding> = outcome.findings.iter().collect();
    findings.sort_by_cached_key(|finding| {
        let place = finding.place.as_ref();
        let place = place.map(|place| (place.source.name.clone(), place.start));
        (finding.severity, place)
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
        leads: false,
        ok,
        text: output::verdict(ok, &summary),
        notes: notes(&findings),
    })
}

/// What is left to do with its lines, what is mended in a line of its own.
fn notes(findings: &[&Finding]) -> String {
    let (repaired, open): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.severity == Severity::Repaired);
    output::findings(open) + &repaired.into_iter().map(line).collect::<String>()
}

fn line(finding: &Finding) -> String {
    let place = finding
        .place
        .as_ref()
        .map_or_else(|| finding.pointer.clone(), ToString::to_string);
    format!(
        "{place}: repaired[{}]: {}: {}\n",
        finding.code, finding.problem, finding.action
    )
}
