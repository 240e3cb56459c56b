//! The items of a list, fetched page by page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::client::inner::{ClientInner, RawClient};
use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::error::outcome::Outcome;
use crate::paginate::page::Fetch;
use crate::paginate::progress::Pager;
use crate::paginate::summary::ListSummary;
use crate::spec::operation::Operation;

/// The items of a list, fetched page by page.
///
/// The builder of an operation that lists returns it from `items`. Call [`next`](Self::next), or use it as a
/// [`Stream`](https://docs.rs/futures-core/latest/futures_core/stream/trait.Stream.html).
///
/// # Cost
///
/// Each page is one call, made when its first item is asked for. A page size set on the builder applies, and reading
/// starts at a page set on it. The calls only read, so the client's retries and its rate limit apply. The ids of the
/// last few thousand items are kept in memory, however long the list is.
///
/// # What may be missed
///
/// The list can change while its pages are read. If items are deleted, later ones move up, and as many may be skipped.
/// If items are added in front, later ones move down; an item that comes again is returned once. Items added or moved
/// in front of what was read are not returned. [`summary`](Self::summary) tells you whether something may be missing.
/// If that matters, request all items on one page, or read the list again.
///
/// # End
///
/// The list ends after the last page, at an empty page, or after an error, which is the last item. It always ends:
///
/// - If the server repeats itself, reading stops after at most a few pages without a new item. The summary has
///   [`ListEnd::NothingNew`](crate::ListEnd::NothingNew).
/// - If the list grows faster than it is read, it ends with an error of kind
///   [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer): after far more pages or items than its first page announced,
///   after 10,000 pages, or after 1,000 pages if no page says how many there are.
/// - [`max_pages`](Self::max_pages) and [`max_items`](Self::max_items) set your own limits.
///
/// To fetch single pages, set the page's number on the builder and call `send`.
#[must_use = "no page is fetched until an item is asked for"]
pub struct Items<'c, T> {
    client: &'c ClientInner,
    operation: &'static Operation,
    fetch: Box<dyn Fn(i64) -> Fetch<'c, T> + Send + 'c>,
    fetching: Option<Fetch<'c, T>>,
    ready: std::vec::IntoIter<T>,
    progress: Pager,
    /// Whether everything was returned, including the error at the end.
    finished: bool,
}

impl<'c, T> Items<'c, T> {
    /// Creates a list that starts at page `first`; for generated code.
    #[doc(hidden)]
    pub fn new(
        core: &'c RawClient,
        operation: &'static Operation,
        first: Option<i64>,
        fetch: impl Fn(i64) -> Fetch<'c, T> + Send + 'c,
    ) -> Self {
        Self {
            client: &core.0,
            operation,
            fetch: Box::new(fetch),
            fetching: None,
            ready: Vec::new().into_iter(),
            progress: Pager::from(first.unwrap_or(1)),
            finished: false,
        }
    }

    /// Reads at most this many pages, instead of the default limits of [`Items`]; 0 counts as 1.
    ///
    /// At the limit the list ends without an error, and its [`summary`](Self::summary) has [`ListEnd::Limit`](crate::ListEnd::Limit) if there
    /// were more pages.
    pub fn max_pages(mut self, limit: u64) -> Self {
        self.progress.set_max_pages(limit.max(1));
        self
    }

    /// Returns at most this many items; 0 counts as 1.
    ///
    /// At the limit the list ends without an error, and its [`summary`](Self::summary) has [`ListEnd::Limit`](crate::ListEnd::Limit) if there
    /// were more items.
    pub fn max_items(mut self, limit: u64) -> Self {
        self.progress.set_max_items(limit.max(1));
        self
    }

    /// Returns why the list ended and whether it is complete; `None` until [`next`](Self::next) has returned `None` or an
    /// error.
    #[must_use]
    pub fn summary(&self) -> Option<ListSummary> {
        self.progress.summary().filter(|_| self.finished)
    }

    /// Returns the next item, or `None` at the end and from then on.
    ///
    /// If you drop the future, no item is lost: the next call waits for the page that is being fetched.
    ///
    /// # Errors
    ///
    /// The error of the call that fetches a page, or [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer) if the list does
    /// not end. It is the last item.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let fetching = match (&mut self.fetching, self.progress.next()) {
                (Some(fetching), _) => fetching,
                (None, Some(page)) => self.fetching.insert((self.fetch)(page)),
                (None, None) => {
                    let error = self.progress.is_endless().filter(|_| !self.finished).map(|why| self.endless(why));
                    self.finished = true;
                    return Poll::Ready(error.map(Err));
                }
            };
            let fetched = ready!(fetching.as_mut().poll(context));
            self.fetching = None;
            match fetched {
                Ok(page) => self.ready = self.progress.take(page).into_iter(),
                Err(error) => {
                    self.progress.fail();
                    self.finished = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    #[cold]
    fn endless(&self, why: &str) -> Error {
        let error = self.client.error(ErrorKind::UnexpectedAnswer, Outcome::NotDone, self.operation);
        error.with_detail(format!("the list does not end: {why}; set `max_pages` to read a part of it"))
    }
}

impl<T> Unpin for Items<'_, T> {}

impl<T> Stream for Items<'_, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T> fmt::Debug for Items<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("next_page", &self.progress.next()).finish_non_exhaustive()
    }
}
