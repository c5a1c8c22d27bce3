//! The vendor in a box: that it plays the API, and what tests can make of it.

mod attempts;
mod faults;

use std::time::{Duration, Instant};

use onlyfansapi::testing::{Fault, Reply, Scenario, Vendor, polling};
use onlyfansapi::types::{
    SendMessageBody, StartAuthenticationBody, StartAuthenticationResponse, Submit2faBody,
    UploadMediaBody,
};
use onlyfansapi::{
    Attempt, Client, Credentials, Error, Login, Method, RetryPolicy, Step, Upload, Usage,
};
use serde_json::{Value, json};

fn login() -> Login {
    Login::email_password("creator@example.com", "correct horse")
}

async fn start(client: &Client, login: Login) -> Attempt {
    let attempt = client.connect(login).polling(polling());
    attempt.await.expect("it starts")
}

/// A client that sends everything once.
fn once(vendor: &Vendor) -> Client {
    let builder = vendor.builder().retry(RetryPolicy::none());
    builder.build().expect("the settings are in order")
}

fn said(error: &Error) -> Value {
    serde_json::from_slice(error.body().expect("a body")).expect("JSON")
}

#[tokio::test]
async fn every_operation_gives_what_its_type_has() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    let fans = client.list_all_fans("acct_1").limit(5).await.unwrap();
    assert_eq!(
        fans.json().unwrap()["data"],
        vendor.example("listAllFans")["data"]
    );
    let message = SendMessageBody::new().text("Hello").price(5);
    let sent = client.send_message("acct_1", 7, message).await.unwrap();
    assert!(sent.data.as_ref().unwrap().id.is_some());
    let upload = UploadMediaBody::new().file(Upload::bytes("abc").file_name("a.txt"));
    client.upload_media("acct_1", upload).await.unwrap();
    let url = "https://cdn.example.com/a?b=c";
    let file = client.download_media("acct_1", url).await.unwrap();
    assert!(!file.is_empty());
    let started = client.start_authentication().body(login()).await.unwrap();
    assert!(matches!(
        *started,
        StartAuthenticationResponse::AuthenticationStarted(_)
    ));
    let attempt = started.attempt_id().unwrap();
    client.poll_authentication_status(attempt).await.unwrap();
    client.send_2fa_email_to_creator(attempt).await.unwrap();
    let code = Submit2faBody::new().code("1");
    let refused = client.submit_2fa(attempt, code).await.unwrap_err();
    assert!(refused.is_validation(), "no code is wanted");
    client.reauthenticate_account("acct_1").await.unwrap();
    let credentials = Credentials::email_password("a@b.example", "x");
    let replaced = client.update_authentication_credentials("acct_1", credentials);
    assert!(replaced.await.unwrap().attempt_id().is_some());

    let mut called: Vec<String> = vendor
        .requests()
        .iter()
        .filter_map(|request| request.operation().map(str::to_owned))
        .collect();
    called.sort();
    let mut all: Vec<&str> = vendor.operations().collect();
    all.sort_unstable();
    assert_eq!(called, all, "each once, and no other");
    let downloaded = &vendor.requests_of("download_media")[0];
    assert_eq!(downloaded.path_parameter("cdn_url"), Some(url));
    let uploaded = &vendor.requests_of("uploadMedia")[0];
    assert_eq!(
        uploaded.json(),
        json!({"file": {"file": "a.txt", "bytes": 3}})
    );
}

#[tokio::test]
async fn what_an_operation_does_not_take_is_refused() {
    let vendor = Vendor::start().await;
    let client = once(&vendor);
    let list = || client.list_all_fans("acct_1").customize();
    let refused = list().query("limit", "many").await.unwrap_err();
    assert_eq!(
        said(&refused),
        json!({"message": "The limit field must be an integer.", "errors": {"limit": ["The limit field must be an integer."]}})
    );
    let send = client
        .send_message("acct_1", 7, SendMessageBody::new())
        .customize();
    let wrong = send.body_field("price", "dear").body_field("mediaFiles", 1);
    let refused = wrong.await.unwrap_err();
    assert!(refused.is_validation());
    assert_eq!(
        said(&refused)["message"],
        "The mediaFiles field must be an array. (and 1 more error)"
    );
    let country = StartAuthenticationBody::new().proxy_country("mars");
    let refused = client
        .start_authentication()
        .body(country)
        .await
        .unwrap_err();
    assert!(said(&refused)["errors"]["proxyCountry"].is_array());

    let unknown = client.request(Method::GET, "/api/nowhere").await;
    assert!(unknown.unwrap_err().is_not_found());
    let method = client.request(Method::DELETE, "/api/acct_1/fans/all").await;
    assert_eq!(method.unwrap_err().status().unwrap(), 405);
    let stranger = vendor.builder().api_key("another").build().unwrap();
    assert!(
        stranger
            .list_all_fans("acct_1")
            .await
            .unwrap_err()
            .is_auth()
    );
    let statuses: Vec<Option<u16>> = vendor.requests().iter().map(|one| one.status()).collect();
    assert_eq!(statuses, [422, 422, 422, 404, 405, 401].map(Some));
    assert!(!format!("{vendor:?}").contains(vendor.key()));
}

#[tokio::test]
async fn lists_come_in_pages() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    let ids = async |limit: i64| {
        let mut fans = client
            .list_all_fans("acct_1")
            .limit(limit)
            .query("a b")
            .items();
        let mut ids = Vec::new();
        while let Some(fan) = fans.next().await.transpose().unwrap() {
            ids.push(fan.id.unwrap());
        }
        ids
    };
    assert_eq!(ids(50).await.len(), 1, "the documented one");
    vendor
        .list("list_all_fans", (1..=25).map(|id| json!({"id": id})))
        .page(10);
    vendor.forget_requests();
    assert_eq!(ids(50).await, Vec::from_iter(1..=25));
    let requests = vendor.requests();
    assert_eq!(requests.len(), 3);
    assert_eq!(
        requests[2].query(),
        json!({"limit": "50", "query": "a b", "offset": "20"})
    );
    assert_eq!(ids(20).await.len(), 25);
    vendor.list("list_all_fans", [] as [Value; 0]);
    assert!(ids(1).await.is_empty());
}

#[tokio::test]
async fn replies_are_what_a_test_says() {
    let vendor = Vendor::start().await;
    let client = once(&vendor);
    let mut page = vendor.example("list_all_fans");
    page["data"]["list"][0]["name"] = "Anna".into();
    vendor.on("list_all_fans").reply(page);
    vendor
        .on("list_all_fans")
        .once()
        .reply(Reply::json(json!({"message": "No."})).status(403));
    vendor.on("send_message").reply_with(|request| {
        let chat = request.path_parameter("chat_id").unwrap_or_default();
        json!({"data": {"text": format!("{} to {chat}", request.json()["text"])}}).into()
    });
    assert!(client.list_all_fans("a").await.unwrap_err().is_auth());
    for _ in 0..2 {
        let page = client.list_all_fans("a").await.unwrap();
        let fans = page
            .data
            .as_ref()
            .and_then(|data| data.list.as_ref())
            .unwrap();
        assert_eq!(fans[0].name.as_deref(), Some("Anna"));
        assert!(page.usage().credits_balance.is_some());
    }
    let sent = client
        .send_message("a", 7, SendMessageBody::new().text("Hi"))
        .await
        .unwrap();
    assert_eq!(
        sent.data.as_ref().unwrap().text.as_deref(),
        Some("\"Hi\" to 7")
    );
    // What the operation does not take is refused before that.
    let wrong = client
        .send_message("a", 7, SendMessageBody::new())
        .customize();
    assert!(
        wrong
            .body_field("price", "dear")
            .await
            .unwrap_err()
            .is_validation()
    );
}

#[tokio::test]
#[should_panic(expected = "expected the name of an operation, but found `send_massage`; there are")]
async fn a_name_that_is_none_is_said_at_once() {
    Vendor::start().await.on("send_massage").reply(json!({}));
}

#[tokio::test]
#[should_panic(
    expected = "expected an operation that gives a list page by page, but found `send_message`"
)]
async fn a_list_is_one_of_an_operation_that_gives_lists() {
    let vendor = Vendor::start().await;
    vendor.list("send_message", [json!({})]);
}

#[cfg(feature = "blocking")]
#[test]
fn programs_without_async_have_it_too() {
    use onlyfansapi::blocking::Wait as _;

    let vendor = Vendor::start().wait();
    let client = vendor.client();
    vendor.list("list_all_fans", [json!({"id": 3})]);
    let ids = client.list_all_fans("a").items().wait_each();
    assert_eq!(
        ids.map(|fan| fan.unwrap().id).collect::<Vec<_>>(),
        [Some(3)]
    );
    assert!(client.list_all_fans("a").wait().is_ok());
}
#[cfg(feature = "webhooks")]
#[tokio::test]
async fn deliveries_are_signed_as_the_vendor_signs_them() {
    use onlyfansapi::testing::TestDelivery;
    use onlyfansapi::webhooks::{Webhook, WebhookError};

    let plain = TestDelivery::new("tips.received")
        .account("acct_1")
        .payload(json!({"amount": 5}));
    let signed = plain.clone().redelivery_of("evt_0").sign("whsec");
    let webhook = Webhook::new("whsec");
    let delivery = webhook.verify(signed.headers(), signed.body()).unwrap();
    assert_eq!(delivery.event.payload()["amount"], 5);
    assert_eq!(delivery.account_id.as_deref(), Some("acct_1"));
    assert_eq!(delivery.idempotency_key.as_deref(), Some("evt_1"));
    assert_eq!(delivery.redelivery_of.as_deref(), Some("evt_0"));
    let unsigned = webhook.verify(plain.headers(), plain.body());
    assert_eq!(unsigned, Err(WebhookError::Unsigned));
    let changed = signed.clone().account("acct_2");
    assert_eq!(
        webhook.verify(changed.headers(), changed.body()),
        Err(WebhookError::Unsigned)
    );
    let other = plain.sign("another");
    let wrong = webhook.verify(other.headers(), other.body());
    assert_eq!(wrong, Err(WebhookError::WrongSignature));

    let receiver = wiremock::MockServer::start().await;
    wiremock::Mock::given(wiremock::matchers::header_exists("signature"))
        .respond_with(wiremock::ResponseTemplate::new(204))
        .mount(&receiver)
        .await;
    assert_eq!(signed.post(&receiver.uri()).await.unwrap(), 204);
}

#[test]
fn the_readme_shows_the_test_of_an_application() {
    let test = include_str!("../application.rs").replace("\r\n", "\n");
    let (_, test) = test
        .split_once("\n\n")
        .expect("a line that says what it is");
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    assert!(
        readme.contains(&format!("```rust\n{test}```\n")),
        "expected README.md to have tests/application.rs without its first line as a block of Rust"
    );
}
