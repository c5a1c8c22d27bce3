//! `try`: a row for each of any documents.

use std::path::Path;

use serde_json::{Value, json};

use crate::repository::{Repository, Said, said};

const PLAIN: &str = include_str!("../fixtures/try/plain.yaml");
/// The download was cut off.
const CUT: &str = "openapi: 3.0.3\ninfo: {title: Garden\n";
const LOSSY: &str = include_str!("../fixtures/try/lossy.yaml");
const ENUM: &str = include_str!("../fixtures/try/enum.yaml");
const RUNTIME: &str = include_str!("../fixtures/try/runtime.rs");

/// The rows without what a clock measured, and without the folder of this test.
fn rows(said: Said, repository: &Repository) -> Value {
    let mut rows = said.json();
    let folder = format!("{}/target/", repository.root().display());
    for row in rows.as_array_mut().unwrap() {
        assert!(row["seconds"].as_f64().unwrap() >= 0.0, "{row:#}");
        row.as_object_mut().unwrap().remove("seconds");
        for key in ["file", "error"] {
            if let Some(text) = row[key].as_str() {
                row[key] = text.replace(&folder, "").into();
            }
        }
    }
    rows
}

#[test]
fn json_has_a_row_for_each_document_in_their_order() {
    let repository = Repository::empty();
    let plain = repository.beside("plain.yaml", PLAIN);
    let cut = repository.beside("cut.yaml", CUT);
    let missing = repository.root().join("target/missing.yaml");
    let missing = missing.display().to_string();
    let said = repository
        .run(&["try", &plain, &cut, &missing, &plain, "--format", "json"])
        .exit(1);
    assert_eq!(said.err, "", "{said}");
    insta::assert_snapshot!(format!("{:#}", rows(said, &repository)));
}

#[test]
fn losses_are_shown_and_are_no_failure() {
    let repository = Repository::empty();
    let lossy = repository.beside("lossy.yaml", LOSSY);
    let said = repository.run(&["try", &lossy]).exit(0);
    let folder = format!("{}/target/", repository.root().display());
    insta::assert_snapshot!(said.err.replace(&folder, ""), @"
    loss: lossy.yaml:15:29: /paths/~1api~1beds/post/requestBody/content/application~1json/schema/properties/bulbs/example/0: expected the field `name`, but found none
    loss: lossy.yaml:19:29: /paths/~1api~1beds/post/requestBody/content/application~1json/schema/properties/herbs/example/0: expected the field `name`, but found none
    loss: lossy.yaml:23:29: /paths/~1api~1beds/post/requestBody/content/application~1json/schema/properties/roses/example/0: expected the field `name`, but found none
    loss: 2 more in lossy.yaml
    ");
    assert!(
        said.out.contains("1 document: each gives a client"),
        "{said}"
    );
    let all = repository.run(&["try", &lossy, "--verbose"]).exit(0);
    assert!(all.err.lines().count() > said.err.lines().count(), "{all}");
}

#[test]
fn a_document_that_gives_no_client_does_not_keep_the_others_from_it() {
    let repository = Repository::empty();
    let cut = repository.beside("cut.yaml", CUT);
    let plain = repository.beside("plain.yaml", PLAIN);
    let said = repository.run(&["try", &cut, &plain]).exit(1);
    assert!(said.err.contains("cut.yaml:2:7"), "{said}");
    assert!(
        said.out.contains("2 documents: 1 gives no client"),
        "{said}"
    );
    let cells: Vec<Vec<&str>> = said
        .out
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(cells[2][..4], ["1", "1", "1", cells[3][3]], "{said}");
    assert_eq!(cells[3].last(), Some(&"total"), "{said}");
}

#[test]
fn somebody_elses_document_may_be_3_1_and_have_a_key_twice() {
    let repository = Repository::empty();
    let newer = PLAIN.replace("openapi: 3.0.3", "openapi: 3.1.0\nopenapi: 3.1.0");
    assert_ne!(newer, PLAIN);
    let newer = repository.beside("newer.yaml", &newer);
    let rows = repository
        .run(&["try", &newer, "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(rows[0]["methods"], 1, "{rows:#}");
    // The repository's own document is not read so.
    repository.run(&["lint", &newer]).exit(1);
}

#[test]
fn names_of_files_do_not_command_the_terminal() {
    let repository = Repository::empty();
    let name = "\u{1b}[31m\u{202e}red\nrow.yaml";
    let hostile = repository.beside(name, LOSSY);
    let said = repository
        .run(&["try", &hostile, &format!("{hostile}x")])
        .exit(1);
    for text in [&said.out, &said.err] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    }
    assert!(
        said.out.contains(r"\u{1b}[31m\u{202e}red\nrow.yaml"),
        "{said}"
    );
    let rows = repository
        .run(&["try", &hostile, "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(rows[0]["file"], hostile);
}

#[test]
fn a_document_comes_from_standard_input_as_well() {
    let repository = Repository::empty();
    let rows = repository
        .run_with_input(&["try", "-", "--format", "json"], PLAIN)
        .exit(0)
        .json();
    assert_eq!(rows[0]["file"], "-");
    assert_eq!(rows[0]["methods"], 1);
}

#[test]
fn without_a_document_the_usage_is_bad() {
    Repository::empty().run(&["try"]).exit(2);
}

#[test]
fn each_client_is_compiled_and_an_error_belongs_to_its_document() {
    let repository = Repository::empty();
    repository.write(
        "Cargo.toml",
        "[workspace]\n[package]\nname = \"a\"\nedition = \"2024\"\n\
         [dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n",
    );
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    repository.write(
        "Cargo.lock",
        &std::fs::read_to_string(real.join("Cargo.lock")).unwrap(),
    );
    repository.write("runtime/mod.rs", RUNTIME);
    let plain = repository.beside("plain.yaml", PLAIN);
    let of_enum = repository.beside("enum.yaml", ENUM);
    let cut = repository.beside("cut.yaml", CUT);
    let compile = |arguments: &[&str]| {
        // The dependencies stay compiled from one run of the test to the next.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("try");
        let output = repository
            .command(arguments)
            .env("XTASK_TRY_DIR", folder)
            .output();
        said(&output.unwrap())
    };
    let rows = rows(
        compile(&[
            "try",
            &plain,
            &cut,
            &of_enum,
            "--compile",
            "--format",
            "json",
        ])
        .exit(1),
        &repository,
    );
    let compiles: Vec<&Value> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["compiles"])
        .collect();
    assert_eq!(json!(compiles), json!([true, null, false]), "{rows:#}");
    let error = rows[2]["error"].as_str().unwrap();
    assert!(error.starts_with("error"), "{error}");
    assert!(error.contains("`open_enum`"), "{error}");
    compile(&["try", &plain, "--compile"]).exit(0);
}
