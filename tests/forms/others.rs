//! Forms without files, bodies of other media types, queries, and answers that are files.

use super::*;

#[tokio::test]
async fn a_form_without_files_is_urlencoded() {
    let (server, client) = server().await;
    let body = CreateTokenBody::new()
        .grant_type("a b&c=é")
        .remember(false)
        .scopes(["x".to_owned(), "y".to_owned()]);
    client
        .create_token()
        .body(body)
        .send()
        .await
        .expect("it is sent");
    let request = request(&server).await;
    assert_eq!(
        header(&request, "content-type"),
        "application/x-www-form-urlencoded"
    );
    assert_eq!(
        String::from_utf8_lossy(&request.body),
        "grant_type=a+b%26c%3D%C3%A9&remember=0&scopes%5B%5D=x&scopes%5B%5D=y"
    );
}

#[tokio::test]
async fn other_bodies_go_out_as_they_are_under_their_media_type() {
    let (server, client) = server().await;
    client.create_note("né").send().await.expect("it is sent");
    client
        .put_file("a", vec![0, 255])
        .send()
        .await
        .expect("it is sent");
    client
        .put_file("a", Upload::bytes("").media_type("text/css"))
        .send()
        .await
        .expect("it is sent");
    client
        .create_article(CreateArticleBody::new().cover("c"))
        .send()
        .await
        .expect("it is sent");
    client
        .import_items(ImportItemsBody::new().list(vec![1]))
        .send()
        .await
        .expect("it is sent");
    client
        .delete_items(json!([1]))
        .send()
        .await
        .expect("it is sent");
    client
        .list_items()
        .body(ListItemsBody::new().limit(1))
        .send()
        .await
        .expect("it is sent");
    let sent: Vec<String> = requests(&server)
        .await
        .iter()
        .map(|request| {
            let kind = header(request, "content-type")
                .split(';')
                .next()
                .unwrap_or_default();
            let body = if kind.starts_with("multipart") {
                "…".into()
            } else {
                request.body.escape_ascii().to_string()
            };
            format!("{} {} {kind}: {body}", request.method, request.url.path())
        })
        .collect();
    insta::assert_snapshot!(sent.join("\n"), @r#"
    POST /notes text/plain: n\xc3\xa9
    PUT /files/a application/pdf: \x00\xff
    PUT /files/a text/css: 
    POST /articles application/vnd.api+json: {\"cover\":\"c\"}
    POST /imports multipart/form-data: …
    DELETE /items application/json: [1]
    GET /items application/json: {\"limit\":1}
    "#);
}

#[tokio::test]
async fn lists_and_objects_in_a_query_take_the_form_that_laravel_reads() {
    let (server, client) = server().await;
    client
        .list_items()
        .ids([1, 2])
        .user_ids([3])
        .filter(ListItemsFilter::new().online(true))
        .range(json!({"from": 1}))
        .search_type("t")
        .fields_roles("name")
        .send()
        .await
        .expect("it is sent");
    let url = request(&server).await.url;
    let query: Vec<String> = url
        .query_pairs()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        query.join("&"),
        "ids[]=1&ids[]=2&user_ids[]=3&filter[online]=1&range[from]=1&search[type]=t&fields[roles]=name"
    );
}

#[tokio::test]
async fn an_answer_that_is_a_file_is_given_as_it_came() {
    let server = MockServer::start().await;
    Mock::given(matchers::path("/files/a"))
        .and(matchers::headers(
            "accept",
            vec!["application/json", "*/*;q=0.8"],
        ))
        .respond_with(ResponseTemplate::new(200).set_body_raw([0, 159, 0], "application/pdf"))
        .mount(&server)
        .await;
    let client = ClientBuilder::new(&server.uri(), "test")
        .api_key("key")
        .build()
        .expect("the client is made");
    let answer = client.get_file("a").send().await.expect("it is there");
    assert_eq!(answer.as_ref(), [0, 159, 0]);
    assert!(
        client
            .get_file("b")
            .send()
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test]
async fn one_call_can_have_its_booleans_as_words_and_its_fields_set_again() {
    let (server, client) = server().await;
    let token = || CreateTokenBody::new().remember(true).scopes(["x", "y"]);
    let profile = || UpdateProfileBody::new(Upload::bytes("picture")).active(false);
    client
        .create_token()
        .body(token())
        .await
        .expect("it is sent");
    let call = client.create_token().body(token()).customize();
    call.boolean_words()
        .body_field("scopes", ["z"])
        .body_field("nested", json!({"deep": [false]}))
        .await
        .expect("it is sent");
    let call = client.update_profile(profile()).customize();
    call.body_field("active", true).await.expect("it is sent");
    let call = client.update_profile(profile()).customize();
    call.boolean_words().await.expect("it is sent");
    let texts: Vec<String> = requests(&server)
        .await
        .iter()
        .map(|request| String::from_utf8_lossy(&request.body).into_owned())
        .collect();
    assert_eq!(texts[0], "remember=1&scopes%5B%5D=x&scopes%5B%5D=y");
    assert_eq!(
        texts[1],
        "remember=true&scopes%5B%5D=z&nested%5Bdeep%5D%5B%5D=false"
    );
    let active = |text: &str, value: &str| {
        let part = format!("name=\"active\"\r\n\r\n{value}\r\n");
        text.matches("name=\"active\"").count() == 1
            && text.contains(&part)
            && text.contains("\r\n\r\npicture\r\n")
    };
    assert!(active(&texts[2], "1"), "{}", texts[2]);
    assert!(active(&texts[3], "false"), "{}", texts[3]);
}
