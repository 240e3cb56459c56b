//! Which proxy stands between a client and a host, for errors.

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

/// The proxy on the way to `url`, for a person: host and port, and where it was set. It has no credentials.
///
/// reqwest says which proxies a client has, but only in its `Debug`. If the text has another form one day, the proxy goes
/// unnamed.
pub(crate) fn of(http: &reqwest::Client, url: &Url) -> Option<String> {
    let shown = format!("{http:?}");
    let environment = Matcher::from_system();
    let of_environment = format!("{environment:?}");
    if of_environment.contains("Intercept") && shown.contains(&of_environment) {
        let proxy = environment.intercept(&url.as_str().parse().ok()?)?;
        let place = "set by `HTTP_PROXY`, `HTTPS_PROXY` or `ALL_PROXY`; list hosts to call directly in `NO_PROXY`";
        return Some(format!("`{}`, {place}", authority(&Url::parse(&proxy.uri().to_string()).ok()?)));
    }
    let (_, rest) = shown.split_once(&format!(" {}: Intercept {{ uri: ", url.scheme()))?;
    let proxy = Url::parse(rest.split_once(' ')?.0).ok()?;
    Some(format!("`{}`, set by the program", authority(&proxy)))
}

/// Whether the proxy that the environment names for `url` is itself called by `https`.
pub(crate) fn of_environment_has_tls(url: &Url) -> bool {
    let proxy = url.as_str().parse().ok().and_then(|url| Matcher::from_system().intercept(&url));
    proxy.is_some_and(|proxy| proxy.uri().scheme_str() == Some("https"))
}

/// Host and port, without credentials.
pub(crate) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
