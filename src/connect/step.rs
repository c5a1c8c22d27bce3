//! What an attempt wants next, read from its status.

use std::fmt;

use serde_json::Value;

use crate::Secret;
use crate::types::{
    PollAuthenticationStatusAccount, PollAuthenticationStatusLastAttempt,
    PollAuthenticationStatusResponse,
};

/// What an attempt to connect an account wants next, or that it is over.
///
/// `Debug` prints neither links nor what is known of the account.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Step {
    /// A code is wanted: [`Attempt::submit_code`](super::Attempt::submit_code).
    #[non_exhaustive]
    NeedsCode {
        /// The last digits of the phone that the code was sent to, if it was.
        hint: Option<String>,
        /// Whether the code is one of an authenticator app.
        from_app: bool,
        /// Whether a code that was handed in before was wrong.
        again: bool,
        /// What the API said of that code, if it said anything.
        reason: Option<String>,
    },
    /// The creator has to verify with a selfie at `url`: [`Attempt::selfie_done`](super::Attempt::selfie_done) when that
    /// is done.
    NeedsSelfie {
        /// Where the creator verifies. Who has it stands before the check: show it to the creator alone.
        url: Secret,
    },
    /// The creator has to open `deep_link` on the phone, or scan it as a QR code. It is said once; go on with
    /// [`Attempt::next`](super::Attempt::next).
    OpenOnPhone {
        /// The link. Who has it can finish the attempt: show it to the creator alone.
        deep_link: Secret,
    },
    /// The account is connected.
    Connected(PollAuthenticationStatusAccount),
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsCode {
                hint,
                from_app,
                again,
                ..
            } => f
                .debug_struct("NeedsCode")
                .field("hint", hint)
                .field("from_app", from_app)
                .field("again", again)
                .finish_non_exhaustive(),
            Self::NeedsSelfie { .. } => f.debug_struct("NeedsSelfie").finish_non_exhaustive(),
            Self::OpenOnPhone { .. } => f.debug_struct("OpenOnPhone").finish_non_exhaustive(),
            Self::Connected(account) => f.debug_tuple("Connected").field(&account.id).finish(),
        }
    }
}

/// The status in an answer, whatever types its fields have today: an attempt must not hang on a number for a text, or on
/// a `1` for `true`.
pub(super) fn read(answer: &Value) -> PollAuthenticationStatusResponse {
    let mut answer = answer.clone();
    mend(&mut answer, &["twoFactorPending"]);
    for (name, truths) in [
        (
            "lastAttempt",
            &["success", "needs_otp", "needs_face_otp"][..],
        ),
        ("account", &[]),
    ] {
        if let Some(inner) = answer.get_mut(name) {
            mend(inner, truths);
        }
    }
    serde_json::from_value(answer).unwrap_or_default()
}

/// Whether an answer can be a status at all: it is an object, or what PHP makes of one, and says nothing or something that
/// is known.
pub(super) fn is_status(answer: &Value) -> bool {
    match answer {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => {
            const KNOWN: [&str; 6] = [
                "account",
                "lastAttempt",
                "mobile_auth_session_deeplink",
                "progress",
                "state",
                "twoFactorPending",
            ];
            fields.is_empty() || KNOWN.iter().any(|name| fields.contains_key(*name))
        }
        _ => false,
    }
}

/// The code and the message of a status: those of the attempt, or else those that stand beside it.
pub(super) fn words(
    answer: &Value,
    status: &PollAuthenticationStatusResponse,
) -> (Option<String>, Option<String>) {
    let beside = |names: &[&str]| {
        names.iter().find_map(|name| match answer.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    let attempt = status.last_attempt.as_ref();
    let code = attempt.and_then(|attempt| attempt.error_code.clone());
    let message = attempt.and_then(|attempt| attempt.error_message.clone());
    (
        code.or_else(|| beside(&["error_code", "code"])),
        message.or_else(|| beside(&["error_message", "message", "error"])),
    )
}

/// Makes of each scalar in `object` a truth, for the names in `truths`, or a text.
fn mend(object: &mut Value, truths: &[&str]) {
    let Value::Object(fields) = object else {
        *object = Value::Null;
        return;
    };
    for (name, value) in fields {
        // What the profile is made of is nobody's business here.
        if matches!(name.as_str(), "lastAttempt" | "account" | "onlyfans_data") {
            continue;
        }
        *value = if truths.contains(&name.as_str()) {
            match &*value {
                Value::Bool(_) => continue,
                Value::Number(number) => Value::Bool(number.as_f64() != Some(0.0)),
                Value::String(text) => {
                    Value::Bool(matches!(text.to_lowercase().as_str(), "1" | "true" | "yes"))
                }
                _ => Value::Null,
            }
        } else {
            match &*value {
                Value::String(_) => continue,
                Value::Number(number) => Value::String(number.to_string()),
                Value::Bool(is) => Value::String(is.to_string()),
                _ => Value::Null,
            }
        };
    }
}

/// Where an attempt is.
#[derive(Debug, PartialEq)]
pub(super) enum Status {
    Selfie(Secret),
    Code {
        hint: Option<String>,
        from_app: bool,
    },
    Connected,
    Failed,
    /// It looks as if it had failed, and is not said to be over.
    Failing,
    Pending,
}

impl Status {
    /// The order matters: an attempt that wants a face check also looks like one that wants a code, and one with an
    /// account is not connected for that. States that nobody has seen are pending.
    pub(super) fn of(answer: &PollAuthenticationStatusResponse) -> Self {
        let state = answer.state.as_deref().unwrap_or_default();
        let attempt = answer.last_attempt.as_ref();
        let is = |flag: Option<bool>| flag == Some(true);

        if let Some(attempt) = attempt.filter(|attempt| is(attempt.needs_face_otp)) {
            // Without an address there is nothing that anybody can do yet.
            return match &attempt.face_otp_verification_url {
                Some(url) if !url.expose().is_empty() => Self::Selfie(url.clone()),
                _ => Self::Pending,
            };
        }
        if attempt.is_some_and(|attempt| is(attempt.needs_otp))
            || state.starts_with("needs-")
            || is(answer.two_factor_pending)
        {
            return Self::Code {
                hint: attempt.and_then(|attempt| attempt.otp_phone_ending.clone()),
                from_app: state.contains("app"),
            };
        }
        if state == "authenticated" || attempt.is_some_and(|attempt| is(attempt.success)) {
            return Self::Connected;
        }
        if attempt
            .is_some_and(|attempt| attempt.completed_at.is_some() && attempt.success == Some(false))
        {
            return Self::Failed;
        }
        // Where there is a state, what it says of the attempt counts, and not what is left of a try before.
        let has_failed = |attempt: &PollAuthenticationStatusLastAttempt| {
            attempt.success == Some(false)
                && (attempt.error_code.is_some() || attempt.error_message.is_some())
        };
        if state.eq_ignore_ascii_case("failed")
            || (state.is_empty() && attempt.is_some_and(has_failed))
        {
            return Self::Failing;
        }
        Self::Pending
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn status(answer: Value) -> Status {
        Status::of(&read(&answer))
    }

    #[test]
    fn the_first_sign_in_the_order_of_the_signs_decides() {
        let url = "https://x.example/verify";
        let selfie =
            json!({"needs_face_otp": true, "face_otp_verification_url": url, "needs_otp": true});
        assert_eq!(
            status(json!({"state": "needs-otp", "lastAttempt": selfie})),
            Status::Selfie(url.into())
        );
        let code = |hint: Option<&str>, from_app| Status::Code {
            hint: hint.map(str::to_owned),
            from_app,
        };
        assert_eq!(
            status(
                json!({"state": "authenticated", "lastAttempt": {"needs_otp": true, "otp_phone_ending": "42"}})
            ),
            code(Some("42"), false)
        );
        assert_eq!(status(json!({"state": "needs-app-otp"})), code(None, true));
        assert_eq!(
            status(json!({"state": "needs-a-blood-sample", "lastAttempt": null})).clone_kind(),
            "code"
        );
        assert_eq!(
            status(json!({"twoFactorPending": true, "state": "authenticated"})),
            code(None, false)
        );
        assert_eq!(status(json!({"state": "authenticated"})), Status::Connected);
        assert_eq!(
            status(
                json!({"state": "failed", "lastAttempt": {"success": true, "completed_at": "x"}})
            ),
            Status::Connected
        );
        assert_eq!(
            status(json!({"state": "?", "lastAttempt": {"success": false, "completed_at": "x"}})),
            Status::Failed
        );
    }

    #[test]
    fn fields_of_other_types_mean_what_they_say() {
        let hint = Some("42".to_owned());
        let from_app = false;
        assert_eq!(
            status(
                json!({"lastAttempt": {"needs_otp": 1, "otp_phone_ending": 42, "error_code": 7}, "progress": 50})
            ),
            Status::Code { hint, from_app }
        );
        assert_eq!(
            status(json!({"twoFactorPending": "0", "account": {"id": 1}})),
            Status::Pending
        );
        let failed =
            json!({"lastAttempt": {"success": 0, "completed_at": 1_234_567, "error_code": 403}});
        assert_eq!(status(failed.clone()), Status::Failed);
        assert_eq!(
            read(&failed).last_attempt.unwrap().error_code.as_deref(),
            Some("403")
        );
        let account = read(&json!({"account": {"id": 12, "onlyfans_data": {"id": 1}}}))
            .account
            .unwrap();
        assert_eq!(
            (
                account.id.as_deref(),
                // Whatever type the profile has: what was sent is in it.
                serde_json::to_value(&account.onlyfans_data).unwrap()["id"].as_i64()
            ),
            (Some("12"), Some(1))
        );
    }

    #[test]
    fn what_proves_nothing_is_pending() {
        for answer in [
            json!({}),
            json!({"account": {"id": "acct_1"}}),
            json!({"state": "a-state-that-nobody-has-seen"}),
            json!({"lastAttempt": {"success": false}}),
            json!({"lastAttempt": {"completed_at": "x"}}),
            json!({"lastAttempt": {"needs_face_otp": true}}),
            json!({"lastAttempt": [], "account": []}),
        ] {
            assert_eq!(status(answer.clone()), Status::Pending, "{answer}");
        }
    }

    #[test]
    fn a_failure_that_is_not_said_to_be_the_end_may_be_one() {
        for answer in [
            json!({"state": "failed"}),
            json!({"state": "Failed", "lastAttempt": {"success": false}}),
            json!({"state": "failed", "lastAttempt": {"success": false, "completed_at": null}}),
            json!({"lastAttempt": {"success": false, "error_code": "x"}}),
            json!({"state": null, "lastAttempt": {"success": 0, "error_message": "x"}}),
        ] {
            assert_eq!(status(answer.clone()), Status::Failing, "{answer}");
        }
        let before = json!({"success": false, "error_code": "x"});
        assert_eq!(
            status(json!({"state": "authenticating", "lastAttempt": before})),
            Status::Pending
        );
    }

    #[test]
    fn what_is_no_status_is_told_from_one_that_says_nothing() {
        for nothing in [json!(null), json!([]), json!({}), json!({"state": null})] {
            assert!(is_status(&nothing), "{nothing}");
        }
        for garbage in [
            json!("<html>"),
            json!(7),
            json!(false),
            json!(["state"]),
            json!({"message": "Down for maintenance"}),
        ] {
            assert!(!is_status(&garbage), "{garbage}");
        }
    }

    impl Status {
        fn clone_kind(&self) -> &'static str {
            match self {
                Self::Code { .. } => "code",
                _ => "another",
            }
        }
    }
}
