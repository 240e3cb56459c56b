//! Decides which page of a list is next, which items are new, and when the list ends.

use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::paginate::page::{Key, Page};
use crate::paginate::summary::{ListEnd, ListSummary};

/// The maximum number of pages in a row without a new item, however many items were added in front.
const MOST_FRUITLESS: i64 = 16;

/// The default limit of pages for a list: 200,000 items on pages of the usual size.
const MOST_PAGES: u64 = 10_000;

/// The default limit of pages if no page says how long the list is.
const MOST_PAGES_UNCOUNTED: u64 = 1_000;

/// Which page is next, and which items were given.
#[derive(Default)]
pub(super) struct Progress {
    /// The first page to read.
    first: i64,
    next: Option<i64>,
    end: Option<ListEnd>,
    endless: &'static str,
    given: Given,
    count: u64,
    pages: u64,
    max_pages: Option<u64>,
    max_items: Option<u64>,
    /// What the latest page that had something new called the last page.
    last_page: Option<i64>,
    /// What the first page called so.
    first_last_page: Option<i64>,
    /// Whether the latest page spoke of others behind it.
    has_more: bool,
    /// How many more pages may bring nothing new; set by the first that does not.
    patience: Option<i64>,
    total: Option<u64>,
    first_total: Option<u64>,
    /// Whether the total ever fell from one page to the next.
    shrank: bool,
    landmarks: Landmarks,
}

impl Progress {
    pub(super) fn from(first: i64) -> Self {
        Self { first, next: Some(first), ..Self::default() }
    }

    pub(super) fn set_max_pages(&mut self, limit: u64) {
        self.max_pages = Some(limit);
    }

    pub(super) fn set_max_items(&mut self, limit: u64) {
        self.max_items = Some(limit);
    }

    /// The page to fetch.
    pub(super) fn next(&self) -> Option<i64> {
        self.next
    }

    /// Why the list seems to have no end, if it ended so.
    pub(super) fn is_endless(&self) -> Option<&'static str> {
        (self.end == Some(ListEnd::Endless)).then_some(self.endless)
    }

    /// A page could not be read.
    pub(super) fn fail(&mut self) {
        self.next = None;
        self.end = Some(ListEnd::Failed);
    }

    pub(super) fn summary(&self) -> Option<ListSummary> {
        let Self { total, count, pages, .. } = *self;
        let end = self.end?;
        let reached_end = matches!(end, ListEnd::LastPage | ListEnd::EmptyPage) && !self.has_more && !self.shrank;
        let complete = match total {
            _ if !reached_end => Some(false),
            Some(total) if self.first == 1 => Some(total == count),
            _ => None,
        };
        Some(ListSummary { end, given: count, pages, total, complete })
    }

    /// The new items of a page. Settles whether there is a next one.
    pub(super) fn take<T>(&mut self, page: Page<T>) -> Vec<T> {
        let number = self.next.take().unwrap_or(1);
        let Page { items, last_page, total } = page;
        self.pages += 1;
        self.note_total(total);
        self.first_last_page = self.first_last_page.or(last_page);
        self.has_more = last_page.is_some_and(|last| number < last);
        if items.is_empty() {
            self.end = Some(ListEnd::EmptyPage);
            return Vec::new();
        }
        let nameless = items.iter().all(|(key, _)| matches!(key, Key::Content(_)));
        let begins_again = self.landmarks.has(&items);
        let (mut new, found) = self.given.new_of(items, nameless);
        // Items that are no longer remembered look new, although the page was read before.
        let repeats = found && begins_again;
        if repeats {
            new.clear();
        }
        let gets_on = !repeats && if found { self.got_on(last_page) } else { self.is_patient(last_page) };
        // Of items without a key, only the first word on the end counts.
        let last = if nameless { [self.first_last_page, last_page].into_iter().flatten().min() } else { last_page };
        self.end = if last.is_some_and(|last| number >= last) {
            Some(ListEnd::LastPage)
        } else if !gets_on {
            Some(ListEnd::NothingNew)
        } else {
            self.limit(number, new.len())
        };
        self.cut(&mut new);
        self.count += new.len() as u64;
        self.next = number.checked_add(1).filter(|_| self.end.is_none());
        if self.next.is_none() {
            self.end.get_or_insert(ListEnd::Limit);
        }
        new
    }

    fn note_total(&mut self, total: Option<i64>) {
        let Some(total) = total.and_then(|total| u64::try_from(total).ok()) else { return };
        self.shrank |= self.total.is_some_and(|before| total < before);
        self.total = Some(total);
        self.first_total.get_or_insert(total);
    }

    fn got_on(&mut self, last_page: Option<i64>) -> bool {
        self.last_page = last_page;
        self.patience = None;
        true
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

    /// Whether no further page is read after this one, which has so many `new` items, although there are more.
    fn limit(&mut self, number: i64, new: usize) -> Option<ListEnd> {
        if let Some(limit) = self.max_pages {
            return (self.pages >= limit).then_some(ListEnd::Limit);
        }
        // Nobody adds as much as there was while it is read.
        let count = self.count + new as u64;
        let far = |last: i64| number >= last.saturating_mul(2).saturating_add(100);
        let many = |total: u64| count >= total.saturating_mul(2).saturating_add(1000);
        let uncounted = self.first_last_page.is_none() && self.first_total.is_none();
        self.endless = if self.first_last_page.is_some_and(far) || self.first_total.is_some_and(many) {
            "there is far more than its first page announced"
        } else if self.pages >= MOST_PAGES {
            "it has more than 10,000 pages"
        } else if uncounted && self.pages >= MOST_PAGES_UNCOUNTED {
            "it has more than 1,000 pages, and none says how many there are"
        } else {
            return None;
        };
        Some(ListEnd::Endless)
    }

    /// Holds the caller's limit of items.
    fn cut<T>(&mut self, new: &mut Vec<T>) {
        let Some(limit) = self.max_items else { return };
        let room = usize::try_from(limit.saturating_sub(self.count)).unwrap_or(usize::MAX);
        if new.len() > room || (new.len() == room && self.end.is_none()) {
            new.truncate(room);
            self.end = Some(ListEnd::Limit);
        }
    }
}

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

    /// The items of a page to give, and whether any of them is new. Items without a key may be equal and yet two, on one
    /// page; and a page of nothing else is given as it is.
    fn new_of<T>(&mut self, items: Vec<(Key, T)>, nameless: bool) -> (Vec<T>, bool) {
        self.make_room(items.len());
        let mut contents = Vec::new();
        let mut found = false;
        let mut new = Vec::with_capacity(items.len());
        for (key, item) in items {
            let is_new = if matches!(key, Key::Content(_)) {
                let is_new = !self.keys.contains(&key);
                contents.push(key);
                is_new
            } else {
                self.insert(key)
            };
            found |= is_new;
            if is_new || nameless {
                new.push(item);
            }
        }
        for key in contents {
            self.insert(key);
        }
        (new, found)
    }

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

/// Two pages that were read, by which a list is known that begins again after more than is remembered: the first, and
/// one that is moved ahead at every power of two (Brent's way to find a cycle).
#[derive(Default)]
struct Landmarks {
    pages: u64,
    first: Option<u64>,
    latest: Option<u64>,
}

impl Landmarks {
    /// Whether a page is one of them.
    fn has<T>(&mut self, items: &[(Key, T)]) -> bool {
        let mut hasher = DefaultHasher::new();
        for (key, _) in items {
            key.hash(&mut hasher);
        }
        let page = Some(hasher.finish());
        let known = page == self.first || page == self.latest;
        self.first = self.first.or(page);
        self.pages += 1;
        if self.pages.is_power_of_two() {
            self.latest = page;
        }
        known
    }
}

#[cfg(test)]
mod tests;
