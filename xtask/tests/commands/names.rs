//! Names that stay, and names that are taken: what `regen` says of them, and that the list of names that the hand-written
//! code has is true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::repository::{DOCUMENT, Repository};

#[test]
fn no_operation_takes_the_name_of_a_method_that_is_written_by_hand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a repository");
    let mut written = BTreeSet::new();
    collect(&root.join("src"), &mut written);
    let ledger = fs::read_to_string(root.join("spec/names.toml")).expect("a ledger");
    let ledger: toml::Table = ledger.parse().expect("TOML");
    let reserved = ledger["reserved"].as_array().expect("a list");
    let reserved: BTreeSet<String> = reserved
        .iter()
        .map(|name| name.as_str().expect("a text").to_owned())
        .collect();
    assert_eq!(
        reserved, written,
        "write the methods of `Client` in `src/` into `reserved` in spec/names.toml"
    );
}

/// The methods of every `impl Client` in the files below `folder`, the generated ones left out.
fn collect(folder: &Path, methods: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("generated") {
                collect(&path, methods);
            }
            continue;
        }
        let text = fs::read_to_string(&path).expect("a text");
        let file = syn::parse_file(&text).expect("Rust");
        for item in file.items {
            let syn::Item::Impl(item) = item else {
                continue;
            };
            let is_client =
                matches!(&*item.self_ty, syn::Type::Path(own) if own.path.is_ident("Client"));
            if !is_client || item.trait_.is_some() {
                continue;
            }
            methods.extend(item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            }));
        }
    }
}

#[test]
fn the_report_says_which_names_upstream_gives_otherwise() {
    let repository = Repository::regenerated();
    let text = DOCUMENT
        .replace("openTheGate", "openTheGardenGate")
        .replace(
            "summary: 'Open the gate'",
            "summary: 'Open the Garden Gate'",
        );
    assert_ne!(text, DOCUMENT);
    let news = repository.beside("news.yaml", &text);
    let report = repository.root().join("target/report.md");
    let shown = report.display().to_string();
    let before = repository.read("spec/api-surface.txt");
    let said = repository
        .run(&["regen", "--from", &news, "--report", &shown])
        .exit(0);
    let sentence =
        "`open_the_gate` is kept; upstream calls it `openTheGardenGate` now (`POST /api/gate`)";
    assert!(said.out.contains(sentence), "{said}");
    assert!(
        said.out
            .contains("\nnames: 1 name kept that upstream gives otherwise\n"),
        "{said}"
    );
    let markdown = repository.read("target/report.md");
    assert!(
        markdown.contains(&format!("\n## Names that are kept\n\nTo take another name, change it in `spec/names.toml`.\n\n- {sentence}\n")),
        "{markdown}"
    );
    let after = repository.read("spec/api-surface.txt");
    assert_eq!(after.replace("openTheGardenGate", "openTheGate"), before);
    repository.run(&["check"]).exit(0);
    let page = repository.root().join("target/report.html");
    let shown = page.display().to_string();
    let said = repository
        .run(&["regen", "--offline", "--format", "json", "--report", &shown])
        .exit(0);
    let kept = &said.json()["kept_names"][0];
    assert_eq!(kept["what"], "operation");
    assert_eq!(kept["name"], "open_the_gate");
    assert_eq!(kept["otherwise"], "open_the_garden_gate");
    // It is no news any more.
    assert_eq!(kept["new"], false);
    let page = repository.read("target/report.html");
    assert!(
        page.contains("upstream calls it `Open the Garden Gate`"),
        "{page}"
    );
}

#[test]
fn a_name_that_the_ledger_gives_twice_is_refused_and_nothing_is_written() {
    let repository = Repository::regenerated();
    repository.edit(
        "spec/names.toml",
        "\"list_the_plants\"",
        "\"open_the_gate\"",
    );
    let before = repository.tree();
    let said = repository.run(&["regen", "--offline"]).exit(1);
    assert_eq!(repository.tree(), before);
    assert!(
        said.err
            .contains("`open_the_gate` is the name of GET /api/plants as well"),
        "{said}"
    );
    assert!(said.err.contains("--> spec/names.toml:"), "{said}");
}
