//! What rustdoc writes about a crate, as JSON.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::Table;

#[path = "../../src/commands/try/manifest.rs"]
mod manifest;

pub fn root() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    folder.expect("xtask is in the repository").to_owned()
}

/// The folder that the dependencies are compiled in, where most are.
fn target() -> PathBuf {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = temporary.parent().expect("it is in the target directory");
    target.to_owned()
}

/// The crate of this repository; none when the compiler writes no JSON.
pub fn own() -> Option<String> {
    document(&root(), "onlyfansapi", true)
}

/// A crate of `client` and the runtime.
pub fn of_client(client: &str) -> Option<String> {
    let root = root();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustdoc");
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        let owner = path.parent().expect("a file is in a folder");
        fs::create_dir_all(owner).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    let own = fs::read_to_string(root.join("Cargo.toml")).expect("there is a manifest");
    let own: Table = own.parse().expect("it is TOML");
    let mut package = manifest::package(&own);
    if let Some(about) = package
        .get_mut("package")
        .and_then(toml::Value::as_table_mut)
    {
        about.insert("name".into(), "documented_client".into());
    }
    package.insert("workspace".into(), Table::new().into());
    write("Cargo.toml", &package.to_string());
    let lock = fs::read_to_string(root.join("Cargo.lock")).expect("there is a lock file");
    write("Cargo.lock", &lock);
    let runtime = root.join("runtime/mod.rs");
    let runtime = serde_json::Value::from(runtime.to_string_lossy());
    write(
        "src/lib.rs",
        &format!(
            "#![allow(warnings)]\n#[path = {runtime}]\nmod runtime;\nmod generated;\n\n\
             pub use generated::{{operations, types}};\npub use runtime::*;\n"
        ),
    );
    let uses = "use crate::runtime::{self, Call, Client};\n\n";
    write("src/generated.rs", &format!("{uses}{client}"));
    document(&folder, "documented_client", false)
}

fn document(folder: &Path, name: &str, offline: bool) -> Option<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["rustdoc", "--quiet", "--lib", "--package", name])
        .args(offline.then_some("--no-default-features"))
        .arg("--target-dir")
        .arg(target())
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .current_dir(folder)
        // The compiler writes JSON only where it is asked to be unstable.
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("output-format") && !output.status.success() {
        println!("skipped: this compiler documents nothing as JSON: {said}");
        return None;
    }
    assert!(output.status.success(), "{name} is not documented: {said}");
    let json = target().join("doc").join(format!("{name}.json"));
    Some(fs::read_to_string(json).expect("rustdoc has written it"))
}
