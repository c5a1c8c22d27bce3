//! What goes wrong on demand, and what is counted.

use super::*;

#[tokio::test]
async fn credits_and_limits_are_said_and_kept() {
    let vendor = Vendor::start().await;
    let client = once(&vendor);
    vendor.credits(2);
    vendor.limit_minute(3);
    vendor.limit_day(100);
    let page = client.list_all_fans("acct_1").await.unwrap();
    let usage = page.usage();
    assert_eq!(
        (usage.credits_used, usage.credits_balance),
        (Some(1.into()), Some(1.into()))
    );
    assert_eq!(
        (usage.limit_minute, usage.remaining_minute),
        (Some(3), Some(2))
    );
    assert_eq!(
        (usage.limit_day, usage.remaining_day),
        (Some(100), Some(99))
    );
    assert_eq!(page.headers()[Usage::CREDITS_BALANCE_HEADER], "1");
    let meta = page.json().unwrap()["_meta"].clone();
    assert_eq!(meta["_credits"]["balance"], 1);
    assert_eq!(meta["_rate_limits"]["remaining_minute"], 2);
    for _ in 0..2 {
        client.list_all_fans("acct_1").await.unwrap();
    }
    let refused = client.list_all_fans("acct_1").await.unwrap_err();
    assert!(refused.is_rate_limited());
    let wait = refused.api().unwrap().retry_after().unwrap();
    assert!(
        wait > Duration::from_secs(55) && wait <= Duration::from_secs(60),
        "{wait:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_clock_can_be_stopped() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    vendor.limit_minute(1);
    let began = tokio::time::Instant::now();
    client.list_all_fans("acct_1").await.unwrap();
    // The client waits for the next minute.
    client.list_all_fans("acct_1").await.unwrap();
    assert!(began.elapsed() >= Duration::from_secs(59));
}

#[tokio::test]
async fn faults_happen_as_often_as_they_are_wanted() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    vendor
        .on("list_all_fans")
        .times(2)
        .fault(Fault::unavailable());
    client.list_all_fans("acct_1").await.unwrap();
    assert_eq!(vendor.requests_of("list_all_fans").len(), 3);

    let once = once(&vendor);
    let fails = async |fault: Fault| {
        vendor.on("listAllFans").once().fault(fault);
        let call = once.list_all_fans("acct_1").customize();
        call.timeout(Duration::from_millis(300)).await.unwrap_err()
    };
    let limited = fails(Fault::rate_limited(Duration::from_secs(7))).await;
    assert_eq!(
        limited.api().unwrap().retry_after(),
        Some(Duration::from_secs(7))
    );
    assert_eq!(fails(Fault::status(500)).await.status().unwrap(), 500);
    let broken = fails(Fault::disconnect()).await;
    assert!(
        broken.is_retryable() && broken.status().is_none(),
        "{broken}"
    );
    let reset = fails(Fault::reset()).await;
    let mut source = std::error::Error::source(&reset);
    let mut kinds = Vec::new();
    while let Some(cause) = source {
        let kind = cause.downcast_ref::<std::io::Error>();
        kinds.extend(kind.map(std::io::Error::kind));
        source = cause.source();
    }
    assert_eq!(kinds, [std::io::ErrorKind::ConnectionReset]);
    assert!(fails(Fault::hang()).await.is_timeout());
    assert!(
        fails(Fault::slow(Duration::from_secs(5)))
            .await
            .is_timeout()
    );
    assert!(
        fails(Fault::trickle(Duration::from_millis(100)))
            .await
            .is_timeout()
    );
    let cut = fails(Fault::cut()).await;
    assert!(cut.is_retryable() && !cut.is_timeout(), "{cut}");

    vendor.on_any().fault(Fault::reply(Reply::empty(502)));
    assert_eq!(
        once.list_all_fans("a").await.unwrap_err().status().unwrap(),
        502
    );
    assert_eq!(
        once.request(Method::GET, "/x")
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        502
    );
}

#[tokio::test]
async fn a_slow_response_is_the_same_response() {
    let vendor = Vendor::start().await;
    let client = once(&vendor);
    let began = Instant::now();
    vendor
        .on("list_all_fans")
        .once()
        .fault(Fault::slow(Duration::from_millis(50)));
    let slow = client.list_all_fans("a").await.unwrap().json().unwrap();
    vendor
        .on("list_all_fans")
        .once()
        .fault(Fault::trickle(Duration::from_millis(5)));
    let trickled = client.list_all_fans("a").await.unwrap().json().unwrap();
    assert!(began.elapsed() >= Duration::from_millis(100));
    assert_eq!(slow["data"], trickled["data"]);
}

#[tokio::test]
async fn a_message_with_one_key_is_sent_once() {
    let vendor = Vendor::start().await;
    let client = vendor.client();
    vendor
        .on("send_message")
        .once()
        .fault(Fault::disconnect().after_effect());
    let message = SendMessageBody::new().text("Hello");
    let sent = client.send_message("acct_1", 7, message).await.unwrap();
    assert_eq!(sent.headers()["idempotent-replayed"], "true");
    let requests = vendor.requests_of("send_message");
    assert_eq!(requests.len(), 2);
    assert_eq!(
        requests[0].header("idempotency-key"),
        requests[1].header("idempotency-key")
    );
    assert_eq!(requests[0].status(), None, "nobody heard of it");
    // Before any effect there is nothing to replay.
    vendor.on("send_message").once().fault(Fault::disconnect());
    let sent = client.send_message("acct_1", 7, SendMessageBody::new().text("Hello"));
    assert!(
        !sent
            .await
            .unwrap()
            .headers()
            .contains_key("idempotent-replayed")
    );
}
