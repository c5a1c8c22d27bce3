//! Connects an account with the vendor in the box, and prints every request as it came. What is printed must be the same
//! however the client was built.

use std::error::Error;

use onlyfansapi::testing::{Reply, Scenario, Vendor};
use onlyfansapi::types::{StartAuthenticationResponse, Submit2faBody};
use onlyfansapi::{Credentials, CustomProxy, Login};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let vendor = Vendor::start().await;
    vendor.next_attempt(Scenario::new().wants_code("424242"));
    let client = vendor.client();

    let login = Login::email_password("creator@example.com", "correct horse")
        .name("Creator")
        .custom_proxy(CustomProxy::new("proxy.example.com", 8080).credentials("user", "secret"));
    println!("{login:?}");
    let started = client.start_authentication().body(login).await?;
    let attempt = started.attempt_id().ok_or("no attempt was started")?;

    let mut code_wanted = 0;
    let account = loop {
        let status = client.poll_authentication_status(attempt).await?;
        println!("state: {:?}", status.state);
        match status.state.as_deref() {
            Some("needs-otp") => {
                code_wanted += 1;
                let code = Submit2faBody::new().code("424242");
                let submitted = client.submit_2fa(attempt, code).await?;
                println!("submitted: {:?}", submitted.message);
            }
            Some("authenticated") => break status.into_inner().account,
            _ => {}
        }
    };
    let account = account.and_then(|account| account.id).ok_or("no account")?;
    assert_eq!(code_wanted, 1);

    let phone = Login::mobile_app().proxy_country("us");
    let phone = client.start_authentication().body(phone).await?;
    assert!(matches!(
        *phone,
        StartAuthenticationResponse::MobileAuthenticationStarted(_)
    ));
    println!("deep link: {:?}", phone.deep_link());

    let invalid =
        json!({"message": "The given data was invalid.", "errors": {"xbc": ["is too short"]}});
    let invalid = Reply::json(invalid).status(422);
    vendor
        .on("update_authentication_credentials")
        .reply(invalid);
    let session = Credentials::raw_data("1", "sess=1; auth_id=1", "xbc", "Browser/1");
    let refused = client
        .update_authentication_credentials(&account, session)
        .await
        .expect_err("the server refuses it");
    assert!(refused.is_validation());
    println!("refused: {refused}");

    for request in vendor.requests() {
        let mut headers: Vec<String> = request
            .headers()
            .iter()
            // The port is another one each time.
            .filter(|(name, _)| *name != "host")
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        headers.sort();
        println!(
            "> {} {}\n  {}\n  {}",
            request.method(),
            request.path(),
            headers.join("\n  "),
            request.text()
        );
    }
    println!("connected: {account}");
    Ok(())
}
