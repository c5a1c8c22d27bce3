//! Bad usage, the folder that a command works on, and colours.

use crate::repository::{Repository, said};

#[test]
fn bad_usage_exits_with_2() {
    let repository = Repository::empty();
    for arguments in [
        &["regenerate"][..],
        &[],
        &["regen", "--offline", "--from", "-"],
        &["check", "--format", "xml"],
        &["diff", "--fail-on", "minor"],
        &["regen", "--timeout", "0"],
    ] {
        repository.run(arguments).exit(2);
    }
}

#[test]
fn help_says_what_each_command_does() {
    let repository = Repository::empty();
    let help = repository.run(&["--help"]).exit(0).out;
    for command in [
        "regen",
        "check",
        "diff",
        "lint",
        "patches",
        "effective",
        "try",
    ] {
        assert!(help.contains(command), "{help}");
    }
    let help = repository.run(&["regen", "--help"]).exit(0).out;
    assert!(help.contains("Exits 0 when"), "{help}");
}

#[test]
fn a_folder_below_the_root_will_do() {
    let repository = Repository::regenerated();
    let folder = repository.root().join("spec/overlays");
    let output = repository.command(&["check"]).current_dir(folder).output();
    said(&output.unwrap()).exit(0);
}

#[test]
fn outside_of_a_repository_the_one_that_cargo_names_is_used() {
    let repository = Repository::regenerated();
    let elsewhere = tempfile::tempdir().unwrap();
    let output = repository
        .command(&["check"])
        .current_dir(elsewhere.path())
        .env("CARGO_MANIFEST_DIR", repository.root().join("xtask"))
        .output();
    said(&output.unwrap()).exit(0);
    let output = repository
        .command(&["check"])
        .current_dir(elsewhere.path())
        .output();
    insta::assert_snapshot!(said(&output.unwrap()).exit(1).err, @"
    error: expected a folder with `Cargo.toml` and `spec` here or above, but found none
      = help: run the command within the repository
    ");
}

#[test]
fn an_overlay_that_is_no_text_is_named() {
    let repository = Repository::regenerated();
    let path = repository.root().join("spec/overlays/20-latin.yaml");
    std::fs::write(path, b"# caf\xe9\n").unwrap();
    let said = repository.run(&["check"]).exit(1);
    assert!(said.err.contains("UTF-8"), "{said}");
    assert!(said.err.contains("spec/overlays/20-latin.yaml"), "{said}");
}

#[test]
fn colours_are_for_terminals() {
    let repository = Repository::regenerated();
    let colourless = repository.run(&["check"]).exit(0);
    assert!(!colourless.out.contains('\u{1b}'), "{colourless}");
    let output = repository
        .command(&["check"])
        .env("CLICOLOR_FORCE", "1")
        .output();
    assert!(said(&output.unwrap()).out.contains('\u{1b}'));
    let output = repository
        .command(&["check"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output();
    assert!(!said(&output.unwrap()).out.contains('\u{1b}'));
}
