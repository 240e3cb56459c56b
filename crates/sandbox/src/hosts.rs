//! Decides which callers are allowed: programs, and the sandbox's own pages.
//!
//! A page on the internet can make a developer's browser send requests to 127.0.0.1: to read what the sandbox received,
//! to change it, or to send messages. The browser names that page in `Origin`, or reports in `Sec-Fetch-Site` that
//! there is one. If the page's own host name was made to resolve to this address, that name is in `Host`. The check
//! applies to every route, including those of the providers.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, Method, Uri, header, uri::Authority};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The hosts under which a sandbox may be called.
#[derive(Clone, Debug)]
pub(crate) struct Hosts {
    listening: SocketAddr,
    /// The names that the user allowed, in lower case.
    allowed: Vec<String>,
}

impl Hosts {
    pub(crate) fn new(listening: SocketAddr, allowed: &[String]) -> Self {
        Self { listening, allowed: allowed.iter().map(|name| name.to_ascii_lowercase()).collect() }
    }

    /// Returns an error unless the request comes from a program or from a page of the sandbox.
    pub(crate) fn may_call(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), String> {
        let all = |name: HeaderName| headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
        let hosts: Vec<&str> = all(header::HOST).chain(uri.authority().map(Authority::as_str)).collect();
        // Every browser sends a host. A request without one comes from a program.
        if let Some(host) = hosts.iter().find(|host| !self.is_ours(host)) {
            return Err(format!(
                "Host {host:?} is not this sandbox: use its address, http://{}, or start it with `--allow-host NAME`",
                self.listening
            ));
        }
        if headers.get_all(header::HOST).iter().count() > 1 {
            return Err("Host occurs twice".to_owned());
        }
        // A browser's preflight request. No provider grants it, so the browser sends nothing more, and the preflight
        // itself changes nothing.
        if *method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
            return Ok(());
        }
        let own = hosts.first().map(|host| format!("http://{host}")).unwrap_or_default();
        if let Some(origin) = all(header::ORIGIN).find(|origin| !origin.eq_ignore_ascii_case(&own)) {
            return Err(format!("Origin {origin:?} may not call the sandbox; only its own pages and programs may"));
        }
        if headers.contains_key(header::ORIGIN) || is_visit(method, headers) {
            return Ok(());
        }
        // If the page is not named, the browser still reports that it is a foreign one.
        match all(SEC_FETCH_SITE).find(|site| !matches!(*site, "same-origin" | "none")) {
            Some(site) => Err(format!("Sec-Fetch-Site {site:?} may not call the sandbox: only its own pages may")),
            None => Ok(()),
        }
    }

    /// Whether a URL with this host and port leads to the sandbox, as far as the names that it knows tell.
    pub(crate) fn is_this_sandbox(&self, host: &str, port: u16) -> bool {
        let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
        port == self.listening.port() && self.is_ours(&host)
    }

    /// Whether a host, with or without a port, is a loopback name, the listening address, or an allowed name.
    fn is_ours(&self, host: &str) -> bool {
        let Some(name) = name_of(host) else { return false };
        let name = name.to_ascii_lowercase();
        if name == "localhost" || name.ends_with(".localhost") || self.allowed.contains(&name) {
            return true;
        }
        let Ok(address) = name.parse::<IpAddr>() else { return false };
        let (address, listening) = (address.to_canonical(), self.listening.ip());
        // A name can be made to resolve to this address, but a literal address cannot. If the sandbox listens on all
        // addresses, it accepts each of them.
        address.is_loopback() || address == listening.to_canonical() || listening.is_unspecified()
    }
}

/// Whether a user follows a link and sees the answer as a page of its own. The page with the link does not see it.
fn is_visit(method: &Method, headers: &HeaderMap) -> bool {
    let is = |name: &'static str, value: &str| headers.get(name).is_some_and(|given| given == value);
    matches!(*method, Method::GET | Method::HEAD)
        && is("sec-fetch-mode", "navigate")
        && is("sec-fetch-dest", "document")
}

fn name_of(host: &str) -> Option<&str> {
    let (name, port) = if let Some(rest) = host.strip_prefix('[') {
        rest.split_once(']')?
    } else {
        host.find(':').map_or((host, ""), |at| host.split_at(at))
    };
    let port_is_sound = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    port_is_sound.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn asked(target: &str, method: &Method, given: &[(&'static str, &str)], hosts: &Hosts) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        hosts.may_call(method, &target.parse().unwrap(), &headers).is_ok()
    }

    fn allowed(host: Option<&str>, origin: Option<&str>, listening: &str) -> bool {
        let given = [("host", host), ("origin", origin)];
        let given: Vec<_> = given.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let hosts = Hosts::new(listening.parse().unwrap(), &["Sandbox.test".to_owned()]);
        [Method::GET, Method::POST].into_iter().all(|method| asked("/", &method, &given, &hosts))
    }

    #[test]
    fn programs_and_own_pages_may_call() {
        for (host, origin) in [
            (None, None),
            (Some("127.0.0.1:4010"), None),
            (Some("127.0.0.2:4010"), Some("http://127.0.0.2:4010")),
            (Some("localhost:4010"), Some("http://localhost:4010")),
            (Some("LOCALHOST:4010"), Some("http://localhost:4010")),
            (Some("inbox.localhost"), Some("http://inbox.localhost")),
            (Some("[::1]:4010"), Some("http://[::1]:4010")),
            (Some("sandbox.test:4010"), Some("http://sandbox.test:4010")),
        ] {
            assert!(allowed(host, origin, "127.0.0.1:4010"), "{host:?} {origin:?}");
        }
    }

    #[test]
    fn foreign_pages_may_not_call() {
        for (host, origin) in [
            (Some("127.0.0.1:4010"), Some("http://evil.example")),
            (Some("127.0.0.1:4010"), Some("http://127.0.0.1:3000")),
            (Some("127.0.0.1:4010"), Some("https://127.0.0.1:4010")),
            (Some("127.0.0.1:4010"), Some("null")),
            (Some("127.0.0.1:4010"), Some("")),
            (Some("evil.example:4010"), Some("http://evil.example:4010")),
            (Some("evil.example:4010"), None),
            (Some("localhost.evil.example"), None),
            (Some("192.168.1.5:4010"), Some("http://192.168.1.5:4010")),
            (Some("127.0.0.1:x"), None),
            (Some("[::1"), None),
            (Some(""), None),
            (None, Some("http://evil.example")),
        ] {
            assert!(!allowed(host, origin, "127.0.0.1:4010"), "{host:?} {origin:?}");
        }
    }

    #[test]
    fn the_listening_address_is_allowed_as_host() {
        let (host, origin) = (Some("192.168.1.5:4010"), Some("http://192.168.1.5:4010"));
        assert!(allowed(host, origin, "192.168.1.5:4010") && allowed(host, origin, "0.0.0.0:4010"));
        assert!(!allowed(Some("rebound.example:4010"), None, "0.0.0.0:4010"));
    }

    #[test]
    fn preflight_requests_are_allowed() {
        let hosts = Hosts::new("127.0.0.1:4010".parse().unwrap(), &[]);
        let (own, evil) = (("host", "127.0.0.1:4010"), ("origin", "http://evil.example"));
        let question = ("access-control-request-method", "POST");
        assert!(asked("/", &Method::OPTIONS, &[own, evil, question], &hosts));
        assert!(!asked("/", &Method::OPTIONS, &[own, evil], &hosts), "no question");
        assert!(!asked("/", &Method::POST, &[own, evil, question], &hosts));
        assert!(!asked("/", &Method::OPTIONS, &[("host", "evil.example"), evil, question], &hosts));
    }

    #[test]
    fn a_second_host_or_origin_is_refused() {
        let hosts = Hosts::new("127.0.0.1:4010".parse().unwrap(), &[]);
        let own = ("host", "127.0.0.1:4010");
        let ours = ("origin", "http://127.0.0.1:4010");
        for (target, given) in [
            ("http://evil.example/", &[own][..]),
            ("/", &[own, ("host", "evil.example")]),
            ("/", &[own, own]),
            ("/", &[own, ours, ("origin", "http://evil.example")]),
            ("/", &[own, ("origin", "http://evil.example"), ours]),
        ] {
            assert!(!asked(target, &Method::POST, given, &hosts), "{target} {given:?}");
        }
        assert!(asked("http://127.0.0.1:4010/", &Method::POST, &[own, ours], &hosts));
    }

    #[test]
    fn sec_fetch_site_counts_if_there_is_no_origin() {
        let hosts = Hosts::new("127.0.0.1:4010".parse().unwrap(), &[]);
        let own = ("host", "127.0.0.1:4010");
        let ask =
            |method: Method, given: &[(&'static str, &str)]| asked("/", &method, &[&[own], given].concat(), &hosts);
        for site in ["cross-site", "same-site", "anything"] {
            let site = ("sec-fetch-site", site);
            assert!(!ask(Method::GET, &[site]) && !ask(Method::POST, &[site]), "{site:?}");
            let (mode, dest) = (("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"));
            assert!(ask(Method::GET, &[site, mode, dest]), "a link may lead to the page");
            assert!(!ask(Method::POST, &[site, mode, dest]) && !ask(Method::GET, &[site, mode]));
        }
        assert!(
            ask(Method::GET, &[("sec-fetch-site", "none")]) && ask(Method::POST, &[("sec-fetch-site", "same-origin")])
        );
    }
}
