//! The items of a list, page after page.

mod progress;

use std::fmt;
use std::future::{Future, poll_fn};
use std::hash::{DefaultHasher, Hasher as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use self::progress::Progress;
use crate::client::{Core, Shared};
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::outcome::Outcome;

/// The items of a list, fetched page by page as they are asked for; from the `items` of a list's
/// builder. A [`Stream`], and [`next`](Self::next) needs no other crate.
///
/// **Costs** one call a page, and nothing before the first item is asked for; a page size set on the
/// builder holds, and a page set on it is the first one. Each call is one that only reads: the
/// client's retries and rate limit apply to it. The ids of the latest few
/// thousand items are remembered, and no more, however long the list is.
///
/// **What may be missed**: the list goes on while its pages are read. A page is a place in the list
/// and not a mark in it, so where items are deleted meanwhile, those behind move up and as many of
/// them may be passed over. Where items are added in front, those behind move down, and what comes
/// again is given once. Items added or moved in front of what was read are not seen. The
/// [`summary`](Self::summary) tells whether that may have happened. If it matters, ask for all on one
/// page, or read the list again.
///
/// **Ends** after the last page, at an empty page, after an error, which is the last item, and in any case:
///
/// - A server that repeats itself is left after at most a few pages without anything new. What it said was given;
///   the summary has [`ListEnd::NothingNew`].
/// - A list that runs ahead of the reader ends with an error of kind
///   [`UnexpectedAnswer`](ErrorKind::UnexpectedAnswer): after far more pages or items than its first page announced,
///   after 10,000 pages, or after 1,000 if no page says how many there are.
/// - [`max_pages`](Self::max_pages) and [`max_items`](Self::max_items) set limits of your own.
///
/// To take pages by hand, set their number on the builder and send.
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
    /// The page was the last one, as the server said.
    LastPage,
    /// The page was empty.
    EmptyPage,
    /// The server repeated itself: a few pages in a row had nothing new, or the list began again. What else there
    /// may be cannot be reached.
    NothingNew,
    /// A limit was reached: [`Items::max_pages`] or [`Items::max_items`].
    Limit,
    /// The list does not end; an error was the last item.
    Endless,
    /// A page could not be read; its error was the last item.
    Failed,
}

/// What was read of a list, and whether that was all; see [`Items::summary`].
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

    /// How many items were given.
    #[must_use]
    pub fn given(&self) -> u64 {
        self.given
    }

    /// How many pages were read.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// How many items there are on all pages, by the latest page that says it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether everything was given.
    ///
    /// `Some(true)` if the list ended at its end with as many items as the server counts. `Some(false)` if something
    /// was or may have been missed: it ended otherwise, the numbers differ, or items were deleted while it was read.
    /// `None` if nothing seems wrong, but the server does not count, or the reading began behind the first page.
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
    /// A hash of all of an item that has no key.
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
        core: &'c Core,
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

    /// Reads no more than this many pages, instead of the limits above; 0 counts as 1. The list then ends without an
    /// error, and its [`summary`](Self::summary) has [`ListEnd::Limit`] unless it was at its end anyway.
    pub fn max_pages(mut self, limit: u64) -> Self {
        self.progress.set_max_pages(limit.max(1));
        self
    }

    /// Gives no more than this many items; 0 counts as 1. The list then ends without an error, and its
    /// [`summary`](Self::summary) has [`ListEnd::Limit`] unless it was at its end anyway.
    pub fn max_items(mut self, limit: u64) -> Self {
        self.progress.set_max_items(limit.max(1));
        self
    }

    /// Why the list ended, and whether everything was given. `None` before its end, which is when
    /// [`next`](Self::next) returns `None` or an error.
    #[must_use]
    pub fn summary(&self) -> Option<ListSummary> {
        self.progress.summary().filter(|_| self.finished)
    }

    /// The next item; `None` at the end, and from then on. Dropping the future loses nothing: the
    /// page on its way is waited for by the next call.
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
