//! Lists that come page by page, as a server gives them well and badly.

mod support;

use futures_util::StreamExt as _;
use onlyfansapi::{Method, Next, Paging};
use serde_json::{Value, json};
use support::client;
use support::script::{Act, Script, Seen, json as answer};

/// A page of fans with these ids that leads to `next`.
fn page(ids: &[u64], next: Option<&str>) -> Act {
    let list: Vec<Value> = ids
        .iter()
        .map(|id| json!({"id": id, "name": format!("fan {id}")}))
        .collect();
    let body = json!({"data": {"list": list}, "_pagination": {"next_page": next}});
    answer(200, &[], &body.to_string())
}

fn targets(server: &Script) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.target).collect()
}

#[tokio::test]
async fn a_list_goes_on_over_short_and_empty_pages_until_it_leads_nowhere() {
    let next = |offset: u32| format!("/api/acct_1/fans/all?offset={offset}&filter%5Bonline%5D=1");
    let server = Script::start([
        page(&[1, 2], Some(&next(2))),
        page(&[3], Some(&next(4))),
        page(&[], Some(&next(6))),
        page(&[], Some(&next(8))),
        page(&[9], None),
    ])
    .await;
    let client = client(&server.url);
    let mut ids = Vec::new();
    let mut fans = client.list_all_fans("acct_1").limit(2).items();
    while let Some(fan) = fans.next().await.transpose().unwrap() {
        ids.push(fan.id.unwrap());
    }
    assert_eq!(ids, [1, 2, 3, 9]);
    let expected: Vec<String> = ["/api/acct_1/fans/all?limit=2".to_owned()]
        .into_iter()
        .chain([2, 4, 6, 8].map(next))
        .collect();
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn links_are_followed_in_any_form_and_pages_are_a_stream() {
    let server = Script::play(|seen: &Seen| {
        let host = seen.header("host").unwrap().to_owned();
        match seen.target.as_str() {
            "/api/acct_1/fans/all" => page(&[1], Some(&format!("http://{host}/elsewhere?page=2"))),
            "/elsewhere?page=2" => page(&[2], Some("/api/acct_1/fans/all?offset=2")),
            _ => page(&[3], Some("")),
        }
    })
    .await;
    let client = client(&server.url);
    let pages: Vec<_> = client.list_all_fans("acct_1").pages().collect().await;
    let ids: Vec<_> = pages
        .into_iter()
        .map(|page| {
            let page = page.unwrap();
            assert_eq!(page.status(), 200);
            page.json().unwrap()["data"]["list"][0]["id"].clone()
        })
        .collect();
    assert_eq!(ids, [1, 2, 3]);
}

#[tokio::test]
async fn a_link_to_another_origin_ends_the_list_and_never_sees_the_key() {
    let other = Script::start([page(&[2], None)]).await;
    for link in [
        format!("{}/api/acct_1/fans/all", other.url),
        "//evil.example/x".into(),
        "https://app.onlyfansapi.com.evil.example/x".into(),
        "https://user@app.onlyfansapi.com/x".into(),
        "http://app.onlyfansapi.com/x".into(),
        "../../../elsewhere".into(),
    ] {
        let server = Script::start([page(&[1], Some(&link))]).await;
        let client = client(&server.url);
        let mut fans = client.list_all_fans("acct_1").items();
        assert_eq!(fans.next().await.unwrap().unwrap().id, Some(1));
        let error = fans.next().await.unwrap().unwrap_err();
        assert!(error.is_misleading() && !error.is_retryable(), "{error:?}");
        assert!(!support::printed(&error).contains(&link), "{error:?}");
        assert!(fans.next().await.is_none());
        assert_eq!(server.count(), 1);
    }
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn links_are_below_the_base_url_whoever_wrote_them() {
    // As the API writes them that knows of no gateway, as a gateway does, and relative to the page.
    let published = "https://app.onlyfansapi.com/api/acct_1/fans/all?offset=1#top";
    let server = Script::play(move |seen: &Seen| {
        let host = seen.header("host").unwrap().to_owned();
        match seen.target.split_once('?').map(|(_, query)| query) {
            None => page(&[1], Some(published)),
            Some("offset=1") => page(&[2], Some("?offset=2")),
            Some("offset=2") => page(&[3], Some("/api/acct_1/fans/all?offset=3")),
            Some("offset=3") => page(&[4], Some("/gateway/api/acct_1/fans/all?offset=4")),
            Some("offset=4") => page(
                &[5],
                Some(&format!(
                    "http://{host}/gateway/api/acct_1/fans/all?offset=5"
                )),
            ),
            Some("offset=5") => page(&[6], Some("all?offset=6")),
            _ => page(&[7], None),
        }
    })
    .await;
    let client = client(&format!("{}/gateway", server.url));
    let all: Vec<_> = client.list_all_fans("acct_1").items().collect().await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    let path = "/gateway/api/acct_1/fans/all";
    let expected: Vec<String> = std::iter::once(path.to_owned())
        .chain((1..7).map(|offset| format!("{path}?offset={offset}")))
        .collect();
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn a_list_that_goes_in_circles_ends_with_an_error() {
    let there = Some("/api/acct_1/fans/all?offset=1");
    // The same link again, and the same items under another link.
    let link = [page(&[1], there), page(&[2], there)];
    let items = [
        page(&[1], there),
        page(&[1], Some("/api/acct_1/fans/all?offset=2")),
    ];
    for (acts, given) in [(link, 2), (items, 1)] {
        let server = Script::start(acts).await;
        let client = client(&server.url);
        let all: Vec<_> = client.list_all_fans("acct_1").items().collect().await;
        assert_eq!(all.len(), given + 1);
        assert!(all[given].as_ref().unwrap_err().is_misleading());
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn an_item_that_does_not_fit_stays_and_one_that_is_none_is_passed_over_and_the_list_goes_on()
{
    let first = json!({
        "data": {"list": [{"id": "1"}, null, {"id": 2, "name": ["no"]}, "no fan", {"id": 3}]},
        "_pagination": {"next_page": "/api/acct_1/fans/all?offset=4"},
    });
    let server = Script::start([answer(200, &[], &first.to_string()), page(&[4], None)]).await;
    let mut fans = client(&server.url).list_all_fans("acct_1").items();
    let mut ids = Vec::new();
    while let Some(fan) = fans.next().await.transpose().unwrap() {
        ids.push(fan.id.unwrap());
    }
    assert_eq!(ids, [1, 2, 3, 4]);
    let mismatches = fans.take_mismatches();
    let shown: Vec<String> = mismatches.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    `data.list[0].id`: expected an integer, but found a string; it was converted
    `data.list[2].name`: expected a string, but found an array; it was left out
    `data.list[3]`: expected an object (`Fan`), but found a string; it was left out
    "#);
    assert_eq!(mismatches[1].value(), &json!(["no"]));
    assert_eq!(mismatches[2].value(), "no fan");
    assert!(fans.take_mismatches().is_empty());
}

#[tokio::test]
async fn an_item_that_does_not_decode_says_where_and_ends_the_list_of_a_strict_client() {
    let body = json!({"data": {"list": [{"id": 1}, {"id": 2, "name": ["no"]}, {"id": 3}]}});
    let server = Script::start([answer(200, &[], &body.to_string())]).await;
    let client = support::builder(&server.url).strict(true).build().unwrap();
    let all: Vec<_> = client.list_all_fans("acct_1").items().collect().await;
    assert_eq!(all.len(), 2);
    let error = all[1].as_ref().unwrap_err();
    insta::assert_snapshot!(error, @"listAllFans (GET /api/{account}/fans/all): the answer (200) does not have the documented form at `data.list[1].name`: expected a string, but found an array");
    assert!(error.body().is_some());
}

#[tokio::test]
async fn what_is_no_page_is_no_empty_page() {
    for (body, found) in [
        (
            r#"{"message": "Down for maintenance"}"#,
            "`data.list`: expected an array, but found none",
        ),
        (
            r#"{"success": true}"#,
            "`data.list`: expected an array, but found none",
        ),
        (
            r#"{"error": null}"#,
            "`data.list`: expected an array, but found none",
        ),
        (
            r#"{"data": {"items": [{"id": 1}]}}"#,
            "`data.list`: expected an array, but found none",
        ),
        (
            r#"{"data": "<html>"}"#,
            "`data`: expected an object, but found a string",
        ),
        (
            r#"{"data": [1]}"#,
            "`data`: expected an object, but found an array",
        ),
        ("[1,2]", ": expected an object, but found an array"),
        ("\"Down\"", ": expected an object, but found a string"),
        ("<html>", "expected JSON, but found text that is not JSON"),
    ] {
        let server = Script::start([answer(200, &[], body)]).await;
        let client = client(&server.url);
        let fans = || client.list_all_fans("acct_1");
        let errors = [
            fans().send().await.err(),
            fans().items().next().await.and_then(Result::err),
            fans().pages().next().await.and_then(Result::err),
        ];
        for error in errors {
            let error = error.expect(body);
            assert!(error.is_decode(), "{body}: {error}");
            assert!(error.body().unwrap() == body.as_bytes(), "{body}: {error}");
        }
        let shown = fans()
            .items()
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .to_string();
        assert!(shown.contains(found), "{body}: {shown}");
    }
    // What leads on says that it is a page.
    for body in [
        r#"{"_pagination": {"next_page": null}}"#,
        r#"{"data": {"list": null}, "x": 1}"#,
        r#"{"data": []}"#,
    ] {
        let server = Script::start([answer(200, &[], body)]).await;
        let client = client(&server.url);
        assert!(
            client.list_all_fans("acct_1").send().await.is_ok(),
            "{body}"
        );
        assert!(
            client
                .list_all_fans("acct_1")
                .items()
                .next()
                .await
                .is_none(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_list_does_not_end_with_what_leads_nowhere() {
    for next in [
        json!({"href": "/api/acct_1/fans/all?offset=1"}),
        json!(7),
        json!(true),
    ] {
        let body = json!({"data": {"list": [{"id": 1}]}, "_pagination": {"next_page": next}});
        let server = Script::start([answer(200, &[], &body.to_string())]).await;
        let mut fans = client(&server.url).list_all_fans("acct_1").items();
        assert_eq!(fans.next().await.unwrap().unwrap().id, Some(1));
        assert!(
            fans.next().await.unwrap().unwrap_err().is_misleading(),
            "{next}"
        );
    }
    for next in [json!(null), json!(false), json!(""), json!([])] {
        let body = json!({"data": {"list": [{"id": 1}]}, "_pagination": {"next_page": next}});
        let server = Script::start([answer(200, &[], &body.to_string())]).await;
        let mut fans = client(&server.url).list_all_fans("acct_1").items();
        assert_eq!(fans.next().await.unwrap().unwrap().id, Some(1));
        assert!(fans.next().await.is_none(), "{next}");
    }
}

#[tokio::test]
async fn an_offset_grows_by_what_came() {
    let by_offset = Paging {
        items: "data",
        next: Next::Offset {
            parameter: "offset",
            more: Some("more"),
        },
    };
    let page = |data: Value, more: bool| {
        answer(200, &[], &json!({"data": data, "more": more}).to_string())
    };
    let acts = [
        page(json!([1, 2]), true),
        page(json!([]), true),
        page(json!([3]), true),
        page(json!([]), false),
    ];
    let server = Script::start(acts).await;
    let client_ = client(&server.url);
    let call = client_
        .request(Method::GET, "/api/list?limit=2")
        .query("limit", 2);
    let items: Vec<_> = call
        .items_by::<u64>(by_offset)
        .map(Result::unwrap)
        .collect()
        .await;
    assert_eq!(items, [1, 2, 3]);
    let offset = |target: &String| {
        target
            .split(['?', '&'])
            .find(|pair| pair.starts_with("offset="))
            .map(str::to_owned)
    };
    let offsets: Vec<_> = targets(&server).iter().map(offset).collect();
    let expected = [None, Some("offset=2"), Some("offset=4"), Some("offset=5")];
    assert_eq!(offsets, expected.map(|text| text.map(str::to_owned)));

    // Without a word on whether there is more, an empty page is the end; one that always says so is found out.
    let until_empty = Paging {
        next: Next::Offset {
            parameter: "offset",
            more: None,
        },
        ..by_offset
    };
    let server = Script::start([page(json!([1]), false), page(json!([]), false)]).await;
    let client_ = client(&server.url);
    let pages: Vec<_> = client_
        .request(Method::GET, "/api/list")
        .pages_by(until_empty)
        .collect()
        .await;
    assert_eq!((pages.len(), server.count()), (2, 2));
    let server = Script::start([page(json!([]), true)]).await;
    let client_ = client(&server.url);
    let pages: Vec<_> = client_
        .request(Method::GET, "/api/list")
        .pages_by(by_offset)
        .collect()
        .await;
    assert!(pages.last().unwrap().as_ref().unwrap_err().is_misleading());
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_cursor_is_handed_back_until_there_is_none() {
    let by_cursor = Paging {
        items: "",
        next: Next::Token {
            parameter: "cursor",
            field: "next_cursor",
        },
    };
    let page = |cursor: Value| answer(200, &[], &json!({"next_cursor": cursor}).to_string());
    let server = Script::start([page(json!("a b")), page(json!(7)), page(json!(null))]).await;
    let client_ = client(&server.url);
    let call = client_.request(Method::GET, "/api/list");
    assert_eq!(call.pages_by(by_cursor).count().await, 3);
    assert_eq!(
        targets(&server),
        ["/api/list", "/api/list?cursor=a+b", "/api/list?cursor=7"]
    );

    let server = Script::start([page(json!("a"))]).await;
    let client_ = client(&server.url);
    let pages: Vec<_> = client_
        .request(Method::GET, "/api/list")
        .pages_by(by_cursor)
        .collect()
        .await;
    assert!(pages.last().unwrap().as_ref().unwrap_err().is_misleading());
    assert_eq!(server.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_page_is_asked_for_again_when_it_fails_and_only_when_it_is_wanted() {
    let server = Script::start([
        page(&[1, 2], Some("/api/acct_1/fans/all?offset=2")),
        answer(500, &[], "{}"),
        page(&[3], None),
    ])
    .await;
    let client = client(&server.url);
    let mut fans = client.list_all_fans("acct_1").items();
    fans.next().await;
    fans.next().await;
    assert_eq!(server.count(), 1);
    assert_eq!(fans.next().await.unwrap().unwrap().id, Some(3));
    assert_eq!(server.count(), 3);
    assert!(fans.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_list_is_an_error_and_what_php_makes_of_one_is_a_list() {
    let given = async |body: &str| {
        let server = Script::start([answer(200, &[], body)]).await;
        let client = client(&server.url);
        let all: Vec<_> = client.list_all_fans("acct_1").items().collect().await;
        all.into_iter()
            .map(|fan| fan.map(|fan| fan.id.unwrap()))
            .collect::<Result<Vec<_>, _>>()
    };
    for body in [
        r#"{"data": {"list": "oops"}}"#,
        r#"{"data": {"list": {"a": {"id": 1}}}}"#,
    ] {
        let error = given(body).await.unwrap_err();
        assert!(
            error.is_decode() && error.to_string().contains("`data.list`: expected an array"),
            "{error}"
        );
        assert_eq!(error.attempts(), 1);
    }
    let filtered = r#"{"data": {"list": {"0": {"id": 1}, "2": {"id": 2}}}}"#;
    assert_eq!(given(filtered).await.unwrap(), [1, 2]);
    assert_eq!(
        given(r#"{"data": {"list": [{"id": 1}, null, {"id": 3}]}}"#)
            .await
            .unwrap(),
        [1, 3]
    );
    for empty in [
        "",
        " \n",
        "{}",
        r#"{"data": null}"#,
        r#"{"data": {"list": {}}}"#,
        r#"{"data": {"list": []}}"#,
    ] {
        assert!(given(empty).await.unwrap().is_empty(), "{empty}");
    }
}

#[tokio::test]
async fn an_offset_in_the_target_is_where_the_list_begins() {
    let by_offset = Paging {
        items: "",
        next: Next::Offset {
            parameter: "offset",
            more: None,
        },
    };
    let server = Script::start([answer(200, &[], "[1, 2]"), answer(200, &[], "[]")]).await;
    let client = client(&server.url);
    let call = client.request(Method::GET, "/api/list?offset=5&limit=2");
    assert_eq!(call.items_by::<u8>(by_offset).count().await, 2);
    assert_eq!(
        targets(&server),
        ["/api/list?offset=5&limit=2", "/api/list?limit=2&offset=7"]
    );
}

#[test]
fn a_list_can_be_sent_and_shared() {
    fn is<T: Send + Sync>(_: T) {}
    let client = client("http://127.0.0.1:1");
    is(client.list_all_fans("acct_1").items());
    is(client.list_all_fans("acct_1").customize());
}
