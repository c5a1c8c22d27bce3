//! Bytes → text: UTF-8 and nothing else.

use std::sync::Arc;

use crate::finding::{Failure, Finding};
use crate::source::{Place, Source};

use super::MAX_BYTES;

/// The text in `bytes` under the name by which people know it.
///
/// # Errors
///
/// When the bytes are more than [`MAX_BYTES`], or are no UTF-8: with the offset and the line of the first bad one.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Failure> {
    if let Some(finding) = too_large(name, bytes.len()) {
        return Err(finding.into());
    }
    if let Some(encoding) = other_encoding(&bytes) {
        return Err(Finding::error(
            "load/encoding",
            format!("expected {name} to be UTF-8, but found {encoding}"),
            "save the file as UTF-8 (for example: iconv -f UTF-16 -t UTF-8)",
        )
        .into());
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Source::new(name, text)),
        Err(error) => error,
    };
    let start = error.utf8_error().valid_up_to();
    let byte = error.as_bytes()[start];
    let source = Source::new(name, String::from_utf8_lossy(error.as_bytes()));
    // The text before the bad byte is unchanged, and the byte itself became one replacement character.
    let place = Place {
        end: start + char::REPLACEMENT_CHARACTER.len_utf8(),
        start,
        source,
    };
    Err(Finding::error(
        "load/encoding",
        format!(
            "expected UTF-8, but found the byte 0x{byte:02x} at byte offset {start}, line {}",
            place.line()
        ),
        "save the file as UTF-8; the byte is probably a letter of Latin-1 or Windows-1252",
    )
    .at("", Some(place))
    .into())
}

/// The finding about a text of `length` bytes, none when that is not too many.
pub(super) fn too_large(name: &str, length: usize) -> Option<Finding> {
    (length > MAX_BYTES).then(|| {
        Finding::error(
            "load/too-large",
            format!("expected at most {MAX_BYTES} bytes (64 MiB), but found {length} in {name}"),
            "check that this is the document and not something else; split it by tag if it is",
        )
    })
}

/// The encoding that the first bytes speak of, when it is not UTF-8.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32 (its byte order mark)"),
        [0xff, 0xfe, ..] => Some("UTF-16, little endian (its byte order mark)"),
        [0xfe, 0xff, ..] => Some("UTF-16, big endian (its byte order mark)"),
        [first, 0, _, 0, ..] if *first != 0 => {
            Some("UTF-16, little endian (every second byte is 0)")
        }
        [0x1f, 0x8b, ..] => Some("gzip"),
        [0, first, 0, _, ..] if *first != 0 => Some("UTF-16, big endian (every second byte is 0)"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        decode("a.yaml", bytes.to_vec())
            .expect_err("no UTF-8")
            .to_string()
    }

    #[test]
    fn utf_8_is_taken_byte_for_byte() {
        let text = "\u{feff}a: é\r\n";
        let source = decode("a.yaml", text.as_bytes().to_vec()).expect("UTF-8");
        assert_eq!(source.text, text);
        assert_eq!(source.name, "a.yaml");
    }

    #[test]
    fn a_byte_that_is_no_utf_8_is_shown() {
        insta::assert_snapshot!(message(b"openapi: 3.0.3\ninfo:\n  title: caf\xe9 bar\n"), @r#"
        error[load/encoding]: expected UTF-8, but found the byte 0xe9 at byte offset 33, line 3
         --> a.yaml:3:13
          |
        3 |   title: caf� bar
          |             ^
          |
          = help: save the file as UTF-8; the byte is probably a letter of Latin-1 or Windows-1252
        "#);
    }

    #[test]
    fn utf_16_is_named() {
        insta::assert_snapshot!(message(b"\xff\xfeo\0p\0"), @r#"
        error[load/encoding]: expected a.yaml to be UTF-8, but found UTF-16, little endian (its byte order mark)
         |
         = help: save the file as UTF-8 (for example: iconv -f UTF-16 -t UTF-8)
        "#);
        assert!(message(b"\xfe\xff\0o\0p").contains("UTF-16, big endian"));
        assert!(message(b"o\0p\0e\0").contains("UTF-16, little endian"));
        assert!(message(b"\0o\0p").contains("UTF-16, big endian"));
        assert!(message(b"\xff\xfe\0\0o\0\0\0").contains("UTF-32"));
    }

    #[test]
    fn a_text_that_is_too_large_is_refused_before_it_is_read() {
        insta::assert_snapshot!(message(&vec![b'\xff'; MAX_BYTES + 1]), @r#"
        error[load/too-large]: expected at most 67108864 bytes (64 MiB), but found 67108865 in a.yaml
         |
         = help: check that this is the document and not something else; split it by tag if it is
        "#);
    }
}
