//! What proves to OnlyFans who the creator is.

use crate::Secret;
use crate::types::{StartAuthenticationBody, UpdateAuthenticationCredentialsBody};

/// Credentials that OnlyFans accepts: a complete set, of one kind.
///
/// It is the body that replaces the credentials of an account, and with [`Login`](crate::Login) it
/// starts a connection.
///
/// ```no_run
/// # async fn replace(client: onlyfansapi::Client) -> Result<(), onlyfansapi::Error> {
/// use onlyfansapi::Credentials;
///
/// let credentials = Credentials::email_password("creator@example.com", "correct horse");
/// client.update_authentication_credentials("acct_1", credentials).send().await?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Credentials(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    EmailPassword {
        email: String,
        password: Secret,
    },
    RawData {
        auth_id: String,
        cookies: Secret,
        xbc: Secret,
        user_agent: String,
    },
}

impl Credentials {
    /// The e-mail address and the password of the OnlyFans account.
    pub fn email_password(email: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Kind::EmailPassword {
            email: email.into(),
            password: password.into(),
        })
    }

    /// A session that a browser has: the `auth_id` cookie, the whole cookie string (parts separated
    /// by semicolons), the `X-BC` request header, and the browser's `User-Agent`.
    pub fn raw_data(
        auth_id: impl Into<String>,
        cookies: impl Into<Secret>,
        xbc: impl Into<Secret>,
        user_agent: impl Into<String>,
    ) -> Self {
        Self(Kind::RawData {
            auth_id: auth_id.into(),
            cookies: cookies.into(),
            xbc: xbc.into(),
            user_agent: user_agent.into(),
        })
    }
}

/// The same fields of both bodies that take credentials. The way to sign in goes by its name: each body may have a type of
/// its own for it, on the day when upstream lists another way for one of them.
macro_rules! body {
    ($($body:ty),*) => {$(
        impl From<Credentials> for $body {
            fn from(credentials: Credentials) -> Self {
                match credentials.0 {
                    Kind::EmailPassword { email, password } => Self::new()
                        .auth_type("email_password")
                        .email(email)
                        .password(password),
                    Kind::RawData {
                        auth_id,
                        cookies,
                        xbc,
                        user_agent,
                    } => Self::new()
                        .auth_type("raw_data")
                        .auth_id(auth_id)
                        .cookies(cookies)
                        .xbc(xbc)
                        .user_agent(user_agent),
                }
            }
        }
    )*};
}

body!(StartAuthenticationBody, UpdateAuthenticationCredentialsBody);
