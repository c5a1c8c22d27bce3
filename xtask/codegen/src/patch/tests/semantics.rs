//! What an action does to the document: the same as an independent implementation of the standard, and its places.

use proptest::prelude::*;
use roas_overlay::apply::Apply as _;
use roas_overlay::v1_1::Overlay;
use serde_json::{Map, Value, json};

use crate::document::{Document, Places};
use crate::load;
use crate::patch::{State, apply, change};
use crate::source::{Place, Source};

fn document(root: &Value) -> Document {
    Document {
        source: Source::new("openapi.json", root.to_string()),
        root: root.clone(),
        places: Places::default(),
    }
}

/// `root` after the action, and the patch's state; `x-defect` is added, so that it holds.
fn ours(root: &Value, action: &Value) -> (Value, State) {
    let mut action = action.clone();
    let entries = action.as_object_mut().expect("an action");
    entries.insert("x-id".to_owned(), json!("one"));
    entries.insert("x-reason".to_owned(), json!("a test"));
    entries.insert("x-defect".to_owned(), json!({"at": "$", "equals": root}));
    let overlay = json!({
        "overlay": "1.1.0",
        "info": {"title": "Facts", "version": "1"},
        "actions": [action],
    });
    let (after, reports) = apply(
        &document(root),
        &[Source::new("overlay.json", overlay.to_string())],
        &[],
    )
    .unwrap_or_else(|failure| panic!("{failure}"));
    (after.root, reports[0].state)
}

/// `root` after the action, as the crate `roas-overlay` applies it.
fn theirs(root: &Value, action: &Value) -> Value {
    let overlay: Overlay = serde_json::from_value(json!({
        "overlay": "1.1.0",
        "info": {"title": "Facts", "version": "1"},
        "actions": [action],
    }))
    .expect("an overlay");
    let mut after = root.clone();
    overlay
        .apply(&mut after, Default::default())
        .unwrap_or_else(|error| panic!("{error}"));
    after
}

fn root() -> Value {
    json!({
        "info": {"title": "Pets", "version": "1"},
        "tags": [{"name": "a"}, {"name": "b", "x-old": true}, {"name": "c", "x-old": true}, {"name": "d"}],
        "paths": {
            "/pets": {
                "get": {"summary": "List", "tags": ["a"], "parameters": []},
                "post": {"summary": "Add", "tags": ["a", "b"]},
            },
            "/a~b/{id}": {"get": {"summary": "Show", "tags": [], "parameters": [{"name": "q"}]}},
        },
    })
}

#[test]
fn actions_do_what_another_implementation_does() {
    let actions = [
        json!({"target": "$", "update": {"info": {"title": "Cats", "contact": {"name": "Ann"}}, "paths": {"/new": {}}}}),
        json!({"target": "$.paths['/a~b/{id}'].get", "update": {"summary": null, "tags": ["z"]}}),
        json!({"target": "$.paths.*.get", "update": {"x-safe": true}}),
        json!({"target": "$.paths[*][?(@.summary == 'Add')]", "update": {"deprecated": true}}),
        json!({"target": "$.paths.*.get.parameters", "update": {"name": "page"}}),
        json!({"target": "$.paths.*.get.parameters", "update": [{"name": "page"}, {"name": "size"}]}),
        json!({"target": "$.tags", "update": [{"name": "a"}]}),
        json!({"target": "$.tags[?(@['x-old'] == true)]", "remove": true}),
        json!({"target": "$.tags[1:3]", "remove": true}),
        json!({"target": "$.tags[*]", "remove": true}),
        json!({"target": "$..parameters", "remove": true}),
        json!({"target": "$.paths['/a~b/{id}']", "remove": true}),
        json!({"target": "$.paths.*.get", "copy": "$.paths['/pets'].post"}),
        json!({"target": "$.tags", "copy": "$.info"}),
        json!({"target": "$.nothing", "update": {"a": 1}}),
    ];
    for action in actions {
        let (after, state) = ours(&root(), &action);
        assert_eq!(after, theirs(&root(), &action), "{action}");
        let expected = if after == root() {
            State::Missing
        } else {
            State::Applied
        };
        assert_eq!(state, expected, "{action}");
    }
}

#[test]
fn the_order_of_keys_stays() {
    let (after, _) = ours(&root(), &json!({"target": "$.info", "remove": true}));
    let keys: Vec<_> = after.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["tags", "paths"]);
}

#[test]
fn items_are_removed_whatever_the_order_of_selection() {
    let root = json!({"a": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]});
    let (after, _) = ours(
        &root,
        &json!({"target": "$.a[2,10,-1,0,2]", "remove": true}),
    );
    assert_eq!(after, json!({"a": [1, 3, 4, 5, 6, 7, 8, 9]}));
}

#[test]
fn a_primitive_can_be_replaced_and_an_item_removed() {
    let (after, state) = ours(
        &root(),
        &json!({"target": "$.info.title", "update": "Cats"}),
    );
    assert_eq!(
        (after.pointer("/info/title"), state),
        (Some(&json!("Cats")), State::Applied)
    );
    let action = json!({"target": "$.paths['/pets'].post.tags[?(@ == 'a')]", "remove": true});
    let (after, _) = ours(&root(), &action);
    assert_eq!(
        after.pointer("/paths/~1pets/post/tags"),
        Some(&json!(["b"]))
    );
}

#[test]
fn a_copy_needs_one_source() {
    for copy in ["$.nothing", "$.tags[*]"] {
        let (after, state) = ours(&root(), &json!({"target": "$.info", "copy": copy}));
        assert_eq!((after, state), (root(), State::Drifted));
    }
}

#[test]
fn what_a_patch_adds_stands_in_the_overlay() {
    let text = "tags: [a, b, c]\ninfo: { title: Pets }\n";
    let mut document = load::yaml(&Source::new("openapi.yaml", text)).expect("it is YAML");
    let place = |name: &str, start: usize| Place {
        source: Source::new(name, text),
        start,
        end: start,
    };
    for (pointer, start) in [
        ("/tags/0", 1),
        ("/tags/1", 2),
        ("/tags/2", 3),
        ("/info/title", 4),
    ] {
        document
            .places
            .insert(pointer.to_owned(), place("openapi.yaml", start));
    }
    let mut overlay = Places::default();
    for (pointer, start) in [
        ("/u/tags/0", 11),
        ("/u/info/title", 12),
        ("/u/info/license/name", 13),
    ] {
        overlay.insert(pointer.to_owned(), place("overlay.yaml", start));
    }
    let stands = |document: &Document, pointer: &str| {
        let place = document.places.nearest(pointer).expect("a place");
        (place.source.name.clone(), place.start)
    };

    change::remove(&mut document, &["/tags/0".to_owned()]);
    assert_eq!(stands(&document, "/tags/0"), ("openapi.yaml".to_owned(), 2));
    assert_eq!(stands(&document, "/tags/1"), ("openapi.yaml".to_owned(), 3));

    let update = json!({"tags": ["d"], "info": {"title": "Cats", "license": {"name": "MIT"}}});
    change::merge(&mut document, &[String::new()], &update, &overlay, "/u");
    assert_eq!(stands(&document, "/tags/1"), ("openapi.yaml".to_owned(), 3));
    assert_eq!(
        stands(&document, "/tags/2"),
        ("overlay.yaml".to_owned(), 11)
    );
    assert_eq!(
        stands(&document, "/info/title"),
        ("overlay.yaml".to_owned(), 12)
    );
    assert_eq!(
        stands(&document, "/info/license/name"),
        ("overlay.yaml".to_owned(), 13)
    );
}

/// Any JSON with few different keys, so that two of them have some in common.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..3_i64).prop_map(Value::from),
        "[a-c/~]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            any_object(inner),
        ]
    })
}

fn any_object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::vec(("[a-c/~]", inner), 0..4)
        .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>()))
}

proptest! {
    #[test]
    fn any_update_that_applies_does_what_another_implementation_does(
        root in any_object(any_value()),
        update in any_object(any_value()),
    ) {
        let action = json!({"target": "$", "update": update});
        let (after, state) = ours(&root, &action);
        if state == State::Applied {
            prop_assert_eq!(after, theirs(&root, &action));
        } else {
            prop_assert_eq!(after, root);
        }
    }

    #[test]
    fn any_removal_does_what_another_implementation_does(
        root in any_object(any_value()),
        target in prop_oneof![Just("$.*"), Just("$..a"), Just("$..[?@.b]"), Just("$.*[1:]")],
    ) {
        // The other implementation takes objects and arrays only.
        let path = super::super::path::Path::parse(target).ok().expect("a path");
        let containers = |pointer: &String| {
            root.pointer(pointer).is_some_and(|node| node.is_object() || node.is_array())
        };
        prop_assume!(path.locate(&root).iter().all(containers));
        let action = json!({"target": target, "remove": true});
        prop_assert_eq!(ours(&root, &action).0, theirs(&root, &action));
    }

    #[test]
    fn a_patch_that_upstream_took_over_is_retired_and_changes_nothing(
        root in any_object(any_value()),
        update in any_object(any_value()),
    ) {
        let action = json!({"target": "$", "update": update});
        let (after, state) = ours(&root, &action);
        prop_assume!(state == State::Applied);
        let text = json!({
            "overlay": "1.1.0",
            "info": {"title": "Facts", "version": "1"},
            "actions": [{
                "target": "$",
                "x-id": "one",
                "x-reason": "a test",
                "x-defect": {"equals": root},
                "update": update,
            }],
        });
        let overlay = Source::new("overlay.json", text.to_string());
        let (again, reports) = apply(&document(&after), &[overlay], &[])
            .unwrap_or_else(|failure| panic!("{failure}"));
        prop_assert_eq!(reports[0].state, State::Retired);
        prop_assert_eq!(again.root, after);
    }
}
