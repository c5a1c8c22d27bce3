//! The fingerprint of `spec/`: what ties the committed client to the files that it was made from.
//!
//! This file imports nothing but the standard library, because the crate's build script includes it as it stands: a
//! build without the generator compares fingerprints and must have no dependency at all. Hence FNV-1a, which fits
//! here, instead of a hash crate. It tells a forgotten `regen` from a fresh one; it is no defence against somebody
//! who wants a collision.
//!
//! The text is hashed with `\n` for `\r\n` and without a byte order mark, so that a checkout on Windows has the same
//! fingerprint as the tree that it came from.

// The build script that includes this file uses a part of it only.
#![allow(dead_code)]

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How the line of the client's header begins that holds the fingerprint.
pub const HEADER: &str = "// spec: ";

/// The upstream document's name within `spec/`.
pub const DOCUMENT: &str = "upstream/openapi.yaml";

/// The folder of the overlays within `spec/`.
pub const OVERLAYS: &str = "overlays";

/// The folder of the supplements within `spec/`.
pub const SUPPLEMENTS: &str = "supplements";

/// The folders of YAML files that the client is made from.
pub const FOLDERS: [&str; 2] = [OVERLAYS, SUPPLEMENTS];

/// The rules about secrets within `spec/`.
pub const SECRETS: &str = "secrets.yaml";

/// The ledger of names within `spec/`.
pub const NAMES: &str = "names.toml";

/// The files that the client is made from: the document, then the overlays and the supplements by name, then the rules
/// about secrets and the ledger of names, each once there is one.
///
/// # Errors
///
/// When a folder exists and cannot be read.
pub fn inputs(spec: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = vec![spec.join(DOCUMENT)];
    for name in FOLDERS {
        files.extend(folder(spec, name)?);
    }
    for name in [SECRETS, NAMES] {
        files.extend(Some(spec.join(name)).filter(|file| file.exists()));
    }
    Ok(files)
}

/// The YAML files in the folder `name` of `spec` in the order in which they apply: by name, whatever order the file
/// system lists them in.
///
/// # Errors
///
/// When the folder exists and cannot be read. No folder means no files.
pub fn folder(spec: &Path, name: &str) -> io::Result<Vec<PathBuf>> {
    let folder = spec.join(name);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(naming(&folder, &error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| naming(&folder, &error))?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The fingerprint of the files in `spec`.
///
/// # Errors
///
/// When one of them cannot be read; the error names it.
pub fn of(spec: &Path) -> io::Result<String> {
    let mut document = Vec::new();
    let mut parts = Vec::new();
    for (index, path) in inputs(spec)?.into_iter().enumerate() {
        let bytes = fs::read(&path).map_err(|error| naming(&path, &error))?;
        if index == 0 {
            document = bytes;
        } else {
            parts.push((path.to_string_lossy().into_owned(), bytes));
        }
    }
    Ok(of_parts(
        &document,
        parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
    ))
}

/// The fingerprint of a document and the other files, each with its path; of that only the last part counts, and the
/// folder that it is in when it is one of [`FOLDERS`].
pub fn of_parts<'a>(
    document: &[u8],
    others: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> String {
    let mut hash = Fnv::new();
    hash.file(DOCUMENT, document);
    for (name, bytes) in others {
        let mut parts = name.rsplit(['/', '\\']);
        let file = parts.next().unwrap_or(name);
        let folder = parts.next().filter(|folder| FOLDERS.contains(folder));
        hash.file(&format!("{}/{file}", folder.unwrap_or_default()), bytes);
    }
    format!("{:032x}", hash.0)
}

/// The fingerprint in the header of `client`, none when it has none: the header is the comment that it begins with.
pub fn in_header(client: &str) -> Option<&str> {
    client
        .lines()
        .take_while(|line| line.starts_with("//"))
        .find_map(|line| line.strip_prefix(HEADER))
        .map(str::trim_end)
}

fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// FNV-1a with 128 bits.
struct Fnv(u128);

impl Fnv {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    fn new() -> Self {
        Self(Self::OFFSET)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(Self::PRIME);
        }
    }

    /// Names and texts are each followed by their length, so that no byte can move from one to the next unseen.
    fn file(&mut self, name: &str, text: &[u8]) {
        self.measured(name.as_bytes());
        self.measured(&as_on_unix(text));
    }

    fn measured(&mut self, bytes: &[u8]) {
        self.bytes(bytes);
        self.bytes(&(bytes.len() as u64).to_le_bytes());
    }
}

/// `text` with `\n` for `\r\n` and without a byte order mark.
fn as_on_unix(text: &[u8]) -> Cow<'_, [u8]> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if !text.contains(&b'\r') {
        return Cow::Borrowed(text);
    }
    let next = text.iter().skip(1).map(Some).chain([None]);
    let kept = text.iter().zip(next);
    let kept = kept.filter(|(byte, next)| !(**byte == b'\r' && *next == Some(&b'\n')));
    Cow::Owned(kept.map(|(byte, _)| *byte).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn the_hash_is_fnv_1a_of_128_bits() {
        let mut hash = Fnv::new();
        hash.bytes(b"hello");
        assert_eq!(hash.0, 0xe3e1_efd5_4283_d94f_7081_314b_599d_31b3);
    }

    #[test]
    fn files_and_parts_have_the_same_fingerprint() {
        let folder = spec(&[
            ("overlays/20-b.yaml", "b: 1\n"),
            ("overlays/10-a.yaml", "a: 1\n"),
            ("overlays/notes.md", "not an overlay"),
            ("supplements/10-a.yaml", "c: 1\n"),
            (NAMES, "A = []\n"),
            (SECRETS, "rules: []\n"),
            (DOCUMENT, "openapi: 3.0.3\n"),
        ]);
        let parts = of_parts(
            b"openapi: 3.0.3\n",
            [
                ("spec/overlays/10-a.yaml", b"a: 1\n".as_slice()),
                ("C:\\spec\\overlays\\20-b.yaml", b"b: 1\n".as_slice()),
                ("spec/supplements/10-a.yaml", b"c: 1\n".as_slice()),
                ("spec/secrets.yaml", b"rules: []\n".as_slice()),
                (NAMES, b"A = []\n".as_slice()),
            ],
        );
        assert_eq!(of(folder.path()).unwrap(), parts);
    }

    #[test]
    fn the_inputs_are_in_the_order_in_which_they_apply() {
        let folder = spec(&[
            ("overlays/20-b.yaml", ""),
            ("overlays/10-a.yaml", ""),
            (NAMES, ""),
            (DOCUMENT, ""),
        ]);
        let inputs = inputs(folder.path()).unwrap();
        let names: Vec<_> = inputs
            .iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap())
            .collect();
        assert_eq!(
            names,
            [
                Path::new(DOCUMENT),
                Path::new("overlays/10-a.yaml"),
                Path::new("overlays/20-b.yaml"),
                Path::new(NAMES)
            ]
        );
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_do_not_count() {
        let unix = of_parts(b"a: 1\nb: 2\n", []);
        assert_eq!(unix, of_parts(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", []));
        assert_ne!(unix, of_parts(b"a: 1\rb: 2\r", []));
        assert_ne!(unix, of_parts(b"a: 1\n\nb: 2\n", []));
    }

    #[test]
    fn names_order_and_borders_count() {
        let some = of_parts(b"d", [("a", b"12".as_slice()), ("b", b"3".as_slice())]);
        for other in [
            of_parts(b"d", [("b", b"3".as_slice()), ("a", b"12".as_slice())]),
            of_parts(b"d", [("a", b"1".as_slice()), ("b", b"23".as_slice())]),
            of_parts(b"d", [("a", b"12".as_slice()), ("c", b"3".as_slice())]),
            of_parts(b"d", [("a", b"12".as_slice())]),
            of_parts(
                b"d",
                [("overlays/a", b"12".as_slice()), ("b", b"3".as_slice())],
            ),
        ] {
            assert_ne!(some, other);
        }
    }

    #[test]
    fn a_missing_document_is_named() {
        let folder = spec(&[("overlays/10-a.yaml", "")]);
        let error = of(folder.path()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(error.to_string().contains("openapi.yaml"), "{error}");
    }

    #[test]
    fn the_header_is_the_first_comment_only() {
        let client = "// Made by `cargo xtask regen`.\n// spec: 00ff\n\n// spec: 11ee\n";
        assert_eq!(in_header(client), Some("00ff"));
        assert_eq!(in_header("// spec: 00ff\r\n"), Some("00ff"));
        assert_eq!(in_header("mod a;\n// spec: 00ff\n"), None);
        assert_eq!(in_header(""), None);
    }
}
