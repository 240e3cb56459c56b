//! Builds the HTTP client, with the settings that make reqwest safe with these providers.

use std::time::Duration;

use reqwest::Url;

use crate::client::proxy;
use crate::error::causes::causes;
use crate::policy::timeouts::CONNECT;

/// A change to the HTTP client before it is built.
pub(crate) type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// How long an idle connection is kept.
///
/// Servers close idle connections. A request that is sent at that moment may or may not have been processed, so the
/// outcome of a change is unknown. Node.js and Apache close them after 5 seconds, gunicorn after 2, nginx after 75. We
/// close them earlier, with a margin for the round trip. A call after a longer pause makes a new connection.
const IDLE: Duration = Duration::from_millis(1500);

/// Builds the HTTP client.
///
/// Not a part of `ClientBuilder::build`, because that is generic and compiled once for each client.
pub(crate) fn build(
    configure: Option<Configure>,
    connect: Duration,
    base: &Url,
) -> Result<reqwest::Client, reqwest::Error> {
    let builder = with_defaults(reqwest::Client::builder()).connect_timeout(connect);
    let builder = match configure {
        Some(configure) => configure(builder),
        None if base.scheme() == "http" && !proxy::of_environment_has_tls(base) => without_roots(builder),
        None => builder,
    };
    hardened(builder).build()
}

/// Applies the settings that the caller may change.
pub(crate) fn with_defaults(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.connect_timeout(CONNECT).pool_idle_timeout(IDLE)
}

/// Skips loading the system's certificates, which are not needed for an `http` address.
fn without_roots(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    let builder = builder.tls_certs_only([]);
    builder
}

/// Returns why the HTTP client cannot be built and how to fix it.
pub(crate) fn not_built(error: &reqwest::Error) -> String {
    let causes: Vec<_> = causes(error).map(ToString::to_string).collect();
    let mut text = format!("the HTTP client cannot be built: {}", causes.join(": "));
    if causes.iter().any(|cause| cause.contains("No CA certificates")) {
        text += ". Install the system's root certificates (the package `ca-certificates`), name a file of them in \
                 `SSL_CERT_FILE`, or pass them to `tls_certs_only` in `ClientBuilder::configure_reqwest`";
    }
    text
}

/// Applies the settings that callers must not change.
pub(crate) fn hardened(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    // A verbose connection logs every byte, including credentials.
    builder
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connection_verbose(false)
}
