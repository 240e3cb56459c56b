//! Finds out why a connection could not be made, from the error of the HTTP library.

use std::io;

use reqwest::Url;

use crate::client::proxy::{self, authority};
use crate::error::causes::causes;
use crate::error::connect_failure::ConnectFailure;

impl ConnectFailure {
    /// Returns why `http` could not connect to `url`, and a text for the error. The text is one line that names the host and
    /// the proxy, if there is one, and contains no secrets.
    pub(crate) fn of(error: &reqwest::Error, http: &reqwest::Client, url: &Url) -> (Self, String) {
        let host = authority(url);
        let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
        let failure = Self::behind(error, url.scheme() == "https");
        // For an `http` URL, the HTTP library connects only to the proxy.
        let proxy = proxy::of(http, url);
        let proxied = url.scheme() == "http" && proxy.is_some() && failure != Self::Timeout;
        let failure = if proxied { Self::Proxy } else { failure };
        let text = match failure {
            Self::NameNotFound => {
                format!("the host name of `{host}` cannot be resolved: is it right, and is DNS working?")
            }
            Self::Refused => format!("`{host}` refused the connection: is the port right, and is the server running?"),
            Self::Unreachable => format!("`{host}` cannot be reached from this machine's network"),
            Self::Timeout => format!("`{host}` did not answer in time; see `Timeouts::connect`"),
            Self::Certificate => format!("the certificate of `{host}` cannot be trusted ({last})"),
            Self::Tls => format!("the TLS handshake with `{host}` failed: does the port speak plain `http`? ({last})"),
            Self::Proxy => format!("the proxy did not connect to `{host}` ({last})"),
            Self::ProxyCredentials => "the proxy requires a user name and a password".to_owned(),
            Self::Other => format!("connecting to `{host}` failed ({last})"),
        };
        match proxy {
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
        // Checked first, because a name or a port that cannot be reached is then that of the proxy.
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
            // The texts of rustls and of the systems' TLS libraries differ, but all contain this word.
            _ if https && says("certificate") => Self::Certificate,
            Some(_) if https => Self::Tls,
            _ => Self::Other,
        }
    }
}
