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

/// The state of reading a list: which page is next, and which items were returned.
#[derive(Default)]
pub(super) struct Pager {
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
    /// The number of the last page, according to the latest page with a new item.
    last_page: Option<i64>,
    /// The number of the last page, according to the first page.
    first_last_page: Option<i64>,
    /// Whether there are more pages, according to the latest page.
    has_more: bool,
    /// How many more pages without a new item to read. The first of them sets it.
    patience: Option<i64>,
    total: Option<u64>,
    first_total: Option<u64>,
    /// Whether the total ever decreased from one page to the next.
    shrank: bool,
    landmarks: Landmarks,
}

impl Pager {
    pub(super) fn from(first: i64) -> Self {
        Self { first, next: Some(first), ..Self::default() }
    }

    pub(super) fn set_max_pages(&mut self, limit: u64) {
        self.max_pages = Some(limit);
    }

    pub(super) fn set_max_items(&mut self, limit: u64) {
        self.max_items = Some(limit);
    }

    /// Returns the page to fetch.
    pub(super) fn next(&self) -> Option<i64> {
        self.next
    }

    /// Returns why the list does not seem to end, if it ended for that reason.
    pub(super) fn is_endless(&self) -> Option<&'static str> {
        (self.end == Some(ListEnd::Endless)).then_some(self.endless)
    }

    /// Notes that a page could not be read.
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

    /// Returns the new items of a page, and decides whether there is a next page.
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
        // Items that are forgotten look new, although the page was read before.
        let repeats = found && begins_again;
        if repeats {
            new.clear();
        }
        let gets_on = !repeats && if found { self.got_on(last_page) } else { self.is_patient(last_page) };
        // For items without a key, only the first number of the last page counts.
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

    /// Returns whether to continue after a page without a new item.
    ///
    /// Items that are added in front move whole pages back, and the end by the same number of pages. The patience is set
    /// once, so that a list whose end keeps moving is not read forever.
    fn is_patient(&mut self, last_page: Option<i64>) -> bool {
        let grown = last_page.zip(self.last_page).map_or(0, |(now, before)| now.saturating_sub(before));
        let left = self.patience.unwrap_or_else(|| grown.clamp(0, MOST_FRUITLESS) + 1) - 1;
        self.patience = Some(left);
        left >= 0
    }

    /// Returns why no page is read after this one, although there are more.
    fn limit(&mut self, number: i64, new: usize) -> Option<ListEnd> {
        if let Some(limit) = self.max_pages {
            return (self.pages >= limit).then_some(ListEnd::Limit);
        }
        // A real list does not double while it is read.
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

    /// Applies the caller's limit of items.
    fn cut<T>(&mut self, new: &mut Vec<T>) {
        let Some(limit) = self.max_items else { return };
        let room = usize::try_from(limit.saturating_sub(self.count)).unwrap_or(usize::MAX);
        if new.len() > room || (new.len() == room && self.end.is_none()) {
            new.truncate(room);
            self.end = Some(ListEnd::Limit);
        }
    }
}

/// The items that were returned recently. Items that are added in front move others only to the next page, so older items can
/// be forgotten.
#[derive(Default)]
struct Given {
    keys: HashSet<Key>,
    order: VecDeque<Key>,
}

impl Given {
    /// Enough for many pages of the largest usual size.
    const MOST: usize = 4096;

    /// Returns the items of a page to return to the caller, and whether any of them is new. Two equal items without a key may
    /// be different items if they are on one page. A page with only such items is returned unchanged.
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

    /// Returns whether the key is new.
    fn insert(&mut self, key: Key) -> bool {
        if !self.keys.insert(key.clone()) {
            return false;
        }
        self.order.push_back(key);
        true
    }

    /// Forgets the oldest keys before a page of `items` is added. The keys of at least two pages stay known.
    fn make_room(&mut self, items: usize) {
        let forgotten = self.order.len().saturating_sub(Self::MOST.max(2 * items));
        for key in self.order.drain(..forgotten) {
            self.keys.remove(&key);
        }
    }
}

/// Two pages that were read, to detect a list that begins again after its items are forgotten: the first page, and one that
/// moves forward at every power of two (Brent's algorithm for cycles).
#[derive(Default)]
struct Landmarks {
    pages: u64,
    first: Option<u64>,
    latest: Option<u64>,
}

impl Landmarks {
    /// Returns whether a page is one of them.
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
