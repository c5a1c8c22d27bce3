//! What rustdoc finds in the generated modules of a compiled crate, a text for each fact.

use std::collections::BTreeSet;

use rustdoc_types::{
    AssocItemConstraintKind, Crate, FORMAT_VERSION, Function, GenericArg, GenericArgs,
    GenericBound, Id, Impl, Item, ItemEnum, StructKind, Term, Type, VariantKind, Visibility,
};

/// Traits that are in no surface: what the compiler and the runtime's macros make of a type for themselves.
const INTERNAL: &[&str] = &["StructuralPartialEq", "Object", "Union"];

/// The facts; none when the JSON is of another version.
pub fn facts(json: &str) -> Option<BTreeSet<String>> {
    let version: serde_json::Value = serde_json::from_str(json).expect("rustdoc writes JSON");
    let version = &version["format_version"];
    if *version != FORMAT_VERSION {
        println!("skipped: expected rustdoc's JSON {FORMAT_VERSION}, but found {version}");
        return None;
    }
    let found: Crate = serde_json::from_str(json).expect("it is of this version");
    let mut facts = Facts {
        found: &found,
        facts: BTreeSet::new(),
    };
    for item in found.index.values() {
        facts.item(item);
    }
    Some(facts.facts)
}

struct Facts<'a> {
    found: &'a Crate,
    facts: BTreeSet<String>,
}

/// Whether the item stands in the client's text.
fn is_generated(item: &Item) -> bool {
    let file = item
        .span
        .as_ref()
        .map(|span| span.filename.to_string_lossy());
    file.is_some_and(|file| {
        file.ends_with("generated.rs") || file.ends_with("client.rs") && file.contains("generated")
    })
}

impl<'a> Facts<'a> {
    fn get(&self, id: &Id) -> Option<&'a Item> {
        self.found.index.get(id)
    }

    fn item(&mut self, item: &Item) {
        let public = matches!(item.visibility, Visibility::Public);
        if !is_generated(item) {
            return;
        }
        let name = item.name.clone().unwrap_or_default();
        match &item.inner {
            ItemEnum::Struct(of) if public => {
                match &of.kind {
                    StructKind::Plain { fields, .. } => {
                        self.facts.insert(format!("{name} struct"));
                        self.fields(&name, fields.iter());
                    }
                    StructKind::Tuple(fields) => {
                        self.facts.insert(format!("{name} tuple"));
                        self.fields(&name, fields.iter().flatten());
                    }
                    StructKind::Unit => {}
                }
                self.impls(&name, &of.impls);
            }
            ItemEnum::Enum(of) => {
                self.facts.insert(format!("{name} enum"));
                let found = self.found;
                for variant in of.variants.iter().filter_map(|id| found.index.get(id)) {
                    let ItemEnum::Variant(kind) = &variant.inner else {
                        continue;
                    };
                    let content = match &kind.kind {
                        VariantKind::Tuple(fields) => {
                            let types = fields.iter().flatten().filter_map(|id| self.field(id));
                            format!("({})", types.collect::<Vec<_>>().join(", "))
                        }
                        _ => String::new(),
                    };
                    let variant = variant.name.clone().unwrap_or_default();
                    let fact = format!("{name} variant {variant}{content}");
                    self.facts.insert(fact);
                }
                self.impls(&name, &of.impls);
            }
            ItemEnum::Impl(of) if of.trait_.is_none() && text(&of.for_) == "Client" => {
                self.methods("Client", of);
            }
            ItemEnum::Function(_)
            | ItemEnum::Struct(_)
            | ItemEnum::StructField(_)
            | ItemEnum::Variant(_)
            | ItemEnum::Impl(_)
            | ItemEnum::Module(_)
            | ItemEnum::AssocType { .. }
            | ItemEnum::AssocConst { .. } => {}
            other => {
                let fact = format!("{name} is {other:?}");
                self.facts.insert(fact);
            }
        }
    }

    fn fields<'i>(&mut self, owner: &str, ids: impl Iterator<Item = &'i Id>) {
        for id in ids {
            // A private field is left out.
            if let (Some(name), Some(ty)) =
                (self.get(id).and_then(|it| it.name.clone()), self.field(id))
            {
                self.facts.insert(format!("{owner} field {name}: {ty}"));
            }
        }
    }

    fn field(&self, id: &Id) -> Option<String> {
        match &self.get(id)?.inner {
            ItemEnum::StructField(ty) => Some(text(ty)),
            _ => None,
        }
    }

    fn impls(&mut self, owner: &str, ids: &[Id]) {
        // What the crate writes by hand for a type is not of the client.
        let items = ids.iter().filter_map(|id| self.get(id));
        let impls = items
            .filter(|item| item.span.is_none() || is_generated(item))
            .filter_map(|item| match &item.inner {
                ItemEnum::Impl(of) => Some(of),
                _ => None,
            });
        let impls: Vec<&Impl> = impls.collect();
        for of in impls {
            let Some(path) = &of.trait_ else {
                self.methods(owner, of);
                continue;
            };
            let name = path_text(&path.path, path.args.as_deref());
            let known =
                of.is_synthetic || of.blanket_impl.is_some() || INTERNAL.contains(&name.as_str());
            if !known {
                self.facts.insert(format!("{owner} trait {name}"));
            }
        }
    }

    fn methods(&mut self, owner: &str, of: &Impl) {
        for id in &of.items {
            let Some(Item {
                name: Some(name),
                inner: ItemEnum::Function(function),
                visibility: Visibility::Public,
                ..
            }) = self.get(id)
            else {
                continue;
            };
            let fact = format!("{owner} fn {name}{}", signature(function));
            self.facts.insert(fact);
        }
    }
}

/// The arguments and the result of a function.
fn signature(function: &Function) -> String {
    let arguments = function
        .sig
        .inputs
        .iter()
        .filter(|(name, _)| name != "self");
    let arguments: Vec<String> = arguments.map(|(_, ty)| text(ty)).collect();
    let result = function.sig.output.as_ref().map(text).unwrap_or_default();
    format!("({}) {result}", arguments.join(", "))
}

/// A type with the last names of its paths.
fn text(ty: &Type) -> String {
    match ty {
        Type::ResolvedPath(path) => path_text(&path.path, path.args.as_deref()),
        Type::Generic(name) | Type::Primitive(name) => name.clone(),
        Type::BorrowedRef { type_, .. } => format!("&{}", text(type_)),
        Type::Tuple(types) => {
            format!(
                "({})",
                types.iter().map(text).collect::<Vec<_>>().join(", ")
            )
        }
        Type::ImplTrait(bounds) => {
            let bounds = bounds.iter().filter_map(|bound| match bound {
                GenericBound::TraitBound { trait_, .. } => {
                    Some(path_text(&trait_.path, trait_.args.as_deref()))
                }
                _ => None,
            });
            format!("impl {}", bounds.collect::<Vec<_>>().join(" + "))
        }
        other => format!("{other:?}"),
    }
}

fn path_text(path: &str, arguments: Option<&GenericArgs>) -> String {
    let last = path.rsplit("::").next().unwrap_or_default();
    let Some(GenericArgs::AngleBracketed { args, constraints }) = arguments else {
        return last.to_owned();
    };
    let types = args.iter().filter_map(|argument| match argument {
        GenericArg::Type(ty) => Some(text(ty)),
        _ => None,
    });
    let constraints = constraints
        .iter()
        .filter_map(|constraint| match &constraint.binding {
            AssocItemConstraintKind::Equality(Term::Type(ty)) => {
                Some(format!("{} = {}", constraint.name, text(ty)))
            }
            _ => None,
        });
    let all: Vec<String> = types.chain(constraints).collect();
    if all.is_empty() {
        last.to_owned()
    } else {
        format!("{last}<{}>", all.join(", "))
    }
}
