//! An overlay without some of its patches: the rest of its text, comments included, stays as it is to the byte.

use std::sync::Arc;

use super::actions;
use crate::document::Document;
use crate::finding::{Failure, Finding};
use crate::load;
use crate::source::Source;

/// What is left of `overlay` without the patches of `ids`: its text, none when no patch is left.
///
/// A patch's own lines go, with the empty lines behind them; comments between patches stay, be they about it.
///
/// # Errors
///
/// When the overlay cannot be read, or a patch does not stand in lines of its own.
pub fn pruned(overlay: &Arc<Source>, ids: &[String]) -> Result<Option<String>, Failure> {
    let before = actions(std::slice::from_ref(overlay))?;
    let rest: Vec<_> = before.iter().filter(|(id, _)| !ids.contains(id)).collect();
    if rest.is_empty() {
        return Ok(None);
    }
    let document = load::yaml(overlay)?;
    let gone = before
        .iter()
        .enumerate()
        .filter(|(_, (id, _))| ids.contains(id));
    let ranges = gone.filter_map(|(index, _)| range(&document, index, before.len()));
    let mut text = overlay.text.clone();
    for range in Vec::from_iter(ranges).into_iter().rev() {
        text.replace_range(range, "");
    }
    // An anchor that others need, or a patch that shares its line: what is left must be read as it was.
    let after = actions(&[Source::new(overlay.name.clone(), text.clone())]);
    if after.is_ok_and(|after| after.iter().eq(rest.iter().copied())) {
        return Ok(Some(text));
    }
    Err(Failure::from(
        Finding::error(
            "patch/prune",
            format!(
                "expected every patch in lines of its own, but could not part {} from the others",
                ids.join(", ")
            ),
            "delete it by hand",
        )
        .at("/actions", document.places.nearest("/actions").cloned()),
    ))
}

/// The bytes of the action at `index`, of `count`.
fn range(document: &Document, index: usize, count: usize) -> Option<std::ops::Range<usize>> {
    let place = |index: usize| document.places.nearest(&format!("/actions/{index}"));
    let source = &document.source;
    let line = place(index)?.line();
    let text = |line: usize| &source.text[source.line_range(line)];
    let start = source.line_range(line).start;
    let dash = text(line).find('-')?;
    let lines = source.text.matches('\n').count() + 1;
    // The next action, or else what stands behind all of them.
    let mut end = if index + 1 < count {
        place(index + 1)?.line()
    } else {
        (line + 1..=lines)
            .find(|&line| {
                indent(text(line)).is_some_and(|indent| indent < dash) && !is_comment(text(line))
            })
            .unwrap_or(lines + 1)
    };
    // Comments in front of it stay, and so do the empty lines between them.
    while end > line + 1 {
        let above = text(end - 1);
        let outside = is_comment(above) && indent(above).is_some_and(|indent| indent <= dash);
        if !outside && !above.trim().is_empty() {
            break;
        }
        end -= 1;
    }
    while end <= lines
        && text(end).trim().is_empty()
        && source.line_range(end).start < source.text.len()
    {
        end += 1;
    }
    let end = if end > lines {
        source.text.len()
    } else {
        source.line_range(end).start
    };
    Some(start..end)
}

/// How far a line is indented, none when it is empty.
fn indent(line: &str) -> Option<usize> {
    line.find(|c: char| !c.is_whitespace())
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    const OVERLAY: &str = "\
# The head.
overlay: 1.1.0
info: { title: T, version: 1.0.0 }
actions:
  # About a.
  - target: $.a
    x-id: a
    x-reason: r
    # Inside of a.
    x-defect: { equals: 1 } # beside
    update: 2

  # About b,
  # in two lines.
  - x-id: b
    target: $.b
    x-reason: |
      - target: $.no
      # no comment

    x-defect: { equals: 1 }
    remove: true

  - { target: $.c, x-id: c, x-reason: r, x-defect: { equals: 1 }, remove: true }
  # The tail.
";

    fn rest(text: &str, ids: &[&str]) -> Option<String> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        pruned(&Source::new("t.yaml", text), &ids).expect("an overlay in lines")
    }

    /// `OVERLAY` without the lines from that which begins with `from` to before that which begins with `to`.
    fn cut(text: &str, from: &str, to: &str) -> String {
        let start = text.find(from).expect(from);
        let end = start + text[start..].find(to).expect(to);
        format!("{}{}", &text[..start], &text[end..])
    }

    #[test]
    fn the_lines_of_a_patch_go_and_everything_else_stays() {
        let a = cut(OVERLAY, "  - target: $.a\n", "  # About b,");
        assert_eq!(rest(OVERLAY, &["a"]), Some(a.clone()));
        let b = cut(OVERLAY, "  - x-id: b\n", "  - { target: $.c");
        assert_eq!(rest(OVERLAY, &["b"]), Some(b));
        let c = cut(OVERLAY, "  - { target: $.c", "  # The tail.");
        assert_eq!(rest(OVERLAY, &["c"]), Some(c));
        let ab = cut(&a, "  - x-id: b\n", "  - { target: $.c");
        assert_eq!(rest(OVERLAY, &["a", "b"]), Some(ab));
        assert_eq!(rest(OVERLAY, &["z"]).as_deref(), Some(OVERLAY));
    }

    #[test]
    fn with_line_ends_of_windows_too() {
        let text = OVERLAY.replace('\n', "\r\n");
        let a = cut(&text, "  - target: $.a\r\n", "  # About b,");
        assert_eq!(rest(&text, &["a"]), Some(a));
    }

    #[test]
    fn without_a_line_end_and_with_something_behind() {
        let text = OVERLAY.trim_end_matches("  # The tail.\n").trim_end();
        let c = cut(&format!("{text}¶"), "  - { target: $.c", "¶");
        assert_eq!(rest(text, &["c"]), Some(c.replace('¶', "")));
        let moved = format!("{}extends: x\n", OVERLAY.replace("  # The tail.\n", "\n"));
        let c = cut(&moved, "  - { target: $.c", "extends");
        assert_eq!(rest(&moved, &["c"]), Some(c));
    }

    #[test]
    fn an_overlay_without_a_patch_is_none() {
        assert_eq!(rest(OVERLAY, &["a", "b", "c"]), None);
    }

    #[test]
    fn a_patch_that_shares_its_line_is_left_to_a_person() {
        let text = "overlay: 1.1.0\ninfo: { title: T, version: 1.0.0 }\nactions: [{ target: $.a, x-id: a, x-reason: r, x-defect: { equals: 1 }, remove: true }, { target: $.c, x-id: c, x-reason: r, x-defect: { equals: 1 }, remove: true }]\n";
        let failure =
            pruned(&Source::new("t.yaml", text), &["a".to_owned()]).expect_err("one line");
        insta::assert_snapshot!(failure.to_string());
    }
}
