//! What the client costs beside bare reqwest and serde_json: time of a small call on loopback, time of decoding a large
//! answer, and heap of a call.
//!
//! `cargo bench --no-default-features --bench overhead` prints the ratios first, of calls that take turns, since this is
//! what docs/performance.md promises and what a busy machine blurs least; then divan's table of each by itself, with
//! what it allocates.

use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use onlyfansapi::Client;
use onlyfansapi::types::ListAllFansResponse;
use serde_json::json;

/// Counts what a bench allocates: the most at a time is in divan's table.
#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts")
});

/// How many fans are about a megabyte.
const LARGE: usize = 1_400;

/// A page of so many fans, of which the last may have one value that does not fit its type.
fn page(fans: usize, odd: bool) -> Vec<u8> {
    let fan = |id: usize| {
        json!({"id": id, "username": format!("u{id}"), "name": "Anna", "displayName": "Anna from Berlin",
            "avatar": "https://cdn.example.com/files/avatar.jpg", "isBlocked": false, "isVerified": true,
            "lastSeen": "2026-01-01T12:00:00+00:00", "subscribePrice": 4.99, "subscribedOn": true,
            // What real fans have beside what the type knows.
            "avatarThumbs": {"c50": "https://cdn.example.com/files/c50.jpg", "c144": "https://cdn.example.com/files/c144.jpg"},
            "canAddSubscriber": true, "canEarn": false, "canReceiveChatMessage": true, "canRestrict": true, "canReport": true,
            "hasStories": false, "hasStream": false, "hideChat": false, "isPerformer": false, "isRealPerformer": true,
            "listsStates": [{"id": 1, "name": "Fans", "hasUser": true}], "notice": "", "tipsEnabled": true, "tipsMax": 200,
            "tipsMin": 5, "subscribedByAutoprolong": null, "subscriptionBundles": [], "view": "s"})
    };
    let mut list: Vec<_> = (0..fans).map(fan).collect();
    if odd && let Some(last) = list.last_mut() {
        last["id"] = json!("12");
    }
    json!({"data": {"list": list, "hasMore": true}, "_pagination": {"next_page": null}})
        .to_string()
        .into_bytes()
}

/// A server on a thread of its own that answers every request with `body`; it allocates nothing for a request.
fn serve(body: Vec<u8>) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let answer: &'static [u8] = [head.as_bytes(), &body].concat().leak();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut stream = stream;
                stream.set_nodelay(true).expect("it is a socket");
                let mut buffer = [0; 8192];
                let mut filled = 0;
                while let Ok(read @ 1..) = stream.read(&mut buffer[filled..]) {
                    filled += read;
                    if buffer[..filled].ends_with(b"\r\n\r\n") {
                        filled = 0;
                        if stream.write_all(answer).is_err() {
                            break;
                        }
                    }
                }
            });
        }
    });
    url
}

/// The account, the limit and the key of a call.
const PARAMETERS: (&str, i64, &str) = ("acct_1", 50, "key");

/// The same call twice: with the client, and with what it is made of, as it would be written by hand.
struct Pair {
    client: Client,
    http: reqwest::Client,
    base: String,
}

impl Pair {
    fn new(fans: usize) -> Self {
        Self::of(page(fans, false))
    }

    fn of(page: Vec<u8>) -> Self {
        let base = serve(page);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("a-client-of-its-own/0.1.0")
            .build()
            .expect("a client");
        Self {
            client: Client::builder()
                .api_key("key")
                .base_url(base.as_str())
                .build()
                .expect("a client"),
            http,
            base,
        }
    }

    fn ours(&self) -> usize {
        let (account, limit, _) = black_box(PARAMETERS);
        let call = self.client.list_all_fans(account).limit(limit).send();
        RUNTIME
            .block_on(call)
            .expect("an answer")
            .status()
            .as_u16()
            .into()
    }

    fn bare(&self) -> usize {
        let (account, limit, key) = black_box(PARAMETERS);
        let call = async {
            let url = format!("{}/api/{account}/fans/all?limit={limit}", self.base);
            let request = self.http.get(url).bearer_auth(key);
            let request = request.timeout(Duration::from_secs(60));
            let answer = request
                .header("accept", "application/json")
                .send()
                .await?
                .error_for_status()?;
            let status = answer.status();
            let body = answer.bytes().await?;
            black_box(serde_json::from_slice::<ListAllFansResponse>(&body).expect("a page"));
            Ok::<_, reqwest::Error>(status.as_u16().into())
        };
        RUNTIME.block_on(call).expect("an answer")
    }
}

/// The median of the times of `ours` over that of `bare`, which take turns.
fn ratio(rounds: usize, ours: impl Fn(), bare: impl Fn()) -> (f64, Duration, Duration) {
    let time = |call: &dyn Fn()| {
        let began = Instant::now();
        call();
        began.elapsed()
    };
    let mut times: [Vec<Duration>; 2] = Default::default();
    for round in 0..rounds + rounds / 10 {
        // Each goes first in every second round.
        let pair: [(usize, &dyn Fn()); 2] = [(0, &ours), (1, &bare)];
        for index in [round % 2, (round + 1) % 2] {
            let (which, call) = pair[index];
            let took = time(call);
            if round >= rounds / 10 {
                times[which].push(took);
            }
        }
    }
    let [ours, bare] = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    });
    (ours.as_secs_f64() / bare.as_secs_f64(), ours, bare)
}

fn main() {
    let small = Pair::new(1);
    let (of_small, ours, bare) = ratio(
        20_000,
        || {
            black_box(small.ours());
        },
        || {
            black_box(small.bare());
        },
    );
    println!("small call: {of_small:.3} of bare reqwest and serde_json ({ours:?} and {bare:?})");

    let fans = LARGE;
    let body = page(fans, false);
    let large = Pair::new(fans);
    let (of_large, ours, bare) = ratio(
        300,
        || {
            black_box(large.ours());
        },
        || {
            black_box(large.bare());
        },
    );
    println!(
        "call with {} bytes: {of_large:.3} ({ours:?} and {bare:?})",
        body.len()
    );
    let derived = || {
        black_box(serde_json::from_slice::<derived::Page>(black_box(&body)).is_ok());
    };
    let generated = || {
        black_box(serde_json::from_slice::<ListAllFansResponse>(black_box(&body)).is_ok());
    };
    let (of_decode, ours, bare) = ratio(300, generated, derived);
    println!(
        "decoding {} bytes: {of_decode:.3} of serde's derived code ({ours:?} and {bare:?})",
        body.len()
    );

    // The last fan does not fit, so that all of the page is decoded twice.
    let odd = Pair::of(page(fans, true));
    let (_, twice, once) = ratio(
        300,
        || {
            black_box(odd.ours());
        },
        || {
            black_box(large.ours());
        },
    );
    let again = twice.saturating_sub(once);
    println!(
        "decoding them leniently: {:.3} of decoding them ({again:?} and {ours:?})",
        again.as_secs_f64() / ours.as_secs_f64()
    );

    divan::main();
}

#[divan::bench(args = [1, LARGE])]
fn client(bencher: divan::Bencher<'_, '_>, fans: usize) {
    let pair = Pair::new(fans);
    bencher.bench(|| pair.ours());
}

#[divan::bench(args = [1, LARGE])]
fn bare(bencher: divan::Bencher<'_, '_>, fans: usize) {
    let pair = Pair::new(fans);
    bencher.bench(|| pair.bare());
}

/// The same types as serde derives them.
mod derived {
    #![allow(dead_code, reason = "they are decoded only")]

    use serde::Deserialize;

    #[derive(Deserialize)]
    pub struct Page {
        data: Option<Data>,
        _pagination: Option<Pagination>,
        _meta: Option<serde::de::IgnoredAny>,
    }

    #[derive(Deserialize)]
    struct Data {
        list: Option<Vec<Fan>>,
        #[serde(rename = "hasMore")]
        has_more: Option<bool>,
    }

    #[derive(Deserialize)]
    struct Pagination {
        next_page: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Fan {
        id: Option<i64>,
        username: Option<String>,
        name: Option<String>,
        display_name: Option<String>,
        avatar: Option<String>,
        is_blocked: Option<bool>,
        is_restricted: Option<bool>,
        is_verified: Option<bool>,
        last_seen: Option<String>,
        subscribe_price: Option<f64>,
        subscribed_on: Option<bool>,
        subscribed_on_duration: Option<String>,
    }
}
