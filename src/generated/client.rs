// Made by `cargo xtask regen` from spec/, with scribe-codegen 0.1.0 and progenitor 0.15.1. Do not edit.
// spec: 7b11e2929061b6ba00c929ec03a02ab2

/// Types of requests and responses.
#[allow(missing_docs)]
pub mod types {
    #[allow(unused_imports)]
    use super::runtime;

    /// The authentication method to use. Defaults to `email_password` if omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields required).
    ///
    /// Sent by [`start_authentication`](super::Client::start_authentication), [`update_authentication_credentials`](super::Client::update_authentication_credentials).
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
    ///
    /// Received by [`start_authentication`](super::Client::start_authentication), [`update_authentication_credentials`](super::Client::update_authentication_credentials).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct AuthenticationStarted {
        /// For example `"auth_XXXXXXXXXXXXXXXXXXXXX"`.
        pub attempt_id: Option<String>,
        pub message: Option<String>,
        pub polling_url: Option<String>,
    }

    runtime::object!(
        AuthenticationStarted { attempt_id = "attempt_id", message = "message",
        polling_url = "polling_url" }
    );

    /// Whether the response was kept from an earlier call.
    ///
    /// Received by [`send_message`](super::Client::send_message), [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Cache {
        /// For example `"2026-01-01T12:00:00Z"`.
        pub cached_at: Option<String>,
        pub is_cached: Option<bool>,
        /// For example `"Not cached"`.
        pub note: Option<String>,
    }

    runtime::object!(
        Cache { cached_at = "cached_at", is_cached = "is_cached", note = "note" }
    );

    /// What the call cost.
    ///
    /// Received by [`send_message`](super::Client::send_message), [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Credits {
        /// For example `9999`.
        pub balance: Option<runtime::Number>,
        /// For example `"1 credit used"`.
        pub note: Option<String>,
        /// For example `1`.
        pub used: Option<runtime::Number>,
    }

    runtime::object!(Credits { balance = "balance", note = "note", used = "used" });

    /// What the API says when a call fails. Every field is optional; the status says more than the body.
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ErrorResponse {
        /// A machine-readable word, such as `account_not_found`.
        pub code: Option<String>,
        /// What to do about it, for people.
        pub description: Option<String>,
        /// A short text or a machine-readable word, such as `SESSION_EXPIRED:NEEDS_REAUTHENTICATION`.
        pub error: Option<String>,
        /// The messages for each rejected field of the request.
        pub errors: Option<serde_json::Value>,
        /// What went wrong, for people.
        pub message: Option<String>,
    }

    runtime::object!(
        ErrorResponse { code = "code", description = "description", error = "error",
        errors = "errors", message = "message" }
    );

    /// Received by [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Fan {
        /// For example `"https://cdn.example.com/a.jpg"`.
        pub avatar: Option<String>,
        /// For example `"Anna from Berlin"`.
        pub display_name: Option<String>,
        /// For example `123456789`.
        pub id: Option<i64>,
        /// `isBlocked` in JSON.
        pub is_blocked: Option<bool>,
        /// `isRestricted` in JSON.
        pub is_restricted: Option<bool>,
        /// `isVerified` in JSON.
        pub is_verified: Option<bool>,
        /// For example `"2026-01-01T12:00:00+00:00"`.
        pub last_seen: Option<String>,
        /// For example `"Anna"`.
        pub name: Option<String>,
        /// For example `4.99`.
        pub subscribe_price: Option<runtime::Number>,
        /// `subscribedOn` in JSON.
        pub subscribed_on: Option<bool>,
        /// For example `"3 months"`.
        pub subscribed_on_duration: Option<String>,
        /// For example `"u123456789"`.
        pub username: Option<String>,
    }

    runtime::object!(
        Fan { avatar = "avatar", display_name = "displayName", id = "id", is_blocked =
        "isBlocked", is_restricted = "isRestricted", is_verified = "isVerified",
        last_seen = "lastSeen", name = "name", subscribe_price = "subscribePrice",
        subscribed_on = "subscribedOn", subscribed_on_duration = "subscribedOnDuration",
        username = "username" }
    );

    /// The page.
    ///
    /// Received by [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ListAllFansData {
        /// `hasMore` in JSON.
        pub has_more: Option<bool>,
        pub list: Option<runtime::List<Fan>>,
    }

    runtime::object!(ListAllFansData { has_more = "hasMore", list = "list" });

    /// Received by [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ListAllFansPagination {
        /// The URL of the next page; null on the last.
        pub next_page: Option<String>,
    }

    runtime::object!(ListAllFansPagination { next_page = "next_page" });

    /// Received by [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ListAllFansResponse {
        /// What the call cost and what is left, beside the headers that say the same.
        pub meta: Option<Meta>,
        /// `_pagination` in JSON.
        pub pagination: Option<ListAllFansPagination>,
        /// The page.
        pub data: Option<ListAllFansData>,
    }

    runtime::object!(
        ListAllFansResponse { meta = "_meta", pagination = "_pagination", data = "data" }
    );

    /// What the call cost and what is left, beside the headers that say the same.
    ///
    /// Received by [`send_message`](super::Client::send_message), [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Meta {
        /// Whether the response was kept from an earlier call.
        pub cache: Option<Cache>,
        /// What the call cost.
        pub credits: Option<Credits>,
        /// How many calls are left.
        pub rate_limits: Option<RateLimits>,
    }

    runtime::object!(
        Meta { cache = "_cache", credits = "_credits", rate_limits = "_rate_limits" }
    );

    /// For mobile_app auth type — includes the session code to scan with the FansAPI Auth+ app
    ///
    /// Received by [`start_authentication`](super::Client::start_authentication), [`update_authentication_credentials`](super::Client::update_authentication_credentials).
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct MobileAuthenticationStarted {
        /// For example `"auth_XXXXXXXXXXXXXXXXXXXXX"`.
        pub attempt_id: Option<String>,
        pub message: Option<String>,
        pub mobile_auth_session_deeplink: runtime::Secret,
        pub polling_url: Option<String>,
    }

    runtime::object!(
        MobileAuthenticationStarted { attempt_id = "attempt_id", message = "message",
        polling_url = "polling_url" } required { mobile_auth_session_deeplink =
        "mobile_auth_session_deeplink" }
    );

    /// The account, once it is known. Its id alone does not mean that it is connected.
    ///
    /// Received by [`poll_authentication_status`](super::Client::poll_authentication_status).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct PollAuthenticationStatusAccount {
        /// For example `"My Creator"`.
        pub display_name: Option<String>,
        /// For example `"acct_XXXXXXXXXXXXXXX"`.
        pub id: Option<String>,
        /// The creator's profile as OnlyFans gives it.
        pub onlyfans_data: Option<runtime::SecretValue>,
    }

    runtime::object!(
        PollAuthenticationStatusAccount { display_name = "display_name", id = "id",
        onlyfans_data = "onlyfans_data" }
    );

    /// The attempt itself.
    ///
    /// Received by [`poll_authentication_status`](super::Client::poll_authentication_status).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct PollAuthenticationStatusLastAttempt {
        /// For example `"2026-01-01T12:01:00Z"`.
        pub completed_at: Option<String>,
        /// For example `"INVALID_CREDENTIALS"`.
        pub error_code: Option<String>,
        /// For example `"Wrong email or password"`.
        pub error_message: Option<String>,
        /// Where the creator verifies with a selfie.
        pub face_otp_verification_url: Option<runtime::Secret>,
        pub needs_face_otp: Option<bool>,
        pub needs_otp: Option<bool>,
        /// The last digits of the phone that was sent a code.
        ///
        /// For example `"42"`.
        pub otp_phone_ending: Option<String>,
        /// For example `"2026-01-01T12:00:00Z"`.
        pub started_at: Option<String>,
        pub success: Option<bool>,
    }

    runtime::object!(
        PollAuthenticationStatusLastAttempt { completed_at = "completed_at", error_code =
        "error_code", error_message = "error_message", face_otp_verification_url =
        "face_otp_verification_url", needs_face_otp = "needs_face_otp", needs_otp =
        "needs_otp", otp_phone_ending = "otp_phone_ending", started_at = "started_at",
        success = "success" }
    );

    /// Received by [`poll_authentication_status`](super::Client::poll_authentication_status).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct PollAuthenticationStatusResponse {
        /// The account, once it is known. Its id alone does not mean that it is connected.
        pub account: Option<PollAuthenticationStatusAccount>,
        /// The attempt itself.
        pub last_attempt: Option<PollAuthenticationStatusLastAttempt>,
        /// What the creator opens on the phone, while a `mobile_app` attempt is pending.
        pub mobile_auth_session_deeplink: Option<runtime::Secret>,
        /// What the login is doing, such as `started`, `filling_out_login` or `signed_in`.
        ///
        /// For example `"filling_out_login"`.
        pub progress: Option<String>,
        /// Where the attempt is, such as `authenticating`, `needs-otp`, `needs-app-otp`, `authenticated` or `failed`. More may come.
        ///
        /// For example `"authenticating"`.
        pub state: Option<String>,
        /// Whether a code is wanted.
        pub two_factor_pending: Option<bool>,
    }

    runtime::object!(
        PollAuthenticationStatusResponse { account = "account", last_attempt =
        "lastAttempt", mobile_auth_session_deeplink = "mobile_auth_session_deeplink",
        progress = "progress", state = "state", two_factor_pending = "twoFactorPending" }
    );

    /// How many calls are left.
    ///
    /// Received by [`send_message`](super::Client::send_message), [`list_all_fans`](super::Client::list_all_fans).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct RateLimits {
        /// For example `50000`.
        pub limit_day: Option<runtime::Number>,
        /// For example `1000`.
        pub limit_minute: Option<runtime::Number>,
        /// For example `"None"`.
        pub notice: Option<String>,
        /// For example `49999`.
        pub remaining_day: Option<runtime::Number>,
        /// For example `999`.
        pub remaining_minute: Option<runtime::Number>,
    }

    runtime::object!(
        RateLimits { limit_day = "limit_day", limit_minute = "limit_minute", notice =
        "notice", remaining_day = "remaining_day", remaining_minute = "remaining_minute"
        }
    );

    /// Received by [`reauthenticate_account`](super::Client::reauthenticate_account).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct ReauthenticateAccountResponse {
        /// For example `"Authentication process started"`.
        pub message: Option<String>,
        pub polling_url: Option<String>,
        pub success: Option<bool>,
    }

    runtime::object!(
        ReauthenticateAccountResponse { message = "message", polling_url = "polling_url",
        success = "success" }
    );

    /// Received by [`send_2fa_email_to_creator`](super::Client::send_2fa_email_to_creator).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Send2faEmailToCreatorResponse {
        /// For example `"E-mail sent"`.
        pub message: Option<String>,
        pub success: Option<bool>,
    }

    runtime::object!(
        Send2faEmailToCreatorResponse { message = "message", success = "success" }
    );

    /// Which words make the API refuse the message with 422, and list them: `strict_ban` all that are banned, `risky` those that are risky or to be replaced, `replace_soften` the last alone. Without it no text is looked at.
    ///
    /// Sent by [`send_message`](super::Client::send_message).
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum SendMessageBlockBannedWords {
        /// `strict_ban`
        StrictBan,
        /// `risky`
        Risky,
        /// `replace_soften`
        ReplaceSoften,
        /// A value that the document does not list, as it was sent.
        Unknown(String),
    }

    runtime::open_enum!(
        SendMessageBlockBannedWords { StrictBan = "strict_ban", Risky = "risky",
        ReplaceSoften = "replace_soften" }
    );

    /// Sent by [`send_message`](super::Client::send_message).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct SendMessageBody {
        /// Which words make the API refuse the message with 422, and list them: `strict_ban` all that are banned, `risky` those that are risky or to be replaced, `replace_soften` the last alone. Without it no text is looked at.
        pub block_banned_words: Option<SendMessageBlockBannedWords>,
        /// The GIF of Giphy that goes with the message, by its id there.
        pub giphy_id: Option<String>,
        /// Whether the text is hidden until the message is paid for.
        pub locked_text: Option<bool>,
        /// Ids of uploads (`ofapi_media_…`) or of the vault. Hidden until the message is paid for.
        pub media_files: Option<Vec<String>>,
        /// The ids among `mediaFiles` that are shown all the same.
        pub previews: Option<Vec<String>>,
        /// The price in US dollars. One that is not 0 needs `mediaFiles`.
        pub price: Option<f64>,
        /// The message that this one replies to.
        pub reply_to_message_id: Option<i64>,
        /// The guests of release forms who are tagged, by their ids.
        pub rf_guest: Option<Vec<i64>>,
        /// The partners of release forms who are tagged, by their ids.
        pub rf_partner: Option<Vec<i64>>,
        /// The creators who are tagged, by their ids at OnlyFans.
        pub rf_tag: Option<Vec<i64>>,
        /// The text. Required unless there is media.
        pub text: Option<String>,
    }

    runtime::object!(
        SendMessageBody { block_banned_words = "blockBannedWords", giphy_id = "giphyId",
        locked_text = "lockedText", media_files = "mediaFiles", previews = "previews",
        price = "price", reply_to_message_id = "replyToMessageId", rf_guest = "rfGuest",
        rf_partner = "rfPartner", rf_tag = "rfTag", text = "text" }
    );

    impl SendMessageBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Which words make the API refuse the message with 422, and list them: `strict_ban` all that are banned, `risky` those that are risky or to be replaced, `replace_soften` the last alone. Without it no text is looked at.
        #[must_use]
        pub fn block_banned_words(
            mut self,
            block_banned_words: impl Into<SendMessageBlockBannedWords>,
        ) -> Self {
            self.block_banned_words = Some(block_banned_words.into());
            self
        }

        /// The GIF of Giphy that goes with the message, by its id there.
        #[must_use]
        pub fn giphy_id(mut self, giphy_id: impl Into<runtime::Id>) -> Self {
            self.giphy_id = Some(giphy_id.into().into());
            self
        }

        /// Whether the text is hidden until the message is paid for.
        #[must_use]
        pub fn locked_text(mut self, locked_text: impl Into<bool>) -> Self {
            self.locked_text = Some(locked_text.into());
            self
        }

        /// Ids of uploads (`ofapi_media_…`) or of the vault. Hidden until the message is paid for.
        #[must_use]
        pub fn media_files(
            mut self,
            media_files: impl IntoIterator<Item = impl Into<runtime::Id>>,
        ) -> Self {
            self.media_files = Some(runtime::list::<runtime::Id, _>(media_files));
            self
        }

        /// The ids among `mediaFiles` that are shown all the same.
        #[must_use]
        pub fn previews(
            mut self,
            previews: impl IntoIterator<Item = impl Into<runtime::Id>>,
        ) -> Self {
            self.previews = Some(runtime::list::<runtime::Id, _>(previews));
            self
        }

        /// The price in US dollars. One that is not 0 needs `mediaFiles`.
        #[must_use]
        pub fn price(mut self, price: impl Into<runtime::Number>) -> Self {
            self.price = Some(price.into().into());
            self
        }

        /// The message that this one replies to.
        #[must_use]
        pub fn reply_to_message_id(
            mut self,
            reply_to_message_id: impl Into<runtime::Integer>,
        ) -> Self {
            self.reply_to_message_id = Some(reply_to_message_id.into().into());
            self
        }

        /// The guests of release forms who are tagged, by their ids.
        #[must_use]
        pub fn rf_guest(
            mut self,
            rf_guest: impl IntoIterator<Item = impl Into<runtime::Integer>>,
        ) -> Self {
            self.rf_guest = Some(runtime::list::<runtime::Integer, _>(rf_guest));
            self
        }

        /// The partners of release forms who are tagged, by their ids.
        #[must_use]
        pub fn rf_partner(
            mut self,
            rf_partner: impl IntoIterator<Item = impl Into<runtime::Integer>>,
        ) -> Self {
            self.rf_partner = Some(runtime::list::<runtime::Integer, _>(rf_partner));
            self
        }

        /// The creators who are tagged, by their ids at OnlyFans.
        #[must_use]
        pub fn rf_tag(
            mut self,
            rf_tag: impl IntoIterator<Item = impl Into<runtime::Integer>>,
        ) -> Self {
            self.rf_tag = Some(runtime::list::<runtime::Integer, _>(rf_tag));
            self
        }

        /// The text. Required unless there is media.
        #[must_use]
        pub fn text(mut self, text: impl Into<String>) -> Self {
            self.text = Some(text.into());
            self
        }
    }

    /// The message.
    ///
    /// Received by [`send_message`](super::Client::send_message).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct SendMessageData {
        /// For example `86400`.
        pub cancel_seconds: Option<runtime::Number>,
        /// For example `"2026-01-01T12:00:00+00:00"`.
        pub created_at: Option<String>,
        /// For example `987654321012`.
        pub id: Option<i64>,
        /// `isFree` in JSON.
        pub is_free: Option<bool>,
        /// For example `4.99`.
        pub price: Option<runtime::Number>,
        /// For example `"Hi!"`.
        pub text: Option<String>,
    }

    runtime::object!(
        SendMessageData { cancel_seconds = "cancelSeconds", created_at = "createdAt", id
        = "id", is_free = "isFree", price = "price", text = "text" }
    );

    /// Received by [`send_message`](super::Client::send_message).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct SendMessageResponse {
        /// What the call cost and what is left, beside the headers that say the same.
        pub meta: Option<Meta>,
        /// The message.
        pub data: Option<SendMessageData>,
    }

    runtime::object!(SendMessageResponse { meta = "_meta", data = "data" });

    /// Sent by [`start_authentication`](super::Client::start_authentication).
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

        /// The auth_id from OnlyFans session cookies. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn auth_id(mut self, auth_id: impl Into<runtime::Id>) -> Self {
            self.auth_id = Some(auth_id.into().into());
            self
        }

        /// The authentication method to use. Defaults to `email_password` if omitted. Use `mobile_app` to authenticate via the FansAPI Auth+ mobile app (no credential fields required).
        #[must_use]
        pub fn auth_type(mut self, auth_type: impl Into<AuthType>) -> Self {
            self.auth_type = Some(auth_type.into());
            self
        }

        /// The full cookie string (semicolon-separated). Required when auth_type is `raw_data`.
        #[must_use]
        pub fn cookies(mut self, cookies: impl Into<runtime::Secret>) -> Self {
            self.cookies = Some(cookies.into());
            self
        }

        /// Custom proxy configuration. Cannot be used together with proxyCountry.
        #[must_use]
        pub fn custom_proxy(
            mut self,
            custom_proxy: impl Into<StartAuthenticationCustomProxy>,
        ) -> Self {
            self.custom_proxy = Some(custom_proxy.into());
            self
        }

        /// The email address of the OnlyFans account. Required when auth_type is `email_password`.
        #[must_use]
        pub fn email(mut self, email: impl Into<String>) -> Self {
            self.email = Some(email.into());
            self
        }

        /// Set to true to connect the account even if it already exists
        #[must_use]
        pub fn force_connect(mut self, force_connect: impl Into<bool>) -> Self {
            self.force_connect = Some(force_connect.into());
            self
        }

        /// A display name for the account. If omitted, defaults to the email address or auth_id.
        #[must_use]
        pub fn name(mut self, name: impl Into<String>) -> Self {
            self.name = Some(name.into());
            self
        }

        /// The password of the OnlyFans account. Required when auth_type is `email_password`.
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// The country of the managed proxy server you want to use. Eg. "us" for United States. Cannot be used together with customProxy.
        #[must_use]
        pub fn proxy_country(
            mut self,
            proxy_country: impl Into<StartAuthenticationProxyCountry>,
        ) -> Self {
            self.proxy_country = Some(proxy_country.into());
            self
        }

        /// The browser User-Agent string. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
            self.user_agent = Some(user_agent.into());
            self
        }

        /// The X-BC token from request headers. Required when auth_type is `raw_data`.
        #[must_use]
        pub fn xbc(mut self, xbc: impl Into<runtime::Secret>) -> Self {
            self.xbc = Some(xbc.into());
            self
        }
    }

    /// Custom proxy configuration. Cannot be used together with proxyCountry.
    ///
    /// Sent by [`start_authentication`](super::Client::start_authentication).
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

        /// The hostname or IP address of your custom proxy server
        #[must_use]
        pub fn host(mut self, host: impl Into<String>) -> Self {
            self.host = Some(host.into());
            self
        }

        /// The password for proxy authentication (optional)
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// The port number of your custom proxy server (1-65535)
        #[must_use]
        pub fn port(mut self, port: impl Into<runtime::Integer>) -> Self {
            self.port = Some(port.into().into());
            self
        }

        /// The username for proxy authentication (optional)
        #[must_use]
        pub fn username(mut self, username: impl Into<String>) -> Self {
            self.username = Some(username.into());
            self
        }
    }

    /// The country of the managed proxy server you want to use. Eg. "us" for United States. Cannot be used together with customProxy.
    ///
    /// Sent by [`start_authentication`](super::Client::start_authentication).
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

    /// Received by [`start_authentication`](super::Client::start_authentication), [`update_authentication_credentials`](super::Client::update_authentication_credentials).
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum StartAuthenticationResponse {
        MobileAuthenticationStarted(MobileAuthenticationStarted),
        AuthenticationStarted(AuthenticationStarted),
        /// None of the documented forms, as it was sent.
        Unknown(serde_json::Value),
    }

    runtime::union!(
        StartAuthenticationResponse {
        MobileAuthenticationStarted(MobileAuthenticationStarted),
        AuthenticationStarted(AuthenticationStarted) }
    );

    /// Sent by [`submit_2fa`](super::Client::submit_2fa).
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

        /// The code. Leave it out when `selfie_verification_completed` is true.
        #[must_use]
        pub fn code(mut self, code: impl Into<runtime::Secret>) -> Self {
            self.code = Some(code.into());
            self
        }

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

    /// Received by [`submit_2fa`](super::Client::submit_2fa).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct Submit2faResponse {
        /// For example `"Code submitted"`.
        pub message: Option<String>,
    }

    runtime::object!(Submit2faResponse { message = "message" });

    /// Sent by [`update_authentication_credentials`](super::Client::update_authentication_credentials).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct UpdateAuthenticationCredentialsBody {
        /// The creator's id at OnlyFans.
        pub auth_id: Option<String>,
        /// How the account signs in.
        pub auth_type: Option<AuthType>,
        /// The cookies of a session.
        pub cookies: Option<runtime::Secret>,
        /// The creator's e-mail address at OnlyFans.
        pub email: Option<String>,
        /// The creator's password at OnlyFans.
        pub password: Option<runtime::Secret>,
        /// The user agent of that session.
        pub user_agent: Option<String>,
        /// The X-BC token of a session.
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

        /// The creator's id at OnlyFans.
        #[must_use]
        pub fn auth_id(mut self, auth_id: impl Into<runtime::Id>) -> Self {
            self.auth_id = Some(auth_id.into().into());
            self
        }

        /// How the account signs in.
        #[must_use]
        pub fn auth_type(mut self, auth_type: impl Into<AuthType>) -> Self {
            self.auth_type = Some(auth_type.into());
            self
        }

        /// The cookies of a session.
        #[must_use]
        pub fn cookies(mut self, cookies: impl Into<runtime::Secret>) -> Self {
            self.cookies = Some(cookies.into());
            self
        }

        /// The creator's e-mail address at OnlyFans.
        #[must_use]
        pub fn email(mut self, email: impl Into<String>) -> Self {
            self.email = Some(email.into());
            self
        }

        /// The creator's password at OnlyFans.
        #[must_use]
        pub fn password(mut self, password: impl Into<runtime::Secret>) -> Self {
            self.password = Some(password.into());
            self
        }

        /// The user agent of that session.
        #[must_use]
        pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
            self.user_agent = Some(user_agent.into());
            self
        }

        /// The X-BC token of a session.
        #[must_use]
        pub fn xbc(mut self, xbc: impl Into<runtime::Secret>) -> Self {
            self.xbc = Some(xbc.into());
            self
        }
    }

    /// Sent by [`upload_media`](super::Client::upload_media).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct UploadMediaBody {
        /// Whether the response comes before the file is processed. Recommended for large files.
        pub async_: Option<bool>,
        /// The file. Required unless `file_url` is given.
        pub file: Option<runtime::Upload>,
        /// Where the API fetches the file from. Required unless `file` is given.
        pub file_url: Option<String>,
        /// What a picture is for, if it is a profile's.
        pub type_: Option<UploadMediaType>,
    }

    runtime::object!(
        UploadMediaBody { async_ = "async", file = "file", file_url = "file_url", type_ =
        "type" }
    );

    impl UploadMediaBody {
        /// A value with no field set.
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }

        /// Whether the response comes before the file is processed. Recommended for large files.
        #[must_use]
        pub fn async_(mut self, async_: impl Into<bool>) -> Self {
            self.async_ = Some(async_.into());
            self
        }

        /// The file. Required unless `file_url` is given.
        #[must_use]
        pub fn file(mut self, file: impl Into<runtime::Upload>) -> Self {
            self.file = Some(file.into());
            self
        }

        /// Where the API fetches the file from. Required unless `file` is given.
        #[must_use]
        pub fn file_url(mut self, file_url: impl Into<String>) -> Self {
            self.file_url = Some(file_url.into());
            self
        }

        /// What a picture is for, if it is a profile's.
        #[must_use]
        pub fn type_(mut self, type_: impl Into<UploadMediaType>) -> Self {
            self.type_ = Some(type_.into());
            self
        }
    }

    /// Received by [`upload_media`](super::Client::upload_media).
    #[derive(Debug, Clone, PartialEq, Default)]
    #[non_exhaustive]
    pub struct UploadMediaResponse {
        /// For example `"a.mp4"`.
        pub file_name: Option<String>,
        /// For example `"convert1.example.com"`.
        pub host: Option<String>,
        /// For example `"Use the prefixed_id"`.
        pub note: Option<String>,
        /// Where the status of an upload in the background can be read.
        pub polling_url: Option<String>,
        /// Stands for the file in a message or post, once.
        ///
        /// For example `"ofapi_media_XXXXXXXXXXXX"`.
        pub prefixed_id: Option<String>,
        /// For example `"upload_XXXXXXXX"`.
        pub process_id: Option<String>,
        /// For example `"https://cdn.example.com/a.mp4"`.
        pub source_url: Option<String>,
    }

    runtime::object!(
        UploadMediaResponse { file_name = "file_name", host = "host", note = "note",
        polling_url = "polling_url", prefixed_id = "prefixed_id", process_id =
        "processId", source_url = "sourceUrl" }
    );

    /// What a picture is for, if it is a profile's.
    ///
    /// Sent by [`upload_media`](super::Client::upload_media).
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum UploadMediaType {
        /// `default`
        Default,
        /// `avatar`
        Avatar,
        /// `header`
        Header,
        /// A value that the document does not list, as it was sent.
        Unknown(String),
    }

    runtime::open_enum!(
        UploadMediaType { Default = "default", Avatar = "avatar", Header = "header" }
    );
}

/// One builder for each operation: what [`Client`]'s methods return.
#[allow(missing_docs)]
pub mod operations {
    #[allow(unused_imports)]
    use super::{
        runtime::{self, Call, CustomCall, Error, Operation, Response},
        types,
    };

    /// `POST /api/authenticate`
    pub(super) const START_AUTHENTICATION: Operation = Operation {
        id: "startAuthentication",
        method: "POST",
        path: "/api/authenticate",
        ..Operation::DEFAULT
    };

    /// `POST /api/authenticate`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct StartAuthentication {
        pub(super) call: Call,
    }

    impl StartAuthentication {
        /// The body of the request.
        pub fn body(mut self, body: impl Into<types::StartAuthenticationBody>) -> Self {
            self.call.json(&body.into());
            self
        }

        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::StartAuthenticationResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::StartAuthenticationResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for StartAuthentication {
        type Output = Result<Response<types::StartAuthenticationResponse>, Error>;
        type IntoFuture = runtime::Sending<types::StartAuthenticationResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `PUT /api/authenticate/{account_id}/credentials`
    pub(super) const UPDATE_AUTHENTICATION_CREDENTIALS: Operation = Operation {
        id: "updateAuthenticationCredentials",
        method: "PUT",
        path: "/api/authenticate/{account_id}/credentials",
        repeat: runtime::Repeat::Unsent,
        ..Operation::DEFAULT
    };

    /// `PUT /api/authenticate/{account_id}/credentials`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct UpdateAuthenticationCredentials {
        pub(super) call: Call,
    }

    impl UpdateAuthenticationCredentials {
        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::StartAuthenticationResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::StartAuthenticationResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for UpdateAuthenticationCredentials {
        type Output = Result<Response<types::StartAuthenticationResponse>, Error>;
        type IntoFuture = runtime::Sending<types::StartAuthenticationResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `POST /api/authenticate/{account_id}/reauthenticate`
    pub(super) const REAUTHENTICATE_ACCOUNT: Operation = Operation {
        id: "reAuthenticateAccount",
        method: "POST",
        path: "/api/authenticate/{account_id}/reauthenticate",
        ..Operation::DEFAULT
    };

    /// `POST /api/authenticate/{account_id}/reauthenticate`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct ReauthenticateAccount {
        pub(super) call: Call,
    }

    impl ReauthenticateAccount {
        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::ReauthenticateAccountResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::ReauthenticateAccountResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for ReauthenticateAccount {
        type Output = Result<Response<types::ReauthenticateAccountResponse>, Error>;
        type IntoFuture = runtime::Sending<types::ReauthenticateAccountResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `GET /api/authenticate/{attempt_id}`
    pub(super) const POLL_AUTHENTICATION_STATUS: Operation = Operation {
        id: "pollAuthenticationStatus",
        method: "GET",
        path: "/api/authenticate/{attempt_id}",
        ..Operation::DEFAULT
    };

    /// `GET /api/authenticate/{attempt_id}`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct PollAuthenticationStatus {
        pub(super) call: Call,
    }

    impl PollAuthenticationStatus {
        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::PollAuthenticationStatusResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::PollAuthenticationStatusResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for PollAuthenticationStatus {
        type Output = Result<Response<types::PollAuthenticationStatusResponse>, Error>;
        type IntoFuture = runtime::Sending<types::PollAuthenticationStatusResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `PUT /api/authenticate/{attempt_id}`
    pub(super) const SUBMIT_2FA: Operation = Operation {
        id: "submit2FA",
        method: "PUT",
        path: "/api/authenticate/{attempt_id}",
        repeat: runtime::Repeat::Unsent,
        ..Operation::DEFAULT
    };

    /// `PUT /api/authenticate/{attempt_id}`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct Submit2fa {
        pub(super) call: Call,
    }

    impl Submit2fa {
        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::Submit2faResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(self) -> Result<Response<types::Submit2faResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for Submit2fa {
        type Output = Result<Response<types::Submit2faResponse>, Error>;
        type IntoFuture = runtime::Sending<types::Submit2faResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `POST /api/authenticate/{attempt_id}/send-email-to-creator`
    pub(super) const SEND_2FA_EMAIL_TO_CREATOR: Operation = Operation {
        id: "send2FAEMailToCreator",
        method: "POST",
        path: "/api/authenticate/{attempt_id}/send-email-to-creator",
        ..Operation::DEFAULT
    };

    /// `POST /api/authenticate/{attempt_id}/send-email-to-creator`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct Send2faEmailToCreator {
        pub(super) call: Call,
    }

    impl Send2faEmailToCreator {
        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::Send2faEmailToCreatorResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(
            self,
        ) -> Result<Response<types::Send2faEmailToCreatorResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for Send2faEmailToCreator {
        type Output = Result<Response<types::Send2faEmailToCreatorResponse>, Error>;
        type IntoFuture = runtime::Sending<types::Send2faEmailToCreatorResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `POST /api/{account}/chats/{chat_id}/messages`
    pub(super) const SEND_MESSAGE: Operation = Operation {
        id: "sendMessage",
        method: "POST",
        path: "/api/{account}/chats/{chat_id}/messages",
        idempotency_key: Some("Idempotency-Key"),
        ..Operation::DEFAULT
    };

    /// `POST /api/{account}/chats/{chat_id}/messages`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct SendMessage {
        pub(super) call: Call,
    }

    impl SendMessage {
        /// Tells two requests of one message from two messages. The client makes one for each call; set your own to send the same message again from another process.
        pub fn idempotency_key(mut self, idempotency_key: impl Into<String>) -> Self {
            self.call.header("Idempotency-Key", &idempotency_key.into());
            self
        }

        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::SendMessageResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(self) -> Result<Response<types::SendMessageResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for SendMessage {
        type Output = Result<Response<types::SendMessageResponse>, Error>;
        type IntoFuture = runtime::Sending<types::SendMessageResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `GET /api/{account}/fans/all`
    pub(super) const LIST_ALL_FANS: Operation = Operation {
        id: "listAllFans",
        method: "GET",
        path: "/api/{account}/fans/all",
        paging: Some(runtime::Paging {
            items: "data.list",
            next: runtime::Next::Url("_pagination.next_page"),
        }),
        ..Operation::DEFAULT
    };

    /// `GET /api/{account}/fans/all`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct ListAllFans {
        pub(super) call: Call,
    }

    impl ListAllFans {
        /// More conditions, such as `online` with the value 1.
        pub fn filter(
            mut self,
            filter: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::Id>)>,
        ) -> Self {
            self.call
                .query(
                    "filter",
                    &runtime::map::<
                        runtime::Id,
                        runtime::Id,
                        std::collections::BTreeMap<_, _>,
                    >(filter),
                );
            self
        }

        /// How many fans a page has at most.
        pub fn limit(mut self, limit: impl Into<runtime::Integer>) -> Self {
            self.call.query("limit", &limit.into());
            self
        }

        /// How many fans come before the page.
        pub fn offset(mut self, offset: impl Into<runtime::Integer>) -> Self {
            self.call.query("offset", &offset.into());
            self
        }

        /// A text to search for.
        pub fn query(mut self, query: impl Into<String>) -> Self {
            self.call.query("query", &query.into());
            self
        }

        /// Which fans.
        pub fn type_(mut self, type_: impl Into<String>) -> Self {
            self.call.query("type", &type_.into());
            self
        }

        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::ListAllFansResponse> {
            self.call.customize()
        }

        /// The pages of the list, from this one on; each is fetched when it is asked for.
        pub fn pages(self) -> runtime::Pages<Response<types::ListAllFansResponse>> {
            self.call.pages()
        }

        /// The items of the list, of this page and all that follow; each page is fetched when it is asked for.
        pub fn items(self) -> runtime::Pages<types::Fan> {
            self.call.items()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(self) -> Result<Response<types::ListAllFansResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for ListAllFans {
        type Output = Result<Response<types::ListAllFansResponse>, Error>;
        type IntoFuture = runtime::Sending<types::ListAllFansResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `GET /api/{account}/media/download/{cdn_url}`
    pub(super) const DOWNLOAD_MEDIA: Operation = Operation {
        id: "downloadMedia",
        method: "GET",
        path: "/api/{account}/media/download/{cdn_url}",
        ..Operation::DEFAULT
    };

    /// `GET /api/{account}/media/download/{cdn_url}`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct DownloadMedia {
        pub(super) call: Call,
    }

    impl DownloadMedia {
        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<runtime::Bytes> {
            self.call.customize_bytes()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(self) -> Result<Response<runtime::Bytes>, Error> {
            self.call.send_bytes().await
        }
    }

    impl IntoFuture for DownloadMedia {
        type Output = Result<Response<runtime::Bytes>, Error>;
        type IntoFuture = runtime::Sending<runtime::Bytes>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }

    /// `POST /api/{account}/media/upload`
    pub(super) const UPLOAD_MEDIA: Operation = Operation {
        id: "uploadMedia",
        method: "POST",
        path: "/api/{account}/media/upload",
        rejections: &[
            runtime::Rejection {
                status: 503,
                field: "message",
                contains: "re-authenticating",
            },
        ],
        ..Operation::DEFAULT
    };

    /// `POST /api/{account}/media/upload`
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until it is awaited"]
    pub struct UploadMedia {
        pub(super) call: Call,
    }

    impl UploadMedia {
        /// The call with settings of its own: time limits, repetition, parameters that the document does not know,
        /// the raw response.
        pub fn customize(self) -> CustomCall<types::UploadMediaResponse> {
            self.call.customize()
        }

        /// Sends the request.
        ///
        /// # Errors
        ///
        /// When the request cannot be built or sent, when the response is no success, or when it cannot be decoded.
        pub async fn send(self) -> Result<Response<types::UploadMediaResponse>, Error> {
            self.call.send().await
        }
    }

    impl IntoFuture for UploadMedia {
        type Output = Result<Response<types::UploadMediaResponse>, Error>;
        type IntoFuture = runtime::Sending<types::UploadMediaResponse>;
        fn into_future(self) -> Self::IntoFuture {
            Box::pin(self.send())
        }
    }
}

/// One method for each operation. Nothing is sent until the builder, or its `send`, is awaited.
impl Client {
    /// Start Authentication.
    ///
    /// Start the authentication process for a new account. Supports three methods: email/password (default), cookies & headers (raw_data), or FansAPI Auth+ mobile app (mobile_app). For email/password, our systems will bypass Captcha and ask you for 2FA if required. For raw_data, provide session cookies directly for instant authentication. For mobile_app, the response includes a `mobile_auth_session_deeplink` that the creator opens on their phone (or scans as a QR code) to complete authentication via the FansAPI Auth+ mobile app. All credentials are stored securely and encrypted at rest.
    ///
    /// `POST /api/authenticate`
    pub fn start_authentication(&self) -> operations::StartAuthentication {
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
        account_id: impl Into<runtime::Id>,
        body: impl Into<types::UpdateAuthenticationCredentialsBody>,
    ) -> operations::UpdateAuthenticationCredentials {
        let mut call = Call::new(self, &operations::UPDATE_AUTHENTICATION_CREDENTIALS);
        call.path("account_id", &account_id.into());
        call.json(&body.into());
        operations::UpdateAuthenticationCredentials {
            call,
        }
    }

    /// Re-authenticate Account.
    ///
    /// Signs an account in again with the credentials that are stored. The response names no attempt: it is the last segment of `polling_url`.
    ///
    /// `POST /api/authenticate/{account_id}/reauthenticate`
    ///
    /// `account_id`: The account.
    pub fn reauthenticate_account(
        &self,
        account_id: impl Into<runtime::Id>,
    ) -> operations::ReauthenticateAccount {
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
    /// `attempt_id`: The attempt, by the id that the response to its start has.
    pub fn poll_authentication_status(
        &self,
        attempt_id: impl Into<runtime::Id>,
    ) -> operations::PollAuthenticationStatus {
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
    /// `attempt_id`: The attempt, by the id that the response to its start has.
    pub fn submit_2fa(
        &self,
        attempt_id: impl Into<runtime::Id>,
        body: impl Into<types::Submit2faBody>,
    ) -> operations::Submit2fa {
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
    /// `attempt_id`: The attempt, by the id that the response to its start has.
    pub fn send_2fa_email_to_creator(
        &self,
        attempt_id: impl Into<runtime::Id>,
    ) -> operations::Send2faEmailToCreator {
        let mut call = Call::new(self, &operations::SEND_2FA_EMAIL_TO_CREATOR);
        call.path("attempt_id", &attempt_id.into());
        operations::Send2faEmailToCreator {
            call,
        }
    }

    /// Send Message.
    ///
    /// Sends a message in a chat. Its price is in US dollars, 0 or 3 to 200.
    ///
    /// `POST /api/{account}/chats/{chat_id}/messages`
    ///
    /// `account`: The account.
    ///
    /// `chat_id`: The chat, which is the fan's id.
    pub fn send_message(
        &self,
        account: impl Into<runtime::Id>,
        chat_id: impl Into<runtime::Id>,
        body: impl Into<types::SendMessageBody>,
    ) -> operations::SendMessage {
        let mut call = Call::new(self, &operations::SEND_MESSAGE);
        call.path("account", &account.into());
        call.path("chat_id", &chat_id.into());
        call.json(&body.into());
        operations::SendMessage { call }
    }

    /// List All Fans.
    ///
    /// The fans of an account, page by page.
    ///
    /// `GET /api/{account}/fans/all`
    ///
    /// `account`: The account.
    pub fn list_all_fans(
        &self,
        account: impl Into<runtime::Id>,
    ) -> operations::ListAllFans {
        let mut call = Call::new(self, &operations::LIST_ALL_FANS);
        call.path("account", &account.into());
        operations::ListAllFans { call }
    }

    /// Download Media.
    ///
    /// The file behind a URL of OnlyFans's own servers.
    ///
    /// `GET /api/{account}/media/download/{cdn_url}`
    ///
    /// `account`: The account.
    ///
    /// `cdn_url`: The URL of the file, as another response has it.
    pub fn download_media(
        &self,
        account: impl Into<runtime::Id>,
        cdn_url: impl Into<runtime::Id>,
    ) -> operations::DownloadMedia {
        let mut call = Call::new(self, &operations::DOWNLOAD_MEDIA);
        call.path("account", &account.into());
        call.path("cdn_url", &cdn_url.into());
        operations::DownloadMedia { call }
    }

    /// Upload Media.
    ///
    /// Uploads a file of at most 100 MB, or a URL to fetch it from, for use in one post or message.
    ///
    /// `POST /api/{account}/media/upload`
    ///
    /// `account`: The account.
    pub fn upload_media(
        &self,
        account: impl Into<runtime::Id>,
        body: impl Into<types::UploadMediaBody>,
    ) -> operations::UploadMedia {
        let mut call = Call::new(self, &operations::UPLOAD_MEDIA);
        call.path("account", &account.into());
        call.multipart(&body.into());
        operations::UploadMedia { call }
    }
}
