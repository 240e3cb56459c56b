//! An answer as it came.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// An answer as it came, and how many times it was asked for.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
}
