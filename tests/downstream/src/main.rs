//! Connects an account with the server in `vendor.rs`, which prints every request as it came. What is printed must be
//! the same however the client was built.

mod vendor;

use std::error::Error;
use std::time::Duration;

use onlyfansapi::types::{StartAuthenticationResponse, Submit2faBody};
use onlyfansapi::{Client, Credentials, CustomProxy, Login};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder()
        .api_key(vendor::KEY)
        .base_url(vendor::start()?)
        .timeout(Duration::from_secs(10))
        .build()?;

    let login = Login::email_password("creator@example.com", "correct horse")
        .name("Creator")
        .custom_proxy(CustomProxy::new("proxy.example.com", 8080).credentials("user", "secret"));
    println!("{login:?}");
    let started = client.start_authentication().body(login).send().await?;
    let attempt = started.attempt_id().ok_or("no attempt was started")?;

    let mut code_wanted = 0;
    let account = loop {
        let status = client.poll_authentication_status(attempt).send().await?;
        println!("state: {:?}", status.state);
        match status.state.as_deref() {
            Some("needs-otp") => {
                code_wanted += 1;
                let code = Submit2faBody::new().code(vendor::CODE);
                let answer = client.submit_2fa(attempt, code).send().await?;
                println!("submitted: {:?}", answer.message);
            }
            Some("authenticated") => break status.into_inner().account,
            _ => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    };
    let account = account.and_then(|account| account.id).ok_or("no account")?;
    assert_eq!(code_wanted, 1);

    let phone = client
        .start_authentication()
        .body(Login::mobile_app().proxy_country("us"))
        .send()
        .await?;
    assert!(matches!(
        *phone,
        StartAuthenticationResponse::MobileAuthenticationStarted(_)
    ));
    println!("deep link: {:?}", phone.deep_link());

    let session = Credentials::raw_data("1", "sess=1; auth_id=1", "xbc", "Browser/1");
    let refused = client
        .update_authentication_credentials(&account, session)
        .send()
        .await
        .expect_err("the server refuses it");
    assert!(refused.is_validation());
    println!("refused: {refused}");

    println!("connected: {account}");
    Ok(())
}
