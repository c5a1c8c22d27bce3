//! Values that do not fit their type: converted or left out, and reported, so that one of them never costs a page.

mod support;

use onlyfansapi::{Client, ClientBuilder, List, Map, Mismatch, Number, Response, types};
use serde::Deserialize;
use serde_json::{Value, json};
use support::script::{Script, json as answer};
use support::{builder, client};

/// The first page of fans from a server that gives this.
async fn fans(body: &Value) -> Response<types::ListAllFansResponse> {
    let server = Script::start([answer(200, &[], &body.to_string())]).await;
    let sent = client(&server.url).list_all_fans("acct_1").send().await;
    sent.unwrap()
}

/// What a call of one's own gives as a `T`.
async fn own<T: serde::de::DeserializeOwned + 'static>(
    body: &str,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<Response<T>, onlyfansapi::Error> {
    let server = Script::start([answer(200, &[], body)]).await;
    let client: Client = set(builder(&server.url)).build().unwrap();
    let call = client.request(onlyfansapi::Method::GET, "/api/x");
    call.answer::<T>().send().await
}

fn shown(mismatches: &[Mismatch]) -> String {
    let lines: Vec<String> = mismatches.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[tokio::test]
async fn what_loses_nothing_is_converted() {
    let page = fans(&json!({"data": {"hasMore": "1", "list": {"0": {"id": "12"}, "2": {
        "id": 13.0, "isVerified": 1, "isBlocked": "false", "name": 5, "username": true, "subscribePrice": "4.90",
    }}}}))
    .await;
    let data = page.data.as_ref().unwrap();
    assert_eq!(data.has_more, Some(true));
    let list = data.list.as_ref().unwrap();
    assert_eq!(
        (list.len(), list[0].id, list[1].id),
        (2, Some(12), Some(13))
    );
    assert_eq!(
        (list[1].is_verified, list[1].is_blocked),
        (Some(true), Some(false))
    );
    assert_eq!(list[1].name.as_deref(), Some("5"));
    assert_eq!(list[1].username.as_deref(), Some("true"));
    assert_eq!(list[1].subscribe_price, Some(Number::from(4.9)));
    assert!(page.mismatches().iter().all(Mismatch::is_converted));
    insta::assert_snapshot!(shown(page.mismatches()), @r#"
    `data.hasMore`: expected a boolean, but found a string; it was converted
    `data.list.0.id`: expected an integer, but found a string; it was converted
    `data.list.2.id`: expected an integer, but found a number with a fraction; it was converted
    `data.list.2.isVerified`: expected a boolean, but found an integer; it was converted
    `data.list.2.isBlocked`: expected a boolean, but found a string; it was converted
    `data.list.2.name`: expected a string, but found an integer; it was converted
    `data.list.2.username`: expected a string, but found a boolean; it was converted
    `data.list.2.subscribePrice`: expected a number, but found a string; it was converted
    `data.list`: expected an array, but found an object; it was converted
    "#);
    assert_eq!(page.mismatches()[1].value(), "12");
}

#[tokio::test]
async fn what_would_lose_something_is_left_out_and_nothing_else_is() {
    let page = fans(&json!({"data": {"hasMore": {"x": 1}, "list": [
        {"id": 1.5, "name": "a", "isVerified": 2, "subscribePrice": "free", "lastSeen": ["b", {"c": [1]}]},
        null,
        5,
        {"id": 2, "avatar": {"url": "u"}, "subscribedOn": "yes"},
        [1, 2],
        [],
        {"id": 3},
    ]}, "_meta": "x"}))
    .await;
    let list = page.data.as_ref().unwrap().list.as_ref().unwrap();
    let ids: Vec<_> = list.iter().map(|fan| fan.id).collect();
    assert_eq!(ids, [None, Some(2), None, Some(3)]);
    assert_eq!(list[0].name.as_deref(), Some("a"));
    assert!(
        page.mismatches()
            .iter()
            .all(|mismatch| !mismatch.is_converted())
    );
    insta::assert_snapshot!(shown(page.mismatches()), @r#"
    `data.hasMore`: expected a boolean, but found an object; it was left out
    `data.list[0].id`: expected an integer, but found a number with a fraction; it was left out
    `data.list[0].isVerified`: expected a boolean, but found an integer; it was left out
    `data.list[0].subscribePrice`: expected a number, but found a string; it was left out
    `data.list[0].lastSeen`: expected a string, but found an array; it was left out
    `data.list[2]`: expected an object (`Fan`), but found an integer; it was left out
    `data.list[3].avatar`: expected a string, but found an object; it was left out
    `data.list[3].subscribedOn`: expected a boolean, but found a string; it was left out
    `data.list[4]`: expected an object (`Fan`), but found an array; it was left out
    `_meta`: expected an object (`Meta`), but found a string; it was left out
    "#);
    let value = |path: &str| {
        let mut of = page
            .mismatches()
            .iter()
            .filter(|mismatch| mismatch.path() == path);
        of.next().unwrap().value().clone()
    };
    assert_eq!(value("data.hasMore"), json!({"x": 1}));
    assert_eq!(value("data.list[0].lastSeen"), json!(["b", {"c": [1]}]));
    assert_eq!(value("data.list[2]"), 5);
    assert_eq!(value("data.list[4]"), json!([1, 2]));
}

#[tokio::test]
async fn no_value_is_printed() {
    let page = fans(&json!({"data": {"list": [{"id": "hunter2", "name": ["hunter2"]}]}})).await;
    let printed = format!(
        "{page:?} {:#?} {}",
        page.mismatches(),
        shown(page.mismatches())
    );
    assert_eq!(page.mismatches().len(), 2);
    assert!(!printed.contains("hunter2"), "{printed}");
}

#[tokio::test]
async fn the_second_value_of_a_name_is_left_out() {
    let body = r#"{"data": {"list": [{"id": 1, "name": "a", "id": 2}]}, "data": 5}"#;
    let server = Script::start([answer(200, &[], body)]).await;
    let sent = client(&server.url).list_all_fans("acct_1").send().await;
    let page = sent.unwrap();
    let data = page.data.as_ref().unwrap();
    assert_eq!(data.list.as_ref().unwrap()[0].id, Some(1));
    insta::assert_snapshot!(shown(page.mismatches()), @r#"
    `data.list[0].id`: expected one `id`, but found a second one; it was left out
    `data`: expected one `data`, but found a second one; it was left out
    "#);
    assert_eq!(page.mismatches()[0].value(), 2);
}

#[tokio::test]
async fn a_union_takes_what_can_be_converted_and_keeps_the_rest_as_it_was_sent() {
    let started = async |body: Value| {
        let server = Script::start([answer(200, &[], &body.to_string())]).await;
        let sent = client(&server.url).start_authentication().send().await;
        sent.unwrap()
    };
    let response = started(json!({"attempt_id": 7, "mobile_auth_session_deeplink": "x://y"})).await;
    assert!(matches!(
        &*response,
        types::StartAuthenticationResponse::MobileAuthenticationStarted(started)
            if started.attempt_id.as_deref() == Some("7")
    ));
    insta::assert_snapshot!(shown(response.mismatches()), @"`attempt_id`: expected a string, but found an integer; it was converted");
    // A field of a form that the others do not fit: converted, or reported.
    let response = started(json!({"attempt_id": "a", "mobile_auth_session_deeplink": 5})).await;
    assert_eq!(response.deep_link().unwrap().expose(), "5");
    assert_eq!(response.mismatches().len(), 1);
    let response = started(json!({"attempt_id": "a", "mobile_auth_session_deeplink": [5]})).await;
    assert_eq!(
        (response.attempt_id(), response.deep_link()),
        (Some("a"), None)
    );
    insta::assert_snapshot!(shown(response.mismatches()), @"`mobile_auth_session_deeplink`: expected what fits the form that has it, but found an array; it was left out");
    assert_eq!(response.mismatches()[0].value(), &json!([5]));
    let odd = json!({"attempt_id": {"a": 1}});
    let response = started(odd.clone()).await;
    assert_eq!(*response, types::StartAuthenticationResponse::Unknown(odd));
    assert!(response.mismatches().is_empty());
}

#[tokio::test]
async fn entries_of_a_map_are_converted_or_kept_as_they_were_sent() {
    let body = r#"{"a": 1, "b": "2", "c": null, "d": "many"}"#;
    let map = own::<Map<i64>>(body, |builder| builder).await.unwrap();
    assert_eq!((map["a"], map["b"], map.len()), (1, 2, 2));
    assert_eq!(map.others()["d"], "many");
    assert_eq!(map.others()["c"], Value::Null);
    insta::assert_snapshot!(shown(map.mismatches()), @"`b`: expected an integer, but found a string; it was converted");
}

/// A type of a caller's, which knows nothing of leaving out.
#[derive(Debug, PartialEq, Deserialize)]
struct Own {
    id: u8,
    name: Option<String>,
    tags: Vec<String>,
    kind: Option<Kind>,
    inner: Option<Box<Own>>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Good,
}

#[tokio::test]
async fn a_type_of_ones_own_gets_the_same() {
    let body = json!([
        {"id": "1", "name": 5, "tags": ["a", 2, {}], "kind": "bad"},
        {"id": 300, "tags": []},
        {"id": 2, "name": ["x"], "tags": null, "kind": "good", "inner": {"id": 3}},
        {"id": 4, "name": "d", "tags": {"3": "t"}},
        "none",
    ]);
    let response = own::<Vec<Own>>(&body.to_string(), |builder| builder)
        .await
        .unwrap();
    let ids: Vec<u8> = response.iter().map(|own| own.id).collect();
    assert_eq!(ids, [1, 2, 4]);
    assert_eq!(response[0].tags, ["a", "2"]);
    assert_eq!(
        (&response[1].kind, &response[1].inner),
        (&Some(Kind::Good), &None)
    );
    assert_eq!(response[2].tags, ["t"]);
    let mut lines: Vec<String> = response
        .mismatches()
        .iter()
        .map(ToString::to_string)
        .collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    `[0].id`: expected an integer, but found a string; it was converted
    `[0].kind`: expected enum Kind, but found a string; it was left out
    `[0].name`: expected a string, but found an integer; it was converted
    `[0].tags[1]`: expected a string, but found an integer; it was converted
    `[0].tags[2]`: expected a string, but found an object; it was left out
    `[1]`: expected an integer at `id`, but found a value out of range; it was left out
    `[2].inner`: missing field `tags`; it was left out
    `[2].name`: expected a string, but found an array; it was left out
    `[2].tags`: expected an array, but found null; it was converted
    `[3].tags`: expected an array, but found an object; it was converted
    `[4]`: expected an object (`Own`), but found a string; it was left out
    "#);
}

#[tokio::test]
async fn many_mismatches_take_no_longer_than_reading_the_page_a_few_times() {
    // 20,000 items, each with something to convert, to leave out and to pass over.
    let items: Vec<Value> = (0..20_000)
        .map(|id: i64| match id % 3 {
            0 => json!({"id": id.to_string()}),
            1 => json!({"id": id, "name": [id]}),
            _ => json!(id),
        })
        .collect();
    let body = json!({"data": {"list": items}});
    // Read again for each of them, this would take hours.
    let page = fans(&body).await;
    assert_eq!(page.mismatches().len(), 20_000);
}

#[tokio::test]
async fn a_response_of_another_outer_form_is_an_error_with_its_body() {
    for body in ["[1, 2]", "\"text\"", "5", "true", "[[]]"] {
        let server = Script::start([answer(200, &[], body)]).await;
        let sent = client(&server.url)
            .poll_authentication_status("a")
            .send()
            .await;
        let error = sent.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert_eq!(error.body().unwrap(), body.as_bytes());
    }
    let error = own::<List<u8>>(r#"{"a": 1}"#, |builder| builder)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("expected an array, but found an object"),
        "{error}"
    );
}

#[tokio::test]
async fn a_strict_client_refuses_what_another_converts() {
    let body = r#"{"state": 5}"#;
    let server = Script::start([answer(200, &[], body)]).await;
    let strict = builder(&server.url).strict(true).build().unwrap();
    let error = strict
        .poll_authentication_status("a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert_eq!(error.body().unwrap(), body.as_bytes());
}

#[tokio::test]
async fn what_takes_too_much_memory_once_it_is_decoded_is_refused() {
    // A MiB of these is 90 MiB of structs.
    let empty = format!(
        r#"{{"data":{{"list":[{}{{}}]}}}}"#,
        "{},".repeat((1 << 20) / 3)
    );
    let any = format!("[{}0]", "[0],".repeat(1 << 18));
    let odd = format!(r#"{{"data":{{"list":[{}0]}}}}"#, "0,".repeat(1 << 19));
    let limited = |builder: ClientBuilder| builder.max_response_bytes(2 << 20);
    let server = Script::start([
        answer(200, &[], &empty),
        answer(200, &[], &empty),
        answer(200, &[], &odd),
    ])
    .await;
    let client = limited(builder(&server.url)).build().unwrap();
    let errors = [
        client.list_all_fans("acct_1").send().await.unwrap_err(),
        client
            .list_all_fans("acct_1")
            .items()
            .next()
            .await
            .unwrap()
            .unwrap_err(),
        client.list_all_fans("acct_1").send().await.unwrap_err(),
        own::<Value>(&any, limited).await.unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_decode() && error.body().is_some(), "{error}");
        let text = error.to_string();
        assert!(text.contains("at most 16777216 bytes of memory"), "{text}");
    }
    // With the default limit there is room for each.
    assert_eq!(
        own::<Value>(&any, |builder| builder).await.unwrap()[0],
        json!([0])
    );
}
