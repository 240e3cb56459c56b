//! The validated settings of an account.

use std::fmt;
use std::sync::Arc;

use zap_client_runtime::{ParameterLocation, RateLimit, RetryPolicy, Secret, Timeouts, reqwest};

use super::names::Naming;
use super::options::{Options, SharedPolicy};
use crate::Provider;

/// The validated settings of one account at one provider.
///
/// [`connect`](crate::connect) makes a [`Messenger`](crate::Messenger) from them. Settings are read from environment
/// variables ([`from_env`](Config::from_env)), or from any format that serde reads:
///
/// ```
/// let config: zap_facade::Config = serde_json::from_str(
///     r#"{
///         "provider": "chatguru", "server": "s12.chatguru.app",
///         "key": "YOUR-KEY", "account_id": "YOUR-ACCOUNT-ID", "phone_id": "YOUR-PHONE-ID",
///         "time_zone": "America/Sao_Paulo"
///     }"#,
/// )?;
/// # #[cfg(feature = "chatguru")] {
/// let messenger = zap_facade::connect(config)?;
/// assert_eq!(messenger.provider(), "ChatGuru");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The error names all settings that are missing, unknown, invalid or for another provider. Neither an
/// error nor `Debug` shows a value. An unknown environment variable is refused only if its name is
/// similar to that of a setting, such as `CHATGURU_SERVERS`, because others may belong to other programs.
///
/// | setting | API | meaning |
/// |---|---|---|
/// | `provider` | all | `escalazap`, `wazime`, `wapiflow` or `chatguru` |
/// | `base_url` | all | another base URL, for instance a sandbox's |
/// | `connect_timeout_seconds`, `read_timeout_seconds`, `total_timeout_seconds` | all | see [`Timeouts`] |
/// | `preflight` | all | `off` turns the rules off, for an instance that accepts more; `on` by default |
/// | `requests_per_second` or `requests_per_minute` | all | the maximum number of calls in that time, evenly spread; no limit by default; see [`RateLimit`] |
/// | `proxy` | all | the URL of a proxy, or `none`; by default the proxy that `HTTPS_PROXY` and similar variables name, but no proxy for addresses of this machine |
/// | `client_id`, `client_secret` | ExternalApi | from the dashboard's "Developer Tools"; required |
/// | `from_number` | ExternalApi | which of the account's numbers sends, as the dashboard writes it |
/// | `key`, `account_id`, `phone_id` | ChatGuru | from the page "Celulares"; required |
/// | `server` | ChatGuru | the account's host name, such as `app.zap.guru`; required unless `base_url` is set, which takes precedence |
/// | `parameters_in` | ChatGuru | `query` or `body`, see [`ParameterLocation`] |
/// | `time_zone` | ChatGuru | such as `America/Sao_Paulo`; required for [`send_text_at`](crate::Messenger::send_text_at) |
///
/// The environment variable of a setting is its name in capitals after the provider's name, such as
/// `CHATGURU_KEY` or `WAZIME_BASE_URL`. The variable of the provider is `ZAP_PROVIDER`. `cargo run --bin zap-sandbox` prints
/// these variables for a sandbox.
#[derive(Clone)]
pub struct Config {
    pub(super) common: Common,
    pub(super) account: Account,
}

/// The settings that every account has.
#[derive(Clone)]
#[cfg_attr(not(any(feature = "chatguru", feature = "externalapi")), allow(dead_code))]
pub(super) struct Common {
    pub(super) provider: Provider,
    pub(super) base_url: Option<String>,
    pub(super) timeouts: Timeouts,
    pub(super) preflight: bool,
    pub(super) options: Options,
    /// How errors name a setting.
    pub(super) naming: Naming,
}

/// The settings that differ from API to API.
#[derive(Clone)]
pub(super) enum Account {
    ExternalApi(ExternalApiAccount),
    ChatGuru(ChatGuruAccount),
}

#[derive(Clone)]
#[cfg_attr(not(feature = "externalapi"), allow(dead_code))]
pub(super) struct ExternalApiAccount {
    pub(super) client_id: Secret,
    pub(super) client_secret: Secret,
    pub(super) from_number: Option<String>,
}

#[derive(Clone)]
#[cfg_attr(not(feature = "chatguru"), allow(dead_code))]
pub(super) struct ChatGuruAccount {
    pub(super) key: Secret,
    pub(super) account_id: Secret,
    pub(super) phone_id: Secret,
    /// Empty if there is a base URL.
    pub(super) server: String,
    pub(super) parameters_in: ParameterLocation,
    pub(super) time_zone: Option<String>,
}

impl Config {
    /// Sets the time limits for the phases of a call.
    #[must_use]
    pub fn with_timeouts(mut self, timeouts: Timeouts) -> Self {
        self.common.timeouts = timeouts;
        self
    }

    /// Sets the maximum number of calls in a given time. All clones of these settings, and all messengers made from
    /// them, share this limit.
    #[must_use]
    pub fn with_rate_limit(mut self, limit: RateLimit) -> Self {
        self.common.options.rate_limit = Some(limit);
        self
    }

    /// Sets the policy for retries, which are made only where they can do no harm. For no retries at all, use a
    /// [`Backoff`](crate::Backoff) with one attempt.
    #[must_use]
    pub fn with_retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.common.options.retry = Some(SharedPolicy(Arc::new(policy)));
        self
    }

    /// Sets a function that changes the HTTP client before it is built. Use it for root certificates, a resolver or a
    /// local address. It is called after the `proxy` setting is applied.
    ///
    /// Redirects, `Referer`, reqwest's retries and its verbose log of connections are turned off afterwards, because
    /// they would pass credentials to another host or to a log, or send a message twice.
    ///
    /// ```
    /// # let config: zap_facade::Config = serde_json::from_str(
    /// #     r#"{"provider": "wazime", "client_id": "i", "client_secret": "s"}"#)?;
    /// let config = config
    ///     .with_rate_limit(zap_facade::RateLimit::per_second(5).with_burst(10))
    ///     .with_http(|builder| builder.local_address(std::net::IpAddr::from([192, 0, 2, 7])));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn with_http(
        mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.common.options.http = Some(Arc::new(change));
        self
    }

    /// Returns the provider.
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
