//! How a list ended.

/// The reason why a list of [`Items`](crate::Items) ended.
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
    /// A limit was reached: [`Items::max_pages`](crate::Items::max_pages) or [`Items::max_items`](crate::Items::max_items).
    Limit,
    /// The list did not seem to end; the last item was an error.
    Endless,
    /// A page could not be read; the last item was its error.
    Failed,
}

/// Summarises a list that ended: how much of it was read, why it ended, and whether it is complete.
///
/// [`Items::summary`](crate::Items::summary) returns it at the end of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSummary {
    pub(super) end: ListEnd,
    pub(super) given: u64,
    pub(super) pages: u64,
    pub(super) total: Option<u64>,
    pub(super) complete: Option<bool>,
}

impl ListSummary {
    /// Returns why the list ended.
    #[must_use]
    pub fn end(&self) -> ListEnd {
        self.end
    }

    /// Returns how many items were returned.
    #[must_use]
    pub fn given(&self) -> u64 {
        self.given
    }

    /// Returns how many pages were read.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.pages
    }

    /// Returns how many items the server counts on all pages, from the last page that has this number.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Returns whether all items of the list were returned.
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
