//! Where calls go and how they are signed: what of the contract is no operation, and what the client has by hand.
//!
//! The surface of the client does not show these. A client that compiles and sends its key to the old server, or in the
//! old header, is wrong all the same, so each change has a level and says what to look at.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::diff::Level;
use crate::walk;

/// A change of servers or of security.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractChange {
    /// What it asks of the version.
    pub level: Level,
    /// What upstream did, in a sentence.
    pub change: String,
    /// What to do about it, in a sentence.
    pub advice: String,
    /// Where, as a JSON pointer into the document after the change, or before it where that has no such node.
    pub pointer: String,
}

/// What changed of the servers and the security from `before` to `after`, the worst first.
pub fn contract(before: &Value, after: &Value) -> Vec<ContractChange> {
    let mut changes = Changes(Vec::new());
    changes.servers(before, after);
    changes.schemes(before, after);
    changes.requirements(before, after);
    changes
        .0
        .sort_by_key(|change| std::cmp::Reverse(change.level));
    changes.0
}

const SERVER: &str =
    "compare the base URL that the hand-written client has, and where it sends the key";
const SIGNING: &str = "compare how the hand-written client sends the key";

struct Changes(Vec<ContractChange>);

impl Changes {
    fn push(&mut self, level: Level, pointer: &str, change: String, advice: &str) {
        self.0.push(ContractChange {
            level,
            change,
            advice: advice.to_owned(),
            pointer: pointer.to_owned(),
        });
    }

    fn servers(&mut self, before: &Value, after: &Value) {
        let urls = |root: &Value| -> Vec<String> {
            let servers = root.get("servers").and_then(Value::as_array);
            let urls = servers.into_iter().flatten();
            urls.filter_map(|server| Some(server.get("url")?.as_str()?.to_owned()))
                .collect()
        };
        let (old, new) = (urls(before), urls(after));
        if old.first() != new.first() {
            let name = |urls: &[String]| urls.first().map_or("none".into(), |url| quoted(url));
            let change = format!("the server is {} and was {}", name(&new), name(&old));
            self.push(Level::Major, "/servers", change, SERVER);
        }
        for url in new.iter().skip(1).filter(|url| !old.contains(url)) {
            let change = format!("there is another server, {}", quoted(url));
            self.push(Level::Minor, "/servers", change, SERVER);
        }
        for url in old.iter().skip(1).filter(|url| !new.contains(url)) {
            let change = format!("the server {} is gone", quoted(url));
            self.push(Level::Major, "/servers", change, SERVER);
        }
        let own = |root: &Value| -> BTreeMap<String, Value> {
            let places = walk::operations(root).into_iter();
            let own = places.filter_map(|place| {
                let item = root.pointer(&crate::document::join("/paths", &place.path));
                let of_item = item.and_then(|item| item.get("servers"));
                let servers = place.of(root)?.get("servers").or(of_item)?;
                Some((place.pointer(), servers.clone()))
            });
            own.collect()
        };
        let (old, new) = (own(before), own(after));
        let pointers: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for pointer in pointers {
            if old.get(pointer) != new.get(pointer) && both(before, after, pointer) {
                let change = format!("{} has servers of its own", operation(pointer));
                self.push(Level::Major, pointer, change, SERVER);
            }
        }
    }

    fn schemes(&mut self, before: &Value, after: &Value) {
        let schemes = |root: &Value| -> BTreeMap<String, Value> {
            let schemes = root.pointer("/components/securitySchemes");
            let schemes = schemes.and_then(Value::as_object).into_iter().flatten();
            schemes
                .map(|(name, scheme)| (name.clone(), scheme.clone()))
                .collect()
        };
        let (old, new) = (schemes(before), schemes(after));
        // One scheme by another name is the same scheme.
        let told = |schemes: &BTreeMap<String, Value>| -> BTreeSet<String> {
            schemes.values().map(said).collect()
        };
        let (were, are) = (told(&old), told(&new));
        for now in are.difference(&were) {
            let was: Vec<&str> = were.difference(&are).map(String::as_str).collect();
            let change = if was.is_empty() {
                format!("calls can be signed by {now}")
            } else {
                format!(
                    "calls are signed by {now} and no longer by {}",
                    was.join(" or ")
                )
            };
            let level = if was.is_empty() {
                Level::Minor
            } else {
                Level::Major
            };
            self.push(level, "/components/securitySchemes", change, SIGNING);
        }
        if are.difference(&were).next().is_none() {
            for was in were.difference(&are) {
                let change = format!("calls are no longer signed by {was}");
                self.push(Level::Major, "/components/securitySchemes", change, SIGNING);
            }
        }
    }

    /// Which calls are signed, and with which scopes.
    fn requirements(&mut self, before: &Value, after: &Value) {
        let mut all: BTreeMap<(Level, String), Vec<String>> = BTreeMap::new();
        for place in walk::operations(after) {
            let (Some(old), Some(new)) = (place.of(before), place.of(after)) else {
                continue;
            };
            let of = |operation: &serde_json::Map<String, Value>, root: &Value| {
                scopes(operation.get("security").or(root.get("security")))
            };
            let (old, new) = (of(old, before), of(new, after));
            if old == new {
                continue;
            }
            let change = match (&old, &new) {
                (None, Some(_)) => (Level::Major, "must be signed now".to_owned()),
                (Some(_), None) => (Level::Minor, "need not be signed any more".to_owned()),
                (Some(old), Some(new)) => {
                    let more: Vec<String> =
                        new.difference(old).map(|scope| quoted(scope)).collect();
                    if more.is_empty() {
                        (Level::Minor, "need fewer scopes".to_owned())
                    } else {
                        (
                            Level::Major,
                            format!("need the scope {} now", more.join(" and ")),
                        )
                    }
                }
                (None, None) => continue,
            };
            all.entry(change).or_default().push(place.pointer());
        }
        for ((level, what), pointers) in all {
            let subject = match pointers.as_slice() {
                [one] => format!("calls of {}", operation(one)),
                many => format!("calls of {} operations", many.len()),
            };
            let advice = "look whether the key of the applications may make them";
            self.push(level, &pointers[0], format!("{subject} {what}"), advice);
        }
    }
}

/// What a scheme comes to, in words.
fn said(scheme: &Value) -> String {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or("?");
    match text("type") {
        "http" => format!("the HTTP scheme {}", quoted(&text("scheme").to_lowercase())),
        "apiKey" => format!("a key in the {} {}", text("in"), quoted(text("name"))),
        other => format!(
            "{} ({})",
            quoted(other),
            scheme.get("flows").map_or(String::new(), |flows| {
                let flows = flows.as_object().into_iter().flatten();
                flows
                    .map(|(flow, _)| flow.clone())
                    .collect::<Vec<_>>()
                    .join(", ")
            })
        ),
    }
}

/// The scopes that a call needs; none when it need not be signed.
fn scopes(security: Option<&Value>) -> Option<BTreeSet<String>> {
    let alternatives = security?.as_array()?;
    let is_open = |one: &Value| one.as_object().is_none_or(serde_json::Map::is_empty);
    if alternatives.is_empty() || alternatives.iter().any(is_open) {
        return None;
    }
    let schemes = alternatives.iter().filter_map(Value::as_object).flatten();
    let scopes = schemes
        .filter_map(|(_, scopes)| scopes.as_array())
        .flatten();
    Some(
        scopes
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
    )
}

fn both(before: &Value, after: &Value, pointer: &str) -> bool {
    before.pointer(pointer).is_some() && after.pointer(pointer).is_some()
}

/// `METHOD /path` of an operation's pointer.
fn operation(pointer: &str) -> String {
    let method = crate::document::last_token(pointer).to_uppercase();
    let path = crate::document::parent(pointer).map(crate::document::last_token);
    quoted(&format!("{method} {}", path.unwrap_or_default()))
}

fn quoted(text: &str) -> String {
    format!("`{}`", crate::printable::shorten(text).replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "servers": [{ "url": "https://a.example" }],
            "security": [{ "default": [] }],
            "paths": {
                "/a": { "get": { "responses": {} }, "post": { "security": [], "responses": {} } },
                "/b": { "get": { "responses": {} } },
            },
            "components": { "securitySchemes": { "default": { "type": "http", "scheme": "bearer", "description": "" } } },
        })
    }

    /// `level: change` of each change that `edit` makes.
    fn told(edit: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut after = document();
        edit(&mut after);
        let changes = contract(&document(), &after).into_iter();
        changes
            .map(|change| format!("{:?}: {}", change.level, change.change))
            .collect()
    }

    #[test]
    fn another_server_is_a_change_of_the_contract() {
        let told_of = |servers: Value| told(|document| document["servers"] = servers);
        assert_eq!(
            told_of(json!([{ "url": "https://b.example" }])),
            ["Major: the server is `https://b.example` and was `https://a.example`"]
        );
        assert_eq!(
            told_of(
                json!([{ "url": "https://a.example", "description": "x" }, { "url": "https://c.example" }])
            ),
            ["Minor: there is another server, `https://c.example`"]
        );
        assert_eq!(
            told(|document| document["paths"]["/a"]["get"]["servers"] =
                json!([{ "url": "https://x.example" }])),
            ["Major: `GET /a` has servers of its own"]
        );
    }

    #[test]
    fn another_way_to_sign_is_a_change_of_the_contract() {
        let scheme = |scheme: Value| {
            told(|document| document["components"]["securitySchemes"]["default"] = scheme)
        };
        assert_eq!(
            scheme(json!({ "type": "apiKey", "in": "header", "name": "X-Key" })),
            [
                "Major: calls are signed by a key in the header `X-Key` and no longer by the HTTP scheme `bearer`"
            ]
        );
        assert!(
            scheme(json!({ "type": "http", "scheme": "Bearer", "description": "Words." }))
                .is_empty()
        );
        assert_eq!(
            told(
                |document| document["components"]["securitySchemes"]["more"] =
                    json!({ "type": "apiKey", "in": "query", "name": "key" })
            ),
            ["Minor: calls can be signed by a key in the query `key`"]
        );
    }

    #[test]
    fn scopes_and_open_calls_are_changes_of_the_contract() {
        assert_eq!(
            told(|document| document["security"] = json!([{ "default": ["read"] }])),
            ["Major: calls of 2 operations need the scope `read` now"]
        );
        assert_eq!(
            told(|document| {
                document["paths"]["/a"]["post"]
                    .as_object_mut()
                    .unwrap()
                    .remove("security");
            }),
            ["Major: calls of `POST /a` must be signed now"]
        );
        assert_eq!(
            told(|document| document["paths"]["/b"]["get"]["security"] = json!([])),
            ["Minor: calls of `GET /b` need not be signed any more"]
        );
        assert!(told(|_| ()).is_empty());
    }
}
