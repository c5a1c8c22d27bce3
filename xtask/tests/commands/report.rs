//! The report of `regen`: its verdict first, then what happened, what is left to do, and what came of what.

use std::fs;

use crate::regen::more;
use crate::repository::Repository;

#[test]
fn on_a_terminal_the_verdict_is_the_first_line_before_all_that_there_is_to_do() {
    let repository = Repository::regenerated();
    repository.edit("spec/upstream/openapi.yaml", "  /api/gate:", "  /api/door:");
    // Both streams in one file, as a terminal shows them.
    let path = repository.root().join("target/both.txt");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let both = fs::File::create(&path).unwrap();
    let mut command = repository.command(&["regen", "--offline"]);
    command.stdout(both.try_clone().unwrap()).stderr(both);
    assert_eq!(command.status().unwrap().code(), Some(1));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("regenerated: "), "{text}");
    assert!(text.contains("missing: patch `gate-password`"), "{text}");
}

#[test]
fn the_report_in_markdown_says_what_happened_what_is_left_and_what_came_of_what() {
    let repository = Repository::regenerated();
    repository.commit();
    let text = more()
        .replace("height:", "size:")
        .replace("  /api/gate:", "  /api/door:")
        .replace("fern", "moss");
    let news = repository.beside("news.yaml", &text);
    let path = repository.root().join("target/report.md");
    let report = path.display().to_string();
    repository
        .run(&["regen", "--from", &news, "--report", &report])
        .exit(1);
    let report = fs::read_to_string(&path).unwrap();
    insta::assert_snapshot!(report.replace(&news, "<news>"));
}
