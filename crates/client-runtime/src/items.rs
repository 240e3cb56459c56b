//! The items of a list, page after page.

mod progress;

use std::fmt;
use std::future::{Future, poll_fn};
use std::hash::{DefaultHasher, Hasher as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use self::progress::Progress;
use crate::client::{RawClient, Shared};
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::outcome::Outcome;

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
///   [`ListEnd::NothingNew`].
/// - If the list grows faster than it is read, it ends with an error of kind
///   [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer): after far more pages or items than its first page announced,
///   after 10,000 pages, or after 1,000 pages if no page says how many there are.
/// - [`max_pages`](Self::max_pages) and [`max_items`](Self::max_items) set your own limits.
///
/// To fetch single pages, set the page's number on the builder and call `send`.
#[must_use = "no page is fetched until an item is asked for"]
pub struct Items<'c, T> {
    client: &'c Shared,
    operation: &'static Operation,
    fetch: Box<dyn Fn(i64) -> Fetch<'c, T> + Send + 'c>,
    fetching: Option<Fetch<'c, T>>,
    ready: std::vec::IntoIter<T>,
    progress: Progress,
    /// Whether everything was given, the error at the end included.
    finished: bool,
}

/// Why a list of [`Items`] ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListEnd {
    /// The server said that the page was the last one.
    LastPage,
    /// The page was empty.
    EmptyPage,
    /// The server repeated itself: a few pages in a row had no new item, or the list began again. If there are more
    /// items, they cannot be reached.
    NothingNew,
    /// A limit was reached: [`Items::max_pages`] or [`Items::max_items`].
    Limit,
    /// The list did not seem to end; the last item was an error.
    Endless,
    /// A page could not be read; the last item was its error.
    Failed,
}

/// How much of a list was read, why it ended, and whether it is complete.
///
/// [`Items::summary`] returns it at the end of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSummary {
    end: ListEnd,
    given: u64,
    pages: u64,
    total: Option<u64>,
    complete: Option<bool>,
}

impl ListSummary {
    /// Why the list ended.
    #[must_use]
    pub fn end(&self) -> ListEnd {
        self.end
    }

    /// How many items were returned.
    #[must_use]
    pub fn given(&self) -> u64 {
        self.given
    }

    /// How many pages were read.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// How many items the server counts on all pages, from the last page that says so.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether all items of the list were returned.
    ///
    /// - `Some(true)`: the last page was read, and as many items were returned as the server counts.
    /// - `Some(false)`: an item was missed or may have been: the list ended early, the numbers differ, or items were
    ///   deleted while it was read.
    /// - `None`: nothing seems wrong, but the server does not count its items, or reading started after the first page.
    #[must_use]
    pub fn is_complete(&self) -> Option<bool> {
        self.complete
    }
}

/// A page on its way; for generated code.
#[doc(hidden)]
pub type Fetch<'c, T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send + 'c>>;

/// One page of a list; for generated code.
#[doc(hidden)]
#[derive(Debug)]
pub struct Page<T> {
    /// The items, each with what tells it from every other.
    pub items: Vec<(Key, T)>,
    /// Number of the last page, if the answer says it.
    pub last_page: Option<i64>,
    /// Number of the items of all pages, if the answer says it.
    pub total: Option<i64>,
}

/// What tells an item from every other; for generated code.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Number(i64),
    Text(String),
    /// A hash of a whole item that has no key.
    Content(u64),
}

impl Key {
    /// The key of an item, or one made of its content.
    pub fn of(key: Option<Self>, item: &dyn fmt::Debug) -> Self {
        struct Sink(DefaultHasher);

        impl fmt::Write for Sink {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.write(text.as_bytes());
                Ok(())
            }
        }

        key.unwrap_or_else(|| {
            let mut sink = Sink(DefaultHasher::new());
            let _ = fmt::Write::write_fmt(&mut sink, format_args!("{item:?}"));
            Self::Content(sink.0.finish())
        })
    }
}

impl From<i64> for Key {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A list in an answer, which may be absent; for generated code.
#[doc(hidden)]
pub trait List<T> {
    fn list(self) -> Vec<T>;
}

impl<T> List<T> for Vec<T> {
    fn list(self) -> Vec<T> {
        self
    }
}

impl<T> List<T> for Option<Vec<T>> {
    fn list(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}

impl<'c, T> Items<'c, T> {
    /// The items from page `first` on; for generated code.
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
            progress: Progress::from(first.unwrap_or(1)),
            finished: false,
        }
    }

    /// Reads at most this many pages, instead of the default limits of [`Items`]; 0 counts as 1.
    ///
    /// At the limit the list ends without an error, and its [`summary`](Self::summary) has [`ListEnd::Limit`] if there
    /// were more pages.
    pub fn max_pages(mut self, limit: u64) -> Self {
        self.progress.set_max_pages(limit.max(1));
        self
    }

    /// Returns at most this many items; 0 counts as 1.
    ///
    /// At the limit the list ends without an error, and its [`summary`](Self::summary) has [`ListEnd::Limit`] if there
    /// were more items.
    pub fn max_items(mut self, limit: u64) -> Self {
        self.progress.set_max_items(limit.max(1));
        self
    }

    /// Why the list ended, and whether it is complete; `None` until [`next`](Self::next) has returned `None` or an
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
        error.with_detail(format!("the list does not end: {why}; set `max_pages` to read it as far as that"))
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
