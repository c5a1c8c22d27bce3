//! The operations of an API as data, as the pipeline writes them, and which of them a request is of.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::Value;

/// The operations of an API.
#[derive(Debug, Deserialize)]
pub struct Description {
    pub operations: Vec<Operation>,
}

/// What the API takes and gives in one operation.
#[derive(Debug, Deserialize)]
pub struct Operation {
    /// Its id in the document.
    pub id: String,
    /// Its name in Rust.
    pub name: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub response: Response,
    /// The header that tells that two requests are one.
    pub idempotency_key: Option<String>,
    pub paging: Option<Paging>,
}

/// A parameter of an operation.
#[derive(Debug, Deserialize)]
pub struct Parameter {
    pub name: String,
    #[serde(rename = "in")]
    pub place: String,
    pub required: bool,
    pub schema: Value,
}

/// The body that an operation takes.
#[derive(Debug, Deserialize)]
pub struct Body {
    /// `json`, `urlencoded`, `multipart`, `text` or `bytes`.
    pub form: String,
    pub required: bool,
    pub schema: Value,
    /// One that the operation takes.
    #[allow(dead_code, reason = "what a test of all operations sends")]
    pub example: Value,
}

/// What an operation gives.
#[derive(Debug, Deserialize)]
pub struct Response {
    pub status: u16,
    /// None where there is no body.
    pub media_type: Option<String>,
    #[serde(default)]
    pub body: Value,
}

/// How an operation gives a list page by page.
#[derive(Debug, Clone, Deserialize)]
pub struct Paging {
    /// Where the items are: names with dots between them.
    pub items: String,
    pub next: Next,
}

/// What leads to the next page.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Next {
    Url {
        url: String,
    },
    Offset {
        offset: String,
        more: Option<String>,
    },
    Token {
        token: String,
        field: String,
    },
}

/// The operation that a request is of, and its parameters in the path.
pub type Matched<'d> = (&'d Operation, BTreeMap<String, String>);

impl Description {
    /// The description in `text`.
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).expect("the pipeline wrote a description")
    }

    /// The operation that is called `name`, in the document or in Rust.
    pub fn named(&self, name: &str) -> Option<&Operation> {
        let mut operations = self.operations.iter();
        operations.find(|operation| operation.name == name || operation.id == name)
    }

    /// The operation of a request. An error says whether the path has another method.
    pub fn find(&self, method: &str, path: &str) -> Result<Matched<'_>, bool> {
        let mut there = false;
        let mut best: Option<(usize, Matched<'_>)> = None;
        for operation in &self.operations {
            let Some((literal, parameters)) = matched(&operation.path, path) else {
                continue;
            };
            there = true;
            if operation.method != method {
                continue;
            }
            // `/users/me` is no user that is called `me`.
            if best.as_ref().is_none_or(|(most, _)| literal > *most) {
                best = Some((literal, (operation, parameters)));
            }
        }
        best.map(|(_, matched)| matched).ok_or(there)
    }
}

/// The parameters in `path`, and how much of it the template says itself.
fn matched(template: &str, path: &str) -> Option<(usize, BTreeMap<String, String>)> {
    let mut parameters = BTreeMap::new();
    let mut literal = 0;
    let (mut wanted, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return Some((literal, parameters)),
            (Some(wanted), Some(found)) => match wanted.split_once('{') {
                None if wanted == found => literal += wanted.len() + 1,
                None => return None,
                Some((before, rest)) => {
                    let (name, after) = rest.split_once('}')?;
                    let value = found.strip_prefix(before)?.strip_suffix(after)?;
                    if value.is_empty() {
                        return None;
                    }
                    literal += before.len() + after.len();
                    let value = percent_decode_str(value).decode_utf8_lossy();
                    parameters.insert(name.to_owned(), value.into_owned());
                }
            },
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_of_the_operation_that_says_most_of_it() {
        let operation = |name: &str, method: &str, path: &str| {
            serde_json::json!({
                "id": name, "name": name, "method": method, "path": path, "parameters": [], "response": {"status": 200},
            })
        };
        let operations = [
            operation("user", "GET", "/users/{id}"),
            operation("me", "GET", "/users/me"),
            operation("picture", "GET", "/users/{id}/picture.{format}"),
        ];
        let text = serde_json::json!({ "operations": operations }).to_string();
        let description = Description::parse(&text);
        let find = |method: &str, path: &str| {
            let (operation, parameters) = description.find(method, path)?;
            Ok((operation.name.as_str(), parameters))
        };
        let one = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
        assert_eq!(find("GET", "/users/me"), Ok(("me", BTreeMap::new())));
        assert_eq!(find("GET", "/users/a%2Fb"), Ok(("user", one("id", "a/b"))));
        assert_eq!(
            find("GET", "/users/7/picture.png").unwrap().1["format"],
            "png"
        );
        assert_eq!(find("POST", "/users/me"), Err(true));
        assert_eq!(find("GET", "/users"), Err(false));
        assert_eq!(find("GET", "/users/"), Err(false));
    }
}
