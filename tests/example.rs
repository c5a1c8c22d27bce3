//! The connect example works on any machine, without anybody to ask.

use std::process::{Command, Stdio};

#[test]
fn the_connect_example_connects_and_ends_by_itself() {
    // Tests are in `deps`, examples beside it; `cargo test` builds both.
    let test = std::env::current_exe().expect("the path of this test");
    let example = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("a target directory");
    let example = example
        .join("examples/connect")
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        example.exists(),
        "build the example first: cargo build --example connect"
    );
    let output = Command::new(example)
        .env_remove("ONLYFANSAPI_API_KEY")
        .stdin(Stdio::null())
        .output()
        .expect("the example starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(text.ends_with("Connected Demo.\n"), "{text}");
    for secret in ["correct horse", "ofapi_demo"] {
        assert!(!text.contains(secret), "{text}");
    }
}
