//! Markdown pages → the OpenAPI documents in their fenced blocks.

use std::ops::Range;
use std::sync::Arc;

use crate::finding::{Failure, Finding};
use crate::printable::shorten;
use crate::source::{Place, Source};

use super::yaml::place;

/// An OpenAPI document in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// The document's text, byte for byte; its name is that of the page and the line of the block.
    pub text: Arc<Source>,
    /// The address in the block's info string: where the document was published.
    pub address: Option<String>,
}

/// The OpenAPI documents in the fenced blocks of a Markdown page, in order.
///
/// A block counts when its info string begins with `yaml`, `yml` or `json` and its text has the key `openapi` (or
/// `swagger`, so that [`super::load`] can say what is wrong with it).
///
/// # Errors
///
/// When a block has no end, and when no block holds an OpenAPI document.
pub fn embedded(source: &Arc<Source>) -> Result<Vec<Embedded>, Failure> {
    let blocks = blocks(source)?;
    let documents: Vec<_> = blocks
        .iter()
        .filter(|block| block.is_openapi())
        .map(|block| block.document(source))
        .collect();
    if !documents.is_empty() {
        return Ok(documents);
    }
    Err(match blocks.first() {
        None => Finding::error(
            "load/no-block",
            "expected a page with an OpenAPI document in a fenced block, but found no fenced block",
            "give the page whose source has the block (often the address with `.md` at its end), or the document itself",
        )
        .at("", Some(place(source, 0, 0))),
        Some(first) => Finding::error(
            "load/no-openapi-block",
            format!(
                "expected a fenced block of `yaml` or `json` with an OpenAPI document, but found {} of other kinds, the \
                 first `{}`",
                count(blocks.len(), "block"),
                shorten(first.info)
            ),
            "give a page of the API reference, or the document itself",
        )
        .at("", Some(first.place.clone())),
    }
    .into())
}

/// Whether the text is a Markdown page and not YAML or JSON; its content decides, its name only in doubt.
pub fn looks_like_markdown(source: &Source) -> bool {
    let text = source.text.trim_start_matches('\u{feff}');
    let mut significant = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = significant.next() else {
        return false;
    };
    let named = [".md", ".mdx", ".markdown"]
        .iter()
        .any(|extension| source.name.to_ascii_lowercase().ends_with(extension));
    if first.trim_start().starts_with('{') || (first.trim_start().starts_with('[') && !named) {
        return false;
    }
    for line in text.lines() {
        if is_document_key(line) {
            return false;
        }
        if opening(line).is_some_and(|fence| fence.indentation == 0) {
            return true;
        }
    }
    named || first.starts_with("> ") || first.starts_with("## ")
}

struct Block<'a> {
    info: &'a str,
    /// The text as it stands, without the indentation that the fence has.
    text: String,
    /// The opening fence.
    place: Place,
}

impl Block<'_> {
    fn is_openapi(&self) -> bool {
        let language = self.info.split_whitespace().next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => self.text.lines().any(is_document_key) || self.is_json(),
            "json" => self.is_json(),
            _ => false,
        }
    }

    fn is_json(&self) -> bool {
        let is_mapping = self.text.trim_start().starts_with('{');
        is_mapping
            && ["\"openapi\"", "\"swagger\""]
                .iter()
                .any(|key| self.text.contains(key))
    }

    fn document(&self, page: &Source) -> Embedded {
        let name = format!("{} (the block at line {})", page.name, self.place.line());
        let address = self
            .info
            .split_whitespace()
            .find(|word| word.starts_with("https://") || word.starts_with("http://"));
        Embedded {
            text: Source::new(name, self.text.as_str()),
            address: address.map(str::to_owned),
        }
    }
}

/// Whether the line is the top-level key by which a document says what it is.
fn is_document_key(line: &str) -> bool {
    ["openapi", "swagger", "overlay"].iter().any(|key| {
        let line = line.strip_prefix(['"', '\'']).unwrap_or(line);
        let rest = line
            .strip_prefix(key)
            .map(|rest| rest.strip_prefix(['"', '\'']).unwrap_or(rest));
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

#[derive(Clone, Copy)]
struct Fence<'a> {
    indentation: usize,
    character: char,
    length: usize,
    info: &'a str,
}

/// The fence that opens a block on this line.
fn opening(line: &str) -> Option<Fence<'_>> {
    let fence = line.trim_start_matches(' ');
    let character = fence
        .chars()
        .next()
        .filter(|first| ['`', '~'].contains(first))?;
    let info = fence.trim_start_matches(character);
    let length = fence.len() - info.len();
    // What CommonMark calls code in the line, not a block.
    let in_line = character == '`' && info.contains('`');
    (length >= 3 && !in_line).then(|| Fence {
        indentation: line.len() - fence.len(),
        character,
        length,
        info: info.trim(),
    })
}

/// How many characters of a fence that closes a block of `open` stand at the end of the line, and whether they stand
/// alone there.
fn closing(line: &str, open: Fence<'_>) -> Option<(usize, bool)> {
    let line = line.trim_end();
    let before = line.trim_end_matches(open.character);
    let length = line.len() - before.len();
    (length >= open.length).then(|| (length, before.trim().is_empty()))
}

fn blocks(source: &Arc<Source>) -> Result<Vec<Block<'_>>, Failure> {
    let text = source.text.as_str();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(start..start + line.len());
        start += line.len();
    }
    let mut blocks = Vec::new();
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        next += 1;
        let Some(fence) = opening(text[line.clone()].trim_end_matches(['\n', '\r'])) else {
            continue;
        };
        let start = line.start + fence.indentation;
        let place = place(source, start, start + fence.length);
        let Some((end, after)) = find_end(text, &lines, next, fence) else {
            return Err(Finding::error(
                "load/unterminated-block",
                format!(
                    "expected a closing fence of {} {} or more, but found the end of the page",
                    fence.length,
                    if fence.character == '`' {
                        "backticks"
                    } else {
                        "tildes"
                    }
                ),
                "check that the page was downloaded to its end",
            )
            .at("", Some(place))
            .into());
        };
        let content = lines.get(next).map_or(text.len(), |line| line.start);
        blocks.push(Block {
            info: fence.info,
            text: without_indentation(&text[content..end.max(content)], fence.indentation),
            place,
        });
        next = after;
    }
    Ok(blocks)
}

/// Where the text of a block whose first line is `first` ends, and the line after the block.
///
/// Some generators put the closing fence at the end of the last line; that counts when no fence of its own closes the
/// block.
fn find_end(
    text: &str,
    lines: &[Range<usize>],
    first: usize,
    open: Fence<'_>,
) -> Option<(usize, usize)> {
    let mut glued = None;
    for (index, range) in lines.iter().enumerate().skip(first) {
        let line = text[range.clone()].trim_end_matches(['\n', '\r']);
        match closing(line, open) {
            Some((_, true)) => return Some((range.start, index + 1)),
            Some((length, false)) => {
                let end = range.start + line.trim_end().len() - length;
                glued = glued.or(Some((end, index + 1)));
            }
            None => {}
        }
        let opens_another = opening(line).is_some_and(|fence| {
            fence.character == open.character
                && fence.length >= open.length
                && !fence.info.is_empty()
        });
        if opens_another && glued.is_some() {
            break;
        }
    }
    glued
}

fn without_indentation(text: &str, indentation: usize) -> String {
    if indentation == 0 {
        return text.to_owned();
    }
    text.split_inclusive('\n')
        .map(|line| {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            &line[spaces.min(indentation)..]
        })
        .collect()
}

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Arc<Source> {
        Source::new("page.md", text)
    }

    fn texts(text: &str) -> Vec<String> {
        let documents = embedded(&page(text)).expect("documents");
        documents
            .iter()
            .map(|document| document.text.text.clone())
            .collect()
    }

    fn message(text: &str) -> String {
        embedded(&page(text)).expect_err("no document").to_string()
    }

    #[test]
    fn a_block_is_taken_byte_for_byte_with_its_address() {
        let text = "> ## Index\n\n# Title\n\n````yaml https://example.com/openapi.yaml post /a\nopenapi: 3.0.3\r\n  ```\né: 1 \n````";
        let documents = embedded(&page(text)).expect("documents");
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].text.text, "openapi: 3.0.3\r\n  ```\né: 1 \n");
        assert_eq!(documents[0].text.name, "page.md (the block at line 5)");
        assert_eq!(
            documents[0].address.as_deref(),
            Some("https://example.com/openapi.yaml")
        );
    }

    #[test]
    fn a_closing_fence_may_be_glued_to_the_last_line() {
        assert_eq!(texts("```yml\nopenapi: 3.0.3```"), ["openapi: 3.0.3"]);
        assert_eq!(
            texts("```yml\nopenapi: 3.0.3\na: b```\n\n```json\n{\"openapi\": 1}\n```\n"),
            ["openapi: 3.0.3\na: b", "{\"openapi\": 1}\n"]
        );
    }

    #[test]
    fn a_fence_inside_the_text_does_not_close_the_block() {
        assert_eq!(
            texts("```yaml\nopenapi: 3.0.3\nd: as ```x```\ne: 1\n```\n"),
            ["openapi: 3.0.3\nd: as ```x```\ne: 1\n"]
        );
        assert_eq!(
            texts("~~~yaml\nopenapi: 1\n```\n~~\n~~~~  \n"),
            ["openapi: 1\n```\n~~\n"]
        );
    }

    #[test]
    fn a_block_in_a_list_loses_the_indentation_of_its_fence() {
        assert_eq!(
            texts("- x\n\n  ```yaml\n  openapi: 1\n    a: 2\n\n  ```\n"),
            ["openapi: 1\n  a: 2\n\n"]
        );
    }

    #[test]
    fn blocks_of_other_kinds_are_passed_over() {
        assert_eq!(
            texts(
                "```sh\nopenapi: 1\n```\n```yaml\nx: 1\n```\n``` YAML\n'openapi' : 1\n```\n`` `a` ``\n"
            ),
            ["'openapi' : 1\n"]
        );
    }

    #[test]
    fn pages_without_a_document_are_refused() {
        insta::assert_snapshot!(message("# Title\n\nNo block.\n"), @r#"
        error[load/no-block]: expected a page with an OpenAPI document in a fenced block, but found no fenced block
         --> page.md:1:1
          |
        1 | # Title
          | ^
          |
          = help: give the page whose source has the block (often the address with `.md` at its end), or the document itself
        "#);
        insta::assert_snapshot!(message("# Title\n\n```sh\ncurl\n```\n\n```yaml\na: 1\n```\n"), @r#"
        error[load/no-openapi-block]: expected a fenced block of `yaml` or `json` with an OpenAPI document, but found 2 blocks of other kinds, the first `sh`
         --> page.md:3:1
          |
        3 | ```sh
          | ^^^
          |
          = help: give a page of the API reference, or the document itself
        "#);
        insta::assert_snapshot!(message("# Title\n\n````yaml\nopenapi: 3.0.3\n```\n"), @r#"
        error[load/unterminated-block]: expected a closing fence of 4 backticks or more, but found the end of the page
         --> page.md:3:1
          |
        3 | ````yaml
          | ^^^^
          |
          = help: check that the page was downloaded to its end
        "#);
    }

    #[test]
    fn content_says_what_a_text_is() {
        let is_page = |name: &str, text: &str| looks_like_markdown(&Source::new(name, text));
        for text in [
            "> ## Documentation Index\n> Fetch\n\n# T\n",
            "# Title\n\n```yaml\nopenapi: 3.0.3\n```\n",
            "---\ntitle: T\n---\n\n# T\n\n~~~yaml\nopenapi: 3.0.3\n~~~\n",
        ] {
            assert!(is_page("x.yaml", text), "{text}");
        }
        for text in [
            "",
            "openapi: 3.0.3\ninfo:\n  description: |\n    ```\n    x\n    ```\n",
            "# made by a tool\nopenapi: 3.0.3\n",
            "\u{feff}\n{\n\"openapi\": \"3.0.3\"}",
            "[1]",
            "a: 1\n",
            "---\nopenapi: 3.0.3\n",
        ] {
            assert!(!is_page("x.yaml", text), "{text}");
        }
        assert!(is_page("x.MD", "Text.\n"));
        assert!(!is_page("x.md", "openapi: 3.0.3\n"));
    }

    #[test]
    fn the_published_page_yields_its_document_byte_for_byte() {
        use sha2::Digest as _;
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/upstream/start-authentication.md");
        let Ok(bytes) = std::fs::read(&file) else {
            println!("skipped: there is no {}", file.display());
            return;
        };
        let page = crate::load::decode("start-authentication.md", bytes).expect("UTF-8");
        assert!(looks_like_markdown(&page));
        let documents = embedded(&page).expect("a document");
        assert_eq!(documents.len(), 1);
        let text = &documents[0].text.text;
        assert_eq!(text.len(), 11_473);
        let digest = sha2::Sha256::digest(text.as_bytes());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            digest,
            "f9e470628becacb9a8a50ab0de8f80957748a196e9a5722394ef531b07029bd3"
        );
        assert_eq!(
            documents[0].address.as_deref(),
            Some("https://app.onlyfansapi.com/scribe-docs/openapi.yaml")
        );
        crate::load::load(&documents[0].text).expect("an OpenAPI document");
        let read = crate::load::read(&page).expect("the document");
        assert_eq!(read.text, *text);
    }
}
