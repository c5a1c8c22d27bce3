//! How far a list is gone through, whatever the server says of its end.

mod support;

use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use support::script::{Act, Script, json as answer};
use support::{builder, client};
use tokio::time::Instant;

/// A page of fans with these ids that leads to `next`.
fn page(ids: &[u64], next: Option<&str>) -> Act {
    let list: Vec<Value> = ids
        .iter()
        .map(|id| json!({"id": id, "name": format!("fan {id}")}))
        .collect();
    let body = json!({"data": {"list": list}, "_pagination": {"next_page": next}});
    answer(200, &[], &body.to_string())
}

/// A server whose every page has `ids` of its own and leads to another.
async fn endless(ids: fn(u64) -> Vec<u64>) -> Script {
    let mut number = 0;
    Script::play(move |_| {
        number += 1;
        let next = format!("/api/acct_1/fans/all?offset={number}");
        page(&ids(number), Some(&next))
    })
    .await
}

#[tokio::test]
async fn empty_pages_without_an_end_are_an_error_soon() {
    let server = endless(|_| Vec::new()).await;
    let client = client(&server.url);
    let error = client.list_all_fans("acct_1").items().next().await;
    let error = error.unwrap().unwrap_err();
    assert!(error.is_misleading() && error.body().is_some(), "{error:?}");
    assert_eq!((server.count(), error.attempts()), (10, 1));
    insta::assert_snapshot!(error, @"listAllFans (GET /api/{account}/fans/all): expected items, but found too many empty pages in a row that say there is more; `max_empty_pages` allows for others");

    // As pages they are given, and nine and an item are none too many.
    let pages = client.list_all_fans("acct_1").pages().max_empty_pages(3);
    let pages: Vec<_> = pages.collect().await;
    assert_eq!((pages.len(), server.count()), (4, 13));
    assert!(pages[2].is_ok() && pages[3].is_err());
    let server = endless(|number| (number % 10 == 0).then_some(number).into_iter().collect()).await;
    let client = support::client(&server.url);
    let fans = client.list_all_fans("acct_1").items().max_items(3);
    assert_eq!(fans.filter_map(async |fan| fan.ok()).count().await, 3);
    assert_eq!(server.count(), 30);
}

#[tokio::test]
async fn a_list_ends_after_as_many_pages_and_items_as_are_wanted() {
    let server = endless(|number| vec![2 * number, 2 * number + 1]).await;
    let client = client(&server.url);
    let list = || client.list_all_fans("acct_1");
    for (fans, items, requests) in [
        (list().items().max_items(5), 5, 3),
        (list().items().max_items(4), 4, 2),
        (list().items().max_pages(3), 6, 3),
        (list().items().max_pages(3).max_items(3), 3, 2),
        (list().items().max_items(0), 0, 0),
        (list().items().max_pages(0), 0, 0),
    ] {
        let before = server.count();
        let all: Vec<_> = fans.collect().await;
        assert!(all.iter().all(Result::is_ok), "{all:?}");
        assert_eq!((all.len(), server.count() - before), (items, requests));
    }
    let before = server.count();
    assert_eq!(list().pages().max_items(3).count().await, 2);
    assert_eq!(list().pages().max_pages(1).count().await, 1);
    assert_eq!(server.count() - before, 3);
}

#[tokio::test(start_paused = true)]
async fn a_list_has_a_deadline_for_all_of_it() {
    let mut number = 0;
    let server = Script::play(move |_| {
        number += 1;
        match number {
            1..=2 => page(
                &[number],
                Some(&format!("/api/acct_1/fans/all?offset={number}")),
            ),
            _ => Act::Hang,
        }
    })
    .await;
    let client = builder(&server.url)
        .timeout(Duration::from_secs(600))
        .build()
        .unwrap();
    let fans = client.list_all_fans("acct_1").items();
    let mut fans = fans.deadline(Duration::from_secs(10));
    // It begins with the first page.
    tokio::time::sleep(Duration::from_secs(60)).await;
    let began = Instant::now();
    assert!(fans.next().await.unwrap().is_ok());
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(fans.next().await.unwrap().is_ok());
    let error = fans.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((began.elapsed().as_secs(), server.count()), (10, 3));
    assert!(fans.next().await.is_none());

    // It is over before the next page is asked for.
    let server = endless(|number| vec![number]).await;
    let client = support::client(&server.url);
    let fans = client.list_all_fans("acct_1").items();
    let mut fans = fans.deadline(Duration::from_secs(10));
    assert!(fans.next().await.unwrap().is_ok());
    tokio::time::sleep(Duration::from_secs(10)).await;
    let error = fans.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 0, "{error:?}");
    assert_eq!(server.count(), 1);
    insta::assert_snapshot!(error, @"listAllFans (GET /api/{account}/fans/all): the list was not over within its deadline");
}
