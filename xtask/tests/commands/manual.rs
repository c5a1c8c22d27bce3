//! What the README says of the commands.

use std::path::Path;

use crate::repository::Repository;

#[test]
fn the_readme_has_a_row_for_every_command_and_for_nothing_else() {
    let help = Repository::empty().run(&["--help"]).exit(0).out;
    let listed = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    let mut commands: Vec<&str> = listed
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    commands.sort_unstable();

    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let table = readme
        .lines()
        .skip_while(|line| *line != "| command | does |")
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut rows: Vec<&str> = table.filter_map(|line| line.split('`').nth(1)).collect();
    rows.sort_unstable();
    assert_eq!(
        rows, commands,
        "make the table under \"Commands\" in README.md have a row for every command"
    );
}
