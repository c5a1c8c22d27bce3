//! `diff`: against a revision, against a file, and what it says when there is neither.

use crate::repository::Repository;

const SURFACE: &str = "spec/api-surface.txt";

#[test]
fn the_surface_of_the_last_commit_is_the_base() {
    let repository = Repository::regenerated();
    repository.commit();
    let said = repository.run(&["diff"]).exit(0);
    assert_eq!(said.out, "against HEAD: no change of the surface\n");
    let first = first_operation(&repository);
    repository.edit(SURFACE, &first, "");
    let said = repository.run(&["diff"]).exit(0);
    assert!(
        said.out.contains(first.lines().next().expect("a line")),
        "{said}"
    );
    assert!(said.out.contains("major"), "{said}");
}

/// The lines of the surface's first operation.
fn first_operation(repository: &Repository) -> String {
    let surface = repository.read(SURFACE);
    let is_operation = |line: &&str| line.starts_with("operation ");
    let first = surface
        .lines()
        .find(is_operation)
        .expect("the surface has an operation");
    let name = first.split(' ').take(2).collect::<Vec<_>>().join(" ") + " ";
    let lines = surface.lines().filter(|line| line.starts_with(&name));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn fail_on_decides_the_exit_code() {
    let repository = Repository::regenerated();
    let all = repository.beside("all.txt", &repository.read(SURFACE));
    let first = first_operation(&repository);
    let less = repository.read(SURFACE).replace(&first, "");
    let less = repository.beside("less.txt", &less);
    for (base, fail_on, code) in [
        (&all, "breaking", 0),
        (&all, "any", 0),
        (&less, "breaking", 0),
        (&less, "any", 1),
    ] {
        repository
            .run(&["diff", "--base", base, "--fail-on", fail_on])
            .exit(code);
    }
    repository.edit(SURFACE, &first, "");
    repository
        .run(&["diff", "--base", &all, "--fail-on", "breaking"])
        .exit(1);
    repository.run(&["diff", "--base", &all]).exit(0);
}

#[test]
fn json_and_markdown_have_the_changes() {
    let repository = Repository::regenerated();
    let empty = repository.beside("empty.txt", "");
    let json = repository
        .run(&["diff", "--base", &empty, "--format", "json"])
        .exit(0)
        .json();
    assert_eq!(json["level"], "minor");
    assert!(!json["changes"].as_array().unwrap().is_empty());
    let said = repository
        .run(&["diff", "--base", &empty, "--format", "markdown"])
        .exit(0);
    assert!(
        said.out
            .contains(first_operation(&repository).lines().next().expect("a line")),
        "{said}"
    );
}

#[test]
fn a_revision_that_nobody_knows_is_named() {
    let repository = Repository::regenerated();
    repository.commit();
    for base in ["v9", "--output=x", "HEAD:spec"] {
        let argument = format!("--base={base}");
        let said = repository.run(&["diff", &argument]).exit(1);
        let expected = format!("expected a git revision or a surface file, but found `{base}`");
        assert!(said.err.contains(&expected), "{said}");
    }
}

#[test]
fn a_folder_without_git_is_told_so() {
    let repository = Repository::regenerated();
    insta::assert_snapshot!(repository.run(&["diff"]).exit(1).err, @"
    error: expected a git repository, but found none here
      = help: give a surface file (`--base FILE`)
    ");
}

#[test]
fn a_machine_without_git_is_told_so() {
    let repository = Repository::regenerated();
    let output = repository.command(&["diff"]).env("PATH", "").output();
    let said = crate::repository::said(&output.unwrap()).exit(1);
    assert!(said.err.starts_with("error: could not run git: "), "{said}");
    assert!(said.err.contains("--base FILE"), "{said}");
}

#[test]
fn a_revision_without_a_surface_makes_everything_new() {
    let repository = Repository::empty();
    repository.commit();
    let surface = Repository::regenerated().read(SURFACE);
    repository.write(SURFACE, &surface);
    let said = repository.run(&["diff", "--fail-on", "breaking"]).exit(0);
    insta::assert_snapshot!(said.err, @"
    note: `HEAD` has no spec/api-surface.txt, so that everything is new
    ");
    assert!(
        said.out
            .contains(first_operation(&repository).lines().next().expect("a line")),
        "{said}"
    );
}

#[test]
fn a_repository_that_is_not_the_top_of_its_git_tree_is_compared_with_itself() {
    let repository = Repository::regenerated();
    let inner = repository.root().join("inner");
    std::fs::create_dir_all(inner.join("spec")).unwrap();
    repository.write("inner/Cargo.toml", "[workspace]\n");
    repository.write("inner/spec/api-surface.txt", &repository.read(SURFACE));
    repository.commit();
    let output = repository.command(&["diff"]).current_dir(&inner).output();
    let said = crate::repository::said(&output.unwrap()).exit(0);
    assert_eq!(
        said.out, "against HEAD: no change of the surface\n",
        "{said}"
    );
}

#[test]
fn a_repository_without_a_surface_is_told_how_to_make_one() {
    insta::assert_snapshot!(Repository::empty().run(&["diff"]).exit(1).err, @"
    error: expected the surface at `spec/api-surface.txt`, but there is no such file
      = help: make it: `cargo xtask regen --offline`
    ");
}
