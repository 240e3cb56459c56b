//! Which provider, and how to sign in there: chosen at run time.

mod connect;
mod error;
mod names;
mod read;
mod source;

use std::env;
use std::ffi::OsString;
use std::fmt;

use client_runtime::{ParametersIn, Secret, Timeouts};

pub use connect::connect;
pub use error::{ConfigError, ConfigProblem, ProblemKind};

use crate::Provider;
use names::Naming;

/// Settings of one account at one provider, checked; [`connect`] makes a
/// [`Messenger`](crate::Messenger) of them.
///
/// From environment variables ([`from_env`](Config::from_env)) or from anything that serde reads:
///
/// ```
/// let config: facade::Config = serde_json::from_str(
///     r#"{"provider": "chatguru", "server": "s12.chatguru.app", "time_zone": "America/Sao_Paulo",
///         "key": "YOUR-KEY", "account_id": "YOUR-ACCOUNT-ID", "phone_id": "YOUR-PHONE-ID"}"#,
/// )?;
/// # #[cfg(feature = "chatguru")] {
/// let messenger = facade::connect(config)?;
/// assert_eq!(messenger.provider(), "ChatGuru");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A setting that is missing, unknown, unusable or for another provider is named, and all of them at
/// once. No error and no `Debug` shows a value.
///
/// | setting | of | meaning |
/// |---|---|---|
/// | `provider` | all | `escalazap`, `wazime`, `wapiflow` or `chatguru` |
/// | `base_url` | all | another base URL, for instance a sandbox's |
/// | `connect_timeout_seconds`, `read_timeout_seconds`, `total_timeout_seconds` | all | see [`Timeouts`] |
/// | `client_id`, `client_secret` | ExternalApi | from the dashboard's "Developer Tools"; needed |
/// | `from_number` | ExternalApi | which of the account's numbers sends, as the dashboard writes it |
/// | `key`, `account_id`, `phone_id` | ChatGuru | from the page "Celulares"; needed |
/// | `server` | ChatGuru | the account's host, such as `app.zap.guru`; needed unless there is a `base_url`, which goes first |
/// | `parameters_in` | ChatGuru | `query` or `body`, see [`ParametersIn`] |
/// | `time_zone` | ChatGuru | such as `America/Sao_Paulo`; needed for [`send_text_at`](crate::Messenger::send_text_at) |
///
/// As an environment variable each has its provider's name before it, all in capitals:
/// `CHATGURU_KEY`, `WAZIME_BASE_URL`; the provider is `ZAP_PROVIDER`. They are the lines that
/// `cargo run --bin sandbox` prints.
#[derive(Clone)]
pub struct Config {
    common: Common,
    account: Account,
}

/// What every account has.
#[derive(Clone)]
#[cfg_attr(not(any(feature = "chatguru", feature = "externalapi")), allow(dead_code))]
struct Common {
    provider: Provider,
    base_url: Option<String>,
    timeouts: Timeouts,
    preflight: bool,
    /// How to call a setting in an error.
    naming: Naming,
}

/// What differs from API to API.
#[derive(Clone)]
enum Account {
    ExternalApi(ExternalApiAccount),
    ChatGuru(ChatGuruAccount),
}

#[derive(Clone)]
#[cfg_attr(not(feature = "externalapi"), allow(dead_code))]
struct ExternalApiAccount {
    client_id: Secret,
    client_secret: Secret,
    from_number: Option<String>,
}

#[derive(Clone)]
#[cfg_attr(not(feature = "chatguru"), allow(dead_code))]
struct ChatGuruAccount {
    key: Secret,
    account_id: Secret,
    phone_id: Secret,
    /// Empty if there is a base URL.
    server: String,
    parameters_in: ParametersIn,
    time_zone: Option<String>,
}

impl Config {
    /// From this process's environment, for the provider that `ZAP_PROVIDER` names. Variables of
    /// other providers are left alone.
    ///
    /// # Errors
    ///
    /// All that is missing, unusable, or begins with the provider's name and is no setting.
    pub fn from_env() -> Result<Self, ConfigError> {
        source::from_variables(None, env::vars_os())
    }

    /// From this process's environment, for a provider of your choice.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_env_of(provider: Provider) -> Result<Self, ConfigError> {
        source::from_variables(Some(provider), env::vars_os())
    }

    /// From variables that come from elsewhere, such as a file or a store of secrets. Without a
    /// provider, `ZAP_PROVIDER` among them names it.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_variables<K: Into<OsString>, V: Into<OsString>>(
        provider: Option<Provider>,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, ConfigError> {
        source::from_variables(provider, variables.into_iter().map(|(name, value)| (name.into(), value.into())))
    }

    /// The provider.
    #[must_use]
    pub fn provider(&self) -> Provider {
        self.common.provider
    }
}

/// Shows the provider, and no value of any setting.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("provider", &self.common.provider).finish_non_exhaustive()
    }
}
