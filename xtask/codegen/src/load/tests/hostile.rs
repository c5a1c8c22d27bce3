//! Texts that were damaged or made to harm: an error or a value, never a panic, in bounded time and memory.

use super::*;

fn code(text: &str) -> &'static str {
    refusal(text).findings[0].code
}

#[test]
fn deep_nesting_is_refused_without_a_stack_overflow() {
    insta::assert_snapshot!(refusal(&format!("a: {}1{}", "[".repeat(201), "]".repeat(201))), @r#"
    error[load/too-deep]: expected at most 200 levels of nesting, but found more
     --> a.yaml:1:203
      |
    1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]…
      |                                          ^
      |
      = help: move the inner schemas into components and refer to them with `$ref`
    "#);
    assert_eq!(code(&"[".repeat(10_000)), "load/too-deep");
    assert_eq!(code(&"{\"a\":".repeat(10_000)), "load/too-deep");
    assert_eq!(code(&format!("{}1", "- ".repeat(10_000))), "load/too-deep");
    assert_eq!(code(&"? ".repeat(10_000)), "load/key");
    let mappings: String = (0..10_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert_eq!(code(&mappings), "load/too-deep");
}

#[test]
fn nesting_within_the_limit_is_read() {
    let text = format!("a: {}1{}", "[".repeat(199), "]".repeat(199));
    assert!(value(&text).is_object());
}

#[test]
fn aliases_cannot_nest_deeper_than_nodes() {
    let mut text = "a0: &a0 [1]\n".to_owned();
    for level in 1..300 {
        text.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_eq!(code(&text), "load/too-deep");
}

#[test]
fn aliases_that_multiply_are_stopped() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    insta::assert_snapshot!(refusal(&text), @r#"
    error[load/alias-bomb]: expected aliases that copy at most 1000000 nodes and 67108864 bytes, but found more: aliases of aliases multiply
     --> a.yaml:6:45
      |
    6 | a5: &a5 [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]
      |                                             ^^^
      |
      = help: check where the file comes from; use `$ref` and components instead of aliases
    "#);
}

#[test]
fn aliases_that_copy_much_text_are_stopped() {
    let text = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1 << 20),
        "*a, ".repeat(100)
    );
    assert_eq!(code(&text), "load/alias-bomb");
}

#[test]
fn a_text_that_is_too_large_is_refused_before_it_is_parsed() {
    let text = format!("a: '{}'\n", "x".repeat(super::super::MAX_BYTES));
    assert_eq!(code(&text), "load/too-large");
}

#[test]
fn damaged_texts_never_panic() {
    const TEXTS: [&str; 5] = [
        "openapi: 3.0.3\npaths:\n  /a/{b}:\n    get: &g {x: [1, 'é'], \"y\": \"\\u00e9\"}\n    put: *g\n  # c\nd: |-\n  t\n\n  u\n? k\n: - v\n  - !!str 1\n",
        "{\n\t\"openapi\": \"3.0.3\", \"paths\": {\"/a\": {\"get\": {\"d\": \"\\ud83d\\ude00\", \"n\": [1.5e3, null]}}}}\n",
        "# T\n\n````yaml https://x.example/o.yaml\nopenapi: 3.0.3\npaths: {}\n````\n~~~json\n{}\n~~~",
        "\u{feff}%YAML 1.2\n---\na: >+2\n   😀\r\n   x\r\n...\n",
        "swagger: '2.0'\ninfo:\n  title: \"a\n    b\"\n  x: 'c''d'\n",
    ];
    const INSERTED: &[u8] = b"{}[]:,-?&*!|>'\"%@`#\\ \t\r\n\0\x1b~0aA\xef\xbb\xbf\xff\xc3\xa9";
    let mut random = Random(0x5eed);
    for round in 0..6_000 {
        let mut bytes = TEXTS[round % TEXTS.len()].as_bytes().to_vec();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len() + 1);
            let end = (at + random.below(8)).min(bytes.len());
            match random.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.insert(at, INSERTED[random.below(INSERTED.len())]),
                2 => {
                    let copied = bytes[at..end].to_vec();
                    let to = random.below(bytes.len() + 1);
                    bytes.splice(to..to, copied);
                }
                _ => bytes.truncate(bytes.len() - random.below(bytes.len() / 8 + 1)),
            }
        }
        examine(bytes);
    }
}

/// Everything that the stage does with a text, messages included.
fn examine(bytes: Vec<u8>) {
    let result = super::super::decode("a.yaml", bytes).and_then(|source| {
        let text = super::super::read(&source)?;
        let document = super::super::load(&text)?;
        super::super::merge(&[text.clone(), text])?;
        Ok(super::super::warnings(&document))
    });
    if let Err(failure) = result {
        let shown = failure.to_string();
        assert!(!failure.findings.is_empty());
        assert!(
            shown
                .lines()
                .all(|line| !line.contains(|c: char| c.is_control()))
        );
    }
}

/// Numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}
