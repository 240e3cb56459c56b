//! The HTTP client: reqwest's, with what makes it safe with these providers.

use std::time::Duration;

use reqwest::Url;

use crate::connect_failure::causes;
use crate::proxy;

/// A change of the HTTP client before it is built.
pub(crate) type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// Within which time a connection is made, unless set.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);

/// How long a connection is kept that nothing is sent on.
///
/// Servers close idle connections, and a request that is on its way then may or may not have been processed: for a
/// change, the outcome is unknown. Node.js and Apache close them after 5 seconds, gunicorn after 2, nginx after 75. We
/// close first, with room for the way there and back. A call after a longer pause pays for a new connection.
const IDLE: Duration = Duration::from_millis(1500);

/// Not in `build`, of which each client has its own.
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

/// The settings that `configure` may change.
pub(crate) fn with_defaults(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.connect_timeout(CONNECT).pool_idle_timeout(IDLE)
}

/// Nothing is verified on the way to an `http` address, so the certificates of the system need not be there.
fn without_roots(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    #[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
    let builder = builder.tls_certs_only([]);
    builder
}

/// Why the HTTP client cannot be built, and what to do about it.
pub(crate) fn not_built(error: &reqwest::Error) -> String {
    let causes: Vec<_> = causes(error).map(ToString::to_string).collect();
    let mut text = format!("the HTTP client cannot be built: {}", causes.join(": "));
    if causes.iter().any(|cause| cause.contains("No CA certificates")) {
        text += ". Install the system's root certificates (the package `ca-certificates`), name a file of them in \
                 `SSL_CERT_FILE`, or pass them to `tls_certs_only` in `ClientBuilder::configure_reqwest`";
    }
    text
}

/// What a `reqwest::ClientBuilder` needs to be safe with these providers.
pub(crate) fn hardened(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    // A verbose connection logs every byte, credentials too.
    builder
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connection_verbose(false)
}
