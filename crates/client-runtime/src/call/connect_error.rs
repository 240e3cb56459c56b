//! Why there was no connection, from what the HTTP library says.

use std::io;

use reqwest::Url;

use crate::client::proxy::{self, authority};
use crate::error::causes::causes;
use crate::error::connect_failure::ConnectFailure;

impl ConnectFailure {
    /// What failed when `http` tried to connect to `url`, with a text for the error: one line without our secrets, with
    /// the host and, if there is one, the proxy.
    pub(crate) fn of(error: &reqwest::Error, http: &reqwest::Client, url: &Url) -> (Self, String) {
        let host = authority(url);
        let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
        let failure = Self::behind(error, url.scheme() == "https");
        // A call to an `http` URL through a proxy only connects to the proxy.
        let between = proxy::of(http, url);
        let proxied = url.scheme() == "http" && between.is_some() && failure != Self::Timeout;
        let failure = if proxied { Self::Proxy } else { failure };
        let text = match failure {
            Self::NameNotFound => {
                format!("the host name of `{host}` cannot be resolved: is it right, and is DNS working?")
            }
            Self::Refused => format!("`{host}` refused the connection: is the port right, and is the server running?"),
            Self::Unreachable => format!("`{host}` cannot be reached from this machine's network"),
            Self::Timeout => format!("`{host}` did not answer in time; see `Timeouts::connect`"),
            Self::Certificate => format!("the certificate of `{host}` cannot be trusted ({last})"),
            Self::Tls => format!("`{host}` did not agree on TLS with this client: is it plain `http`? ({last})"),
            Self::Proxy => format!("the proxy did not connect to `{host}` ({last})"),
            Self::ProxyCredentials => "the proxy asks for a user name and a password".to_owned(),
            Self::Other => format!("connecting to `{host}` failed ({last})"),
        };
        match between {
            Some(proxy) => (failure, format!("{text}; the proxy is {proxy}")),
            None => (failure, text),
        }
    }

    fn behind(error: &reqwest::Error, https: bool) -> Self {
        let texts: Vec<_> = causes(error).map(ToString::to_string).collect();
        let says = |words: &str| texts.iter().any(|text| text.to_ascii_lowercase().contains(words));
        let kind = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).last().map(io::Error::kind);
        if error.is_timeout() {
            return Self::Timeout;
        }
        if says("tunnel error: proxy authorization") {
            return Self::ProxyCredentials;
        }
        // A name or a port that cannot be reached is then the proxy's.
        if says("tunnel error") || says("unsupported scheme") {
            return Self::Proxy;
        }
        if error.is_dns() {
            return Self::NameNotFound;
        }
        match kind {
            Some(io::ErrorKind::ConnectionRefused) => Self::Refused,
            Some(io::ErrorKind::TimedOut) => Self::Timeout,
            Some(
                io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkDown
                | io::ErrorKind::AddrNotAvailable
                | io::ErrorKind::NotConnected,
            ) => Self::Unreachable,
            Some(
                io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof,
            ) => Self::Other,
            // What rustls and the systems' own TLS say of certificates differs, but for this word.
            _ if https && says("certificate") => Self::Certificate,
            Some(_) if https => Self::Tls,
            _ => Self::Other,
        }
    }
}
