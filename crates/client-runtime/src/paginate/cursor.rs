//! Lists whose pages name the next one; for generated code.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::{HeaderMap, LINK};

use crate::client::inner::RawClient;
use crate::error::error::Error;
use crate::paginate::items::Items;
use crate::paginate::page::{Key, Page};
use crate::spec::operation::Operation;

/// A page that names the next one; for generated code.
#[doc(hidden)]
#[derive(Debug)]
pub struct CursorPage<T, C> {
    /// The items, each with its key.
    pub items: Vec<(Key, T)>,
    /// What to ask for the next page with: a cursor, an offset or a link. `None` on the last page.
    pub next: Option<C>,
    /// The number of items on all pages, if the answer has it.
    pub total: Option<i64>,
}

/// A page that is being fetched; for generated code.
#[doc(hidden)]
pub type FetchNext<'c, T, C> = Pin<Box<dyn Future<Output = Result<CursorPage<T, C>, Error>> + Send + 'c>>;

impl<'c, T: 'c> Items<'c, T> {
    /// Creates a list whose pages name the next one; for generated code. `first` is what the caller starts with.
    #[doc(hidden)]
    pub fn by_cursor<C: Send + 'c>(
        core: &'c RawClient,
        operation: &'static Operation,
        first: Option<C>,
        fetch: impl Fn(Option<C>) -> FetchNext<'c, T, C> + Send + 'c,
    ) -> Self {
        // Whether a list is complete is not known if it was not read from its beginning.
        let number = if first.is_some() { 2 } else { 1 };
        let next = Arc::new(Mutex::new(first));
        Self::new(core, operation, Some(number), move |number| {
            let cursor = next.lock().unwrap_or_else(PoisonError::into_inner).take();
            let (fetching, next) = (fetch(cursor), Arc::clone(&next));
            Box::pin(async move {
                let CursorPage { items, next: cursor, total } = fetching.await?;
                // Only the end is known. An empty page with a next one ends the list, too, and then it is not complete.
                let last_page = match &cursor {
                    None => Some(number),
                    Some(_) if items.is_empty() => Some(number.saturating_add(1)),
                    Some(_) => None,
                };
                *next.lock().unwrap_or_else(PoisonError::into_inner) = cursor;
                Ok(Page { items, last_page, total })
            })
        })
    }
}

/// Returns the URL of the next page from the header `Link` (RFC 8288); for generated code.
#[doc(hidden)]
#[must_use]
pub fn next_link(headers: &HeaderMap) -> Option<String> {
    let links = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    // A URL has no `<`, so that each link begins with one.
    links.flat_map(|value| value.split('<').skip(1)).find_map(|link| {
        let (url, parameters) = link.split_once('>')?;
        let is_next = parameters.split([';', ',']).any(|parameter| {
            let relation = parameter.trim().split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
            let words = relation.map(|(_, words)| words.trim().trim_matches('"')).unwrap_or_default();
            words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("next"))
        });
        is_next.then(|| url.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_link_is_found_among_others() {
        let next = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            headers.extend(values.iter().map(|value| (LINK, value.parse().unwrap())));
            next_link(&headers)
        };
        for values in [
            &["<https://a.example/?p=2>; rel=\"next\""][..],
            &["<https://a.example/?p=1,2>; rel=prev, <https://a.example/?p=2>; title=\"x\"; REL=Next"],
            &["<x>; rel=last", "<https://a.example/?p=2>;rel=\"last next\""],
        ] {
            assert_eq!(next(values).as_deref(), Some("https://a.example/?p=2"), "{values:?}");
        }
        for values in
            [&[][..], &["<x>; rel=prev"], &["<x"], &["x; rel=next"], &["<x>; title=next"], &["<x>; rel=nextpage"]]
        {
            assert_eq!(next(values), None, "{values:?}");
        }
    }
}
