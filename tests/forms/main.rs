//! Bodies, queries and answers that are no JSON, as they go over the wire: the runtime with the client of a small
//! document that has every form.

mod multipart;
mod others;
mod pleasant;

#[path = "../../runtime/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "the small client uses little of it"
)]
mod runtime;

#[allow(dead_code, reason = "it has more than the tests call")]
mod generated {
    use crate::runtime::{self, Call, Client};

    include!("../fixtures/forms_client.rs");
}

use generated::types::{
    CreateArticleBody, CreateTokenBody, ImportItemsBody, ListItemsBody, ListItemsFilter,
    UpdateProfileBody, UpdateProfileDocument, UpdateProfileSettings,
};
use runtime::{Client, ClientBuilder, Error, Upload};
use serde_json::json;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

async fn server() -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({})))
        .mount(&server)
        .await;
    let client = ClientBuilder::new(&server.uri(), "test")
        .api_key("key")
        .build();
    (server, client.expect("the client is made"))
}

/// The requests that came in.
async fn requests(server: &MockServer) -> Vec<Request> {
    server
        .received_requests()
        .await
        .expect("requests are recorded")
}

async fn request(server: &MockServer) -> Request {
    let mut all = requests(server).await;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request
        .headers
        .get(name)
        .map_or("", |value| value.to_str().expect("it is text"))
}
