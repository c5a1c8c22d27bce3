//! Where this API is, and where its key is found.

use std::env;

use crate::{Client, ClientBuilder, Error, Secret, usage};

const BASE_URL: &str = "https://app.onlyfansapi.com";
const USER_AGENT: &str = concat!("onlyfansapi-rust/", env!("CARGO_PKG_VERSION"));
const API_KEY_VARIABLE: &str = "ONLYFANSAPI_API_KEY";
/// Ours, and that of the vendor's SDKs.
const BASE_URL_VARIABLES: [&str; 2] = ["ONLYFANSAPI_BASE_URL", "ONLY_FANS_API_BASE_URL"];

impl Client {
    /// A client with default settings.
    ///
    /// # Errors
    /// With [`Error::is_configuration`], when the key is empty or cannot be sent in a header.
    pub fn new(api_key: impl Into<Secret>) -> Result<Self, Error> {
        Self::builder().api_key(api_key).build()
    }

    /// A client with the key in the environment variable `ONLYFANSAPI_API_KEY` and, where it is set
    /// and not empty, the base URL in `ONLYFANSAPI_BASE_URL`, or in `ONLY_FANS_API_BASE_URL` as the
    /// vendor's SDKs have it.
    ///
    /// # Errors
    /// With [`Error::is_configuration`], when the key is not set or one of the two is not valid.
    pub fn from_env() -> Result<Self, Error> {
        let mut builder = Self::builder().api_key(variable(API_KEY_VARIABLE)?.ok_or_else(|| {
            Error::configuration(format!(
                "expected an API key in the environment variable `{API_KEY_VARIABLE}`, but it is not set"
            ))
        })?);
        for name in BASE_URL_VARIABLES {
            if let Some(base_url) = variable(name)?.filter(|text| !text.is_empty()) {
                builder = builder.base_url(base_url);
                break;
            }
        }
        builder.build()
    }

    /// The settings of a client, to be changed before it is made.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(BASE_URL, USER_AGENT).budget(usage::budget)
    }
}

/// An environment variable, `None` when it is not set. No message shows its value.
fn variable(name: &str) -> Result<Option<String>, Error> {
    match env::var(name) {
        Ok(text) => Ok(Some(text)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Error::configuration(format!(
            "expected UTF-8 in the environment variable `{name}`, but found other bytes"
        ))),
    }
}
