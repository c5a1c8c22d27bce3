//! What a client is made of, and what is wrong with it when it is not made.

mod support;

use std::process::Command;
use std::time::Duration;

use onlyfansapi::{Client, Error};
use support::KEY;

fn refused(result: Result<Client, Error>) -> String {
    let error = result.expect_err("the settings are wrong");
    assert!(error.is_configuration());
    error.to_string()
}

#[test]
fn keys_that_cannot_be_sent_are_refused_and_not_shown() {
    let mut messages = vec![refused(Client::builder().build())];
    for key in [
        "".to_owned(),
        format!("{KEY}\n"),
        format!("Bearer {KEY}"),
        format!("{KEY} "),
        format!("{KEY}é"),
        format!("{KEY}\u{7f}"),
    ] {
        messages.push(refused(Client::new(key)));
    }
    let messages = messages.join("\n");
    insta::assert_snapshot!(messages, @r"
    expected an API key, but none is set; pass one to `ClientBuilder::api_key`
    expected an API key, but found an empty text
    expected an API key, but found a control character in it; is there a line break at its end?
    expected an API key, but found one with `Bearer` in front; leave that out
    expected an API key, but found white space in it
    expected an API key, but found a character in it that is not ASCII
    expected an API key, but found a control character in it; is there a line break at its end?
    ");
    assert!(!messages.contains(KEY));
}

#[test]
fn base_urls_that_are_not_one_are_refused_and_not_shown() {
    let mut messages = Vec::new();
    for url in [
        "",
        "app.example.com",
        "ftp://app.example.com",
        "file:///etc/hunter2",
        "https://user:hunter2@app.example.com",
        "https://hunter2@app.example.com",
        "https://app.example.com/?key=hunter2",
        "https://app.example.com/#hunter2",
        "http://app.example.com",
        "http://10.0.0.1",
        "http://localhost.example.com",
        "https://",
    ] {
        messages.push(refused(
            Client::builder().api_key(KEY).base_url(url).build(),
        ));
    }
    let messages = messages.join("\n");
    insta::assert_snapshot!(messages, @r"
    expected a base URL such as `https://api.example.com`, but found a text that is no URL (relative URL without a base)
    expected a base URL such as `https://api.example.com`, but found a text that is no URL (relative URL without a base)
    expected a base URL such as `https://api.example.com`, but found the scheme `ftp`
    expected a base URL such as `https://api.example.com`, but found the scheme `file`
    expected a base URL such as `https://api.example.com`, but found one with credentials; pass the key to `ClientBuilder::api_key`
    expected a base URL such as `https://api.example.com`, but found one with credentials; pass the key to `ClientBuilder::api_key`
    expected a base URL such as `https://api.example.com`, but found one with a query or a fragment
    expected a base URL such as `https://api.example.com`, but found one with a query or a fragment
    expected a base URL such as `https://api.example.com`, but found `http:` to another machine, which would send the key in clear; use `https:`, or call `ClientBuilder::allow_plain_http`
    expected a base URL such as `https://api.example.com`, but found `http:` to another machine, which would send the key in clear; use `https:`, or call `ClientBuilder::allow_plain_http`
    expected a base URL such as `https://api.example.com`, but found `http:` to another machine, which would send the key in clear; use `https:`, or call `ClientBuilder::allow_plain_http`
    expected a base URL such as `https://api.example.com`, but found a text that is no URL (empty host)
    ");
    assert!(!messages.contains("hunter2"));
}

#[test]
fn base_urls_that_keep_the_key_private_are_accepted() {
    for url in [
        "https://app.example.com",
        "HTTPS://app.example.com/gateway/",
        "http://localhost:8080",
        "http://api.localhost",
        "http://127.0.0.1:1",
        "http://127.1.2.3",
        "http://[::1]:1",
    ] {
        Client::builder()
            .api_key(KEY)
            .base_url(url)
            .build()
            .expect(url);
    }
    let plain = Client::builder()
        .api_key(KEY)
        .base_url("http://10.0.0.1")
        .allow_plain_http();
    assert_eq!(
        plain.build().unwrap().base_url().as_str(),
        "http://10.0.0.1/"
    );
}

#[test]
fn the_default_base_url_is_the_vendors() {
    assert_eq!(
        Client::new(KEY).unwrap().base_url().as_str(),
        "https://app.onlyfansapi.com/"
    );
}

#[test]
fn other_settings_that_cannot_work_are_refused() {
    let builder = || Client::builder().api_key(KEY);
    let messages = [
        refused(builder().user_agent("a\nb").build()),
        refused(
            builder()
                .http_client(reqwest::Client::new())
                .connect_timeout(Duration::from_secs(1))
                .build(),
        ),
    ];
    insta::assert_snapshot!(messages.join("\n"), @r"
    expected a user agent of visible ASCII characters, but found others
    expected a connect timeout or an HTTP client, but found both; set the timeout on the HTTP client
    ");
}

/// In the environment of a process that shall do no more than say what `from_env` makes of that environment.
const TELL: &str = "TELL_WHAT_FROM_ENV_MAKES";

/// What `from_env` makes of these variables, by `test` in a process of its own: changing this one's environment would
/// race with other tests.
fn from_env(test: &str, variables: &[(&str, &str)]) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env_remove("ONLYFANSAPI_API_KEY")
        .env_remove("ONLYFANSAPI_BASE_URL")
        .envs(variables.iter().copied())
        .env(TELL, "")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .find(|line| line.starts_with("made: ") || line.starts_with("refused: "))
        .unwrap_or_else(|| panic!("expected a result, but found {text}"))
        .to_owned()
}

#[test]
fn the_environment_gives_key_and_base_url() {
    if std::env::var_os(TELL).is_some() {
        // A line of its own, whatever the test harness has printed.
        match Client::from_env() {
            Ok(client) => println!("\nmade: {}", client.base_url()),
            Err(error) => println!("\nrefused: {error}"),
        }
        return;
    }
    let from_env = |variables: &[_]| from_env("the_environment_gives_key_and_base_url", variables);
    let key = ("ONLYFANSAPI_API_KEY", KEY);
    let url = |url| ("ONLYFANSAPI_BASE_URL", url);
    let results = [
        from_env(&[key]),
        from_env(&[key, url("")]),
        from_env(&[key, url("http://127.0.0.1:9/x/")]),
        from_env(&[key, url("http://example.com")]),
        from_env(&[url("http://127.0.0.1:9")]),
        from_env(&[("ONLYFANSAPI_API_KEY", "")]),
    ];
    insta::assert_snapshot!(results.join("\n"), @r"
    made: https://app.onlyfansapi.com/
    made: https://app.onlyfansapi.com/
    made: http://127.0.0.1:9/x
    refused: expected a base URL such as `https://api.example.com`, but found `http:` to another machine, which would send the key in clear; use `https:`, or call `ClientBuilder::allow_plain_http`
    refused: expected an API key in the environment variable `ONLYFANSAPI_API_KEY`, but it is not set
    refused: expected an API key, but found an empty text
    ");
}

#[tokio::test]
async fn requests_go_through_the_proxy() {
    use support::script::{Script, json};
    let proxy = Script::start([json(200, &[], "{}")]).await;
    let url = proxy.url.replace("http://", "http://user:geheim@");
    let builder = Client::builder()
        .api_key(KEY)
        .base_url("http://api.example.com")
        .allow_plain_http();
    let client = builder.proxy(url).build().unwrap();
    client
        .poll_authentication_status("auth_1")
        .send()
        .await
        .unwrap();
    let seen = &proxy.seen()[0];
    assert_eq!(
        seen.target,
        "http://api.example.com/api/authenticate/auth_1"
    );
    assert!(
        seen.header("proxy-authorization")
            .is_some_and(|text| text.starts_with("Basic "))
    );

    let error = Client::builder()
        .api_key(KEY)
        .proxy("http://user:geheim@[bad")
        .build()
        .unwrap_err();
    assert!(
        error.is_configuration() && !support::printed(&error).contains("geheim"),
        "{error:?}"
    );
}

/// In the environment of a process that shall do no more than make calls, with the URL of their server.
const CALL: &str = "MAKE_CALLS_TO";

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_on_this_machine_goes_through_no_proxy_of_the_environment() {
    use support::script::{Script, json};
    let poll = async |client: Client| {
        let sent = client.poll_authentication_status("auth_1").send().await;
        sent.map(drop).map_err(|error| error.to_string())
    };
    if let Ok(url) = std::env::var(CALL) {
        let builder = || Client::builder().api_key(KEY).base_url(url.as_str());
        poll(builder().build().unwrap()).await.unwrap();
        let own = reqwest::Client::builder();
        poll(builder().http_client_builder(own).build().unwrap())
            .await
            .unwrap();
        let own = reqwest::Client::builder()
            .proxy(reqwest::Proxy::all(std::env::var("A_PROXY").unwrap()).unwrap());
        poll(builder().http_client_builder(own).build().unwrap())
            .await
            .unwrap();
        // Whether a client that is made has a proxy cannot be seen.
        println!(
            "\n{}",
            refused(builder().http_client(reqwest::Client::new()).build())
        );
        let own = reqwest::Client::builder().no_proxy().build().unwrap();
        let allowed = builder().http_client(own).allow_plain_http().build();
        poll(allowed.unwrap()).await.unwrap();
        return;
    }
    let proxy = Script::start([json(200, &[], "{}")]).await;
    let server = Script::start([json(200, &[], "{}")]).await;
    let url = server.url.replace("127.0.0.1", "localhost");
    for (base, variable) in [
        (&server.url, "http_proxy"),
        (&server.url, "HTTP_PROXY"),
        (&server.url, "all_proxy"),
        (&url, "ALL_PROXY"),
    ] {
        let before = server.count();
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "what_stays_on_this_machine_goes_through_no_proxy_of_the_environment",
                "--exact",
                "--nocapture",
            ])
            .env(variable, &proxy.url)
            .env("A_PROXY", &proxy.url)
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .env(CALL, base)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{variable}: {said}");
        assert!(
            said.contains("expected an environment without a proxy"),
            "{said}"
        );
        assert_eq!(
            (server.count() - before, proxy.count()),
            (4, 0),
            "{variable}"
        );
    }
}

#[tokio::test]
async fn a_proxy_elsewhere_gets_no_key_in_clear_unless_that_is_allowed() {
    use support::script::{Script, json};
    let builder = || {
        let builder = Client::builder().api_key(KEY);
        builder.base_url("http://127.0.0.1:9")
    };
    let elsewhere = "http://user:geheim@proxy.example.com:8080";
    insta::assert_snapshot!(refused(builder().proxy(elsewhere).build()), @"expected a proxy on this machine for a base URL that is `http:` of this machine, but found one on another, which would get the key in clear; use `https:`, or call `ClientBuilder::allow_plain_http`");
    builder()
        .proxy(elsewhere)
        .allow_plain_http()
        .build()
        .unwrap();
    let https = builder().base_url("https://api.example.com");
    https.proxy(elsewhere).build().unwrap();
    // One on this machine is no other.
    let proxy = Script::start([json(200, &[], "{}")]).await;
    let client = builder().proxy(proxy.url.as_str()).build().unwrap();
    let poll = client.poll_authentication_status("auth_1");
    poll.send().await.unwrap();
    assert_eq!(proxy.count(), 1);
}
