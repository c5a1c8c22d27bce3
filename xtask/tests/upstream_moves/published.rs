//! The document as upstream may publish it one day: the vendored one with the other operations of the connect flow.
//!
//! What they have is what upstream documents, in forms of our own; what upstream leaves out is left out here, too.

use scribe_codegen::load;
use scribe_codegen::source::Source;
use serde_json::{Value, json};

/// The paths of the operations, with their methods.
pub const FLOW: [(&str, &str); 5] = [
    ("/api/authenticate/{attempt_id}", "get"),
    ("/api/authenticate/{attempt_id}", "put"),
    (
        "/api/authenticate/{attempt_id}/send-email-to-creator",
        "post",
    ),
    ("/api/authenticate/{account_id}/reauthenticate", "post"),
    ("/api/authenticate/{account_id}/credentials", "put"),
];

/// The vendored document.
pub fn vendored() -> Value {
    let text = include_str!("../../../spec/upstream/openapi.yaml");
    let document = load::load(&Source::new("openapi.yaml", text));
    document.unwrap_or_else(|failure| panic!("{failure}")).root
}

/// The vendored document with these operations of [`FLOW`].
pub fn with(operations: &[usize]) -> Value {
    let mut document = vendored();
    for (path, method) in operations.iter().map(|index| FLOW[*index]) {
        let name = &path[path.find('{').unwrap() + 1..path.find('}').unwrap()];
        let item = &mut document["paths"][path];
        item[method] = operation(path, method);
        // Parameters of the path stand behind its methods.
        let parameter = json!({
            "in": "path", "name": name, "description": "", "example": "acct_1", "required": true,
            "schema": { "type": "string" },
        });
        let item = item.as_object_mut().unwrap();
        item.shift_remove("parameters");
        item.insert("parameters".into(), json!([parameter]));
    }
    document
}

/// All of them.
pub fn all() -> Value {
    with(&[0, 1, 2, 3, 4])
}

fn operation(path: &str, method: &str) -> Value {
    let (summary, id, responses, body) = match (path.rsplit('/').next().unwrap(), method) {
        (_, "get") => (
            "Poll Authentication Status",
            "pollAuthenticationStatus",
            poll(),
            Value::Null,
        ),
        ("{attempt_id}", _) => (
            "Submit 2FA",
            "submit2FA",
            ok(json!({ "message": text("Taken") })),
            json!({
                "code": { "type": "string", "description": "The code.", "example": "123456" },
                "selfie_verification_completed": {
                    "type": "boolean", "description": "Whether it is done.", "example": "true", "enum": ["true"],
                },
            }),
        ),
        ("send-email-to-creator", _) => (
            "Send 2FA E-mail to Creator",
            "send2FAEMailToCreator",
            ok(
                json!({ "success": { "type": "boolean", "example": true }, "message": text("Sent") }),
            ),
            Value::Null,
        ),
        ("reauthenticate", _) => {
            let mut responses = ok(json!({
                "success": { "type": "boolean", "example": true },
                "message": text("Started"),
                "polling_url": text("https://app.onlyfansapi.com/api/authenticate/auth_1"),
            }));
            responses["400"] = response(object(
                json!({ "message": text("No"), "reason": text("Signed in already") }),
            ));
            (
                "Re-authenticate Account",
                "reAuthenticateAccount",
                responses,
                Value::Null,
            )
        }
        _ => {
            let start = vendored()["paths"]["/api/authenticate"]["post"].clone();
            let fields =
                &start["requestBody"]["content"]["application/json"]["schema"]["properties"];
            let wanted = [
                "auth_type",
                "email",
                "password",
                "auth_id",
                "cookies",
                "xbc",
                "user_agent",
            ];
            let fields: Value = wanted
                .iter()
                .map(|name| ((*name).to_owned(), fields[*name].clone()))
                .collect();
            let responses = json!({ "200": start["responses"]["200"] });
            (
                "Update Authentication Credentials",
                "updateAuthenticationCredentials",
                responses,
                fields,
            )
        }
    };
    let mut operation = json!({
        "summary": summary, "operationId": id, "description": format!("{summary}, in words."), "parameters": [],
        "responses": responses, "tags": ["Connect OnlyFans Account"],
    });
    if !body.is_null() {
        operation["requestBody"] = json!({
            "required": false, "content": { "application/json": { "schema": object(body) } },
        });
    }
    operation
}

fn poll() -> Value {
    let unseen = || json!({ "type": "string", "example": null, "nullable": true });
    let mut schema = object(json!({
        "account": object(json!({
            "id": text("acct_1"), "display_name": text("A"),
            "onlyfans_data": object(json!({
                "id": { "type": "integer", "example": 1 }, "name": text("A"), "about": unseen(), "website": unseen(),
                "avatar": unseen(), "headerSize": unseen(), "isVerified": { "type": "boolean", "example": true },
                "csrf": text("c"), "wsAuthToken": text("w"),
            })),
        })),
        "state": text("authenticated"), "progress": text("signed_in"),
        "lastAttempt": object(json!({
            "started_at": text("2026-01-01T12:00:00Z"), "completed_at": text("2026-01-01T12:01:00Z"),
            "success": { "type": "boolean", "example": true }, "error_message": unseen(), "error_code": unseen(),
            "needs_otp": { "type": "boolean", "example": false }, "otp_phone_ending": unseen(),
        })),
    }));
    schema["example"] = json!({
        "account": {
            "id": "acct_1", "display_name": "A",
            "onlyfans_data": {
                "id": 1, "name": "A", "about": null, "website": null, "avatar": null, "headerSize": null,
                "isVerified": true, "csrf": "c", "wsAuthToken": "w",
            },
        },
        "state": "authenticated", "progress": "signed_in",
        "lastAttempt": {
            "started_at": "2026-01-01T12:00:00Z", "completed_at": "2026-01-01T12:01:00Z", "success": true,
            "error_message": null, "error_code": null, "needs_otp": false, "otp_phone_ending": null,
        },
    });
    json!({ "200": response(schema) })
}

fn ok(properties: Value) -> Value {
    json!({ "200": response(object(properties)) })
}

/// A response of this schema.
pub fn response(schema: Value) -> Value {
    json!({ "description": "", "content": { "application/json": { "schema": schema } } })
}

/// An object of these properties.
pub fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

/// A text with this example.
pub fn text(example: &str) -> Value {
    json!({ "type": "string", "example": example })
}
