//! A provider's documentation page that was read.

use super::page_model::PageModel;

/// A page that was read.
#[derive(Debug)]
pub struct Page {
    /// Scheme and host of the instance that the page documents.
    pub origin: String,
    /// What the page documents.
    pub model: PageModel,
}

/// The line of an error on a page, and the error.
pub(super) type PageError = (usize, String);

/// Splits a URL into scheme and host, path, and query.
pub(super) fn split_url(url: &str) -> Option<(&str, &str, &str)> {
    let after = url.find("://")? + 3;
    let end = url[after..].find('/').map_or(url.len(), |slash| after + slash);
    let (path, query) = url[end..].split_once('?').unwrap_or((&url[end..], ""));
    Some((&url[..end], path.trim_end_matches('/'), query))
}
