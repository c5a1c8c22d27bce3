//! What programs write: that it compiles is what is tested, and that it goes over the wire as it should.

mod support;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::Duration;

use onlyfansapi::types::{Fan, SendMessageBody, StartAuthenticationBody};
use onlyfansapi::{
    Attempt, Client, CustomProxy, Error, Expected as _, Id, Login, Method, Number, Pages, Polling,
};
use serde_json::json;
use support::client;
use support::script::{Script, Seen, json};

/// A server that has one fan, starts attempts and takes everything.
async fn server() -> (Script, Client) {
    let server = Script::play(|seen: &Seen| {
        let body = if seen.target.contains("/fans/") {
            r#"{"data": {"list": [{"id": 12, "name": "A"}]}, "_pagination": {"next_page": null}}"#
        } else if seen.target.starts_with("/api/authenticate") {
            r#"{"attempt_id": "auth_1", "state": "authenticated", "account": {"id": "acct_1"}}"#
        } else {
            r#"{"data": {"id": 7}}"#
        };
        json(200, &[], body)
    })
    .await;
    let client = client(&server.url);
    (server, client)
}

/// What a program keeps between two of its steps.
struct Session {
    attempt: Attempt,
    fans: Pages<Fan>,
    message: onlyfansapi::operations::SendMessage,
}

/// The client goes away before what it made.
async fn session(client: Client) -> Result<Session, Error> {
    Ok(Session {
        attempt: client.connect(Login::mobile_app()).await?,
        fans: client.list_all_fans("acct_1").items(),
        message: client.send_message("acct_1", 12, SendMessageBody::new().text("Hello")),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_can_be_kept_returned_and_spawned() {
    let (server, client) = server().await;
    let mut session = session(client.clone()).await.unwrap();
    assert_eq!(session.attempt.id(), "auth_1");
    let spawned = tokio::spawn(async move {
        session.attempt.next().await?;
        session.message.await?;
        session.fans.next().await.expect("a fan")
    });
    assert_eq!(spawned.await.unwrap().unwrap().id, Some(12));

    let calls = [
        tokio::spawn(client.list_all_fans(1).send()),
        tokio::spawn(client.list_all_fans(2).into_future()),
    ];
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let other = client.request(Method::GET, "/api/whoami");
    assert_eq!(
        tokio::spawn(other.send()).await.unwrap().unwrap()["data"]["id"],
        7
    );
    assert_eq!(server.count(), 7);
}

#[tokio::test]
async fn builders_are_awaited_as_they_are() {
    let (_server, client) = server().await;
    let page = client.list_all_fans("acct_1").await.unwrap();
    let fans = page
        .data
        .as_ref()
        .and_then(|data| data.list.as_ref())
        .unwrap();
    let id = fans[0].id.expected("fan.id").unwrap();
    let custom = client
        .send_message("acct_1", id, SendMessageBody::new())
        .customize();
    custom.timeout(Duration::from_secs(5)).await.unwrap();
    client
        .request(Method::GET, "/api/whoami")
        .query("a", 1)
        .await
        .unwrap();
    let attempt = client.reconnect("acct_1").await.unwrap();
    assert_eq!(attempt.id(), "auth_1");

    let absent = fans[0].username.clone().expected("fan.username");
    let error = absent.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "expected the response to have `fan.username`, but found none"
    );
}

#[tokio::test]
async fn ids_are_texts_or_numbers() {
    struct FanId(u64);
    impl From<FanId> for Id {
        fn from(fan: FanId) -> Self {
            fan.0.into()
        }
    }

    let (server, client) = server().await;
    let id = String::from("12");
    let message = || SendMessageBody::new().text("Hello");
    for call in [
        client.send_message("acct_1", 12, message()),
        client.send_message(String::from("acct_1"), 12_u64, message()),
        client.send_message(Cow::from("acct_1"), 12_i64, message()),
        client.send_message("acct_1", 12_usize, message()),
        client.send_message("acct_1", [12_i64].iter().max().unwrap(), message()),
        client.send_message("acct_1", "12", message()),
        client.send_message("acct_1", &id, message()),
        client.send_message("acct_1", id.as_str(), message()),
        client.send_message("acct_1", id.clone(), message()),
        client.send_message("acct_1", Number::from(12.0), message()),
        client.send_message("acct_1", FanId(12), message()),
    ] {
        call.await.unwrap();
    }
    let largest = u64::MAX;
    client
        .send_message("acct_1", largest, message())
        .await
        .unwrap();
    let targets: BTreeSet<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    let path = |id: &str| format!("/api/acct_1/chats/{id}/messages");
    assert_eq!(
        Vec::from_iter(targets),
        [path("12"), path("18446744073709551615")]
    );
}

#[tokio::test]
async fn numbers_are_of_any_type_and_lists_of_any_kind() {
    let (server, client) = server().await;
    let list = [1, 2, 3];
    client
        .list_all_fans("acct_1")
        .limit(list.len())
        .offset(9)
        .filter([("online", 1)])
        .await
        .unwrap();
    client
        .list_all_fans("acct_1")
        .limit(3_u8)
        .offset(u64::MAX)
        .filter([("a", "b"), ("c", "d")])
        .await
        .unwrap();
    let ids: Vec<i64> = vec![1, 2];
    let set = BTreeSet::from(["m1".to_owned()]);
    for (body, sent) in [
        (
            SendMessageBody::new().media_files(["m1"]),
            json!({"mediaFiles": ["m1"]}),
        ),
        (
            SendMessageBody::new().media_files(ids.clone()),
            json!({"mediaFiles": ["1", "2"]}),
        ),
        (
            SendMessageBody::new().media_files(&ids),
            json!({"mediaFiles": ["1", "2"]}),
        ),
        (
            SendMessageBody::new().media_files(["a", "b"].iter()),
            json!({"mediaFiles": ["a", "b"]}),
        ),
        (
            SendMessageBody::new().previews(set),
            json!({"previews": ["m1"]}),
        ),
        (
            SendMessageBody::new().previews(vec![String::from("a")]),
            json!({"previews": ["a"]}),
        ),
        (SendMessageBody::new().price(5), json!({"price": 5})),
        (SendMessageBody::new().price(5_u64), json!({"price": 5})),
        (SendMessageBody::new().price(4.99), json!({"price": 4.99})),
        (
            SendMessageBody::new().price(4.99_f32),
            json!({"price": 4.99}),
        ),
        (
            SendMessageBody::new().reply_to_message_id(7_u64),
            json!({"replyToMessageId": 7}),
        ),
        (
            SendMessageBody::new().reply_to_message_id(7),
            json!({"replyToMessageId": 7}),
        ),
    ] {
        client.send_message("acct_1", 12, body).await.unwrap();
        assert_eq!(server.seen().last().unwrap().json(), sent);
    }
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets[0],
        "/api/acct_1/fans/all?limit=3&offset=9&filter%5Bonline%5D=1"
    );
    assert!(
        targets[1].contains("offset=18446744073709551615") && targets[1].contains("limit=3"),
        "{}",
        targets[1]
    );
}

#[tokio::test]
async fn a_proxy_is_chosen_at_run_time() {
    let (server, client) = server().await;
    for (country, own) in [(None, None), (Some("us"), None), (None, Some("p.example"))] {
        let mut login = Login::email_password("a@b.example", "x");
        if let Some(country) = country {
            login = login.proxy_country(country);
        }
        if let Some(own) = own {
            login = login.custom_proxy(CustomProxy::new(own, 8080));
        }
        let mut connect = client.connect(login).polling(Polling::default());
        if country.is_some() {
            connect = connect.name("Creator");
        }
        connect.await.unwrap();
        let body = server.seen().last().unwrap().json();
        assert_eq!(body["proxyCountry"].as_str(), country);
        assert_eq!(body["customProxy"]["host"].as_str(), own);
    }
    // The last word counts, and there is never more than one.
    let login = Login::mobile_app()
        .custom_proxy(CustomProxy::new("p.example", 1))
        .proxy_country("uk");
    let body = StartAuthenticationBody::from(login);
    assert!(body.custom_proxy.is_none() && body.proxy_country.is_some());
}
