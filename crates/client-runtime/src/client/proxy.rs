//! Finds the proxy between a client and a host, for errors.

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

/// Returns a description of the proxy for `url`: host, port and where it is set. It contains no credentials.
///
/// reqwest shows the proxies of a client only in its `Debug` output. If that changes, errors no longer name the proxy.
pub(crate) fn of(http: &reqwest::Client, url: &Url) -> Option<String> {
    let shown = format!("{http:?}");
    let environment = Matcher::from_system();
    let of_environment = format!("{environment:?}");
    if of_environment.contains("Intercept") && shown.contains(&of_environment) {
        let proxy = environment.intercept(&url.as_str().parse().ok()?)?;
        let origin = "set by `HTTP_PROXY`, `HTTPS_PROXY` or `ALL_PROXY`; list hosts to call directly in `NO_PROXY`";
        return Some(format!("`{}`, {origin}", authority(&Url::parse(&proxy.uri().to_string()).ok()?)));
    }
    let (_, rest) = shown.split_once(&format!(" {}: Intercept {{ uri: ", url.scheme()))?;
    let proxy = Url::parse(rest.split_once(' ')?.0).ok()?;
    Some(format!("`{}`, set by the program", authority(&proxy)))
}

/// Returns whether the environment sets a proxy for `url` whose own URL is `https`.
pub(crate) fn of_environment_has_tls(url: &Url) -> bool {
    let proxy = url.as_str().parse().ok().and_then(|url| Matcher::from_system().intercept(&url));
    proxy.is_some_and(|proxy| proxy.uri().scheme_str() == Some("https"))
}

/// Returns the host and the port of a URL.
pub(crate) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
