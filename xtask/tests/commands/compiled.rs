//! `regen` compiles the crate with the new client before it writes anything.

use serde_json::json;

use crate::repository::{DOCUMENT, Repository};

/// A crate whose hand-written code needs one field of the client, as the compiler sees it.
const LIB: &str = r#"
const CLIENT: &[u8] = include_bytes!("generated/client.rs");

const fn has(text: &[u8], word: &[u8]) -> bool {
    let mut at = 0;
    while at + word.len() <= text.len() {
        let mut same = 0;
        while same < word.len() && text[at + same] == word[same] {
            same += 1;
        }
        if same == word.len() {
            return true;
        }
        at += 1;
    }
    false
}

const _: () = assert!(has(CLIENT, b"pub height: "), "no field `height` on type `ListThePlantsResponse`");
"#;

/// The repository as a crate, and the path of a document in which the field has another name.
fn crate_and_news() -> (Repository, String) {
    let repository = Repository::regenerated();
    repository.write(
        "Cargo.toml",
        "[workspace]\n[package]\nname = \"garden\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    repository.write("src/lib.rs", LIB);
    repository.write(".gitignore", "/target\n");
    repository.commit();
    let news = repository.beside("news.yaml", &DOCUMENT.replace("height:", "size:"));
    (repository, news)
}

fn client(repository: &Repository) -> String {
    repository.read("src/generated/client.rs")
}

#[test]
fn a_client_that_the_hand_written_code_does_not_fit_is_not_written() {
    let (repository, news) = crate_and_news();
    let before = client(&repository);
    let said = repository.run(&["regen", "--from", &news]).exit(1);
    let verdict = said.out.lines().next().unwrap_or_default();
    assert!(
        verdict.starts_with(
            "the crate does not compile with the new client (1 error): nothing was written"
        ),
        "{said}"
    );
    for expected in [
        "src/lib.rs:19:",
        "because of type ListThePlantsResponse field height (field-removed)",
        "from upstream at /paths/~1api~1plants/get/",
        "what to do: run the command again with --force",
    ] {
        assert!(said.out.contains(expected), "{expected}: {said}");
    }
    assert_eq!(client(&repository), before);
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), DOCUMENT);

    let json = repository
        .run(&["regen", "--from", &news, "--format", "json"])
        .exit(1)
        .json();
    assert_eq!(json["compiled"]["compiles"], false);
    assert_eq!(json["written"], json!([]));
    let fingerprint = &json["compiled"]["errors"][0]["changes"][0];
    let changes = json["surface"]["changes"].as_array().unwrap();
    let change = changes
        .iter()
        .find(|change| &change["fingerprint"] == fingerprint);
    assert_eq!(change.expect("the change")["kind"], "field-removed");
    let page = repository.beside("report.html", "");
    repository
        .run(&["regen", "--from", &news, "--report", &page])
        .exit(1);
    assert!(
        std::fs::read_to_string(page)
            .unwrap()
            .contains("The crate does not compile")
    );
}

#[test]
fn who_insists_gets_it_written_and_who_does_not_ask_does_not_wait() {
    let (repository, news) = crate_and_news();
    let said = repository
        .run(&["regen", "--from", &news, "--force"])
        .exit(1);
    assert!(
        said.out
            .contains("written all the same, because of --force"),
        "{said}"
    );
    assert!(client(&repository).contains("pub size: "));
    // Until the hand-written code fits, every report begins with it.
    let said = repository.run(&["regen", "--offline"]).exit(1);
    assert!(
        said.out
            .starts_with("the crate does not compile with the new client (1 error)"),
        "{said}"
    );
    repository.write("src/lib.rs", "");
    let said = repository.run(&["regen", "--offline"]).exit(0);
    assert!(said.out.contains("\ncompiles: yes"), "{said}");

    let (repository, news) = crate_and_news();
    let said = repository
        .run(&["regen", "--from", &news, "--no-check"])
        .exit(0);
    assert!(
        said.out.starts_with("regenerated: ") && !said.out.contains("\ncompiles: "),
        "{said}"
    );
}

#[test]
fn a_client_that_the_hand_written_code_fits_is_written_and_said_to_compile() {
    let (repository, _) = crate_and_news();
    let news = repository.beside(
        "more.yaml",
        &DOCUMENT.replace(
            "                  name:\n",
            "                  color: { type: string }\n                  name:\n",
        ),
    );
    let said = repository.run(&["regen", "--from", &news]).exit(0);
    assert!(
        said.out
            .contains("\ncompiles: yes, the hand-written code included\n"),
        "{said}"
    );
    assert!(client(&repository).contains("pub color: "));
}

#[test]
fn that_cargo_cannot_be_run_is_said_and_stops_nothing() {
    let (repository, news) = crate_and_news();
    let mut command = repository.command(&["regen", "--from", &news]);
    let output = command.env("CARGO", "/nowhere/cargo").output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{out}");
    assert!(
        out.contains("compiles: not known, since cargo could not tell"),
        "{out}"
    );
}
