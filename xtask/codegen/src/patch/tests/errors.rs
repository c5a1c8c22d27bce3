//! What is wrong with an overlay, and how it is said.

use std::sync::Arc;

use crate::document::Document;
use crate::load;
use crate::patch::apply;
use crate::source::Source;

fn document() -> Document {
    load::yaml(&Source::new("openapi.yaml", "info: {}\n")).expect("the document is YAML")
}

/// What is wrong with the overlays: place, code and pointer, problem, action.
fn problems(overlays: &[Arc<Source>]) -> String {
    let failure = apply(&document(), overlays, &[]).expect_err("the overlay is wrong");
    let lines: Vec<String> = failure
        .findings
        .iter()
        .map(|finding| {
            let place = finding.place.as_ref().expect("a place");
            format!(
                "{place} {} {}\n  {}\n  {}",
                finding.code, finding.pointer, finding.problem, finding.action
            )
        })
        .collect();
    lines.join("\n")
}

fn overlay(text: &str) -> Arc<Source> {
    Source::new("facts.yaml", text)
}

/// What is wrong with an action that has these lines besides an id and a reason.
fn action(lines: &str) -> String {
    problems(&[overlay(&format!(
        "overlay: 1.1.0\ninfo: {{ title: Facts, version: '1' }}\nactions:\n  - x-id: one\n    x-reason: why\n{lines}"
    ))])
}

#[test]
fn what_stands_around_the_actions_is_checked() {
    insta::assert_snapshot!(problems(&[overlay("overlay: 2.0.0\ninfo: { title: Facts, vresion: 1 }\nacions: []\n")]), @r#"
facts.yaml:3:1 patch/key /acions
  expected `actions`, but found `acions`
  correct the key, or delete it
facts.yaml:1:10 patch/version /overlay
  expected the overlay's version to be 1.0 or 1.1, but found `"2.0.0"`
  write `overlay: 1.1.0`
facts.yaml:2:23 patch/key /info/vresion
  expected `version`, but found `vresion`
  correct the key, or delete it
facts.yaml:2:7 patch/info /info
  expected a string as the overlay's `version`, but found none
  write `version` below `info`, in quotes if it looks like a number
facts.yaml:1:1 patch/actions 
  expected `actions`, but found none
  write an action, or delete the overlay
"#);
    insta::assert_snapshot!(problems(&[overlay("overlay: 1.0.1\nextends: openapi.yaml\ninfo: { title: Facts, version: '1' }\nactions: []\n")]), @r"
facts.yaml:4:10 patch/actions /actions
  expected a sequence of at least one action, but found none
  write an action, or delete the overlay
");
    insta::assert_snapshot!(problems(&[overlay("overlay: 1.1.0\ninfo: { title: Facts, version: '1' }\nactions: [remove]\n")]), @r#"
facts.yaml:3:11 patch/actions /actions/0
  expected an action (a mapping), but found `"remove"`
  write `target` and one of `update`, `remove` and `copy`
"#);
}

#[test]
fn an_action_must_say_who_it_is_and_what_it_does() {
    let text = "overlay: 1.1.0\ninfo: { title: Facts, version: '1' }\nactions:\n  - description: nothing\n  - { x-id: Not Kebab, x-reason: ' ', target: 1 }\n";
    insta::assert_snapshot!(problems(&[overlay(text)]), @r#"
facts.yaml:4:5 patch/id /actions/0
  expected an `x-id` of lowercase words joined by `-`, but found none
  name the patch after what it mends, such as `x-id: custom-proxy-example`
facts.yaml:4:5 patch/reason /actions/0
  expected an `x-reason`, but found none
  say in a sentence why the patch is needed
facts.yaml:4:5 patch/target /actions/0
  expected a `target`, but found none
  write the JSONPath of what the patch changes
facts.yaml:4:5 patch/modifier /actions/0/target
  expected one of `update`, `remove` and `copy`, but found none
  keep one of them, and write another action for the rest
facts.yaml:4:5 patch/defect /actions/0
  expected an `x-defect`, but found none
  say what the document looks like while the patch is needed, such as `x-defect: { equals: [] }`
facts.yaml:5:13 patch/id /actions/1/x-id
  expected an `x-id` of lowercase words joined by `-`, but found `"Not Kebab"`
  name the patch after what it mends, such as `x-id: custom-proxy-example`
facts.yaml:5:34 patch/reason /actions/1/x-reason
  expected an `x-reason`, but found `" "`
  say in a sentence why the patch is needed
facts.yaml:5:47 patch/path /actions/1/target
  expected a JSONPath (RFC 9535), but found `1`
  write it as a string that starts with `$`
facts.yaml:5:47 patch/modifier /actions/1/target
  expected one of `update`, `remove` and `copy`, but found none
  keep one of them, and write another action for the rest
facts.yaml:5:5 patch/defect /actions/1
  expected an `x-defect`, but found none
  say what the document looks like while the patch is needed, such as `x-defect: { equals: [] }`
"#);
}

#[test]
fn a_bad_path_is_found_wherever_it_stands() {
    insta::assert_snapshot!(action("    target: $.a..\n    copy: a.b\n    x-defect: { at: $.x-y, absent: true }\n    x-fixed: [{ at: '$[?(@.a = 1)]', present: true }]\n"), @r"
facts.yaml:6:13 patch/path /actions/0/target
  expected a JSONPath (RFC 9535), but found one that cannot be read from position 6 on (must start with lowercase alpha or '_')
$.a..
     ^
  write keys with other characters than letters, digits and `_` as `['/api/x']`, and filters as `[?(@.name == 'x')]`
facts.yaml:7:11 patch/path /actions/0/copy
  expected a JSONPath (RFC 9535), but found one that cannot be read from position 1 on
a.b
^
  start it with `$`, the root of the document
facts.yaml:8:21 patch/path /actions/0/x-defect/at
  expected a JSONPath (RFC 9535), but found one that cannot be read from position 4 on
$.x-y
   ^
  write keys with other characters than letters, digits and `_` as `['/api/x']`, and filters as `[?(@.name == 'x')]`
facts.yaml:9:21 patch/path /actions/0/x-fixed/0/at
  expected a JSONPath (RFC 9535), but found one that cannot be read from position 4 on
$[?(@.a = 1)]
   ^
  write keys with other characters than letters, digits and `_` as `['/api/x']`, and filters as `[?(@.name == 'x')]`
");
}

#[test]
fn an_action_does_one_thing() {
    insta::assert_snapshot!(action("    target: $.a\n    x-defect: { present: true }\n    update: {}\n    remove: true\n"), @r"
facts.yaml:9:13 patch/modifier /actions/0/remove
  expected one of `update`, `remove` and `copy`, but found `update` and `remove`
  keep one of them, and write another action for the rest
");
    insta::assert_snapshot!(action("    target: $.a\n    x-defect: { present: true }\n    remove: false\n"), @r"
facts.yaml:8:13 patch/modifier /actions/0/remove
  expected `remove: true`, but found `false`
  write `remove: true`, or delete the action
");
    insta::assert_snapshot!(action("    target: $\n    x-defect: { present: true }\n    remove: true\n"), @r"
facts.yaml:6:13 patch/root /actions/0/target
  expected to remove a part of the document, but found all of it
  name the node to remove in `target`
");
}

#[test]
fn a_misspelt_key_is_recognised() {
    insta::assert_snapshot!(action("    tagret: $.a\n    target: $.a\n    x-defct: { present: true }\n    x-note: mine\n    remove: true\n    why: not\n"), @r"
facts.yaml:6:5 patch/key /actions/0/tagret
  expected `target`, but found `tagret`
  correct the key, or delete it
facts.yaml:8:5 patch/key /actions/0/x-defct
  expected `x-defect`, but found `x-defct`
  correct the key, or delete it
facts.yaml:11:5 patch/key /actions/0/why
  expected one of `target`, `description`, `update`, `remove`, `copy`, but found `why`
  correct the key, or delete it
facts.yaml:4:5 patch/defect /actions/0
  expected an `x-defect`, but found none
  say what the document looks like while the patch is needed, such as `x-defect: { equals: [] }`
");
}

#[test]
fn a_condition_is_checked() {
    insta::assert_snapshot!(action("    target: $.a\n    remove: true\n    x-defect: { at: $.b, equal: 1, colour: red }\n    x-fixed: { at: $.b }\n"), @r"
facts.yaml:8:26 patch/key /actions/0/x-defect/equal
  expected `equals`, but found `equal`
  correct the key, or delete it
facts.yaml:8:36 patch/key /actions/0/x-defect/colour
  expected one of `at`, `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`, but found `colour`
  correct the key, or delete it
facts.yaml:9:14 patch/condition /actions/0/x-fixed
  expected a condition with a test, but found none
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
");
    insta::assert_snapshot!(action("    target: $.a\n    remove: true\n    x-defect: [{ type: map, sha256: abc }, { absent: false }, { lacks: [], has: a }]\n    x-fixed: [true, { absent: true, type: 'null' }]\n"), @r#"
facts.yaml:8:24 patch/condition /actions/0/x-defect/0/type
  expected `type` to be one of `object`, `array`, `string`, `number`, `integer`, `boolean`, `null`, but found `"map"`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
facts.yaml:8:37 patch/condition /actions/0/x-defect/0/sha256
  expected `sha256` to be 64 hexadecimal digits, but found `"abc"`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
facts.yaml:8:54 patch/condition /actions/0/x-defect/1/absent
  expected `absent: true`, but found `false`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
facts.yaml:8:72 patch/condition /actions/0/x-defect/2/lacks
  expected `lacks` to be a sequence of keys, but found `[]`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
facts.yaml:8:81 patch/condition /actions/0/x-defect/2/has
  expected `has` to be a sequence of keys, but found `"a"`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
facts.yaml:9:15 patch/condition /actions/0/x-fixed/0
  expected a condition (a mapping), but found `true`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
facts.yaml:9:31 patch/condition /actions/0/x-fixed/1/absent
  expected `absent` to be the only test, but found others beside it
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
"#);
    insta::assert_snapshot!(action("    target: $.a\n    remove: true\n    x-defect: []\n    x-fixed: []\n"), @r"
facts.yaml:8:15 patch/condition /actions/0/x-defect
  expected a condition (a mapping), but found `[]`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
facts.yaml:9:14 patch/condition /actions/0/x-fixed
  expected a condition (a mapping), but found `[]`
  write a path and a test, such as `{ at: $.info, lacks: [contact] }`; the tests are `equals`, `sha256`, `absent`, `present`, `type`, `lacks`, `has`
");
}

#[test]
fn two_patches_of_one_id_are_found_across_files() {
    let action =
        "{ x-id: one, x-reason: why, target: $.a, remove: true, x-defect: { present: true } }";
    let text =
        format!("overlay: 1.1.0\ninfo: {{ title: Facts, version: '1' }}\nactions: [{action}]\n");
    let failure = apply(
        &document(),
        &[
            Source::new("10.yaml", text.as_str()),
            Source::new("20.yaml", text.as_str()),
        ],
        &[],
    )
    .expect_err("the id is there twice");
    let [finding] = failure.findings.as_slice() else {
        panic!("{failure}");
    };
    let related = finding
        .related
        .as_ref()
        .map(|(place, label)| format!("{place}: {label}"));
    let text = format!(
        "{:?}: {}\n{}\n{}",
        finding.place,
        finding.problem,
        finding.action,
        related.unwrap_or_default()
    );
    insta::assert_snapshot!(text, @r"
Some(20.yaml:3:19): expected every patch to have an id of its own, but found `one` twice
give one of the two another `x-id`
10.yaml:3:19: the other patch of this id
");
}

#[test]
fn what_is_no_yaml_is_told_with_the_rest() {
    let failure = apply(&document(), &[overlay("a: ["), overlay("[]")], &[])
        .expect_err("neither is an overlay");
    assert_eq!(failure.findings.len(), 2);
}
