//! Reads a page of either format.

use super::page::Page;
use super::words::Words;
use super::{action_page, curl_page};

/// The key of a page model, among those about the whole API, that names the format of the page.
pub(super) const FORMAT: &str = "format";

/// Reads the text of a page.
pub fn read_page(file: &str, text: &str, words: &Words) -> Result<Page, String> {
    let text = text.trim_start_matches('\u{feff}');
    let (page, format) = if curl_page::matches(text) {
        (curl_page::read(text, words), curl_page::FORMAT)
    } else if action_page::matches(text) {
        (action_page::read(text), action_page::FORMAT)
    } else {
        let html = text.trim_start().starts_with('<');
        let html = if html { ". This is HTML: save what the browser shows, as text" } else { "" };
        return Err(format!(
            "{file}: this page cannot be read. Two formats are known: pages with a sample for PHP's curl above the \
             tables of each operation, and pages with a request line below each heading that ends with an action in \
             brackets{html}"
        ));
    };
    let mut page = page.map_err(|(line, error)| format!("{file}:{line}: {error}"))?;
    page.model.whole.insert(FORMAT.to_owned(), format.to_owned());
    Ok(page)
}
