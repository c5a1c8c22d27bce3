//! The surface's changes as the commands show them: the verdict in a line of its own, then the details.

use scribe_codegen::diff::{self, Change};

/// One line on all of the changes.
pub fn verdict(changes: &[Change]) -> String {
    diff::verdict(changes)
}

/// The changes one by one, nothing when there are none.
pub fn details(changes: &[Change]) -> String {
    let text = diff::text(changes);
    text.split_once('\n')
        .map(|(_, details)| details.trim_start_matches('\n').to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use scribe_codegen::surface::Surface;

    use super::*;

    #[test]
    fn verdict_and_details_are_told_apart() {
        let changes = diff::compare(
            &Surface::default(),
            &Surface::parse("operation a method fn a(&self)\n"),
        );
        assert_eq!(verdict(&[]), "no change of the surface");
        assert_eq!(details(&[]), "");
        assert!(verdict(&changes).starts_with("minor: "));
        assert!(!details(&changes).is_empty());
        assert!(!details(&changes).contains(&verdict(&changes)));
    }
}
