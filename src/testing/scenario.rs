//! What becomes of an attempt to connect an account.

/// What becomes of an attempt to connect an account, or to sign one in again: what it wants, one after the other, and how
/// it ends. One of which nothing is said succeeds.
///
/// ```
/// use onlyfansapi::testing::Scenario;
///
/// let scenario = Scenario::new().wants_code("424242").wants_selfie().account("acct_7");
/// let failing = Scenario::new().fails("invalid_credentials", "The password is wrong.");
/// ```
#[derive(Debug, Clone)]
#[must_use = "it has an effect where it is given to"]
pub struct Scenario {
    pub(super) stages: Vec<Stage>,
    pub(super) end: End,
    pub(super) account: Option<String>,
    pub(super) polls: u32,
    pub(super) refuses_codes: bool,
}

/// What an attempt wants.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    Code {
        code: String,
        from_app: bool,
        phone: Option<String>,
    },
    Selfie,
}

/// How an attempt ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End {
    Connected,
    Failed { code: String, message: String },
    Never,
}

impl Default for Scenario {
    fn default() -> Self {
        Self::new()
    }
}

impl Scenario {
    /// An attempt that wants nothing and succeeds.
    pub fn new() -> Self {
        Self {
            stages: Vec::new(),
            end: End::Connected,
            account: None,
            polls: 1,
            refuses_codes: false,
        }
    }

    /// It wants a code that was sent to a phone whose number ends in 17, and takes only this one.
    pub fn wants_code(self, code: impl Into<String>) -> Self {
        self.code(code.into(), false, Some("17".into()))
    }

    /// It wants a code of an authenticator app, and takes only this one.
    pub fn wants_app_code(self, code: impl Into<String>) -> Self {
        self.code(code.into(), true, None)
    }

    fn code(mut self, code: String, from_app: bool, phone: Option<String>) -> Self {
        self.stages.push(Stage::Code {
            code,
            from_app,
            phone,
        });
        self
    }

    /// It wants a selfie.
    pub fn wants_selfie(mut self) -> Self {
        self.stages.push(Stage::Selfie);
        self
    }

    /// It refuses a wrong code at once, with 422. Otherwise it takes any, and wants another after a while.
    pub fn refuses_wrong_codes(mut self) -> Self {
        self.refuses_codes = true;
        self
    }

    /// It fails in the end, with this code and message.
    pub fn fails(mut self, code: impl Into<String>, message: impl Into<String>) -> Self {
        self.end = End::Failed {
            code: code.into(),
            message: message.into(),
        };
        self
    }

    /// It never ends.
    pub fn never_ends(mut self) -> Self {
        self.end = End::Never;
        self
    }

    /// The id of the account that is connected in the end. The default is `acct_1`, then `acct_2`, and so on.
    pub fn account(mut self, id: impl Into<String>) -> Self {
        self.account = Some(id.into());
        self
    }

    /// How many looks at it show that it is at work, each time before something happens. The default is 1.
    pub fn polls(mut self, polls: u32) -> Self {
        self.polls = polls;
        self
    }
}
