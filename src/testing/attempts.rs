//! The connect flow as a state machine: attempts that were started, and where each of them is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Value, json};

use super::scenario::{End, Scenario, Stage};
use crate::loopback::{Operation, Received, Reply};

const BEGAN: &str = "2026-01-01T12:00:00Z";
const ENDED: &str = "2026-01-01T12:01:00Z";

/// The attempts, and the sessions that are over.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    scenarios: VecDeque<Scenario>,
    running: BTreeMap<String, Running>,
    expired: BTreeSet<String>,
}

/// An attempt that was started.
#[derive(Debug)]
struct Running {
    scenario: Scenario,
    account: String,
    name: String,
    /// Which of the stages it is at.
    stage: usize,
    /// How many polls show that it is at work.
    working: u32,
    /// What was handed in is looked at: whether it is right.
    checking: Option<bool>,
    deep_link: Option<String>,
}

impl Attempts {
    pub(super) fn next(&mut self, scenario: Scenario) {
        self.scenarios.push_back(scenario);
    }

    pub(super) fn expire(&mut self, account: &str) {
        self.expired.insert(account.to_owned());
    }

    pub(super) fn is_expired(&self, account: &str) -> bool {
        self.expired.contains(account)
    }

    /// What is said to a request of one of the operations that connect accounts; none to others.
    pub(super) fn reply(
        &mut self,
        operation: &Operation,
        request: &Received,
        base: &str,
    ) -> Option<Reply> {
        let parameter = |name| request.path_parameter(name).unwrap_or_default();
        Some(match operation.id.as_str() {
            "startAuthentication" | "updateAuthenticationCredentials" => {
                let account = request.path_parameter("account_id");
                let body = request.json();
                let on_phone = body["auth_type"] == "mobile_app";
                let id = self.start(account, body["name"].as_str(), on_phone);
                let mut started = json!({
                    "attempt_id": id,
                    "message": "Authentication process started. Query the polling_url to check the progress.",
                    "polling_url": format!("{base}/api/authenticate/{id}"),
                });
                if let Some(link) = &self.running[&id].deep_link {
                    started["mobile_auth_session_deeplink"] = link.as_str().into();
                }
                started.into()
            }
            "reAuthenticateAccount" => {
                let id = self.start(Some(parameter("account_id")), None, false);
                json!({
                    "success": true,
                    "message": "Re-authentication started.",
                    "polling_url": format!("{base}/api/authenticate/{id}"),
                })
                .into()
            }
            "pollAuthenticationStatus" => match self.running.get_mut(parameter("attempt_id")) {
                Some(running) => {
                    let (status, connected) = running.poll();
                    if connected {
                        self.expired.remove(&running.account);
                    }
                    status.into()
                }
                None => unknown(),
            },
            "submit2FA" => match self.running.get_mut(parameter("attempt_id")) {
                Some(running) => running.submit(&request.json()),
                None => unknown(),
            },
            "send2FAEMailToCreator" => match self.running.contains_key(parameter("attempt_id")) {
                true => json!({ "success": true, "message": "E-mail sent." }).into(),
                false => unknown(),
            },
            _ => return None,
        })
    }

    fn start(&mut self, account: Option<&str>, name: Option<&str>, on_phone: bool) -> String {
        let scenario = self.scenarios.pop_front().unwrap_or_default();
        let number = self.running.len() + 1;
        let id = format!("auth_{number}");
        let account = account.map(str::to_owned).or(scenario.account.clone());
        self.running.insert(
            id.clone(),
            Running {
                account: account.unwrap_or_else(|| format!("acct_{number}")),
                name: name.unwrap_or("Creator").to_owned(),
                stage: 0,
                working: scenario.polls,
                checking: None,
                deep_link: on_phone.then(|| format!("fansapiauth://auth/fansapi_{id}")),
                scenario,
            },
        );
        id
    }
}

impl Running {
    /// What a look at it shows, and whether the account is connected.
    fn poll(&mut self) -> (Value, bool) {
        let mut status = json!({
            "account": null,
            "state": "authenticating",
            "progress": "filling_out_login",
            "twoFactorPending": false,
            "lastAttempt": {
                "started_at": BEGAN, "completed_at": null, "success": null, "error_code": null, "error_message": null,
                "needs_otp": false, "otp_phone_ending": null, "needs_face_otp": false,
            },
        });
        if self.working > 0 {
            self.working -= 1;
            if let Some(link) = &self.deep_link {
                status["mobile_auth_session_deeplink"] = link.as_str().into();
            }
            if self.checking.is_some() {
                status["progress"] = "checking_code".into();
            }
            return (status, false);
        }
        if self.checking.take() == Some(true) {
            self.stage += 1;
        }
        match self.scenario.stages.get(self.stage) {
            Some(Stage::Code {
                from_app, phone, ..
            }) => {
                status["state"] = if *from_app {
                    "needs-app-otp"
                } else {
                    "needs-otp"
                }
                .into();
                status["twoFactorPending"] = true.into();
                status["lastAttempt"]["needs_otp"] = true.into();
                status["lastAttempt"]["otp_phone_ending"] = phone.clone().into();
            }
            Some(Stage::Selfie) => {
                status["lastAttempt"]["needs_face_otp"] = true.into();
                status["lastAttempt"]["face_otp_verification_url"] =
                    "https://verify.example.com/selfie".into();
            }
            None => return self.end(status),
        }
        (status, false)
    }

    fn end(&self, mut status: Value) -> (Value, bool) {
        let attempt = &mut status["lastAttempt"];
        match &self.scenario.end {
            End::Never => return (status, false),
            End::Connected => {
                attempt["completed_at"] = ENDED.into();
                attempt["success"] = true.into();
                status["state"] = "authenticated".into();
                status["progress"] = "signed_in".into();
                status["account"] = json!({ "id": self.account, "display_name": self.name });
                return (status, true);
            }
            End::Failed { code, message } => {
                attempt["completed_at"] = ENDED.into();
                attempt["success"] = false.into();
                attempt["error_code"] = code.as_str().into();
                attempt["error_message"] = message.as_str().into();
                status["state"] = "failed".into();
            }
        }
        (status, false)
    }

    fn submit(&mut self, body: &Value) -> Reply {
        let right = match (self.scenario.stages.get(self.stage), body) {
            (Some(Stage::Code { code, .. }), body) => match body["code"].as_str() {
                Some(given) => given == code,
                None => return invalid("The code field is required."),
            },
            (Some(Stage::Selfie), body) if body["selfie_verification_completed"] == true => true,
            _ => return invalid("Nothing is wanted of this kind."),
        };
        if !right && self.scenario.refuses_codes {
            return invalid("The code is wrong.");
        }
        self.checking = Some(right);
        self.working = self.scenario.polls;
        json!({ "message": "Submitted." }).into()
    }
}

fn invalid(message: &str) -> Reply {
    let body = json!({ "message": message, "errors": { "code": [message] } });
    Reply::json(body).status(422)
}

fn unknown() -> Reply {
    Reply::json(json!({ "message": "Authentication attempt not found." })).status(404)
}
