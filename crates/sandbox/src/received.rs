//! A request as a provider's code sees it: the prefix gone, the caller known.

use std::net::IpAddr;

use axum::{
    body::Body,
    http::{HeaderMap, Method},
};

use crate::memory::Held;

/// A request that came under a provider's prefix.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) method: Method,
    /// Path and query as they came, with the provider's prefix.
    pub(crate) target: String,
    /// How long the provider's prefix is.
    pub(crate) prefix: usize,
    pub(crate) headers: HeaderMap,
    pub(crate) peer: IpAddr,
    /// Scheme, host and prefix, for the links in answers.
    pub(crate) origin: String,
    pub(crate) body: Body,
    /// What it takes in memory.
    pub(crate) held: Held,
}

impl Received {
    /// The path after the provider's prefix, still encoded, starting with `/` or empty.
    pub(crate) fn path(&self) -> &str {
        let path = self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path);
        path.get(self.prefix..).unwrap_or_default()
    }

    /// The query, or an empty text.
    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// A header's value, or an empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
