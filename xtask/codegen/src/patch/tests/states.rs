//! Each state, on changed copies of one small document.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::document::Document;
use crate::load;
use crate::patch::{PatchReport, State, apply, canonical_sha256};
use crate::source::Source;

/// A document as upstream wrote it when the patches were made.
fn upstream() -> Value {
    json!({
        "info": {"title": "Pets", "version": "1.0.0"},
        "tags": [{"name": "a"}, {"name": "b"}, {"name": "c"}],
        "paths": {"/pets": {"post": {
            "summary": "Add",
            "body": {"properties": {
                "owner": {"type": "object", "example": []},
                "password": {"type": "string", "description": "Secret"},
                "kind": {"oneOf": [{"type": "object"}, {"type": "object"}]},
            }},
        }}},
    })
}

fn document(root: &Value) -> Document {
    let text = serde_json::to_string_pretty(root).expect("a value has a text");
    load::yaml(&Source::new("openapi.yaml", text)).expect("the document is JSON")
}

fn overlay(actions: &str) -> Arc<Source> {
    Source::new(
        "overlay.yaml",
        format!("overlay: 1.1.0\ninfo: {{ title: Facts, version: '1' }}\nactions:\n{actions}"),
    )
}

/// `root` after the actions, and what became of each.
fn patched(root: &Value, actions: &str) -> (Value, Vec<PatchReport>) {
    let (document, reports) = apply(&document(root), &[overlay(actions)], &[])
        .unwrap_or_else(|failure| panic!("{failure}"));
    (document.root, reports)
}

/// Checks the state of the last patch and whether the document changed, and gives back the advice.
#[track_caller]
fn check(root: &Value, actions: &str, state: State, changes: bool) -> String {
    let (after, reports) = patched(root, actions);
    let report = reports.last().expect("a patch");
    assert_eq!(report.state, state, "{}", report.advice);
    assert_eq!(after != *root, changes, "{after:#}");
    report.advice.clone()
}

/// A copy of `root` in which the node at `pointer` is `value`.
fn with(mut root: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("no root");
    root.pointer_mut(parent)
        .and_then(Value::as_object_mut)
        .expect("an object")
        .insert(key.replace("~1", "/"), value);
    root
}

const PROPERTIES: &str = "/paths/~1pets/post/body/properties";

const EMPTY_EXAMPLE: &str = "
- target: $.paths['/pets'].post.body.properties.owner.example
  x-id: owner-example
  x-reason: PHP writes an empty map as a list
  x-defect: { equals: [] }
  remove: true
";

#[test]
fn a_removal_applies_while_the_defect_is_there() {
    let (after, reports) = patched(&upstream(), EMPTY_EXAMPLE);
    assert_eq!(reports[0].state, State::Applied);
    assert_eq!(reports[0].advice, "");
    assert_eq!(
        after.pointer(&format!("{PROPERTIES}/owner")),
        Some(&json!({"type": "object"}))
    );
}

#[test]
fn a_removal_of_what_is_gone_is_retired() {
    let root = with(
        upstream(),
        &format!("{PROPERTIES}/owner"),
        json!({"type": "object"}),
    );
    insta::assert_snapshot!(check(&root, EMPTY_EXAMPLE, State::Retired, false), @"what the patch removes is already gone: delete the patch");
}

#[test]
fn a_removal_of_something_else_than_the_defect_has_drifted() {
    let root = with(
        upstream(),
        &format!("{PROPERTIES}/owner/example"),
        json!({"name": "Ann"}),
    );
    insta::assert_snapshot!(check(&root, EMPTY_EXAMPLE, State::Drifted, false), @r#"expected `[]` at `$.paths['/pets'].post.body.properties.owner.example`, but found `{"name":"Ann"}`: look at what changed there, then change the patch or delete it (the patch was not applied)"#);
}

#[test]
fn a_patch_without_its_place_is_missing() {
    let root = with(upstream(), &format!("{PROPERTIES}/owner"), json!(null));
    let root = with(root, "/paths/~1pets/post/body", json!({}));
    insta::assert_snapshot!(check(&root, EMPTY_EXAMPLE, State::Missing, false), @"expected `target` to select something, but found nothing: look below `$.paths['/pets'].post.body`, which is still there, then change `target` or delete the patch");
}

const SECRET: &str = "
- target: $.paths['/pets'].post.body.properties.password
  x-id: password-is-secret
  x-reason: the password must not be printed
  x-defect: { type: object, lacks: [format] }
  update: { format: password }
";

#[test]
fn an_update_applies_while_the_defect_is_there() {
    let (after, reports) = patched(&upstream(), SECRET);
    assert_eq!(reports[0].state, State::Applied);
    assert_eq!(
        after.pointer(&format!("{PROPERTIES}/password/format")),
        Some(&json!("password"))
    );
}

#[test]
fn an_update_that_would_change_nothing_is_retired() {
    let root = with(
        upstream(),
        &format!("{PROPERTIES}/password/format"),
        json!("password"),
    );
    insta::assert_snapshot!(check(&root, SECRET, State::Retired, false), @"the document already says what the patch says: delete the patch");
}

#[test]
fn an_update_never_overwrites_what_drifted() {
    let root = with(
        upstream(),
        &format!("{PROPERTIES}/password/format"),
        json!("byte"),
    );
    insta::assert_snapshot!(check(&root, SECRET, State::Drifted, false), @r#"expected an object without `format` at `$.paths['/pets'].post.body.properties.password`, but found `format` with `"byte"`: look at what changed there, then change the patch or delete it (the patch was not applied)"#);
}

#[test]
fn a_drifted_update_that_only_adds_keys_is_applied() {
    let actions = SECRET.replace("lacks: [format]", "equals: { type: string }");
    insta::assert_snapshot!(check(&upstream(), &actions, State::Drifted, true), @r#"expected `{"type":"string"}` at `$.paths['/pets'].post.body.properties.password`, but found `{"type":"string","description":"Secret"}`: look at what changed there, then change the patch or delete it (the patch was applied, since it only adds keys)"#);
}

#[test]
fn a_drifted_update_is_applied_where_it_only_adds_keys() {
    let actions = SECRET.replace(
        "target: $.paths['/pets'].post.body.properties.password",
        "target: $.paths['/pets'].post.body.properties[?(@.type == 'string')]",
    );
    let root = with(
        upstream(),
        &format!("{PROPERTIES}/code"),
        json!({"type": "string", "format": "uuid"}),
    );
    insta::assert_snapshot!(check(&root, &actions, State::Drifted, true), @r#"expected an object without `format` at `$.paths['/pets'].post.body.properties[?(@.type == 'string')]`, but found `format` with `"uuid"`: look at what changed there, then change the patch or delete it (the patch was applied in 1 of 2 places, where it only adds keys)"#);
    let (after, _) = patched(&root, &actions);
    let format = |name: &str| {
        after
            .pointer(&format!("{PROPERTIES}/{name}/format"))
            .cloned()
    };
    assert_eq!(format("password"), Some(json!("password")));
    assert_eq!(format("code"), Some(json!("uuid")));
}

#[test]
fn nothing_is_absent_from_what_is_not_there() {
    let actions = SECRET.replace(
        "{ type: object, lacks: [format] }",
        "{ at: \"$.paths['/pets'].post.boddy.format\", absent: true }",
    );
    insta::assert_snapshot!(check(&upstream(), &actions, State::Drifted, true), @"expected something at `$.paths['/pets'].post.boddy`, but found nothing: look at what changed there, then change the patch or delete it (the patch was applied, since it only adds keys)");
}

#[test]
fn targets_of_two_kinds_are_not_merged() {
    let actions = "
- target: $[?(@.title || @[0])]
  x-id: mixed
  x-reason: none
  x-defect: { present: true }
  update: { name: d }
";
    insta::assert_snapshot!(check(&upstream(), actions, State::Drifted, false), @"expected targets of one kind (objects, arrays or primitives) at `/tags`, but found an array: change the patch, or remove the node in an action before it (the patch was not applied)");
}

const ADDITION: &str = "
- target: $.paths
  x-id: add-cats
  x-reason: upstream does not document it
  x-defect: { lacks: [/cats] }
  update:
    /cats:
      get: { summary: Cats, tags: [a] }
";

#[test]
fn an_addition_leaves_alone_what_upstream_now_documents() {
    assert_eq!(check(&upstream(), ADDITION, State::Applied, true), "");
    let same = with(
        upstream(),
        "/paths/~1cats",
        json!({"get": {"summary": "Cats", "tags": ["a", "b"], "description": "More"}}),
    );
    check(&same, ADDITION, State::Retired, false);
    let other = with(
        upstream(),
        "/paths/~1cats",
        json!({"get": {"summary": "All cats"}}),
    );
    insta::assert_snapshot!(check(&other, ADDITION, State::Drifted, false), @r#"expected an object without `/cats` at `$.paths`, but found `/cats` with `{"get":{"summary":"All cats"}}`: look at what changed there, then change the patch or delete it (the patch was not applied)"#);
    let half = with(
        upstream(),
        "/paths/~1cats",
        json!({"get": {"summary": "Cats"}}),
    );
    check(&half, ADDITION, State::Drifted, false);
    let beside = with(
        upstream(),
        "/paths/~1cats",
        json!({"put": {"summary": "Cats"}}),
    );
    check(&beside, ADDITION, State::Drifted, true);
}

#[test]
fn what_counts_as_fixed_can_be_said() {
    let fixed = format!(
        "{ADDITION}  x-fixed:\n  - {{ at: \"$.paths['/cats'].get\", present: true }}\n  - [{{ at: \"$.paths['/v2/cats']\", present: true }}, {{ at: $.info.version, equals: 2.0.0 }}]\n"
    );
    assert_eq!(check(&upstream(), &fixed, State::Applied, true), "");
    let other = with(
        upstream(),
        "/paths/~1cats",
        json!({"get": {"summary": "All cats"}}),
    );
    insta::assert_snapshot!(check(&other, &fixed, State::Retired, false), @"the document is as `x-fixed` expects: delete the patch");
    let gone = json!({"info": {"version": "2.0.0"}});
    insta::assert_snapshot!(check(&gone, &fixed, State::Missing, false), @"expected `target` to select something, but found nothing: look below `$`, which is still there, then change `target` or delete the patch");
}

#[test]
fn what_is_not_fixed_as_it_was_said_is_not_retired() {
    let never = "  x-fixed: { at: $.info.version, equals: 2.0.0 }\n";
    let root = with(
        upstream(),
        &format!("{PROPERTIES}/password/format"),
        json!("password"),
    );
    check(&root, &format!("{SECRET}{never}"), State::Drifted, false);
    let root = with(upstream(), &format!("{PROPERTIES}/owner"), json!({}));
    check(
        &root,
        &format!("{EMPTY_EXAMPLE}{never}"),
        State::Missing,
        false,
    );
}

#[test]
fn a_drifted_update_appends_nothing() {
    let actions = "
- target: $.paths['/pets'].post
  x-id: owner-required
  x-reason: the vendor said so
  x-defect: { lacks: [required] }
  update: { required: [owner], deprecated: true }
";
    assert_eq!(check(&upstream(), actions, State::Applied, true), "");
    for required in [json!(["owner"]), json!(["kind"])] {
        let root = with(upstream(), "/paths/~1pets/post/required", required);
        check(&root, actions, State::Drifted, false);
    }
}

#[test]
fn a_patch_without_effect_has_drifted() {
    let actions = "
- target: $.info
  x-id: title
  x-reason: none
  x-defect: { present: true }
  update: { title: Pets }
";
    insta::assert_snapshot!(check(&upstream(), actions, State::Drifted, false), @"expected the patch to change something where `x-defect` holds, but found no effect: tighten `x-defect` or delete the patch");
}

#[test]
fn what_is_overwritten_must_be_pinned() {
    let actions = |defect: &str| {
        format!(
            "
- target: $.paths['/pets'].post
  x-id: summary
  x-reason: upstream's is wrong
  x-defect: {defect}
  update: {{ summary: Adopt }}
"
        )
    };
    let root = upstream();
    insta::assert_snapshot!(check(&root, &actions("{ has: [summary] }"), State::Drifted, false), @r#"expected `x-defect` to pin what is overwritten, but found `"Add"` at `/paths/~1pets/post/summary` unpinned: add `equals` or `sha256` for it or for a node above it (the patch was not applied)"#);
    let pinned = "{ at: \"$.paths['/pets'].post.summary\", equals: Add }";
    assert_eq!(check(&root, &actions(pinned), State::Applied, true), "");
    let hash = canonical_sha256(root.pointer("/paths/~1pets").expect("there"));
    let pinned = format!("{{ at: \"$.paths['/pets']\", sha256: {hash} }}");
    assert_eq!(check(&root, &actions(&pinned), State::Applied, true), "");
    let changed = with(root, "/paths/~1pets/post/body", json!(1));
    insta::assert_snapshot!(check(&changed, &actions(&pinned), State::Drifted, false), @r#"expected a value of sha256 `4fe47587705137f492c0a188697bed526cdc14fd8aa75737f86a26bcd69819d2` at `$.paths['/pets']`, but found `{"post":{"summary":"Add","body":1}}` of sha256 `61ddea8e3ad604292bc308bcbc665ba15e300c76f51a2e9529ecbecf080cd67c`: look at what changed there, then change the patch or delete it (the patch was not applied)"#);
}

#[test]
fn what_is_removed_must_be_pinned_or_waived() {
    let actions = |defect: &str| {
        format!(
            "
- target: $.paths['/pets'].post.body
  x-id: body
  x-reason: nobody sends it
  x-defect: {defect}
  remove: true
"
        )
    };
    let elsewhere = actions("{ at: $.info.version, equals: 1.0.0 }");
    insta::assert_snapshot!(check(&upstream(), &elsewhere, State::Drifted, false), @r#"expected `x-defect` to say what is removed, but found `{"properties":{"owner":{"type":"object","example":[]},"passw…` at `/paths/~1pets/post/body` that it neither pins nor waives: add `equals` or `sha256`, or `present: true` if what stands there does not matter (the patch was not applied)"#);
    assert_eq!(
        check(
            &upstream(),
            &actions("{ present: true }"),
            State::Applied,
            true
        ),
        ""
    );
}

#[test]
fn what_is_repeated_is_named() {
    let actions = "
- target: $.info
  x-id: licence
  x-reason: the vendor said so
  x-defect: { lacks: [license] }
  update: { title: Pets, license: { name: MIT } }
";
    insta::assert_snapshot!(check(&upstream(), actions, State::Applied, true), @"the patch repeats what stands at `/info/title`: leave it out of `update`");
}

#[test]
fn what_cannot_be_merged_is_not_replaced() {
    let actions = "
- target: $.paths['/pets'].post.body.properties.owner
  x-id: owner-example
  x-reason: PHP writes an empty map as a list
  x-defect: { at: \"$.paths['/pets'].post.body.properties.owner.example\", equals: [] }
  update: { example: { name: Ann } }
";
    insta::assert_snapshot!(check(&upstream(), actions, State::Drifted, false), @"expected something that merges with an array at `/paths/~1pets/post/body/properties/owner/example`, but found an object: change the patch, or remove the node in an action before it (the patch was not applied)");
}

#[test]
fn a_patch_sees_what_the_patches_before_it_did() {
    let actions = format!(
        "{EMPTY_EXAMPLE}
- target: $.paths['/pets'].post.body.properties.owner
  x-id: owner-new-example
  x-reason: people copy examples
  x-defect: {{ lacks: [example] }}
  x-fixed: {{ at: \"$.paths['/pets'].post.body.properties.owner.example\", type: object }}
  update: {{ example: {{ name: Ann }} }}
"
    );
    let (after, reports) = patched(&upstream(), &actions);
    assert!(reports.iter().all(|report| report.state == State::Applied));
    assert_eq!(
        after.pointer(&format!("{PROPERTIES}/owner/example/name")),
        Some(&json!("Ann"))
    );
}

#[test]
fn a_patch_can_be_left_out() {
    let (after, reports) = apply(
        &document(&upstream()),
        &[overlay(EMPTY_EXAMPLE)],
        &["owner-example".to_owned()],
    )
    .unwrap_or_else(|failure| panic!("{failure}"));
    assert!(reports.is_empty());
    assert_eq!(after.root, upstream());
}

#[test]
fn what_x_fixed_does_not_speak_of_must_be_there_too_before_a_patch_is_retired() {
    let action = "update: { title: A, required: [a] }\n    x-defect: { lacks: [title, required] }\n    x-fixed: { at: $.m.required, equals: [a] }";
    let judge = |document: &str| {
        let overlay = format!(
            "overlay: 1.1.0\ninfo: {{ title: t, version: '1' }}\nactions:\n  - target: $.m\n    x-id: m\n    x-reason: r\n    {action}\n"
        );
        let document = crate::load::yaml(&crate::source::Source::new("d", document)).unwrap();
        let overlay = crate::source::Source::new("o.yaml", overlay);
        let (_, reports) =
            crate::patch::apply(&document, &[overlay], &[]).unwrap_or_else(|f| panic!("{f}"));
        reports[0].state
    };
    assert_eq!(judge("m: { x: 1 }"), State::Applied);
    assert_eq!(judge("m: { title: A, required: [a] }"), State::Retired);
    assert_eq!(judge("m: { required: [a] }"), State::Drifted);
}
