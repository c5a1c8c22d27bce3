//! Permissions and symbolic links.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn permissions_stay() {
    let root = tree();
    let file = root.path().join("spec/a.yaml");
    mode(&file, 0o640);
    commit(root.path(), &changes()).unwrap();
    let found = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(found & 0o777, 0o640);
}

#[test]
fn a_read_only_file_is_named_and_nothing_is_written() {
    let root = tree();
    mode(&root.path().join("spec/b.toml"), 0o444);
    let error = commit(root.path(), &changes()).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"
    error: could not write `spec/b.toml`: it is read-only
      = help: give yourself the right to write it; nothing was changed
    ");
    assert_eq!(found(root.path()), files(OLD));
    assert!(!root.path().join(FOLDER).exists());
}

#[test]
fn a_file_in_a_read_only_folder_is_named_and_nothing_is_written() {
    let root = tree();
    let folder = root.path().join("src/generated");
    mode(&folder, 0o555);
    let error = commit(root.path(), &changes()).unwrap_err().to_string();
    mode(&folder, 0o755);
    insta::assert_snapshot!(error, @"
    error: could not write `src/generated/client.rs`: its folder is read-only
      = help: give yourself the right to write it; nothing was changed
    ");
    assert_eq!(found(root.path()), files(OLD));
}

#[test]
fn a_symbolic_link_stays_one() {
    let root = tree();
    let link = root.path().join("spec/a.yaml");
    fs::rename(&link, root.path().join("real.yaml")).unwrap();
    symlink("../real.yaml", &link).unwrap();
    commit(root.path(), &changes()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let text = fs::read_to_string(root.path().join("real.yaml")).unwrap();
    assert_eq!(text, "new a\n");
}

#[test]
fn a_symbolic_link_out_of_the_repository_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    let root = tree();
    let real = outside.path().join("a.yaml");
    fs::rename(root.path().join("spec/a.yaml"), &real).unwrap();
    symlink(&real, root.path().join("spec/a.yaml")).unwrap();
    let error = commit(root.path(), &changes()).unwrap_err().to_string();
    insta::assert_snapshot!(error, @"
    error: expected `spec/a.yaml` within the repository, but it leads out of it
      = help: replace the symbolic link by a file or a folder of the repository
    ");
    assert_eq!(fs::read_to_string(&real).unwrap(), "old a\n");
    assert_eq!(found(root.path()), files(OLD));
}
