//! The manifest of a crate that is a client of any document. The test of such clients has this file, too.

use toml::Table;

/// The manifest of a client's crate: edition and dependencies of the repository's own, with what they take from its
/// workspace written out.
pub fn package(manifest: &Table) -> Table {
    let of_workspace = |path: &[&str]| {
        path.iter()
            .try_fold(manifest.get("workspace")?, |value, key| value.get(key))
    };
    let edition = manifest
        .get("package")
        .and_then(|package| package.get("edition"))
        .filter(|edition| edition.is_str())
        .or_else(|| of_workspace(&["package", "edition"]))
        .cloned()
        .unwrap_or_else(|| "2024".into());
    let mut dependencies = Table::new();
    let declared = manifest.get("dependencies").and_then(toml::Value::as_table);
    for (name, dependency) in declared.into_iter().flatten() {
        let inherits = dependency.get("workspace").is_some();
        let dependency = if inherits {
            of_workspace(&["dependencies", name]).unwrap_or(dependency)
        } else {
            dependency
        };
        dependencies.insert(name.clone(), dependency.clone());
    }
    let package = Table::from_iter([
        ("version".to_owned(), "0.0.0".into()),
        ("edition".to_owned(), edition),
        ("publish".to_owned(), false.into()),
    ]);
    // Some dependencies are those of one target.
    let target = manifest.get("target").cloned();
    let target = target.map(|target| ("target".to_owned(), target));
    [
        ("package".to_owned(), package.into()),
        ("dependencies".to_owned(), dependencies.into()),
    ]
    .into_iter()
    .chain(target)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_those_of_the_repository() {
        let manifest = "[workspace.package]\nedition = \"2021\"\n\
             [workspace.dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n\
             [package]\nname = \"a\"\nedition.workspace = true\n\
             [dependencies]\nbytes = \"1\"\nserde.workspace = true\n\
             [target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n\
             [dev-dependencies]\ninsta = \"1\"\n";
        insta::assert_snapshot!(package(&manifest.parse().unwrap()), @r#"
        [dependencies]
        bytes = "1"

        [dependencies.serde]
        features = ["derive"]
        version = "1"

        [package]
        edition = "2021"
        publish = false
        version = "0.0.0"

        [target."cfg(unix)".dependencies]
        libc = "0.2"
        "#);
    }
}
