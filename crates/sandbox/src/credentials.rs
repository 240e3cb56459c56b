//! The credentials with which a client signs in to the sandbox.

use std::fmt;

/// The headers of an `ExternalApi` instance.
#[derive(Clone, PartialEq, Eq)]
pub struct ExternalApiCredentials {
    /// The value of the header `client-id`.
    pub client_id: String,
    /// The value of the header `client-secret`.
    pub client_secret: String,
}

/// The parameters that every `ChatGuru` request carries.
#[derive(Clone, PartialEq, Eq)]
pub struct ChatGuruCredentials {
    /// The parameter `key`.
    pub key: String,
    /// The parameter `account_id`.
    pub account_id: String,
    /// The parameter `phone_id`.
    pub phone_id: String,
}

/// The credentials of one provider. `Debug` shows no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// For `EscalaZap`, `WaziMe` and `WapiFlow`.
    ExternalApi(ExternalApiCredentials),
    /// For `ChatGuru`.
    ChatGuru(ChatGuruCredentials),
}

impl fmt::Debug for ExternalApiCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExternalApiCredentials").finish_non_exhaustive()
    }
}

impl fmt::Debug for ChatGuruCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatGuruCredentials").finish_non_exhaustive()
    }
}
