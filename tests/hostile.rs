//! No word of a server makes the client panic: headers, links and states at random, with settings at their limits.
//!
//! The same words come in each run. `HOSTILE_ROUNDS` sets how many, and `HOSTILE_SEED` another beginning.

mod support;

use std::time::Duration;

use futures_util::StreamExt as _;
use onlyfansapi::{Login, Method, Next, Paging, Polling, RetryPolicy, Step};
use serde_json::{Value, json};
use support::answer;
use support::dice::{Dice, setting, value};
use support::script::{Act, Script};

/// How long a call may go on, on a clock that stands still but for the waits.
const PATIENCE: Duration = Duration::from_secs(3600);

const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "60",
    "1e19",
    "1e308",
    "1e-308",
    "inf",
    "NaN",
    "1.5",
    "0x10",
    "+5",
    "٣",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "999999999999999999999999",
    "184467440737095516150000",
    "",
    " 7 ",
    "7,7",
    "many",
];
const DATES: &[&str] = &[
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Thu, 01 Jan 2026 00:00:00 GMT",
    "Thursday, 01-Jan-70 00:00:00 GMT",
    "Thu Jan  1 00:00:00 1970",
    "Xxx, 99 Foo 0000 99:99:99 GMT",
];
const TIMES: &[Duration] = &[
    Duration::ZERO,
    Duration::from_nanos(1),
    Duration::from_secs(1),
    Duration::from_secs(60),
    Duration::MAX,
];

fn headers(dice: &mut Dice) -> Vec<(&'static str, String)> {
    let mut all = vec![("connection", "close".to_owned())];
    for name in [
        "retry-after",
        "x-rate-limit-limit-minute",
        "x-rate-limit-remaining-minute",
        "x-rate-limit-limit-day",
        "x-ofapi-credits-used",
        "x-ofapi-credits-balance",
        "x-ofapi-is-cached",
    ] {
        if !dice.one_in(3) {
            let dates = name == "retry-after" && dice.one_in(2);
            all.push((
                name,
                dice.of(if dates { DATES } else { NUMBERS }).to_owned(),
            ));
        }
    }
    if dice.one_in(2) {
        all.push(("date", dice.of(DATES).to_owned()));
    }
    if dice.one_in(2) {
        let types = [
            "application/json",
            "text/html",
            ";",
            "a/b/c;;=",
            "application/json; charset=\"",
            "",
        ];
        all.push(("content-type", dice.of(&types).to_owned()));
    }
    all
}

fn body(dice: &mut Dice) -> String {
    match dice.below(5) {
        0 => "<html>".to_owned(),
        1 => "{\"data\": ".to_owned(),
        _ => value(dice, 3).to_string(),
    }
}

#[tokio::test(start_paused = true)]
async fn no_header_makes_it_panic() {
    let mut dice = Dice::new(1);
    for _ in 0..setting("HOSTILE_ROUNDS", 60) {
        let mut acts = Vec::new();
        for _ in 0..3 {
            let status = dice.of(&[
                "200 OK",
                "204 No Content",
                "401 No",
                "413 No",
                "429 No",
                "503 No",
                "500 No",
                "304 No",
            ]);
            let headers = headers(&mut dice);
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, text)| (*name, text.as_str()))
                .collect();
            let body = body(&mut dice);
            acts.push(Act::Say(answer(status, &headers, &body)));
        }
        let server = Script::start(acts).await;
        let policy = RetryPolicy::default()
            .max_retries(dice.of(&[0, 1, 3, 5]))
            .base_delay(dice.of(TIMES))
            .max_delay(dice.of(TIMES))
            .retry_after_budget(dice.of(TIMES));
        let mut builder = support::builder(&server.url)
            .retry(policy)
            .timeout(dice.of(TIMES))
            .connect_timeout(dice.of(TIMES))
            .max_response_bytes(dice.of(&[0, 1, 100, usize::MAX]))
            .limit_rate(dice.one_in(2));
        if dice.one_in(2) {
            builder = builder.deadline(dice.of(TIMES));
        }
        let client = builder.build().unwrap();
        for _ in 0..3 {
            let sent = tokio::time::timeout(PATIENCE, client.list_all_fans("acct_1").send()).await;
            match sent {
                Ok(Ok(response)) => drop(response.usage()),
                Ok(Err(error)) => {
                    let printed = support::printed(&error);
                    assert!(!printed.contains(support::KEY));
                    if let Some(api) = error.api() {
                        let _ = (
                            api.retry_after(),
                            api.usage(),
                            api.request_id(),
                            api.field_errors(),
                        );
                    }
                }
                Err(_) => {}
            }
        }
        let mut written = Vec::new();
        let download = client.download_media("acct_1", "x").customize();
        let _ = tokio::time::timeout(PATIENCE, download.send_to(&mut written)).await;
    }
}

const LINKS: &[&str] = &[
    "/",
    "//",
    "///",
    "?",
    "#",
    "\\\\evil.example",
    "http:",
    "https:",
    "javascript:alert(1)",
    "data:,x",
    "file:///etc/passwd",
    "http://[::1",
    "http://127.0.0.1:99999/",
    "http://user:pw@",
    "https://app.onlyfansapi.com",
    "https://app.onlyfansapi.com@evil.example/",
    ".",
    "..",
    "%2e%2e/",
    "%",
    "%zz",
    "%00",
    "\u{0}",
    "\n",
    " ",
    "\t",
    "api/acct_1/fans/all",
    "?offset=",
    "offset=1&offset=2",
    "?limit=18446744073709551616",
    ";",
    "é",
    "🦀",
    "\u{202E}",
    "xn--",
    ":0",
    "@",
    "/api/authenticate/",
    "auth_1",
];

fn link(dice: &mut Dice, own: &str) -> Value {
    if dice.one_in(6) {
        return value(dice, 2);
    }
    let mut link = dice.of(&["", own]).to_owned();
    for _ in 0..dice.below(4) {
        link.push_str(dice.of(LINKS));
    }
    if dice.one_in(50) {
        link.push_str(&"a/".repeat(20_000));
    }
    json!(link)
}

#[tokio::test(start_paused = true)]
async fn no_link_and_no_token_makes_it_panic() {
    let mut dice = Dice::new(2);
    for _ in 0..setting("HOSTILE_ROUNDS", 60) {
        let mut inner = dice.clone();
        dice.next();
        let server = Script::play(move |seen| {
            let host = seen.header("host").unwrap_or_default().to_owned();
            assert!(seen.target.starts_with('/'), "{}", seen.target);
            let own = format!("http://{host}/");
            let items: Vec<Value> = (0..inner.below(3)).map(|_| value(&mut inner, 1)).collect();
            let page = json!({
                "data": {"list": if inner.one_in(9) { value(&mut inner, 2) } else { json!(items) }},
                "_pagination": if inner.one_in(9) { value(&mut inner, 2) } else { json!({"next_page": link(&mut inner, &own)}) },
                "cursor": link(&mut inner, &own), "more": value(&mut inner, 1),
            });
            Act::Say(answer("200 OK", &[("connection", "close")], &page.to_string()))
        })
        .await;
        let base = dice.of(&["", "/gateway", "/a%20b/"]);
        let client = support::client(&format!("{}{base}", server.url));
        let bounds = |pages: onlyfansapi::Pages<Value>| pages.max_pages(6).deadline(PATIENCE);
        let fans = client.list_all_fans("acct_1").items();
        let _ = fans
            .max_pages(6)
            .max_empty_pages(dice.below(4))
            .collect::<Vec<_>>()
            .await;
        let nexts = [
            Next::Url("_pagination.next_page"),
            Next::Offset {
                parameter: "offset",
                more: Some("more"),
            },
            Next::Token {
                parameter: "cursor",
                field: "cursor",
            },
        ];
        let offset = dice.of(&[
            "/x",
            "/x?offset=18446744073709551615",
            "/x?offset=-1&limit=x",
        ]);
        let paging = Paging {
            items: "data.list",
            next: dice.of(&nexts),
        };
        let list = client.request(Method::GET, offset);
        let _ = bounds(list.items_by::<Value>(paging))
            .collect::<Vec<_>>()
            .await;
    }
}

#[tokio::test(start_paused = true)]
async fn no_state_of_an_attempt_makes_it_panic() {
    let mut dice = Dice::new(3);
    for _ in 0..setting("HOSTILE_ROUNDS", 60) {
        let mut inner = dice.clone();
        dice.next();
        let server = Script::play(move |seen| {
            let host = seen.header("host").unwrap_or_default().to_owned();
            let own = format!("http://{host}/api/authenticate/");
            let inner = &mut inner;
            let mut of = |known: &[Value]| match inner.one_in(3) {
                true => value(inner, 2),
                false => inner.of(known),
            };
            let flags = [json!(true), json!(false), json!(1), json!("0"), json!(null)];
            let words = [json!(null), json!("x"), json!("failed"), json!("needs-otp"), json!("authenticated")];
            let attempt = json!({
                "success": of(&flags), "completed_at": of(&words), "error_code": of(&words), "error_message": of(&words),
                "needs_otp": of(&flags), "needs_face_otp": of(&flags), "face_otp_verification_url": of(&words),
                "otp_phone_ending": of(&words),
            });
            let mut said = json!({
                "attempt_id": of(&words), "polling_url": of(&words), "success": of(&flags), "message": of(&words),
                "state": of(&words), "progress": of(&words), "twoFactorPending": of(&flags),
                "mobile_auth_session_deeplink": of(&words), "lastAttempt": of(&[attempt.clone(), attempt]),
                "account": of(&[json!({"id": 1}), json!({"id": "acct_1"})]),
            });
            if inner.one_in(2) {
                said["polling_url"] = link(inner, &own);
            }
            let fields = said.as_object_mut().expect("an object");
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names {
                if inner.one_in(3) {
                    fields.remove(&name);
                }
            }
            let status = inner.of(&["200 OK", "200 OK", "200 OK", "422 No", "429 No"]);
            let mut headers = vec![("connection", "close")];
            let after = inner.of(&[inner.clone().of(NUMBERS), "1e19"]);
            if inner.one_in(2) || status.starts_with("429") {
                headers.push(("retry-after", after));
            }
            Act::Say(answer(status, &headers, &said.to_string()))
        })
        .await;
        let client = support::client(&server.url);
        let polling = Polling::default()
            .interval(dice.of(TIMES))
            .max_interval(dice.of(TIMES))
            .deadline(dice.of(TIMES));
        let started = match dice.below(3) {
            0 => {
                client
                    .connect(Login::mobile_app())
                    .polling(polling)
                    .start()
                    .await
            }
            1 => client.reconnect("acct_1").polling(polling).start().await,
            _ => Ok(client.resume("auth_1").polling(polling)),
        };
        let Ok(mut attempt) = started else { continue };
        for _ in 0..6 {
            let _ = format!("{attempt:?}");
            match tokio::time::timeout(PATIENCE, attempt.next()).await {
                Ok(Ok(Step::NeedsCode { .. })) => drop(attempt.submit_code("123456").await),
                Ok(Ok(Step::NeedsSelfie { .. })) => drop(attempt.selfie_done().await),
                Ok(Ok(Step::Connected(_))) => break,
                Ok(Err(error)) => drop(support::printed(&error)),
                _ => {}
            }
        }
    }
}
