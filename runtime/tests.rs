//! Tests of what generated code may call and no operation of this crate does: every kind of
//! parameter, and answers that the document gives no type.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::decode;
use super::response::Raw;
use super::{Call, Client, ClientBuilder, Operation, Secret};

const LIST: Operation = Operation {
    id: "list",
    method: "GET",
    path: "/api/{account}/x/{id}.json",
    ..Operation::DEFAULT
};

fn client() -> Client {
    ClientBuilder::new("https://api.example.com/v1", "test")
        .api_key("key")
        .build()
        .unwrap()
}

/// The URL of a call after `set`, or what is wrong with the call.
fn url(set: impl FnOnce(&mut Call)) -> Result<String, String> {
    let client = client();
    let mut call = Call::new(&client, &LIST);
    call.path("account", &"acct_1");
    call.path("id", &7);
    set(&mut call);
    call.request().map(|request| request.url().to_string())
}

/// The query after one parameter is set, with its brackets as they were before encoding.
fn query(value: Value) -> String {
    let url = url(|call| call.query("a", &value)).unwrap();
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.replace("%5B", "[").replace("%5D", "]")
}

#[test]
fn query_values_take_the_form_that_php_reads() {
    assert_eq!(query(json!("b c&d=é")), "a=b+c%26d%3D%C3%A9");
    assert_eq!(query(json!("")), "a=");
    assert_eq!(
        query(json!(9_007_199_254_740_993_u64)),
        "a=9007199254740993"
    );
    assert_eq!(
        query(json!([1.5, 2.0, -0.25, 1e30])),
        "a[]=1.5&a[]=2&a[]=-0.25&a[]=1e%2B30"
    );
    assert_eq!(query(json!([true, false])), "a[]=1&a[]=0");
    assert_eq!(
        query(json!({"online": true, "tags": ["x", "y"]})),
        "a[online]=1&a[tags][]=x&a[tags][]=y"
    );
    assert_eq!(
        query(json!([{"k": 1, "l": 2}, {"k": 3}])),
        "a[0][k]=1&a[0][l]=2&a[1][k]=3"
    );
    assert_eq!(query(json!([[1, 2], [3]])), "a[0][]=1&a[0][]=2&a[1][]=3");
}

#[test]
fn query_values_that_say_nothing_are_left_out() {
    assert_eq!(query(json!(null)), "");
    assert_eq!(query(json!([])), "");
    assert_eq!(query(json!({"a": null, "b": {}})), "");
}

#[test]
fn setting_a_parameter_again_replaces_it_and_what_was_wrong_with_it() {
    let result = url(|call| {
        call.path("id", &"");
        call.path("id", &"8");
        call.query("a", &[1, 2]);
        call.query("b", &true);
        call.query("a", &3);
        call.header("x-a", &"line\nbreak");
        call.header("x-a", &"fine");
    });
    assert_eq!(
        result.unwrap(),
        "https://api.example.com/v1/api/acct_1/x/8.json?a=3&b=1"
    );
}

#[test]
fn what_cannot_be_sent_names_the_parameter_and_not_its_value() {
    let secret = Secret::from("hunter2\n");
    let results = [
        url(|call| call.path("id", &Value::Null)),
        url(|call| call.path("id", &[1])),
        url(|call| call.header("x-a", &secret)),
        url(|call| call.header("x-a", &json!({"hunter2": 1}))),
        url(|call| call.json(&std::collections::BTreeMap::from([(vec!["hunter2"], 1)]))),
    ];
    let messages: Vec<_> = results.into_iter().map(Result::unwrap_err).collect();
    insta::assert_snapshot!(messages.join("\n"), @r"
    expected a text, a number or a boolean for the path parameter `id`, but found another kind of value
    expected a text, a number or a boolean for the path parameter `id`, but found another kind of value
    the value of the header `x-a` cannot be sent in a header
    the value of the header `x-a` cannot be sent in a header
    the body cannot be written as JSON
    ");
}

#[test]
fn a_path_parameter_that_is_not_set_is_named() {
    let client = client();
    let error = Call::new(&client, &LIST).request().map(|_| ()).unwrap_err();
    assert_eq!(error, "the path parameter `account` is not set");
}

#[test]
fn a_path_stays_one_whatever_its_template_holds() {
    let url = |base: &str, path: &'static str| {
        let operation = Operation { path, ..LIST };
        let client = ClientBuilder::new(base, "test")
            .api_key("key")
            .build()
            .unwrap();
        let mut call = Call::new(&client, Box::leak(Box::new(operation)));
        call.path("id", &"/?#");
        call.query("a", &"?#");
        call.request().map(|request| request.url().to_string())
    };
    for (path, sent) in [
        ("/a b/{id}?c#d", "/a%20b/%2F%3F%23%3Fc%23d"),
        ("/a\\b\t\u{1}/é%20", "/a%5Cb%09%01/%C3%A9%20"),
        ("//evil.example/{id}", "//evil.example/%2F%3F%23"),
        ("/\\evil.example", "/%5Cevil.example"),
        ("evil.example", "/evil.example"),
        ("https://evil.example", "/https://evil.example"),
        ("", "/"),
    ] {
        for base in ["https://api.example.com", "https://api.example.com/v1/"] {
            let expected = format!("{}{sent}?a=%3F%23", base.trim_end_matches('/'));
            assert_eq!(url(base, path), Ok(expected), "{path}");
        }
    }
}

#[test]
fn header_parameters_and_bodies_are_part_of_the_request() {
    let client = client();
    let mut call = Call::new(&client, &LIST);
    call.path("account", &"a");
    call.path("id", &true);
    call.header("X-Key", &"v");
    call.json(&json!({"b": null}));
    let request = call.request().unwrap();
    assert_eq!(request.headers()["x-key"], "v");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert!(format!("{call:?}").contains("list"));
}

/// What a body decodes to.
fn decode<T: serde::de::DeserializeOwned + 'static>(raw: &Raw) -> Result<T, super::Error> {
    decode::decode(raw).map(|(value, _)| value)
}

fn raw(body: &'static [u8]) -> Raw {
    Raw {
        operation: &LIST,
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::from_static(body),
        attempts: 1,
        decoding: super::decode::Decoding {
            strict: false,
            memory: 1 << 20,
        },
    }
}

#[test]
fn an_answer_without_a_type_is_whatever_was_sent() {
    let value = |body| decode::<Value>(&raw(body)).unwrap();
    assert_eq!(value(b"{\"a\": [1]}"), json!({"a": [1]}));
    assert_eq!(value(b""), Value::Null);
    assert_eq!(value(b" \r\n"), Value::Null);
    assert_eq!(value(b"null"), Value::Null);
    assert_eq!(value(b"<html>"), json!("<html>"));
    assert_eq!(value(b"{\"a\": [1"), json!("{\"a\": [1"));
    assert_eq!(value(b"GIF89a\xff\xfe"), Value::Null);
}

#[test]
fn an_answer_with_a_type_may_be_empty_where_the_type_allows_it() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Loose {
        a: Option<u8>,
    }
    #[derive(Debug, serde::Deserialize)]
    struct Strict {
        #[allow(dead_code)]
        a: u8,
    }
    for body in [&b""[..], b"null", b"\n"] {
        assert_eq!(decode::<Loose>(&raw(body)).unwrap(), Loose { a: None });
        assert_eq!(
            decode::<Option<Strict>>(&raw(body))
                .unwrap()
                .map(|strict| strict.a),
            None
        );
        decode::<()>(&raw(body)).unwrap();
        let error = decode::<Strict>(&raw(body)).unwrap_err();
        insta::allow_duplicates! {
            insta::assert_snapshot!(error, @"list (GET /api/{account}/x/{id}.json): the answer (200) does not have the documented form: expected a value, but found an empty body or `null`");
        }
    }
    assert!(
        decode::<Strict>(&raw(b"{}"))
            .unwrap_err()
            .to_string()
            .ends_with("missing field `a`")
    );
}

#[test]
fn the_header_with_the_key_is_marked_sensitive() {
    let headers = format!("{:?}", client().headers());
    assert!(
        headers.contains("\"authorization\": Sensitive"),
        "{headers}"
    );
}

#[test]
fn a_long_list_takes_no_more_than_it_has() {
    let list: super::List<u64> = decode(&raw(
        b"[1,2,3,null,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]",
    ))
    .unwrap();
    assert_eq!((list.len(), list.nulls()), (19, &[3][..]));
    assert_eq!(list.into_vec().capacity(), 19);
}
