//! What `regen` is given: packed, cut off, or with characters that turn text around.

use std::io::Write as _;

use crate::repository::{DOCUMENT, Repository};

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_document_that_is_gzip_is_read() {
    let repository = Repository::regenerated();
    let news = DOCUMENT.replace("height:", "size:");
    let path = repository.beside("news.yaml.gz", "");
    std::fs::write(&path, packed(news.as_bytes())).unwrap();
    repository.run(&["regen", "--from", &path]).exit(0);
    assert_eq!(repository.read("spec/upstream/openapi.yaml"), news);

    let whole = packed(DOCUMENT.as_bytes());
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let said = repository.run(&["regen", "--from", &path]).exit(1);
    assert!(said.err.contains("to be gzip to its end"), "{said}");
}

#[test]
fn a_document_that_was_cut_off_and_is_still_yaml_is_suspected() {
    let repository = Repository::regenerated();
    let tree = repository.tree();
    // Within the last operation; between two, where the text ends without the end of a line.
    let (within, _) = DOCUMENT.rsplit_once("\n      tags:").unwrap();
    let (between, _) = DOCUMENT.split_once("\n  /api/gate:").unwrap();
    for (text, says) in [
        (within, "has no `tags` any more"),
        (between, "the 1 operations that stood behind it"),
    ] {
        let path = repository.beside("cut.yaml", text);
        let said = repository.run(&["regen", "--from", &path]).exit(1);
        assert!(
            said.err.contains("it looks cut off") && said.err.contains(says),
            "{said}"
        );
        assert_eq!(repository.tree(), tree);
    }
    // An operation that upstream took away, and a document that is meant so.
    let path = repository.beside("less.yaml", &format!("{between}\n"));
    let said = repository.run(&["regen", "--from", &path]);
    assert!(said.out.contains("1 removed"), "{said}");
    repository.write("spec/upstream/openapi.yaml", DOCUMENT);
    repository.run(&["regen", "--offline"]).exit(0);
    let path = repository.beside("cut.yaml", within);
    repository
        .run(&["regen", "--from", &path, "--force"])
        .exit(0);
}

#[test]
fn characters_that_turn_text_around_reach_no_report() {
    let repository = Repository::regenerated();
    repository.commit();
    let news = DOCUMENT
        .replace("height:", "\"he\\u202Eight\\u0007\\u200b\":")
        .replace("/api/gate", "/api/ga\u{2066}te");
    let path = repository.beside("news.yaml", &news);
    let page = repository.beside("report.html", "");
    let said = repository.run(&["regen", "--from", &path, "--report", &page]);
    let markdown = repository.beside("report.md", "");
    repository.run(&["regen", "--offline", "--report", &markdown]);
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    let mut all = vec![said.out, said.err, read(&page), read(&markdown)];
    for format in ["text", "markdown", "html"] {
        all.push(repository.run(&["diff", "--format", format]).out);
    }
    for text in all {
        assert!(
            !text.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{7}']),
            "{text}"
        );
    }
}

#[test]
fn a_tag_that_says_what_the_value_is_anyway_is_no_change() {
    let repository = Repository::regenerated();
    let plain = DOCUMENT.replace("required: true", "required: !!bool \"true\"");
    assert_ne!(plain, DOCUMENT);
    let path = repository.beside("tagged.yaml", &plain);
    let said = repository.run(&["regen", "--from", &path]).exit(0);
    assert!(said.out.contains("the vendored copy stays"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_report_where_nothing_else_was_written() {
    let repository = Repository::regenerated();
    let tree = repository.tree();
    let path = repository.beside("news.yaml", &DOCUMENT.replace("height:", "size:"));
    let report = format!("{path}.md");
    let command = repository.command(&["regen", "--from", &path, "--report", &report]);
    // No file may grow, as on a disk that is full.
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]);
    limited.arg(command.get_program()).args(command.get_args());
    limited.current_dir(repository.root());
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(key, value),
            None => limited.env_remove(key),
        };
    }
    let output = limited.output().unwrap();
    assert!(!output.status.success());
    assert!(
        !std::path::Path::new(&report).exists(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(repository.tree(), tree);
}
