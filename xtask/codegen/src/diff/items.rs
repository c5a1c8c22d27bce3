//! What operations and types have in common: items that come and go, lists in order, traits, methods, and lines of no
//! known form.

use std::collections::{BTreeMap, BTreeSet};

use super::Changes;
use super::rename::Renames;
use super::rules::{self, Rule};
use crate::surface::{Lines, identifiers, substitute};

/// What kind of item a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// An operation.
    Operation,
    /// A type.
    Type,
}

impl Class {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Type => "type",
        }
    }
}

/// What of its item a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// The response.
    Response,
    /// The body of the request.
    Body,
    /// The parameter with this name in this place.
    Parameter {
        /// `path`, `query` or `header`.
        place: String,
        /// Its name there.
        wire: String,
    },
    /// The field with this name on the wire.
    Field(String),
    /// The values of an enum.
    Values,
}

/// One side of a change: a line of a surface, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Side {
    /// The line.
    pub(crate) line: String,
    /// The class and name of its item; none when it belongs to none.
    pub(crate) item: Option<(Class, String)>,
    /// What of the item it is about.
    pub(crate) part: Part,
    /// The names in it that may be those of types.
    pub(crate) mentions: BTreeSet<String>,
}

pub(super) fn side(class: Class, name: &str, line: &str, part: Part, types: &[&String]) -> Side {
    let mut mentions: BTreeSet<String> = types
        .iter()
        .flat_map(|text| identifiers(text).map(|(_, name)| name.to_owned()))
        .collect();
    if class == Class::Type {
        mentions.insert(name.to_owned());
    }
    Side {
        line: format!("{} {name} {line}", class.word()),
        item: Some((class, name.to_owned())),
        part,
        mentions,
    }
}

/// An item of both surfaces.
pub(super) struct Both<'c, L> {
    class: Class,
    old_name: &'c str,
    name: &'c str,
    /// Its lines before.
    pub(super) old: &'c L,
    /// Its lines before, with the renamed types called by their new names.
    pub(super) before: L,
    /// Its lines after.
    pub(super) after: &'c L,
    types: &'c Renames<'c>,
}

/// The rules for items of a class that come, go and are renamed.
pub(super) struct Rules {
    pub(super) class: Class,
    pub(super) added: &'static Rule,
    pub(super) removed: &'static Rule,
    pub(super) renamed: &'static Rule,
}

/// Adds the changes of all items of a class; `one` adds those of an item that is in both surfaces.
pub(super) fn compare<L: Lines + PartialEq>(
    rules: &Rules,
    [before, after]: [&BTreeMap<String, L>; 2],
    [renames, types]: [&Renames<'_>; 2],
    one: fn(&Both<'_, L>, &mut Changes),
    changes: &mut Changes,
) {
    let class = rules.class;
    let word = class.word();
    let mut seen = BTreeSet::new();
    for (old_name, old) in before {
        let name = renames.get(old_name.as_str()).copied().unwrap_or(old_name);
        let Some(after) = after.get(name) else {
            let gone = side(class, old_name, &old.head(), Part::Whole, &[]);
            changes.push(
                rules.removed,
                format!("{word} {old_name}"),
                Some(gone),
                None,
            );
            continue;
        };
        seen.insert(name);
        let both = Both {
            class,
            old_name,
            name,
            old,
            before: old.renamed(&|name| types.get(name).copied()),
            after,
            types,
        };
        let found = changes.list.len();
        if name != old_name {
            both.whole(rules.renamed, changes);
        }
        if both.before != *after {
            one(&both, changes);
            both.others(changes);
            if changes.list.len() == found {
                both.whole(&rules::ITEM_CHANGED, changes);
            }
        }
    }
    for (name, new) in after
        .iter()
        .filter(|(name, _)| !seen.contains(name.as_str()))
    {
        let come = side(class, name, &new.head(), Part::Whole, &[]);
        changes.push(rules.added, format!("{word} {name}"), None, Some(come));
    }
}

impl<L: Lines> Both<'_, L> {
    /// The item's new name with its class: `type X`.
    pub(super) fn item(&self) -> String {
        format!("{} {}", self.class.word(), self.name)
    }

    /// Whether it has another name.
    pub(super) fn is_renamed(&self) -> bool {
        self.name != self.old_name
    }

    /// A line of the surface before.
    pub(super) fn side_before(&self, line: String, part: Part, types: &[&String]) -> Side {
        side(self.class, self.old_name, &line, part, types)
    }

    /// A line of the surface after.
    pub(super) fn side_after(&self, line: String, part: Part, types: &[&String]) -> Side {
        side(self.class, self.name, &line, part, types)
    }

    /// Adds a change of the item as a whole.
    pub(super) fn whole(&self, rule: &Rule, changes: &mut Changes) {
        let lines = [Some(self.old.head()), Some(self.after.head())];
        self.named("", rule, lines, changes);
    }

    /// Adds a change of the part called `name` of the item as a whole.
    pub(super) fn named(
        &self,
        name: &str,
        rule: &Rule,
        [before, after]: [Option<String>; 2],
        changes: &mut Changes,
    ) {
        let item = match name {
            "" => self.item(),
            name => format!("{} {name}", self.item()),
        };
        let before = before.map(|line| {
            let types = line.clone();
            self.side_before(line, Part::Whole, &[&types])
        });
        let after = after.map(|line| {
            let types = line.clone();
            self.side_after(line, Part::Whole, &[&types])
        });
        changes.push(rule, item, before, after);
    }

    /// The traits that came and went.
    pub(super) fn traits(&self, before: &[String], after: &[String], changes: &mut Changes) {
        let line = |names: &[String]| {
            (!names.is_empty()).then(|| format!("traits ({})", names.join(", ")))
        };
        let lines = [line(before), line(after)];
        for gone in before.iter().filter(|name| !after.contains(name)) {
            let name = format!("trait {gone}");
            self.named(&name, &rules::TRAIT_REMOVED, lines.clone(), changes);
        }
        for come in after.iter().filter(|name| !before.contains(name)) {
            let name = format!("trait {come}");
            self.named(&name, &rules::TRAIT_ADDED, lines.clone(), changes);
        }
    }

    /// Whether the names that both lists hold stand in another order.
    pub(super) fn reordered(
        &self,
        before: &[String],
        after: &[String],
        renames: &Renames<'_>,
    ) -> bool {
        let before = before
            .iter()
            .map(|name| renames.get(name.as_str()).copied().unwrap_or(name));
        let known: BTreeSet<&str> = after.iter().map(String::as_str).collect();
        let before: Vec<&str> = before.filter(|name| known.contains(name)).collect();
        let kept: BTreeSet<&str> = before.iter().copied().collect();
        let after = after.iter().map(String::as_str);
        !after.filter(|name| kept.contains(name)).eq(before)
    }

    /// The methods that came, went and changed, of `lines` as they were, as they were with renamed types, and as they
    /// are; `label` stands before each.
    pub(super) fn methods(
        &self,
        label: &str,
        [old, before, after]: [&BTreeMap<String, String>; 3],
        changes: &mut Changes,
    ) {
        let rules = [
            &rules::METHOD_ADDED,
            &rules::METHOD_REMOVED,
            &rules::METHOD_CHANGED,
        ];
        self.valued(
            label,
            [old, before, after],
            rules,
            |name, value| {
                if label == "method" {
                    format!("method {value}")
                } else {
                    format!("{name} {value}")
                }
            },
            changes,
        );
    }

    /// The lines that have a name of their own and nothing but one text to compare.
    pub(super) fn valued(
        &self,
        label: &str,
        [old, before, after]: [&BTreeMap<String, String>; 3],
        [added, removed, changed]: [&Rule; 3],
        line: impl Fn(&str, &str) -> String,
        changes: &mut Changes,
    ) {
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let rule = match (before.get(name), after.get(name)) {
                (old, new) if old == new => continue,
                (None, _) => added,
                (_, None) => removed,
                _ => changed,
            };
            let lines = [old, after].map(|of| of.get(name).map(|value| line(name, value)));
            self.named(&format!("{label} {name}"), rule, lines, changes);
        }
    }

    /// The lines of no known form.
    fn others(&self, changes: &mut Changes) {
        let (mut old, mut new) = (self.old.clone(), self.after.clone());
        let (old, new) = (old.others_mut(), new.others_mut());
        let renamed: Vec<String> = old
            .iter()
            .map(|line| substitute(line, &|name| self.types.get(name).copied()))
            .collect();
        for (line, renamed) in old.iter().zip(&renamed) {
            if !new.contains(renamed) {
                let gone = self.side_before(line.clone(), Part::Whole, &[line]);
                changes.push(&rules::ITEM_REMOVED, gone.line.clone(), Some(gone), None);
            }
        }
        for line in new.iter().filter(|line| !renamed.contains(line)) {
            let come = self.side_after(line.clone(), Part::Whole, &[line]);
            changes.push(&rules::ITEM_ADDED, come.line.clone(), None, Some(come));
        }
    }
}

/// The lines that belong to no operation and no type.
pub(super) fn compare_others(before: &[String], after: &[String], changes: &mut Changes) {
    let side = |line: &String| Side {
        line: line.clone(),
        item: None,
        part: Part::Whole,
        mentions: BTreeSet::new(),
    };
    for line in before.iter().filter(|line| !after.contains(line)) {
        changes.push(&rules::ITEM_REMOVED, line.as_str(), Some(side(line)), None);
    }
    for line in after.iter().filter(|line| !before.contains(line)) {
        changes.push(&rules::ITEM_ADDED, line.as_str(), None, Some(side(line)));
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

/// Pairs what of `before` is gone with what in `after` has come by equal keys, the first with the first.
pub(super) fn pair_by_key<'c, T>(
    before: &'c BTreeMap<String, T>,
    after: &'c BTreeMap<String, T>,
    key_before: impl Fn(&str, &T) -> String,
    key_after: impl Fn(&str, &T) -> String,
) -> Renames<'c> {
    let mut free: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let come = after.iter().filter(|(name, _)| !before.contains_key(*name));
    for (name, value) in come.rev() {
        free.entry(key_after(name, value)).or_default().push(name);
    }
    let mut renames = Renames::new();
    let gone = before.iter().filter(|(name, _)| !after.contains_key(*name));
    for (name, value) in gone {
        let free = free.get_mut(&key_before(name, value));
        if let Some(new) = free.and_then(Vec::pop) {
            renames.insert(name, new);
        }
    }
    renames
}
