//! Options of an account's client: its proxy, HTTP client, rate limit and retries.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use zap_client_runtime::{FailedAttempt, RateLimit, RetryPolicy, Secret, reqwest};

/// Options of a client.
#[derive(Clone, Default)]
#[cfg_attr(not(any(feature = "chatguru", feature = "externalapi")), allow(dead_code))]
pub(super) struct Options {
    pub(super) proxy: Proxy,
    pub(super) rate_limit: Option<RateLimit>,
    pub(super) retry: Option<SharedPolicy>,
    pub(super) http: Option<Configure>,
}

/// Changes an HTTP client before it is built.
pub(super) type Configure = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// The proxy for calls.
#[derive(Clone, Default)]
#[cfg_attr(not(any(feature = "chatguru", feature = "externalapi")), allow(dead_code))]
pub(super) enum Proxy {
    /// The proxy that the environment names, for instance in `HTTPS_PROXY`. Calls to this machine use none.
    #[default]
    Environment,
    None,
    /// The proxy at a URL, which may have a user name and a password.
    At(Secret),
}

/// A policy that all clients with the same [`Config`](crate::Config) share.
#[derive(Clone)]
pub(super) struct SharedPolicy(pub(super) Arc<dyn RetryPolicy>);

impl RetryPolicy for SharedPolicy {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        self.0.wait(failed)
    }
}

impl fmt::Debug for SharedPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(any(feature = "chatguru", feature = "externalapi"))]
impl Options {
    /// Applies the options to a builder. `base_url` is the base URL of the calls, if it is set.
    pub(super) fn apply<C: From<zap_client_runtime::RawClient>>(
        self,
        mut builder: zap_client_runtime::ClientBuilder<C>,
        base_url: Option<&str>,
    ) -> zap_client_runtime::ClientBuilder<C> {
        if let Some(limit) = self.rate_limit {
            builder = builder.rate_limit(limit);
        }
        if let Some(policy) = self.retry {
            builder = builder.retry(policy);
        }
        let in_clear = base_url.is_some_and(|url| url.trim_start().starts_with("http://"));
        let (proxy, change) = match (self.proxy, self.http) {
            // The environment's proxy cannot reach a server on this machine's loopback address, such as a sandbox.
            (Proxy::Environment, change) if base_url.is_some_and(is_loopback) => (Proxy::None, change),
            (Proxy::Environment, None) => return builder,
            chosen => chosen,
        };
        builder.configure_reqwest(move |mut http| {
            match proxy {
                Proxy::Environment => {}
                Proxy::None if in_clear => http = without_roots(http.no_proxy()),
                Proxy::None => http = http.no_proxy(),
                Proxy::At(url) => {
                    // The URL was validated when the settings were read.
                    if let Ok(proxy) = reqwest::Proxy::all(url.expose()) {
                        http = http.proxy(proxy);
                    }
                }
            }
            match change {
                Some(change) => change(http),
                None => http,
            }
        })
    }
}

/// Leaves out the system's root certificates. An `http` address needs none.
#[cfg(any(feature = "chatguru", feature = "externalapi"))]
fn without_roots(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    let http = http.tls_certs_only([]);
    http
}

/// Returns whether the host of a URL is a loopback address or name.
#[cfg(any(feature = "chatguru", feature = "externalapi"))]
fn is_loopback(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url.trim()) else { return false };
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    address.map_or_else(|_| host == "localhost" || host.ends_with(".localhost"), |address| address.is_loopback())
}
