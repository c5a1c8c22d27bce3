//! Ways around the types: raw answers, undocumented paths and fields, settings of one call.

mod support;

use onlyfansapi::types::{SendMessageBody, UploadMediaBody};
use onlyfansapi::{Method, Upload};
use serde_json::json;
use support::script::{Act, Script, json as answer};
use support::{KEY, answer as bytes, builder, client};

#[tokio::test]
async fn an_undocumented_path_is_called_like_any_other() {
    let server =
        Script::start([answer(503, &[], "{}"), answer(200, &[], r#"{"new": true}"#)]).await;
    let client = builder(&format!("{}/gateway", server.url)).build().unwrap();
    let call = client
        .request(Method::GET, "/api/new?a=1")
        .query("ids", [1, 2])
        .header("X-A", "b");
    let response = call.send().await.unwrap();
    assert_eq!(*response, json!({"new": true}));
    let seen = &server.seen()[1];
    assert_eq!(seen.target, "/gateway/api/new?a=1&ids%5B%5D=1&ids%5B%5D=2");
    assert_eq!(seen.header("x-a"), Some("b"));
    assert_eq!(
        seen.header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );

    let call = client
        .request(Method::POST, "/api/new")
        .json(&json!({"a": 1}))
        .body_field("b", [2]);
    call.send().await.unwrap();
    assert_eq!(server.seen()[2].json(), json!({"a": 1, "b": [2]}));
    let call = client
        .request(Method::PATCH, "/api/new")
        .body_field("only", "this");
    call.send().await.unwrap();
    assert_eq!(server.seen()[3].json(), json!({"only": "this"}));
    let file = json!({"note": "n"});
    client
        .request(Method::POST, "/api/new")
        .multipart(&file)
        .send()
        .await
        .unwrap();
    assert!(
        server.seen()[4]
            .text()
            .contains("name=\"note\"\r\n\r\nn\r\n")
    );
}

#[tokio::test]
async fn what_is_set_again_replaces_what_was_there() {
    let server = Script::start([answer(200, &[], "{}")]).await;
    let client = client(&server.url);
    let call = client
        .request(
            Method::POST,
            "/api/new?v[]=1&v[]=2&f[a]=1&f%5Bb%5D[]=1&fa=1&page=1",
        )
        .query("v", [3])
        .query("f", json!({"a": 2}))
        .query("page", 2)
        .header("X-A", "1")
        .header("x-a", "\n")
        .header("X-A", 5_u128)
        .header("content-type", "application/merge-patch+json")
        .json(&json!({"a": 1}));
    call.send().await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.target, "/api/new?fa=1&v%5B%5D=3&f%5Ba%5D=2&page=2");
    assert_eq!(seen.header("x-a"), Some("5"));
    assert_eq!(
        seen.header("content-type"),
        Some("application/merge-patch+json")
    );
    let call = client
        .request(Method::POST, "/api/new")
        .header("Content-Type", "multipart/form-data")
        .query("tenth", 0.1_f32)
        .query("whole", 5.0_f32)
        .multipart(&json!({"note": "n"}));
    call.send().await.unwrap();
    let seen = &server.seen()[1];
    assert!(seen.header("content-type").unwrap().contains("boundary="));
    assert_eq!(seen.target, "/api/new?tenth=0.1&whole=5");
}

#[derive(serde::Serialize)]
struct Prices {
    whole: f32,
    part: f32,
}

#[tokio::test]
async fn a_whole_number_has_no_fraction_whatever_its_type() {
    let server = Script::start([answer(200, &[], "{}")]).await;
    let prices = Prices {
        whole: 5.0,
        part: 0.1,
    };
    let client = client(&server.url);
    let call = client.request(Method::POST, "/api/new");
    call.json(&prices).send().await.unwrap();
    assert_eq!(server.seen()[0].text(), r#"{"whole":5,"part":0.1}"#);
}

#[tokio::test]
async fn a_kept_answer_keeps_no_buffer_alive() {
    let long = format!("\"{}\"", "x".repeat(2 << 20));
    let server = Script::start([answer(200, &[], &long), answer(200, &[], r#"{"a": 1}"#)]).await;
    let client = client(&server.url);
    for length in [long.len(), 8] {
        let call = client.request(Method::GET, "/api/new");
        let body = call.send().await.unwrap().body().clone();
        let buffer = body.try_into_mut().expect("nobody else has it");
        assert_eq!((buffer.len(), buffer.capacity()), (length, length));
    }
}

#[tokio::test]
async fn a_path_leads_to_no_other_server() {
    let server = Script::start([answer(200, &[], "{}")]).await;
    let client = client(&server.url);
    for target in [
        "//evil.example/",
        "https://evil.example/",
        "evil",
        "",
        "http://user@127.0.0.1/",
        "\\\\evil.example",
        "/../x",
        "/%2e%2E/x",
        "/a/./b",
        "/a\n",
    ] {
        let error = client
            .request(Method::GET, target)
            .send()
            .await
            .unwrap_err();
        assert!(
            error.is_request() && error.is_unsent(),
            "{target}: {error:?}"
        );
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(server.count(), 0);
    let own = format!("{}/api/x", server.url);
    client.request(Method::GET, own).send().await.unwrap();
}

#[tokio::test]
async fn a_documented_call_takes_what_the_document_does_not_know() {
    let server = Script::start([answer(200, &[], r#"{"data": {"id": 1, "new": "field"}}"#)]).await;
    let client = client(&server.url);
    let body = SendMessageBody::new().text("hi");
    let call = client.send_message("acct_1", "1", body).customize();
    let call = call
        .header("X-A", 1)
        .query("dry_run", true)
        .body_field("new", json!({"deep": [1]}));
    let response = call.send().await.unwrap();
    assert_eq!(response.json().unwrap()["data"]["new"], "field");
    assert_eq!(response.data.as_ref().unwrap().id, Some(1));
    let seen = &server.seen()[0];
    assert_eq!(seen.json(), json!({"text": "hi", "new": {"deep": [1]}}));
    assert_eq!(
        (seen.target.as_str(), seen.header("x-a")),
        ("/api/acct_1/chats/1/messages?dry_run=1", Some("1"))
    );

    // A form takes it in its own form, and another type reads the answer.
    let body = UploadMediaBody::new().file(Upload::bytes("x"));
    let call = client
        .upload_media("acct_1", body)
        .customize()
        .body_field("tags", ["a", "b"]);
    let whole = call.answer::<serde_json::Value>().send().await.unwrap();
    assert_eq!(whole["data"]["new"], "field");
    let text = server.seen()[1].text();
    assert!(
        text.contains("name=\"tags[]\"\r\n\r\na\r\n") && text.contains("name=\"file\""),
        "{text}"
    );
}

#[tokio::test]
async fn the_raw_answer_of_any_call_is_to_be_had() {
    let server = Script::start([Act::Say(bytes(
        "200 OK",
        &[("connection", "close")],
        "<html>",
    ))])
    .await;
    let client = client(&server.url);
    let response = client
        .list_all_fans("acct_1")
        .customize()
        .send_raw()
        .await
        .unwrap();
    assert_eq!(response.body().as_ref(), b"<html>");
    assert_eq!(response.as_ref(), b"<html>");
}

#[tokio::test(start_paused = true)]
async fn methods_that_nobody_documented_are_sent_as_what_they_are() {
    let failing = || Script::start([answer(500, &[], "{}")]);
    // To trace is safe by RFC 9110; what others do nobody knows.
    for (method, requests) in [("TRACE", 3), ("PROPFIND", 1), ("PURGE", 1)] {
        let server = failing().await;
        let client = client(&server.url);
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let error = client.request(method.clone(), "/x").send().await;
        assert_eq!(error.unwrap_err().status().unwrap(), 500);
        assert_eq!(server.count(), requests, "{method}");
        assert_eq!(server.seen()[0].method, method.as_str());
    }
    let server = failing().await;
    let client = client(&server.url);
    let refused = client.request(Method::CONNECT, "/x").send().await;
    assert!(refused.unwrap_err().is_request());
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_fragment_is_refused_in_place_of_being_lost() {
    let server = Script::start([answer(200, &[], "{}")]).await;
    let client = client(&server.url);
    for path in ["/x#y", "/x?a=b#y", &format!("{}/x#y", server.url)] {
        let error = client.request(Method::GET, path).send().await.unwrap_err();
        assert!(error.is_request(), "{error:?}");
        assert!(error.to_string().contains("fragment"), "{error}");
    }
    assert_eq!(server.count(), 0);
    client.request(Method::GET, "/x%23y").send().await.unwrap();
    assert_eq!(server.seen()[0].target, "/x%23y");
}

#[tokio::test]
async fn a_success_that_says_that_it_failed_is_an_error() {
    let failing = [
        r#"{"error": "SESSION_EXPIRED:NEEDS_REAUTHENTICATION", "message": "m"}"#,
        r#"{"error": {"code": "SESSION_EXPIRED", "message": "m"}, "_meta": {}}"#,
    ];
    for body in failing {
        let server = Script::start([answer(200, &[], body)]).await;
        let error = client(&server.url)
            .list_all_fans("acct_1")
            .send()
            .await
            .unwrap_err();
        assert!(error.is_session_expired(), "{error:?}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.api().unwrap().message(), Some("m"));
        assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
    }
    let nothing = [
        r#"{"error": "e", "data": []}"#,
        r#"{"error": true, "data": {}}"#,
        r#"{"errors": {"a": ["b"]}, "data": ""}"#,
        r#"{"data":[],"error":"e"}"#,
        r#"{"data":{},"error":"e"}"#,
        r#"{"data":"","errors":{"a":["b"]}}"#,
    ];
    for body in nothing {
        let server = Script::start([answer(200, &[], body)]).await;
        let error = client(&server.url)
            .list_all_fans("acct_1")
            .send()
            .await
            .unwrap_err();
        assert!(
            error.api().is_some() && !error.is_attempt_failed(),
            "{body}: {error:?}"
        );
    }
    // Of a long body both ends are searched.
    let late = format!(
        r#"{{"data":{{"list":[{}{{}}]}},"success": "False"}}"#,
        "{},".repeat(40_000)
    );
    let unsuccessful = [
        r#"{"success": false, "message": "m"}"#,
        r#"{"success":false,"data":null,"_meta":{}}"#,
        r#"{"success": "false", "message": "m"}"#,
        r#"{"success": false, "data": {"list": []}, "x": 1}"#,
        r#"{"success": false, "data": {"list": [{"id": 1}]}}"#,
        r#"{"data":{"list":[{"id":1}]},"success":false}"#,
        &late,
    ];
    for body in unsuccessful {
        let server = Script::start([answer(200, &[], body)]).await;
        let client = client(&server.url);
        let error = client.list_all_fans("acct_1").send().await.unwrap_err();
        assert!(error.api().is_some() && !error.is_retryable(), "{error:?}");
        assert!(error.is_attempt_failed(), "{body}: {error:?}");
        // Also where `success` is documented.
        let error = client
            .send_2fa_email_to_creator("auth_1")
            .send()
            .await
            .unwrap_err();
        assert!(error.is_attempt_failed(), "{body}: {error:?}");
        assert_eq!(server.count(), 2);
    }
    let fine = [
        r#"{"data": {"list": [{"success": false}]}}"#,
        r#"{"data": {"list": []}, "success": true}"#,
        r#"{"error": false, "data": null}"#,
        r#"{"data": {"list": []}, "error": "only a word"}"#,
        r#"{"data":{"list":[]},"error":"only a word"}"#,
        r#"{"data": {"list": [{"name": "error"}]}}"#,
    ];
    for body in fine {
        let server = Script::start([answer(200, &[], body)]).await;
        let sent = client(&server.url).list_all_fans("acct_1").send().await;
        assert!(sent.is_ok(), "{body}: {sent:?}");
    }
    // Of an operation without pages.
    for body in [
        r#"{"success": true}"#,
        r#"{"success": null}"#,
        r#"{"success": "no word for no"}"#,
        r#"{"error": null}"#,
        r#"{"error": "", "errors": []}"#,
    ] {
        let server = Script::start([answer(200, &[], body)]).await;
        let sent = client(&server.url)
            .send_2fa_email_to_creator("auth_1")
            .send()
            .await;
        assert!(sent.is_ok(), "{body}: {sent:?}");
    }
}

#[tokio::test]
async fn a_call_that_failed_in_part_is_a_success_that_says_what_failed() {
    for (errors, name, text) in [
        (r#"{"u1": ["is blocked"]}"#, "u1", "is blocked"),
        (r#"["u1 is blocked"]"#, "", "u1 is blocked"),
        (
            r#"[{"user_id": 7, "message": "is blocked"}]"#,
            "7",
            "is blocked",
        ),
        (r#"[{"user": 7}]"#, "", r#"{"user":7}"#),
    ] {
        let body = format!(r#"{{"sent": 10, "errors": {errors}, "message": "done"}}"#);
        let server = Script::start([answer(200, &[], &body)]).await;
        let client = client(&server.url);
        let sent = client.request(Method::POST, "/api/x").send().await.unwrap();
        assert_eq!(sent["sent"], 10);
        assert_eq!(sent.partial_failures()[name], [text], "{body}");
        // Without a result all of it failed.
        let body = format!(r#"{{"sent": 0, "errors": {errors}, "message": "failed"}}"#);
        let server = Script::start([answer(200, &[], &body)]).await;
        let client = support::client(&server.url);
        let error = client
            .request(Method::POST, "/api/x")
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.api().unwrap().field_errors()[name], [text], "{body}");
    }
    let server = Script::start([answer(200, &[], r#"{"sent": 10}"#)]).await;
    let sent = client(&server.url)
        .request(Method::POST, "/api/x")
        .send()
        .await;
    assert!(sent.unwrap().partial_failures().is_empty());
}

#[tokio::test]
async fn what_is_no_json_is_taken_where_text_or_bytes_are_asked_for_only() {
    for body in [
        "<html>Down</html>",
        r#"{"data": [1, 2"#,
        "Warning: x in y.php on line 3\n{\"data\": []}",
        r#"{"data": NaN}"#,
        "{\"data\": []}\n<br>",
        "plain",
    ] {
        let server = Script::start([answer(200, &[], body)]).await;
        let client = client(&server.url);
        let call = || client.request(Method::GET, "/api/x");
        let error = call().send().await.unwrap_err();
        assert!(
            error.is_decode() && error.body().unwrap() == body.as_bytes(),
            "{body}: {error}"
        );
        assert!(
            call()
                .answer::<serde_json::Value>()
                .send()
                .await
                .unwrap_err()
                .is_decode()
        );
        assert_eq!(*call().send_text().await.unwrap(), body);
        assert_eq!(**call().send_raw().await.unwrap(), *body.as_bytes());
    }
    let server = Script::start([answer(200, &[], "")]).await;
    let nothing = client(&server.url)
        .request(Method::GET, "/api/x")
        .send()
        .await;
    assert!(nothing.unwrap().is_null());
}
