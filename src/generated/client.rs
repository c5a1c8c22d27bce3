// A stand-in for what the generator makes.

/// Types of requests and answers.
pub mod types {
    use super::runtime;

    /// Body of `startAuthentication`.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct StartAuthenticationBody {
        /// The authentication method to use. Defaults to `email_password` if omitted. Use
        /// `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields
        /// required).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub auth_type: Option<AuthType>,
        /// A display name for the account. If omitted, defaults to the email address or `auth_id`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// The email address of the OnlyFans account. Required when `auth_type` is
        /// `email_password`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// The password of the OnlyFans account. Required when `auth_type` is `email_password`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub password: Option<runtime::Secret>,
        /// The `auth_id` from OnlyFans session cookies. Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub auth_id: Option<String>,
        /// The full cookie string (semicolon-separated). Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cookies: Option<runtime::Secret>,
        /// The X-BC token from request headers. Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub xbc: Option<runtime::Secret>,
        /// The browser User-Agent string. Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub user_agent: Option<String>,
        /// The country of the managed proxy server you want to use. Eg. "us" for United States.
        /// Cannot be used together with customProxy.
        #[serde(rename = "proxyCountry", default, skip_serializing_if = "Option::is_none")]
        pub proxy_country: Option<ProxyCountry>,
        /// Custom proxy configuration. Cannot be used together with proxyCountry.
        #[serde(rename = "customProxy", default, skip_serializing_if = "Option::is_none")]
        pub custom_proxy: Option<CustomProxy>,
        /// Set to true to connect the account even if it already exists
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub force_connect: Option<bool>,
    }

    impl StartAuthenticationBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `auth_type`: the authentication method to use. Defaults to `email_password` if
        /// omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no
        /// credential fields required).
        #[must_use]
        pub fn auth_type(mut self, auth_type: impl Into<AuthType>) -> Self {
            self.auth_type = Some(auth_type.into());
            self
        }

        /// Sets `name`: a display name for the account. If omitted, defaults to the email address
        /// or `auth_id`.
        #[must_use]
        pub fn name(mut self, name: impl Into<String>) -> Self {
            self.name = Some(name.into());
            self
        }

        /// Sets `email`: the email address of the OnlyFans account. Required when `auth_type` is
        /// `email_password`.
        #[must_use]
        pub fn email(mut self, email: impl Into<String>) -> Self {
            self.email = Some(email.into());
            self
        }

        /// Sets `password`: the password of the OnlyFans account. Required when `auth_type` is
        /// `email_password`.
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// Sets `auth_id`: the `auth_id` from OnlyFans session cookies. Required when `auth_type`
        /// is `raw_data`.
        #[must_use]
        pub fn auth_id(mut self, auth_id: impl Into<String>) -> Self {
            self.auth_id = Some(auth_id.into());
            self
        }

        /// Sets `cookies`: the full cookie string (semicolon-separated). Required when `auth_type`
        /// is `raw_data`.
        #[must_use]
        pub fn cookies(mut self, cookies: impl Into<runtime::Secret>) -> Self {
            self.cookies = Some(cookies.into());
            self
        }

        /// Sets `xbc`: the X-BC token from request headers. Required when `auth_type` is
        /// `raw_data`.
        #[must_use]
        pub fn xbc(mut self, xbc: impl Into<runtime::Secret>) -> Self {
            self.xbc = Some(xbc.into());
            self
        }

        /// Sets `user_agent`: the browser User-Agent string. Required when `auth_type` is
        /// `raw_data`.
        #[must_use]
        pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
            self.user_agent = Some(user_agent.into());
            self
        }

        /// Sets `proxy_country`: the country of the managed proxy server you want to use. Eg. "us"
        /// for United States. Cannot be used together with customProxy.
        #[must_use]
        pub fn proxy_country(mut self, proxy_country: impl Into<ProxyCountry>) -> Self {
            self.proxy_country = Some(proxy_country.into());
            self
        }

        /// Sets `custom_proxy`: custom proxy configuration. Cannot be used together with
        /// proxyCountry.
        #[must_use]
        pub fn custom_proxy(mut self, custom_proxy: impl Into<CustomProxy>) -> Self {
            self.custom_proxy = Some(custom_proxy.into());
            self
        }

        /// Sets `force_connect`: set to true to connect the account even if it already exists
        #[must_use]
        pub fn force_connect(mut self, force_connect: impl Into<bool>) -> Self {
            self.force_connect = Some(force_connect.into());
            self
        }
    }

    /// The authentication method to use.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum AuthType {
        /// `email_password`
        EmailPassword,
        /// `raw_data`
        RawData,
        /// `mobile_app`
        MobileApp,
        /// A value that the document does not list, as it was sent.
        Unknown(String),
    }

    runtime::open_enum!(AuthType { EmailPassword = "email_password", RawData = "raw_data", MobileApp = "mobile_app" });

    /// The country of the managed proxy server.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ProxyCountry {
        /// `us`
        Us,
        /// `uk`
        Uk,
        /// A value that the document does not list, as it was sent.
        Unknown(String),
    }

    runtime::open_enum!(ProxyCountry { Us = "us", Uk = "uk" });

    /// Custom proxy configuration.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct CustomProxy {
        /// The hostname or IP address of your custom proxy server
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub host: Option<String>,
        /// The port number of your custom proxy server (1-65535)
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub port: Option<i64>,
        /// The username for proxy authentication (optional)
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub username: Option<String>,
        /// The password for proxy authentication (optional)
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub password: Option<runtime::Secret>,
    }

    impl CustomProxy {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `host`: the hostname or IP address of your custom proxy server
        #[must_use]
        pub fn host(mut self, host: impl Into<String>) -> Self {
            self.host = Some(host.into());
            self
        }

        /// Sets `port`: the port number of your custom proxy server (1-65535)
        #[must_use]
        pub fn port(mut self, port: impl Into<i64>) -> Self {
            self.port = Some(port.into());
            self
        }

        /// Sets `username`: the username for proxy authentication (optional)
        #[must_use]
        pub fn username(mut self, username: impl Into<String>) -> Self {
            self.username = Some(username.into());
            self
        }

        /// Sets `password`: the password for proxy authentication (optional)
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }
    }

    /// Answer of `startAuthentication`.
    #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum StartAuthenticationResponse {
        /// For mobile_app auth type — includes the session code to scan with the FansAPI Auth+ app
        MobileAuthenticationStarted(MobileAuthenticationStarted),
        /// For email_password or raw_data auth types
        AuthenticationStarted(AuthenticationStarted),
        /// An answer that the document does not describe, as it was sent.
        Unknown(serde_json::Value),
    }

    /// For mobile_app auth type — includes the session code to scan with the FansAPI Auth+ app
    #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct MobileAuthenticationStarted {
        /// Identifies the attempt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub attempt_id: Option<String>,
        /// A message for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub message: Option<String>,
        /// Where the progress of the attempt can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub polling_url: Option<String>,
        /// The link that the phone opens.
        pub mobile_auth_session_deeplink: String,
    }

    /// For email_password or raw_data auth types
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct AuthenticationStarted {
        /// Identifies the attempt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub attempt_id: Option<String>,
        /// A message for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub message: Option<String>,
        /// Where the progress of the attempt can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub polling_url: Option<String>,
    }

    /// Answer of `pollAuthenticationStatus`.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct PollAuthenticationStatusResponse {
        /// The account, as far as it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub account: Option<Account>,
        /// The latest attempt to sign in.
        #[serde(rename = "lastAttempt", default, skip_serializing_if = "Option::is_none")]
        pub last_attempt: Option<LastAttempt>,
        /// What is being done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub progress: Option<String>,
        /// Where the attempt stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub state: Option<String>,
        /// Whether a 2FA code is wanted.
        #[serde(rename = "twoFactorPending", default, skip_serializing_if = "Option::is_none")]
        pub two_factor_pending: Option<bool>,
        /// The link that the phone opens.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mobile_auth_session_deeplink: Option<String>,
    }

    /// A connected account.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct Account {
        /// Identifies the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
        /// The name to show.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub display_name: Option<String>,
        /// The profile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub onlyfans_data: Option<serde_json::Value>,
    }

    /// An attempt to sign in.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct LastAttempt {
        /// When it began.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub started_at: Option<String>,
        /// When it was over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub completed_at: Option<String>,
        /// Whether it succeeded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub success: Option<bool>,
        /// Why it failed, for programs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error_code: Option<String>,
        /// Why it failed, for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error_message: Option<String>,
        /// Whether a code is wanted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub needs_otp: Option<bool>,
        /// The end of the number that the code was sent to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub otp_phone_ending: Option<String>,
        /// Whether a face check is wanted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub needs_face_otp: Option<bool>,
        /// Where the face check is made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub face_otp_verification_url: Option<String>,
    }

    /// Body of `submit2FA`.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct Submit2faBody {
        /// The 2FA code you received on your phone. Must be empty if
        /// `selfie_verification_completed` is `true`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub code: Option<runtime::Secret>,
        /// This field is required when `code` is not present.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub selfie_verification_completed: Option<bool>,
    }

    impl Submit2faBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `code`: the 2FA code you received on your phone. Must be empty if
        /// `selfie_verification_completed` is `true`.
        #[must_use]
        pub fn code(mut self, code: impl Into<runtime::Secret>) -> Self {
            self.code = Some(code.into());
            self
        }

        /// Sets `selfie_verification_completed`: this field is required when `code` is not present.
        #[must_use]
        pub fn selfie_verification_completed(mut self, selfie_verification_completed: impl Into<bool>) -> Self {
            self.selfie_verification_completed = Some(selfie_verification_completed.into());
            self
        }
    }

    /// Answer of `submit2FA`.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct Submit2faResponse {
        /// A message for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub message: Option<String>,
    }

    /// Answer of `send2FAEMailToCreator`.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct Send2faEmailToCreatorResponse {
        /// Whether the e-mail was sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub success: Option<bool>,
        /// A message for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub message: Option<String>,
    }

    /// Answer of `reAuthenticateAccount`.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct ReauthenticateAccountResponse {
        /// Whether the attempt was started.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub success: Option<bool>,
        /// A message for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub message: Option<String>,
        /// Where the progress of the attempt can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub polling_url: Option<String>,
    }

    /// Body of `updateAuthenticationCredentials`.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct UpdateAuthenticationCredentialsBody {
        /// The authentication method to use. Defaults to `email_password` if omitted. Use
        /// `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields
        /// required).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub auth_type: Option<AuthType>,
        /// The email address of the OnlyFans account. Required when `auth_type` is
        /// `email_password`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// The password of the OnlyFans account. Required when `auth_type` is `email_password`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub password: Option<runtime::Secret>,
        /// The `auth_id` from OnlyFans session cookies. Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub auth_id: Option<String>,
        /// The full cookie string (semicolon-separated). Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cookies: Option<runtime::Secret>,
        /// The X-BC token from request headers. Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub xbc: Option<runtime::Secret>,
        /// The browser User-Agent string. Required when `auth_type` is `raw_data`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub user_agent: Option<String>,
    }

    impl UpdateAuthenticationCredentialsBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `auth_type`: the authentication method to use. Defaults to `email_password` if
        /// omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no
        /// credential fields required).
        #[must_use]
        pub fn auth_type(mut self, auth_type: impl Into<AuthType>) -> Self {
            self.auth_type = Some(auth_type.into());
            self
        }

        /// Sets `email`: the email address of the OnlyFans account. Required when `auth_type` is
        /// `email_password`.
        #[must_use]
        pub fn email(mut self, email: impl Into<String>) -> Self {
            self.email = Some(email.into());
            self
        }

        /// Sets `password`: the password of the OnlyFans account. Required when `auth_type` is
        /// `email_password`.
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// Sets `auth_id`: the `auth_id` from OnlyFans session cookies. Required when `auth_type`
        /// is `raw_data`.
        #[must_use]
        pub fn auth_id(mut self, auth_id: impl Into<String>) -> Self {
            self.auth_id = Some(auth_id.into());
            self
        }

        /// Sets `cookies`: the full cookie string (semicolon-separated). Required when `auth_type`
        /// is `raw_data`.
        #[must_use]
        pub fn cookies(mut self, cookies: impl Into<runtime::Secret>) -> Self {
            self.cookies = Some(cookies.into());
            self
        }

        /// Sets `xbc`: the X-BC token from request headers. Required when `auth_type` is
        /// `raw_data`.
        #[must_use]
        pub fn xbc(mut self, xbc: impl Into<runtime::Secret>) -> Self {
            self.xbc = Some(xbc.into());
            self
        }

        /// Sets `user_agent`: the browser User-Agent string. Required when `auth_type` is
        /// `raw_data`.
        #[must_use]
        pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
            self.user_agent = Some(user_agent.into());
            self
        }
    }
}

/// One builder an operation.
pub mod operations {
    use super::runtime::{Call, Error, Operation, Response};
    use super::types;

    /// `POST /api/authenticate`
    pub(super) const START_AUTHENTICATION: Operation = Operation {
        id: "startAuthentication",
        method: "POST",
        path: "/api/authenticate",
    };

    /// Start the authentication process for a new account.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct StartAuthentication<'a> {
        pub(super) call: Call<'a>,
    }

    impl StartAuthentication<'_> {
        /// Sets the body.
        pub fn body(mut self, body: impl Into<types::StartAuthenticationBody>) -> Self {
            self.call.json(&body.into());
            self
        }

        /// Sends the request.
        pub async fn send(self) -> Result<Response<types::StartAuthenticationResponse>, Error> {
            self.call.send().await
        }
    }

    /// `GET /api/authenticate/{attempt_id}`
    pub(super) const POLL_AUTHENTICATION_STATUS: Operation = Operation {
        id: "pollAuthenticationStatus",
        method: "GET",
        path: "/api/authenticate/{attempt_id}",
    };

    /// Poll the status of the authentication process.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct PollAuthenticationStatus<'a> {
        pub(super) call: Call<'a>,
    }

    impl PollAuthenticationStatus<'_> {
        /// Sends the request.
        pub async fn send(self) -> Result<Response<types::PollAuthenticationStatusResponse>, Error> {
            self.call.send().await
        }
    }

    /// `PUT /api/authenticate/{attempt_id}`
    pub(super) const SUBMIT_2FA: Operation = Operation {
        id: "submit2FA",
        method: "PUT",
        path: "/api/authenticate/{attempt_id}",
    };

    /// Submit the 2FA code, or Selfie Verification status, for the authentication process.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct Submit2fa<'a> {
        pub(super) call: Call<'a>,
    }

    impl Submit2fa<'_> {
        /// Sets the body.
        pub fn body(mut self, body: impl Into<types::Submit2faBody>) -> Self {
            self.call.json(&body.into());
            self
        }

        /// Sends the request.
        pub async fn send(self) -> Result<Response<types::Submit2faResponse>, Error> {
            self.call.send().await
        }
    }

    /// `POST /api/authenticate/{attempt_id}/send-email-to-creator`
    pub(super) const SEND_2FA_EMAIL_TO_CREATOR: Operation = Operation {
        id: "send2FAEMailToCreator",
        method: "POST",
        path: "/api/authenticate/{attempt_id}/send-email-to-creator",
    };

    /// Send 2FA verification e-mail to the creator.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct Send2faEmailToCreator<'a> {
        pub(super) call: Call<'a>,
    }

    impl Send2faEmailToCreator<'_> {
        /// Sends the request.
        pub async fn send(self) -> Result<Response<types::Send2faEmailToCreatorResponse>, Error> {
            self.call.send().await
        }
    }

    /// `POST /api/authenticate/{account_id}/reauthenticate`
    pub(super) const REAUTHENTICATE_ACCOUNT: Operation = Operation {
        id: "reAuthenticateAccount",
        method: "POST",
        path: "/api/authenticate/{account_id}/reauthenticate",
    };

    /// Trigger account reauthentication.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct ReauthenticateAccount<'a> {
        pub(super) call: Call<'a>,
    }

    impl ReauthenticateAccount<'_> {
        /// Sends the request.
        pub async fn send(self) -> Result<Response<types::ReauthenticateAccountResponse>, Error> {
            self.call.send().await
        }
    }

    /// `PUT /api/authenticate/{account_id}/credentials`
    pub(super) const UPDATE_AUTHENTICATION_CREDENTIALS: Operation = Operation {
        id: "updateAuthenticationCredentials",
        method: "PUT",
        path: "/api/authenticate/{account_id}/credentials",
    };

    /// Replace the credentials of an account.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct UpdateAuthenticationCredentials<'a> {
        pub(super) call: Call<'a>,
    }

    impl UpdateAuthenticationCredentials<'_> {
        /// Sets the body.
        pub fn body(mut self, body: impl Into<types::UpdateAuthenticationCredentialsBody>) -> Self {
            self.call.json(&body.into());
            self
        }

        /// Sends the request.
        pub async fn send(self) -> Result<Response<types::StartAuthenticationResponse>, Error> {
            self.call.send().await
        }
    }
}

impl Client {
    /// Start the authentication process for a new account.
    pub fn start_authentication(&self) -> operations::StartAuthentication<'_> {
        operations::StartAuthentication { call: Call::new(self, &operations::START_AUTHENTICATION) }
    }

    /// Poll the status of the authentication process.
    pub fn poll_authentication_status(&self, attempt_id: impl Into<String>) -> operations::PollAuthenticationStatus<'_> {
        let mut call = Call::new(self, &operations::POLL_AUTHENTICATION_STATUS);
        call.path("attempt_id", &attempt_id.into());
        operations::PollAuthenticationStatus { call }
    }

    /// Submit the 2FA code, or Selfie Verification status, for the authentication process.
    pub fn submit_2fa(&self, attempt_id: impl Into<String>) -> operations::Submit2fa<'_> {
        let mut call = Call::new(self, &operations::SUBMIT_2FA);
        call.path("attempt_id", &attempt_id.into());
        operations::Submit2fa { call }
    }

    /// Send 2FA verification e-mail to the creator.
    pub fn send_2fa_email_to_creator(&self, attempt_id: impl Into<String>) -> operations::Send2faEmailToCreator<'_> {
        let mut call = Call::new(self, &operations::SEND_2FA_EMAIL_TO_CREATOR);
        call.path("attempt_id", &attempt_id.into());
        operations::Send2faEmailToCreator { call }
    }

    /// Trigger account reauthentication.
    pub fn reauthenticate_account(&self, account_id: impl Into<String>) -> operations::ReauthenticateAccount<'_> {
        let mut call = Call::new(self, &operations::REAUTHENTICATE_ACCOUNT);
        call.path("account_id", &account_id.into());
        operations::ReauthenticateAccount { call }
    }

    /// Replace the credentials of an account.
    pub fn update_authentication_credentials(&self, account_id: impl Into<String>) -> operations::UpdateAuthenticationCredentials<'_> {
        let mut call = Call::new(self, &operations::UPDATE_AUTHENTICATION_CREDENTIALS);
        call.path("account_id", &account_id.into());
        operations::UpdateAuthenticationCredentials { call }
    }
}
