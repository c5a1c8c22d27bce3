//! Changes as text for a terminal and as Markdown for a pull request: a verdict first, then what breaks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Change, Level, level, rules};

/// The changes of one operation or type.
struct Group<'a> {
    name: String,
    changes: Vec<&'a Change>,
}

impl Group<'_> {
    fn level(&self) -> Option<Level> {
        self.changes.first().map(|change| change.level)
    }

    /// The operation that all of the changes belong to.
    fn operation(&self) -> Option<&str> {
        let first = self.changes.first()?.operation.as_deref()?;
        let same = |change: &&Change| change.operation.as_deref() == Some(first);
        self.changes.iter().all(same).then_some(first)
    }
}

/// The changes for a terminal.
pub fn text(changes: &[Change]) -> String {
    let mut out = verdict(changes);
    out.push('\n');
    for group in groups(changes) {
        let operation = group
            .operation()
            .map_or_else(String::new, |operation| format!(" ({operation})"));
        let _ = write!(out, "\n{}{operation}\n", group.name);
        for change in &group.changes {
            let _ = writeln!(
                out,
                "  {} {}: {}",
                change.level.name(),
                headline(change, &group.name),
                change.reason
            );
            for line in because(change) {
                let _ = writeln!(out, "    {line}");
            }
        }
        for line in difference(&group) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

/// The changes for a comment in a pull request.
///
/// No text of an item is read as Markdown or HTML: it stands in code.
pub fn markdown(changes: &[Change]) -> String {
    markdown_within(changes, usize::MAX, "")
}

/// [`markdown`] in at most about `limit` bytes: first the lines of those groups are left out that break least, then
/// the groups themselves, and the end says how many and that `whole` has them.
pub fn markdown_within(changes: &[Change], limit: usize, whole: &str) -> String {
    let mut out = match level(changes) {
        None => format!("{}\n", verdict(changes)),
        Some(_) => format!("**{}**\n", verdict(changes)),
    };
    // What the last lines need.
    let limit = limit.saturating_sub(out.len() + whole.len() + 200);
    let groups = groups(changes);
    let short: Vec<String> = groups.iter().map(bullets).collect();
    let mut length = 0;
    let fits = |text: &&String| {
        length += text.len();
        length <= limit
    };
    let shown = short.iter().take_while(fits).count();
    let mut left = limit - short[..shown].iter().map(String::len).sum::<usize>();
    let mut without_lines = 0;
    for (group, short) in groups.iter().zip(&short[..shown]) {
        out += short;
        let lines = fenced(group);
        if lines.len() <= left {
            left -= lines.len();
            out += &lines;
        } else {
            without_lines += 1;
        }
    }
    let hidden: usize = groups[shown..]
        .iter()
        .map(|group| group.changes.len())
        .sum();
    if without_lines + hidden > 0 {
        let _ = write!(
            out,
            "\nLeft out for length: the lines of {without_lines} of the items above, and {hidden} more changes. {whole}\n",
        );
    }
    out
}

/// A group's name and changes, without its lines.
fn bullets(group: &Group<'_>) -> String {
    let operation = group
        .operation()
        .map_or_else(String::new, |operation| format!(" ({})", code(operation)));
    let mut out = format!("\n### {}{operation}\n\n", code(&group.name));
    for change in &group.changes {
        let subject = subject(change, &group.name);
        let subject = if subject.is_empty() {
            String::new()
        } else {
            format!(" {}", code(subject))
        };
        let _ = writeln!(
            out,
            "- **{}** {}{subject}: {} ({})",
            change.level.name(),
            change.kind,
            change.reason.replace('`', "'"),
            code(&change.fingerprint)
        );
        for line in because(change) {
            let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
            let _ = writeln!(out, "  - {word} {}", code(rest));
        }
    }
    out
}

/// A group's lines before and after.
fn fenced(group: &Group<'_>) -> String {
    let lines = difference(group);
    let fence = "`".repeat(longest_run(&lines.join("\n")).max(2) + 1);
    let mut out = format!("\n{fence}diff\n");
    for line in lines {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "{fence}");
    out
}

/// What a change comes from, where, and why it was accepted, a line each.
fn because(change: &Change) -> Vec<String> {
    let mut lines = Vec::new();
    let at = |pointer: &Option<String>| {
        pointer
            .as_ref()
            .map_or_else(String::new, |at| format!(" at {at}"))
    };
    for cause in &change.causes {
        lines.push(format!("from {}{}", cause.by, at(&cause.pointer)));
    }
    if let (true, Some(pointer)) = (change.causes.is_empty(), &change.pointer) {
        lines.push(format!("at {pointer}"));
    }
    if let Some(reason) = &change.accepted {
        lines.push(format!("accepted: {reason}"));
    }
    lines
}

/// How many secrets a verdict names.
const NAMED: usize = 5;

/// The secrets that are printed now, for the end of a verdict; nothing when there are none.
fn exposed(changes: &[Change]) -> String {
    let items: Vec<&str> = changes
        .iter()
        .filter(|change| change.kind == rules::SECRET_EXPOSED.kind)
        .map(|change| change.item.as_str())
        .collect();
    let named = items[..items.len().min(NAMED)].join(", ");
    let more = match items.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    match items.len() {
        0 => String::new(),
        1 => format!("; 1 secret is printed in plain now: {named}"),
        many => format!("; {many} secrets are printed in plain now: {named}{more}"),
    }
}

/// The level and how many changes ask for what, in one line; the secrets that are printed now are named.
pub fn verdict(changes: &[Change]) -> String {
    let count = |level| {
        changes
            .iter()
            .filter(|change| change.level == level)
            .count()
    };
    let breaking = changes.iter().filter(|change| change.level == Level::Major);
    let accepted = match breaking.filter(|change| change.accepted.is_some()).count() {
        0 => String::new(),
        accepted => format!(" ({accepted} accepted)"),
    };
    match level(changes) {
        None => "no change of the surface".to_owned(),
        Some(level) => format!(
            "{}: {} breaking{accepted}, {} new, {} other{}",
            level.name(),
            count(Level::Major),
            count(Level::Minor),
            count(Level::Patch),
            exposed(changes)
        ),
    }
}

/// The changes by operation or type: those that break first, in the groups too.
fn groups(changes: &[Change]) -> Vec<Group<'_>> {
    let mut by_name: BTreeMap<String, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_name
            .entry(group_name(&change.item))
            .or_default()
            .push(change);
    }
    let mut groups: Vec<Group<'_>> = by_name
        .into_iter()
        .map(|(name, mut changes)| {
            changes.sort_by_key(|change| std::cmp::Reverse(change.level));
            Group { name, changes }
        })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.level()));
    groups
}

/// The operation or type of an item; the whole line when it belongs to neither.
fn group_name(item: &str) -> String {
    let mut words = item.splitn(3, ' ');
    match (words.next(), words.next()) {
        (Some(class @ ("operation" | "type")), Some(name)) => format!("{class} {name}"),
        _ => "other items".to_owned(),
    }
}

fn headline(change: &Change, group: &str) -> String {
    let subject = subject(change, group);
    let space = if subject.is_empty() { "" } else { " " };
    format!("{}{space}{subject}", change.kind)
}

/// What the change is about, without what the group says already.
fn subject<'a>(change: &'a Change, group: &str) -> &'a str {
    change
        .item
        .strip_prefix(group)
        .unwrap_or(&change.item)
        .trim_start()
}

/// The group's lines before and after, each once.
fn difference(group: &Group<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for change in &group.changes {
        let before = change.before.iter().map(|line| format!("- {line}"));
        let after = change.after.iter().map(|line| format!("+ {line}"));
        for line in before.chain(after) {
            if seen.insert(line.clone()) {
                lines.push(line);
            }
        }
    }
    lines
}

/// `text` as a code span that ends where it should.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
