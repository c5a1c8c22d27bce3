//! Which types are met from a type on.

use std::collections::{HashMap, HashSet};

use syn::visit::Visit;

/// The names of the types that are met from `roots` on.
pub(super) fn reached<'a>(
    items: &[syn::Item],
    roots: impl Iterator<Item = &'a syn::Type>,
) -> HashSet<String> {
    let mut within: HashMap<String, Vec<&syn::Type>> = HashMap::new();
    for item in items {
        let (name, types): (_, Vec<&syn::Type>) = match item {
            syn::Item::Struct(item) => (
                item.ident.to_string(),
                item.fields.iter().map(|field| &field.ty).collect(),
            ),
            syn::Item::Enum(item) => {
                let fields = item.variants.iter().flat_map(|variant| &variant.fields);
                (
                    item.ident.to_string(),
                    fields.map(|field| &field.ty).collect(),
                )
            }
            _ => continue,
        };
        within.insert(name, types);
    }
    let mut found = HashSet::new();
    let mut next: Vec<String> = roots.flat_map(mentioned).collect();
    while let Some(name) = next.pop() {
        let types = within.get(&name).into_iter().flatten();
        if found.insert(name) {
            next.extend(types.flat_map(|ty| mentioned(ty)));
        }
    }
    found
}

/// Every name in a type.
pub(super) fn mentioned(ty: &syn::Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
            self.0.push(segment.ident.to_string());
            syn::visit::visit_path_segment(self, segment);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_type(ty);
    names.0
}
