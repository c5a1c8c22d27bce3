//! What upstream changed, by tag.

use std::collections::BTreeMap;

use scribe_codegen::upstream::UpstreamChanges;
use serde::Serialize;

/// What happened to the operations of one tag.
#[derive(Debug, Default, Serialize)]
pub struct Tag<'a> {
    /// Those that are new.
    pub added: Vec<&'a str>,
    /// Those that are gone.
    pub removed: Vec<&'a str>,
    /// Those that mean something else than before.
    pub changed: Vec<&'a str>,
    /// Those whose examples alone are different.
    pub examples_only: Vec<&'a str>,
}

impl<'a> Tag<'a> {
    /// What happened, with the operations it happened to.
    pub fn lists(&self) -> [(&'static str, &[&'a str]); 4] {
        [
            ("added", &self.added),
            ("removed", &self.removed),
            ("changed in meaning", &self.changed),
            ("changed in examples only", &self.examples_only),
        ]
    }
}

/// The changes by tag; operations without one are in none, ``.
pub fn by_tag<'a>(
    changes: &'a UpstreamChanges,
    tags: &'a BTreeMap<String, String>,
) -> BTreeMap<&'a str, Tag<'a>> {
    let mut by_tag: BTreeMap<&str, Tag<'_>> = BTreeMap::new();
    let mut sort = |names: &'a [String],
                    list: for<'b> fn(&'b mut Tag<'a>) -> &'b mut Vec<&'a str>| {
        for name in names {
            let tag = tags.get(name).map_or("", String::as_str);
            list(by_tag.entry(tag).or_default()).push(name);
        }
    };
    sort(&changes.added, |tag| &mut tag.added);
    sort(&changes.removed, |tag| &mut tag.removed);
    sort(&changes.changed, |tag| &mut tag.changed);
    sort(&changes.examples_only, |tag| &mut tag.examples_only);
    by_tag
}
