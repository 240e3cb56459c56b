//! A provider's page, as text.

use super::page_model::PageModel;
use super::words::Words;
use super::{action_page, curl_page};

/// A page that was read.
#[derive(Debug)]
pub struct Page {
    /// Scheme and host of the instance that it is about.
    pub origin: String,
    /// What it says.
    pub facts: PageModel,
}

/// What is wrong with a page, and its line.
pub(super) type PageError = (usize, String);

/// Which kind of page facts are from, among what they say of the whole.
pub(super) const FORMAT: &str = "format";

/// Reads the text of a page.
pub fn read(file: &str, text: &str, words: &Words) -> Result<Page, String> {
    let text = text.trim_start_matches('\u{feff}');
    let (page, format) = if curl_page::is_one(text) {
        (curl_page::read(text, words), curl_page::NAME)
    } else if action_page::is_one(text) {
        (action_page::read(text), action_page::NAME)
    } else {
        let html = text.trim_start().starts_with('<');
        let html = if html { ". This is HTML: save what the browser shows, as text" } else { "" };
        return Err(format!(
            "{file}: this page cannot be read. Known are pages with a sample for PHP's curl above each operation's \
             tables, and pages with a request line below each heading that ends with an action in brackets{html}"
        ));
    };
    let mut page = page.map_err(|(line, error)| format!("{file}:{line}: {error}"))?;
    page.facts.whole.insert(FORMAT.to_owned(), format.to_owned());
    Ok(page)
}

/// Scheme and host, path, and query of a URL.
pub(super) fn split_url(url: &str) -> Option<(&str, &str, &str)> {
    let after = url.find("://")? + 3;
    let end = url[after..].find('/').map_or(url.len(), |slash| after + slash);
    let (path, query) = url[end..].split_once('?').unwrap_or((&url[end..], ""));
    Some((&url[..end], path.trim_end_matches('/'), query))
}
