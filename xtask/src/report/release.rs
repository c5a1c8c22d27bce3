//! Which version the changes ask for.

use scribe_codegen::diff::Level;

use crate::error::Result;
use crate::repository::Repository;

/// The version in the repository's `Cargo.toml`, none when it has none.
///
/// # Errors
///
/// When the file cannot be read.
pub fn version(repository: &Repository) -> Result<Option<String>> {
    let manifest = repository.read("Cargo.toml")?.unwrap_or_default();
    let manifest: toml::Table =
        toml::from_str(&String::from_utf8_lossy(&manifest)).unwrap_or_default();
    let of = |table: Option<&toml::Value>| {
        let version = table?.get("package")?.get("version")?.as_str()?;
        Some(version.to_owned())
    };
    let package = toml::Value::Table(manifest.clone());
    Ok(of(manifest.get("workspace")).or_else(|| of(Some(&package))))
}

/// The version after `version` for a change of this level, none when it is no version. Before 1.0 the second number
/// says what breaks, as cargo reads it.
fn next(version: &str, level: Level) -> Option<String> {
    let mut numbers = version.split('.').map(|number| number.parse::<u64>().ok());
    let (major, minor, patch) = (numbers.next()??, numbers.next()??, numbers.next()??);
    Some(match (major, level) {
        (0, Level::Major) => format!("0.{}.0", minor + 1),
        (0, _) | (_, Level::Patch) => format!("{major}.{minor}.{}", patch + 1),
        (_, Level::Major) => format!("{}.0.0", major + 1),
        (_, Level::Minor) => format!("{major}.{}.0", minor + 1),
    })
}

/// What a change of this level asks of the version.
pub fn bump(version: Option<&str>, level: Option<Level>, client_changed: bool) -> String {
    let level = match level {
        Some(level) => level,
        None if client_changed => Level::Patch,
        None => return "stays".to_owned(),
    };
    match version.and_then(|version| Some((version, next(version, level)?))) {
        Some((version, next)) => format!("{version} → {next} ({})", level.name()),
        None => format!("the next {} one", level.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_asks_for_its_number_and_before_one_for_the_next() {
        let said = |version, level| bump(Some(version), level, false);
        assert_eq!(said("1.2.3", Some(Level::Major)), "1.2.3 → 2.0.0 (major)");
        assert_eq!(said("1.2.3", Some(Level::Minor)), "1.2.3 → 1.3.0 (minor)");
        assert_eq!(said("1.2.3", Some(Level::Patch)), "1.2.3 → 1.2.4 (patch)");
        assert_eq!(said("0.1.0", Some(Level::Major)), "0.1.0 → 0.2.0 (major)");
        assert_eq!(said("0.1.0", Some(Level::Minor)), "0.1.0 → 0.1.1 (minor)");
        assert_eq!(said("0.1.0", None), "stays");
        assert_eq!(bump(Some("0.1.0"), None, true), "0.1.0 → 0.1.1 (patch)");
        assert_eq!(bump(None, Some(Level::Minor), true), "the next minor one");
        assert_eq!(
            bump(Some("2026-a"), Some(Level::Minor), true),
            "the next minor one"
        );
    }
}
