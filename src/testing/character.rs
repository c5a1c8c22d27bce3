//! What this API has of its own: its key, its words for no, its figures, and the flow that connects accounts.

use std::sync::{Mutex, MutexGuard};

use serde_json::json;

use super::KEY;
use super::attempts::Attempts;
use super::figures::Figures;
use crate::loopback::{Character, Operation, Received, Refused, Reply, lock, validation};

/// What the vendor's server has of its own.
#[derive(Debug, Default)]
pub(super) struct OnlyFansApi {
    attempts: Mutex<Attempts>,
    figures: Mutex<Figures>,
}

impl OnlyFansApi {
    pub(super) fn attempts(&self) -> MutexGuard<'_, Attempts> {
        lock(&self.attempts)
    }

    pub(super) fn figures(&self) -> MutexGuard<'_, Figures> {
        lock(&self.figures)
    }
}

impl Character for OnlyFansApi {
    fn admit(&self, _: Option<&Operation>, request: &Received) -> Result<(), Reply> {
        if request.header("authorization") != Some(&format!("Bearer {KEY}")) {
            let error = "Unauthorized. Go to https://app.onlyfansapi.com to get your API key.";
            return Err(Reply::json(json!({ "error": error })).status(401));
        }
        self.figures().count()?;
        let account = request.path_parameter("account");
        if account.is_some_and(|account| self.attempts().is_expired(account)) {
            let body = json!({
                "error": "SESSION_EXPIRED:NEEDS_REAUTHENTICATION",
                "message": "The session of this account has expired.",
                "description": "Sign the account in again.",
            });
            return Err(Reply::json(body).status(401));
        }
        Ok(())
    }

    fn refuse(&self, refused: Refused) -> Reply {
        match refused {
            Refused::Path => {
                Reply::json(json!({ "message": "The route could not be found." })).status(404)
            }
            Refused::Method => {
                let message = "The method is not supported for this route.";
                Reply::json(json!({ "message": message })).status(405)
            }
            Refused::Invalid(problems) => Reply::json(validation(&problems)).status(422),
        }
    }

    fn reply(&self, operation: &Operation, request: &Received, base: &str) -> Option<Reply> {
        self.attempts().reply(operation, request, base)
    }

    fn finish(&self, _: &Operation, reply: &mut Reply) {
        self.figures().say(reply);
    }
}
