//! The folder that the programs are compiled in: a crate for each document.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use toml::Table;

use crate::manifest;
use crate::program::Program;

/// What the program needs besides what a client does.
const TOOLS: &[&str] = &["futures-util", "multer", "tokio", "wiremock"];

/// A workspace of programs.
pub struct Workspace {
    folder: PathBuf,
    target: PathBuf,
}

/// What came of a program.
pub struct Ran {
    pub ok: bool,
    pub said: String,
}

fn root() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    folder.expect("xtask is in the repository").to_owned()
}

impl Workspace {
    /// A workspace of that name. Its dependencies are compiled into the target directory of this test, where most are.
    pub fn new(name: &str) -> Self {
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        Self {
            folder: temporary.join("loopback").join(name),
            target: temporary
                .parent()
                .expect("it is in the target directory")
                .to_owned(),
        }
    }

    /// Compiles and runs the programs, each with its client. One that does not compile does not keep others from it.
    pub fn run(&self, programs: &[(String, Program)]) -> Vec<Ran> {
        let root = root();
        let text = fs::read_to_string(root.join("Cargo.toml")).expect("there is a manifest");
        let own: Table = text.parse().expect("it is TOML");
        let names: Vec<String> = (0..programs.len())
            .map(|index| self.crate_name(index))
            .collect();
        let mut workspace = Table::new();
        workspace.insert("resolver".into(), "3".into());
        workspace.insert("members".into(), names.clone().into());
        let whole = Table::from_iter([("workspace".to_owned(), workspace.into())]);
        self.file("Cargo.toml", &whole.to_string());
        let lock = fs::read_to_string(root.join("Cargo.lock")).expect("there is a lock file");
        self.file("Cargo.lock", &lock);
        for (name, (client, program)) in names.iter().zip(programs) {
            let manifest = package(&own, name).to_string();
            self.file(&format!("{name}/Cargo.toml"), &manifest);
            self.file(&format!("{name}/src/main.rs"), &main(&root));
            let uses = "use crate::runtime::{self, Call, Client};\n\n";
            self.file(
                &format!("{name}/src/generated.rs"),
                &format!("{uses}{client}"),
            );
            self.file(&format!("{name}/src/calls.rs"), &program.calls);
            self.file(&format!("{name}/src/plan.json"), &program.plan);
        }
        let mut built = self.build(true);
        if !built.contains("Compiling") && !built.contains("Finished") {
            built = self.build(false);
        }
        names.iter().map(|name| self.start(name, &built)).collect()
    }

    fn crate_name(&self, index: usize) -> String {
        // All workspaces share a target directory, so the names of their crates differ.
        let folder = self
            .folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        format!("loopback_{folder}_{index}")
    }

    /// Writes a file unless it is that already: what is as old as before is not compiled again.
    fn file(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        if fs::read(&path).is_ok_and(|found| found == text.as_bytes()) {
            return;
        }
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("the folder can be made");
        fs::write(&path, text).expect("the file can be written");
    }

    fn build(&self, offline: bool) -> String {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["build", "--workspace", "--keep-going"])
            .args(offline.then_some("--offline"))
            .arg("--target-dir")
            .arg(&self.target)
            .current_dir(&self.folder)
            .output()
            .expect("cargo runs");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn start(&self, name: &str, built: &str) -> Ran {
        if built.contains(&format!("could not compile `{name}`"))
            || !built.contains("Finished") && built.contains("error: no matching")
        {
            return Ran {
                ok: false,
                said: built.to_owned(),
            };
        }
        let program = self
            .target
            .join("debug")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        match Command::new(program).output() {
            Ok(output) => Ran {
                ok: output.status.success(),
                said: String::from_utf8_lossy(&[output.stdout, output.stderr].concat())
                    .into_owned(),
            },
            Err(error) => Ran {
                ok: false,
                said: format!("{error}\n{built}"),
            },
        }
    }
}

/// The manifest of a program: that of a client, with the tools of its tests.
fn package(own: &Table, name: &str) -> Table {
    let mut package = manifest::package(own);
    if let Some(package) = package
        .get_mut("package")
        .and_then(toml::Value::as_table_mut)
    {
        package.insert("name".into(), name.into());
    }
    let tools = own.get("dev-dependencies").and_then(toml::Value::as_table);
    if let Some(dependencies) = package
        .get_mut("dependencies")
        .and_then(toml::Value::as_table_mut)
    {
        for (name, tool) in tools.into_iter().flatten() {
            if TOOLS.contains(&name.as_str()) {
                dependencies.insert(name.clone(), tool.clone());
            }
        }
    }
    package
}

/// The program's root: the runtime and what is the same for all programs are compiled where they are.
fn main(root: &Path) -> String {
    let path = |path: &str| Value::from(root.join(path).to_string_lossy()).to_string();
    format!(
        "#![allow(warnings)]\n\n\
         #[path = {}]\nmod runtime;\n\
         #[path = {}]\nmod inside;\n\
         mod calls;\nmod generated;\n\n\
         fn main() -> std::process::ExitCode {{\n    inside::run(calls::ALL, calls::DECODE, include_str!(\"plan.json\"))\n}}\n",
        path("runtime/mod.rs"),
        path("xtask/tests/loopback/inside/mod.rs"),
    )
}
