//! What becomes of attempts to connect an account.

use super::*;

#[tokio::test]
async fn an_attempt_wants_what_its_scenario_says() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    let scenario = Scenario::new().wants_code("424242").wants_selfie();
    vendor.next_attempt(scenario.account("acct_9"));
    let mut attempt = start(&client, login()).await;
    let Step::NeedsCode {
        hint,
        from_app,
        again,
        ..
    } = attempt.next().await.unwrap()
    else {
        panic!("a code is wanted first");
    };
    assert_eq!(
        (hint.as_deref(), from_app, again),
        (Some("17"), false, false)
    );
    attempt.submit_code("111111").await.unwrap();
    let again = attempt.next().await.unwrap();
    assert!(
        matches!(again, Step::NeedsCode { again: true, .. }),
        "{again:?}"
    );
    attempt.submit_code("424242").await.unwrap();
    // Another process goes on with it.
    let mut attempt = client.resume(attempt.id()).polling(polling());
    assert!(matches!(
        attempt.next().await.unwrap(),
        Step::NeedsSelfie { .. }
    ));
    attempt.selfie_done().await.unwrap();
    let Step::Connected(account) = attempt.next().await.unwrap() else {
        panic!("it is over");
    };
    assert_eq!(account.id.as_deref(), Some("acct_9"));

    vendor.next_attempt(Scenario::new().wants_app_code("1").refuses_wrong_codes());
    let mut attempt = start(&client, login()).await;
    assert!(matches!(
        attempt.next().await.unwrap(),
        Step::NeedsCode { from_app: true, .. }
    ));
    attempt.submit_code("2").await.unwrap();
    let Step::NeedsCode { again, .. } = attempt.next().await.unwrap() else {
        panic!("it was wrong");
    };
    assert!(again);
}

#[tokio::test]
async fn an_attempt_fails_or_never_ends_and_a_phone_gets_a_link() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    vendor.next_attempt(Scenario::new().fails("wrong_password", "The password is wrong."));
    let failed = start(&client, login()).await.next().await.unwrap_err();
    assert!(failed.is_attempt_failed());
    assert_eq!(failed.api().unwrap().code(), Some("wrong_password"));

    vendor.next_attempt(Scenario::new().never_ends());
    let short = polling().deadline(Duration::from_millis(350));
    let mut attempt = client.connect(login()).polling(short).await.unwrap();
    assert!(attempt.next().await.unwrap_err().is_timeout());

    let mut attempt = start(&client, Login::mobile_app()).await;
    assert!(matches!(
        attempt.next().await.unwrap(),
        Step::OpenOnPhone { .. }
    ));
    assert!(matches!(attempt.next().await.unwrap(), Step::Connected(_)));
}

#[tokio::test]
async fn a_session_that_is_over_comes_back_by_signing_in() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    vendor.expire_session("acct_1");
    let refused = client.list_all_fans("acct_1").await.unwrap_err();
    assert!(refused.is_session_expired(), "{refused}");
    client.list_all_fans("acct_2").await.unwrap();
    let mut attempt = client.reconnect("acct_1").polling(polling()).await.unwrap();
    assert!(matches!(attempt.next().await.unwrap(), Step::Connected(_)));
    client.list_all_fans("acct_1").await.unwrap();
}
