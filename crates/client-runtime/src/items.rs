//! The items of a list, page after page.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::error::Error;

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
/// again is given once. Items added or moved in front of what was read are not seen. If that matters,
/// ask for all on one page, or read the list again.
///
/// **Ends** after the last page, at an empty page, after an error, which is the last item, and where a
/// server does not get on: one that ignores the number of the page and repeats itself is left
/// after at most a few pages without anything new. To take pages by hand, set their number on the
/// builder and send.
#[must_use = "no page is fetched until an item is asked for"]
pub struct Items<'c, T> {
    fetch: Box<dyn Fn(i64) -> Fetch<'c, T> + Send + 'c>,
    fetching: Option<Fetch<'c, T>>,
    ready: std::vec::IntoIter<T>,
    progress: Progress,
}

/// A page on its way; for generated code.
#[doc(hidden)]
pub type Fetch<'c, T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send + 'c>>;

/// One page of a list; for generated code.
#[doc(hidden)]
#[derive(Debug)]
pub struct Page<T> {
    /// The items, each with what tells it from every other.
    pub items: Vec<(Option<Key>, T)>,
    /// Number of the last page, if the answer says it.
    pub last_page: Option<i64>,
}

/// What tells an item from every other; for generated code.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Number(i64),
    Text(String),
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
    pub fn new(first: Option<i64>, fetch: impl Fn(i64) -> Fetch<'c, T> + Send + 'c) -> Self {
        let progress = Progress { next: Some(first.unwrap_or(1)), ..Progress::default() };
        Self { fetch: Box::new(fetch), fetching: None, ready: Vec::new().into_iter(), progress }
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
            let fetching = match (&mut self.fetching, self.progress.next) {
                (Some(fetching), _) => fetching,
                (None, Some(page)) => self.fetching.insert((self.fetch)(page)),
                (None, None) => return Poll::Ready(None),
            };
            let fetched = ready!(fetching.as_mut().poll(context));
            self.fetching = None;
            match fetched {
                Ok(page) => self.ready = self.progress.take(page).into_iter(),
                Err(error) => {
                    self.progress.next = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
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
        f.debug_struct("Items").field("next_page", &self.progress.next).finish_non_exhaustive()
    }
}

/// However many items were added at once, no more pages than this are read without finding a new one.
const MOST_FRUITLESS: i64 = 16;

/// What was given of late. Items that are added in front push others from one page to the next, not
/// further, so that older ones need not be known.
#[derive(Default)]
struct Given {
    keys: HashSet<Key>,
    order: VecDeque<Key>,
}

impl Given {
    /// Enough for many of the largest pages that anybody asks for.
    const MOST: usize = 4096;

    /// Whether it is new.
    fn insert(&mut self, key: Key) -> bool {
        if !self.keys.insert(key.clone()) {
            return false;
        }
        self.order.push_back(key);
        true
    }

    /// Forgets the oldest, before a page of `items` comes: what the two before it gave stays known.
    fn make_room(&mut self, items: usize) {
        let forgotten = self.order.len().saturating_sub(Self::MOST.max(2 * items));
        for key in self.order.drain(..forgotten) {
            self.keys.remove(&key);
        }
    }
}

/// Which page is next, and which items were given.
#[derive(Default)]
struct Progress {
    next: Option<i64>,
    given: Given,
    /// What the latest page that had something new called the last page.
    last_page: Option<i64>,
    /// What the first page called so.
    first_last_page: Option<i64>,
    /// How many more pages may bring nothing new; set by the first that does not.
    patience: Option<i64>,
}

impl Progress {
    /// The new items of a page. Settles whether there is a next one.
    fn take<T>(&mut self, page: Page<T>) -> Vec<T> {
        let number = self.next.take().unwrap_or(1);
        let Page { items, last_page } = page;
        if items.is_empty() {
            return Vec::new();
        }
        self.given.make_room(items.len());
        let nameless = items.iter().all(|(key, _)| key.is_none());
        let new: Vec<T> = items
            .into_iter()
            .filter_map(|(key, item)| key.is_none_or(|key| self.given.insert(key)).then_some(item))
            .collect();
        self.first_last_page = self.first_last_page.or(last_page);
        let further = if nameless {
            // Nothing tells a new item from an old one, so that only the first word on the end counts.
            self.first_last_page.is_some_and(|last| number < last) && last_page.is_some_and(|last| number < last)
        } else {
            let gets_on = if new.is_empty() { self.is_patient(last_page) } else { self.got_on(last_page) };
            gets_on && last_page.is_none_or(|last| number < last) && !self.is_endless(number)
        };
        self.next = number.checked_add(1).filter(|_| further);
        new
    }

    fn got_on(&mut self, last_page: Option<i64>) -> bool {
        self.last_page = last_page;
        self.patience = None;
        true
    }

    /// Whether the list runs ahead of the reader: nobody adds as much as there was while it is read. What
    /// a server repeats from further back than is remembered would otherwise go on for ever.
    fn is_endless(&self, number: i64) -> bool {
        self.first_last_page.is_some_and(|last| number >= last.saturating_mul(2).saturating_add(100))
    }

    /// Whether to go on after a page without anything new. Items added in front move whole pages back,
    /// and the end by as many. An end that runs ahead of the reader forever is not followed: the
    /// patience is measured once.
    fn is_patient(&mut self, last_page: Option<i64>) -> bool {
        let grown = last_page.zip(self.last_page).map_or(0, |(now, before)| now.saturating_sub(before));
        let left = self.patience.unwrap_or_else(|| grown.clamp(0, MOST_FRUITLESS) + 1) - 1;
        self.patience = Some(left);
        left >= 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads pages until the end, and returns what was given and how many pages that took.
    fn read(page: impl Fn(i64) -> (Vec<Option<i64>>, Option<i64>)) -> (Vec<Option<i64>>, usize) {
        let mut progress = Progress { next: Some(1), ..Progress::default() };
        let (mut given, mut pages) = (Vec::new(), 0);
        while let Some(number) = progress.next {
            pages += 1;
            assert!(pages <= 1000, "it never ends");
            let (ids, last_page) = page(number);
            let items = ids.into_iter().map(|id| (id.map(Key::from), id)).collect();
            given.extend(progress.take(Page { items, last_page }));
        }
        (given, pages)
    }

    fn some(ids: impl IntoIterator<Item = i64>) -> Vec<Option<i64>> {
        ids.into_iter().map(Some).collect()
    }

    #[test]
    fn a_list_ends_with_its_last_page() {
        let page = |number: i64| (some([number * 2, number * 2 + 1]), Some(3));
        assert_eq!(read(page), (some(2..8), 3));
        assert_eq!(read(|_| (Vec::new(), Some(9))), (Vec::new(), 1), "an empty page is the end");
        assert_eq!(read(|_| (some([1]), Some(0))), (some([1]), 1));
        assert_eq!(read(|_| (some([1]), Some(-5))), (some([1]), 1));
    }

    #[test]
    fn a_page_that_is_said_to_be_last_later_is_last() {
        // Items are deleted: the end comes nearer.
        let page = |number: i64| (some([number]), Some(if number == 1 { 5 } else { 2 }));
        assert_eq!(read(page), (some([1, 2]), 2));
    }

    #[test]
    fn what_comes_again_is_given_once() {
        // 3 items are added in front between the first page of two and the second.
        let page = |number: i64| {
            let pages = [[5, 4], [6, 5], [4, 3], [2, 1]];
            let index = usize::try_from(number - 1).unwrap();
            (some(pages[index]), Some(if number == 1 { 3 } else { 4 }))
        };
        assert_eq!(read(page), (some([5, 4, 6, 3, 2, 1]), 4));
    }

    #[test]
    fn whole_pages_that_come_again_do_not_end_the_list() {
        // Of pages of one, 3 are added in front after the first page was read.
        let page = |number: i64| if number == 1 { (some([2]), Some(2)) } else { (some([6 - number]), Some(5)) };
        assert_eq!(read(page), (some([2, 4, 3, 1]), 5));
    }

    #[test]
    fn a_server_that_repeats_itself_is_left() {
        for (last, pages) in [(Some(1_000_000), 3), (None, 3), (Some(2), 2)] {
            assert_eq!(read(|_| (some([1, 2]), last)), (some([1, 2]), pages), "{last:?}");
        }
        // The end runs ahead.
        let (given, pages) = read(|number| (some([1, 2]), Some(number + 1)));
        assert!(given == some([1, 2]) && pages <= 4, "{pages}");
        let (given, pages) = read(|number| (some([1, 2]), Some(number * 1_000_000)));
        assert!(given == some([1, 2]) && pages <= 20, "{pages}");
        // Now and then one comes that is new, and then none does.
        let (given, pages) = read(|number| (some([(number / 2).min(10)]), Some(number + 1)));
        assert!(given == some(0..=10) && pages < 30, "{pages}");
    }

    #[test]
    fn a_long_list_takes_no_more_memory_than_a_short_one() {
        let mut progress = Progress::default();
        for page in 0..2_000 {
            let items = (page * 100..page * 100 + 100).map(|id| (Some(Key::Number(id)), id)).collect();
            assert_eq!(progress.take(Page { items, last_page: Some(2_000) }).len(), 100);
        }
        assert!(progress.given.keys.len() <= Given::MOST + 100, "{}", progress.given.keys.len());
        assert!(progress.given.order.capacity() <= 4 * Given::MOST, "{}", progress.given.order.capacity());
    }

    #[test]
    fn what_is_repeated_from_far_back_does_not_go_on_for_ever() {
        let (_, pages) = read(|number| {
            let first = number % 100 * 100;
            (some(first..first + 100), Some(number + 1))
        });
        assert!(pages <= 110, "{pages}");
    }

    #[test]
    fn items_without_a_key_are_given_and_end() {
        assert_eq!(read(|_| (vec![None], Some(3))), (vec![None; 3], 3));
        assert_eq!(read(|number| (vec![None], Some(number + 1))).1, 2, "the first word on the end counts");
        assert_eq!(read(|_| (vec![None], None)).1, 1);
    }

    #[test]
    fn the_last_number_there_is_has_no_next() {
        let mut progress = Progress { next: Some(i64::MAX), ..Progress::default() };
        progress.take(Page { items: vec![(Some(Key::from(1)), ())], last_page: None });
        assert_eq!(progress.next, None);
    }
}
