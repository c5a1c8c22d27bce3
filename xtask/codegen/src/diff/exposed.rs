//! Values that were secrets and are printed now, wherever in a call they are and whatever their types are called.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Class, Part, Side, side};
use super::rename::Renames;
use super::{Changes, rules};
use crate::surface::{OperationLines, Surface, TypeLines, identifiers};

/// The types that print nothing.
const SECRETS: [&str; 2] = ["runtime::Secret", "runtime::SecretValue"];

/// The changes that say less of the same item.
const SHADOWS: [&str; 2] = ["field-type-changed", "parameter-type-changed"];

/// Adds a change for each item that was a secret and is none now, in place of the change of its type.
pub(super) fn compare(
    before: &Surface,
    after: &Surface,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    let [reaching, still] = [before, after].map(reaching);
    let mut found: BTreeMap<String, [Side; 2]> = BTreeMap::new();
    for (name, old) in &before.operations {
        let new_name = renames.get(name.as_str()).copied().unwrap_or(name);
        let Some(new) = after.operations.get(new_name) else {
            continue;
        };
        let now = roots(new_name, new);
        for (root, place) in roots(name, old) {
            let Some(now) = now.get(&root) else {
                continue;
            };
            let mut way = Way {
                surface: before,
                reaching: &reaching,
                open: Vec::new(),
                wires: Vec::new(),
                found: Vec::new(),
            };
            way.secrets(&place);
            for (wires, old) in way.found {
                let places = resolve(after, now, &wires);
                let hides = |place: &Place| is_secret(&place.ty) || mentions(&place.ty, &still);
                if !places.iter().any(hides)
                    && let Some(place) = places.into_iter().next()
                {
                    found.insert(place.item, [old, place.side]);
                }
            }
        }
    }
    for (item, [old, new]) in found {
        changes
            .list
            .retain(|change| change.item != item || !SHADOWS.contains(&change.kind));
        changes.push(&rules::SECRET_EXPOSED, item, Some(old), Some(new));
    }
}

/// Where a value of a call stands in a surface.
#[derive(Debug, Clone)]
struct Place {
    item: String,
    side: Side,
    ty: String,
}

impl Place {
    /// That of the line `line` of an item; `what` is the line's own part of it.
    fn new(class: Class, name: &str, what: &str, line: &str, part: Part, ty: &str) -> Self {
        let side = side(class, name, line, part, &[&ty.to_owned()]);
        Self {
            item: format!("{} {name}{what}", class.word()),
            side,
            ty: ty.to_owned(),
        }
    }
}

/// The values of a call that have no owner, by place and name: the response, the body, the parameters.
fn roots(name: &str, operation: &OperationLines) -> BTreeMap<(String, String), Place> {
    let mut roots = BTreeMap::new();
    if let Some(ty) = &operation.answer {
        let line = format!("answer {ty}");
        let place = Place::new(Class::Operation, name, "", &line, Part::Response, ty);
        roots.insert(("response".to_owned(), String::new()), place);
    }
    for (parameter, line) in &operation.parameters {
        let wire = line.wire.as_ref().unwrap_or(parameter);
        let (key, part) = match line.is_body() {
            true => (("body".to_owned(), String::new()), Part::Body),
            false => {
                let (place, wire) = (line.place.clone(), wire.clone());
                (
                    (place.clone(), wire.clone()),
                    Part::Parameter { place, wire },
                )
            }
        };
        let what = format!(" parameter {parameter}");
        let text = line.text(parameter);
        let place = Place::new(Class::Operation, name, &what, &text, part, &line.ty);
        roots.insert(key, place);
    }
    roots
}

fn is_secret(ty: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    SECRETS.iter().any(|secret| {
        ty.match_indices(secret)
            .any(|(at, _)| !ty[at + secret.len()..].starts_with(is_word))
    })
}

fn mentions(ty: &str, names: &BTreeSet<&str>) -> bool {
    identifiers(ty).any(|(_, name)| names.contains(name))
}

/// What a value of the type `name` is made of: its parts by their names on the wire, none for a form of the value itself.
fn parts(name: &str, item: &TypeLines) -> Vec<(Option<String>, Place)> {
    let fields = item.fields.iter().map(|(field, line)| {
        let wire = line.wire.as_ref().unwrap_or(field);
        // What a wrapper holds has no name.
        let wire = line.presence.is_some().then(|| wire.clone());
        let what = format!(" field {field}");
        let part = Part::Field(wire.clone().unwrap_or_default());
        let text = line.text(field);
        (
            wire,
            Place::new(Class::Type, name, &what, &text, part, &line.ty),
        )
    });
    let variants = item.variants.iter().filter_map(|(variant, line)| {
        let ty = line.ty.as_ref()?;
        let what = format!(" variant {variant}");
        let text = line.text(variant);
        Some((
            None,
            Place::new(Class::Type, name, &what, &text, Part::Values, ty),
        ))
    });
    fields.chain(variants).collect()
}

/// The types in which a secret is, at any depth.
fn reaching(surface: &Surface) -> BTreeSet<&str> {
    let made_of: BTreeMap<&str, Vec<&String>> = surface
        .types
        .iter()
        .map(|(name, item)| {
            let fields = item.fields.values().map(|field| &field.ty);
            let variants = item
                .variants
                .values()
                .filter_map(|variant| variant.ty.as_ref());
            (name.as_str(), fields.chain(variants).collect())
        })
        .collect();
    let mut reaching: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = reaching.len();
        for (name, types) in &made_of {
            if types
                .iter()
                .any(|ty| is_secret(ty) || mentions(ty, &reaching))
            {
                reaching.insert(name);
            }
        }
        if reaching.len() == before {
            return reaching;
        }
    }
}

/// The way into a value.
struct Way<'c> {
    surface: &'c Surface,
    /// The types in which a secret is.
    reaching: &'c BTreeSet<&'c str>,
    /// The types that the way leads through.
    open: Vec<String>,
    wires: Vec<String>,
    /// The secrets: the names on the wire that lead to each, and its line.
    found: Vec<(Vec<String>, Side)>,
}

impl Way<'_> {
    /// Finds every secret in the value at `place`.
    fn secrets(&mut self, place: &Place) {
        if is_secret(&place.ty) {
            self.found.push((self.wires.clone(), place.side.clone()));
        }
        for (_, name) in identifiers(&place.ty) {
            if !self.reaching.contains(name) || self.open.iter().any(|open| open == name) {
                continue;
            }
            self.open.push(name.to_owned());
            for (wire, part) in parts(name, &self.surface.types[name]) {
                let depth = self.wires.len();
                self.wires.extend(wire);
                self.secrets(&part);
                self.wires.truncate(depth);
            }
            self.open.pop();
        }
    }
}

/// Where the value is now to which `wires` lead, or what holds it as one; nothing when it is gone.
fn resolve(surface: &Surface, root: &Place, wires: &[String]) -> Vec<Place> {
    let mut at = vec![root.clone()];
    for wire in wires {
        let fields: Vec<(String, Place)> = with_forms(surface, &at)
            .iter()
            .flat_map(|place| parts_of(surface, place))
            .filter_map(|(wire, part)| Some((wire?, part)))
            .collect();
        if fields.is_empty() {
            // Any JSON, or a text: what was in it is part of it. An enum of texts has nothing in it.
            at.retain(|place| {
                !identifiers(&place.ty).any(|(_, name)| surface.types.contains_key(name))
            });
            return at;
        }
        let next = fields.into_iter().filter(|(found, _)| found == wire);
        at = next.map(|(_, part)| part).collect();
    }
    at
}

fn parts_of(surface: &Surface, place: &Place) -> Vec<(Option<String>, Place)> {
    identifiers(&place.ty)
        .filter_map(|(_, name)| surface.types.get_key_value(name))
        .flat_map(|(name, item)| parts(name, item))
        .collect()
}

/// `places`, and the forms that a value there can have: variants, and what a wrapper holds.
fn with_forms(surface: &Surface, places: &[Place]) -> Vec<Place> {
    let mut all = places.to_vec();
    let mut seen = BTreeSet::new();
    let mut next = 0;
    while next < all.len() {
        for (wire, form) in parts_of(surface, &all[next]) {
            if wire.is_none() && seen.insert(form.item.clone()) {
                all.push(form);
            }
        }
        next += 1;
    }
    all
}
