//! A request to a provider before its body is read.

use std::net::IpAddr;

use axum::{
    body::Body,
    http::{HeaderMap, Method},
};

use crate::memory::Reservation;

/// A request whose path begins with a provider's prefix.
#[derive(Debug)]
pub(crate) struct RawRequest {
    pub(crate) method: Method,
    /// Path and query as received, including the provider's prefix.
    pub(crate) target: String,
    /// The length of the provider's prefix.
    pub(crate) prefix: usize,
    pub(crate) headers: HeaderMap,
    pub(crate) peer: IpAddr,
    /// Scheme, host and prefix, for the links in answers.
    pub(crate) origin: String,
    pub(crate) body: Body,
    /// The memory that the request takes.
    pub(crate) held: Reservation,
}

impl RawRequest {
    /// Returns the path after the provider's prefix, still encoded. It starts with `/` or is empty.
    pub(crate) fn path(&self) -> &str {
        let path = self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path);
        path.get(self.prefix..).unwrap_or_default()
    }

    /// Returns the query, or an empty string.
    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Returns a header's value, or an empty string.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
