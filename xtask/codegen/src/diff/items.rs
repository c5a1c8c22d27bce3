//! What operations and types have in common: lines as words, lists in order, traits, and lines of no known form.

use std::collections::BTreeSet;

use super::Changes;
use super::parse::{Item, Line, substitute};
use super::rename::Renames;
use super::rules::{self, Rule};

/// An item of both surfaces, with what its lines need to be compared.
pub(super) struct Both<'c, 'a> {
    /// The item's new name with its class: `type X`.
    pub(super) name: String,
    pub(super) before: &'c Item<'a>,
    pub(super) after: &'c Item<'a>,
    /// The renamed types.
    pub(super) types: &'c Renames<'a>,
}

impl<'a> Both<'_, 'a> {
    /// Whether every line is the same to the letter: most items are, and are done with.
    pub(super) fn is_identical(&self) -> bool {
        let same = |(old, new): (&Line<'_>, &Line<'_>)| old.text == new.text;
        self.before.parts.len() == self.after.parts.len()
            && self.before.others == self.after.others
            && self
                .before
                .parts
                .values()
                .zip(self.after.parts.values())
                .all(same)
    }

    /// `text` of the old surface with the types by their new names.
    pub(super) fn renamed(&self, text: &'a str) -> String {
        substitute(text, &|name: &str| self.types.get(name).copied()).into_owned()
    }

    /// Whether the old and the new text say the same.
    pub(super) fn same(&self, before: &'a str, after: &str) -> bool {
        before == after || (!self.types.is_empty() && self.renamed(before) == after)
    }

    pub(super) fn same_words(&self, before: &[&'a str], after: &[&str]) -> bool {
        before.len() == after.len()
            && before
                .iter()
                .zip(after)
                .all(|(old, new)| self.same(old, new))
    }

    /// Whether all lines are the same.
    pub(super) fn is_unchanged(&self) -> bool {
        self.before.content(|name| self.types.get(name).copied()) == self.after.content(|_| None)
    }

    /// The traits that came and went.
    pub(super) fn traits(&self, changes: &mut Changes) {
        let before: BTreeSet<String> = self
            .before
            .list("traits")
            .into_iter()
            .map(|name| self.renamed(name))
            .collect();
        let after: BTreeSet<String> = self
            .after
            .list("traits")
            .into_iter()
            .map(str::to_owned)
            .collect();
        let [old, new] =
            [self.before, self.after].map(|item| item.line("traits").map(|line| line.text));
        for gone in before.difference(&after) {
            changes.push(
                &rules::TRAIT_REMOVED,
                format!("{} trait {gone}", self.name),
                old,
                new,
            );
        }
        for come in after.difference(&before) {
            changes.push(
                &rules::TRAIT_ADDED,
                format!("{} trait {come}", self.name),
                old,
                new,
            );
        }
    }

    /// Whether the names that both lists of the label hold stand in another order.
    pub(super) fn reordered(&self, label: &'static str, renames: &Renames<'a>) -> bool {
        let after = self.after.list(label);
        let before = self.before.list(label);
        let before = before
            .into_iter()
            .map(|name| renames.get(name).copied().unwrap_or(name));
        let known: BTreeSet<&str> = after.iter().copied().collect();
        let before: Vec<&str> = before.filter(|name| known.contains(name)).collect();
        let kept: BTreeSet<&str> = before.iter().copied().collect();
        !after
            .into_iter()
            .filter(|name| kept.contains(name))
            .eq(before)
    }

    pub(super) fn push_line(&self, rule: &Rule, label: &'static str, changes: &mut Changes) {
        let [before, after] =
            [self.before, self.after].map(|item| item.line(label).map(|line| line.text));
        changes.push(rule, self.name.clone(), before, after);
    }

    /// The lines that have a name of their own and nothing but their text to compare.
    pub(super) fn named(
        &self,
        label: &'static str,
        [added, removed, changed]: [&Rule; 3],
        changes: &mut Changes,
    ) {
        let (before, after) = (self.before.named(label), self.after.named(label));
        for (name, old) in &before {
            let item = format!("{} {label} {name}", self.name);
            match after.get(name) {
                None => changes.push(removed, item, Some(old.text), None),
                Some(new) if !self.same(old.rest, new.rest) => {
                    changes.push(changed, item, Some(old.text), Some(new.text));
                }
                Some(_) => {}
            }
        }
        for (name, new) in &after {
            if !before.contains_key(name) {
                changes.push(
                    added,
                    format!("{} {label} {name}", self.name),
                    None,
                    Some(new.text),
                );
            }
        }
    }

    /// The lines of no known form; and when nothing else was found in an item that is not the same, the item.
    pub(super) fn rest(&self, found_before: usize, changes: &mut Changes) {
        let gone: Vec<&str> = {
            let new: BTreeSet<&str> = self
                .after
                .others
                .iter()
                .filter_map(|text| words_after_name(text))
                .collect();
            let differs = |text: &&&'a str| {
                words_after_name(text).is_none_or(|rest| !new.contains(self.renamed(rest).as_str()))
            };
            self.before.others.iter().filter(differs).copied().collect()
        };
        let come: Vec<&str> = {
            let old: BTreeSet<String> = self
                .before
                .others
                .iter()
                .filter_map(|text| words_after_name(text))
                .map(|rest| self.renamed(rest))
                .collect();
            let differs =
                |text: &&&'a str| words_after_name(text).is_none_or(|rest| !old.contains(rest));
            self.after.others.iter().filter(differs).copied().collect()
        };
        others(&gone, &come, changes);
        if changes.list.len() == found_before && !self.is_unchanged() {
            changes.push(
                &rules::ITEM_CHANGED,
                self.name.clone(),
                Some(self.before.head()),
                Some(self.after.head()),
            );
        }
    }
}

fn words_after_name(text: &str) -> Option<&str> {
    text.splitn(3, ' ').nth(2)
}

/// The lines that belong to no operation and no type.
pub(super) fn compare_others(
    before: &BTreeSet<&str>,
    after: &BTreeSet<&str>,
    changes: &mut Changes,
) {
    let gone: Vec<&str> = before.difference(after).copied().collect();
    let come: Vec<&str> = after.difference(before).copied().collect();
    others(&gone, &come, changes);
}

fn others(gone: &[&str], come: &[&str], changes: &mut Changes) {
    for line in gone {
        changes.push(&rules::ITEM_REMOVED, *line, Some(line), None);
    }
    for line in come {
        changes.push(&rules::ITEM_ADDED, *line, None, Some(line));
    }
}

/// The words of a line by what they mean.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    /// The word before which nothing stands: the type.
    pub(super) ty: &'a str,
    pub(super) exactly: bool,
    pub(super) place: &'a str,
    pub(super) wire: Option<&'a str>,
    pub(super) required: bool,
    pub(super) argument: Option<&'a str>,
    pub(super) setter: Option<&'a str>,
    pub(super) deprecated: bool,
    /// Everything else.
    pub(super) rest: Vec<&'a str>,
}

impl<'a> Words<'a> {
    /// The words of a parameter's or a field's line.
    pub(super) fn of(line: &Line<'a>) -> Self {
        let mut words = line.words.iter().copied();
        let mut found = Self {
            ty: words.next().unwrap_or_default(),
            ..Self::default()
        };
        while let Some(word) = words.next() {
            match word {
                "exactly" => found.exactly = true,
                "in" if found.place.is_empty() => found.place = words.next().unwrap_or_default(),
                "wire" if found.wire.is_none() => found.wire = words.next(),
                "required" => found.required = true,
                "optional" if !found.place.is_empty() => {}
                "argument" => found.argument = Some(word),
                "setter" => found.setter = Some(word),
                "deprecated" => found.deprecated = true,
                _ if word.starts_with("argument(") => found.argument = Some(word),
                _ if word.starts_with("setter(") => found.setter = Some(word),
                _ => found.rest.push(word),
            }
        }
        found
    }
}

/// The change of `deprecated`, when there is one.
pub(super) fn deprecation(before: bool, after: bool) -> Option<&'static Rule> {
    match (before, after) {
        (false, true) => Some(&rules::ITEM_DEPRECATED),
        (true, false) => Some(&rules::ITEM_UNDEPRECATED),
        _ => None,
    }
}

/// Whether `inner` is what `outer` is an `Option` of.
pub(super) fn is_option_of(outer: &str, inner: &str) -> bool {
    outer
        .strip_prefix("Option<")
        .and_then(|rest| rest.strip_suffix('>'))
        == Some(inner)
}

/// Pairs what is gone with what has come by equal keys, the first with the first.
pub(super) fn pair_by_key<'a>(
    gone: impl IntoIterator<Item = (&'a str, String)>,
    come: impl IntoIterator<Item = (&'a str, String)>,
) -> Renames<'a> {
    let mut free: std::collections::BTreeMap<String, Vec<&str>> = std::collections::BTreeMap::new();
    for (name, key) in come {
        free.entry(key).or_default().push(name);
    }
    for names in free.values_mut() {
        names.sort_unstable_by(|a, b| b.cmp(a));
    }
    let mut renames = Renames::new();
    for (name, key) in gone {
        if let Some(new) = free.get_mut(&key).and_then(Vec::pop) {
            renames.insert(name, new);
        }
    }
    renames
}
