//! What a call cost and what is left, and waiting before nothing is.

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onlyfansapi::{Method, Number, Usage};
use support::builder;
use support::script::{Script, json};
use tokio::io::AsyncWriteExt as _;
use tokio::time::Instant;

#[tokio::test]
async fn the_figures_are_of_the_headers_first_and_of_the_body_second() {
    let body = r#"{"message": "m", "data": {"list": []}, "_meta": {
        "_credits": {"used": 5, "balance": 100.5, "note": "n"},
        "_cache": {"is_cached": true, "cached_at": "2026-01-01"},
        "_rate_limits": {"limit_minute": 1000, "remaining_minute": 7, "limit_day": null, "remaining_day": 3}}}"#;
    let headers = [
        ("x-ofapi-credits-used", "1"),
        ("x-ofapi-is-cached", "false"),
        ("x-rate-limit-remaining-minute", "999"),
    ];
    let server = Script::start([json(200, &headers, body), json(404, &headers, body)]).await;
    let client = support::client(&server.url);
    let answered = client.list_all_fans("acct_1").send().await.unwrap().usage();
    let refused = client.list_all_fans("acct_1").send().await.unwrap_err();
    for usage in [answered, refused.api().unwrap().usage()] {
        assert_eq!(usage.credits_used, Some(Number::from(1)));
        assert_eq!(usage.credits_balance, Some(Number::from(100.5)));
        assert_eq!(usage.is_cached, Some(false));
        assert_eq!(usage.cached_at.as_deref(), Some("2026-01-01"));
        assert_eq!(
            (usage.limit_minute, usage.remaining_minute),
            (Some(1000), Some(999))
        );
        assert_eq!((usage.limit_day, usage.remaining_day), (None, Some(3)));
    }
}

#[tokio::test]
async fn figures_are_read_as_php_writes_them() {
    let body = r#"{"_meta": {
        "_credits": {"used": "1.5", "balance": "100"}, "_cache": {"is_cached": 1, "cached_at": 1767225600},
        "_rate_limits": {"limit_minute": "1000", "remaining_minute": " 7 ", "limit_day": null, "remaining_day": ""}}}"#;
    let server = Script::start([
        json(200, &[], body),
        json(200, &[], r#"{"_meta": {"_cache": {"is_cached": "0"}}}"#),
    ])
    .await;
    let client = support::client(&server.url);
    let answered = async || {
        let sent = client.request(Method::GET, "/x").send().await;
        sent.unwrap().usage()
    };
    let usage = answered().await;
    assert_eq!(usage.credits_used, Some(Number::from(1.5)));
    assert_eq!(usage.credits_balance, Some(Number::from(100)));
    assert_eq!(usage.is_cached, Some(true));
    assert_eq!(usage.cached_at.as_deref(), Some("1767225600"));
    assert_eq!(
        (usage.limit_minute, usage.remaining_minute),
        (Some(1000), Some(7))
    );
    assert_eq!((usage.limit_day, usage.remaining_day), (None, None));
    let usage = answered().await;
    assert_eq!(usage.is_cached, Some(false));
}

#[tokio::test]
async fn an_answer_that_says_nothing_has_no_figures() {
    for body in [
        "[]",
        "{}",
        "",
        r#"{"_meta": []}"#,
        r#"{"_meta": {"_credits": {"used": "many"}}}"#,
    ] {
        let server = Script::start([json(200, &[("x-ofapi-credits-used", "many")], body)]).await;
        let client = support::client(&server.url);
        let response = client.request(Method::GET, "/x").send().await.unwrap();
        assert_eq!(response.usage(), Usage::default(), "{body}");
    }
}

/// A server that takes five requests a minute, its own minute, and when it took them.
async fn limited() -> (Script, Arc<Mutex<Vec<Instant>>>) {
    let taken = Arc::new(Mutex::new(Vec::<Instant>::new()));
    let all = Arc::clone(&taken);
    let began = Instant::now();
    let server = Script::play(move |_| {
        let mut all = all.lock().unwrap();
        let minute = |at: &Instant| (*at - began).as_secs() / 60;
        let now = Instant::now();
        let used = all.iter().filter(|at| minute(at) == minute(&now)).count();
        let left = 5_usize.saturating_sub(used + 1).to_string();
        let headers = [
            ("x-rate-limit-limit-minute", "5"),
            ("x-rate-limit-remaining-minute", left.as_str()),
        ];
        if used >= 5 {
            return json(429, &headers, "{}");
        }
        all.push(now);
        json(200, &headers, "{}")
    })
    .await;
    (server, taken)
}

#[tokio::test(start_paused = true)]
async fn clones_wait_together_before_the_limit_is_reached() {
    let (server, taken) = limited().await;
    let client = builder(&server.url).limit_rate(true).build().unwrap();
    let mut began = vec![Instant::now()];
    // All at once: the first answer says what the limit is, and the others wait for it.
    let calls = (0..18).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list_all_fans("acct_1").send().await.map(|_| ()) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    began.push(Instant::now());
    let taken = taken.lock().unwrap().len();
    assert_eq!((taken, server.count()), (18, 18), "none was refused");
    // 18 calls at five a minute are over within the fourth minute.
    let minutes = (began[1] - began[0]).as_secs() / 60;
    assert_eq!(minutes, 3);
}

#[tokio::test(start_paused = true)]
async fn without_being_asked_nothing_waits_and_a_deadline_is_kept() {
    let (server, _) = limited().await;
    let client = builder(&server.url)
        .retry(onlyfansapi::RetryPolicy::none())
        .build()
        .unwrap();
    let mut refused = 0;
    for _ in 0..7 {
        refused += usize::from(client.list_all_fans("acct_1").send().await.is_err());
    }
    assert_eq!(refused, 2);

    let (server, _) = limited().await;
    let client = builder(&server.url).limit_rate(true).build().unwrap();
    for _ in 0..5 {
        client.list_all_fans("acct_1").send().await.unwrap();
    }
    let call = client.list_all_fans("acct_1").customize();
    let error = call
        .deadline(std::time::Duration::from_secs(10))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.is_unsent(), "{error:?}");
    assert_eq!((server.count(), error.attempts()), (5, 0));
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_nothing_is_none() {
    let headers = [
        ("x-rate-limit-limit-minute", "0"),
        ("x-rate-limit-remaining-minute", "0"),
    ];
    let server = Script::start([json(200, &headers, "{}")]).await;
    let client = builder(&server.url).limit_rate(true).build().unwrap();
    let began = Instant::now();
    for _ in 0..3 {
        client.list_all_fans("acct_1").send().await.unwrap();
    }
    assert_eq!(began.elapsed().as_secs(), 0);
}

/// A server that takes `limit` requests in a minute that begins with its first, and answers each after another while. It
/// says what was left when it took the request, so that what it says comes out of order. Gives when each was taken, and
/// how many were refused.
async fn slow(limit: usize) -> (support::ByteServer, Arc<Mutex<(Vec<Instant>, usize)>>) {
    let taken = Arc::new(Mutex::new((Vec::<Instant>::new(), 0)));
    let all = Arc::clone(&taken);
    let server = support::ByteServer::start_with(move |mut stream| {
        let now = Instant::now();
        let (left, number) = {
            let mut all = all.lock().unwrap();
            let began = all.0.first().map_or(now, |first| {
                let minutes = (now - *first).as_secs() / 60;
                *first + Duration::from_secs(60 * minutes)
            });
            let used = all.0.iter().filter(|at| **at >= began).count();
            let left = limit.checked_sub(used + 1);
            match left {
                Some(_) => all.0.push(now),
                None => all.1 += 1,
            }
            (left, all.0.len())
        };
        async move {
            tokio::time::sleep(Duration::from_millis((number as u64 * 7919) % 400)).await;
            let (limit, remaining) = (limit.to_string(), left.unwrap_or(0).to_string());
            let headers = [
                ("connection", "close"),
                ("x-rate-limit-limit-minute", limit.as_str()),
                ("x-rate-limit-remaining-minute", remaining.as_str()),
            ];
            let status = if left.is_some() { "200 OK" } else { "429 No" };
            let _ = stream
                .write_all(&support::answer(status, &headers, "{}"))
                .await;
        }
    })
    .await;
    (server, taken)
}

#[tokio::test(start_paused = true)]
async fn every_slot_of_a_minute_is_used_and_none_twice() {
    let (server, taken) = slow(150).await;
    let client = builder(&server.url).limit_rate(true).build().unwrap();
    let calls = (0..200).map(|number: u64| {
        let client = client.clone();
        tokio::spawn(async move {
            // Not all at once: some ask while others are under way.
            tokio::time::sleep(Duration::from_millis(number * 5)).await;
            client.list_all_fans("acct_1").send().await.map(drop)
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    let (taken, refused) = taken.lock().unwrap().clone();
    let minute = Duration::from_secs(60);
    let first = taken.iter().filter(|at| **at - taken[0] < minute).count();
    assert_eq!((taken.len(), first, refused), (200, 150, 0));
    assert!(
        taken[149] - taken[0] < Duration::from_secs(3),
        "none waits in vain"
    );
    assert!(taken[199] - taken[0] < 2 * minute);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_calls_own_is_for_the_wait_as_well() {
    let (server, _) = slow(1).await;
    let client = builder(&server.url).limit_rate(true).build().unwrap();
    client.list_all_fans("acct_1").send().await.unwrap();
    let began = Instant::now();
    let call = client.list_all_fans("acct_1").customize();
    let error = call
        .timeout(Duration::from_secs(3))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.is_unsent(), "{error:?}");
    assert_eq!((server.requests(), error.attempts()), (1, 0));
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn a_first_request_that_hangs_holds_up_no_other() {
    let hung = Arc::new(Mutex::new(false));
    let server = Script::play(move |_| {
        if !std::mem::replace(&mut *hung.lock().unwrap(), true) {
            return support::script::Act::Hang;
        }
        json(200, &[], "{}")
    })
    .await;
    let client = builder(&server.url)
        .timeout(Duration::from_secs(600))
        .limit_rate(true)
        .build()
        .unwrap();
    let first = client.clone();
    let first = tokio::spawn(async move { first.list_all_fans("acct_1").send().await.map(drop) });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let began = Instant::now();
    client.list_all_fans("acct_1").send().await.unwrap();
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    first.abort();
}
