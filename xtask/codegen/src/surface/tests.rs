//! What a surface says, and that it says all of it.

use super::of;

/// A small client that has every form that polish gives.
const CLIENT: &str = include_str!("../../tests/fixtures/surface/client.rs");

fn surface(client: &str) -> String {
    let file = syn::parse_str(client).expect("the client is Rust");
    of(&file).expect("every form is known")
}

fn problem(client: &str) -> String {
    let file = syn::parse_str(client).expect("the client is Rust");
    let failure = of(&file).expect_err("the form is not known");
    let problems: Vec<String> = failure
        .findings
        .into_iter()
        .map(|finding| finding.problem)
        .collect();
    problems.join("\n")
}

/// The lines that changed when `from` became `to` in the client.
fn changed(from: &str, to: &str) -> String {
    assert!(CLIENT.contains(from), "the fixture has no `{from}`");
    let (before, after) = (surface(CLIENT), surface(&CLIENT.replacen(from, to, 1)));
    let only = |these: &str, those: &str, sign: char| -> Vec<String> {
        let others: std::collections::BTreeSet<&str> = those.lines().collect();
        let lines = these.lines().filter(|line| !others.contains(line));
        lines.map(|line| format!("{sign} {line}")).collect()
    };
    let mut lines = only(&before, &after, '-');
    lines.extend(only(&after, &before, '+'));
    lines.join("\n")
}

#[test]
fn every_public_item_has_its_line() {
    insta::assert_snapshot!(surface(CLIENT));
}

#[test]
fn documentation_and_lints_change_nothing() {
    for (from, to) in [
        ("/// A proxy.", "/// Another text."),
        ("/// A request.", "#[allow(dead_code)]"),
        ("#[must_use]", "#[inline]"),
        ("use super::runtime;", "use super::runtime as _;"),
        ("Option<AuthType>", "::std::option::Option<AuthType>"),
        ("impl Into<AuthType>", "impl Into<super::types::AuthType>"),
        ("Poll { call }", "Poll { call, }"),
        (
            "/// Starts.",
            "#[doc = \"Starts\"] #[doc(hidden)] #[expect(clippy::all, reason = \"x\")]",
        ),
    ] {
        assert_eq!(changed(from, to), "", "{from} became {to}");
    }
}

#[test]
fn the_order_of_items_changes_nothing() {
    let mut file: syn::File = syn::parse_str(CLIENT).expect("the client is Rust");
    file.items.reverse();
    for item in &mut file.items {
        if let syn::Item::Mod(module) = item
            && let Some((_, items)) = &mut module.content
        {
            items.reverse();
        }
    }
    assert_eq!(of(&file).expect("every form is known"), surface(CLIENT));
}

/// What of the client is changed, and the lines that have to change with it.
const VISIBLE: &[(&str, &str, &str)] = &[
    ("method: \"POST\"", "method: \"PUT\"", "-operation start POST /api/authenticate id start builder Start
+operation start PUT /api/authenticate id start builder Start"),
    ("id: \"start\"", "id: \"start!\"", "-operation start POST /api/authenticate id start builder Start
+operation start POST /api/authenticate id \"start!\" builder Start"),
    ("idempotent: true", "idempotent: false", "-operation start setting idempotent: true
+operation start setting idempotent: false"),
    ("self.call.query(\"limit\"", "self.call.query(\"page\"", "-operation start parameter limit: i64 in query optional
+operation start parameter limit: i64 in query wire page optional"),
    ("self.call.query(\"limit\", &limit.into())", "self.call.query(\"limit\", &[limit.into()])", "-operation start parameter limit: i64 in query optional
+operation start parameter limit: i64 in query as \"&[limit.into()]\" optional"),
    ("self.call.query(\"limit\"", "self.call.header(\"limit\"", "-operation start parameter limit: i64 in query optional
+operation start parameter limit: i64 in header optional"),
    ("limit: impl Into<i64>", "limit: i64", "-operation start parameter limit: i64 in query optional
+operation start parameter limit: i64 exactly in query optional"),
    ("limit: impl Into<i64>", "limit: impl Into<u8>", "-operation start parameter limit: i64 in query optional
+operation start parameter limit: u8 in query optional"),
    ("self.call.query(\"limit\", &limit.into());", "self.call.query(\"limit\", &limit.into()); self.call.query(\"x\", &1);", "-operation start parameter limit: i64 in query optional
+operation start method pub fn limit(mut self, limit: impl Into<i64>) -> Self { self.call.query(\"limit\", &limit.into()); self.call.query(\"x\", &1); self }"),
    ("Response<types::StartResponse>", "Response<types::Started>", "-operation start answer StartResponse
+operation start answer Started"),
    ("Result<Response<types::StartResponse>, Error>", "Result<types::StartResponse, Error>", "-operation start answer StartResponse
+operation start answer whole Result<StartResponse, Error>"),
    ("self.call.send().await", "self.call.send_bytes().await", "-operation start answer StartResponse
+operation start answer StartResponse by \"{ self.call.send_bytes().await }\""),
    ("Response<types::StartResponse>, Error> {\n            self.call.send()", "Response<runtime::Bytes>, Error> {\n            self.call.send_bytes()", "-operation start answer StartResponse
+operation start answer runtime::Bytes"),
    ("Response<types::StartResponse>", "Response<runtime::Bytes>", "-operation start answer StartResponse
+operation start answer runtime::Bytes by \"{ self.call.send().await }\""),
    ("call.json(&body.into());\n        operations", "call.accept(\"text/plain\"); call.json(&body.into());\n        operations", "
+operation poll statement call.accept(\"text/plain\");"),
    ("call.json(&body.into());\n        operations", "call.form(&body.into());\n        operations", "-operation poll parameter body: Proxy in json required
+operation poll parameter body: Proxy in form required"),
    ("&self, attempt_id: impl Into<String>, body: impl Into<types::Proxy>", "&self, body: impl Into<types::Proxy>, attempt_id: impl Into<String>", "-operation poll arguments (attempt_id, body)
+operation poll arguments (body, attempt_id)"),
    ("/// Polls.", "#[deprecated = \"gone soon\"]", "-operation poll GET /api/authenticate/{attempt_id} id poll builder Poll
+operation poll GET /api/authenticate/{attempt_id} id poll builder Poll deprecated"),
    ("/// Polls.", "pub fn base(&self) -> &str { \"\" }", "
+client fn base(&self) -> &str"),
    ("/// Polls.", "fn base(&self) -> &str { \"\" }", "
+client fn base(&self) -> &str private code 090ddb0ff4f7"),
    ("#[derive(Debug)]\n    pub struct Poll", "pub struct Poll", "-operation poll traits ('static, Debug)
+operation poll traits ('static)"),
    ("pub struct Poll {\n        pub(super) call: Call,", "pub struct Poll<'a> {\n        pub(super) call: &'a Call,", "-operation poll traits ('static, Debug)
+operation poll struct pub struct Poll<'a> { pub(super) call: &'a Call }
+operation poll traits (Debug)"),
    ("Box::pin(self.send())", "Box::pin(self.call.send())", "
+operation start implementation impl IntoFuture for Start { type Output = Result<Response<StartResponse>, Error>; type IntoFuture = runtime::Sending<StartResponse>; fn into_future(self) -> Self::IntoFuture { Box::pin(self.call.send()) } }"),
    ("tags: impl IntoIterator<Item = impl Into<runtime::Id>>", "tags: impl IntoIterator<Item = impl Into<String>>", "-operation start parameter tags: Items<runtime::Id> in query optional
+operation start parameter tags: Items<String> in query optional"),
    ("(impl Into<String>, impl Into<runtime::Id>)", "(impl Into<String>, impl Into<i64>)", "-operation start parameter filter: Entries<runtime::Id> in query optional
+operation start parameter filter: Entries<i64> in query optional"),
    ("skip_serializing_if = \"Option::is_none\"", "", "-type StartBody field auth_type: Option<AuthType> optional setter
+type StartBody field auth_type: Option<AuthType> default setter"),
    ("rename = \"customProxy\"", "rename = \"proxy[x]\"", "-type StartBody field custom_proxy: Option<Proxy> wire customProxy optional
+type StartBody field custom_proxy: Option<Proxy> wire \"proxy[x]\" optional"),
    ("rename = \"customProxy\"", "alias = \"customProxy\"", "-type StartBody field custom_proxy: Option<Proxy> wire customProxy optional
+type StartBody field custom_proxy: Option<Proxy> optional serde(alias = \"customProxy\")"),
    ("#[serde(flatten)]", "", "-type StartBody field extra: std::collections::BTreeMap<String, serde_json::Value> flatten
+type StartBody field extra: std::collections::BTreeMap<String, serde_json::Value> required"),
    ("pub host: String", "#[serde(default)] pub host: String", "-type Proxy field host: String required
+type Proxy field host: String default"),
    ("pub host: String", "host: String", "-type Proxy field host: String required
+type Proxy field host: String required private"),
    ("pub fn new(attempt_id: impl Into<String>, tags: impl Into<Vec<String>>)", "pub fn new(tags: impl Into<Vec<String>>, attempt_id: String)", "-type StartBody field attempt_id: String required argument
-type StartBody new (attempt_id, tags)
+type StartBody field attempt_id: String required argument(String exactly)
+type StartBody new (tags, attempt_id)"),
    ("Default, serde::Serialize", "Eq, serde::Serialize", "-type StartBody traits (Clone, Debug, Default, Deserialize, PartialEq, Serialize)
+type StartBody traits (Clone, Debug, Deserialize, Eq, PartialEq, Serialize)"),
    ("impl From<String> for Proxy", "impl From<&str> for Proxy", "-type Proxy traits (Clone, Debug, Deserialize, From<String>, Serialize)
+type Proxy traits (Clone, Debug, Deserialize, From<&str>, Serialize)"),
    ("impl From<String> for Proxy {", "impl serde::Serialize for Ways { fn x() {} } impl From<String> for Proxy {", "
+type Ways code Serialize bc6462a0097c
+type Ways traits (Serialize)"),
    ("#[non_exhaustive]\n    pub struct Proxy", "pub struct Proxy", "-type Proxy struct non_exhaustive
+type Proxy struct"),
    ("#[non_exhaustive]\n    pub struct Proxy", "#[serde(rename_all = \"camelCase\", deny_unknown_fields)] pub struct Proxy", "-type Proxy struct non_exhaustive
+type Proxy struct serde(deny_unknown_fields) serde(rename_all = \"camelCase\")"),
    ("RawData = \"raw data\"", "RawData = \"RawData\"", "-type AuthType variant RawData wire \"raw data\"
+type AuthType variant RawData wire RawData"),
    ("RawData = \"raw data\"", "", "-type AuthType variant RawData wire \"raw data\"
+type AuthType variant RawData"),
    ("#[serde(untagged)]", "#[serde(tag = \"kind\")]", "-type StartResponse enum untagged non_exhaustive
-type StartResponse order (Mobile, Started, Unknown)
+type StartResponse enum non_exhaustive serde(tag = \"kind\")"),
    ("Mobile(Mobile),\n        Started(Started),", "Started(Started),\n        Mobile(Mobile),", "-type StartResponse order (Mobile, Started, Unknown)
+type StartResponse order (Started, Mobile, Unknown)"),
    ("Ids(pub Vec<i64>)", "Ids(pub Vec<u64>)", "-type Ids field 0: Vec<i64>
+type Ids field 0: Vec<u64>"),
    ("pub type Ways = Vec<AuthType>", "pub type Ways = Option<AuthType>", "-type Ways = Vec<AuthType>
+type Ways = Option<AuthType>"),
    ("pub type Ways = Vec<AuthType>;", "pub type Ways = Vec<AuthType>; pub const LIMIT: u8 = 1; fn helper() {} pub mod inner { pub struct Deep; }", "
+item types:: fn helper() {}
+item types:: pub const LIMIT: u8 = 1;
+item types::inner:: module
+item types::inner:: pub struct Deep;"),
    ("runtime::open_enum!(", "runtime::closed_enum!(", "-type AuthType enum open non_exhaustive
-type AuthType variant EmailPassword wire email_password
-type AuthType variant RawData wire \"raw data\"
+item types:: runtime::closed_enum!(AuthType { EmailPassword = \"email_password\", RawData = \"raw data\" });
+type AuthType enum non_exhaustive
+type AuthType variant EmailPassword
+type AuthType variant RawData"),
    ("impl Client {", "pub struct Extra; pub use types::Ids; macro_rules! m { () => {} } impl Client {", "
+item :: macro_rules!m { () => {} }
+item :: pub struct Extra;
+item :: pub use types::Ids;"),
    ("impl Client {", "#[cfg(feature = \"x\")] impl Default for Client { } impl Client {", "
+client #[cfg(feature = \"x\")] impl Default for Client {}"),
    ("pub fn is_empty", "pub fn size(&self) -> usize { 0 } const fn hidden() {} pub const A: u8 = 1; pub fn is_empty", "
+type StartBody method const fn hidden() private code 44136fa355b3
+type StartBody method fn size(&self) -> usize
+type StartBody method pub const A: u8 = 1;"),
    ("pub struct Poll {", "pub struct Free; pub(super) const LOOSE: Operation = Operation { id: \"l\", method: \"GET\", path: \"/\" }; pub struct Poll {", "-operation poll traits ('static, Debug)
+item operations:: pub(super) const LOOSE: Operation = Operation { id: \"l\", method: \"GET\", path: \"/\" };
+item operations::Free:: #[derive(Debug)] pub struct Free;
+operation poll traits ('static)"),
];

#[test]
fn what_a_user_or_the_wire_can_see_changes_a_line() {
    let mut wrong = Vec::new();
    for (from, to, expected) in VISIBLE {
        let found = changed(from, to);
        if found.replace("- ", "-").replace("+ ", "+").trim() != expected.trim() {
            wrong.push(format!(
                "{from}\nbecame {to}\nexpected\n{expected}\nfound\n{found}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_form_that_would_have_to_be_guessed_is_an_error() {
    let mut problems = Vec::new();
    for (from, to) in [
        ("Call::new(self, &operations::START)", "Call::of(self)"),
        ("&operations::START)", "&operations::STOP)"),
        ("-> operations::Start", "-> operations::Stop"),
        ("method: \"POST\", ", ""),
        (
            "Operation { id: \"start\", method: \"POST\", path: \"/api/authenticate\", idempotent: true }",
            "Operation::new()",
        ),
        ("pub fn start(&self)", "pub async fn start(&self)"),
        ("RawData = \"raw data\"", "Raw = \"raw data\""),
    ] {
        assert!(CLIENT.contains(from), "the fixture has no `{from}`");
        problems.push(problem(&CLIENT.replacen(from, to, 1)));
    }
    insta::assert_snapshot!(problems.join("\n"));
}

#[test]
fn a_surface_is_sorted_by_its_bytes_and_ends_with_a_line() {
    let surface = surface(CLIENT);
    let (comments, lines): (Vec<&str>, Vec<&str>) =
        surface.lines().partition(|line| line.starts_with('#'));
    assert!(comments[0].starts_with("# made by"));
    assert!(surface.starts_with(&comments.join("\n")));
    assert!(lines.is_sorted(), "{surface}");
    assert!(surface.ends_with('\n') && !surface.ends_with("\n\n"));
}
