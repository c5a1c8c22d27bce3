//! What tools by others make of `spec/`: they apply one overlay with all of it to the same document, and find it valid. A tool that
//! is not installed is said to be skipped; CONTRIBUTING.md tells how to get them.

use std::io::{ErrorKind, Write as _};
use std::process::Command;

use scribe_codegen::load;
use scribe_codegen::source::Source;
use serde_json::Value;

use crate::repository::{Repository, Said, said};

/// A tool: the environment variable that says where it is, and its name on the `PATH`.
struct Tool {
    variable: &'static str,
    name: &'static str,
}

const OAS_PATCH: Tool = Tool {
    variable: "OAS_PATCH",
    name: "oas-patch",
};
const OVERLAYJS: Tool = Tool {
    variable: "OVERLAYJS",
    name: "overlayjs",
};
const VALIDATOR: Tool = Tool {
    variable: "OPENAPI_SPEC_VALIDATOR",
    name: "openapi-spec-validator",
};
const REDOCLY: Tool = Tool {
    variable: "REDOCLY",
    name: "redocly",
};

impl Tool {
    /// Runs the tool in the repository; none when there is no such program.
    fn run(&self, repository: &Repository, arguments: &[&str]) -> Option<Said> {
        let program = std::env::var_os(self.variable).unwrap_or_else(|| self.name.into());
        let output = Command::new(&program)
            .args(arguments)
            .current_dir(repository.root())
            // Redocly asks a server for its newest version otherwise, and tells one that it was run.
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .env("REDOCLY_TELEMETRY", "off")
            .output();
        match output {
            Ok(output) => Some(said(&output)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                // Not `eprintln!`, whose text nobody sees when the test passes.
                let _ = writeln!(
                    std::io::stderr(),
                    "skipped: {} is not installed; CONTRIBUTING.md says how to get it",
                    self.name
                );
                None
            }
            Err(error) => panic!("{}: {error}", self.name),
        }
    }
}

/// The value of a document, whatever wrote it.
fn value(name: &str, text: &str) -> Value {
    load::load(&Source::new(name, text))
        .unwrap_or_else(|failure| panic!("{failure}"))
        .root
}

/// With the one overlay that `effective` writes, `apply` makes the document that `effective` prints, unless the tool turns
/// out not to be there.
fn assert_the_tool_makes_our_document(apply: impl Fn(&Repository, &str, &str) -> Option<String>) {
    let repository = Repository::copy();
    for stage in ["patched", "repaired"] {
        let ours = repository.run(&["effective", "--stage", stage]).exit(0);
        let overlay = ["effective", "--stage", stage, "--format", "overlay"];
        repository.write("overlay.yaml", &repository.run(&overlay).exit(0).out);
        let document = repository.read("spec/upstream/openapi.yaml");
        repository.write("document.yaml", &document);
        let Some(theirs) = apply(&repository, "document.yaml", "overlay.yaml") else {
            return;
        };
        assert_ne!(value("theirs", &theirs), value("before", &document));
        assert_eq!(
            value("theirs", &theirs),
            value("ours", &ours.out),
            "{stage}"
        );
    }
}

#[test]
fn oas_patch_makes_the_same_document_of_the_overlay() {
    assert_the_tool_makes_our_document(|repository, document, overlay| {
        let arguments = ["overlay", document, overlay, "--output", "next.yaml"];
        OAS_PATCH.run(repository, &arguments)?.exit(0);
        Some(repository.read("next.yaml"))
    });
}

#[test]
fn overlayjs_makes_the_same_document_of_the_overlay() {
    assert_the_tool_makes_our_document(|repository, document, overlay| {
        let arguments = ["--openapi", document, "--overlay", overlay];
        Some(OVERLAYJS.run(repository, &arguments)?.exit(0).out)
    });
}

#[test]
fn openapi_spec_validator_accepts_the_document_after_each_stage() {
    let repository = Repository::copy();
    for stage in ["patched", "repaired"] {
        let document = repository.run(&["effective", "--stage", stage]).exit(0);
        repository.write("document.yaml", &document.out);
        if let Some(said) = VALIDATOR.run(&repository, &["document.yaml"]) {
            said.exit(0);
        }
    }
}

#[test]
fn redocly_finds_no_error_and_no_warning_that_would_mislead_a_client() {
    redocly_accepts(
        "patched",
        &[
            "no-illogical-composition-keywords",
            "no-invalid-schema-examples",
            "operation-4xx-response",
        ],
    );
    // OpenAPI 3.0 has no way to say that a reference or null stands somewhere that all tools understand.
    redocly_accepts(
        "repaired",
        &[
            "no-illogical-composition-keywords",
            "operation-4xx-response",
        ],
    );
}

fn redocly_accepts(stage: &str, without: &[&str]) {
    let repository = Repository::copy();
    let document = repository.run(&["effective", "--stage", stage]).exit(0);
    repository.write("document.yaml", &document.out);
    let arguments = "lint --extends recommended --format json --max-problems 1000 document.yaml";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let Some(said) = REDOCLY.run(&repository, &arguments) else {
        return;
    };
    let report = said.json();
    assert_eq!(report["totals"]["errors"], 0, "{said}");
    let problems = report["problems"].as_array().unwrap();
    // Tags without a description: the lint has run, and this looks for the rules where it names them.
    let rules: Vec<&str> = problems
        .iter()
        .map(|problem| problem["ruleId"].as_str().unwrap())
        .collect();
    assert!(rules.contains(&"tag-description"), "{said}");
    for rule in without {
        assert!(!rules.contains(rule), "{rule}: {said}");
    }
}
