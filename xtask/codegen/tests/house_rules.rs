//! House rules that are measured, each with what to do where one is broken.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// The modules of this crate by their names (`print::types`), each with those that it names.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let name = |path: &Path| {
        let path = path
            .strip_prefix(&root)
            .expect("it is below")
            .with_extension("");
        let mut parts: Vec<String> = path
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        parts
    };
    let modules: BTreeSet<String> = files.iter().map(|path| name(path).join("::")).collect();
    let mut imports = BTreeMap::new();
    for path in &files {
        let text = fs::read_to_string(path).expect("a file is text");
        let file = syn::parse_file(&text).expect("a file is Rust");
        let mut visitor = Paths {
            module: name(path),
            modules: &modules,
            found: BTreeSet::new(),
        };
        visitor.visit_file(&file);
        imports.insert(visitor.module.join("::"), visitor.found);
    }
    imports
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().unwrap_or_default();
        if stem == "tests" {
            // They may use whatever they test.
        } else if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

struct Paths<'a> {
    module: Vec<String>,
    modules: &'a BTreeSet<String>,
    found: BTreeSet<String>,
}

impl Paths<'_> {
    /// Notes the module that a path starts in, if it is one of this crate.
    fn note(&mut self, path: &[String]) {
        let (mut base, mut rest) = match path.first().map(String::as_str) {
            Some("crate") => (Vec::new(), &path[1..]),
            Some("super") => {
                let above = &self.module[..self.module.len().saturating_sub(1)];
                (above.to_vec(), &path[1..])
            }
            Some("self") => (self.module.clone(), &path[1..]),
            // A module below: `mod x; use x::y;`.
            _ => (self.module.clone(), path),
        };
        while rest.first().is_some_and(|first| first == "super") {
            base.pop();
            rest = &rest[1..];
        }
        base.extend_from_slice(rest);
        while !base.is_empty() {
            let module = base.join("::");
            if self.modules.contains(&module) {
                if module != self.module.join("::") {
                    self.found.insert(module);
                }
                return;
            }
            base.pop();
        }
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.note(&with(&name.ident)),
            syn::UseTree::Rename(name) => self.note(&with(&name.ident)),
            syn::UseTree::Glob(_) => self.note(before),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(before, tree);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        // Unit tests may use whatever they test.
        if item.ident != "tests" {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        if ["crate", "super", "self"].contains(&names[0].as_str()) {
            self.note(&names);
        }
        syn::visit::visit_path(self, path);
    }
}

/// What can be reached from `start`.
fn reached<'a>(
    imports: &'a BTreeMap<String, BTreeSet<String>>,
    start: &'a str,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(module) = open.pop() {
        for next in imports.get(module).into_iter().flatten() {
            if found.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    found
}

#[test]
fn no_files_of_different_folders_need_each_other() {
    let mut imports = imports();
    assert!(imports.len() > 80, "the files were not read");
    // The root declares all of them.
    imports.remove("lib");
    let folder = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for module in imports.keys() {
        let of = reached(&imports, module);
        if !of.contains(module.as_str()) {
            continue;
        }
        let circle: Vec<&str> = of
            .into_iter()
            .filter(|other| reached(&imports, other).contains(module.as_str()))
            .collect();
        let folders: BTreeSet<String> = circle.iter().map(|module| folder(module)).collect();
        if folders.len() > 1 {
            circles.insert(circle);
        }
    }
    assert!(
        circles.is_empty(),
        "expected no circle of files across folders, but found {circles:#?}\n\
         move what both sides need into a file that needs neither, or what only one of them needs to that one"
    );
}
