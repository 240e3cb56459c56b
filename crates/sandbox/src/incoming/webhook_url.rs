//! The URL of the webhook. Its path and query may contain a token, so it is never shown in full.

use std::{fmt, str::FromStr};

use axum::http::{
    Uri,
    uri::{Authority, PathAndQuery},
};

/// The longest URL, in bytes.
const LONGEST: usize = 2048;

/// The address to which messages from customers are posted.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct WebhookUrl {
    authority: Authority,
    port: u16,
    /// Path and query.
    target: String,
}

impl WebhookUrl {
    /// Returns the host name or address, an IPv6 address without brackets.
    pub(crate) fn host(&self) -> &str {
        self.authority.host().trim_start_matches('[').trim_end_matches(']')
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Returns the value of the header `Host`.
    pub(super) fn authority(&self) -> &str {
        self.authority.as_str()
    }

    /// Returns path and query.
    pub(super) fn target(&self) -> &str {
        &self.target
    }
}

impl FromStr for WebhookUrl {
    type Err = WebhookUrlError;

    fn from_str(text: &str) -> Result<Self, WebhookUrlError> {
        const EXAMPLE: &str = "expected a URL such as http://127.0.0.1:8080/webhook";
        if text.len() > LONGEST {
            return Err(WebhookUrlError(format!("expected at most {LONGEST} bytes")));
        }
        let wrong = || WebhookUrlError(EXAMPLE.to_owned());
        let parts = text.parse::<Uri>().map_err(|_| wrong())?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else { return Err(wrong()) };
        if scheme.as_str() == "https" {
            let text =
                "https is not supported, because the sandbox posts without TLS; give the http URL of your program";
            return Err(WebhookUrlError(text.to_owned()));
        }
        if scheme.as_str() != "http" {
            return Err(wrong());
        }
        if authority.as_str().contains('@') {
            let text = "a user name or a password is not supported; put a token into the path or the query";
            return Err(WebhookUrlError(text.to_owned()));
        }
        if authority.host().is_empty() {
            return Err(wrong());
        }
        let port = port_of(&authority).ok_or_else(wrong)?;
        let target = parts.path_and_query.as_ref().map_or("", PathAndQuery::as_str);
        let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
        Ok(Self { authority, port, target })
    }
}

/// Returns the port, 80 if there is none, or `None` if it is not one.
fn port_of(authority: &Authority) -> Option<u16> {
    match authority.as_str().strip_prefix(authority.host())? {
        "" => Some(80),
        rest => {
            let digits = rest.strip_prefix(':').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
            digits.parse().ok().filter(|port| *port > 0)
        }
    }
}

impl fmt::Display for WebhookUrl {
    /// Shows the host and the port. The path and the query are masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let masked = if self.target == "/" { "" } else { "***" };
        write!(f, "http://{}/{masked}", self.authority)
    }
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The error for a webhook URL that cannot be used. It does not contain the URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrlError(String);

impl WebhookUrlError {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for WebhookUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "webhook URL: {}", self.0)
    }
}

impl std::error::Error for WebhookUrlError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_and_shown_without_their_token() {
        for (text, host, port, target, shown) in [
            ("http://127.0.0.1:8080/hook/s3cret", "127.0.0.1", 8080, "/hook/s3cret", "http://127.0.0.1:8080/***"),
            ("http://app", "app", 80, "/", "http://app/"),
            ("http://app?token=s3cret", "app", 80, "/?token=s3cret", "http://app/***"),
            ("HTTP://[::1]:9/", "::1", 9, "/", "http://[::1]:9/"),
            ("http://app:8080", "app", 8080, "/", "http://app:8080/"),
            ("http://app/a?b#s3cret", "app", 80, "/a?b", "http://app/***"),
        ] {
            let url: WebhookUrl = text.parse().unwrap();
            assert_eq!((url.host(), url.port(), url.target()), (host, port, target), "{text}");
            assert_eq!((url.to_string(), format!("{url:?}")), (shown.to_owned(), shown.to_owned()));
        }
    }

    #[test]
    fn other_urls_are_refused_without_being_shown() {
        let long = format!("http://app/s3cret{}", "a".repeat(LONGEST));
        for (text, part) in [
            ("https://app/s3cret", "https is not supported"),
            ("http://s3cret@app/", "user name"),
            ("http://me:s3cret@app/", "user name"),
            ("ftp://app/s3cret", "expected a URL such as http://"),
            ("app/s3cret", "expected a URL"),
            ("/s3cret", "expected a URL"),
            ("s3cret", "expected a URL"),
            ("", "expected a URL"),
            ("http://", "expected a URL"),
            ("http:///s3cret", "expected a URL"),
            ("http://:80/s3cret", "expected a URL"),
            ("http://app:/s3cret", "expected a URL"),
            ("http://app:+80/s3cret", "expected a URL"),
            ("http://app:0/s3cret", "expected a URL"),
            ("http://app:99999/s3cret", "expected a URL"),
            ("http://app/s3cret x", "expected a URL"),
            ("http://app/s3cret\r\nX: y", "expected a URL"),
            (&long, "at most 2048 bytes"),
        ] {
            let error = text.parse::<WebhookUrl>().unwrap_err();
            let error = format!("{error} {error:?}");
            assert!(error.contains(part) && !error.contains("s3cret"), "{text}: {error}");
        }
    }
}
