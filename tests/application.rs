//! A test of an application, as the README shows it.

use onlyfansapi::testing::{Fault, Vendor};
use onlyfansapi::types::SendMessageBody;
use onlyfansapi::{Client, Error, Expected as _};
use serde_json::json;

/// The application: it greets every fan of an account.
async fn greet(client: &Client, account: &str) -> Result<usize, Error> {
    let mut greeted = 0;
    let mut fans = client.list_all_fans(account).items();
    while let Some(fan) = fans.next().await.transpose()? {
        let greeting = format!("Hello {}!", fan.name.as_deref().unwrap_or("you"));
        let message = SendMessageBody::new().text(greeting);
        let fan = fan.id.expected("fan.id")?;
        client.send_message(account, fan, message).await?;
        greeted += 1;
    }
    Ok(greeted)
}

#[tokio::test]
async fn every_fan_is_greeted_once() {
    let vendor = Vendor::start().await;
    let fans = ["Anna", "Berta", "Clara"].into_iter().enumerate();
    let fans = fans.map(|(id, name)| json!({ "id": id, "name": name }));
    vendor.list("list_all_fans", fans).page(2);
    // Anna is greeted, and the application does not hear of it.
    let lost = Fault::disconnect().after_effect();
    vendor.on("send_message").once().fault(lost);

    let greeted = greet(&vendor.client(), "acct_1").await;

    assert_eq!(greeted.unwrap(), 3);
    assert_eq!(vendor.requests_of("list_all_fans").len(), 2);
    let sent = vendor.requests_of("send_message");
    let texts: Vec<_> = sent
        .iter()
        .map(|sent| sent.json()["text"].clone())
        .collect();
    assert_eq!(
        texts,
        ["Hello Anna!", "Hello Anna!", "Hello Berta!", "Hello Clara!"]
    );
    // It was the same message both times, and the API sends it once.
    let key = |index: usize| sent[index].header("idempotency-key");
    assert!(key(0) == key(1) && key(1) != key(2));
}

#[tokio::test]
async fn what_the_api_refuses_ends_the_greetings() {
    let vendor = Vendor::start().await;
    vendor.expire_session("acct_1");

    let error = greet(&vendor.client(), "acct_1").await.unwrap_err();

    assert!(error.is_session_expired());
    assert!(vendor.requests_of("send_message").is_empty());
}
