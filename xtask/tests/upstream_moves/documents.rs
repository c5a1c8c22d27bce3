//! What upstream may publish next: a document each, and what is expected of it.

use serde_json::{Value, json};

use crate::published::{self, FLOW, all, object, response, text, with};

/// A document that upstream may publish.
pub struct Moved {
    /// What happened.
    pub name: String,
    /// The document.
    pub document: Value,
    /// What of the committed surface may be gone: parts of its lines. Nothing, as a rule.
    pub loses: Vec<&'static str>,
    /// How many facts are contradicted.
    pub contradicted: usize,
    /// What the surface has now: parts of its lines.
    pub gains: Vec<&'static str>,
    /// What the surface must not have any more: parts of its lines.
    pub lacks: Vec<&'static str>,
    /// Whether the hand-written code has to follow: the verdict says that the crate does not compile.
    pub breaks: bool,
    /// Whether calls go to another path now: the server of the tests is where it was.
    pub elsewhere: bool,
}

const POLL: &str = "/api/authenticate/{attempt_id}";
const CREDENTIALS: &str = "/api/authenticate/{account_id}/credentials";
/// The profile gets a type of its own where upstream describes it.
const PROFILE: &str = "field onlyfans_data: ";

/// What the operations of [`FLOW`] are called in Rust, whatever upstream calls them.
const NAMES: [&str; 5] = [
    "operation poll_authentication_status GET ",
    "operation submit_2fa PUT ",
    "operation send_2fa_email_to_creator POST ",
    "operation reauthenticate_account POST ",
    "operation update_authentication_credentials PUT ",
];

fn moved(name: &str, document: Value) -> Moved {
    let describes = document
        .pointer("/paths/~1api~1authenticate~1{attempt_id}/get")
        .is_some();
    Moved {
        name: name.to_owned(),
        document,
        loses: if describes { vec![PROFILE] } else { Vec::new() },
        contradicted: 0,
        gains: Vec::new(),
        lacks: Vec::new(),
        breaks: false,
        elsewhere: false,
    }
}

fn edited(name: &str, edit: impl FnOnce(&mut Value)) -> Moved {
    let mut document = all();
    edit(&mut document);
    let mut moved = moved(name, document);
    moved.loses = vec![PROFILE];
    moved
}

impl Moved {
    fn loses(mut self, lines: &[&'static str]) -> Self {
        self.loses.extend(lines);
        self
    }

    fn gains(mut self, lines: &[&'static str]) -> Self {
        self.gains.extend(lines);
        self
    }

    fn lacks(mut self, lines: &[&'static str]) -> Self {
        self.lacks.extend(lines);
        self
    }

    fn breaks(mut self) -> Self {
        self.breaks = true;
        self
    }

    fn elsewhere(mut self) -> Self {
        self.elsewhere = true;
        self
    }

    fn contradicts(mut self, facts: usize) -> Self {
        self.contradicted = facts;
        self
    }
}

fn schema<'d>(document: &'d mut Value, path: &str, method: &str) -> &'d mut Value {
    &mut document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
}

fn body<'d>(document: &'d mut Value, path: &str) -> &'d mut Value {
    &mut document["paths"][path]["put"]["requestBody"]
}

fn attempt(document: &mut Value) -> &mut Value {
    &mut schema(document, POLL, "get")["properties"]["lastAttempt"]["properties"]
}

/// The document with its path renamed.
fn renamed(document: &mut Value, from: &str, to: &str) {
    let paths = document["paths"].as_object_mut().unwrap();
    let item = paths.shift_remove(from).unwrap();
    paths.insert(to.to_owned(), item);
}

/// All of them.
pub fn documents() -> Vec<Moved> {
    let mut documents = vec![moved("nothing happens", published::vendored())];
    for (index, (path, method)) in FLOW.iter().enumerate() {
        documents.push(moved(
            &format!("{method} {path} appears alone"),
            with(&[index]),
        ));
        let others: Vec<usize> = (0..FLOW.len()).filter(|other| *other != index).collect();
        documents.push(moved(
            &format!("all but {method} {path} appear"),
            with(&others),
        ));
        documents.push(
            edited(
                &format!("{method} {path} has another id and another title"),
                |document| {
                    document["paths"][path][method]["operationId"] = json!(format!("other{index}"));
                    document["paths"][path][method]["summary"] = json!(format!("Other {index}"));
                },
            )
            .loses(&[" id "])
            .gains(&[NAMES[index]]),
        );
        documents.push(edited(
            &format!("{method} {path} documents 400 and 401"),
            |document| {
                let responses = &mut document["paths"][path][method]["responses"];
                responses["400"] = response(object(json!({ "message": text("No") })));
                responses["401"] = response(object(json!({ "error": text("Unauthorized") })));
            },
        ));
    }
    for (from, to) in [
        (POLL, "/api/authenticate/{attemptId}"),
        (CREDENTIALS, "/api/authenticate/{account}/credentials"),
    ] {
        documents.push(
            edited(
                &format!("the placeholder of {from} has another name"),
                |document| {
                    let name = &to[to.find('{').unwrap() + 1..to.find('}').unwrap()];
                    document["paths"][from]["parameters"][0]["name"] = json!(name);
                    renamed(document, from, to);
                },
            )
            .loses(&[
                "POST /api/authenticate",
                "GET /api/authenticate",
                "PUT /api/authenticate",
                "parameter attempt_id",
                "parameter account_id",
            ]),
        );
    }
    documents.extend(polls());
    documents.extend(unions());
    documents.extend(bodies());
    documents.extend(others());
    documents
}

fn polls() -> Vec<Moved> {
    vec![
        edited("all appear", |_| ()).gains(&["field csrf: Option<runtime::Secret>"]),
        edited("a field of the poll is dropped", |document| {
            attempt(document)
                .as_object_mut()
                .unwrap()
                .remove("needs_otp");
        }),
        edited("a field of the poll is renamed", |document| {
            let attempt = attempt(document).as_object_mut().unwrap();
            let field = attempt.remove("otp_phone_ending").unwrap();
            attempt.insert("phone_ending".into(), field);
        })
        .gains(&["field phone_ending: "]),
        edited(
            "every field of the attempt is shown as null only",
            |document| {
                for (_, field) in attempt(document).as_object_mut().unwrap() {
                    *field = json!({ "type": "string", "example": null, "nullable": true });
                }
                schema(document, POLL, "get")
                    .as_object_mut()
                    .unwrap()
                    .remove("example");
            },
        ),
        edited("the attempt itself is shown as null only", |document| {
            schema(document, POLL, "get")["properties"]["lastAttempt"] =
                json!({ "type": "string", "example": null, "nullable": true });
            schema(document, POLL, "get")
                .as_object_mut()
                .unwrap()
                .remove("example");
        }),
        edited(
            "the account is an empty list, as PHP writes an empty map",
            |document| {
                schema(document, POLL, "get")["properties"]["account"] =
                    json!({ "type": "array", "example": [] });
                schema(document, POLL, "get")
                    .as_object_mut()
                    .unwrap()
                    .remove("example");
            },
        ),
        edited("the poll is wrapped in data and _meta", |document| {
            let inner = schema(document, POLL, "get").take();
            *schema(document, POLL, "get") =
                object(json!({ "data": inner, "_meta": object(json!({ "note": text("n") })) }));
        }),
        edited("a text of the poll is a number now", |document| {
            attempt(document)["error_code"] = json!({ "type": "integer", "example": 7 });
        })
        .contradicts(1)
        .loses(&["field error_code: "])
        .breaks(),
        edited(
            "the poll has a field that says what was left out",
            |document| {
                attempt(document)["needs_face_otp"] =
                    json!({ "type": "boolean", "example": false });
            },
        ),
        edited("the poll says what must be there", |document| {
            schema(document, POLL, "get")["required"] = json!(["state"]);
        })
        .loses(&[
            "field state: ",
            "traits (Clone, Debug, Default",
            "struct non_exhaustive",
        ]),
    ]
}

fn unions() -> Vec<Moved> {
    let start = "/api/authenticate";
    let third = || {
        object(
            json!({ "attempt_id": text("a"), "qr_code": text("q"), "expires": text("e"), "hint": text("h") }),
        )
    };
    vec![
        edited(
            "the members of the start's response are in another order",
            |document| {
                schema(document, start, "post")["oneOf"]
                    .as_array_mut()
                    .unwrap()
                    .reverse();
            },
        ),
        edited(
            "the members of the credentials' response are in another order",
            |document| {
                schema(document, CREDENTIALS, "put")["oneOf"]
                    .as_array_mut()
                    .unwrap()
                    .reverse();
            },
        ),
        edited("the start's response has a third member", |document| {
            schema(document, start, "post")["oneOf"]
                .as_array_mut()
                .unwrap()
                .push(third());
        })
        .loses(&[
            "StartAuthenticationResponse",
            "AuthenticationStarted",
            "update_authentication_credentials ",
        ])
        .breaks(),
        edited(
            "upstream says which field one of the members requires",
            |document| {
                schema(document, start, "post")["oneOf"][1]["required"] =
                    json!(["mobile_auth_session_deeplink"]);
            },
        ),
        edited("the start's response has one member left", |document| {
            let plain = schema(document, start, "post")["oneOf"][0].take();
            *schema(document, start, "post") = plain;
        }),
        edited("the members have words of their own", |document| {
            schema(document, start, "post")["oneOf"][0]["description"] = json!("Other words.");
        }),
    ]
}

fn bodies() -> Vec<Moved> {
    vec![
        edited("a code is asked for", |document| body(document, POLL)["required"] = json!(true)),
        edited("credentials are asked for", |document| body(document, CREDENTIALS)["required"] = json!(true)),
        edited("nothing says whether a body is asked for", |document| {
            for path in [POLL, CREDENTIALS] {
                body(document, path).as_object_mut().unwrap().remove("required");
            }
        }),
        edited("the selfie is a boolean as one writes it", |document| {
            body(document, POLL)["content"]["application/json"]["schema"]["properties"]["selfie_verification_completed"] =
                json!({ "type": "boolean", "example": true });
        }),
        edited("the selfie is an empty list, of which nothing is known", |document| {
            body(document, POLL)["content"]["application/json"]["schema"]["properties"]["selfie_verification_completed"] =
                json!({ "type": "object", "example": [] });
        }),
        edited("a secret has a format of another kind", |document| {
            for path in [POLL, CREDENTIALS] {
                let properties = &mut body(document, path)["content"]["application/json"]["schema"]["properties"];
                for name in ["code", "password", "cookies"] {
                    if let Some(property) = properties.get_mut(name) {
                        property["format"] = json!("string");
                    }
                }
            }
        }),
        edited("a secret is shown as null only", |document| {
            body(document, CREDENTIALS)["content"]["application/json"]["schema"]["properties"]["password"] =
                json!({ "type": "string", "example": null, "nullable": true });
        }),
        edited("the list of ways to sign in is longer", |document| {
            let kind = &mut body(document, CREDENTIALS)["content"]["application/json"]["schema"]["properties"]["auth_type"];
            kind["enum"] = json!(["email_password", "raw_data", "mobile_app", "passkey"]);
        })
        .loses(&["AuthType"]),
    ]
}

fn others() -> Vec<Moved> {
    vec![
        edited("a new operation has a password", |document| {
            document["paths"]["/api/vault"]["post"] = json!({
                "operationId": "openTheVault", "summary": "Open the vault", "tags": ["Vault"], "parameters": [],
                "requestBody": { "required": true, "content": { "application/json": { "schema":
                    object(json!({ "vault_password": text("p") })) } } },
                "responses": { "200": response(object(json!({ "access_token": text("t") }))) },
            });
        })
        .gains(&["field vault_password: Option<runtime::Secret>", "field access_token: Option<runtime::Secret>"]),
        edited("an operation moves to another path", |document| {
            renamed(document, POLL, "/api/v2/authenticate/{attempt_id}");
        })
        .loses(&["/api/authenticate/{attempt_id} id"])
        .gains(&["operation poll_authentication_status GET /api/v2/authenticate/{attempt_id} ", "field needs_face_otp: "])
        .lacks(&["GET /api/authenticate/{attempt_id} "])
        .elsewhere(),
        edited("an operation moves and its placeholder has another name", |document| {
            document["paths"][CREDENTIALS]["parameters"][0]["name"] = json!("account");
            renamed(document, CREDENTIALS, "/api/v2/authenticate/{account}/credentials");
        })
        .loses(&["credentials id", "parameter account_id"])
        .gains(&["operation update_authentication_credentials PUT /api/v2/authenticate/{account}/credentials "])
        .lacks(&["PUT /api/authenticate/{account_id}/credentials "])
        .elsewhere(),
        edited("an operation goes away again", |document| {
            document["paths"][POLL].as_object_mut().unwrap().remove("put");
        }),
        edited("the operations have another tag", |document| {
            for (path, method) in FLOW {
                document["paths"][path][method]["tags"] = json!(["Authentication"]);
            }
        }),
        edited("success is a 202", |document| {
            let responses = document["paths"][POLL]["put"]["responses"].as_object_mut().unwrap();
            let response = responses.remove("200").unwrap();
            responses.insert("202".into(), response);
        })
        .contradicts(1),
        edited("an operation that was named by us has upstream's id", |document| {
            document["paths"]["/api/{account}/media/download/{cdnUrl}"]["get"] = json!({
                "operationId": "downloadMediaFromTheCdn", "summary": "Download from the CDN", "tags": ["Media"],
                "parameters": [
                    { "in": "path", "name": "account", "required": true, "schema": { "type": "string" } },
                    { "in": "path", "name": "cdnUrl", "required": true, "schema": { "type": "string" } },
                ],
                "responses": { "200": { "content": { "text/plain": { "schema": { "type": "string", "example": "" } } } } },
            });
        })
        .loses(&["operation download_media GET", "operation download_media parameter"]),
    ]
}
