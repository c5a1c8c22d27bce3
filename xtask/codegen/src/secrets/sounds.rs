//! Whether the name of a field sounds like that of a secret: a person has to decide then.
//!
//! This is a net and no judgement: what it finds is asked about, so that it may find too much, but no password less.

use heck::ToSnakeCase as _;
use serde_json::{Map, Value};

use super::rule::Side;

/// Words that make a secret of a name, with what it sounds like.
const WORDS: &[(&str, &str)] = &[
    ("password", "a password"),
    ("passwords", "a password"),
    ("passwd", "a password"),
    ("pwd", "a password"),
    ("passphrase", "a password"),
    ("passcode", "a password"),
    ("credential", "credentials"),
    ("credentials", "credentials"),
    ("secret", "a secret"),
    ("secrets", "a secret"),
    ("token", "a token"),
    ("tokens", "a token"),
    ("jwt", "a token"),
    ("bearer", "a token"),
    ("authorization", "a token"),
    ("cookie", "a cookie"),
    ("cookies", "a cookie"),
    ("csrf", "a token"),
    ("xsrf", "a token"),
    ("otp", "a one-time code"),
    ("totp", "a one-time code"),
    ("pin", "a code"),
    ("signature", "a signature"),
    ("hmac", "a signature"),
    ("apikey", "a key"),
    ("mnemonic", "a key"),
    ("iban", "an account number"),
    ("ssn", "a number of a person"),
    ("tin", "a number of a person"),
    ("passport", "a number of a person"),
    ("cvv", "a card's number"),
    ("cvc", "a card's number"),
    ("deeplink", "a link that signs in"),
    ("session", "a session"),
];

/// Words that do together, in any order: one of each list.
const PAIRS: &[(&[&str], &[&str], &str)] = &[
    (
        &["key", "keys"],
        &[
            "api",
            "access",
            "private",
            "secret",
            "signing",
            "signature",
            "encryption",
            "stream",
            "streaming",
            "license",
            "auth",
            "client",
            "webhook",
            "master",
            "shared",
        ],
        "a key",
    ),
    (
        &["code", "codes"],
        &[
            "otp",
            "auth",
            "authentication",
            "authorization",
            "login",
            "signin",
            "verification",
            "verify",
            "sms",
            "email",
            "mfa",
            "2fa",
            "2",
            "factor",
            "backup",
            "recovery",
            "access",
            "reset",
            "confirmation",
            "security",
            "invite",
            "invitation",
            "totp",
            "totps",
        ],
        "a code that signs in",
    ),
    (
        &["url", "urls", "link", "links", "uri", "href"],
        &[
            "auth",
            "authentication",
            "authorization",
            "login",
            "signin",
            "oauth",
            "sso",
            "otp",
            "2fa",
            "mfa",
            "verification",
            "verify",
            "face",
            "selfie",
            "magic",
            "reset",
            "invite",
            "invitation",
            "signed",
            "presigned",
            "temporary",
            "confirm",
            "confirmation",
            "deep",
            "session",
        ],
        "a link that signs in",
    ),
    (
        &["number", "no", "num"],
        &[
            "account", "routing", "card", "iban", "passport", "license", "tax", "vat", "security",
            "bank",
        ],
        "a number of an account or a person",
    ),
    (
        &["id", "identifier"],
        &["tax", "taxpayer", "national", "vat"],
        "a number of a person",
    ),
    (&["account"], &["bank"], "an account number"),
    (&["sort", "routing"], &["code"], "an account number"),
    (&["social"], &["security"], "a number of a person"),
];

/// How names end that tell something about a secret, and not the secret.
const ABOUT: &[&str] = &[
    "at",
    "in",
    "count",
    "counts",
    "type",
    "types",
    "name",
    "status",
    "state",
    "enabled",
    "disabled",
    "required",
    "ending",
    "length",
    "expires",
    "expiry",
    "expiration",
    "ttl",
    "label",
    "hint",
    "strength",
    "policy",
    "date",
    "time",
    "updated",
    "changed",
    "attempts",
    "limit",
    "limits",
    "total",
    "used",
    "version",
    "algorithm",
    "connected",
    "visible",
    "valid",
    "method",
];

/// How names begin that ask a question, which is answered with yes or no.
const ASKING: &[&str] = &[
    "is", "has", "have", "can", "should", "need", "needs", "require", "requires", "must", "allow",
    "allows", "enable", "show", "hide", "was", "use", "with", "force",
];

/// What the field `name` with this schema sounds like, none when it does not sound like a secret.
pub(super) fn like(
    name: &str,
    schema: &Map<String, Value>,
    side: Option<Side>,
) -> Option<&'static str> {
    let snake = name.to_snake_case();
    let words: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
    let (first, last) = (words.first()?, words.last()?);
    let is_request = side.is_some_and(|side| side != Side::Response);
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    // Nobody keeps a yes or no, or one of a list of values, from anybody.
    let is_told = text("type") == Some("boolean")
        || schema.get("example").is_some_and(Value::is_boolean)
        || schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty());
    if is_told
        || ASKING.contains(first) && words.len() > 1
        || ABOUT.contains(last) && words.len() > 1
    {
        return None;
    }
    let sound = sound(&words).or_else(|| {
        let is_code = words == ["code"] && is_request;
        is_code.then_some("a code that signs in")
    })?;
    // A number is how many there are, but where digits are the secret.
    let counts = matches!(text("type"), Some("integer" | "number"));
    let is_digits = sound.contains("code") || sound.contains("number");
    (!counts || is_digits).then_some(sound)
}

fn sound(words: &[&str]) -> Option<&'static str> {
    for (word, sound) in WORDS {
        // `accesstoken` is one word to whoever wrote it.
        let is_long = word.len() >= 5;
        let has = |found: &&str| found == word || (is_long && found.ends_with(word));
        if words.iter().any(has) {
            return Some(sound);
        }
    }
    for (heads, others, sound) in PAIRS {
        let head = words.iter().position(|word| heads.contains(word));
        if head.is_some_and(|head| {
            words
                .iter()
                .enumerate()
                .any(|(at, word)| at != head && others.contains(word))
        }) {
            return Some(sound);
        }
    }
    None
}
