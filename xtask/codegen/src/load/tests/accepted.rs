//! What texts mean, and where their nodes stand.

use super::*;

use crate::document::Places;

/// The text at the place of the key (or item) and of the value at `pointer`.
fn places<'a>(text: &'a str, places: &Places, pointer: &str) -> (&'a str, &'a str) {
    let place = places.nearest(pointer).expect("a place");
    let value = places.value(pointer).expect("a value's place");
    (&text[place.start..place.end], &text[value.start..value.end])
}

#[test]
fn every_node_has_the_place_of_its_key_and_of_its_value() {
    let text = "\u{feff}# é 😀\r\npaths:\r\n  /ä~b: # ü\r\n    get: {\"x\": [1, 'é'], y: }\r\n    d: |\r\n      ö\r\n      z\r\n\r\n    list:\r\n    - a: 1\r\n      b: \"😀\"\r\n    - ß plain\r\n    e:\r\n    f: &k value\r\nz: *k\r\n";
    let document = super::super::yaml(&source(text)).expect("YAML");
    let at = |pointer: &str| places(text, &document.places, pointer);
    assert_eq!(at("/paths").0, "paths");
    assert_eq!(at("/paths/~1ä~0b").0, "/ä~b");
    assert_eq!(at("/paths/~1ä~0b/get"), ("get", "{\"x\": [1, 'é'], y: }"));
    assert_eq!(at("/paths/~1ä~0b/get/x"), ("\"x\"", "[1, 'é']"));
    assert_eq!(at("/paths/~1ä~0b/get/x/1"), ("'é'", "'é'"));
    assert_eq!(at("/paths/~1ä~0b/get/y"), ("y", ""));
    assert_eq!(at("/paths/~1ä~0b/d"), ("d", "ö\r\n      z"));
    assert_eq!(at("/paths/~1ä~0b/list").0, "list");
    assert_eq!(at("/paths/~1ä~0b/list/0").0, "a: 1\r\n      b: \"😀\"");
    assert_eq!(at("/paths/~1ä~0b/list/0/b"), ("b", "\"😀\""));
    assert_eq!(at("/paths/~1ä~0b/list/1").1, "ß plain");
    assert_eq!(at("/paths/~1ä~0b/e"), ("e", ""));
    assert_eq!(at("/paths/~1ä~0b/f"), ("f", "&k value"));
    assert_eq!(at("/z"), ("z", "*k"));
    assert_eq!(at("").0, "");
    let root = document.places.nearest("").expect("a place");
    assert_eq!(root.to_string(), "a.yaml:2:1");
    let emoji = document
        .places
        .value("/paths/~1ä~0b/list/0/b")
        .expect("a place");
    assert_eq!(emoji.to_string(), "a.yaml:11:10");
}

#[test]
fn keys_are_the_text_that_is_written() {
    assert_eq!(
        value("200: a\n1.50: b\ntrue: c\nnull: d\n~: e\n0x10: f\n'g': h\n<<: i\n: j\n!!str 5: k\n"),
        serde_json::json!({
            "200": "a", "1.50": "b", "true": "c", "null": "d", "~": "e", "0x10": "f", "g": "h", "<<": "i", "": "j",
            "5": "k"
        })
    );
}

#[test]
fn the_order_of_keys_stays() {
    let root = value("b: 1\na: 2\nc: 3\n");
    let keys: Vec<_> = root
        .as_object()
        .expect("a mapping")
        .keys()
        .cloned()
        .collect();
    assert_eq!(keys, ["b", "a", "c"]);
}

#[test]
fn quoted_and_tagged_scalars_are_what_they_say() {
    assert_eq!(
        value(
            "a: '1'\nb: \"true\"\nc: !!str 1\nd: !!int '2'\ne: ! 3\nf: .inf\ng: !!float 4\nh: |\n  5\ni: !!map {}\nj: !<tag:yaml.org,2002:str> 6\n"
        ),
        serde_json::json!({
            "a": "1", "b": "true", "c": "1", "d": 2, "e": "3", "f": ".inf", "g": 4.0, "h": "5\n", "i": {}, "j": "6"
        })
    );
}

#[test]
fn aliases_are_copies() {
    assert_eq!(
        value("a: &x {k: [1, 2]}\nb: *x\n&y c: 3\nd: &z 1\ne: [*z, *x]\nf: {*y : last}\n"),
        serde_json::json!({"a": {"k": [1, 2]}, "b": {"k": [1, 2]}, "c": 3, "d": 1, "e": [1, {"k": [1, 2]}], "f": {"c": "last"}})
    );
}

#[test]
fn json_indented_with_tabs_loads() {
    let text = "{\n\t\"openapi\":\t\"3.0.3\",\n\t\"paths\": {\n\t\t\"/a\":\t{\"get\": {\"x\": [\n\t\t\t1,\t2\n\t\t]}}\n\t}\n}\n";
    let document = super::super::load(&source(text)).expect("JSON");
    assert_eq!(
        document.root["paths"]["/a"]["get"]["x"],
        serde_json::json!([1, 2])
    );
    assert_eq!(
        places(text, &document.places, "/paths/~1a/get/x/1"),
        ("2", "2")
    );
}

#[test]
fn json_with_escaped_surrogates_loads_with_places() {
    let text = "\u{feff}{\"a\": \"\\ud83d\\ude00 \\/ \\u00e9\",\n\t\"b\": {\"c\": -0.5e-3}}";
    let document = super::super::yaml(&source(text)).expect("JSON");
    assert_eq!(
        document.root,
        serde_json::json!({"a": "😀 / é", "b": {"c": -0.5e-3}})
    );
    assert_eq!(places(text, &document.places, "/b/c"), ("\"c\"", "-0.5e-3"));
    let twice = "{\"a\": \"\\ud83d\\ude00\", \"a\": 1}";
    assert_eq!(refusal(twice).findings[0].code, "load/duplicate-key");
}
