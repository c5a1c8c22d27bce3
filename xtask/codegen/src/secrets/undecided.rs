//! Fields that nobody decided on → findings: one for each name and side, with the rule to write.

use std::collections::BTreeMap;

use super::decide::Undecided;
use super::name::plain;
use super::rule::{Rules, Side};
use crate::document::Document;
use crate::finding::Finding;

/// How many operations are named.
const NAMED: usize = 3;

/// A finding for each name that is undecided, at the first of its places.
pub(super) fn findings(
    document: &Document,
    rules: &Rules,
    undecided: &[Undecided],
) -> Vec<Finding> {
    let mut by_name: BTreeMap<(String, Option<Side>), Vec<&Undecided>> = BTreeMap::new();
    for field in undecided {
        by_name
            .entry((plain(&field.name), field.side))
            .or_default()
            .push(field);
    }
    let mut findings: Vec<Finding> = by_name
        .into_values()
        .map(|fields| finding(document, rules, &fields))
        .collect();
    findings.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    findings
}

fn finding(document: &Document, rules: &Rules, fields: &[&Undecided]) -> Finding {
    let first = fields[0];
    let mut operations: Vec<String> = fields
        .iter()
        .filter_map(|field| field.owner.as_ref())
        .map(|owner| owner.name())
        .collect();
    operations.dedup();
    let side = match first.side {
        None => "a component".to_owned(),
        Some(Side::Response) => "the response".to_owned(),
        Some(Side::Body) => "the request body".to_owned(),
        Some(side) => format!("the {}", side.word()),
    };
    let whose = match operations.as_slice() {
        [] => String::new(),
        [one] => format!(" of {one}"),
        [first, rest @ ..] => format!(" of {first} and {} more", rest.len()),
    };
    let kept = if first.kept {
        "; it is kept secret until then"
    } else {
        ""
    };
    let name = yaml(&first.name);
    let mut narrow = String::new();
    if let Some(side) = first.side {
        let side = if side == Side::Response {
            side
        } else {
            Side::Request
        };
        narrow += &format!("in: {}, ", side.word());
    }
    if (1..=NAMED).contains(&operations.len()) {
        let operations: Vec<String> = operations.iter().map(|name| yaml(name)).collect();
        narrow += &format!("operation: [{}], ", operations.join(", "));
    }
    Finding::error(
        "secrets/undecided",
        format!(
            "`{}` in {side}{whose} sounds like {}, and no rule says whether it is a secret",
            first.name, first.sounds
        ),
        format!(
            "add to {}: `- {{ secret: [{name}], {narrow}reason: … }}`, or with `plain` in place of `secret`{kept}",
            rules.file.source.name
        ),
    )
    .at(
        first.pointer.clone(),
        document.places.nearest(&first.pointer).cloned(),
    )
}

/// `text` as it can stand in a list in flow style.
fn yaml(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | ' ' | '.');
    if text.chars().all(is_plain) && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
