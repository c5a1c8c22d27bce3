// Made by `cargo xtask regen` from spec/, with scribe-codegen 0.1.0 and progenitor 0.15.1. Do not edit.
// spec: a90b78e3797541f27f894122c9ba0df5

/// Types of requests and answers.
pub mod types {
    #[allow(unused_imports)]
    use super::runtime;

    /// The authentication method to use. Defaults to `email_password` if omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields required).
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

    runtime::open_enum!(
        AuthType { EmailPassword = "email_password", RawData = "raw_data", MobileApp =
        "mobile_app" }
    );

    /// For email_password or raw_data auth types
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct AuthenticationStarted {
        /// `attempt_id`
        pub attempt_id: Option<String>,
        /// `message`
        pub message: Option<String>,
        /// `polling_url`
        pub polling_url: Option<String>,
    }

    runtime::object!(
        AuthenticationStarted { attempt_id = "attempt_id", message = "message",
        polling_url = "polling_url" }
    );

    /// What the API answers when a call fails. Every field is optional; the status says more than the body.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ErrorAnswer {
        /// A machine-readable word, such as `account_not_found`.
        pub code: Option<String>,
        /// What to do about it, for people.
        pub description: Option<String>,
        /// A short text or a machine-readable word, such as `SESSION_EXPIRED:NEEDS_REAUTHENTICATION`.
        pub error: Option<String>,
        /// The messages for each field of the request that was refused.
        pub errors: Option<serde_json::Value>,
        /// What went wrong, for people.
        pub message: Option<String>,
    }

    runtime::object!(
        ErrorAnswer { code = "code", description = "description", error = "error", errors
        = "errors", message = "message" }
    );

    /// For mobile_app auth type — includes the session code to scan with the FansAPI Auth+ app
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct MobileAuthenticationStarted {
        /// `attempt_id`
        pub attempt_id: Option<String>,
        /// `message`
        pub message: Option<String>,
        /// `mobile_auth_session_deeplink`
        pub mobile_auth_session_deeplink: String,
        /// `polling_url`
        pub polling_url: Option<String>,
    }

    runtime::object!(
        MobileAuthenticationStarted { attempt_id = "attempt_id", message = "message",
        polling_url = "polling_url" } required { mobile_auth_session_deeplink =
        "mobile_auth_session_deeplink" }
    );

    /// The account, once it is known. Its id alone does not mean that it is connected.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct PollAuthenticationStatusAccount {
        /// `display_name`
        pub display_name: Option<String>,
        /// `id`
        pub id: Option<String>,
        /// The creator's profile as OnlyFans gives it.
        pub onlyfans_data: Option<serde_json::Value>,
    }

    runtime::object!(
        PollAuthenticationStatusAccount { display_name = "display_name", id = "id",
        onlyfans_data = "onlyfans_data" }
    );

    /// The attempt itself.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct PollAuthenticationStatusLastAttempt {
        /// `completed_at`
        pub completed_at: Option<String>,
        /// `error_code`
        pub error_code: Option<String>,
        /// `error_message`
        pub error_message: Option<String>,
        /// Where the creator verifies with a selfie.
        pub face_otp_verification_url: Option<String>,
        /// `needs_face_otp`
        pub needs_face_otp: Option<bool>,
        /// `needs_otp`
        pub needs_otp: Option<bool>,
        /// The last digits of the phone that was sent a code.
        pub otp_phone_ending: Option<String>,
        /// `started_at`
        pub started_at: Option<String>,
        /// `success`
        pub success: Option<bool>,
    }

    runtime::object!(
        PollAuthenticationStatusLastAttempt { completed_at = "completed_at", error_code =
        "error_code", error_message = "error_message", face_otp_verification_url =
        "face_otp_verification_url", needs_face_otp = "needs_face_otp", needs_otp =
        "needs_otp", otp_phone_ending = "otp_phone_ending", started_at = "started_at",
        success = "success" }
    );

    /// Poll authentication status response.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct PollAuthenticationStatusResponse {
        /// The account, once it is known. Its id alone does not mean that it is connected.
        pub account: Option<PollAuthenticationStatusAccount>,
        /// The attempt itself.
        pub last_attempt: Option<PollAuthenticationStatusLastAttempt>,
        /// What the creator opens on the phone, while a `mobile_app` attempt is pending.
        pub mobile_auth_session_deeplink: Option<String>,
        /// What the login is doing, such as `started`, `filling_out_login` or `signed_in`.
        pub progress: Option<String>,
        /// Where the attempt is, such as `authenticating`, `needs-otp`, `needs-app-otp`, `authenticated` or `failed`. More may come.
        pub state: Option<String>,
        /// Whether a code is wanted.
        pub two_factor_pending: Option<bool>,
    }

    runtime::object!(
        PollAuthenticationStatusResponse { account = "account", last_attempt =
        "lastAttempt", mobile_auth_session_deeplink = "mobile_auth_session_deeplink",
        progress = "progress", state = "state", two_factor_pending = "twoFactorPending" }
    );

    /// Reauthenticate account response.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ReauthenticateAccountResponse {
        /// `message`
        pub message: Option<String>,
        /// `polling_url`
        pub polling_url: Option<String>,
        /// `success`
        pub success: Option<bool>,
    }

    runtime::object!(
        ReauthenticateAccountResponse { message = "message", polling_url = "polling_url",
        success = "success" }
    );

    /// Send2fa email to creator response.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Send2faEmailToCreatorResponse {
        /// `message`
        pub message: Option<String>,
        /// `success`
        pub success: Option<bool>,
    }

    runtime::object!(
        Send2faEmailToCreatorResponse { message = "message", success = "success" }
    );

    /// Start authentication body.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct StartAuthenticationBody {
        /// The auth_id from OnlyFans session cookies. Required when auth_type is `raw_data`.
        pub auth_id: Option<String>,
        /// The authentication method to use. Defaults to `email_password` if omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields required).
        pub auth_type: Option<AuthType>,
        /// The full cookie string (semicolon-separated). Required when auth_type is `raw_data`.
        pub cookies: Option<runtime::Secret>,
        /// Custom proxy configuration. Cannot be used together with proxyCountry.
        pub custom_proxy: Option<StartAuthenticationCustomProxy>,
        /// The email address of the OnlyFans account. Required when auth_type is `email_password`.
        pub email: Option<String>,
        /// Set to true to connect the account even if it already exists
        pub force_connect: Option<bool>,
        /// A display name for the account. If omitted, defaults to the email address or auth_id.
        pub name: Option<String>,
        /// The password of the OnlyFans account. Required when auth_type is `email_password`.
        pub password: Option<runtime::Secret>,
        /// The country of the managed proxy server you want to use. Eg. "us" for United States. Cannot be used together with customProxy.
        pub proxy_country: Option<StartAuthenticationProxyCountry>,
        /// The browser User-Agent string. Required when auth_type is `raw_data`.
        pub user_agent: Option<String>,
        /// The X-BC token from request headers. Required when auth_type is `raw_data`.
        pub xbc: Option<runtime::Secret>,
    }

    runtime::object!(
        StartAuthenticationBody { auth_id = "auth_id", auth_type = "auth_type", cookies =
        "cookies", custom_proxy = "customProxy", email = "email", force_connect =
        "force_connect", name = "name", password = "password", proxy_country =
        "proxyCountry", user_agent = "user_agent", xbc = "xbc" }
    );

    impl StartAuthenticationBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `auth_id`.
        ///
        /// The auth_id from OnlyFans session cookies. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn auth_id(mut self, auth_id: impl Into<String>) -> Self {
            self.auth_id = Some(auth_id.into());
            self
        }

        /// Sets `auth_type`.
        ///
        /// The authentication method to use. Defaults to `email_password` if omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields required).
        #[must_use]
        pub fn auth_type(mut self, auth_type: impl Into<AuthType>) -> Self {
            self.auth_type = Some(auth_type.into());
            self
        }

        /// Sets `cookies`.
        ///
        /// The full cookie string (semicolon-separated). Required when auth_type is `raw_data`.
        #[must_use]
        pub fn cookies(mut self, cookies: impl Into<runtime::Secret>) -> Self {
            self.cookies = Some(cookies.into());
            self
        }

        /// Sets `customProxy`.
        ///
        /// Custom proxy configuration. Cannot be used together with proxyCountry.
        #[must_use]
        pub fn custom_proxy(
            mut self,
            custom_proxy: impl Into<StartAuthenticationCustomProxy>,
        ) -> Self {
            self.custom_proxy = Some(custom_proxy.into());
            self
        }

        /// Sets `email`.
        ///
        /// The email address of the OnlyFans account. Required when auth_type is `email_password`.
        #[must_use]
        pub fn email(mut self, email: impl Into<String>) -> Self {
            self.email = Some(email.into());
            self
        }

        /// Sets `force_connect`.
        ///
        /// Set to true to connect the account even if it already exists
        #[must_use]
        pub fn force_connect(mut self, force_connect: impl Into<bool>) -> Self {
            self.force_connect = Some(force_connect.into());
            self
        }

        /// Sets `name`.
        ///
        /// A display name for the account. If omitted, defaults to the email address or auth_id.
        #[must_use]
        pub fn name(mut self, name: impl Into<String>) -> Self {
            self.name = Some(name.into());
            self
        }

        /// Sets `password`.
        ///
        /// The password of the OnlyFans account. Required when auth_type is `email_password`.
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// Sets `proxyCountry`.
        ///
        /// The country of the managed proxy server you want to use. Eg. "us" for United States. Cannot be used together with customProxy.
        #[must_use]
        pub fn proxy_country(
            mut self,
            proxy_country: impl Into<StartAuthenticationProxyCountry>,
        ) -> Self {
            self.proxy_country = Some(proxy_country.into());
            self
        }

        /// Sets `user_agent`.
        ///
        /// The browser User-Agent string. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
            self.user_agent = Some(user_agent.into());
            self
        }

        /// Sets `xbc`.
        ///
        /// The X-BC token from request headers. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn xbc(mut self, xbc: impl Into<runtime::Secret>) -> Self {
            self.xbc = Some(xbc.into());
            self
        }
    }

    /// Custom proxy configuration. Cannot be used together with proxyCountry.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct StartAuthenticationCustomProxy {
        /// The hostname or IP address of your custom proxy server
        pub host: Option<String>,
        /// The password for proxy authentication (optional)
        pub password: Option<runtime::Secret>,
        /// The port number of your custom proxy server (1-65535)
        pub port: Option<i64>,
        /// The username for proxy authentication (optional)
        pub username: Option<String>,
    }

    runtime::object!(
        StartAuthenticationCustomProxy { host = "host", password = "password", port =
        "port", username = "username" }
    );

    impl StartAuthenticationCustomProxy {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `host`.
        ///
        /// The hostname or IP address of your custom proxy server
        #[must_use]
        pub fn host(mut self, host: impl Into<String>) -> Self {
            self.host = Some(host.into());
            self
        }

        /// Sets `password`.
        ///
        /// The password for proxy authentication (optional)
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// Sets `port`.
        ///
        /// The port number of your custom proxy server (1-65535)
        #[must_use]
        pub fn port(mut self, port: impl Into<i64>) -> Self {
            self.port = Some(port.into());
            self
        }

        /// Sets `username`.
        ///
        /// The username for proxy authentication (optional)
        #[must_use]
        pub fn username(mut self, username: impl Into<String>) -> Self {
            self.username = Some(username.into());
            self
        }
    }

    /// The country of the managed proxy server you want to use. Eg. "us" for United States. Cannot be used together with customProxy.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum StartAuthenticationProxyCountry {
        /// `us`
        Us,
        /// `uk`
        Uk,
        /// A value that the document does not list, as it was sent.
        Unknown(String),
    }

    runtime::open_enum!(StartAuthenticationProxyCountry { Us = "us", Uk = "uk" });

    /// Start authentication response.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub enum StartAuthenticationResponse {
        /// The form `MobileAuthenticationStarted`.
        MobileAuthenticationStarted(MobileAuthenticationStarted),
        /// The form `AuthenticationStarted`.
        AuthenticationStarted(AuthenticationStarted),
        /// None of the documented forms, as it was sent.
        Unknown(serde_json::Value),
    }

    runtime::union!(
        StartAuthenticationResponse {
        MobileAuthenticationStarted(MobileAuthenticationStarted),
        AuthenticationStarted(AuthenticationStarted) }
    );

    /// Submit2fa body.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Submit2faBody {
        /// The code. Leave it out when `selfie_verification_completed` is true.
        pub code: Option<runtime::Secret>,
        /// True when the creator has done the selfie. Needed when there is no code.
        pub selfie_verification_completed: Option<bool>,
    }

    runtime::object!(
        Submit2faBody { code = "code", selfie_verification_completed =
        "selfie_verification_completed" }
    );

    impl Submit2faBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `code`.
        ///
        /// The code. Leave it out when `selfie_verification_completed` is true.
        #[must_use]
        pub fn code(mut self, code: impl Into<runtime::Secret>) -> Self {
            self.code = Some(code.into());
            self
        }

        /// Sets `selfie_verification_completed`.
        ///
        /// True when the creator has done the selfie. Needed when there is no code.
        #[must_use]
        pub fn selfie_verification_completed(
            mut self,
            selfie_verification_completed: impl Into<bool>,
        ) -> Self {
            self.selfie_verification_completed = Some(
                selfie_verification_completed.into(),
            );
            self
        }
    }

    /// Submit2fa response.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Submit2faResponse {
        /// `message`
        pub message: Option<String>,
    }

    runtime::object!(Submit2faResponse { message = "message" });

    /// Update authentication credentials body.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct UpdateAuthenticationCredentialsBody {
        /// The auth_id from OnlyFans session cookies. Required when auth_type is `raw_data`.
        pub auth_id: Option<String>,
        /// The authentication method to use. Defaults to `email_password` if omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields required).
        pub auth_type: Option<AuthType>,
        /// The full cookie string (semicolon-separated). Required when auth_type is `raw_data`.
        pub cookies: Option<runtime::Secret>,
        /// The email address of the OnlyFans account. Required when auth_type is `email_password`.
        pub email: Option<String>,
        /// The password of the OnlyFans account. Required when auth_type is `email_password`.
        pub password: Option<runtime::Secret>,
        /// The browser User-Agent string. Required when auth_type is `raw_data`.
        pub user_agent: Option<String>,
        /// The X-BC token from request headers. Required when auth_type is `raw_data`.
        pub xbc: Option<runtime::Secret>,
    }

    runtime::object!(
        UpdateAuthenticationCredentialsBody { auth_id = "auth_id", auth_type =
        "auth_type", cookies = "cookies", email = "email", password = "password",
        user_agent = "user_agent", xbc = "xbc" }
    );

    impl UpdateAuthenticationCredentialsBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets `auth_id`.
        ///
        /// The auth_id from OnlyFans session cookies. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn auth_id(mut self, auth_id: impl Into<String>) -> Self {
            self.auth_id = Some(auth_id.into());
            self
        }

        /// Sets `auth_type`.
        ///
        /// The authentication method to use. Defaults to `email_password` if omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields required).
        #[must_use]
        pub fn auth_type(mut self, auth_type: impl Into<AuthType>) -> Self {
            self.auth_type = Some(auth_type.into());
            self
        }

        /// Sets `cookies`.
        ///
        /// The full cookie string (semicolon-separated). Required when auth_type is `raw_data`.
        #[must_use]
        pub fn cookies(mut self, cookies: impl Into<runtime::Secret>) -> Self {
            self.cookies = Some(cookies.into());
            self
        }

        /// Sets `email`.
        ///
        /// The email address of the OnlyFans account. Required when auth_type is `email_password`.
        #[must_use]
        pub fn email(mut self, email: impl Into<String>) -> Self {
            self.email = Some(email.into());
            self
        }

        /// Sets `password`.
        ///
        /// The password of the OnlyFans account. Required when auth_type is `email_password`.
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// Sets `user_agent`.
        ///
        /// The browser User-Agent string. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
            self.user_agent = Some(user_agent.into());
            self
        }

        /// Sets `xbc`.
        ///
        /// The X-BC token from request headers. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn xbc(mut self, xbc: impl Into<runtime::Secret>) -> Self {
            self.xbc = Some(xbc.into());
            self
        }
    }
}

/// One builder for each operation: what [`Client`]'s methods return.
pub mod operations {
    #[allow(unused_imports)]
    use super::{
        runtime::{self, Call, Error, Operation, Response},
        types,
    };

    /// `POST /api/authenticate`
    pub(super) const START_AUTHENTICATION: Operation = Operation {
        id: "startAuthentication",
        method: "POST",
        path: "/api/authenticate",
    };

    /// `POST /api/authenticate`
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
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::StartAuthenticationResponse>, Error> {
            self.call.send().await
        }
    }

    /// `PUT /api/authenticate/{account_id}/credentials`
    pub(super) const UPDATE_AUTHENTICATION_CREDENTIALS: Operation = Operation {
        id: "updateAuthenticationCredentials",
        method: "PUT",
        path: "/api/authenticate/{account_id}/credentials",
    };

    /// `PUT /api/authenticate/{account_id}/credentials`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct UpdateAuthenticationCredentials<'a> {
        pub(super) call: Call<'a>,
    }

    impl UpdateAuthenticationCredentials<'_> {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::StartAuthenticationResponse>, Error> {
            self.call.send().await
        }
    }

    /// `POST /api/authenticate/{account_id}/reauthenticate`
    pub(super) const REAUTHENTICATE_ACCOUNT: Operation = Operation {
        id: "reAuthenticateAccount",
        method: "POST",
        path: "/api/authenticate/{account_id}/reauthenticate",
    };

    /// `POST /api/authenticate/{account_id}/reauthenticate`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct ReauthenticateAccount<'a> {
        pub(super) call: Call<'a>,
    }

    impl ReauthenticateAccount<'_> {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::ReauthenticateAccountResponse>, Error> {
            self.call.send().await
        }
    }

    /// `GET /api/authenticate/{attempt_id}`
    pub(super) const POLL_AUTHENTICATION_STATUS: Operation = Operation {
        id: "pollAuthenticationStatus",
        method: "GET",
        path: "/api/authenticate/{attempt_id}",
    };

    /// `GET /api/authenticate/{attempt_id}`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct PollAuthenticationStatus<'a> {
        pub(super) call: Call<'a>,
    }

    impl PollAuthenticationStatus<'_> {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::PollAuthenticationStatusResponse>, Error> {
            self.call.send().await
        }
    }

    /// `PUT /api/authenticate/{attempt_id}`
    pub(super) const SUBMIT_2FA: Operation = Operation {
        id: "submit2FA",
        method: "PUT",
        path: "/api/authenticate/{attempt_id}",
    };

    /// `PUT /api/authenticate/{attempt_id}`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct Submit2fa<'a> {
        pub(super) call: Call<'a>,
    }

    impl Submit2fa<'_> {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
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

    /// `POST /api/authenticate/{attempt_id}/send-email-to-creator`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until `send` is called and awaited"]
    pub struct Send2faEmailToCreator<'a> {
        pub(super) call: Call<'a>,
    }

    impl Send2faEmailToCreator<'_> {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::Send2faEmailToCreatorResponse>, Error> {
            self.call.send().await
        }
    }
}

/// One method for each operation. Nothing is sent until the builder's `send` is awaited.
impl Client {
    /// Start Authentication.
    ///
    /// Start the authentication process for a new account. Supports three methods: email/password (default), cookies & headers (raw_data), or FansAPI Auth+ mobile app (mobile_app). For email/password, our systems will bypass Captcha and ask you for 2FA if required. For raw_data, provide session cookies directly for instant authentication. For mobile_app, the response includes a `mobile_auth_session_deeplink` that the creator opens on their phone (or scans as a QR code) to complete authentication via the FansAPI Auth+ mobile app. All credentials are stored securely and encrypted at rest.
    ///
    /// `POST /api/authenticate`
    pub fn start_authentication(&self) -> operations::StartAuthentication<'_> {
        let call = Call::new(self, &operations::START_AUTHENTICATION);
        operations::StartAuthentication {
            call,
        }
    }

    /// Update Authentication Credentials.
    ///
    /// Replaces an account's credentials and signs in with them. The fields mean what they mean at the start of an attempt.
    ///
    /// `PUT /api/authenticate/{account_id}/credentials`
    ///
    /// `account_id`: The account.
    pub fn update_authentication_credentials(
        &self,
        account_id: impl Into<String>,
        body: impl Into<types::UpdateAuthenticationCredentialsBody>,
    ) -> operations::UpdateAuthenticationCredentials<'_> {
        let mut call = Call::new(self, &operations::UPDATE_AUTHENTICATION_CREDENTIALS);
        call.path("account_id", &account_id.into());
        call.json(&body.into());
        operations::UpdateAuthenticationCredentials {
            call,
        }
    }

    /// Re-authenticate Account.
    ///
    /// Signs an account in again with the credentials that are stored. The answer names no attempt: it is the last segment of `polling_url`.
    ///
    /// `POST /api/authenticate/{account_id}/reauthenticate`
    ///
    /// `account_id`: The account.
    pub fn reauthenticate_account(
        &self,
        account_id: impl Into<String>,
    ) -> operations::ReauthenticateAccount<'_> {
        let mut call = Call::new(self, &operations::REAUTHENTICATE_ACCOUNT);
        call.path("account_id", &account_id.into());
        operations::ReauthenticateAccount {
            call,
        }
    }

    /// Poll Authentication Status.
    ///
    /// How far an authentication attempt is. The API documents no poll interval and no expiry.
    ///
    /// `GET /api/authenticate/{attempt_id}`
    ///
    /// `attempt_id`: The attempt, as the start of it answered.
    pub fn poll_authentication_status(
        &self,
        attempt_id: impl Into<String>,
    ) -> operations::PollAuthenticationStatus<'_> {
        let mut call = Call::new(self, &operations::POLL_AUTHENTICATION_STATUS);
        call.path("attempt_id", &attempt_id.into());
        operations::PollAuthenticationStatus {
            call,
        }
    }

    /// Submit 2FA.
    ///
    /// Hands in the code that the creator got, or says that the selfie is done. Acceptance is not completion: keep polling.
    ///
    /// `PUT /api/authenticate/{attempt_id}`
    ///
    /// `attempt_id`: The attempt, as the start of it answered.
    pub fn submit_2fa(
        &self,
        attempt_id: impl Into<String>,
        body: impl Into<types::Submit2faBody>,
    ) -> operations::Submit2fa<'_> {
        let mut call = Call::new(self, &operations::SUBMIT_2FA);
        call.path("attempt_id", &attempt_id.into());
        call.json(&body.into());
        operations::Submit2fa { call }
    }

    /// Send 2FA E-mail to Creator.
    ///
    /// Sends the creator an e-mail, to the address used for OnlyFans, with which the login can be verified on the creator's own device.
    ///
    /// `POST /api/authenticate/{attempt_id}/send-email-to-creator`
    ///
    /// `attempt_id`: The attempt, as the start of it answered.
    pub fn send_2fa_email_to_creator(
        &self,
        attempt_id: impl Into<String>,
    ) -> operations::Send2faEmailToCreator<'_> {
        let mut call = Call::new(self, &operations::SEND_2FA_EMAIL_TO_CREATOR);
        call.path("attempt_id", &attempt_id.into());
        operations::Send2faEmailToCreator {
            call,
        }
    }
}
