//! `effective`: the document as it is after a stage.

use crate::cli::{Effective, Format, Stage};
use crate::commands::subject;
use crate::error::{Error, Result};
use crate::output::Answer;
use crate::pipeline;
use crate::repository::Repository;

/// Carries the command out.
///
/// # Errors
///
/// When the document cannot be read or made a client of.
pub fn run(repository: &Repository, arguments: &Effective) -> Result<Answer> {
    let (spec, overlays) = subject(repository, &arguments.subject)?;
    let outcome = pipeline::client(spec, overlays)?;
    let document = match arguments.stage {
        Stage::Patched => &outcome.patched,
        Stage::Repaired => &outcome.repaired,
    };
    if arguments.format == Format::Json {
        return Ok(Answer::json(true, &document.root));
    }
    let text = yaml(&document.root)?;
    Ok(Answer {
        ok: true,
        text,
        notes: String::new(),
    })
}

fn yaml(document: &serde_json::Value) -> Result<String> {
    serde_yaml::to_string(document).map_err(|error| {
        Error::new(
            format!("could not write the document as YAML: {error}"),
            "print it with `--format json`, and report this as a fault of ours",
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::yaml;

    #[test]
    fn what_looks_like_another_type_is_quoted() {
        let document = json!({
            "200": { "yes": "no", "null": "~", "a": "1.0.0", "b": "1.0", "c": "2025-01-01", "d": "", "e": " x", "f": "a: b", "g": "0x1f", "h": "1e3", "i": "-", "j": "#", "k": "12:30" }
        });
        let text = yaml(&document).unwrap();
        insta::assert_snapshot!(text, @"
        '200':
          yes: no
          'null': '~'
          a: 1.0.0
          b: '1.0'
          c: 2025-01-01
          d: ''
          e: ' x'
          f: 'a: b'
          g: '0x1f'
          h: '1e3'
          i: '-'
          j: '#'
          k: 12:30
        ");
        assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), document);
    }

    #[test]
    fn the_order_of_keys_stays() {
        assert_eq!(yaml(&json!({ "b": 1, "a": 2 })).unwrap(), "b: 1\na: 2\n");
    }
}
