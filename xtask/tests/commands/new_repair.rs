//! `new-repair`: the files that another repair begins with.

use crate::repository::Repository;

const REGISTRY: &str = "xtask/codegen/src/repair/mod.rs";
const REAL: &str = include_str!("../../codegen/src/repair/mod.rs");

#[test]
fn another_repair_begins_with_three_files() {
    let repository = Repository::empty();
    repository.write(REGISTRY, REAL);
    let said = repository.run(&["new-repair", "other_examples"]).exit(0);
    assert!(
        said.out.contains("next: write the smallest document"),
        "{said}"
    );
    let registry = repository.read(REGISTRY);
    assert!(registry.contains("\nmod other_examples;\n"), "{registry}");
    assert!(
        registry.contains("    other_examples::REPAIR,\n"),
        "{registry}"
    );
    for file in [
        "xtask/codegen/src/repair/other_examples.rs",
        "xtask/codegen/tests/repairs/other_examples.yaml",
    ] {
        assert!(!repository.read(file).is_empty(), "{file}");
    }
    // A file that is there is not written over, and nothing else is written either.
    let again = repository.run(&["new-repair", "other_examples"]).exit(1);
    assert!(again.err.contains("expected no file at"), "{again}");
    assert_eq!(repository.read(REGISTRY), registry);
}

#[test]
fn a_name_that_cannot_be_one_is_refused() {
    let repository = Repository::empty();
    repository.write(REGISTRY, REAL);
    for name in ["Null-Examples", "null_examples", "match"] {
        let said = repository.run(&["new-repair", name]).exit(1);
        assert!(said.err.contains("expected a name"), "{said}");
    }
    assert_eq!(repository.read(REGISTRY), REAL);
}
