//! What programs write where a document says of an id that it is a number, and has lists and maps of every kind.

use std::collections::HashMap;

use super::generated::types::RateItemBody;
use super::*;

#[tokio::test]
async fn an_id_that_is_a_number_is_a_text_as_well() {
    let (server, client) = server().await;
    let body = || RateItemBody::new(5, 9_u64);
    client.rate_item(7, body()).await.expect("it is sent");
    client
        .rate_item("7", body())
        .user_id("9")
        .await
        .expect("it is sent");
    client
        .rate_item(7_u64, RateItemBody::new(4.5, "9"))
        .user_id(9)
        .weight(2)
        .limit([1, 2].len())
        .await
        .expect("it is sent");
    let sent: Vec<String> = requests(&server)
        .await
        .iter()
        .map(|request| {
            let query = request.url.query().unwrap_or_default();
            format!(
                "{} {query} {}",
                request.url.path(),
                String::from_utf8_lossy(&request.body)
            )
        })
        .collect();
    assert_eq!(
        sent,
        [
            r#"/items/7/ratings  {"stars":5,"user_id":"9"}"#,
            r#"/items/7/ratings user_id=9 {"stars":5,"user_id":"9"}"#,
            r#"/items/7/ratings user_id=9&weight=2&limit=2 {"stars":4.5,"user_id":"9"}"#,
        ]
    );
}

#[tokio::test]
async fn lists_and_maps_are_anything_that_can_be_gone_through() {
    let (server, client) = server().await;
    let labels = HashMap::from([("colour", "red")]);
    let body = RateItemBody::new(1_i64, String::from("9"))
        .media([1, 2])
        .weights([1.5_f32, 2.0])
        .fan_ids(vec![1_u64, 2].into_iter().filter(|id| *id > 1))
        .parent_id(3_usize)
        .labels(labels);
    client.rate_item("a b", body).await.expect("it is sent");
    client
        .list_items()
        .ids([1_u8])
        .range(json!({"from": 1}))
        .await
        .expect("it is sent");
    let requests = requests(&server).await;
    let body: serde_json::Value = serde_json::from_slice(&requests[0].body).expect("JSON");
    assert_eq!(
        body,
        json!({
            "stars": 1, "user_id": "9", "media": ["1", "2"], "weights": [1.5, 2],
            "fan_ids": [2], "parent_id": 3, "labels": {"colour": "red"},
        })
    );
    assert_eq!(
        requests[1].url.query(),
        Some("ids%5B%5D=1&range%5Bfrom%5D=1")
    );
}
